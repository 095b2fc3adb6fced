"""A passage set as its pages show it: sections of passages with their texts marked up and cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote

from markupsafe import Markup

from corpus.model import Document, Passage
from corpus.sets import Entry, PassageSet, State
from corpus.sets_contents import members
from corpus.store import Store
from webapp import links
from webapp.highlighting import cited, render
from webapp.paging import Pager

#: Passages of a set on a page: a reading list of a term, and some 40 KB compressed.
PAGE = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage of a set; what the library does not hold has neither passage nor document.

    What a page does not show of it is not made.
    """

    number: int
    entry: Entry
    state: State
    passage: Passage | None
    document: Document | None
    style: str

    @property
    def text(self) -> Markup:
        """How it reads now."""
        return render(self.passage.text) if self.passage else Markup()

    @property
    def kept(self) -> Markup:
        """How it read when the set was frozen, where that is something else."""
        return Markup() if self.state == State.PRESENT else render(self.entry.text)

    @property
    def citation(self) -> Markup:
        """Its citation with the pinpoint."""
        return cited(self.document, self.passage, self.style) if self.document and self.passage else Markup()

    @property
    def url(self) -> str:
        """The path of its permalink."""
        return links.passage_url(self.entry.passage_id)

    @property
    def permalink(self) -> str:
        """The whole permalink."""
        return links.absolute(self.url)

    @property
    def context(self) -> str:
        """Its place in the reading view."""
        place = self.passage.locator.path if self.passage else ""
        return links.document_url(self.document.id, place) if self.document else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a set: its sections, the pager, every heading of the set, and what has become of the set's passages."""

    sections: tuple[tuple[str, tuple[Reading, ...]], ...]
    pager: Pager
    headings: tuple[str, ...]
    changes: Mapping[State, int]


def shown(store: Store, held: PassageSet, style: str, *, page: int = 1, at: str = "", whole: bool = False) -> Shown:
    """The page with passage `at`, else page `page`, else the last; all of the set if it is wanted whole.

    Passages are counted through the whole set.
    """
    found = members(store, held)
    size = max(len(found), 1) if whole else PAGE
    if at in held.passage_ids:
        page = held.passage_ids.index(at) // size + 1
    pager = Pager(len(found), max(page, 1), size)
    pager = replace(pager, current=min(pager.current, pager.last))
    readings = (
        Reading(number, each.entry, each.state, each.passage, each.document, style)
        for number, each in enumerate(found[pager.first_item - 1 : pager.last_item] if found else (), pager.first_item)
    )
    grouped = groupby(readings, lambda each: each.entry.heading)
    headings = tuple(dict.fromkeys(entry.heading for entry in held.entries))
    states = Counter(each.state for each in found)
    changes = {state: states[state] for state in (State.CHANGED, State.MISSING) if states[state]}
    return Shown(tuple((heading, tuple(group)) for heading, group in grouped), pager, headings, changes)


def place(secret: str, held: PassageSet, passage_id: str) -> str:
    """The address of a passage on the page where the set is edited."""
    divided = {"at": passage_id} if len(held.entries) > PAGE else {}
    return links.path("sets.edit", secret=secret, **divided) + f"#{quote(passage_id)}"
