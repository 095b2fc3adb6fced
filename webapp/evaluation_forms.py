"""The evaluation of written forms: every way to write a resolution must find the same passages in the same order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.engine import Engine
from search.query import Query
from webapp.evaluation_measures import Figure, mean
from webapp.request import query_from
from webapp.settings import Settings

#: The forms of the General Assembly's resolutions that users type.
FORMS = ("{}", "A/RES/{}", "GA resolution {}", "UNGA Res {}")
#: Ids whose number needs nothing else to be known: `A/RES/55/63`, neither `A/RES/2625 (XXV)` nor `A/RES/57/130 A`.
_NUMBERED = re.compile(r"A/RES/(?P<number>\d{2}/\d+)")


def score_forms(engine: Engine) -> list[Figure]:
    """The share of the resolutions named in an index whose forms all give the same hits; nothing if none is named."""
    named = engine.search(Query(limit=0)).facets["instrument"]
    numbers = [match["number"] for value in named if (match := _NUMBERED.fullmatch(value.value))]
    same = [float(_alike([_hits(engine, form.format(number)) for form in FORMS])) for number in numbers]
    return [mean("forms of a resolution", same)] if same else []


def _alike(found: Sequence[tuple[str, ...]]) -> bool:
    return bool(found[0]) and len(set(found)) == 1


def _hits(engine: Engine, text: str) -> tuple[str, ...]:
    return tuple(hit.passage_id for hit in engine.search(query_from({"q": [text]}, Settings())).hits)
