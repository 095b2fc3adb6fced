"""What continues the words in a query box: names of several words and the last word, with what to write for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from search.engine import Engine
from search.fields import FIELDS, TEXT_FIELDS
from search.printer import format  # noqa: A004  # the query language's own verb
from search.query import Exact
from search.results import Completion

#: Words back from the cursor that may be the beginning of a name; more would cost a look-up each and match nothing.
_WORDS = 5
#: Continuations asked for, so that names, which come first, leave room for words; and how many of each are offered.
_ASKED = 60
_NAMES, _LAST_WORDS = 6, 3
# What stands between the cursor and the last sign of the query language. Must not reach across a quotation mark, a
# bracket or the colon of a field, which begin anew; `-` before a word is a sign, `-` inside one is not.
_OPEN = re.compile(r"(?P<field>\w+:)?(?P<quote>\")?(?P<typed>[^\"():]*)\Z")
_WORD = re.compile(r"(?<!\S)-?(?P<word>[^\s-]\S*)")


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


def continuations(engine: Engine, text: str) -> tuple[Continuation, ...]:
    """What continues the query `text`, which ends at the cursor: names, documents last among them, then words.

    Of the last words as many as begin some name count as one beginning: `evidence council of eu`.
    """
    opened = _OPEN.search(text)
    if not opened or not opened["typed"] or text[-1].isspace():
        return ()
    starts = [opened.start("typed") + match.start("word") for match in _WORD.finditer(opened["typed"])]
    if not starts:
        return ()
    facet = FIELDS.get((opened["field"] or "").rstrip(":"), "")
    found = {start: engine.complete(text[start:], _ASKED) for start in starts[-_WORDS:]}
    names = (_names(found[start], facet) for start in found)
    start, named = next(((at, each) for at, each in zip(found, names, strict=True) if each), (0, []))
    first = opened.start() if opened["field"] or opened["quote"] else start
    words = [each for each in found[starts[-1]] if not each.facet] if facet in ("", *TEXT_FIELDS) else []
    return (
        *(Continuation(each, first, format(Exact(each.facet, each.text))) for each in named[:_NAMES]),
        *(Continuation(each, starts[-1], each.text) for each in words[:_LAST_WORDS]),
    )


def _names(found: Sequence[Completion], facet: str) -> list[Completion]:
    """The names among the continuations, of the facet if one is named."""
    named = [each for each in found if each.facet and (not facet or each.facet == facet)]
    return sorted(named, key=lambda each: each.facet == "document")
