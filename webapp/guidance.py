"""What stands between a query and its results: how it was read, what else was looked for, what to ask instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corpus.model import Passage
from corpus.store import Store
from search.printer import format  # noqa: A004  # the query language's own verb
from search.query import Node
from search.reading import parts
from search.results import Hit, Results
from webapp import links
from webapp.facetview import in_words, label_of
from webapp.highlighting import cited
from webapp.language import gettext, ngettext
from webapp.language import lazy as _
from webapp.links import NOT, Selection
from webapp.wording import either, number

#: What joins a part of the query to the one before.
_JOINTS: Mapping[str, str] = {"and": _("and"), "or": _("or"), "without": _("without")}


@dataclass(frozen=True, slots=True)
class Read:
    """One part of the query as it was read: the word that joins it to the one before, itself, the search without it.

    `url` is "" for the only part.
    """

    joint: str
    part: str
    url: str


@dataclass(frozen=True, slots=True)
class Way:
    """A search without the part that leaves nothing: what is left out, how many passages answer then, its address."""

    part: str
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A passage that the query cites."""

    passage: Passage
    citation: Markup
    url: str


def reading(tree: Node | None, selection: Selection) -> tuple[Read, ...]:
    """The parts of the query in their order, each with the search that remains without it."""
    found = parts(tree)
    joints = ["" if part.joined_by != "without" else gettext("every passage without") for part in found[:1]]
    joints += [str(_JOINTS[part.joined_by]) for part in found[1:]]
    return tuple(
        Read(joint, part.description, selection.asking(format(part.without)).url if len(found) > 1 else "")
        for joint, part in zip(joints, found, strict=True)
    )


def most_of(results: Results) -> str:
    """How many passages hold all the words, where others follow that hold most of them; "" where none follow."""
    if not results.relaxed:
        return ""
    if results.complete:
        return _above_the_line(results.complete, widened=bool(results.widened))
    if results.widened:
        return gettext("No passage holds all of these words. These hold most of them or other words for them.")
    return gettext("No passage holds all of these words. These hold most of them.")


def _above_the_line(complete: int, *, widened: bool) -> str:
    if widened:
        return ngettext(
            "%(num)s passage holds all of these words; those below the line hold most of them or other words for them.",
            "%(num)s passages hold all of these words; those below the line hold most of them or other words for them.",
            complete,
            num=number(complete),
        )
    return ngettext(
        "%(num)s passage holds all of these words; those below the line hold most of them.",
        "%(num)s passages hold all of these words; those below the line hold most of them.",
        complete,
        num=number(complete),
    )


def divided_at(results: Results, hits: Sequence[Hit]) -> int | None:
    """The place of the first hit that lacks some of the words, None where no hit differs from those before it."""
    if not results.complete:
        return None
    return next((place for place, hit in enumerate(hits) if not hit.complete), None)


def ways_out(results: Results, selection: Selection) -> tuple[Way, ...]:
    """The remedies of an empty result as links."""
    return tuple(
        Way(_filters(each.facet, results, selection), each.total, selection.without(each.facet).url)
        if each.facet
        else Way(each.part, each.total, selection.asking(format(each.tree)).url)
        for each in results.remedies
    )


def offers(store: Store, results: Results, style: str) -> tuple[Offer, ...]:
    """The passages that the query cites; one that has just been taken out of the library is left out."""
    found = store.passages_by_id(results.offered) if results.offered else []
    return tuple(
        Offer(passage, cited(store.document(passage.document_id), passage, style), links.passage_url(passage.id))
        for passage in found
    )


def _filters(name: str, results: Results, selection: Selection) -> str:
    """`Country: Jordan or Chad`: a filter as the chips name it."""
    facet = name.removeprefix(NOT)
    labels = [label_of(facet, value, results.facets) for value in selection.chosen.get(name, ())]
    return in_words(name, either(labels))
