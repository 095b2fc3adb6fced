"""A made-up collection of what the frozen suite asks for, so that its queries find many passages."""

from __future__ import annotations

import random
from collections.abc import Iterator

from corpus.model import AnnotationType, Document, DocumentKind, Passage, PassageKind
from search.names import library_names, values_of
from search.parser import parse
from search.query import And, Exact, Node, Not, Or, YearRange
from tests.factories import document, passage, tag
from tests.search.frozen import QUERIES

#: Passages of a document, words of a passage.
_PASSAGES, _WORDS = 50, 14
_PLAIN = [
    "the",
    "of",
    "and",
    "a",
    "in",
    "on",
    "matters",
    "states",
    "shall",
    "report",
    "network",
    "evidence",
    "treaty",
    "was",
    "adopted",
    "harbour",
    "police",
]
_KINDS = (PassageKind.PARAGRAPH, PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.FOOTNOTE, PassageKind.TABLE)
_TYPES = {
    "organisation": AnnotationType.ORGANISATION,
    "instrument": AnnotationType.INSTRUMENT,
    "country": AnnotationType.COUNTRY,
}


def collection(size: int) -> Iterator[tuple[Document, list[Passage]]]:
    """Documents with passages in random order of words and names, the same at every call."""
    chance = random.Random(size)  # noqa: S311  (made-up data, the same in every run)
    leaves = [leaf for query in QUERIES for leaf in _leaves(parse(query, library_names()))]
    words = sorted({word for leaf in leaves for word in _words(leaf)})
    values = sorted({(facet, value) for leaf in leaves if isinstance(leaf, Exact) for facet, value in _values(leaf)})
    for start in range(0, size, _PASSAGES):
        name = f"document-{start // _PASSAGES:04}"
        kinds = list(DocumentKind)
        made = document(
            name, _text(chance, words, 5), chance.choice(kinds), date=chance.choice(("", "1999", "2010-05"))
        )
        yield made, [_passage(chance, name, number, words, values) for number in range(1, _PASSAGES + 1)]


def _passage(chance: random.Random, name: str, number: int, words: list[str], values: list[tuple[str, str]]) -> Passage:
    text = _text(chance, words, chance.randint(2, 2 * _WORDS))
    tags = [_tagged(text, facet, value) for facet, value in _few(chance, values)]
    tags += [tag(text, AnnotationType.YEAR, str(year)) for year in _few(chance, range(1990, 2021))]
    section = [_text(chance, words, 3) for _ in range(chance.randint(0, 2))]
    return passage(text, name, number, kind=chance.choice(_KINDS), section=section, annotations=tags)


def _tagged(text, facet, value):
    if facet == "provision":
        instrument, _, articles = value.partition("|")
        return tag(text, AnnotationType.PROVISION, instrument, articles=articles)
    return tag(text, _TYPES[facet], value)


def _text(chance: random.Random, words: list[str], length: int) -> str:
    """Words of the suite and plain ones, the first of each list the most frequent, some joined by hyphens."""
    chosen = [_skewed(chance, words if chance.random() < 0.6 else _PLAIN) for _ in range(length)]
    return "".join(word + chance.choice((" ", " ", " ", "-", ", ")) for word in chosen).strip(" ,-")


def _skewed(chance: random.Random, held):
    return held[int(len(held) * chance.random() ** 2)]


def _few(chance: random.Random, held):
    return {_skewed(chance, held) for _ in range(chance.randint(0, 2))}


def _leaves(node: Node | None) -> Iterator[Node]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case None:
            return
        case _:
            yield node


def _words(leaf: Node) -> tuple[str, ...]:
    if isinstance(leaf, Exact | YearRange):
        return ()
    return getattr(leaf, "words", ()) or (leaf.text,)


def _values(leaf: Exact) -> Iterator[tuple[str, str]]:
    facet, values = values_of(leaf)
    if facet in {*_TYPES, "provision"}:
        yield from ((facet, value) for value in values)
