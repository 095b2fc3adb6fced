"""What continues the words in a query box: names of several words and the last word, with what to write for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from search.engine import Engine
from search.printer import format  # noqa: A004  # the query language's own verb
from search.query import Exact
from search.results import Completion

#: Words back from the cursor that may be the beginning of a name; more would cost a look-up each and match nothing.
_WORDS = 5
#: Continuations offered: as many as are read at a glance.
OFFERED = 8
# What stands between the cursor and the last sign of the query language. Must not reach across a quotation mark,
# a bracket or the colon of a field: those begin anew.
_OPEN = re.compile(r"(?P<field>\w+:)?(?P<quote>\")?(?P<typed>[^\"():]*)\Z")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Continuation:
    """A name or word with `insert`, which takes the place of everything from the character `start` to the cursor."""

    found: Completion
    start: int
    insert: str

    @property
    def json(self) -> dict[str, Any]:
        """As the API gives it."""
        return asdict(self.found) | {"start": self.start, "insert": self.insert}


def continuations(engine: Engine, text: str, limit: int = OFFERED) -> tuple[Continuation, ...]:
    """What continues the query `text`, which ends at the cursor: the longest names first, words last."""
    seen: dict[tuple[str, str], Continuation] = {}
    for each in sorted(_found(engine, text, limit), key=lambda each: (not each.found.facet, each.start)):
        seen.setdefault((each.found.facet, each.found.text), each)
    return tuple(seen.values())[:limit]


def _found(engine: Engine, text: str, limit: int) -> Iterator[Continuation]:
    opened = _OPEN.search(text)
    if not opened:
        return
    starts = [match.start() for match in _WORD.finditer(text, opened.start("typed"))][-_WORDS:]
    for start in starts:
        signs = len(text[start:]) - len(text[start:].lstrip("-"))
        for found in engine.complete(text[start + signs :], limit):
            if found.facet:
                first = opened.start() if opened["field"] or opened["quote"] else start + signs
                yield Continuation(found, first, format(Exact(found.facet, found.text)))
            elif start == starts[-1] and not opened["field"]:
                yield Continuation(found, start + signs, found.text)
