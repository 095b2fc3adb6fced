"""The language of the pages: which is chosen, how numbers and dates are written, whether the template is up to date."""

from pathlib import Path

import pytest
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from corpus.errors import PinciteError
from tests.webapp.translated import POT, catalogue, translated
from webapp import create_app, language
from webapp.settings import Settings
from webapp.wording import counted, counting, either, number, words, written_date

ROOT = Path(__file__).parents[2]


@pytest.fixture
def spoken(tmp_path, monkeypatch, library):
    """What makes an application that speaks English and languages in which every text stands in the given marks."""

    def make(settings=None, **marks):
        for name, mark in marks.items():
            catalogue(tmp_path, name, lambda text, mark=mark: f"{mark}{text}{mark}")
        monkeypatch.setattr(language, "FOLDER", tmp_path)
        return create_app(settings or Settings(), library=library)

    return make


def ids(path):
    with path.open("rb") as file:
        return {(message.id, message.context) for message in read_po(file) if message.id}


def test_the_committed_template_holds_the_texts_of_the_pages(tmp_path, monkeypatch):
    """`make messages` brings it up to date."""
    monkeypatch.chdir(ROOT)
    fresh = tmp_path / "fresh.pot"
    asked = ["pybabel", "--quiet", "extract", "--mapping-file", "pyproject.toml", "--output-file", str(fresh), "webapp"]
    CommandLineInterface().run(asked)
    assert ids(POT) == ids(fresh)


def test_pages_are_english_and_the_same_for_everybody_as_long_as_there_is_no_catalogue(client):
    answer = client.get("/help", headers={"Accept-Language": "de"})
    assert '<html lang="en">' in answer.text
    assert "Accept-Language" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize(
    ("wanted", "tag"),
    [
        ("de", "de"),
        ("de-AT, en;q=0.5", "de"),  # German as well as any
        ("fr, pt-BR;q=0.9, en;q=0.8", "pt-BR"),
        ("en-GB, de;q=0.5", "en"),
        ("fr", "en"),  # no catalogue
        ("", "en"),
    ],
)
def test_the_browser_chooses_among_the_languages(spoken, wanted, tag):
    answer = spoken(de="#", pt_BR="~").test_client().get("/help", headers={"Accept-Language": wanted})
    assert f'<html lang="{tag}">' in answer.text
    assert {"de": "#Help#", "pt-BR": "~Help~", "en": ">Help<"}[tag] in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


def test_the_settings_choose_for_everybody(spoken):
    answer = spoken(Settings(language="de"), de="#").test_client().get("/help", headers={"Accept-Language": "en"})
    assert "#Help#" in answer.text
    assert "Accept-Language" not in answer.headers.get("Vary", "")


def test_a_language_without_catalogue_is_refused(spoken):
    with pytest.raises(PinciteError, match="PINCITE_LANGUAGE must be one of en, de, not 'fr'"):
        spoken(Settings(language="fr"), de="#")


def test_a_request_leaves_no_language_behind(spoken):
    spoken(Settings(language="de"), de="#").test_client().get("/help")
    assert language.gettext("Help") == "Help"


@pytest.mark.parametrize(
    ("iso", "english", "german"),
    [
        ("2018-10-18", "18 October 2018", "18. Oktober 2018"),
        ("2009-03", "March 2009", "März 2009"),
        ("2009", "2009", "2009"),
        ("2007/2008", "2007/2008", "2007/2008"),
        ("2018-02-31", "2018-02-31", "2018-02-31"),  # no day of the calendar
        ("", "", ""),
    ],
)
def test_dates_keep_their_precision_in_every_language(iso, english, german):
    assert written_date(iso) == english
    with translated("de"):
        assert written_date(iso) == german


def test_numbers_and_lists_are_written_as_the_language_writes_them():
    assert (number(12345), counted(12345, "passage"), counted(1, "document")) == (
        "12,345",
        "12,345 passages",
        "1 document",
    )
    assert either(["Chad", "Jordan"]) == "Chad or Jordan"
    with translated("de"):
        assert number(12345) == "12.345"
        assert either(["Chad", "Jordan"]) == "Chad oder Jordan"


def test_counts_are_told_in_words_to_those_who_listen():
    from lxml import html

    written = [html.fromstring(counting()(*counts)).text_content() for counts in ((1, 0), (1200, 1), (2, 3))]
    assert written == ["1 passage", "1,200 passages in 1 document", "2 passages in 3 documents"]


def test_a_word_that_is_none_of_ours_stays_as_it_is():
    assert (words("list_item"), words("agenda_item")) == ("list item", "agenda item")


def test_values_in_a_text_of_a_template_are_escaped(app):
    with app.test_request_context():
        shown = app.jinja_env.from_string(
            "{{ _('Not %(label)s', label=name) }}{% trans name %}In “{{ name }}”{% endtrans %}"
        )
        assert shown.render(name="<b>") == "Not &lt;b&gt;In “&lt;b&gt;”"
