"""Words by which a line of the front is known: institutions, roles, keys before a colon, names of persons."""

from __future__ import annotations

import re

#: Head nouns of bodies that issue documents, and of houses that teach or publish.
_ISSUERS = (
    "Assembly|Council|Congress|Conference|Commission|Committee|Organi[sz]ation|Union|Tribunal|Court|Agency|Office|"
    "Secretariat|Authority|Bank|Forum|Ministry|Parliament|Senate|Government|Association|Federation|League|Board|Bureau|"
    "Programme|Fund|Group|Workshop|Network|Society|Alliance"
)
_HOUSES = "University|Université|Universidad|Faculty|School|Department|College|Institute|Academy|Centre|Center|Chair"
ISSUER = re.compile(rf"\b(?:{_ISSUERS})\b", re.IGNORECASE)
HOUSE = re.compile(rf"\b(?:{_HOUSES})\b", re.IGNORECASE)

#: Offices and professions that stand beside a name.
ROLE = re.compile(
    r"\b(?:judge|justice|professor|reader|lecturer|chair(?:man|woman|person)?|rapporteur|secretary|director|ambassador|"
    r"minister|president|counsel|counsell?or|commissioner|ombuds(?:man|person)|prosecutor|attorney|representative|"
    r"registrar|fellow|researcher|ph\.?d|ll\.?m|candidate|advisor|adviser|dean|head of|member of)\b",
    re.IGNORECASE,
)

#: `Key: value`, with or without blanks around the colon; the key is short and the value does not go on with slashes.
_KEYED = re.compile(r"\W*(?P<key>[A-Za-z][A-Za-z .()]{1,28}?)\s*[:：]\s*(?P<value>[^/\s].*)", re.DOTALL)

#: Nobility and other particles inside names of persons.
_PARTICLES = r"(?:de|da|do|dos|del|della|der|den|di|du|van|von|ter|bin|bint|ibn|al|el|la|le|y|e|af|zu)"
_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w’'-]*\.?|[A-Z]\.)"
PERSON = rf"{_WORD}(?:\s+(?:{_PARTICLES}\s+){{0,2}}{_WORD}){{1,5}}"
#: Forms of address and academic degrees before a name.
ADDRESS = (
    r"(?:(?:Professor|Prof|Doctor|Dr|Mr|Ms|Mrs|Miss|Sir|Dame|Lord|Judge|Justice|Ambassador|President|Minister|Hon|"
    r"H\.\s?E|His Excellency|Her Excellency|The Honou?rable|The Right Honou?rable)\b\.?\s*)"
)
_ADDRESSED = re.compile(rf"^{ADDRESS}+")
_AND = re.compile(r"\s*(?:;|,?\s+and\s+|&|,)\s*")


def keyed(text: str) -> tuple[str, str] | None:
    """`("course", "BA.LL.B")` for `COURSE:BA.LL.B`, None for a line without a key."""
    match = _KEYED.fullmatch(text)
    return (" ".join(match["key"].casefold().split()), " ".join(match["value"].split())) if match else None


def is_institution(text: str) -> bool:
    """Whether a line as a whole names a body or a house: a head noun, no sentence, no title of a report about it."""
    if len(text) > 120 or text.endswith((".", ":", ",", "?")) or re.search(r"[\"“”«»:]", text):  # noqa: PLR2004 - a line
        return False
    about = re.match(
        r"(?i)(?:report|note|letter|statement|speech|address|resolution|draft|the role|agenda|item|by|on|towards?|"
        r"rules|statute|charter|convention|protocol|adopted|financing|proposed|programme|budget)\b",
        text,
    )
    return not about and bool(ISSUER.search(text) or HOUSE.search(text))


def person(text: str) -> str:
    """The name of one person without forms of address, in ordinary capitals; "" if the text is no such name."""
    name = _ADDRESSED.sub("", " ".join(text.split())).strip(" .,;*")
    name = re.sub(r",?\s+(?:Ph\.?\s?D|LL\.?\s?[BMD]|J\.?D|Jr|Sr)\.?$", "", name)
    if not re.fullmatch(PERSON, name) or ISSUER.search(name) or HOUSE.search(name) or ROLE.search(name):
        return ""
    return " ".join(map(_capital, name.split())) if name.isupper() else name


def persons(text: str) -> list[str]:
    """The names of several persons in one line, [] if any part of the line is none."""
    parts = [part for part in _AND.split(" ".join(text.split())) if part.strip()]
    names = [person(part) for part in parts]
    return names if names and all(names) else []


def _capital(word: str) -> str:
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))
