"""Treaties by their place in a treaty series: `1155 UNTS 331`. Only the register can tell which treaty stands there.

The European Treaty Series, whose numbers are ids of their own, is read in `corpus.authority.acts`.
"""

from __future__ import annotations

import re

from corpus.authority.grammar import Form
from corpus.model import InstrumentType

FORMS = (
    Form(
        re.compile(r"\b(?P<volume>\d{1,4})\s(?:UNTS|U\.\s?N\.\s?T\.\s?S\.)\s(?P<page>\d{1,4}|XVI)\b"),
        InstrumentType.TREATY,
        lambda match: f"{match['volume']} UNTS {match['page']}",
        sign="T",
        registered=True,
    ),
    Form(
        re.compile(r"\b[Vv]ol\.\s(?P<volume>\d{1,4}),\s(?:[Nn]o\.\s\d+,\s)?p\.\s(?P<page>\d{1,4})\b"),
        InstrumentType.TREATY,
        lambda match: f"{match['volume']} UNTS {match['page']}" if "Treaty Series" in match.string else None,
        sign="ol. ",
        registered=True,
    ),
)
