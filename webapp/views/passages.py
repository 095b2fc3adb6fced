"""`/passages/<passage id>`: the permalink, a passage in its context with its citations."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template

from corpus.citation import STYLES
from corpus.errors import PinciteError
from corpus.locator import split_passage_id
from corpus.model import Passage, PassageKind
from webapp import links
from webapp.explaining import linked, reasons
from webapp.failures import PassageNotFound
from webapp.highlighting import cited
from webapp.hits import chips_under, documents_of
from webapp.language import gettext
from webapp.links import Selection
from webapp.order import Order
from webapp.reading import Reader
from webapp.views.access import known_values, library, settings, while_away
from webapp.zotero import meta

blueprint = Blueprint("passages", __name__, url_prefix="/passages")

#: Passages and headings shown before and behind the one asked for.
_AROUND = 2
#: What the ids of notes, and of passages that stand in notes, have in them.
_NOTE = "/fn-"
#: Passages offered as similar.
_SIMILAR = 8


@blueprint.get("/<path:passage_id>")
def show(passage_id: str) -> str:
    """One passage in context; raises `NotFound` naming what the document does hold."""
    store = library().store
    passage = find(passage_id)
    document = store.document(passage.document_id)
    passages = store.plain(document.id)
    known = known_values()
    order = Order(document, passages)
    reader, caller = Reader(order, known), order.caller(passage)
    window = {each.id for each in around(passages, caller or passage)}
    entries = [entry for entry in order.entries if entry.passage.id in window]
    shown = store.passages_by_id([each.id for entry in entries for each in entry.passages])
    similar: list[Passage] = while_away(lambda: similar_to(passage.id), list)
    permalink = links.absolute(links.passage_url(passage.id))
    return render_template(
        "passage.html",
        document=document,
        passage=passage,
        blocks=list(reader.blocks(entries, {each.id: each for each in shown})),
        caller=caller,
        previous=_neighbour(passages, passage, -1),
        following=_neighbour(passages, passage, 1),
        citations=[(STYLES[style], cited(document, passage, style)) for style in _styles()],
        permalink=permalink,
        meta=meta(document, passage, permalink),
        known=known["instrument"],
        chips=chips_under(Selection())(passage),
        reasons=[linked(reason, reader.link) for reason in reasons(passage)],
        similar=similar,
        documents=documents_of(store, similar),
    )


def find(passage_id: str) -> Passage:
    """The passage; raises `NotFound`, telling whether the document or only the passage in it is unknown."""
    store = library().store
    try:
        document_id, locator = split_passage_id(passage_id.rstrip("/"))
        return store.passage(f"{document_id}/{locator.path}")
    except PinciteError as error:
        document_id, _, place = passage_id.partition("/")
        document = store.document(document_id)
        message = gettext("“%(document)s” holds no passage “%(place)s”", document=document.title, place=place)
        raise PassageNotFound(message, document, _ends(store.plain(document_id), place)) from error


def similar_to(passage_id: str) -> list[Passage]:
    """The passages most like one, best first."""
    return library().store.passages_by_id(library().engine.similar(passage_id, _SIMILAR))


def around(passages: Sequence[Passage], centre: Passage) -> list[Passage]:
    """The passage and its neighbours in reading order, notes left out unless one is asked for."""
    running = [passage for passage in passages if passage.id == centre.id or _NOTE not in passage.id]
    at = next(index for index, passage in enumerate(running) if passage.id == centre.id)
    window = running[max(0, at - _AROUND) : at + _AROUND + 1]
    while len(window) > 1 and window[-1].kind == PassageKind.HEADING and window[-1].id != centre.id:
        window.pop()
    return window


def _ends(passages: Sequence[Passage], place: str) -> tuple[Passage, ...]:
    """The first and last labelled passages of the unit that `place` begins with, of any unit if it has none of that."""
    labelled = [passage for passage in passages if passage.label]
    unit = place.partition("-")[0]
    found = [passage for passage in labelled if passage.locator.steps[-1].unit == unit] or labelled
    return (found[0], found[-1]) if len(found) > 1 else tuple(found)


def _neighbour(passages: Sequence[Passage], passage: Passage, step: int) -> Passage | None:
    body = [each for each in passages if each.is_body or each.id == passage.id]
    at = next(index for index, each in enumerate(body) if each.id == passage.id) + step
    return body[at] if 0 <= at < len(body) else None


def _styles() -> list[str]:
    first = settings().style
    return [first, *(style for style in STYLES if style != first)]
