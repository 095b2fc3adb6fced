"""What continues the words in the query box: names by any alias, then words of the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from corpus.authority import instruments, organisations
from search.analysis import words
from search.results import Completion
from search.state import State
from search.suggest import completions

#: Facets whose values are offered, in the order in which equals stand.
FACETS = ("organisation", "instrument", "country", "document")
#: Shorter beginnings continue to almost everything.
_LEAST = 2


def complete(typed: str, state: State, limit: int) -> tuple[Completion, ...]:
    """Names and words that continue what was typed, names first, most frequent first."""
    return completed(
        typed,
        lambda: _values(state),
        lambda start: [(word, state.frequency(word)) for word in completions(start, state, limit)],
        limit,
    )


def completed(
    typed: str,
    values: Callable[[], Iterable[Completion]],
    continued: Callable[[str], Iterable[tuple[str, int]]],
    limit: int,
) -> tuple[Completion, ...]:
    """The same over `values` of the `FACETS` and the words that continue a beginning, with how often each is held."""
    wanted = words(typed)
    if not wanted or len("".join(wanted)) < _LEAST:
        return ()
    named = (each for each in values() if _is_named(each, wanted))
    first = sorted(named, key=lambda found: (-found.count, found.label))[:limit]
    started = typed[: len(typed) - len(typed.rsplit(maxsplit=1)[-1])]
    further = (Completion(started + word, word, "", count) for word, count in continued(wanted[-1]))
    return (*first, *further)[:limit]


def _values(state: State) -> Iterator[Completion]:
    for facet in FACETS:
        column = state.columns.columns[facet]
        for number, value in enumerate(column.vocabulary):
            yield Completion(value, state.columns.label(facet, value), facet, int(column.totals[number]))


def _is_named(value: Completion, wanted: tuple[str, ...]) -> bool:
    """Whether one of the names of a value starts with the words, the last of them perhaps unfinished."""
    return any(_starts(words(name), wanted) for name in (value.label, *_aliases(value.facet, value.text)))


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
