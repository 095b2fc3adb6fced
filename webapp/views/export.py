"""`/export`: the current result as a file, every hit in the order shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint
from flask.typing import ResponseReturnValue

from corpus.model import Document, Passage
from search.results import Hit
from webapp import links
from webapp.downloads import asked_format, sent
from webapp.hits import documents_of
from webapp.language import gettext
from webapp.links import Selection
from webapp.provenance import searched
from webapp.request import ParameterError, whole_number
from webapp.views.access import library, query_of
from webapp.wording import number

blueprint = Blueprint("export", __name__)

#: The format that cannot be written passage by passage, and how many it may have: 20,000 of 650 letters took 450 MB.
COLLECTED, MOST_COLLECTED = "docbin", 5_000
#: Passages fetched from the store at a time.
_BATCH = 500


@blueprint.get("/export")
def download() -> ResponseReturnValue:
    """The hits of the search in the URL, at most `limit`, as `webapp.downloads` sends them."""
    form = asked_format()
    limit = whole_number(links.arguments(), "limit", 0) or None
    query = replace(query_of(Selection.from_args(links.arguments())), offset=0, limit=limit, marks=False)
    results = library().engine.search(query)
    if form.name == COLLECTED and len(results.hits) > MOST_COLLECTED:
        message = gettext(
            "%(format)s is made whole in memory, so at most %(most)s passages are given at once here: add "
            "limit=%(plain)s, or use “pincite export”",
            format=COLLECTED,
            most=number(MOST_COLLECTED),
            plain=MOST_COLLECTED,
        )
        raise ParameterError(message)
    return sent(form, pairs(results.hits), searched(query, len(results.hits), results.total))


def pairs(hits: tuple[Hit, ...]) -> Iterator[tuple[Document, Passage]]:
    """Documents and passages of the hits, in their order, a batch in memory at a time."""
    documents: dict[str, Document] = {}
    for start in range(0, len(hits), _BATCH):
        passages = library().store.passages_by_id([hit.passage_id for hit in hits[start : start + _BATCH]])
        documents |= documents_of(library().store, [p for p in passages if p.document_id not in documents])
        yield from ((documents[passage.document_id], passage) for passage in passages)
