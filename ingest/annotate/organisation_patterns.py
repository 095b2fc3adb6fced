"""Organisations outside the gazetteer, known by the noun that heads their capitalised name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.authority.names import plain
from corpus.model import Found
from ingest.annotate.acronyms import CAPITAL_WORD, LINK
from ingest.annotate.organisation_mentions import Mention
from ingest.annotate.organisation_words import (
    BARE_OWNERS,
    CALENDAR,
    COMPANY,
    GENERIC,
    LEAD_IN,
    LEFT_HEADS,
    NAMING_GERUNDS,
    NOT_NAMES,
    OTHER_HEADS,
    PUBLICATIONS,
    RIGHT_HEADS,
    TITLES,
)

#: A capitalised name with its noun is strong evidence, but no list confirms it.
_CONFIDENCE = 0.75

_SPELLED_OUT = (
    (re.compile(r"^(?:U\.S\.A?\.?|USA?)\s"), "United States "),
    (re.compile(r"^(?:U\.K\.|UK)\s"), "United Kingdom "),
    (re.compile(r"^(?:U\.N\.|UN)\s"), "United Nations "),
)
_MODIFIERS = rf"(?:{CAPITAL_WORD}\s+){{0,6}}"
#: `of Justice and Constitutional Development`, `of Trade, Industry and Energy`, `of Justice of the Republic of Chile`.
_INNER = r"of|for|on and|(?<=Right )to|(?<=Access )to|and|the|against|in|with regard to|&"
_TAIL = (
    rf"(?:(?:,\s+{CAPITAL_WORD}(?:\s+{CAPITAL_WORD}){{0,3}}){{1,5}},?\s+(?:and|&)\s+{CAPITAL_WORD}"
    rf"|\s+(?:(?:{_INNER})\s+){{0,3}}{CAPITAL_WORD}){{0,20}}"
)
#: What a body does to what: `(to Elaborate) a Convention on (Lamps)`.
_TASK = rf"(?:\s+an?(?:\s+{CAPITAL_WORD}){{1,6}}(?:\s+on(?=\s+[A-Z]))?)?"
_LEFT = "|".join(rf"(?:{heads})\s+(?:{links})" for heads, links in LEFT_HEADS.items())
#: Must match `Ministry of Justice`, `Norwegian Institute of International Affairs`; not `Committee of experts`.
_LEFT_HEADED = re.compile(rf"{_MODIFIERS}\b(?P<head>{_LEFT})\s+(?:the\s+)?{CAPITAL_WORD}{_TASK}{_TAIL}")
#: Must match `Oslo District Court`, `Science and Technology Committee`; not `the Court`, `Committee II`.
_RIGHT_HEADED = re.compile(
    rf"(?:{CAPITAL_WORD}\s+(?:(?:and|&)\s+)?){{1,7}}(?:{RIGHT_HEADS})\b(?!\s+(?:of|on|for|against)\s+(?:the\s+)?[A-Z])"
)
_COMPANIES = "Inc|Ltd|LLC|GmbH|plc|PLC|Corp"
_COMPANY_NAME = re.compile(rf"{CAPITAL_WORD}(?:\s+(?:(?:and|&)\s+)?{CAPITAL_WORD}){{0,4}},?\s+(?:{_COMPANIES})\b")


def _capitals(heads: str) -> tuple[str, ...]:
    """The literal beginnings of the capitalised words in a pattern of head nouns; each head holds one of them."""
    return tuple(sorted(set(re.findall(r"[A-Z][a-z]{2,}", heads))))


#: Each pattern with words of which a text that holds such a name holds one; most texts hold none and are passed over.
_SOUGHT = (
    (_LEFT_HEADED, _capitals("|".join(LEFT_HEADS))),
    (_RIGHT_HEADED, _capitals(RIGHT_HEADS)),
    (_COMPANY_NAME, _COMPANIES.split("|")),
)
_LEFT_HEAD = re.compile(rf"\b(?:{_LEFT})\s")
_HEAD = re.compile(
    rf"\b(?:{RIGHT_HEADS}|Office|Contact Group|(?:Panel|Groups?) of (?:\w+ )?Experts|Board(?=\s(?:on|for)\s))\b"
)
_NEXT_WORD = re.compile(r"[\s-]+(?P<word>[A-Z][\w-]*)")
_WORD = re.compile(r"\S+")
_BLANK = re.compile(r"\W")
_SMALL_WORD = re.compile(rf"\s{LINK}\s")
_POSSESSIVE = re.compile(r"['’]s\s+")
_SENTENCE_START = re.compile(r"(?:^|[.;:!?\n*])[\s“\"*(]*$")
#: The genitive of the name, or of another owner that begins what follows: "... Development and Nicaragua's".
_OWNER_AT_END = re.compile(rf"(?:,?\s+(?:and|&)\s+{CAPITAL_WORD})?(?<=\w)['’]s$|(?:,?\s+(?:and|&)\s+[\w-]+['’]s)$")
_LOOSE_END = re.compile(rf"(?:\s+{LINK})*\s*$")
#: What begins a name of its own behind "and": "Oslo University", "Ministry of Defence".
_SECOND_NAME = re.compile(rf"(?:{CAPITAL_WORD}\s+){{0,4}}(?:{RIGHT_HEADS})\b|(?:{CAPITAL_WORD}\s+){{0,4}}(?:{_LEFT})\s")
#: Bodies whose names enumerate with articles: "Ministry of the Interior and the Environment".
_PORTFOLIOS = ("Ministry", "Department")
#: "Latin America and the Caribbean", "Asia and the Pacific" are single regions.
_REGIONS = ("Caribbean", "Pacific")
#: Places whose "of" is no joint of a longer name: "Horn of Africa Standing Committee".
_PLACE_WITH_OF = re.compile(r"\b(?:Horn of Africa|Gulf of (?:Aden|Guinea|Mexico)|Sea of Japan|Bay of Bengal)\b")
_JOINT = re.compile(r",?\s+(?:and|&|or)\s+(?:the\s+)?|,\s+")


def find_patterns(text: str, known: Sequence[Mention]) -> list[Mention]:
    """Names with an organisation's head noun; `known` mentions of the same text limit how far a name reaches."""
    found = []
    welded = _welded(text, known)
    for pattern, marks in _SOUGHT:
        if not any(mark in welded for mark in marks):
            continue
        for match in pattern.finditer(welded):
            for start, end in _parts(text, *match.span(), known):
                start, end = trimmed(text, start, end)  # noqa: PLW2901  the part, then its name
                if _is_name(text, start, end, known):
                    found.append(Mention(start, end, canonical(text[start:end]), Found.PATTERN, _CONFIDENCE))
    return found


def _welded(text: str, known: Sequence[Mention]) -> str:
    """`text` with known names made single words of the same length, so that they only modify: `Council_of_Europe`."""
    text = _PLACE_WITH_OF.sub(lambda place: _BLANK.sub("_", place.group()), text)
    for mention in known:
        name = text[mention.start : mention.end]
        if _SMALL_WORD.search(name) or not text.startswith(" of ", mention.end):
            text = text[: mention.start] + _BLANK.sub("_", name) + text[mention.end :]
    return text


def is_specific_name(name: str) -> bool:
    """Whether a capitalised name as a whole is that of a particular organisation by its head noun."""
    return _is_name(name, 0, len(name), ())


def _parts(text: str, start: int, end: int, known: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """The names within a run of capitals: "Ministry of Justice and Oslo University" holds two."""
    cuts = [start]
    for joint in _JOINT.finditer(text, start, end):
        behind, before = text[joint.end() : end], text[cuts[-1] : joint.start()]
        starts_known = any(mention.start <= joint.end() < mention.end for mention in known)
        ends_known = any(mention.end == joint.start() for mention in known)
        second_name = _HEAD.search(before) and _SECOND_NAME.match(behind)
        apart = (
            joint.group().endswith("the ") and not before.startswith(_PORTFOLIOS) and not behind.startswith(_REGIONS)
        )
        role = plain(behind.split("-")[0].split()[0]) in TITLES
        if starts_known or ends_known or second_name or apart or role:
            cuts.append(joint.end())
            yield cuts[-2], joint.start()
    yield cuts[-1], end


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without words before the name (articles, titles, an owner in the genitive) and dates behind it."""
    for owner in _POSSESSIVE.finditer(text, start, end):
        start = owner.end()
    for word in _WORD.finditer(text, start, end):
        if not _leads_in(
            plain(word.group()).strip(".,"), first=_SENTENCE_START.search(text, 0, word.start()) is not None
        ):
            start = word.start()
            break
    for word in _WORD.finditer(text, start, end):
        if plain(word.group()) in CALENDAR:
            end = start + len(_LOOSE_END.sub("", text[start : word.start()]))
            break
    return start, start + len(_OWNER_AT_END.sub("", text[start:end]))


def _leads_in(word: str, *, first: bool) -> bool:
    """Whether a capital is that of a sentence, whose `first` word it is, or of a title: "Recalling", "Chairman"."""
    gerund = first and word.endswith("ing") and word not in NAMING_GERUNDS
    return gerund or word in LEAD_IN or word in TITLES or word.endswith(("-based", "-led"))


def _is_name(text: str, start: int, end: int, known: Sequence[Mention]) -> bool:
    name = text[start:end]
    following = _NEXT_WORD.match(text, end)
    if following and plain(following["word"]) in OTHER_HEADS:
        return False
    if (
        not name.strip()
        or name.isupper()
        or NOT_NAMES.fullmatch(plain(name))
        or not (_HEAD.search(name) or COMPANY.search(name))
    ):
        return False
    if plain(name.split()[-1]) in (PUBLICATIONS if _LEFT_HEAD.search(name) else OTHER_HEADS):
        return False
    return _specific(text, start, end, known)


def _specific(text: str, start: int, end: int, known: Sequence[Mention]) -> bool:
    """Whether words remain that tell which body it is, besides its head noun, its kind and its parent's name."""
    name = text[start:end]
    for mention in known:
        if start <= mention.start and mention.end <= end:
            inside = text[mention.start : mention.end]
            name = name.replace(inside, " " * len(inside), 1)
    left = _LEFT_HEAD.search(name)
    if left and any(_tells(word, BARE_OWNERS | LEAD_IN) for word in name[left.end() :].split()):
        return True
    empty = GENERIC | TITLES | OTHER_HEADS
    if left and name == text[start:end]:
        empty |= BARE_OWNERS  # no known body owns it
    return any(_tells(word, empty) for word in _HEAD.sub("", name).split())


def _tells(word: str, empty: frozenset[str]) -> bool:
    bare = plain(word).strip(".,")
    return len(bare) > 1 and bare not in empty


def canonical(name: str) -> str:
    """The name on one line, its country or parent spelled out as canonical names are."""
    name = " ".join(name.split())
    for pattern, full in _SPELLED_OUT:
        name = pattern.sub(full, name)
    return name
