"""The shapes of passage sets."""

from __future__ import annotations

from pydantic import Field

from corpus.sets import State
from corpus.sets_store import Access
from webapp.api.shapes import Count, Passage, Shape


class SetEntry(Shape):
    """A passage of a set."""

    passage: str
    note: str
    tags: list[str]
    heading: str
    state: State
    kept: str | None = Field(description="Its text when the set was frozen; null in an open set")
    record: Passage | None = Field(description="As it is now; null where the library does not hold it")


class HeldSet(Shape):
    """A passage set with a page of its entries; the entries of one heading stand together."""

    title: str
    introduction: str
    frozen: str = Field(description="When it was frozen, in ISO form; empty for an open set")
    access: Access = Field(description="What the link allows")
    total: Count = Field(description="Passages of all pages")
    entries: list[SetEntry]
    link: str = Field(description="Its page")


class SetLink(Shape):
    """A link to a set. The secret is told this once: keep it."""

    secret: str
    access: Access
    link: str = Field(description="The page of the set")
    api: str = Field(description="The same set here")
