"""The leaves of a tree from single lexemes: words, phrases, proximity, prefixes and misspellings."""

from __future__ import annotations

from search.analysis import fold, tokens
from search.errors import Edit, QueryError
from search.lexer import MIN_LETTERS, OPERATORS, Kind, Lexeme
from search.names import Names, recognise
from search.query import Field, Fuzzy, Near, Node, Phrase, Prefix, Word
from search.trees import disjunction


def text_node(lexeme: Lexeme, field: Field | None, names: Names) -> Node | None:
    """The node of a word, quotation or pattern, None if it holds no letter or digit; raises `QueryError`."""
    found = tuple(_written(lexeme.text[token.start : token.end]) for token in tokens(lexeme.text))
    if lexeme.kind in {Kind.PREFIX, Kind.FUZZY}:
        return _pattern(lexeme, found, field)
    if lexeme.kind == Kind.PHRASE:
        return _quotation(lexeme, found, field, names)
    if not found:
        return None
    return Word(found[0], field) if len(found) == 1 else Phrase(found, field)


def plain_words(node: Node | None, at: int, sign: Lexeme) -> tuple[str, ...]:
    """The words of one side of `sign`, a `w/n`; raises `QueryError` for anything but words."""
    if isinstance(node, Word) and node.field is None:
        return (node.text,)
    if isinstance(node, Phrase) and node.field is None:
        return node.words
    message = f"{sign.text} stands between two plain words"
    raise QueryError(message, at, edit=Edit(sign.start, sign.end, "AND"))


def _written(word: str) -> str:
    """A word as typed; one that would print as an operator (the AND of `AND:`) in small letters."""
    return word.casefold() if word in OPERATORS else word


def _quotation(lexeme: Lexeme, found: tuple[str, ...], field: Field | None, names: Names) -> Node:
    if not found:
        edit = Edit(lexeme.start, lexeme.end)
        raise QueryError("there is no word between these quotation marks", lexeme.start, edit=edit)
    if lexeme.number >= 0:
        if len(found) == 1:
            edit = Edit(lexeme.start, lexeme.end, f'"{lexeme.text}"')
            raise QueryError('"..."~ needs two words or more', lexeme.start, edit=edit)
        return Near(found, lexeme.number, field)
    named = None if field else recognise(" ".join(lexeme.text.split()), names)
    if named is None:
        return Phrase(found, field)
    return disjunction([named, Phrase(tuple(map(fold, found)))]) or named


def _pattern(lexeme: Lexeme, found: tuple[str, ...], field: Field | None) -> Node:
    sign = "*" if lexeme.kind == Kind.PREFIX else "~"
    edit = Edit(lexeme.start, lexeme.end, lexeme.text)
    if len(found) != 1:
        raise QueryError(f"a {sign} can follow one word only, not {lexeme.text!r}", lexeme.start, edit=edit)
    if len(fold(found[0])) < MIN_LETTERS:
        raise QueryError(f"a {sign} needs at least {MIN_LETTERS} letters before it", lexeme.start, edit=edit)
    if lexeme.kind == Kind.PREFIX:
        return Prefix(found[0], field)
    return Fuzzy(found[0], lexeme.number, field)
