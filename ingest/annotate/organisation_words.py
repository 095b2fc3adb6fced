"""The vocabulary of organisations' names: nouns that head them, words that only qualify, nouns that head other things.

The word lists lie in `organisation_words.toml`, with what each is for.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

_LISTS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(
        (files("ingest.annotate") / "organisation_words.toml").read_text(encoding="utf-8")
    ).items()
}
#: Small words whose capital only says that a sentence begins.
LEAD_IN = _LISTS["lead_in"]
#: Words in -ing that begin names; others begin sentences ("Recalling ...").
NAMING_GERUNDS = _LISTS["naming_gerunds"]
#: Titles and roles in front of a name.
TITLES = _LISTS["titles"]
#: Words that qualify a body without telling which one it is; a name made of these alone is a co-reference.
GENERIC = _LISTS["generic"]
#: Words that describe how a body works; a name of these alone is a co-reference even to the model.
PROCEDURAL = _LISTS["procedural"]
#: Nouns that make the capitalised words around them a text, an event or a plan, as head or right behind.
OTHER_HEADS = _LISTS["other_heads"]
#: Nouns that end the title of a text or an event even behind "Institute of ...": "University of Oslo Review".
PUBLICATIONS = _LISTS["publications"]
#: Nouns that name no particular body behind an "of the": "Board of Governors of the Agency".
BARE_OWNERS = _LISTS["bare_owners"]
#: Months and days end a name: "the Working Group on Cybercrime in March".
CALENDAR = _LISTS["calendar"]

_ANY = "of|on|for|against"
#: Nouns that head a name from its front, with the prepositions that may follow: `Ministry of ...`, `Committee on ...`.
LEFT_HEADS = {
    r"Ministry|Department|Bank|Parliament|Court|Tribunal": "of|for",
    r"University": "of",
    r"Institute|Academy|College|School": "of|for|on",
    r"(?:Sub-?)?Committee|(?:Sub-?)?Commission|Subcommittee|Subcommission": f"{_ANY}|to",
    r"Working (?:Group|Party)|Task (?:Force|Group)|Taskforce": f"{_ANY}|to",
    r"Expert[s']* Group|Study Group|Contact Group": f"{_ANY}|to",
    r"Groups? of (?:\w+ )?Experts|Panel of (?:\w+ )?Experts": "on|for|to|against",
    r"Council|Board|Agency|Authority|Bureau|Cent(?:re|er)": _ANY,
    r"Office": "for|on|against",
    r"Association|Federation|Confederation|Society|League|Alliance|Coalition": "of|for|against",
    r"Foundation|Organi[sz]ation": "of|for|against",
    r"Observatory|Directorate|Inspectorate|Commissariat": _ANY,
}
#: Nouns that head a name from its end: `... University`, `... Working Group`.
RIGHT_HEADS = (
    r"University|Institute|Academy|College|Law School|Business School|Court|Tribunal|(?:Sub-?)?Committee"
    r"|(?:Sub-?)?Commission|Subcommittee|Subcommission|Council|Agency|Association|Organi[sz]ation|Authority|Bureau"
    r"|Department|Ministry|Foundation|Federation|Confederation|Society|League|Alliance|Network|Bank"
    r"|Police(?: Service| Force)?|(?:Secret|Intelligence|Security|Prosecution) Service|Working (?:Group|Party)"
    r"|Task (?:Force|Group)|Taskforce|Experts? Group|Study Group|Subgroup|Parliament|Senate|Consortium|Coalition"
    r"|Laboratory|Observatory|Directorate|Inspectorate|Corporation|(?:Cyberc|C)rime (?:Unit|Division)"
    r"|Cent(?:re|er)|Union|Airlines|Airways|Red (?:Cross|Crescent)(?: Society)?"
)
#: Nouns that head organisations and other things alike; the model decides.
WEAK_HEADS = (
    r"Group|Community|Mission|Force|Market|Movement|Service|Team|Initiative|Fund|Panel|Assembly|Congress|Church"
)
#: A suffix that only companies bear.
COMPANY = re.compile(r"\b(?:Inc|Ltd|LLC|GmbH|plc|PLC|Corp|S\.A|Pty)\b\.?$")

#: Whole names that are no organisation or do not tell which one.
NOT_NAMES = re.compile(
    r".*\b(?:west|left|east|right|data|blood|gene) bank(?: of .*)?|.*soviet union|(?:yugoslav|russian) federation"
    r"|swiss confederation|(?:con)?federation of .*|free association|(?:.*\b)?member organi[sz]ation"
    r"|.*\b(?:information|civil|knowledge|open|democratic|modern) society|.*\btrade cent(?:re|er)"
    r"|.*\b(?:digital|area|private|neural|communications?|telephone|mobile|broadband|telecommunications?) network"
    r"|.*\btrust fund|.*\bmoot court"
    r"|(?:council|committee|cabinet) of "
    r"(?:ministers|state|experts|elders|europe|the whole|advisers|inquiry|enquiry)(?: in \w+)?"
    r"|court of (?:justices?|appeals?|cassation|law|arbitration|human rights|auditors|first instance|audit|record)"
    r"|(?:commission|board|court) of (?:inquiry|enquiry|honour|experts|investigation|directors|trustees|governors)"
    r"|(?:school|college|institute|department|faculty) of law|chamber of commerce"
    r"|department of (?:information systems|economics|political science|computer science)",
    re.IGNORECASE,
)
