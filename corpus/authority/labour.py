"""Conventions and recommendations of the International Labour Organization, numbered in two rows that run on.

`ILO Convention No. 182`, `Convention (No. 182)`, `C182`. Source: ILO, NORMLEX, "List of instruments by subject and
status": 192 conventions and 209 recommendations until 2025.
"""

from __future__ import annotations

import re

from corpus.authority.grammar import Form
from corpus.model import InstrumentType

#: The last numbers that can have been given; a higher one is another organisation's.
_LAST = {"Convention": 220, "Recommendation": 240}
_NUMBER = r"(?:\(?\s?[Nn][o°]\.?\s?|C)?(?P<number>\d{1,3})\b"


def _identify(match: re.Match[str]) -> str | None:
    kind = match["kind"].title()
    return f"ILO {kind} No. {int(match['number'])}" if 0 < int(match["number"]) <= _LAST[kind] else None


FORMS = (
    Form(
        re.compile(
            r"\b(?:ILO|International Labour Organi[sz]ation)(?:[’']s)?\s(?P<kind>Convention|Recommendation)s?,?\s"
            + _NUMBER
        ),
        InstrumentType.TREATY,
        _identify,
        sign="I",
    ),
    Form(
        # The convention's own title ends so: "Minimum Age Convention, 1973 (No. 138)".
        re.compile(r"(?P<kind>Convention),?\s(?:19|20)\d\d,?\s(?P<form>\([Nn]o\.\s?(?P<number>\d{1,3})\))"),
        InstrumentType.TREATY,
        _identify,
        sign="Convention",
    ),
)
