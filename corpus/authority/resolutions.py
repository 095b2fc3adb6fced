"""Resolutions cited by number, in every way that lawyers write them, read into the symbol of the organ.

Which organ a bare number belongs to is told, in this order: by the organ's name beside the word "resolution"; by the
form of the number (`1373 (2001)`, `217 A (III)`, `2004/26`); by its date; by the organ that the text or its document
speaks of. Where none of these decides, nothing is read.

Rules: United Nations Editorial Manual, "Resolutions and decisions".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import pairwise

from corpus.authority.sessions import (
    FAMOUS,
    FIRST_NUMBERED_SESSION,
    council_year,
    is_assembly_year,
    is_rights_council_year,
)
from corpus.authority.symbols import InstrumentId, Written, find_symbols
from corpus.model import InstrumentType
from corpus.months import MONTHS


class Organ(StrEnum):
    """An organ that adopts resolutions, by the head of its symbols; `OTHER` is one whose numbers we do not read."""

    ASSEMBLY = "A/RES"
    SECURITY = "S/RES"
    ECONOMIC = "E/RES"
    RIGHTS = "A/HRC/RES"
    RIGHTS_COMMISSION = "E/CN.4/RES"
    OTHER = ""


_ORGANS = (
    (Organ.RIGHTS_COMMISSION, r"Commission on Human Rights"),
    (Organ.ASSEMBLY, r"(?:UN |United Nations )?General Assembly|UNGA|GA|Assembly"),
    (Organ.SECURITY, r"(?:UN |United Nations )?Security Council|UNSC|SC"),
    (Organ.ECONOMIC, r"(?:UN |United Nations )?Economic and Social Council|ECOSOC"),
    (Organ.RIGHTS, r"(?:UN |United Nations )?Human Rights Council|UNHRC|HRC"),
)
_ORGAN = "|".join(rf"(?P<o{at}>\b(?:{names})\b)" for at, (_, names) in enumerate(_ORGANS))
# Bodies that number resolutions in the same forms; a number beside their name is not read as the United Nations'.
_OTHER = (
    r"\b(?:Organization of American States|OAS|Parliamentary Assembly|PACE|World Health Assembly|Environment Assembly|"
    r"(?:[A-Z][\w-]+ )*(?:Commission|Committee|Conference|Agency|Organi[sz]ation|Congress|Parliament|Programme|Union|"
    r"Parties|League|Institute|Board|Environment Assembly|Senate|House))\b"
)
_NAMED_ORGAN = re.compile(rf"(?P<other>{_OTHER}(?!\son Human Rights))|{_ORGAN}")
# Capitalised and small words of one name: "Commission on Crime Prevention and Criminal Justice ".
_NAME_TAIL = re.compile(r"(?:['’]s)?(?:\s+(?:[A-Z][\w-]*|on|of|for|and|the|in|s))*\s+(?:[Rr]elevant |[Pp]revious )?$")
# "resolution", "Resolutions", "Res.", "res", "Resolution No." right before a number; a draft is no resolution yet.
_KEYWORD = re.compile(
    r"(?P<draft>\b[Dd]raft\s+)?(?<![\w/])(?:(?P<word>[Rr]esolutions?|RESOLUTIONS?|[Rr]es\b\.?|[Dd]ecisions?)|"
    r"(?P<fused>UNSCRs?|UNGARs?))\s*(?:[Nn]os?\.?\s*)?\(?"
)

_SESSION = r"(?:E?S-)?[IVXL]{1,8}"
_LETTERS = r"(?:\s?(?P<{0}>[A-Z](?:(?:,\s|\s?-\s?|\s(?:and|to)\s)[A-Z](?![\w'’]))*)(?![\w'’]))?"
_NUMBER = re.compile(
    r"(?<![\w/.:$€£-])(?:"
    rf"(?P<old>\d{{1,4}}){_LETTERS.format('old_letters')}\s?\((?P<session>{_SESSION})\)"
    r"|(?P<council>\d{1,4})\s?\((?P<year>19[4-9]\d|20\d\d)\)"
    rf"|(?P<sitting>(?:E?S-)?\d{{1,4}})/(?P<item>\d{{1,4}})(?![\d/]){_LETTERS.format('letters')}(?:\s?\((?P<when>\d{{4}})\))?"
    r"|(?<!\d,)(?P<bare>\d{1,4})(?![\d/]|[.,:]\d|-\w|%|th\b|st\b|nd\b|rd\b)"
    r")"
)
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_DATE = (
    rf"(?:,?\s+\(?(?:(?:adopted\s+)?(?:of|on)\s+)?"
    rf"(?:\d{{1,2}}\s+{_MONTH},?\s+(?P<y1>\d{{4}})|{_MONTH}\s+\d{{1,2}},\s+(?P<y2>\d{{4}}))\)?)"
)
_DATED = re.compile(_DATE)
_DIGIT = re.compile(r"\d")
_OF_ORGAN = re.compile(
    rf"(?:\s?\(\d{{4}}\))?(?:{_DATE})?,?\s+of\s+the\s+(?={_OTHER}|{_ORGAN})".replace("(?P<y", "(?P<z")
)
# What joins the numbers of one list: comma, "and", "as well as", "to", with a date or a short quoted title between.
_LINK = re.compile(
    r"\s?\)?(?:,\s(?:sects?|paras?|chaps?|annex)\b\.?\s?[\w–-]{0,9})*(?:\s?[“\"][^”\"]{3,120}[”\"],?)?[\s,;]*"
    r"(?:and|or|&|to|through|as well as|and also|then|[-–])?\s?(?:No\.\s?|nos\.\s?)?\(?"
)
_ROMAN_ASSEMBLY = 30
#: Numbers that look like years; the Assembly's eighteenth session was the first to reach them.
_LIKE_YEARS, _FIRST_LIKE_YEAR = range(1900, 2100), 18
_LAST_SESSION = 100
_FIRST_YEAR = 1946
_LAST_YEAR = 2100
_FIRST_BARE = 100  # a lower bare number without an organ is more often that of some conference


class _Chain(IntEnum):
    """Whether a number belongs to a list that the word "resolution" opens."""

    NONE = 0
    LISTED = 1
    VETOED = 2


@dataclass(frozen=True, slots=True)
class _Citation:
    """A number as written, with the organ named beside its list (None: none) and the year of its date."""

    match: re.Match[str]
    organ: Organ | None
    year: int | None
    listed: bool


def find_resolutions(text: str, *, organ: Organ | None = None) -> Iterator[Written]:
    """Resolutions cited by number in `text`; `organ` is the one whose document the text stands in, if known."""
    if not _DIGIT.search(text):
        return
    taken = [(written.start, written.end) for written in find_symbols(text)]
    for citation in _citations(text):
        start, end = citation.match.span()
        if any(first < end and start < last for first, last in taken):
            continue
        for symbol in _symbols(citation, text, organ):
            yield Written(start, end, InstrumentId(symbol, InstrumentType.RESOLUTION))


def _citations(text: str) -> Iterator[_Citation]:
    keywords = list(_KEYWORD.finditer(text))
    openings = {word.end(): word for word in keywords}
    first = keywords[0].start() if keywords else len(text)
    chain, named, end = _Chain.NONE, None, -1
    for match in _NUMBER.finditer(text):
        opening = openings.get(match.start())
        if match.start() < end:
            continue
        if opening:
            named, chain = _beside(text, opening, match), _chain(opening)
        elif chain == _Chain.NONE or not _LINK.fullmatch(text[end : match.start()]):
            chain, named = _Chain.NONE, None
        if match["bare"] and chain != _Chain.LISTED:
            continue
        date = _DATED.match(text, match.end())
        year = match["when"] or match["year"] or (date and (date["y1"] or date["y2"]))
        end = date.end() if date else match.end()
        if chain != _Chain.VETOED and (chain or match.start() > first or match["council"] or match["old"]):
            yield _Citation(match, named, int(year) if year else None, chain == _Chain.LISTED)


def _chain(keyword: re.Match[str]) -> _Chain:
    """Drafts and decisions are numbered in the same forms and are no resolutions."""
    vetoed = keyword["draft"] or (keyword["word"] or "").lower().startswith("dec")
    return _Chain.VETOED if vetoed else _Chain.LISTED


def _beside(text: str, keyword: re.Match[str], number: re.Match[str]) -> Organ | None:
    """The organ named right before the word "resolution", in it ("UNSCR"), or after the number with "of the"."""
    if keyword["fused"]:
        return Organ.SECURITY if keyword["fused"].startswith("UNSC") else Organ.ASSEMBLY
    after = _OF_ORGAN.match(text, number.end())
    if after:
        return _organ_of(_NAMED_ORGAN.match(text, after.end()))
    before = list(_NAMED_ORGAN.finditer(text, max(0, keyword.start() - 90), keyword.start()))
    if before and _NAME_TAIL.fullmatch(text[before[-1].end() : keyword.start()]):
        return _organ_of(before[-1])
    return None


def _organ_of(match: re.Match[str] | None) -> Organ | None:
    if match is None:
        return None
    if match["other"]:
        return Organ.OTHER
    return next(organ for at, (organ, _) in enumerate(_ORGANS) if match[f"o{at}"])


def _symbols(citation: _Citation, text: str, default: Organ | None) -> list[str]:
    """The symbols of one written number: several where letters are listed (`73/102 A and B`), none if undecided."""
    match = citation.match
    if match["old"]:
        return _of_roman_session(citation)
    if match["council"]:
        return _of_security_council(citation)
    if match["bare"]:
        return _of_bare_number(citation, default)
    organ = _organ_of_sitting(citation, text, default)
    if organ in {None, Organ.OTHER}:
        return []
    return [f"{organ}/{match['sitting']}/{match['item']}{letter}" for letter in _letters(match["letters"])]


def _of_roman_session(citation: _Citation) -> list[str]:
    match, session = citation.match, citation.match["session"]
    special = session.startswith(("S-", "ES-"))
    economic = citation.organ == Organ.ECONOMIC or (not special and _roman(session) > _ROMAN_ASSEMBLY)
    like_year = int(match["old"]) in _LIKE_YEARS and not special and _roman(session) < _FIRST_LIKE_YEAR
    if like_year and not citation.listed:
        return []  # "I.C.J. Reports 1999 (II)"
    if citation.organ in {Organ.OTHER, Organ.RIGHTS_COMMISSION} or (economic and not citation.listed):
        return []
    organ = Organ.ECONOMIC if economic else Organ.ASSEMBLY
    return [f"{organ}/{match['old']}{letter} ({session})" for letter in _letters(match["old_letters"])]


def _of_security_council(citation: _Citation) -> list[str]:
    number, year = int(citation.match["council"]), citation.year
    known = council_year(number)
    fits = known == year or (known is None and number > 0)
    if citation.organ == Organ.OTHER or not (fits if not citation.listed else fits or citation.organ == Organ.SECURITY):
        return []
    return [f"{Organ.SECURITY}/{number} ({year})"] if citation.listed or known else []


def _of_bare_number(citation: _Citation, default: Organ | None) -> list[str]:
    number, organ = int(citation.match["bare"]), citation.organ
    if number in FAMOUS and organ in {None, Organ.ASSEMBLY} and default != Organ.SECURITY:
        return [f"{Organ.ASSEMBLY}/{FAMOUS[number]}"]
    if organ is None and (default == Organ.SECURITY or number >= _FIRST_BARE):
        organ = Organ.SECURITY
    year = council_year(number)
    if organ != Organ.SECURITY or year is None or (citation.year and citation.year != year):
        return []
    return [f"{Organ.SECURITY}/{number} ({year})"]


def _organ_of_sitting(citation: _Citation, text: str, default: Organ | None) -> Organ | None:
    """The organ of a session/number form: `2004/26`, `S-20/2`, `55/63`."""
    sitting = citation.match["sitting"]
    if not sitting.isdecimal():
        special = citation.organ in {Organ.RIGHTS, Organ.OTHER}
        return (citation.organ if special else Organ.ASSEMBLY) if citation.listed else None
    if _FIRST_YEAR <= int(sitting) <= _LAST_YEAR:
        return _organ_of_year(citation)
    return _organ_of_session(int(sitting), citation, text, default)


def _organ_of_year(citation: _Citation) -> Organ | None:
    if citation.organ == Organ.OTHER or not citation.listed:
        return None
    return Organ.RIGHTS_COMMISSION if citation.organ == Organ.RIGHTS_COMMISSION else Organ.ECONOMIC


def _organ_of_session(session: int, citation: _Citation, text: str, default: Organ | None) -> Organ | None:
    by_date = _organ_by_date(session, citation.year)
    named = citation.organ if citation.organ in {Organ.ASSEMBLY, Organ.RIGHTS} else None
    if citation.year and not named:
        return by_date
    if not citation.listed or citation.organ == Organ.OTHER:
        return None
    return (by_date or named) if named else _organ_by_context(session, citation, text, default)


def _organ_by_date(session: int, year: int | None) -> Organ | None:
    if year is None:
        return None
    fits = [
        organ
        for organ, ok in ((Organ.ASSEMBLY, is_assembly_year), (Organ.RIGHTS, is_rights_council_year))
        if ok(session, year)
    ]
    return fits[0] if len(fits) == 1 else None


def _organ_by_context(session: int, citation: _Citation, text: str, default: Organ | None) -> Organ | None:
    before = [_organ_of(m) for m in _NAMED_ORGAN.finditer(text[: citation.match.start()])]
    rights = Organ.RIGHTS in before or default == Organ.RIGHTS
    if session < FIRST_NUMBERED_SESSION:
        return Organ.RIGHTS if rights else None
    if session > _LAST_SESSION:
        return None
    spoken = [organ for organ in before if organ in {Organ.ASSEMBLY, Organ.RIGHTS}]
    if spoken:
        return spoken[-1]
    return default if default in {Organ.ASSEMBLY, Organ.RIGHTS} else Organ.ASSEMBLY


def _letters(written: str | None) -> list[str]:
    """` A`, ` B` for `A and B`, every letter between for `A to C` and `A-C`, one blank entry for none."""
    if not written:
        return [""]
    letters = re.findall(r"[A-Z]", written)
    if re.search(r"to|-", written):
        letters = [chr(code) for code in range(ord(letters[0]), ord(letters[-1]) + 1)]
    return [f" {letter}" for letter in letters]


def _roman(numeral: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    numbers = [values[char] for char in numeral] + [0]
    return sum(-now if now < then else now for now, then in pairwise(numbers))
