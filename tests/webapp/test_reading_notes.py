"""Notes that point back, on the page of their document."""

from dataclasses import replace

import pytest
from flask import Flask
from lxml import html

from corpus.locator import Locator, passage_id
from corpus.model import NoteCall, PassageKind
from ingest.annotate import annotate
from search.contents import row, stored
from tests.factories import document, passage
from webapp.order import Order
from webapp.reading import Reader


@pytest.fixture
def address_of():
    """The addresses of documents, as the application gives them."""
    app = Flask("pages")
    app.add_url_rule("/documents/<document_id>", "documents.read", lambda document_id: document_id)
    app.add_url_rule("/passages/<path:passage_id>", "passages.show", lambda passage_id: passage_id)
    app.add_url_rule("/instruments/<path:name>", "entities.instrument", lambda name: name)
    with app.test_request_context():
        yield


def note(number, text):
    made = passage(text, number=number, kind=PassageKind.FOOTNOTE)
    label = f"fn {number}"
    return replace(made, id=passage_id("lecture", Locator.from_label(label)), label=label, sequence=number + 1)


def passages():
    body = replace(passage("A word on evidence."), calls=(NoteCall(1, 6), NoteCall(2, 19)))
    held = [body, note(1, "A. Writer, Sails, 1990."), note(2, "Ibid., p. 3; Nobody, op. cit.")]
    return annotate(document(), held)


@pytest.mark.usefixtures("address_of")
def test_a_pointer_leads_to_its_note_or_says_that_it_does_not():
    blocks = list(Reader(Order(document(), passages()), known={}).blocks())
    shown = html.fromstring(f"<p>{blocks[0].notes[1].text}</p>")
    assert shown.xpath("//a[contains(@class, 'pointer')]/@href") == ["/documents/lecture#fn-1"]
    assert [each.text_content() for each in shown.xpath("//*[@class='lead']")] == ["→ fn 1", "→ unresolved"]


def test_pointers_are_no_facet_and_no_tag_to_ask_for():
    pointing = passages()[2]
    assert all(kind != "note" for _, _, kind, _ in stored(pointing).tags)
    assert "note" not in row(document(), pointing, 1, {}).values
