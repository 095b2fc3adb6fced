"""What of a passage is indexed: its words by field, its facet values, its tagged spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from corpus.authority import organisations
from corpus.authority.adoption import year_of
from corpus.model import DIVISIONS, Annotation, AnnotationType, Document, Passage
from search.analysis import stems_of, tokens
from search.columns import Row
from search.postings import Stored
from search.query import Field

#: Stands between headings and between names, so that no phrase reaches from one into the next.
BREAK = "\x1e"
#: Places from the start of one heading or name to that of the next; wider than the text of any, and any proximity.
GAP = 10_000
#: Articles that a written range is spelled out to; a longer one is a slip of the pen, as in "Articles 2-900".
_LONGEST_RANGE = 200
#: What no query asks for: dates are asked for by their years, notes that point back by the instrument they mean.
_UNSEARCHED = frozenset({AnnotationType.DATE, AnnotationType.NOTE})

_RANGE = re.compile(r"(?P<first>\d+)\s*[-–]\s*(?P<last>\d+)")
_ARTICLE = re.compile(r"(?P<article>[^()]+)(?P<rest>(?:\([^()]*\))*)")


class Analysed(NamedTuple):
    """The folded words of each part of a field's text, and the stems of all with their places."""

    words: tuple[tuple[str, ...], ...]
    stems: tuple[str, ...]
    places: tuple[int, ...]

    @property
    def consecutive(self) -> bool:
        """Whether each stem stands one place behind the one before: one part, and no compounds."""
        return len(self.words) == 1 and (not self.places or self.places[-1] == len(self.places) - 1)


def fields(document: Document, passage: Passage) -> dict[Field, str]:
    """The text of each word field."""
    names = [*passage.organisations, *(name for name, _ in passage.instruments), *passage.countries]
    return {
        Field.TEXT: passage.text,
        Field.SECTION: BREAK.join(passage.section),
        Field.TITLE: document.title,
        Field.NAMES: BREAK.join(names),
    }


@lru_cache(maxsize=256)  # a title and headings come back with every passage under them
def analysed(text: str) -> Analysed:
    """The tokens of a field's text."""
    parts, stems, places = [], [], []
    for number, part in enumerate(text.split(BREAK)):
        found = tokens(part)
        parts.append(tuple(token.text for token in found))
        for stem in stems_of(part, found):
            stems.append(stem.text)
            places.append(number * GAP + stem.place)
    return Analysed(tuple(parts), tuple(stems), tuple(places))


def row(document: Document, passage: Passage, key: int, texts: dict[Field, str]) -> Row:
    """The passage's row of the columns."""
    named = _named(passage)
    organisations_named = named[AnnotationType.ORGANISATION]
    cited = named[AnnotationType.INSTRUMENT]
    values: dict[str, Mapping[str, int]] = {
        "organisation": organisations_named,
        "within": _with_parents(organisations_named),
        "instrument": cited,
        "cited_year": _years_of(cited),
        "document_year": {document.date[:4]: 1} if document.date else {},
        "country": named[AnnotationType.COUNTRY],
        "year": {str(int(year)): times for year, times in named[AnnotationType.YEAR].items()},
        "kind": {document.kind.value: 1},
        "document": {document.id: 1},
        "passage_kind": {passage.kind.value: 1},
        "provision": _counted(provision for ann in passage.annotations for provision in provisions(ann)),
    }
    lengths = {field.value: sum(map(len, analysed(text).words)) for field, text in texts.items()}
    return Row(key, passage.id, document.id, passage.sequence, values, lengths)


def described(document: Document) -> str:
    """What is known of a document in words, for who cites it by its place or kind: `the Salvador report`."""
    facts = (document.body, document.symbol, *document.authors, *document.details.values())
    return " ".join((document.title, document.kind.value, document.date[:4], *map(str, facts)))


def stored(passage: Passage) -> Stored:
    """What is kept to show the passage and to mark what was asked for by name."""
    return Stored(passage.text, tuple(tag for ann in passage.annotations for tag in _tags(ann)))


def provisions(ann: Annotation) -> tuple[str, ...]:
    """`instrument|article` for every article that a citation covers: "2-4" is 2, 3 and 4, "16(2)" is also 16."""
    if ann.type != AnnotationType.PROVISION or ann.subtype in DIVISIONS:
        return ()
    return _provisions(ann.value, ann.articles)


@lru_cache(maxsize=4096)
def _provisions(instrument: str, articles: str) -> tuple[str, ...]:
    parts = filter(None, (part.strip() for part in articles.split(",")))
    return tuple(f"{instrument}|{article}" for part in parts for article in _articles(part))


def _articles(part: str) -> list[str]:
    span = _RANGE.fullmatch(part)
    if span and 0 <= int(span["last"]) - int(span["first"]) <= _LONGEST_RANGE:
        return [str(number) for number in range(int(span["first"]), int(span["last"]) + 1)]
    match = _ARTICLE.fullmatch(part)
    steps = re.findall(r"\([^()]*\)", match["rest"]) if match else []
    return [match["article"] + "".join(steps[:depth]) for depth in range(len(steps) + 1)] if match else [part]


def _named(passage: Passage) -> dict[AnnotationType, dict[str, int]]:
    """Values by type with how often the passage names them; parts of other names are left out, as in the export."""
    found: dict[AnnotationType, dict[str, int]] = {kind: {} for kind in AnnotationType}
    for ann in passage.annotations:
        if ann.subtype != "part":
            counts = found[ann.type]
            counts[ann.value] = counts.get(ann.value, 0) + 1
    return found


def _counted(values: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def _with_parents(named: Mapping[str, int]) -> dict[str, int]:
    """Organisations that have bodies below them, with how often they or one of those are named."""
    family: dict[str, int] = {}
    for name, times in named.items():
        for each in _family(name):
            family[each] = family.get(each, 0) + times
    return family


@lru_cache(maxsize=4096)
def _family(name: str) -> tuple[str, ...]:
    """The organisation and those above it, as far as they have bodies below them."""
    known = organisations.load()
    return tuple(each for each in (name, *known.parents(name)) if known.has_bodies(each))


def _years_of(cited: Mapping[str, int]) -> dict[str, int]:
    """Years in which the cited instruments were adopted."""
    years: dict[str, int] = {}
    for identifier, times in cited.items():
        if year := year_of(identifier):
            years[str(year)] = years.get(str(year), 0) + times
    return years


def _tags(ann: Annotation) -> Iterator[tuple[int, int, str, str]]:
    if ann.subtype == "part":
        return
    if ann.type == AnnotationType.PROVISION:
        for provision in provisions(ann):
            yield ann.start, ann.end, "provision", provision
    elif ann.type not in _UNSEARCHED:
        yield ann.start, ann.end, ann.type.value, ann.value
