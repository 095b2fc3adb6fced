"""The year in which an instrument was adopted, from its record or from the number that its id carries."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache

import roman

from corpus.authority import instruments, sessions

_YEAR = r"(?:1[5-9]|20)\d\d"
#: `S/RES/1373 (2001)`, `Electronic Crimes Act 2015 (Jordan)`, `E/RES/2004/26`, `Regulation (EU) 2016/679`, `29/2014`.
_WHOLE_YEAR = re.compile(rf"(?<!\d)(?P<year>{_YEAR})(?!\d)")
#: `Directive 95/46/EC`, `Recommendation No. R (89) 9`: acts before 1999 and recommendations print two digits.
_SHORT_YEAR = re.compile(
    r"(?:Directive|Decision|Action|Framework Decision) (?P<act>\d\d)/\d|\bR \((?P<ministers>\d\d)\)"
)
#: `A/RES/55/63`: the session stands for the year in which it opened.
_SESSION = re.compile(r"A/RES/(?P<session>\d{1,3})/\d")
#: `A/RES/2625 (XXV)`.
_ROMAN_SESSION = re.compile(r"A/RES/\d+ ?[A-Z]? \((?P<session>[IVXLC]+)\)")
_RIGHTS = re.compile(r"A/HRC/RES/S?-?(?P<session>\d{1,2})/\d")
_COUNCIL = re.compile(r"S/RES/(?P<number>\d{1,6})(?!\d)")
#: The first session of the General Assembly opened in 1946.
_BEFORE_FIRST_SESSION = 1945


@lru_cache(maxsize=65_536)
def year_of(identifier: str) -> int | None:
    """The year of adoption of an instrument, None where neither its record nor its id tells it."""
    record = instruments.load().get(identifier)
    if record and record.date:
        return int(record.date[:4])
    return _numbered(identifier)


def _numbered(identifier: str) -> int | None:
    if found := _SESSION.match(identifier):
        return _BEFORE_FIRST_SESSION + int(found["session"])
    if found := _ROMAN_SESSION.match(identifier):
        with suppress(roman.RomanError):
            return _BEFORE_FIRST_SESSION + int(roman.fromRoman(found["session"]))
    if found := _RIGHTS.match(identifier):
        return sessions.rights_council_year(int(found["session"]))
    if found := _WHOLE_YEAR.search(identifier):
        return int(found["year"])
    if found := _SHORT_YEAR.search(identifier):
        return 1900 + int(found["act"] or found["ministers"])
    found = _COUNCIL.match(identifier)
    return sessions.council_year(int(found["number"])) if found else None
