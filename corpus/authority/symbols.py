"""The grammar of document symbols: `A/RES/55/63`, `S/2001/1309`, `CAC/COSP/2009/15`, `AG/RES. 2004 (XXXIV-O/04)`.

A symbol is a root and segments parted by slashes. Rules: United Nations Editorial Manual, "Document symbols"; regional
organisations follow the same pattern with roots of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.authority.sessions import council_year
from corpus.model import InstrumentType


@dataclass(frozen=True, slots=True)
class InstrumentId:
    """An instrument as the issuing body writes it, and its type."""

    id: str
    type: InstrumentType


@dataclass(frozen=True, slots=True)
class Written:
    """A written form in a text: its half-open span and the instrument that it names."""

    start: int
    end: int
    instrument: InstrumentId


#: Roots of United Nations series (organs, treaty bodies, conferences of parties) with at least two letters.
_UN_ROOTS = (
    "ACHPR|AG|APLC|ATT|BWC|CAC|CAT|CCM|CCPR|CCW|CD|CED|CEDAW|CERD|CLCS|CMW|CP|CRC|CRPD|CTOC|CWC|DC|DP|ECA|ECE|ESCAP|"
    "FCCC|GC|GOV|HRI|HSP|IDB|INFCIRC|ISBA|JIU|LOS|NPT|OEA|PCNICC|SPLOS|ST|TD|UNEP|UNODC|UNW"
)
# A segment: letters and digits with inner dots and hyphens (`Corr.1`, `S-23`, `C.6`), but `-S/` starts a twin symbol.
_SEGMENT = r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+|-(?!S/)[A-Za-z0-9]+)*"
# `(2001)`, `(XXV)`, `(S-VI)`, `(Vol. I)` behind a number; a letter of a part: `A/RES/73/279 A`.
_TAIL = (
    r"(?:\s?[A-H](?![\w'’]))?"
    r"(?:\s?\((?:19|20)\d\d\)|\s?\((?:E?S-)?[IVXLC]+\)|\s\((?:Vol\.|Parts?) [IVX\d]+(?: and [IVX\d]+)?\))?"
)
_NOT_INSIDE = r"(?<![\w/.@=%-])"
# Must match A/56/326, S/25704, E/CN.15/2010/7; must not match A/65, I/O, and/or, 24/7, w/5.
_UN = re.compile(
    rf"{_NOT_INSIDE}(?:(?:[ASET]|{_UN_ROOTS})/(?:{_SEGMENT}/)+{_SEGMENT}|[AES]/\d{{4,5}}|"
    rf"(?:{_UN_ROOTS})/{_SEGMENT}|(?<=[Dd]oc\. )[AES]/\d{{1,3}}(?![/\d])|(?<=document )[AES]/\d{{1,3}}(?![/\d])){_TAIL}"
)
_TWIN = re.compile(rf"(?<=-)S/(?:{_SEGMENT}/)*{_SEGMENT}")
# Organization of American States, African Union and what came before it: must match `AG/RES. 2004 (XXXIV-O/04)`,
# `CP/RES. 1024 (1590/07)`, `Assembly/AU/Dec.729(XXXII)`, `AHG/Res. 16 (I)`.
_OAS = re.compile(
    rf"{_NOT_INSIDE}(?P<root>AG|CP)/(?P<kind>RES|DEC)\.?\s?(?P<number>\d+)\s?\((?P<when>[^()\s]{{2,16}})\)"
)
_AFRICA = re.compile(rf"{_NOT_INSIDE}(?:Assembly/AU|EX\.CL|ACHPR|AHG|CM)/(?:Dec|Decl|Res)\.?\s?\d+\s?\([IVXLC]+\)")
# World Health Assembly: resolutions `WHA58.3`, and its records `WHA71/2018/REC/1`.
_HEALTH = re.compile(r"\bWHA\d{1,2}\.\d{1,3}\b")
_HEALTH_RECORDS = re.compile(r"\b(?:WHA|EB)\d{1,3}/\d{4}/REC/\d\b")
# World Trade Organization: `WT/MIN(01)/DEC/1`, `WT/DS285/AB/R`, `WT/L/579`.
_TRADE = re.compile(r"(?<![\w/])WT/[A-Z]+\d*(?:\(\d\d\))?(?:/[A-Z0-9]+(?:\.\d+)?)*")
_COMMISSION = re.compile(r"\bC(?:OM|SEC|SWD|JOIN)\s?\((?:19|20)?\d\d\)\s?\d{1,4}(?:\s?(?:final|FINAL))?")
# Any other body that numbers its documents so: capitals throughout, at least three slashes or two and `RES`.
_GENERAL = re.compile(rf"{_NOT_INSIDE}[A-Z]{{2,8}}(?:/[A-Z0-9]+(?:\.[A-Z0-9]+)*){{2,8}}(?![\w/])")
_MIN_SEGMENTS = 4

#: More digits than any number of a document has; Python reads no number of more than 4,300.
_LONG = re.compile(r"\d{20}")
_PARTS = re.compile(
    r"(?P<stem>[ASE](?:/HRC)?/RES/)(?P<body>(?:E?S-)?\d+(?:/\d+)?)\s?(?P<letter>[A-Za-z](?![A-Za-z]))?\s?"
    r"(?:\((?P<tail>[^)]+)\))?"
)


def read_symbol(text: str) -> InstrumentId | None:
    """The instrument of one symbol in its printed form (`s/res/1373` gives `S/RES/1373 (2001)`), None if it is none."""
    upper = text.strip().upper() if re.fullmatch(r"[a-z/\d\s().-]+", text.strip()) else text.strip()
    found = list(find_symbols(upper))
    return found[0].instrument if len(found) == 1 and (found[0].start, found[0].end) == (0, len(upper)) else None


def find_symbols(text: str) -> Iterator[Written]:
    """The document symbols in `text`, left to right."""
    if "/" not in text and "(" not in text and "WHA" not in text:
        return
    taken = 0
    for match in sorted(_matches(text), key=lambda m: (m.start(), -m.end())):
        if match.start() < taken or not any(char.isdecimal() for char in match.group()) or _LONG.search(match.group()):
            continue
        taken = match.end()
        yield Written(match.start(), match.end(), _instrument(match))


def _matches(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_OAS, _AFRICA, _UN, _TWIN, _HEALTH, _HEALTH_RECORDS, _TRADE, _COMMISSION):
        yield from pattern.finditer(text)
    for match in _GENERAL.finditer(text):
        segments = match.group().split("/")
        numbered = sum(any(char.isdecimal() for char in part) for part in segments)
        if numbered and ("RES" in segments or (len(segments) >= _MIN_SEGMENTS and numbered > 1)):
            yield match


def _instrument(match: re.Match[str]) -> InstrumentId:
    text = match.group()
    if match.re is _OAS:
        symbol = f"{match['root']}/{match['kind']}. {match['number']} ({match['when']})"
        return InstrumentId(symbol, InstrumentType.RESOLUTION)
    if match.re is _HEALTH:
        return InstrumentId(text, InstrumentType.RESOLUTION)
    parts = _PARTS.fullmatch(text)
    if parts:
        return InstrumentId(_printed(parts), InstrumentType.RESOLUTION)
    plain = re.sub(r"\s+", " ", text).strip()
    resolution = re.search(r"/RES[./]|/Res\.", text)
    return InstrumentId(plain, InstrumentType.RESOLUTION if resolution else InstrumentType.DOCUMENT)


def _printed(parts: re.Match[str]) -> str:
    tail = parts["tail"] or ""
    if parts["stem"] == "S/RES/" and not tail:
        tail = str(council_year(int(parts["body"])) or "") if parts["body"].isdecimal() else ""
    letter = f" {parts['letter'].upper()}" if parts["letter"] else ""
    return f"{parts['stem']}{parts['body']}{letter}" + (f" ({tail})" if tail else "")
