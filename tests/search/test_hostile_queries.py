"""No input whatsoever raises anything but a refusal with its place, or takes long."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.errors import QueryError
from search.lexer import MAX_LENGTH, MAX_LEXEMES, lexemes
from search.mending import MAX_EDITS
from search.names import MAX_NAME_LENGTH, MAX_NAME_WORDS, MAX_NAMED_QUERY, Resolver, library_names
from search.parser import parse
from search.pinpoints import pinpoint
from search.printer import format  # noqa: A004  (the query language's own verb)

NAMES = library_names()
#: Pieces whose repetition has brought many a parser or regular expression down.
PIECES = (
    *("(", ")", "()", "((a", "(2001)", '"', '""', "“a”", "-", "--", "- ", "NOT ", "+", "+a ", "a OR ", "AND "),
    *("a AND ", "*", "a*", "ab* ", "~", "a~", "abc~2 ", "!", "abc! ", "?", "a?b", ":", "a:", "title:", "title:a "),
    *("year:1..2 ", "'s", "a's", "a's ", ".", "a.", "U.N.", "/", "w/5 ", "a w/5 ", "/5", "55/63 ", "art 1(1) ", "§"),
    *("art 1 of ", "|", "A/RES/55/63 ", "United Nations ", "Council of ", " ", "\n", "\0", "\x1e", "\ud800", "\u0308"),
    *("é", "\u200b", "条", "0", "1 ", "²", "①", "İ", "ß", "ﷺ", "🙂", "provision:a|", "organisation:UN ", "w/s ", "-("),
    *("paragraph 1 of ", ",;", "NPT arts 1-20 "),
)


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("length", [40, MAX_LENGTH, 100_000])
def test_repetitions(piece, length):
    text = (piece * (length // len(piece) + 1))[:length]
    read(text)
    read(f"{text}a")
    read(f"a{text}")
    pinpoint(text)


def test_ten_thousand_brackets():
    for text in ("(" * 10_000, ")" * 10_000, "(" * 10_000 + "a" + ")" * 10_000, "(a " * 10_000):
        with pytest.raises(QueryError):
            parse(text, NAMES)


def test_however_long_the_query_names_are_asked_for_so_often_and_no_oftener():
    """Reading is linear in the characters, which are bounded, and so are look-ups, which cost most."""
    asked = []
    counting = Resolver(asked.append, asked.append)
    for text in ("a " * 50_000, "a/1 " * MAX_NAMED_QUERY, "(a 1 " * 50_000, '"a 1" ' * 50_000, "a 1 OR " * 50_000):
        read(text, counting)
        # twice for each run of words, up to twice more for an article, in the query and each time that it is mended
        most_runs = MAX_NAMED_QUERY * MAX_NAME_WORDS + MAX_LEXEMES
        assert len(asked) <= 6 * most_runs * (MAX_EDITS + 2)
        assert max(map(len, asked), default=0) <= MAX_NAME_LENGTH
        asked.clear()


def test_so_many_lexemes_are_made_and_no_more():
    with pytest.raises(QueryError, match="too long"):
        lexemes("a" * (MAX_LENGTH + 1))
    with pytest.raises(QueryError, match="too long"):
        lexemes("a " * (MAX_LEXEMES + 1))
    assert len(lexemes("a " * MAX_LEXEMES)) == MAX_LEXEMES


@settings(deadline=None)  # a busy machine is no slow parser
@given(st.one_of(st.text(st.characters()), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_text_at_all(text):
    read(text)
    pinpoint(text)


def read(text, names=NAMES):
    """The query is read and prints back, or is refused with a place in it and a query that can be read."""
    tree, refusal = _tried(text, names)
    if refusal is None:
        printed = format(tree)
        # names are printed at length, which may be too long for one query
        assert _tried(printed, names)[0] == tree or "too long" in str(_tried(printed, names)[1])
    else:
        assert 0 <= refusal.position <= len(text)
        assert _tried(refusal.suggestion, names)[1] is None


def _tried(text, names):
    try:
        return parse(text, names), None
    except QueryError as refusal:
        return None, refusal
