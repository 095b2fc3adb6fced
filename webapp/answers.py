"""Answers as data: the one JSON shape of `pincite search --format json` and `GET /api/v1/search`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from corpus.citation import DEFAULT_STYLE
from corpus.export import record
from corpus.model import Document, Passage
from corpus.store import Store
from search.engine import Engine
from search.printer import format  # noqa: A004  # the query language's own verb
from search.query import Query
from search.results import Hit, Remedy
from webapp.resources import Library

#: Passages fetched from the store at a time.
_BATCH = 500


def answer(library: Library, query: Query, *, style: str = DEFAULT_STYLE, explain: bool = False) -> dict[str, Any]:
    """Search and join: `query total hits facets suggestions`, then the rest of the `Results` under their own names.

    A hit is the export record with `score` and `highlights` (`[[start, end], ...]` into `text`) and, to `explain`, with
    `explanation`, the parts of its score. `documents` counts the documents of all hits. A remedy's `query` is what
    remains of the words without its part.
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
                **({"explanation": explanation(library.engine, query, passage.id)} if explain else {}),
            }
            for hit, document, passage in joined(library.store, results.hits)
        ],
        "facets": {name: [asdict(value) for value in values] for name, values in results.facets.items()},
        "suggestions": list(results.suggestions),
        "documents": results.documents,
        "relaxed": results.relaxed,
        "complete": results.complete,
        "widened": [list(pair) for pair in results.widened],
        "unknown": list(results.unknown),
        "remedies": [_remedy(each) for each in results.remedies],
        "offered": list(results.offered),
        "distinct": dict(results.distinct),
    }


def by_word(widened: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    """What was also looked for, by what was asked."""
    found: dict[str, list[str]] = {}
    for asked, also in widened:
        found.setdefault(asked, []).append(also)
    return found


def explanation(engine: Engine, query: Query, passage_id: str) -> list[dict[str, Any]]:
    """The parts of a passage's score, largest first; empty for a passage that has just ceased to answer."""
    found = engine.explain(query, passage_id)
    return [asdict(share) for share in found.shares] if found else []


def _remedy(remedy: Remedy) -> dict[str, Any]:
    return {"part": remedy.part, "total": remedy.total, "query": format(remedy.tree), "facet": remedy.facet}


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
