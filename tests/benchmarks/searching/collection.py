"""A generated library of any size: the same documents in every run, a smaller one being the beginning of a larger one.

Words and tags are Zipf-distributed, half of a passage's tags come from a few favourites of its document, as in real
ones, and pairs of words recur as collocations do. Organisations and countries bear real names, so that bodies have
parents and names are recognised in queries. At most `CHUNK` passages are held at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus.authority import countries, organisations
from corpus.model import Annotation, AnnotationType, Document, DocumentKind, Found, Passage, PassageKind
from tests.benchmarks.searching.vocabulary import WORDS, vocabulary, zipf

#: Passages of one document, and of the documents that are made at once.
PASSAGES = 100
CHUNK = 10_000
#: Passages have 30 to 120 words, sections 12 passages, titles and headings so many words.
SHORTEST, LONGEST = 30, 120
SECTION, TITLE_WORDS, HEADING_WORDS = 12, 5, 4
ORGANISATIONS, INSTRUMENTS, PROVISIONS, COUNTRIES = 300, 2_000, 3_000, 150
FIRST_YEAR, LAST_YEAR = 1945, 2020
#: The most frequent words are as empty as stop words; titles and headings do without them.
_TELLING = 200
#: Pairs of words that recur side by side, the first and last rank of their words, and the share of passages with one.
COLLOCATIONS = 2_000
_PAIRED, _PAIRS_FROM, _PAIRS_TO = 0.3, 40, 5_000
#: Shares of passages with no, one, two and three tags of a type.
_TAGS = (0.4, 0.3, 0.2, 0.1)
#: How many values a document prefers, and the share of tags among these.
_FAVOURITES, _PREFERRED = 4, 0.5
#: Kinds of passages with their shares.
_KINDS = {
    PassageKind.PARAGRAPH: 0.7,
    PassageKind.LIST_ITEM: 0.15,
    PassageKind.FOOTNOTE: 0.1,
    PassageKind.REFERENCE: 0.05,
}
_SEED = 2020

Numbers = NDArray[np.int64]


@cache
def names(kind: AnnotationType) -> tuple[str, ...]:
    """The values of one type, most frequent first; no name holds a comma, which some peers separate values by."""
    if kind == AnnotationType.ORGANISATION:
        return _first(ORGANISATIONS, [record.name for record in organisations.load().all()])
    if kind == AnnotationType.COUNTRY:
        return _first(COUNTRIES, [record.name for record in countries.load().all()])
    if kind == AnnotationType.INSTRUMENT:  # sessions 31 to 75, whose resolutions are numbered so
        return tuple(f"A/RES/{31 + number % 45}/{1 + number // 45}" for number in range(INSTRUMENTS))
    cited = names(AnnotationType.INSTRUMENT)
    return tuple(f"{cited[number % 1_000]}|{1 + number // 1_000}" for number in range(PROVISIONS))


def _first(count: int, found: list[str]) -> tuple[str, ...]:
    return tuple([name for name in found if "," not in name][:count])


@cache
def collocations() -> Numbers:
    """The pairs of ranks that recur side by side, most frequent first."""
    return np.random.default_rng(_SEED).integers(_PAIRS_FROM, _PAIRS_TO, (COLLOCATIONS, 2))


def collection(size: int) -> Iterator[tuple[Document, list[Passage]]]:
    """Documents with their passages, `size` passages in all."""
    for start in range(0, size, CHUNK):
        chunk = _Chunk(start // CHUNK)
        for number in range(-(-min(CHUNK, size - start) // PASSAGES)):
            held = min(PASSAGES, size - start - number * PASSAGES)
            yield chunk.document(number), list(islice(chunk.passages(number), held))


@dataclass(frozen=True, slots=True)
class _Tags:
    """Values of one type for every passage of a chunk: passage p holds `numbers[starts[p]:starts[p + 1]]`."""

    starts: Numbers
    numbers: Numbers

    @classmethod
    def draw(cls, chance: np.random.Generator, size: int) -> _Tags:
        lengths = chance.choice(len(_TAGS), CHUNK, p=_TAGS)
        starts = _starts(lengths)
        drawn = zipf(size).draw(chance, starts[-1])
        favourites = zipf(size).draw(chance, CHUNK // PASSAGES * _FAVOURITES).reshape(-1, _FAVOURITES)
        owners = np.repeat(np.arange(CHUNK) // PASSAGES, lengths)
        preferred = favourites[owners, chance.integers(0, _FAVOURITES, len(drawn))]
        return cls(starts, np.where(chance.random(len(drawn)) < _PREFERRED, preferred, drawn))

    def of(self, place: int) -> list[int]:
        return self.numbers[self.starts[place] : self.starts[place + 1]].tolist()


class _Chunk:
    """`CHUNK` passages as numbers, turned into documents one at a time."""

    def __init__(self, number: int) -> None:
        self._first = number * CHUNK // PASSAGES
        chance = np.random.default_rng([_SEED, number])
        self._starts = _starts(chance.integers(SHORTEST, LONGEST + 1, CHUNK))
        self._words = self._written(chance)
        documents = CHUNK // PASSAGES
        self._titles = _telling(chance, (documents, TITLE_WORDS))
        self._headings = _telling(chance, (documents, -(-PASSAGES // SECTION), HEADING_WORDS))
        self._genres = zipf(len(DocumentKind)).draw(chance, documents)
        self._dates = _years(chance, documents)
        self._kinds = chance.choice(len(_KINDS), CHUNK, p=list(_KINDS.values()))
        self._tags = {
            AnnotationType.ORGANISATION: _Tags.draw(chance, ORGANISATIONS),
            AnnotationType.INSTRUMENT: _Tags.draw(chance, INSTRUMENTS),
            AnnotationType.PROVISION: _Tags.draw(chance, PROVISIONS),
            AnnotationType.COUNTRY: _Tags.draw(chance, COUNTRIES),
            AnnotationType.YEAR: _Tags.draw(chance, LAST_YEAR - FIRST_YEAR + 1),
        }

    def _written(self, chance: np.random.Generator) -> Numbers:
        drawn = zipf(WORDS).draw(chance, self._starts[-1])
        paired = np.flatnonzero(chance.random(CHUNK) < _PAIRED)
        room = np.diff(self._starts)[paired] - 1
        places = self._starts[paired] + (chance.random(len(paired)) * room).astype(np.int64)
        pairs = collocations()[zipf(COLLOCATIONS).draw(chance, len(paired))]
        drawn[places], drawn[places + 1] = pairs[:, 0], pairs[:, 1]
        return drawn

    def document(self, number: int) -> Document:
        return Document(
            id=f"document-{self._first + number:06}",
            title=_text(self._titles[number]).capitalize(),
            kind=tuple(DocumentKind)[self._genres[number]],
            date=str(self._dates[number]),
        )

    def passages(self, document: int) -> Iterator[Passage]:
        name = f"document-{self._first + document:06}"
        kinds = tuple(_KINDS)
        headings = [_text(words).capitalize() for words in self._headings[document]]
        for number in range(PASSAGES):
            place = document * PASSAGES + number
            yield Passage(
                id=f"{name}/para-{number + 1}",
                document_id=name,
                sequence=number + 1,
                kind=kinds[self._kinds[place]],
                text=_text(self._words[self._starts[place] : self._starts[place + 1]]),
                label=f"para {number + 1}",
                section=(headings[number // SECTION],),
                annotations=tuple(self._annotations(place)),
            )

    def _annotations(self, place: int) -> Iterator[Annotation]:
        """Tags at distinct places from the start of the text; where they stand costs an engine nothing."""
        at = 0
        for kind, tags in self._tags.items():
            for number in tags.of(place):
                yield _annotation(at, kind, number)
                at += 5


def _annotation(at: int, kind: AnnotationType, number: int) -> Annotation:
    if kind == AnnotationType.YEAR:  # recent years are named most
        return Annotation(at, at + 4, kind, str(LAST_YEAR - number), Found.PATTERN)
    value = names(kind)[number]
    if kind == AnnotationType.PROVISION:
        instrument, _, article = value.partition("|")
        return Annotation(at, at + 4, kind, instrument, Found.PATTERN, articles=article)
    subtype = "resolution" if kind == AnnotationType.INSTRUMENT else ""
    return Annotation(at, at + 4, kind, value, Found.GAZETTEER, subtype=subtype)


def _telling(chance: np.random.Generator, shape: tuple[int, ...]) -> Numbers:
    return _TELLING + zipf(WORDS - _TELLING).draw(chance, int(np.prod(shape))).reshape(shape)


def _years(chance: np.random.Generator, count: int) -> Numbers:
    return chance.integers(FIRST_YEAR, LAST_YEAR + 1, count)


def _text(ranks: Numbers) -> str:
    return " ".join(map(vocabulary().__getitem__, ranks.tolist()))


def _starts(lengths: Numbers) -> Numbers:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
