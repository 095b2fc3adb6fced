"""A query string cut into lexemes, each with its place, so that every complaint can point at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from search.errors import Edit, QueryError

#: Words that a proximity search may span; more is a search for the words themselves.
MAX_DISTANCE = 100
#: Lexemes of one query, and its characters; a longer one is a pasted text. They bound the time that reading can take.
MAX_LEXEMES, MAX_LENGTH = 400, 5_000
#: Letters that `prefix*` and `fuzzy~` need, so that they do not mean half of the dictionary.
MIN_LETTERS = 3
#: Words of a sentence, for those who know `w/s` from elsewhere; a sentence of a treaty or report has about twice that.
SENTENCE = 15


class Kind(StrEnum):
    """What a lexeme is."""

    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    PLUS = "+"
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
    The text of an AND may be `w/p`.
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
#: A number in brackets of its own, as in `1373 (2001)` and `2625 (XXV)`, and the treaty that a Union act stands under,
#: as in `Regulation (EU) 2016/679`: words, not groups.
_BRACKETED = re.compile(r"\((?:\d{1,4}|[IVXLC]{1,8}|(?:EU|EC|EEC|Euratom)(?=\) (?:No\.? )?\d))\)")
#: The item behind a number, as in `art 32 (b)`.
_ITEM = re.compile(r"(?<=[0-9)]\s)\((?:[a-z]|[ivx]{1,4})\)(?![^\s()])")
_QUOTED = re.compile(rf"[{_QUOTES}](?P<text>[^{_QUOTES}]*)[{_QUOTES}](?:~(?P<near>\d*))?")
_FIELD = re.compile(r"(?P<name>[A-Za-z_]+):(?=[^\s:/)])")
#: `w/5`, `near/5`, `n/5` and `/5`; a bare number after the stroke is no year and no part of a symbol (`55 /1999`).
_NEAR = re.compile(r"(?:(?:w|n|near)/(?P<named>\d+)|/(?P<bare>\d{1,3}))", re.IGNORECASE)
#: The same paragraph, which is what a passage is.
_PARAGRAPH = re.compile(r"(?:w|n|near)?/(?:p|para|paragraph)", re.IGNORECASE)
#: The same sentence, and words in a given order: asked for elsewhere, not here.
_SENTENCE = re.compile(r"(?:w|n|near)?/(?:s|sent|sentence)", re.IGNORECASE)
_ORDERED = re.compile(r"(?:(?:pre|onear)/|\+)(?P<number>\d{1,3})", re.IGNORECASE)
_FUZZY = re.compile(r"(?P<text>[^~]+)~(?P<edits>\d*)")
#: `extradit!` as lawyers write it elsewhere; `Oh!` is an exclamation.
_TRUNCATED = re.compile(rf"(?P<text>[^\W\d_]{{{MIN_LETTERS},}})!")
#: `wom?n`, which must not pass for two words.
_JOKER = re.compile(r"[^\W\d_]+(?P<sign>\?)[^\W\d_]+")
#: Words that are signs when they stand alone in capitals.
OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_TRAILING = ",;.!?"


def lexemes(text: str) -> list[Lexeme]:
    """The lexemes of a query; raises `QueryError` for an open quotation, a misplaced `*` or `~`, too long a query."""
    if len(text) > MAX_LENGTH:
        blank = text.rfind(" ", 0, MAX_LENGTH)
        message = f"the query is too long: at most {MAX_LENGTH} characters are read"
        raise QueryError(message, MAX_LENGTH, edit=Edit(blank if blank > 0 else MAX_LENGTH, len(text)))
    found = list(islice(_lexemes(text), MAX_LEXEMES + 1))
    if len(found) > MAX_LEXEMES:
        message = f"the query is too long: at most {MAX_LEXEMES} words and signs are read"
        at = found[MAX_LEXEMES].start
        raise QueryError(message, at, edit=Edit(at, len(text)))
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
    if bracketed := _BRACKETED.match(text, at) or _ITEM.match(text, at):
        return Lexeme(Kind.WORD, bracketed.group(), at, bracketed.end())
    if sign in _QUOTES:
        return _quoted(text, at)
    if kind := _sign(sign, text[at + 1 : at + 2]):
        return Lexeme(kind, sign, at, at + 1)
    if field := _FIELD.match(text, at):
        return Lexeme(Kind.FIELD, field["name"], at, field.end())
    return _word(text, at)


def _sign(sign: str, following: str) -> Kind | None:
    """What a single character is before another; `-` and `+` are signs only where something hangs on them."""
    if sign in "()":
        return Kind(sign)
    if sign in "-−–" and following.strip() and following not in "-−–)":
        return Kind.NOT
    if sign == "+" and (following.isalpha() or (following and following in f"({_QUOTES}")):
        return Kind.PLUS
    return None


def _quoted(text: str, at: int) -> Lexeme:
    match = _QUOTED.match(text, at)
    if not match:
        raise QueryError("this quotation mark is never closed", at, edit=Edit(len(text), len(text), '"'))
    near = match["near"]
    if near == "":
        message = 'after "..."~ stands the number of words in between, as in "cyber convention"~5'
        raise QueryError(message, match.end(), edit=Edit(match.end(), match.end(), "5"))
    distance = -1 if near is None else _distance(near, match.start("near"))
    return Lexeme(Kind.PHRASE, match["text"], at, match.end(), distance)


def _distance(digits: str, at: int) -> int:
    if len(digits) > len(str(MAX_DISTANCE)) or int(digits) > MAX_DISTANCE:
        message = f"words can be at most {MAX_DISTANCE} words apart in a proximity search"
        raise QueryError(message, at, edit=Edit(at, at + len(digits), str(MAX_DISTANCE)))
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
    return _nearness(raw, at, end) or _marked(raw, at, end)


def _nearness(raw: str, at: int, end: int) -> Lexeme | None:
    """A sign of proximity, None for any other word."""
    if near := _NEAR.fullmatch(raw):
        group = "named" if near["named"] else "bare"
        return Lexeme(Kind.NEAR, raw, at, end, _distance(near[group], at + near.start(group)))
    if _PARAGRAPH.fullmatch(raw):
        return Lexeme(Kind.AND, raw, at, end)
    if _SENTENCE.fullmatch(raw):
        message = f"sentences are not told apart; w/{SENTENCE} finds words about a sentence apart"
        raise QueryError(message, at, edit=Edit(at, end, f"w/{SENTENCE}"))
    if ordered := _ORDERED.fullmatch(raw):
        message = f"the order of words is kept in phrases only; w/{ordered['number']} finds them in any order"
        raise QueryError(message, at, edit=Edit(at, end, f"w/{ordered['number']}"))
    return None


def _marked(raw: str, at: int, end: int) -> Lexeme:
    """A word with its `*`, `!`, `?` or `~` understood."""
    bare = raw.rstrip(_TRAILING)
    if truncated := _TRUNCATED.match(raw):
        if truncated.end() == len(bare) + 1:
            return Lexeme(Kind.PREFIX, bare, at, end)
    elif joker := _JOKER.fullmatch(bare):
        return _refuse_joker(bare, joker.start("sign"), at, end)
    if "*" in bare:
        return _prefix(bare, at, end)
    return _fuzzy(bare, at, end) if "~" in bare else Lexeme(Kind.WORD, raw, at, end)


def _fuzzy(bare: str, at: int, end: int) -> Lexeme:
    fuzzy = _FUZZY.fullmatch(bare)
    if not fuzzy:
        sign = at + bare.index("~")
        raise QueryError("a ~ stands at the end of a word, as in terorism~", sign, edit=Edit(sign, sign + 1))
    if fuzzy["edits"] not in {"", "1", "2"}:
        edits = at + fuzzy.start("edits")
        message = "after ~ stands how many letters may differ, 1 or 2"
        raise QueryError(message, edits, edit=Edit(edits, edits + len(fuzzy["edits"]), "2"))
    return Lexeme(Kind.FUZZY, fuzzy["text"], at, end, int(fuzzy["edits"] or 1))


def _prefix(bare: str, at: int, end: int) -> Lexeme:
    star = bare.index("*")
    if bare == "*":
        message = "a * needs the beginning of a word before it; an empty query shows every passage"
        raise QueryError(message, at, edit=Edit(at, end))
    if star != len(bare) - 1 or star == 0:
        mended = f"{bare[:star]}*" if star >= MIN_LETTERS else bare.replace("*", "")
        raise QueryError("a * stands at the end of a word, as in cyber*", at + star, edit=Edit(at, end, mended))
    return Lexeme(Kind.PREFIX, bare[:-1], at, end)


def _refuse_joker(bare: str, sign: int, at: int, end: int) -> Lexeme:
    mended = f"{bare[:sign]}*" if sign >= MIN_LETTERS else bare.replace("?", "")
    message = "a ? stands for no letter; a * stands for any ending, as in cyber*"
    raise QueryError(message, at + sign, edit=Edit(at, end, mended))
