"""Results as the page shows them: a hit joined with its passage and document, its text marked, its names as chips."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from corpus.model import Document, Passage
from corpus.store import Store
from search.results import Hit
from webapp import links
from webapp.folding import Piece, fold
from webapp.highlighting import cited, render
from webapp.language import Language, gettext, language
from webapp.language import lazy as _
from webapp.links import Selection
from webapp.zotero import coins

#: The letter that tells an entity's type besides its underline.
LETTERS = {"organisation": "O", "instrument": "I", "country": "C", "year": "Y"}
#: Texts of every result: a page prints them twenty times, so that they are put into its language together.
_TEXTS = {
    "cite": _("Cite"),
    "other_styles": _("Other styles"),
    "in_context": _("Open in context"),
    "similar": _("Similar passages"),
    "permanent_link": _("Permanent link"),
    "named_here": _("Named here"),
    "organisation": _("Organisation: only passages that name it"),
    "instrument": _("Instrument: only passages that name it"),
    "country": _("Country: only passages that name it"),
    "year": _("Year named: only passages that name it"),
}
#: Chips in the line under a result; a passage that names more lists them on its own page.
_CHIPS = 12


@dataclass(frozen=True, slots=True)
class NameChip:
    """A name in a passage and the search that it is a filter of."""

    facet: str
    label: str
    url: str
    selected: bool = False

    @property
    def letter(self) -> str:
        """The letter of its type."""
        return LETTERS[self.facet]


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of the text as HTML: at sight, or behind the words of `fold`.

    `dots` says that ellipses may stand at its cut ends; beside lines of their own they would stand alone.
    """

    text: Markup
    fold: str = ""
    dots: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """One result, complete: the template prints it and decides nothing."""

    passage: Passage
    document: Document
    pieces: tuple[Shown, ...]
    chips: tuple[NameChip, ...]
    unlisted: int
    citation: Markup
    url: str
    permalink: str
    context: str
    coins: str


def result_texts() -> Mapping[str, str]:
    """The texts of every result in the language of the page; those of its chips by their facet."""
    return _texts(language())


@lru_cache
def _texts(_used: Language) -> Mapping[str, str]:
    return {name: str(text) for name, text in _TEXTS.items()}


def items(store: Store, hits: Sequence[Hit], selection: Selection, style: str) -> tuple[Item, ...]:
    """The hits in their order; a hit whose passage has just been taken out of the library is left out."""
    passages = {passage.id: passage for passage in store.passages_by_id([hit.passage_id for hit in hits])}
    documents = documents_of(store, passages.values())
    found = ((hit, passages[hit.passage_id]) for hit in hits if hit.passage_id in passages)
    page = _Page(selection, style, chips_under(selection))
    return tuple(page.item(hit, passage, documents[passage.document_id]) for hit, passage in found)


def documents_of(store: Store, passages: Iterable[Passage]) -> dict[str, Document]:
    """The documents that the passages stand in, by id; raises `NotFound` for one that has just been taken out."""
    names = dict.fromkeys(passage.document_id for passage in passages)
    found = {document.id: document for document in store.documents_by_id(list(names))}
    return {name: found.get(name) or store.document(name) for name in names}


def chips_under(selection: Selection) -> Callable[[Passage], tuple[NameChip, ...]]:
    """What gives everything that a passage names, as filters beside those of the selection."""
    adding = {facet: links.adding(selection, facet) for facet in LETTERS}

    def chips(passage: Passage) -> tuple[NameChip, ...]:
        return tuple(
            NameChip(facet, value, adding[facet](value), selection.has(facet, value))
            for facet, value in dict.fromkeys(_named(passage))
        )

    return chips


def _named(passage: Passage) -> list[tuple[str, str]]:
    named = [("organisation", name) for name in passage.organisations]
    named += [("instrument", name) for name, _ in passage.instruments]
    named += [("country", name) for name in passage.countries]
    return named + [("year", str(year)) for year in passage.years]


@dataclass(frozen=True, slots=True)
class _Page:
    """What the results of a page have in common."""

    selection: Selection
    style: str
    chips: Callable[[Passage], tuple[NameChip, ...]]

    def item(self, hit: Hit, passage: Passage, document: Document) -> Item:
        chips = self.chips(passage)
        url = links.passage_url(passage.id)
        return Item(
            passage=passage,
            document=document,
            pieces=tuple(_shown(passage.text, hit, piece) for piece in fold(passage.text, hit.highlights)),
            chips=chips[:_CHIPS],
            unlisted=len(chips[_CHIPS:]),
            citation=cited(document, passage, self.style),
            url=url,
            permalink=links.absolute(url),
            context=links.document_url(document.id, passage.locator.path, self.selection),
            coins=coins(document, passage, links.absolute(url)),
        )


def _shown(text: str, hit: Hit, piece: Piece) -> Shown:
    rendered = render(text, hits=hit.highlights, within=(piece.start, piece.end))
    if piece.shown:
        return Shown(rendered, dots="\n" not in text[piece.start : piece.end])
    if piece.start == 0:
        return Shown(rendered, gettext("Beginning of the passage"))
    if piece.end == len(text):
        return Shown(rendered, gettext("Rest of the passage"))
    return Shown(rendered, gettext("Middle of the passage"))
