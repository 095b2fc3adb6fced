"""A query string cut into lexemes, each with its place, so that every complaint can point at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from search.errors import QueryError

#: Words that a proximity search may span; more is a search for the words themselves.
MAX_DISTANCE = 100
#: Lexemes of one query; a longer one is a pasted text.
MAX_LEXEMES = 400


class Kind(StrEnum):
    """What a lexeme is."""

    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    NEAR = "w/n"
    FIELD = "field:"
    PHRASE = "phrase"
    PREFIX = "prefix"
    FUZZY = "fuzzy"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of the query: its kind, its text without signs, its half-open place, and `number`.

    `number` is the distance of NEAR and of a PHRASE with `~n` (-1 without), and the edits of FUZZY.
    """

    kind: Kind
    text: str
    start: int
    end: int
    number: int = -1


_QUOTES = '"“”„«»'
_PLAIN = rf"[^\s(){_QUOTES}]"
#: A word that starts nothing else; brackets belong to it where they hold a number or item: `16(2)(a)`, `R(89)9`.
_CHUNK = re.compile(rf"(?P<head>{_PLAIN}+)(?P<rest>(?:\([0-9A-Za-z]{{1,5}}\){_PLAIN}*)*)")
#: A number in brackets of its own, as in `1373 (2001)` and `2625 (XXV)`: a word, not a group.
_BRACKETED = re.compile(r"\((?:\d{1,4}|[IVXLC]{1,8})\)")
_QUOTED = re.compile(rf"[{_QUOTES}](?P<text>[^{_QUOTES}]*)[{_QUOTES}](?:~(?P<near>\d*))?")
_FIELD = re.compile(r"(?P<name>[A-Za-z_]+):(?=[^\s:/)])")
_NEAR = re.compile(r"(?:w|near)/(?P<number>\d+)", re.IGNORECASE)
_FUZZY = re.compile(r"(?P<text>[^~]+)~(?P<edits>\d*)")
#: Words that are signs when they stand alone in capitals.
OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_TRAILING = ",;.!?"


def lexemes(text: str) -> list[Lexeme]:
    """The lexemes of a query; raises `QueryError` for an open quotation, a misplaced `*` or `~`, too long a query."""
    found = list(_lexemes(text))
    if len(found) > MAX_LEXEMES:
        message = f"the query is too long: at most {MAX_LEXEMES} words and signs are read"
        raise QueryError(message, found[MAX_LEXEMES].start)
    return found


def _lexemes(text: str) -> Iterator[Lexeme]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        lexeme = _next(text, at)
        yield lexeme
        at = lexeme.end


def _next(text: str, at: int) -> Lexeme:
    sign = text[at]
    if bracketed := _BRACKETED.match(text, at):
        return Lexeme(Kind.WORD, bracketed.group(), at, bracketed.end())
    if sign in "()":
        return Lexeme(Kind(sign), sign, at, at + 1)
    if sign in _QUOTES:
        return _quoted(text, at)
    if sign in "-−–" and at + 1 < len(text) and not text[at + 1].isspace() and text[at + 1] not in "-−–)":
        return Lexeme(Kind.NOT, sign, at, at + 1)
    if field := _FIELD.match(text, at):
        return Lexeme(Kind.FIELD, field["name"], at, field.end())
    return _word(text, at)


def _quoted(text: str, at: int) -> Lexeme:
    match = _QUOTED.match(text, at)
    if not match:
        raise QueryError("this quotation mark is never closed", at)
    near = match["near"]
    if near == "":
        raise QueryError('after "..."~ stands the number of words in between, as in "cyber convention"~5', match.end())
    distance = -1 if near is None else _distance(near, match.start("near"))
    return Lexeme(Kind.PHRASE, match["text"], at, match.end(), distance)


def _distance(digits: str, at: int) -> int:
    if len(digits) > len(str(MAX_DISTANCE)) or int(digits) > MAX_DISTANCE:
        raise QueryError(f"words can be at most {MAX_DISTANCE} words apart in a proximity search", at)
    return int(digits)


def _word(text: str, at: int) -> Lexeme:
    match = _CHUNK.match(text, at)
    if not match:  # every character is a space, a bracket, a quotation mark or plain
        raise QueryError(f"cannot read {text[at]!r}", at)
    joined = bool(match["rest"]) and match["head"] not in OPERATORS and bool(re.search(r"\d", match.group()))
    raw = match.group() if joined else match["head"]
    end = at + len(raw)
    if raw in OPERATORS:
        return Lexeme(OPERATORS[raw], raw, at, end)
    if near := _NEAR.fullmatch(raw):
        return Lexeme(Kind.NEAR, raw, at, end, _distance(near["number"], at + near.start("number")))
    return _marked(raw, at, end)


def _marked(raw: str, at: int, end: int) -> Lexeme:
    """A word with its `*` or `~` understood."""
    bare = raw.rstrip(_TRAILING)
    if "*" in bare:
        return _prefix(bare, at, end)
    if "~" not in bare:
        return Lexeme(Kind.WORD, raw, at, end)
    fuzzy = _FUZZY.fullmatch(bare)
    if not fuzzy:
        raise QueryError("a ~ stands at the end of a word, as in terorism~", at + bare.index("~"))
    if fuzzy["edits"] not in {"", "1", "2"}:
        raise QueryError("after ~ stands how many letters may differ, 1 or 2", at + fuzzy.start("edits"))
    return Lexeme(Kind.FUZZY, fuzzy["text"], at, end, int(fuzzy["edits"] or 1))


def _prefix(bare: str, at: int, end: int) -> Lexeme:
    star = bare.index("*")
    if bare == "*":
        raise QueryError("a * needs the beginning of a word before it; an empty query shows every passage", at)
    if star != len(bare) - 1 or star == 0:
        raise QueryError("a * stands at the end of a word, as in cyber*", at + star)
    return Lexeme(Kind.PREFIX, bare[:-1], at, end)
