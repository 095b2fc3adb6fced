"""Reads a query string into our tree: `parse('"dual criminality" organisation:CoE year:1995..2005')`.

    query    := any ("OR" any)*                any  := one (["AND" | "+"] one)*
    one      := ("NOT" | "-") one | near       near := leaf ("w/n" leaf)*
    leaf     := "(" query ")" | field: leaf | "phrase"[~n] | prefix* | fuzzy~ | word

Side by side means AND. Names are recognised in running words and in quotation marks (see `search.names`). What cannot
be read is refused with the place and a corrected query (see `search.mending`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search import mending
from search.errors import Edit, QueryError
from search.fields import FIELDS, NAMED_FIELDS, TEXT_FIELDS, exact, nearest
from search.leaves import plain_words, text_node
from search.lexer import Kind, Lexeme, lexemes
from search.names import MAX_NAME_WORDS, MAX_NAMED_QUERY, NO_NAMES, Names, recognise
from search.query import Near, Node
from search.trees import conjunction, disjunction, negation

#: Brackets inside brackets; people stop at three.
MAX_DEPTH = 20


def parse(text: str, names: Names = NO_NAMES) -> Node | None:
    """The tree of a query, None for an empty one; raises `QueryError` with the place of what cannot be read."""
    try:
        return _read(text, names)
    except QueryError as error:
        error.suggestion = mending.suggestion(text, error, lambda mended: _read(mended, names))
        raise


def _read(text: str, names: Names) -> Node | None:
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
            raise _without(self.items[self.at], "this bracket closes nothing")

    # -- operators ---------------------------------------------------------------------------------------------
    def any_of(self) -> Node | None:
        parts = [self.all_of()]
        while self.peek(Kind.OR):
            sign = self.take()
            self.need_operand(sign, before=parts[-1])
            parts.append(self.all_of())
        return disjunction(part for part in parts if part)

    def all_of(self) -> Node | None:
        parts: list[Node] = []
        demanded: list[Node] = []  # next to a written AND, so never dropped as a stop word
        joined = strict = False
        while self.at < len(self.items) and not self.peek(Kind.OR, Kind.CLOSE):
            if self.peek(Kind.AND, Kind.PLUS):
                sign = self.take()
                if sign.kind == Kind.AND:
                    self.need_operand(sign, before=parts[-1] if parts and not joined else None)
                    demanded.extend(parts[-1:])
                joined = strict = True
                continue
            node = self.one()
            if node:
                parts.append(node)
                demanded.extend([node] if joined else [])
                joined = False
        return conjunction(parts, demanded=demanded, strict=strict)

    def need_operand(self, sign: Lexeme, *, before: Node | None) -> None:
        if before is None:
            raise _without(sign, f"{sign.text} needs something before it")
        self.need_after(sign)

    def need_after(self, sign: Lexeme) -> None:
        if self.at >= len(self.items) or self.peek(Kind.CLOSE, Kind.OR, Kind.AND):
            raise _without(sign, f"{sign.text} needs something after it")

    def one(self) -> Node | None:
        negated = False
        while self.peek(Kind.NOT, Kind.PLUS):
            sign = self.take()
            negated ^= sign.kind == Kind.NOT
            self.need_after(sign)
        node = self.near()
        return negation(node) if negated and node else node

    def near(self) -> Node | None:
        named = self.name()
        if named:
            return named
        start = self.place()
        node = self.leaf(None)
        pairs: list[Node] = []
        while self.peek(Kind.NEAR):
            sign = self.take()
            if not self.peek(Kind.WORD, Kind.PHRASE):
                raise _without(sign, f"{sign.text} stands between two words")
            right_at = self.place()
            right = self.leaf(None)
            pairs.append(Near((*plain_words(node, start, sign), *plain_words(right, right_at, sign)), sign.number))
            node, start = right, right_at
        return conjunction(pairs) if pairs else node

    # -- leaves ------------------------------------------------------------------------------------------------
    def leaf(self, field: str | None) -> Node | None:
        if self.peek(Kind.NEAR):
            raise _without(self.items[self.at], f"{self.items[self.at].text} stands between two words")
        if self.peek(Kind.OPEN):
            return self.group(field)
        if field and field not in TEXT_FIELDS:
            return self.value(field)
        lexeme = self.take()
        if lexeme.kind == Kind.FIELD:
            return self.fielded(lexeme, field)
        return text_node(lexeme, TEXT_FIELDS.get(field or ""), self.names)

    def value(self, field: str) -> Node:
        """A facet's value: the longest known name that starts here, else one word or quotation."""
        before, lexeme = self.items[self.at - 1], self.items[self.at]
        if lexeme.kind == Kind.WORD and field in NAMED_FIELDS:
            for end in self.word_runs():
                if NAMED_FIELDS[field](self.names, span := self.span(end)):
                    self.at = end
                    return exact(field, span, lexeme.start, self.names)
        self.take()
        if lexeme.kind not in {Kind.WORD, Kind.PHRASE} or lexeme.number >= 0:
            edit = Edit(lexeme.start, lexeme.end, f'"{lexeme.text}"')
            raise QueryError(f"{field}: takes whole values, without * and ~", lexeme.start, edit=edit)
        try:
            return exact(field, lexeme.text, lexeme.start, self.names)
        except QueryError as error:
            start = before.start if before.kind == Kind.FIELD else lexeme.start
            instead = Edit(lexeme.start, lexeme.end, error.suggestion)
            error.edit = instead if error.suggestion else Edit(start, lexeme.start)
            raise

    def group(self, field: str | None) -> Node | None:
        opening = self.take()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryError(f"brackets stand at most {MAX_DEPTH} deep", opening.start)
        node = self.any_of() if field is None else self.group_of(field)
        if not self.peek(Kind.CLOSE):
            edit = Edit(len(self.text), len(self.text), ")")
            raise QueryError("this bracket is never closed", opening.start, edit=edit)
        closing = self.take()
        self.depth -= 1
        if node is None:
            edit = Edit(opening.start, closing.end)
            raise QueryError("there is no word in these brackets", opening.start, edit=edit)
        return node

    def group_of(self, field: str) -> Node | None:
        """Alternatives for one field: `organisation:(CoE OR INTERPOL)`, `title:(treaty convention)`."""
        rows = [self.row_of(field)]
        while self.peek(Kind.OR):
            self.need_operand(self.take(), before=rows[-1])
            rows.append(self.row_of(field))
        return disjunction(row for row in rows if row)

    def row_of(self, field: str) -> Node | None:
        parts: list[Node] = []
        strict = False
        while self.at < len(self.items) and not self.peek(Kind.OR, Kind.CLOSE):
            if self.peek(Kind.AND):
                self.need_operand(self.take(), before=parts[-1] if parts else None)
                strict = True
            elif self.peek(Kind.WORD, Kind.PHRASE, Kind.PREFIX, Kind.FUZZY):
                node = self.leaf(field)
                parts.extend([node] if node else [])
            else:
                raise _without(self.items[self.at], f"in brackets after {field}: stand only words, AND and OR")
        return conjunction(parts, strict=strict)

    def fielded(self, lexeme: Lexeme, outer: str | None) -> Node | None:
        name = FIELDS.get(lexeme.text.casefold())
        if name is None:
            known = ", ".join(dict.fromkeys(FIELDS.values()))
            instead = nearest(lexeme.text)
            edit = Edit(lexeme.start, lexeme.end, f"{instead}:" if instead else f"{lexeme.text} ")
            raise QueryError(f"unknown field {lexeme.text!r}; known are {known}", lexeme.start, edit=edit)
        if outer or not self.peek(Kind.WORD, Kind.PHRASE, Kind.PREFIX, Kind.FUZZY, Kind.OPEN):
            raise _without(lexeme, f"{lexeme.text}: needs a value right after it")
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


def _without(lexeme: Lexeme, message: str) -> QueryError:
    """The complaint about a lexeme that had better not be there."""
    return QueryError(message, lexeme.start, edit=Edit(lexeme.start, lexeme.end))
