"""Titles of instruments that no register holds, recognised by their head noun and their capitals.

Precision goes first: a lower-case mention, a draft, a plural and a bare head noun name nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.authority.symbols import InstrumentId, Written
from corpus.model import InstrumentType
from corpus.months import MONTHS

_TYPES = {
    "Convention": InstrumentType.TREATY,
    "Treaty": InstrumentType.TREATY,
    "Protocol": InstrumentType.TREATY,
    "Covenant": InstrumentType.TREATY,
    "Charter": InstrumentType.TREATY,
    "Agreement": InstrumentType.TREATY,
    "Accord": InstrumentType.TREATY,
    "Accords": InstrumentType.TREATY,
    "Pact": InstrumentType.TREATY,
    "Statute": InstrumentType.TREATY,
    "Declaration": InstrumentType.DECLARATION,
    "Statement": InstrumentType.DECLARATION,
    "Communiqué": InstrumentType.DECLARATION,
    "Consensus": InstrumentType.DECLARATION,
    "Model Law": InstrumentType.MODEL_LAW,
    "Model Treaty": InstrumentType.MODEL_LAW,
    "Model Bill": InstrumentType.MODEL_LAW,
    "Recommendation": InstrumentType.RECOMMENDATION,
    "Recommendations": InstrumentType.RECOMMENDATION,
}
_LAW_HEADS = (
    r"Convention|Treaty|Protocol|Covenant|Charter|Agreement|Statute|Declaration|Model Law|Model Treaty|Pact|Accords?"
)
_OTHER_HEADS = (
    r"Guidelines|Principles|Code of Conduct|Plan of Action|Programme of Action|Action Plan|Statement|Manual|"
    r"Memorandum of Understanding|Report|Study|Recommendations?|Background Paper|Compact"
)
_CAPITAL = r"[A-Z][\w’'-]*"
_SMALL = (
    r"(?:of|on|for|and|the|in|to|against|concerning|relating|regarding|with|from|by|or|regard|respect|its|their|"
    r"between|through)"
)
# A title does not run on into the next one: "the Convention on X and the Geneva Charter".
_NEXT = rf"(?!,?\s+(?:and|or|to)\s+(?:the\s+|its\s+)?(?:{_CAPITAL}\s+){{0,3}}(?:{_LAW_HEADS})\b)"
_TITLE = rf"(?:the\s+)?{_CAPITAL}(?:{_NEXT}(?:(?:,?\s+and|\s+{_SMALL})(?:\s+{_SMALL}){{0,3}})?\s+{_CAPITAL})*"
_BEFORE = rf"(?P<before>(?:{_CAPITAL}\s+(?:(?:of|and|on)\s+(?=[A-Z]))?){{0,6}})"
# Must match "African Convention on X and Y", "Statement on the Security of Infrastructures"; must not match
# "convention on x", "Report of the Secretary-General", "Guidelines for states".
_LONG = re.compile(
    rf"\b{_BEFORE}(?:(?P<law>{_LAW_HEADS})\s+(?:on|against|for|of|concerning|relating\s+to|regarding|to|governing)"
    rf"|(?P<other>{_OTHER_HEADS})\s+(?:on|for|against|concerning|to(?=\s+(?:Combat|Counter|Eliminate|Eradicate|Prevent|Promote)\b)))"
    rf"\s+(?P<title>{_TITLE})"
)
# Must match "Lima Declaration", "Lomé Peace Agreement"; must not match "the Declaration", "Peace Agreement".
_SHORT = re.compile(
    rf"\b(?P<before>(?:{_CAPITAL}\s+){{1,4}})(?P<head>Declaration|Protocol|Convention|Treaty|Charter|Accords?|Agreement|"
    r"Communiqué|Consensus|Principles|Covenant|Pact|Programme of Action|Plan of Action|Action Plan)\b"
    r"(?!\s+(?:on|against|for|of the)\b)"
)
_ANY_HEAD = re.compile(rf"{_LAW_HEADS}|{_OTHER_HEADS}|Accord|Communiqu|Consensus|Covenant")
# Words that open a sentence or a phrase and belong to no title.
_OPENER = re.compile(
    r"A|According|Adopted|All|Also|Although|An|And|Any|Article|Articles|As|At|Besides|Both|By|Considering|"
    r"Draft|Each|Emphasizing|Following|For|From|However|In|Its|New|Noting|Of|On|Or|Our|Proposed|Pursuant|"
    r"Reaffirming|Recalling|Recognising|Recognizing|Said|Section|See|Signed|Since|Stressing|Such|That|The|"
    r"Their|These|This|Those|To|Under|Welcoming|When|While|With"
)
# First words that make a description, not a name: "Peace Agreement", "European Convention".
_GENERIC = re.compile(
    r"Additional|African|Amended|American|Arab|Asian|Assembly|Association|Ban|Basic|Bilateral|Cease-fire|Ceasefire|"
    r"Cessation|Civil|Co-operation|Commission|Committee|Common|Comprehensive|Conference|Congress|"
    r"Constitutional|Cooperation|Council|Country|Criminal|Economic|Eight|Environment|Environmental|"
    r"European|Final|Financial|First|Five|Four|Fourth|Framework|Free|General|Global|Government|"
    r"Headquarters|Heads|Host|Human|ILO|Implementation|Individual|Inter-American|Interim|International|"
    r"Internet|Joint|Loan|Member|Membership|Ministerial|Model|Multilateral|National|Nations|Nine|Nuclear|"
    r"One|Optional|Partnership|Peace|Political|Presidential|Regional|Rights|Second|Security|Seven|Six|"
    r"Social|Special|State|States|Summit|Supplementary|Ten|Test|Third|Three|Trade|Transitional|Two|United|"
    r"Armistice|Universal|Voice|Weapons|World"
)
# "Statute of the Court", "Charter of the Organization": somebody's, but whose the words do not say.
_BODIES = frozenset(
    {
        "Court",
        "Tribunal",
        "Organization",
        "Organisation",
        "Union",
        "Parties",
        "Conference",
        "Council",
        "Committee",
        "Agency",
    }
    | {
        "Authority",
        "General",
        "States",
        "State",
        "Governments",
        "Government",
        "Convention",
        "Protocol",
        "Treaty",
        "Assembly",
        "League",
    }
)
# The first half of a name that the form would cut in two: "Council of" Europe Convention.
_NAME_OF = re.compile(r"[A-Z]\w+\s+of\s+$")
_DRAFT = re.compile(r"(?:[Dd]raft|[Pp]roposed|[Ff]uture|[Pp]ossible|\b[Nn]ew|\ba|\ban|[Pp]roposal for an?|[Aa]ny)\s+$")
# "The Organization's Charter": somebody's, not its name.
_POSSESSIVE = re.compile(r"(?:[’']s|s[’'])$")
#: A title ends with its cell of a table and with its line.
_CELLS = re.compile(r"[\t\n]")
_MIN_DOCUMENT_WORDS = 3  # "Report on Cybercrime" alone is too slight a title for a document


def find_titles(text: str) -> Iterator[Written]:
    """Titled instruments in `text`, by their full titles and by the places they are named after; forms may overlap."""
    if not _ANY_HEAD.search(text):
        return
    for match in _LONG.finditer(text):
        head = match["law"] or match["other"]
        written = _full(text, match, head)
        if written:
            yield written
    for match in _SHORT.finditer(text):
        cells = (cell.end() for cell in _CELLS.finditer(match["before"]))
        start = max(_skip_openers(match["before"]), *cells, 0)
        words = match["before"][start:].split()
        if start == 0 and _NAME_OF.search(text[: match.start()]):
            continue
        if (
            not words
            or _GENERIC.fullmatch(words[0])
            or words[-1] in {"Draft", "Member"}
            or _POSSESSIVE.search(words[-1])
            or _DRAFT.search(text[: match.start() + start])
        ):
            continue
        yield _written(match.start() + start, match.end(), text, match["head"])


def _full(text: str, match: re.Match[str], head: str) -> Written | None:
    start = match.start() + _skip_openers(match["before"])
    if _DRAFT.search(text[:start]) or "Draft" in match["before"]:
        return None
    words = [word for word in re.split(r"[\s,-]+", match["title"]) if word[:1].isupper()]
    if match["other"] and len(words) < _MIN_DOCUMENT_WORDS:
        return None
    if _OPENER.fullmatch(words[0]) or words[0] in MONTHS or set(words) <= _BODIES or words[0] in {"Member", "Article"}:
        return None
    cell = _CELLS.search(text, start, match.end())
    return _written(start, cell.start() if cell else match.end(), text, head)


def _written(start: int, end: int, text: str, head: str) -> Written:
    title = " ".join(text[start:end].split())
    for possessive in ("’s", "'s"):
        if title.endswith(possessive):
            title, end = title.removesuffix(possessive), end - len(possessive)
    return Written(start, end, InstrumentId(title, _TYPES.get(head, InstrumentType.DOCUMENT)))


def _skip_openers(before: str) -> int:
    """How many characters of the words before a head noun are a sentence's opening words."""
    skipped = 0
    for match in re.finditer(r"\S+\s+", before):
        if not _OPENER.fullmatch(match.group().strip()):
            break
        skipped = match.end()
    return skipped
