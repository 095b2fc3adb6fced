"""Reads a query string into our tree: `parse('"dual criminality" organisation:CoE year:1995..2005')`.

    query    := any ("OR" any)*          any  := one (["AND"] one)*
    one      := ("NOT" | "-") one | near near := leaf ("w/n" leaf)*
    leaf     := "(" query ")" | field: leaf | "phrase"[~n] | prefix* | fuzzy~ | word

Side by side means AND. Names are recognised in running words and in quotation marks (see `search.names`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from search.analysis import STOP_WORDS, fold, tokens
from search.errors import QueryError
from search.fields import FIELDS, NAMED_FIELDS, TEXT_FIELDS, exact
from search.lexer import OPERATORS, Kind, Lexeme, lexemes
from search.names import MAX_NAME_WORDS, MAX_NAMED_QUERY, NO_NAMES, Names, recognise
from search.query import And, Field, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Word

#: Letters that `prefix*` and `fuzzy~` need, so that they do not mean half of the dictionary.
MIN_LETTERS = 3
#: Stop words as people write them; `WHO` and the A of `annex A` are none.
_DROPPED = STOP_WORDS | {word.capitalize() for word in STOP_WORDS if len(word) > 1}
#: Brackets inside brackets; people stop at three.
MAX_DEPTH = 20


def parse(text: str, names: Names = NO_NAMES) -> Node | None:
    """The tree of a query, None for an empty one; raises `QueryError` with the place of what cannot be read."""
    if not text.strip():
        return None
    parser = _Parser(text, lexemes(text), names)
    tree = parser.any_of()
    parser.expect_end()
    if tree is None:
        raise QueryError("there is no word to search for", len(text) - len(text.lstrip()))
    return tree


class _Parser:
    """Recursive descent over the lexemes; nodes are None where signs hold no word (`cyber & crime`)."""

    def __init__(self, text: str, items: Sequence[Lexeme], names: Names) -> None:
        self.text, self.items, self.names = text, items, names
        self.at = 0
        self.depth = 0

    # -- moving ------------------------------------------------------------------------------------------------
    def peek(self, *kinds: Kind) -> bool:
        return self.at < len(self.items) and self.items[self.at].kind in kinds

    def take(self) -> Lexeme:
        self.at += 1
        return self.items[self.at - 1]

    def place(self) -> int:
        return self.items[self.at].start if self.at < len(self.items) else len(self.text)

    def expect_end(self) -> None:
        if self.peek(Kind.CLOSE):
            raise QueryError("this bracket closes nothing", self.place())

    # -- operators ---------------------------------------------------------------------------------------------
    def any_of(self) -> Node | None:
        parts = [self.all_of()]
        while self.peek(Kind.OR):
            sign = self.take()
            self.need_operand(sign, before=parts[-1])
            parts.append(self.all_of())
        return _either(part for part in parts if part)

    def all_of(self) -> Node | None:
        parts: list[Node] = []
        demanded: list[Node] = []  # next to a written AND, so never dropped as a stop word
        joined = False
        while self.at < len(self.items) and not self.peek(Kind.OR, Kind.CLOSE):
            if self.peek(Kind.AND):
                sign = self.take()
                self.need_operand(sign, before=parts[-1] if parts and not joined else None)
                demanded.extend(parts[-1:])
                joined = True
                continue
            node = self.one()
            if node:
                parts.append(node)
                demanded.extend([node] if joined else [])
                joined = False
        return _all(_significant(parts, demanded))

    def need_operand(self, sign: Lexeme, *, before: Node | None) -> None:
        if before is None:
            raise QueryError(f"{sign.text} needs something before it", sign.start)
        if self.at >= len(self.items) or self.peek(Kind.CLOSE, Kind.OR, Kind.AND):
            raise QueryError(f"{sign.text} needs something after it", sign.start)

    def one(self) -> Node | None:
        sign = None
        negated = False
        while self.peek(Kind.NOT):
            sign, negated = self.take(), not negated
        if sign is None:
            return self.near()
        if self.at >= len(self.items) or self.peek(Kind.CLOSE, Kind.OR, Kind.AND):
            raise QueryError(f"{sign.text} needs something after it", sign.start)
        node = self.near()
        return Not(node) if negated and node else node

    def near(self) -> Node | None:
        named = self.name()
        if named:
            return named
        start = self.place()
        node = self.leaf(None)
        pairs: list[Node] = []
        while self.peek(Kind.NEAR):
            sign = self.take()
            if self.at >= len(self.items) or not self.peek(Kind.WORD, Kind.PHRASE):
                raise QueryError(f"{sign.text} stands between two words", sign.start)
            right_at = self.place()
            right = self.leaf(None)
            pairs.append(Near((*_plain(node, start), *_plain(right, right_at)), sign.number))
            node, start = right, right_at
        return _all(pairs) if pairs else node

    # -- leaves ------------------------------------------------------------------------------------------------
    def leaf(self, field: str | None) -> Node | None:
        if self.peek(Kind.NEAR):
            raise QueryError(f"{self.items[self.at].text} stands between two words", self.place())
        if self.peek(Kind.OPEN):
            return self.group(field)
        if field and field not in TEXT_FIELDS:
            return self.value(field)
        lexeme = self.take()
        if lexeme.kind == Kind.FIELD:
            return self.fielded(lexeme, field)
        return _text_node(lexeme, TEXT_FIELDS.get(field or ""), self.names)

    def value(self, field: str) -> Node:
        """A facet's value: the longest known name that starts here, else one word or quotation."""
        lexeme = self.items[self.at]
        if lexeme.kind == Kind.WORD and field in NAMED_FIELDS:
            for end in self.word_runs():
                if NAMED_FIELDS[field](self.names, span := self.span(end)):
                    self.at = end
                    return exact(field, span, lexeme.start, self.names)
        self.take()
        if lexeme.kind not in {Kind.WORD, Kind.PHRASE} or lexeme.number >= 0:
            raise QueryError(f"{field}: takes whole values, without * and ~", lexeme.start)
        return exact(field, lexeme.text, lexeme.start, self.names)

    def group(self, field: str | None) -> Node | None:
        opening = self.take()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryError(f"brackets stand at most {MAX_DEPTH} deep", opening.start)
        node = self.any_of() if field is None else self.group_of(field)
        if not self.peek(Kind.CLOSE):
            raise QueryError("this bracket is never closed", opening.start)
        self.take()
        self.depth -= 1
        if node is None:
            raise QueryError("there is no word in these brackets", opening.start)
        return node

    def group_of(self, field: str) -> Node | None:
        """Alternatives for one field: `organisation:(CoE OR INTERPOL)`, `title:(treaty convention)`."""
        alternatives: list[list[Node | None]] = [[]]
        while self.at < len(self.items) and not self.peek(Kind.CLOSE):
            if self.peek(Kind.OR):
                self.need_operand(self.take(), before=next(iter(alternatives[-1]), None))
                alternatives.append([])
            elif self.peek(Kind.WORD, Kind.PHRASE, Kind.PREFIX, Kind.FUZZY):
                alternatives[-1].append(self.leaf(field))
            else:
                raise QueryError(f"in brackets after {field}: stand only words and OR", self.place())
        return _either(node for parts in alternatives if (node := _all([part for part in parts if part])))

    def fielded(self, lexeme: Lexeme, outer: str | None) -> Node | None:
        name = FIELDS.get(lexeme.text.casefold())
        if name is None:
            known = ", ".join(dict.fromkeys(FIELDS.values()))
            raise QueryError(f"unknown field {lexeme.text!r}; known are {known}", lexeme.start)
        if outer or not self.peek(Kind.WORD, Kind.PHRASE, Kind.PREFIX, Kind.FUZZY, Kind.OPEN):
            raise QueryError(f"{lexeme.text}: needs a value right after it", lexeme.start)
        return self.leaf(name)

    # -- names -------------------------------------------------------------------------------------------------
    def name(self) -> Node | None:
        """The longest name that starts here in running words, taken; words of a proximity search stay words."""
        for end in self.word_runs() if len(self.items) <= MAX_NAMED_QUERY else ():
            node = recognise(self.span(end), self.names)
            if node:
                self.at = end
                return node
        return None

    def word_runs(self) -> Iterator[int]:
        """Ends of the runs of plain words that start here, longest first."""
        last = self.at
        while last < len(self.items) and self.items[last].kind == Kind.WORD and last - self.at < MAX_NAME_WORDS:
            last += 1
        if last < len(self.items) and self.items[last].kind == Kind.NEAR:
            last -= 1
        return iter(range(last, self.at, -1))

    def span(self, end: int) -> str:
        """The query's words from here up to lexeme `end`, single-spaced."""
        return " ".join(self.text[self.items[self.at].start : self.items[end - 1].end].split())


def _text_node(lexeme: Lexeme, field: Field | None, names: Names) -> Node | None:
    found = tuple(_written(lexeme.text[token.start : token.end]) for token in tokens(lexeme.text))
    if lexeme.kind in {Kind.PREFIX, Kind.FUZZY}:
        return _pattern(lexeme, found, field)
    if lexeme.kind == Kind.PHRASE:
        return _quotation(lexeme, found, field, names)
    if not found:
        return None
    return Word(found[0], field) if len(found) == 1 else Phrase(found, field)


def _written(word: str) -> str:
    """A word as typed; one that would print as an operator (the AND of `AND:`) in small letters."""
    return word.casefold() if word in OPERATORS else word


def _quotation(lexeme: Lexeme, found: tuple[str, ...], field: Field | None, names: Names) -> Node:
    if not found:
        raise QueryError("there is no word between these quotation marks", lexeme.start)
    if lexeme.number >= 0:
        if len(found) == 1:
            raise QueryError('"..."~ needs two words or more', lexeme.start)
        return Near(found, lexeme.number, field)
    named = None if field else recognise(" ".join(lexeme.text.split()), names)
    if named is None:
        return Phrase(found, field)
    return _either([named, Phrase(tuple(map(fold, found)))]) or named


def _pattern(lexeme: Lexeme, found: tuple[str, ...], field: Field | None) -> Node:
    sign = "*" if lexeme.kind == Kind.PREFIX else "~"
    if len(found) != 1:
        raise QueryError(f"a {sign} can follow one word only, not {lexeme.text!r}", lexeme.start)
    if len(fold(found[0])) < MIN_LETTERS:
        raise QueryError(f"a {sign} needs at least {MIN_LETTERS} letters before it", lexeme.start)
    if lexeme.kind == Kind.PREFIX:
        return Prefix(found[0], field)
    return Fuzzy(found[0], lexeme.number, field)


def _plain(node: Node | None, at: int) -> tuple[str, ...]:
    """The words of one side of `w/n`."""
    if isinstance(node, Word) and node.field is None:
        return (node.text,)
    if isinstance(node, Phrase) and node.field is None:
        return node.words
    raise QueryError("w/n stands between two plain words", at)


def _significant(parts: list[Node], demanded: list[Node]) -> list[Node]:
    """The parts without stop words, unless there is nothing else to look for."""
    kept = [part for part in parts if part in demanded or not is_stop_word(part)]
    return kept if any(not isinstance(part, Not) for part in kept) else parts


def is_stop_word(node: Node) -> bool:
    """Whether a node is a word that a passage need not hold (`the`, but neither `WHO` nor `title:the`)."""
    return isinstance(node, Word) and node.field is None and node.text in _DROPPED


def _all(parts: Sequence[Node]) -> Node | None:
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat)) if flat else None


def _either(parts: Iterable[Node]) -> Node | None:
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))]
    distinct = tuple(dict.fromkeys(flat))
    return distinct[0] if len(distinct) == 1 else Or(distinct) if distinct else None
