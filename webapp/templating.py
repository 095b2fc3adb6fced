"""What templates may call: addresses, and the few ways in which a number, date or label is written."""

from __future__ import annotations

from flask import Flask

from corpus.citation import STYLES
from corpus.export import FORMATS
from corpus.model import Document, Passage
from corpus.months import MONTHS
from webapp import links
from webapp.facetview import TITLES
from webapp.links import Selection

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


def written_date(date: str) -> str:
    """An ISO prefix as it is written in prose: `2018-10-18` -> `18 October 2018`, `2009-08` -> `August 2009`."""
    year, month, day = (*date.split("-"), "", "")[:3]
    name = MONTHS[int(month) - 1] if month.isdecimal() and 1 <= int(month) <= len(MONTHS) else ""
    return " ".join(part for part in (day.lstrip("0"), name, year) if part)


def number(value: int) -> str:
    """A count with its thousands set off: `12,345`."""
    return f"{value:,}"


def counted(value: int, one: str, many: str = "") -> str:
    """`1 passage`, `12 passages`."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def words(value: str) -> str:
    """A word of ours for readers: `list_item` -> `list item`."""
    return value.replace("_", " ")


def place_of(passage: Passage) -> str:
    """Where a passage stands in its document, in a few words: its label, else its page, else its heading."""
    if passage.label:
        return passage.label
    if passage.pages:
        return f"p {passage.pages[0]}"
    return f"under “{passage.section[-1]}”" if passage.section else "at the beginning"


def short_title(document: Document) -> str:
    """The title as results name it: the catalogue's short one, else the title up to a colon or a hundred characters."""
    title = document.details.get("short_title") or document.title
    if len(title) > _SHORT and ": " in title[:_SHORT]:
        return title.partition(": ")[0]
    return title if len(title) <= _SHORT else title[:_SHORT].rsplit(" ", 1)[0] + " …"
