"""What continues the words in the query box: names by any alias, then words of the collection."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from corpus.authority import instruments, organisations
from search.analysis import words
from search.results import Completion
from search.state import State
from search.suggest import completions

#: Facets whose values are offered, in the order in which equals stand.
_FACETS = ("organisation", "instrument", "country", "document")
#: Shorter beginnings continue to almost everything.
_LEAST = 2


def complete(typed: str, state: State, limit: int) -> tuple[Completion, ...]:
    """Names and words that continue what was typed, names first, most frequent first."""
    wanted = words(typed)
    if not wanted or len("".join(wanted)) < _LEAST:
        return ()
    named = sorted(_named(wanted, state), key=lambda found: (-found.count, found.label))[:limit]
    last = wanted[-1]
    started = typed[: len(typed) - len(typed.rsplit(maxsplit=1)[-1])]
    continued = (
        Completion(started + word, word, "", state.frequency(word)) for word in completions(last, state, limit)
    )
    return (*named, *continued)[:limit]


def _named(wanted: tuple[str, ...], state: State) -> Iterator[Completion]:
    """Values of the facets one of whose names starts with the words, the last of them perhaps unfinished."""
    for facet in _FACETS:
        column = state.columns.columns[facet]
        for number, value in enumerate(column.vocabulary):
            label = state.columns.label(facet, value)
            if any(_starts(words(name), wanted) for name in (label, *_aliases(facet, value))):
                yield Completion(value, label, facet, int(column.totals[number]))


def _starts(name: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether the words stand side by side somewhere in a name, the last as the beginning of one."""
    *whole, last = wanted
    return any(
        name[at : at + len(whole)] == tuple(whole) and name[at + len(whole)].startswith(last)
        for at in range(len(name) - len(whole))
    )


@cache
def _aliases(facet: str, value: str) -> tuple[str, ...]:
    if facet == "organisation":
        body = organisations.load().get(value)
        return body.other_names if body else ()
    record = instruments.load().get(value) if facet == "instrument" else None
    return record.aliases if record else ()
