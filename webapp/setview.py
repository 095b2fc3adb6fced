"""A passage set as its pages show it: sections of passages with their texts marked up and cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from corpus.model import Document, Passage
from corpus.sets import Entry, PassageSet, State
from corpus.sets_contents import Member, members
from corpus.store import Store
from webapp import links
from webapp.highlighting import cited, render


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage of a set, complete; what the library does not hold has neither passage nor document.

    `text` is how it reads now, `kept` how it read when the set was frozen, where that is something else.
    """

    number: int
    entry: Entry
    state: State
    passage: Passage | None
    document: Document | None
    text: Markup
    kept: Markup
    citation: Markup
    url: str
    permalink: str
    context: str


def sections(store: Store, held: PassageSet, style: str) -> list[tuple[str, list[Reading]]]:
    """Headings in order, each with its passages; these are counted through the whole set."""
    readings = (_reading(number, member, style) for number, member in enumerate(members(store, held), 1))
    return [(heading, list(group)) for heading, group in groupby(readings, lambda each: each.entry.heading)]


def changes(shown: Iterable[tuple[str, list[Reading]]]) -> dict[State, int]:
    """How many passages are no longer what they were, by what has become of them."""
    states = [each.state for _, readings in shown for each in readings]
    return {state: states.count(state) for state in (State.CHANGED, State.MISSING) if state in states}


def _reading(number: int, member: Member, style: str) -> Reading:
    passage, document, entry = member.passage, member.document, member.entry
    url = links.passage_url(entry.passage_id)
    return Reading(
        number=number,
        entry=entry,
        state=member.state,
        passage=passage,
        document=document,
        text=render(passage.text) if passage else Markup(),
        kept=render(entry.text) if entry.text and member.state != State.PRESENT else Markup(),
        citation=cited(document, passage, style) if document and passage else Markup(),
        url=url,
        permalink=links.absolute(url),
        context=links.document_url(document.id, passage.locator.path) if document and passage else "",
    )
