"""What several routes reach for: the citation style of the request, records of passages."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request

from corpus.export import record
from corpus.model import Passage
from webapp.api import shapes
from webapp.hits import documents_of
from webapp.views.access import library, settings


def style() -> str:
    """The citation style that the request names, else the installation's."""
    return request.args.get("style") or settings().style


def records(passages: Sequence[Passage]) -> list[shapes.Passage]:
    """The export records of the passages, in their order."""
    documents = documents_of(library().store, passages)
    return [shapes.Passage(**record(documents[each.document_id], each, style=style())) for each in passages]
