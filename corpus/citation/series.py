"""Series that publish treaties and acts: read into volume, number and page, and printed as each style prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Abbreviation -> the Bluebook's (tables T4 and 21.9), and the full name. A series that is not here is printed as it
#: is written.
_NAMES = {
    "UNTS": ("U.N.T.S.", "United Nations Treaty Series"),
    "LNTS": ("L.N.T.S.", "League of Nations Treaty Series"),
    "ETS": ("E.T.S.", "European Treaty Series"),
    "CETS": ("C.E.T.S.", "Council of Europe Treaty Series"),
    "UST": ("U.S.T.", "United States Treaties and Other International Agreements"),
    "TIAS": ("T.I.A.S.", "Treaties and Other International Acts Series"),
    "ILM": ("I.L.M.", "International Legal Materials"),
    "OJ": ("O.J.", "Official Journal of the European Union"),
}
_YEAR = r"(?:\[(?P<year>\d{4})\]\s*)?"
_NAME = r"(?P<name>[A-Z](?:\.?[A-Z]){1,4}\.?)"
#: `189 UNTS 137`, `1155 U.N.T.S. 331`, `41 ILM 282`; the page may be lettered or roman (`1 UNTS XVI`).
_PAGED = re.compile(rf"{_YEAR}(?P<volume>\d+)\s+{_NAME}\s+(?P<page>[0-9]+|[IVXLC]+)")
#: `ETS 185`, `CETS No. 224`, `[1994] ATS 15`; not `UKTS 31 (1953)`.
_NUMBERED = re.compile(rf"{_YEAR}{_NAME},?\s+(?:[Nn]o\.?\s*)?(?P<number>\d+)")
#: `[1995] OJ L281/31`, `[2004] O.J. L 24/1`; not the Journal without pages that appears since October 2023.
_GAZETTE = re.compile(r"\[(?P<year>\d{4})\]\s*(?P<name>O\.?J\.?)\s*(?P<part>[LC])\s?(?P<number>\d+)/(?P<page>\d+)")
#: `OJ L 281, 23.11.1995, p. 31`, the form of the Official Journal itself.
_OWN_GAZETTE = re.compile(
    r"(?P<name>OJ)\s*(?P<part>[LC])\s?(?P<number>\d+),\s*\d{1,2}\.\d{1,2}\.(?P<year>\d{4}),\s*pp?\.?\s?(?P<page>\d+)"
    r"(?:[-–]\d+)?"
)


@dataclass(frozen=True, slots=True)
class Series:
    """A place in a series; `part` is the Official Journal's letter, `written` what could not be read into parts."""

    name: str = ""
    year: str = ""
    volume: str = ""
    part: str = ""
    number: str = ""
    page: str = ""
    written: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.written)

    def short(self, number_sign: str = "") -> str:
        """`189 UNTS 137`, `ETS 185` (with the sign `No ` `ETS No 185`), `[1995] OJ L281/31`."""
        if self.part:
            return f"[{self.year}] {self.name} {self.part}{self.number}/{self.page}"
        year = f"[{self.year}]" if self.year else ""
        number = f"{number_sign}{self.number}" if self.number and not self.year else self.number
        return self.written or " ".join(filter(None, (year, self.volume, self.name, number, self.page)))

    @property
    def american(self) -> str:
        """`189 U.N.T.S. 137`, `E.T.S. No. 185`, `1995 O.J. (L 281) 31`."""
        name = _NAMES.get(self.name, (self.name,))[0]
        if self.part:
            return f"{self.year} {name} ({self.part} {self.number}) {self.page}"
        number = f"No. {self.number}" if self.number else ""
        return self.written or " ".join(filter(None, (self.year, self.volume, name, number, self.page)))

    @property
    def full_name(self) -> str:
        """`United Nations Treaty Series`."""
        return self.written or _NAMES.get(self.name, ("", self.name))[1]


def parse_series(written: str) -> Series:
    """Read a place in a series; what has another form is kept as it is written."""
    written = " ".join(written.split())
    for form in (_GAZETTE, _OWN_GAZETTE, _PAGED, _NUMBERED):
        if match := form.fullmatch(written):
            parts = {name: value or "" for name, value in match.groupdict().items()}
            return Series(**{**parts, "name": parts["name"].replace(".", "")})
    return Series(written=written)
