"""What a Whoosh index holds: exact and stemmed words of each field with their places, and what is shown of it."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

import numpy as np
from whoosh import fields, formats
from whoosh.columns import NumericColumn

from search import contents
from search.postings import WORD_FIELDS
from search.query import Field

#: A posting's value is its places, 4 bytes each.
PLACE = "I"
#: A key as Whoosh's column writes it.
_KEY_CODE = "q"
KEY = np.dtype(">i8")

#: The terms of a text, each with its place.
Cut: TypeAlias = Callable[[str], Iterable[tuple[int, str]]]


def field_name(field: Field, *, stemmed: bool) -> str:
    """The Whoosh field that holds a field's stems or its exact words."""
    return f"{field.value}_stem" if stemmed else field.value


def exact(text: str) -> Iterator[tuple[int, str]]:
    """The folded words of a text."""
    for number, part in enumerate(contents.analysed(text).words):
        yield from enumerate(part, number * contents.GAP)


def stemmed(text: str) -> Iterator[tuple[int, str]]:
    """The stems of a text."""
    found = contents.analysed(text)
    return zip(found.places, found.stems, strict=True)


def whole(text: str) -> Iterator[tuple[int, str]]:
    """The text as its only term."""
    yield 0, text


class Terms(fields.FieldType):  # type: ignore[misc]  # Whoosh publishes no types
    """A field of terms with their places, as `cut` gives them; lengths are kept in the columns."""

    scorable = stored = False

    def __init__(self, cut: Cut) -> None:
        self.cut = cut
        self.format = formats.Format()

    def index(self, value: str, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Each term with its frequency, its weight (the same) and its places."""
        places: dict[str, array[int]] = defaultdict(lambda: array(PLACE))
        for place, text in self.cut(value):
            places[text].append(place)
        for text, held in places.items():
            yield text.encode(), len(held), float(len(held)), held.tobytes()


def schema() -> fields.Schema:
    """The fields of every index."""
    texts = {field_name(field, stemmed=cut is stemmed): Terms(cut) for field in WORD_FIELDS for cut in (exact, stemmed)}
    return fields.Schema(
        document=Terms(whole), key=fields.COLUMN(NumericColumn(_KEY_CODE)), shown=fields.STORED(), **texts
    )
