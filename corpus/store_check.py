"""Whether documents are still what was stored: a database misses damage to its pages, not to the texts in them."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.errors import PinciteError
from corpus.rows import Row, document_row, passage_row, report_value, revision_of
from corpus.store import Store

#: Columns that came with later schemas, the last first: a document that was stored before has a revision without them.
_LATER = ("automatic", "page_labels", "report", "provenance")


def altered(store: Store) -> list[str]:
    """Ids of the documents whose content does not hash to their revision, or cannot be read at all."""
    return [name for name, revision in store.revisions().items() if revision not in _revisions(store, name)]


def _revisions(store: Store, name: str) -> Iterator[str]:
    """The revisions that a document has under this schema and under earlier ones; none if it cannot be read."""
    try:
        report = store.report(name)
        row = document_row(store.document(name)) | {"report": report_value(report) if report else None}
        rows = list(map(passage_row, store.passages(name)))
    except PinciteError:
        return
    for count in range(len(_LATER) + 1):
        yield revision_of(_without(row, _LATER[:count]), [_without(each, _LATER[:count]) for each in rows])


def _without(row: Row, later: tuple[str, ...]) -> Row:
    """The row as it was before there were these columns, which hold nothing then."""
    return {name: value for name, value in row.items() if name not in later or value}
