"""What exports say of themselves: the query and filters as they were read, the day, and how much is in the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from corpus.export import Provenance
from corpus.sets import PassageSet, State
from corpus.sets_contents import Member, pairs
from search.query import Query
from webapp.links import Selection


def searched(query: Query, count: int, found: int) -> Provenance:
    """Of the `found` passages that answer the query, `count` are exported."""
    chosen = Selection().filtered(query.filters, query.excluded).arguments
    filters = [(name.replace("_", " "), value) for name, value in chosen]
    filters += [] if query.loose else [("exactly", "yes")]
    return Provenance(count, found, today(), query.text, tuple(filters))


def selected(what: str, count: int) -> Provenance:
    """All passages of something that has a name are exported."""
    return Provenance(count, count, today(), selection=what)


def collected(held: PassageSet, found: Sequence[Member]) -> Provenance:
    """A set is exported as its page shows it; the lost passages are told, and what has changed since it was frozen."""
    count = len(pairs(found))
    lost = f"{len(found) - count:,} {_no_longer(len(found) - count)}" if count < len(found) else ""
    return Provenance(
        count, len(found), today(), selection=f"the set “{held.title}”", lost=lost, words=_words(held, found)
    )


def _words(held: PassageSet, found: Sequence[Member]) -> str:
    if not held.frozen:
        return ""
    states = [each.state for each in found]
    changed, gone = states.count(State.CHANGED), states.count(State.MISSING)
    since = [f"{changed:,} changed since"] if changed else []
    since += [f"{gone:,} {_no_longer(gone)}"] if gone else []
    return f"of {held.frozen[:10]}, when the set was frozen: {', '.join(since) or 'none changed since'}"


def _no_longer(count: int) -> str:
    return f"{'is' if count == 1 else 'are'} no longer in the library"


def today() -> str:
    """The day in UTC, as ISO writes it."""
    return datetime.now(tz=UTC).date().isoformat()
