"""How results look in a terminal: one passage a line, then the facets."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from webapp.answers import by_word

#: Columns of a line when the output is no terminal; long enough for a sentence, short enough for a mail.
_WIDTH = 120
#: Columns of the passage ids at most, and of the text at least.
_MOST_ID, _LEAST_TEXT = 60, 30
#: Values shown of each facet.
_FACET_VALUES = 5
#: Facets in the order shown, with their headings.
_FACETS = {
    "organisation": "Organisations",
    "instrument": "Instruments",
    "provision": "Provisions",
    "year": "Years",
    "kind": "Kinds",
    "document": "Documents",
    "country": "Countries",
}
#: Characters before the first hit in a text that is cut at its beginning.
_LEAD = 20


def counted(number: int, noun: str) -> str:
    """`1 passage`, `2,143 passages`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def result_lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """The answer of a search (see `webapp.answers`) line by line: total, notices, hits, facets."""
    yield f"{counted(answer['total'], 'passage')} in {counted(answer['documents'], 'document')}"
    yield from notices(answer)
    if answer["hits"]:
        yield ""
        yield from _hits(answer["hits"], answer["complete"] if answer["relaxed"] else 0)
    if answer["total"]:
        yield ""
        yield from facet_lines(answer["facets"])


def notices(answer: Mapping[str, Any]) -> Iterator[str]:
    """What a reader must know of the answer: what it holds most of, what else was looked for, what to ask instead."""
    if answer["relaxed"]:
        yield most_of(answer["complete"], widened=bool(answer["widened"]))
    if answer["widened"]:
        found = (f"{', '.join(also)} (for {asked})" for asked, also in by_word(answer["widened"]).items())
        yield f"Also looked for: {'; '.join(found)}. --exactly leaves that out."
    if answer["unknown"]:
        yield f"No passage holds: {', '.join(answer['unknown'])}"
    if answer["suggestions"]:
        yield f"Did you mean: {', '.join(answer['suggestions'])}"
    yield from (f"You cited: {passage_id}" for passage_id in answer["offered"])
    for each in answer["remedies"]:
        option = "--" + each["facet"].replace("_", "-")
        yield f"Without {option if each['facet'] else each['part']}: {counted(each['total'], 'passage')}"


def most_of(complete: int, *, widened: bool) -> str:
    """How many passages hold all the words, where others follow that hold most of them."""
    rest = "most of them or other words for them" if widened else "most of them"
    if not complete:
        return f"No passage holds all the words; these hold {rest}."
    holds = "passage holds" if complete == 1 else "passages hold"
    return f"{complete:,} {holds} all the words; the others hold {rest}."


def facet_lines(facets: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """One line a facet, its most frequent values first; chosen values are starred."""
    width = max(map(len, _FACETS.values()))
    for facet, title in _FACETS.items():
        values = sorted(facets.get(facet, ()), key=lambda value: -value["count"])
        shown = [f"{'*' * value['selected']}{value['label']} ({value['count']})" for value in values[:_FACET_VALUES]]
        more = len(values) - len(shown)
        if shown:
            yield f"{title:<{width}}  {', '.join(shown)}{f', {more} more' if more else ''}"


def _hits(hits: Sequence[Mapping[str, Any]], complete: int) -> Iterator[str]:
    """A line a hit, a rule behind the last of those that hold all the words, if others follow."""
    names = min(max(len(hit["id"]) for hit in hits), _MOST_ID)
    room = max(_columns() - names - 2, _LEAST_TEXT)
    for number, hit in enumerate(hits):
        if 0 < number == complete:
            yield "-- with most of the words --"
        yield f"{hit['id']:<{names}}  {snippet(hit['text'], hit['highlights'], room)}"
        for share in hit.get("explanation", ()):
            yield f"{'':<{names}}  {share['score']:8.3f}  {share['what']}"


def snippet(text: str, highlights: Sequence[Sequence[int]], room: int) -> str:
    """A line of the text, `room` characters wide, from shortly before the first hit, hits in bold."""
    start = max(0, highlights[0][0] - _LEAD) if highlights and highlights[0][1] > room else 0
    start = text.rfind(" ", 0, start) + 1 if start else 0
    opening = "…" if start else ""
    end = start + room - len(opening)
    closing = "…" if end < len(text) else ""
    end = min(end - len(closing), len(text))
    return (opening + _marked(text, highlights, start, end) + closing).replace("\n", " ")


def _marked(text: str, highlights: Sequence[Sequence[int]], start: int, end: int) -> str:
    parts, at = [], start
    for first, last in highlights:
        if first >= at and last <= end:
            parts += [text[at:first], click.style(text[first:last], bold=True)]
            at = last
    return "".join((*parts, text[at:end]))


def _columns() -> int:
    """The terminal's width; `_WIDTH` for pipes and files."""
    is_terminal = sys.stdout.isatty()
    return shutil.get_terminal_size((_WIDTH, 0)).columns if is_terminal else _WIDTH
