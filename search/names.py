"""Names in queries: how the query box learns that `CoE` is the Council of Europe and `55/63` is `A/RES/55/63`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from corpus.authority import instruments, organisations
from search.analysis import STOP_WORDS, words
from search.provisions import read_provision
from search.query import And, Exact, Node, Or, Phrase

#: Words of the longest name looked up in running words; the titles of UN conventions reach about twenty.
MAX_NAME_WORDS = 24
#: Characters of the longest name looked up; the longest title with its article has about 250.
MAX_NAME_LENGTH = 400
#: Words and signs of the longest query in which names are looked for; every run of words costs a look-up.
MAX_NAMED_QUERY = 60

#: Signs before and behind a name, brackets of `S/RES/1373 (2001)` apart.
_AROUND = re.compile(r"^[^\w(§]+|_+$|[^\w)]+$")
_POSSESSIVE = re.compile("(?:['’ʼ]s)+$", re.IGNORECASE)


class Names(Protocol):
    """What a query may name, by any alias or written form; None for what is no name."""

    def organisation(self, text: str) -> str | None:
        """The canonical name of an organisation."""

    def instrument(self, text: str) -> str | None:
        """The id of a legal instrument."""


@dataclass(frozen=True, slots=True)
class Resolver:
    """`Names` made of two functions, each from a written form to the canonical one or None."""

    organisations: Callable[[str], str | None]
    instruments: Callable[[str], str | None]

    def organisation(self, text: str) -> str | None:
        """The canonical name of an organisation."""
        return self.organisations(text)

    def instrument(self, text: str) -> str | None:
        """The id of a legal instrument."""
        return self.instruments(text)


#: Recognises nothing: every word of a query is just a word.
NO_NAMES: Names = Resolver(lambda _: None, lambda _: None)


@cache
def library_names() -> Names:
    """The names that `corpus.authority` knows."""
    return Resolver(_organisation, _instrument)


def _organisation(text: str) -> str | None:
    record = organisations.load().by_name(text)
    return record.name if record else None


def _instrument(text: str) -> str | None:
    """By name, or by number if there is one: reading numbers costs more and is tried on every run of words."""
    record = instruments.load().by_name(text)
    if record:
        return record.id
    written = instruments.parse(text) if any(char.isdigit() for char in text) else None
    return written.id if written else None


def values_of(node: Exact) -> tuple[str, tuple[str, ...]]:
    """The facet that a tag is looked up in, with its value; for `within` those of all bodies below an organisation."""
    if node.facet != "within":
        return node.facet, (node.value,)
    known = organisations.load()
    record = known.by_name(node.value)
    return "organisation", (record.name, *known.descendants(record.name)) if record else (node.value,)


def recognise(text: str, names: Names) -> Node | None:
    """What a name, an instrument or articles of one ask for, None if `text` as a whole is none.

    The canonical form alone decides, so that every alias gives the same passages: those tagged with it, and those in
    whose words it stands.
    """
    if len(text) > MAX_NAME_LENGTH:
        return None
    text = _POSSESSIVE.sub("", _AROUND.sub("", text))
    if not text.isupper() and all(word in STOP_WORDS | organisations.COMMON_WORDS for word in words(text)):
        return None  # "Who" and "Impact" are no organisations, "WHO" is
    if organisation := names.organisation(text):
        return _tagged("organisation", organisation)
    if instrument := names.instrument(text):
        return _tagged("instrument", instrument)
    return _article(text, names)


def units(alternatives: Sequence[Node], names: Names = NO_NAMES) -> tuple[Node, ...]:
    """Alternatives with each name and the words that it was recognised in as one, as a reader sees them.

    With `names` that also takes in the words of a quoted name, as in `"CoE"`.
    """
    found: list[Node] = []
    for part in alternatives:
        last = found[-1] if found else None
        tagged = isinstance(last, Exact) and part == _in_words(last)
        quoted = isinstance(part, Phrase) and last is not None and recognise(" ".join(part.words), names) == last
        if last is not None and (tagged or quoted):
            found[-1] = Or((*_alternatives(last), part))
        else:
            found.append(part)
    return tuple(found)


def _alternatives(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, Or) else (node,)


def _tagged(facet: str, value: str) -> Node:
    tag = Exact(facet, value)
    return Or((tag, _in_words(tag)))


def _article(text: str, names: Names) -> Node | None:
    cited = read_provision(text, names.instrument)
    tags = [Exact("provision", f"{cited.instrument}|{number}") for number in cited.articles] if cited else []
    return Or(tuple(node for tag in tags for node in (tag, _in_words(tag)))) if tags else None


def cited_article(node: Node) -> Exact | None:
    """The tag of a citation of one article as `recognise` gives it; None for all else."""
    tags = [part for part in node.parts if isinstance(part, Exact)] if isinstance(node, Or) else []
    return tags[0] if len(tags) == 1 and tags[0].facet == "provision" else None


def articles_above(tag: Exact) -> Iterator[tuple[Exact, Node]]:
    """The tags of `32(b)` and of `32` for that of `32(b)(2)`, each with what a citation of it asks for."""
    article = tag.value
    while article.endswith(")") and "(" in article.rpartition("|")[2]:
        article = article.rpartition("(")[0]
        above = Exact("provision", article)
        yield above, Or((above, _in_words(above)))


def _in_words(tag: Exact) -> Node:
    """What stands in a passage that names the tag's value but is not tagged with it."""
    if tag.facet != "provision":
        return Phrase(words(tag.value))
    instrument, _, number = tag.value.partition("|")
    written = Or((Phrase(("article", *words(number))), Phrase(("art", *words(number)))))
    return And((Exact("instrument", instrument), written))
