"""A passage set as its pages show it: sections of passages with their texts marked up and cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from corpus.model import Document, Passage
from corpus.sets import Entry, PassageSet, State
from corpus.sets_contents import members
from corpus.store import Store
from webapp import links
from webapp.highlighting import cited, render


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


def sections(store: Store, held: PassageSet, style: str) -> list[tuple[str, list[Reading]]]:
    """Headings in order, each with its passages; these are counted through the whole set."""
    readings = (
        Reading(number, each.entry, each.state, each.passage, each.document, style)
        for number, each in enumerate(members(store, held), 1)
    )
    return [(heading, list(group)) for heading, group in groupby(readings, lambda each: each.entry.heading)]


def changes(shown: Iterable[tuple[str, list[Reading]]]) -> dict[State, int]:
    """How many passages are no longer what they were, by what has become of them."""
    states = [each.state for _, readings in shown for each in readings]
    return {state: states.count(state) for state in (State.CHANGED, State.MISSING) if state in states}
