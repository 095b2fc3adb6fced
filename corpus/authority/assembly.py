"""Texts adopted by the Parliamentary Assembly of the Council of Europe: number and, in brackets, the year.

Recommendations alone are numbered in this form; resolutions look like those of the Security Council, so that the
Assembly must be named beside them. Source: Rules of Procedure of the Assembly, Rule 24.
"""

from __future__ import annotations

import re

from corpus.authority.grammar import Form
from corpus.model import InstrumentType

_NUMBER = r"\s+(?:[Nn]o\.?\s?)?(?P<number>\d{3,4})\s?\((?P<year>(?:19|20)\d\d)\)"
_BESIDE = r"\b(?:Parliamentary Assembly|PACE|APCE)(?:\sof\s(?:the\s)?Council\sof\sEurope)?(?:[’']s)?,?\s(?:in its\s)?"

FORMS = (
    Form(
        re.compile(rf"\b(?:Recommendations?|Recs?\.?){_NUMBER}"),
        InstrumentType.RECOMMENDATION,
        lambda match: f"Recommendation {int(match['number'])} ({match['year']})",
        sign="Rec",
    ),
    Form(
        re.compile(rf"{_BESIDE}(?P<form>[Rr]esolution{_NUMBER})"),
        InstrumentType.RESOLUTION,
        lambda match: f"Resolution {int(match['number'])} ({match['year']})",
        sign="esolution",
    ),
)
