"""The frozen suite: queries as people type them, with the trees that they must always give (`queries.toml`).

`QUERIES` are all of them, for whatever is to be compared on many queries. Trees are written in brackets: words as they
are, `"phrases"`, `field:word`, `pre*`, `fuzzy~1`, `facet="value"`, `year=1995..2005`, `(near 5 a b)`, `(and a b)`,
`(and! a b)` where an AND was written, `(or a b)`, `(not a)`. `<facet value>` is a recognised name: passages tagged with
it, or that hold its words.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from search.analysis import words
from search.query import And, Exact, Field, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Word, YearRange

FILE = Path(__file__).with_name("queries.toml")
#: Section -> query -> tree as text.
SUITE: dict[str, dict[str, str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
QUERIES: list[str] = [query for section in SUITE.values() for query in section]


def notation(tree: Node | None) -> str:
    """A tree as it stands in the file, "" for none."""
    match tree:
        case None:
            return ""
        case And(parts, strict):
            return f"({'and!' if strict else 'and'} {_row(parts)})"
        case Or(parts):
            return _alternatives(parts)
        case Not(part):
            return f"(not {notation(part)})"
        case _:
            return _leaf(tree)


def _row(parts: tuple[Node, ...]) -> str:
    return " ".join(map(notation, parts))


def _alternatives(parts: tuple[Node, ...]) -> str:
    """Alternatives, a tag together with its own words as one; the name alone if nothing else is there."""
    shown: list[str] = []
    last: Node | None = None
    for part in parts:
        if isinstance(last, Exact) and part == _in_words(last):
            shown[-1] = f"<{last.facet} {last.value}>"
        else:
            shown.append(notation(part))
        last = part
    return shown[0] if len(shown) == 1 else f"(or {' '.join(shown)})"


def _in_words(tag: Exact) -> Node:
    if tag.facet != "provision":
        return Phrase(words(tag.value))
    instrument, number = tag.value.split("|")
    forms = Or((Phrase(("article", *words(number))), Phrase(("art", *words(number)))))
    return And((Exact("instrument", instrument), forms))


def _leaf(node: Node) -> str:  # noqa: PLR0911  (one per kind of node)
    match node:
        case Word(text, field):
            return _in(field) + text
        case Phrase(held, field):
            return f'{_in(field)}"{" ".join(held)}"'
        case Near(held, distance, field):
            return f"{_in(field)}(near {distance} {' '.join(held)})"
        case Prefix(text, field):
            return f"{_in(field)}{text}*"
        case Fuzzy(text, edits, field):
            return f"{_in(field)}{text}~{edits}"
        case Exact(facet, value):
            return f'{facet}="{value}"'
        case YearRange(first, last, facet):
            return f"{facet}={first}..{last}"
    raise TypeError(node)


def _in(field: Field | None) -> str:
    return f"{field}:" if field else ""
