"""Answers as data: the one JSON shape of `pincite search --format json` and `GET /api/v1/search`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from corpus.citation import DEFAULT_STYLE
from corpus.export import record
from corpus.model import Document, Passage
from corpus.store import Store
from search.query import Query
from search.results import Hit
from webapp.resources import Library

#: Passages fetched from the store at a time.
_BATCH = 500


def answer(library: Library, query: Query, *, style: str = DEFAULT_STYLE) -> dict[str, Any]:
    """Search and join: `query total hits facets suggestions`, then `documents` and `relaxed`.

    A hit is the export record with `score` and `highlights` (`[[start, end], ...]` into `text`). `documents` counts the
    documents of all hits; `relaxed` is true when no passage holds all the words and those with most of them are given.
    """
    results = library.engine.search(query)
    return {
        "query": query.text,
        "total": results.total,
        "hits": [
            {
                **record(document, passage, style=style),
                "score": hit.score,
                "highlights": [list(s) for s in hit.highlights],
            }
            for hit, document, passage in joined(library.store, results.hits)
        ],
        "facets": {name: [asdict(value) for value in values] for name, values in results.facets.items()},
        "suggestions": list(results.suggestions),
        "documents": results.documents,
        "relaxed": results.relaxed,
    }


def joined(store: Store, hits: Sequence[Hit]) -> Iterator[tuple[Hit, Document, Passage]]:
    """The hits in their order with their documents and passages, fetched in batches.

    A hit whose passage has just been taken out of the library is left out.
    """
    documents = {document.id: document for document in store.documents()} if hits else {}
    for start in range(0, len(hits), _BATCH):
        batch = hits[start : start + _BATCH]
        passages = {passage.id: passage for passage in store.passages_by_id([hit.passage_id for hit in batch])}
        for hit in batch:
            passage = passages.get(hit.passage_id)
            if passage and passage.document_id in documents:
                yield hit, documents[passage.document_id], passage
