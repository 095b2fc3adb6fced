"""What templates may call: addresses, and the few ways in which a number, date or label is written."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from flask import Flask
from markupsafe import Markup

from corpus.citation import STYLES
from corpus.export import FORMATS
from corpus.model import Document, Passage
from webapp import links
from webapp.facetview import TITLES
from webapp.hits import result_texts
from webapp.language import Language, gettext, language
from webapp.links import Selection
from webapp.wording import counted, counting, number, words, written_date

#: Characters of a title that fit on two lines of a result.
_SHORT = 100


def prepare_templates(app: Flask) -> None:
    """Give the application's templates their filters and globals."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(date=written_date, number=number, counted=counted, words=words)
    app.jinja_env.globals.update(
        url_for=links.path,
        document_url=links.document_url,
        passage_url=links.passage_url,
        entity_url=links.entity_url,
        search_url=links.search_url,
        short_title=short_title,
        place_of=place_of,
        counting=counting,
        result_texts=result_texts,
        script_words=_script_words(app),
        facet_titles=TITLES,
        blank=Selection(),
        site=app.config["PINCITE"],
        formats=FORMATS,
        styles=STYLES,
    )


def load_templates(app: Flask) -> None:
    """Compile every template, which the first reader of each page would else wait for."""
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)


def _script_words(app: Flask) -> Callable[[], Markup]:
    """What gives the words of the script for the foot of a page, made once in each language."""

    @lru_cache
    def made(_used: Language) -> Markup:
        return Markup(app.jinja_env.get_template("_words.html").render())  # noqa: S704  # a template of ours

    return lambda: made(language())


def place_of(passage: Passage) -> str:
    """Where a passage stands in its document, in a few words: its label, else its page, else its heading."""
    if passage.label:
        return passage.label
    if passage.pages:
        return gettext("p %(page)s", page=passage.pages[0])
    if passage.section:
        return gettext("under “%(heading)s”", heading=passage.section[-1])
    return gettext("at the beginning")


def short_title(document: Document) -> str:
    """The title as results name it: the catalogue's short one, else the title up to a colon or a hundred characters."""
    title = document.details.get("short_title") or document.title
    if len(title) > _SHORT and ": " in title[:_SHORT]:
        return title.partition(": ")[0]
    return title if len(title) <= _SHORT else title[:_SHORT].rsplit(" ", 1)[0] + " …"
