"""The shapes of organisations, instruments and years."""

from __future__ import annotations

from pydantic import Field

from corpus.authority.instrument_records import Instrument
from webapp.api.shapes import Count, Shape


class Named(Shape):
    """An organisation or instrument with how often it is named."""

    name: str
    slug: str = Field(description="The last part of its address; empty for a name without letters or figures")
    passages: Count
    documents: Count = Field(description="Documents that the passages stand in")
    link: str = Field(description="Its page")


class Organisations(Shape):
    """A page of the list of organisations, most frequent first."""

    total: Count
    organisations: list[Named]


class Instruments(Shape):
    """A page of the list of instruments, most frequent first."""

    total: Count
    instruments: list[Named]


class Year(Shape):
    """A year with the passages that it counts."""

    year: int
    passages: Count
    documents: Count


class Years(Shape):
    """A page of the list of years that passages name, ascending."""

    total: Count
    years: list[Year]


class Mention(Shape):
    """A passage that names the entity, with the date of its document."""

    passage: str
    document: str
    date: str
    link: str


class Entity(Shape):
    """What organisations and instruments have in common."""

    name: str
    names: list[str] = Field(description="More than one where several names share the address")
    slug: str
    aliases: list[str]
    passages: Count
    documents: Count
    first: Mention | None = Field(description="In the earliest dated document that names it")
    last: Mention | None = Field(description="In the latest dated document that names it")
    organisations: list[Named] = Field(description="Those named most often in the same passages")
    instruments: list[Named] = Field(description="Those named most often in the same passages")
    years: list[Year] = Field(description="Years named in the same passages")
    document_years: list[Year] = Field(description="Years of the documents")
    link: str


class Organisation(Entity):
    """An organisation in its hierarchy."""

    parents: list[str] = Field(description="The bodies above it, nearest first")
    children: list[Named] = Field(description="All bodies below it that passages name, most frequent first")


class CitedInstrument(Entity):
    """An instrument; what cites it article by article is a list of its own."""

    type: str
    registered: list[Instrument] = Field(description="What the authority files know of it")
    texts: list[str] = Field(description="Ids of the documents that are its text")


class Article(Shape):
    """An article, or several in a row that the same passages cite."""

    title: str
    unit: str
    numbers: list[str]
    passages: Count = Field(description="How many cite it or a part of it")
    documents: Count
    shown: list[str] = Field(description="Ids of the first of them, by document")
    search: str = Field(description="The page that lists all of them")


class Articles(Shape):
    """Noting up: a page of the articles of an instrument that passages cite, in their own order."""

    total: Count
    articles: list[Article]
