"""A corrected query for one that cannot be read: each complaint tells its own edit, and all are made in turn."""

from __future__ import annotations

from collections.abc import Callable

from search.analysis import tokens
from search.errors import Edit, QueryError
from search.lexer import MAX_LENGTH, MAX_LEXEMES, OPERATORS

#: Slips mended in one query; whoever makes more is better served by the plain words.
MAX_EDITS = 8


def suggestion(text: str, error: QueryError, read: Callable[[str], object]) -> str:
    """The query with its slips mended, else its plain words, "" if it holds none; `read` raises `QueryError`."""
    mended = text
    slip: QueryError | None = error
    for _ in range(MAX_EDITS):
        if slip is None or slip.edit is None:
            break
        mended = _made(mended, slip.edit)
        slip = _refusal(mended, read)
        if slip is None:
            return mended
    plain = plain_words(text)
    return "" if _refusal(plain, read) else plain


def plain_words(text: str) -> str:
    """The words of a query without any sign, as many as a query may have."""
    found = [text[token.start : token.end] for token in tokens(text[:MAX_LENGTH])]
    words = [word.casefold() if word in OPERATORS else word for word in found[:MAX_LEXEMES]]
    return " ".join(words)


def _made(text: str, edit: Edit) -> str:
    return " ".join(f"{text[: edit.start]}{edit.text}{text[edit.end :]}".split())


def _refusal(text: str, read: Callable[[str], object]) -> QueryError | None:
    try:
        read(text)
    except QueryError as error:
        return error
    return None
