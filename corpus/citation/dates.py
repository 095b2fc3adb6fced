"""Dates of documents, which keep the precision that the source states."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.months import MONTHS

#: Months as MLA (9th edn, appendix 1) and the Bluebook (21st edn, T12) shorten them.
MLA_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
BLUEBOOK_MONTHS = MLA_MONTHS

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Date:
    """Year, month and day as far as they are known; 0 stands for unknown."""

    year: int = 0
    month: int = 0
    day: int = 0

    def __bool__(self) -> bool:
        return self.year > 0

    def day_first(self, months: tuple[str, ...] = MONTHS) -> str:
        """`18 October 2018`, `August 2009`, `2009` or ""."""
        parts = (str(self.day) if self.day else "", months[self.month - 1] if self.month else "", self._year)
        return " ".join(filter(None, parts))

    def month_first(self, months: tuple[str, ...] = MONTHS) -> str:
        """`October 18, 2018`, `August 2009`, `2009` or ""."""
        if self.day:
            return f"{months[self.month - 1]} {self.day}, {self._year}"
        return self.day_first(months)

    @property
    def year_first(self) -> str:
        """`2018, October 18`, `2009, August`, `2009` or ""."""
        month = MONTHS[self.month - 1] if self.month else ""
        return ", ".join(filter(None, (self._year, f"{month} {self.day}" if self.day else month)))

    @property
    def parts(self) -> list[int]:
        """`[2018, 10, 18]`, as CSL-JSON writes a date."""
        return [part for part in (self.year, self.month, self.day) if part]

    @property
    def _year(self) -> str:
        return str(self.year) if self.year else ""


def parse_date(iso: str) -> Date:
    """Read an ISO prefix; anything else is an empty date."""
    match = _ISO.fullmatch(iso)
    return Date(*(int(part or 0) for part in match.groups())) if match else Date()


def spelled(written: str, months: tuple[str, ...] = MONTHS, *, month_first: bool = False) -> str:
    """An ISO prefix in words; what is no ISO prefix ("summer 2019") stays as it is written."""
    date = parse_date(written)
    if not date:
        return written
    return date.month_first(months) if month_first else date.day_first(months)
