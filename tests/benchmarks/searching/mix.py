"""The questions of the benchmark: said once, asked of every peer in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from corpus.model import AnnotationType
from tests.benchmarks.searching.collection import LONGEST, SHORTEST, collocations, names
from tests.benchmarks.searching.vocabulary import WORDS, prefix_shares, vocabulary, zipf

#: Letters of the prefix asked for.
_PREFIX_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: every word, the phrase, a word with the prefix, the tag; values of a facet are OR, facets AND."""

    name: str
    words: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    prefix: str = ""
    organisation: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The question as a reader types it."""
        quoted = f'"{" ".join(self.phrase)}"' if self.phrase else ""
        prefixed = f"{self.prefix}*" if self.prefix else ""
        return " ".join(filter(None, (*self.words, quoted, prefixed, self.organisation)))


@cache
def mix() -> tuple[Question, ...]:
    """The questions; the share of passages that answer is the same at every size."""
    frequent, medium, rare = word(0.5), word(0.05), word(0.001)
    organisation, country = names(AnnotationType.ORGANISATION), names(AnnotationType.COUNTRY)
    years = tuple(map(str, range(1990, 2006)))
    first, second = (vocabulary()[rank] for rank in collocations()[2])
    return (
        Question("frequent word", (frequent,)),
        Question("medium word", (medium,)),
        Question("rare word", (rare,)),
        Question("two words", (word(0.3), word(0.1))),
        Question("three words", (word(0.4), word(0.3), word(0.2))),
        Question("phrase", phrase=(first, second)),
        Question("prefix", prefix=_prefix(0.05)),
        Question("word, one filter", (medium,), filters={"organisation": organisation[:1]}),
        Question("word, two filters", (frequent,), filters={"organisation": organisation[1:3], "document_year": years}),
        Question("organisation's name", organisation=organisation[10]),
        Question("filter alone", filters={"country": country[:1]}),
    )


def word(share: float) -> str:
    """The word that comes nearest to standing in this share of the passages."""
    return vocabulary()[int(np.abs(_held(zipf(WORDS).shares) - share).argmin())]


def _held(shares: np.ndarray) -> np.ndarray:
    """Share of the passages that hold a word, by its share of all words."""
    lengths = np.arange(SHORTEST, LONGEST + 1)
    return (1 - (1 - shares[:, None]) ** lengths).mean(axis=1)


def _prefix(share: float) -> str:
    shares = prefix_shares(_PREFIX_LETTERS)
    return list(shares)[int(np.abs(_held(np.array([*shares.values()])) - share).argmin())]
