"""Hits as the page shows them: what is folded, what is marked, what leads on."""

import pytest
from lxml import html

from corpus.store import SourceState
from search.indexer import sync
from search.results import Hit
from tests.factories import document, passage
from webapp import create_app
from webapp.hits import items
from webapp.links import Selection
from webapp.resources import Library
from webapp.settings import Settings

PASSAGE = "lecture-on-evidence/p-4"


@pytest.fixture
def item(app, library):
    def of(*words, **asked):
        text = library.store.passage(PASSAGE).text
        spans = tuple(sorted((text.index(word), text.index(word) + len(word)) for word in words))
        with app.test_request_context("/"):
            [found] = items(library.store, [Hit(PASSAGE, 1.0, spans)], Selection(**asked), "oscola")
        return found

    return of


def test_a_long_passage_is_folded_around_what_was_found(item):
    pieces = item("quicksand").pieces
    assert [piece.fold for piece in pieces] == ["Beginning of the passage", "", "Rest of the passage"]
    assert "<mark>quicksand</mark>" in pieces[1].text


def test_words_that_stand_far_apart_leave_a_fold_between(item):
    pieces = item("number 1 ", "quicksand").pieces
    assert [piece.fold for piece in pieces] == ["", "Middle of the passage", "", "Rest of the passage"]
    assert ["<mark>" in piece.text for piece in pieces] == [True, False, True, False]


def test_a_result_leads_to_its_place_with_the_hits_marked(item):
    selection = {"text": "quicksand", "chosen": {"country": ("Chad",)}, "sort": "date", "page": 3, "explain": True}
    found = item("quicksand", **selection)
    assert found.context == "/documents/lecture-on-evidence?q=quicksand&country=Chad#p-4"
    # without words there is nothing to mark
    assert item(**selection | {"text": ""}).context == "/documents/lecture-on-evidence#p-4"


@pytest.mark.parametrize(("joint", "dotted"), [(" ", True), ("\n", False)])
def test_dots_stand_where_a_line_is_cut_and_never_alone(tmp_path, joint, dotted):
    text = joint.join(["The keepers met and nobody wrote it down.", *["(a) They met again, and again."] * 40])
    with Library(tmp_path) as library:
        library.store.replace(document(), [passage(text)], SourceState("lecture.txt", "1", "lecture"))
        sync(library.store, library.engine)
        answer = create_app(Settings(library=tmp_path), library=library).test_client().get("/?q=nobody")
    [shown] = html.fromstring(answer.text).xpath("//article//p[@class='text' and not(ancestor::details)]")
    assert shown.text_content().rstrip().endswith("…") is dotted
