"""Finds the footnotes at the foot of a PDF page (or of a column) and cuts them into notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.readers.pdf_lines import Line
from ingest.readers.pdf_pages import PdfPage
from ingest.readers.runs import note_number

#: Notes are set smaller than the text: 8 to 9 points beside 10 to 12.
NOTE_SIZE = 0.93
#: A rule above notes stands at most this far above them, in sizes of the note.
RULE_ABOVE = 2.5
#: Notes begin in this lower part of the page; on a page of notes only, anywhere.
NOT_ABOVE = 0.15
_UNDERSCORES = re.compile(r"[_─—]{5,}")
# A plain number in front of a note, "12 Text" or "12. Text"; must not match "12.5 per cent", "2001", nor the figures
# of a chart or a table, "35 000 150".
_PLAIN_NUMBER = re.compile(r"(\d{1,3})[.)]?(?:\s+(?=[^\W\d_]|[“\"‘'«(\[])|$)")


@dataclass(frozen=True, slots=True)
class Note:
    """The lines of one note's body without its number; `number` is "" where it continues from the page before."""

    number: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands above the foot, and the notes in it."""

    body: tuple[Line, ...]
    notes: tuple[Note, ...]


def split_foot(
    lines: Sequence[Line], page: PdfPage, body_size: float, *, tabular: Collection[int] = (), continues: bool = False
) -> Foot:
    """Cut one column of a page (furniture removed, top to bottom) into text and notes.

    `tabular` are the indices of lines that are no notes; `continues` tells that a note may run on from the page before.
    """
    after_tables = max(tabular, default=-1) + 1
    start = after_tables + _foot_start(lines[after_tables:], page, body_size, continues=continues)
    body = tuple(line for line in lines[:start] if not _UNDERSCORES.fullmatch(line.text))
    foot = [line for line in lines[start:] if not _UNDERSCORES.fullmatch(line.text)]
    return Foot(body, tuple(_notes(foot)))


def _foot_start(lines: Sequence[Line], page: PdfPage, body_size: float, *, continues: bool) -> int:
    """Index of the first line of the foot; the number of lines if there is none."""
    small = len(lines)
    while small > 0 and (
        lines[small - 1].size <= NOTE_SIZE * body_size or _UNDERSCORES.fullmatch(lines[small - 1].text)
    ):
        small -= 1
    for index, line in enumerate(lines):
        ruled, lead = _below_rule(index, lines, page.rules), _lead(line)
        if line.top < NOT_ABOVE * page.height and not (ruled and index == 0):
            continue
        if index >= small and (lead is not None or (ruled and continues and not line.words[0].raised)):
            return index
        if ruled and lead is not None and _ends_with_notes(lines[index:]):
            return index
    return len(lines)


def _below_rule(index: int, lines: Sequence[Line], rules: Sequence[float]) -> bool:
    if index and _UNDERSCORES.fullmatch(lines[index - 1].text):
        return True
    line, above = lines[index], lines[index - 1].bottom if index else 0.0
    return any(max(above - 2, line.top - RULE_ABOVE * line.size) <= rule <= line.top + 1 for rule in rules)


def _ends_with_notes(lines: Sequence[Line]) -> bool:
    """Whether lines of the text's own size are notes: raised numbers that ascend one by one."""
    raised = [note_number(line.words[0].text) for line in lines if line.words[0].raised]
    numbers = [number for number in raised if number is not None]
    return lines[0].words[0].raised and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _lead(line: Line) -> str | None:
    """The raised number or sign that a note begins with, a plain number if the line is set in one piece."""
    first = line.words[0]
    if first.raised and note_number(first.text) is not None:
        glued = len(line.words) > 1 and not line.words[1].blank and line.words[1].text[0].isdecimal()
        return None if glued else str(note_number(first.text))
    if first.text[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        return str(note_number(re.match(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", first.text)[0]))  # type: ignore[index]  # it begins so
    if re.fullmatch(r"[*†‡§]{1,3}", first.text):
        return first.text
    match = _PLAIN_NUMBER.match(line.text)
    return match[1] if match else None


def _notes(foot: Sequence[Line]) -> Iterator[Note]:
    number, held = "", list[Line]()
    last: int | None = None
    for line in foot:
        lead = _lead(line)
        if lead is not None and _is_next(lead, last, raised=line.words[0].raised):
            if held:
                yield Note(number, tuple(held))
            number, held = lead, []
            last = int(lead) if lead.isdecimal() else last
            line = _without_lead(line, lead)  # noqa: PLW2901  the number is no part of the note's text
        if line.words:
            held.append(line)
    if held:
        yield Note(number, tuple(held))


def _is_next(lead: str, last: int | None, *, raised: bool) -> bool:
    """A plain number must follow the note before; a line that happens to begin with a number is no new note."""
    return raised or not lead.isdecimal() or last is None or int(lead) == last + 1


def _without_lead(line: Line, lead: str) -> Line:
    first, *rest = line.words
    cut = re.sub(r"^[\[(]?(?:\d+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[*†‡§]+)[\])]?[.)]?", "", first.text)
    words = [replace(first, text=cut, blank=True), *rest] if cut else rest
    return replace(line, words=tuple(words)) if lead else line
