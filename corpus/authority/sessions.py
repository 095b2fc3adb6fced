"""When the organs of the United Nations adopted what: the facts that tell `55/63` of one organ from that of another.

Sources: the yearly resolution lists of the Security Council (numbers run on since 1946); the General Assembly's
sessions open each September since 1946, the Human Rights Council meets three times a year since June 2006.
"""

from __future__ import annotations

from bisect import bisect_left

_FIRST_YEAR = 1946
#: The last Security Council resolution of each year from 1946 on; later numbers have an unknown year.
_LAST_OF_YEAR = (
    15, 37, 66, 78, 89, 96, 98, 103, 105, 110, 121, 126, 131, 132, 160, 170, 177, 185, 199, 219, 232, 245, 262, 275,
    291, 307, 324, 344, 366, 384, 402, 422, 443, 461, 484, 499, 528, 545, 559, 580, 593, 606, 626, 646, 683, 725, 799,
    892, 969, 1035, 1092, 1146, 1219, 1284, 1334, 1386, 1454, 1521, 1580, 1651, 1738, 1794, 1859, 1907, 1966, 2032,
    2085, 2132, 2195, 2259, 2336, 2396, 2451, 2504, 2557, 2615, 2671, 2718, 2767,
)  # fmt: skip

#: Assembly resolutions of the years of Roman sessions that are cited by their bare number.
FAMOUS = {
    181: "181 (II)",
    194: "194 (III)",
    217: "217 A (III)",
    260: "260 A (III)",
    377: "377 (V)",
    1514: "1514 (XV)",
    1541: "1541 (XV)",
    1803: "1803 (XVII)",
    2131: "2131 (XX)",
    2200: "2200 A (XXI)",
    2625: "2625 (XXV)",
    2758: "2758 (XXVI)",
    3201: "3201 (S-VI)",
    3281: "3281 (XXIX)",
    3314: "3314 (XXIX)",
    3379: "3379 (XXX)",
}
#: The first Assembly session whose resolutions are numbered session/number (1976).
FIRST_NUMBERED_SESSION = 31
_FIRST_RIGHTS_YEAR = 2006
_RIGHTS_SESSIONS_A_YEAR = 3


def council_year(number: int) -> int | None:
    """The year of a Security Council resolution by its number, None for 0 and for numbers beyond the table."""
    at = bisect_left(_LAST_OF_YEAR, number)
    return _FIRST_YEAR + at if number > 0 and at < len(_LAST_OF_YEAR) else None


def is_assembly_year(session: int, year: int) -> bool:
    """Whether General Assembly session `session` sat in `year` (it runs from September to September)."""
    return year - session in {_FIRST_YEAR - 1, _FIRST_YEAR}


def is_rights_council_year(session: int, year: int) -> bool:
    """Whether Human Rights Council session `session` can have sat in `year` (three sessions a year, from 2006)."""
    return abs(_FIRST_RIGHTS_YEAR + session / _RIGHTS_SESSIONS_A_YEAR - year) <= 1


def rights_council_year(session: int) -> int:
    """The year in which Human Rights Council session `session` sat, by three sessions a year from mid-2006."""
    return _FIRST_RIGHTS_YEAR + session // _RIGHTS_SESSIONS_A_YEAR
