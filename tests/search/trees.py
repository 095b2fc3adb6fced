"""Any tree that `parse` can give, for property tests: leaves as the parser makes them, put together in normal form."""

from __future__ import annotations

from hypothesis import strategies as st

from corpus.model import DocumentKind
from search.analysis import fold, tokens
from search.fields import TEXT_FIELDS
from search.lexer import MAX_DISTANCE, MIN_LETTERS, OPERATORS
from search.query import YEAR_FACETS, Exact, Fuzzy, Near, Node, Phrase, Prefix, Word, YearRange
from search.trees import conjunction, disjunction, negation


def _is_word(text: str) -> bool:
    return [text[token.start : token.end] for token in tokens(text)] == [text] and text not in OPERATORS


#: Ordinary words, stop words, numbers, whatever else is one token, and names of signs.
WORDS = st.one_of(
    st.sampled_from(("alpha", "beta", "the", "To", "WHO", "A", "55", "and", "or", "w", "near", "r2", "title", "year")),
    st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8).filter(_is_word),
)
LONG_WORDS = WORDS.filter(lambda word: len(fold(word)) >= MIN_LETTERS)
FIELDS = st.sampled_from((None, *TEXT_FIELDS.values()))
YEARS = st.integers(1, 9999)


def _values() -> st.SearchStrategy[Node]:
    years = st.sampled_from(YEAR_FACETS)
    named = st.sampled_from(("organisation", "within", "instrument", "country", "document"))
    ordered = st.tuples(YEARS, YEARS, years).filter(lambda each: each[0] < each[1])
    return st.one_of(
        st.builds(Exact, named, st.lists(WORDS, min_size=1, max_size=3).map(" ".join)),
        st.builds(Exact, st.just("kind"), st.sampled_from([kind.value for kind in DocumentKind])),
        st.builds(Exact, st.just("provision"), st.tuples(WORDS, WORDS).map("|".join)),
        st.builds(Exact, years, YEARS.map(str)),
        ordered.map(lambda each: YearRange(*each)),
    )


def leaves() -> st.SearchStrategy[Node]:
    """One leaf of any kind."""
    several = st.lists(WORDS, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.builds(Word, WORDS, FIELDS),
        st.builds(Phrase, st.lists(WORDS, min_size=1, max_size=4).map(tuple), FIELDS),
        st.builds(Near, several, st.integers(0, MAX_DISTANCE), FIELDS),
        st.builds(Prefix, LONG_WORDS, FIELDS),
        st.builds(Fuzzy, LONG_WORDS, st.integers(1, 2), FIELDS),
        _values(),
    )


def _combined(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(inner, min_size=1, max_size=4)
    return st.one_of(
        some.map(conjunction),
        some.map(lambda parts: conjunction(parts, demanded=parts, strict=True)),
        some.map(disjunction),
        inner.map(negation),
    )


def trees() -> st.SearchStrategy[Node]:
    """A tree of up to a dozen leaves."""
    return st.recursive(leaves(), _combined, max_leaves=12)
