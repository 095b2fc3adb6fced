"""Citations of passages typed in the box: `para 10 of the Salvador report`, `Budapest Convention art 32(b)`.

>>> pinpoint("fn 21 lecture")
Pinpoint(locator=Locator(steps=(Step(unit='fn', numbers=('21',)),), copy=1), title='lecture')
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from corpus.authority import instruments
from corpus.authority.names import name_key
from corpus.locator import CONTAINERS, UNITS, Locator, Step, passage_id
from search.analysis import STOP_WORDS, stem, words
from search.names import MAX_NAME_LENGTH, NO_NAMES, Names

#: Passages offered for one citation; one is meant, several documents may hold it.
MAX_OFFERED = 5
#: Titles whose words are remembered between queries; a title takes some 20 µs to read.
_REMEMBERED = 1 << 16

#: Other words for the units of labels, as people write them, dots left out -> the unit.
_WRITTEN = {
    **{words: unit for unit, words in UNITS.items()},
    "paragraph": "para",
    "paragraphs": "para",
    "paras": "para",
    "par": "para",
    "pars": "para",
    "¶": "para",
    "¶¶": "para",
    "article": "art",
    "articles": "art",
    "arts": "art",
    "recommendation": "rec",
    "recommendations": "rec",
    "preambular paragraph": "preambular",
    "commentary": "comment",
    "cmt": "comment",
    "§": "s",
    "§§": "s",
    "section": "s",
    "sec": "s",
    "secs": "s",
    "footnote": "fn",
    "note": "fn",
    "n": "fn",
    "ftn": "fn",
    "regulation": "reg",
    "regs": "reg",
}
_UNIT = "|".join(sorted(map(re.escape, _WRITTEN), key=len, reverse=True))
_CONTAINER = "|".join(sorted(CONTAINERS - {"section"}, key=len, reverse=True))
#: `(2)(a)`; not the year in brackets that ends a citation: `n.1 (2025)`.
SUB = r"(?:\s?\((?!(?:1[5-9]|20)\d\d\))[0-9A-Za-z]{1,5}\))*"
# `para. 10`, `art 16 (2)(a)`, `rec 1.9`, `fn21`; `annex II`, `schedule`. No word before it, no number behind it.
_LABEL = rf"(?:{_UNIT})\.?\s?\d{{1,4}}[a-z]?(?:\.\d{{1,3}})*(?![^\W_]){SUB}"
_DIVISION = rf"(?:{_CONTAINER})(?:\s(?:\d{{1,3}}|[ivxlc]{{1,6}}|[a-z])(?![^\W_]))?"
#: A place as it is written, for patterns that ignore case.
PLACE = rf"(?<!\w)(?:{_DIVISION},?\s)?{_LABEL}(?:,?\s{_LABEL})*(?:,?\s(?:of|to|in)\s(?:the\s)?{_DIVISION})?"
_BEFORE = re.compile(rf"(?:at\s)?(?P<place>{PLACE}),?\s(?:(?:of|in|to|from)\s)?(?:the\s)?(?P<title>.+)", re.IGNORECASE)
_AFTER = re.compile(rf"(?P<title>.+?)[,:;]?\s(?:at\s)?(?P<place>{PLACE})", re.IGNORECASE)
_LABELS = re.compile(rf"(?<!\w)(?P<unit>{_UNIT})\.?\s?(?P<first>\d[0-9a-z.]*)(?P<rest>{SUB})", re.IGNORECASE)
_DIVISIONS = re.compile(rf"\b(?P<unit>{_CONTAINER})\b(?:\s(?P<number>\w+))?", re.IGNORECASE)
_AROUND = " \t\n\"'“”„«».,;:?!"


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A place in a document, as its locator, and the words that tell which document is meant."""

    locator: Locator
    title: str


def pinpoint(text: str) -> Pinpoint | None:
    """The place in a document that `text` as a whole cites, in either order; None if it cites none."""
    written = " ".join(text.strip(_AROUND).split())
    if len(written) > MAX_NAME_LENGTH:
        return None
    match = _BEFORE.fullmatch(written) or _AFTER.fullmatch(written)
    if not match or not significant(match["title"]):
        return None
    return Pinpoint(locator_of(match["place"]), match["title"].strip(_AROUND))


def locator_of(place: str) -> Locator:
    """The locator of what `PLACE` matches."""
    labels = list(_LABELS.finditer(place))
    divisions = _DIVISIONS.finditer(_LABELS.sub(" ", place))
    container = [Step(m["unit"].lower(), (m["number"].lower(),) if m["number"] else ()) for m in divisions]
    return Locator((*container, *map(_step, labels)))


def _step(match: re.Match[str]) -> Step:
    numbers = (match["first"].rstrip("."), *re.findall(r"\w+", match["rest"].lower()))
    return Step(_WRITTEN[match["unit"].lower()], numbers)


def offered(
    cited: Pinpoint,
    titles: Mapping[str, str],
    described: Mapping[str, str],
    passage_ids: Collection[str],
    names: Names = NO_NAMES,
) -> tuple[str, ...]:
    """Ids of the passages at the cited place, in documents that the words describe or whose title is the instrument.

    `titles` and `described` map document ids to titles and to all that is known of documents in words. Where the place
    is no passage of its own, the one that it is part of is offered, else (if few documents can be meant) those that it
    consists of.
    """
    wanted = significant(cited.title)
    instrument = names.instrument(cited.title)
    called = names_of(instrument) if instrument else frozenset()
    documents = [
        identifier
        for identifier, title in titles.items()
        if wanted <= known_words(identifier, described[identifier]) or not called.isdisjoint(title_keys(title))
    ]
    held = list(islice(_around(documents, cited.locator, passage_ids), MAX_OFFERED))
    if held or not 0 < len(documents) <= MAX_OFFERED:
        return tuple(held)
    return tuple(islice(_inside(frozenset(documents), cited.locator, passage_ids), MAX_OFFERED))


def _around(documents: Iterable[str], locator: Locator, passage_ids: Collection[str]) -> Iterator[str]:
    """In each document the passage at a place, else the smallest around it."""
    for document in documents:
        identifiers = (passage_id(document, whole) for whole in wholes(locator))
        yield from islice((identifier for identifier in identifiers if identifier in passage_ids), 1)


def _inside(documents: Collection[str], locator: Locator, passage_ids: Iterable[str]) -> Iterator[str]:
    """The passages that a place consists of, in whatever division; one walk over all passages."""
    place = re.compile(rf"(?:.+/)?{re.escape(locator.path)}(?:[-~/].+)?")
    for identifier in passage_ids:
        document, _, path = identifier.partition("/")
        if document in documents and place.fullmatch(path):
            yield identifier


def wholes(locator: Locator) -> Iterator[Locator]:
    """A place and those that it is part of: `art 16(2)(a)`, `art 16(2)`, `art 16`."""
    *outer, last = locator.steps
    for end in range(len(last.numbers), 0, -1):
        yield Locator((*outer, Step(last.unit, last.numbers[:end])))


def significant(text: str) -> frozenset[str]:
    """The stems of the words that tell which document is meant."""
    return frozenset(stem(word) for word in words(text) if word not in STOP_WORDS)


@lru_cache(maxsize=_REMEMBERED)
def known_words(identifier: str, description: str) -> frozenset[str]:
    """The words of a document's description and id."""
    return significant(f"{description} {identifier.replace('-', ' ')}")


@lru_cache(maxsize=_REMEMBERED)
def title_keys(title: str) -> frozenset[str]:
    """The names that a title may be: itself, and what stands before a bracket (`Treaty on Hills (1950)`)."""
    return frozenset((name_key(title), name_key(title.partition("(")[0])))


def names_of(instrument: str) -> frozenset[str]:
    """The names of an instrument in the form in which titles are compared."""
    record = instruments.load().get(instrument)
    return frozenset(map(name_key, (instrument, *(record.names if record else ()))))
