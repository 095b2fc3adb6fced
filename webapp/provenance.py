"""What exports say of themselves: the query and filters as they were read, the day, and how much is in the file."""

from __future__ import annotations

from datetime import UTC, datetime

from corpus.export import Provenance
from search.query import Query
from webapp.links import Selection


def searched(query: Query, count: int, found: int) -> Provenance:
    """Of the `found` passages that answer the query, `count` are exported."""
    chosen = Selection().filtered(query.filters, query.excluded).arguments
    filters = [(name.replace("_", " "), value) for name, value in chosen]
    filters += [] if query.loose else [("exactly", "yes")]
    return Provenance(count, found, today(), query.text, tuple(filters))


def selected(what: str, count: int) -> Provenance:
    """All passages of something that has a name, such as a set, are exported."""
    return Provenance(count, count, today(), selection=what)


def today() -> str:
    """The day in UTC, as ISO writes it."""
    return datetime.now(tz=UTC).date().isoformat()
