"""Hard-wrapped plain text: is a text wrapped, and where do its paragraphs end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles

from ingest.clauses import is_organ, opens_clause
from ingest.enumerators import Enumerator, enumerator, keyword
from ingest.readers import typeset
from ingest.readers.hyphens import BROKEN

#: A wrapped text keeps a column: newspapers' 30 characters to a typescript's 100.
MAX_WIDTH = 110
#: Fewer inner lines than this tell nothing about a column.
MIN_LINES = 2
#: Shorter lines than this are verse, an address or a masthead.
MIN_WIDTH = 30
#: Share of the inner lines that must break off in mid-sentence: in running text most do, in lists and mastheads few.
BROKEN_OFF = 0.33
#: Share that must be followed by a small letter: names stand one below the other too.
SMALL = 0.15
#: Lines longer than the column by this factor were not wrapped: each is a paragraph.
UNWRAPPED = 1.3
#: Share of the column below which a line that ends a sentence ends its paragraph.
SHORT = 0.8
#: Share of the column below which the lines of a masthead stay.
MASTHEAD = 2 / 3
#: Share of the column below which a line ends its paragraph without the end of a sentence, if a capital follows.
STUB = 0.35
#: Share of the lines of a wrapped text that fill the column (the middle line is at least this share of the long ones).
FILLED = 0.72

#: Share of the lines inside sentences that must leave no room for the next word for a text to count as filled by rule.
BY_RULE = 0.95
#: Fewer pairs of lines than this prove no rule.
MIN_PAIRS = 4
#: Numbers that count on by one before paragraphs are taken for numbered.
MIN_NUMBERED = 5

#: The end of a sentence, perhaps with calls of notes behind it; of a quotation, with its source in brackets.
_SENTENCE_END = re.compile(
    r"[.!?:;][\"”’')\]]*(?:<sup>[\d, ]+</sup>|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\^?\d{1,4}\])*$|[.!?][\"”’']+ \([^()]+\)$|^\s*\([^()]+\)$"
)
#: The source of a quotation on a line of its own: `(A/56/210, para. 56)`.
_SOURCE = re.compile(r"\s*\((?=[^()]*\d)[^()]+\)\.?")
#: A full stop that ends no sentence: a title or initial in front of a name, what a number follows.
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Messrs|Dr|Prof|St|Gen|Col|Lt|Hon|H\.E|[A-Z]|Nos?|Art|[Aa]rts|paras?|pp?|vs?|cf)\.$"
)
#: Bullets, numbers and letters of a list with the blanks behind them; its text may hang under its first word.
_MARK = re.compile(r"\s*(?:[-*+•●▪◦‣⇒➤►➢✓–]|\(?\w{1,4}[.)]{1,2}|\[?\d{1,4}\]?|\[\^\d{1,4}\]:)\s+(?=\S)")
#: A person in a list of participants.
_PERSON = re.compile(r"\s*(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Judge|H\.E)\.? [A-Z]")
_CAPITALS = re.compile(r"[A-Z][A-Z '’&,.-]+")
#: A line that goes on whatever its length: it ends with a comma, a hyphen, a small word or an abbreviation.
_OPEN_END = re.compile(r"(?:[,\-–—(“]|\b[a-z]{1,5}|\b[A-Z][a-z]{0,3}\.|\b(?:The|His|Her|Their|Our|Its))$")
#: The call of a note behind the end of a clause, its superscript lost: `in the bay; 84`.
_CALLED = re.compile(r"(?<=[.;:,”)]) ?\d{1,3}$")
#: A raised number in front of a line opens a note, as does `3/ `: calls stand behind words.
_NOTE = re.compile(r"\s*(?:(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|<sup>\s*\d{1,4}\s*</sup>|\[\^\d{1,4}\]:)\s*|\d{1,3}/\s+)\S")


@dataclass(frozen=True, slots=True)
class Column:
    """The column of a wrapped text: `width` characters, `indented` if paragraphs begin with blanks.

    `filled` tells that every line takes as many words as the column holds, as programs wrap; then a line with room
    for the next word ends its paragraph. `inset` tells that there are whole paragraphs with a margin, as block quotes.
    `measure` is the width in print that the lines of a text without indentation fill, 0 if none is known. `numbered`
    tells that the paragraphs count on from one another, `12. ...`, `13. ...`.
    """

    width: float
    indented: bool
    filled: bool = False
    inset: bool = False
    measure: float = 0
    numbered: bool = False


def column_of(groups: Sequence[Sequence[str]]) -> Column | None:
    """The column of a text given as groups of physical lines between blank lines; None if it is not wrapped."""
    inner = [line.rstrip() for group in groups for line in group[:-1]]
    if len(inner) < MIN_LINES:
        return None
    # the last line of an item or paragraph may have any length; so may one that took in the next with a mended hyphen
    carried = [len(line) for line in inner if not _SENTENCE_END.search(line)]
    if len(carried) < MIN_LINES:
        carried = [len(line) for line in inner]
    middle = median(carried)
    lengths = [length for length in carried if length <= UNWRAPPED * middle]
    long = min(quantiles(lengths, n=20)[18], max(lengths)) if len(lengths) >= MIN_LINES else 0
    if not MIN_WIDTH <= long <= MAX_WIDTH or middle < FILLED * long or not _break_off(groups, SHORT * long):
        return None
    if len(inner) < sum(len(line) > UNWRAPPED * long for group in groups for line in group):
        return None
    starts = sum(line.startswith((" ", "\t")) for line in inner)
    inset = _is_inset(groups)
    indented = 0 < starts < len(inner) / (2 if inset else 1)
    filled = _is_filled(groups, max(lengths))
    measure = 0 if filled or indented else typeset.measure_of(groups)
    return Column(max(lengths) if filled else long, indented, filled, inset, measure, _is_numbered(groups))


def _break_off(groups: Sequence[Sequence[str]], full: float) -> bool:
    """Whether lines stop in mid-sentence as often as wrapped ones do: a small letter follows, or they are `full`."""
    pairs = [pair for group in groups for pair in pairwise(group)]
    small = sum(_starts_small(after) for _, after in pairs)
    open_ends = sum(
        len(before.rstrip()) >= full and before.rstrip()[-1:].isalnum() and not _starts_small(after)
        for before, after in pairs
    )
    return small > 0 and small >= SMALL * len(pairs) and small + open_ends >= BROKEN_OFF * len(pairs)


def _starts_small(line: str) -> bool:
    return line.lstrip()[:1].islower() and not _MARK.match(line)


def _is_numbered(groups: Sequence[Sequence[str]]) -> bool:
    """Whether numbers at the start of lines count on from one another often enough to be those of paragraphs."""
    found = [mark for group in groups for line in group if (mark := enumerator(line.strip())) and mark.style == "1."]
    return sum(after.follows(before) for before, after in pairwise(found)) >= MIN_NUMBERED


def _is_filled(groups: Sequence[Sequence[str]], width: int) -> bool:
    """Whether lines inside sentences have no room for the word that comes next; unproved by few lines."""
    pairs = [
        (before, after)
        for group in groups
        for before, after in pairwise(group)
        if not _SENTENCE_END.search(before.rstrip()) and not BROKEN.search(before.rstrip()) and not _MARK.match(after)
    ]
    return len(pairs) >= MIN_PAIRS and sum(not _has_room(*pair, width) for pair in pairs) >= BY_RULE * len(pairs)


def _is_inset(groups: Sequence[Sequence[str]]) -> bool:
    """Whether the second of two lines with a margin ever carries on the sentence of the first."""
    pairs = [pair for group in groups for pair in pairwise(group)]
    return any(
        before.startswith((" ", "\t")) and after.startswith((" ", "\t")) and _starts_small(after)
        for before, after in pairs
    )


def _has_room(before: str, after: str, width: float) -> bool:
    return len(before.rstrip()) + 1 + len(after.split(maxsplit=1)[0]) <= width


def is_running(group: Sequence[str], column: Column) -> bool:
    """Whether a group of lines holds running text: a line fills the column and the next one reads on."""
    return any(is_full(line, column) and _starts_small(after) for line, after in pairwise(group))


def paragraphs(group: Sequence[str], column: Column, *, front: bool = False) -> list[list[str]]:
    """Split the lines of one group into paragraphs: by indentation, a short last line, or the marks of a list.

    In the `front` of a document, before its first running text, short lines below each other stay apart.
    """
    found: list[list[str]] = []
    marks: dict[str, Enumerator] = {}  # the latest number of each style that began a paragraph
    for line, after in zip(group, [*group[1:], ""], strict=True):
        mark = enumerator(line.strip())
        apart = front and found and _is_masthead(found[-1][-1], line, column)
        begins = found and (apart or _begins(line, found[-1], column, after))
        if found and not (begins or (mark and _is_item(line, mark, marks, found[-1][-1], column))):
            found[-1].append(line)
            continue
        found.append([line])
        if mark:
            marks[mark.style] = mark
    return found


def _is_item(line: str, mark: Enumerator, marks: Mapping[str, Enumerator], before: str, column: Column) -> bool:
    """Whether a number at the start of a line opens an item: behind a finished clause it opens or carries on a list.

    A number whose forerunner stands within a line belongs to the running text, and so does one in mid-sentence.
    """
    before = _CALLED.sub("", before.rstrip())
    closed = before.removesuffix(" and").removesuffix(" or").endswith((".", ";", ":", ",", "”", ")"))
    previous = marks.get(mark.style)
    if previous is not None and mark.follows(previous):
        return closed
    operative = before.endswith((",", ";")) and opens_clause(line.strip()[mark.end :].lstrip())
    if mark.follows(None) and (before.endswith(":") or operative):
        return True
    on_page_before = column.numbered and previous is None and mark.style == "1."  # the forerunner
    return on_page_before and bool(_SENTENCE_END.search(before)) and not _ABBREVIATED.search(before)


def _begins(line: str, paragraph: Sequence[str], column: Column, after: str) -> bool:
    """Whether a line begins a paragraph of its own behind the lines of another; `after` is the next line or ""."""
    before = paragraph[-1]
    if _SOURCE.fullmatch(line.rstrip()) and before.rstrip().endswith(("”", '"', "’")):
        return False
    if _NOTE.match(line) or _stands_under(paragraph, line, column):
        return True
    if column.indented and line.startswith((" ", "\t")) and not _hangs(line, paragraph):
        alone = len(paragraph) == 1 and (not column.inset or _has_ended(before, line, column))
        return alone or not before.startswith((" ", "\t"))
    closed = _SENTENCE_END.search(before.rstrip()) and not _ABBREVIATED.search(before.rstrip())
    if not closed or line.lstrip()[:1].islower() or _is_quoted(line, after, paragraph, column):
        return False
    if column.measure and len(paragraph) == 1:  # the first line of a paragraph had less room
        return typeset.has_room(before, line, column.measure - typeset.INDENT) or _was_indented(line, after, column)
    return _has_ended(before, line, column) or _was_indented(line, after, column)


def _is_quoted(line: str, after: str, paragraph: Sequence[str], column: Column) -> bool:
    """Whether a line goes on with a block quotation, of which every paragraph opens with a mark."""
    return (
        column.measure > 0 and not line.startswith("“") and typeset.is_inset([*paragraph, line], after, column.measure)
    )


def _was_indented(line: str, after: str, column: Column) -> bool:
    """Whether a line with room for the next word, though it does not end a sentence, must have begun further in."""
    inside = bool(after) and not _SENTENCE_END.search(line.rstrip())
    return inside and column.measure > 0 and typeset.has_room(line, after, column.measure)


def _stands_under(paragraph: Sequence[str], line: str, column: Column) -> bool:
    """Whether a line is no continuation of a short one: of a person, a division in a list, capitals, a mere stub."""
    before = paragraph[-1]
    if is_full(before, column):
        return False
    if is_organ(line) or (is_organ(before) and opens_clause(line.lstrip())):
        return True
    persons = bool(_PERSON.match(before) and _PERSON.match(line))
    divisions = keyword(before.strip()) is not None and keyword(line.strip()) is not None
    capitals = bool(_CAPITALS.fullmatch(before.strip())) and not line.isupper()
    worded = any(character.islower() for line in paragraph for character in line)
    stub = len(paragraph) > 1 and worded and len(before.strip()) < STUB * column.width
    ended = stub and not _OPEN_END.search(before.rstrip())
    return persons or divisions or ((capitals or ended) and line.lstrip()[:1].isupper())


def _is_masthead(before: str, line: str, column: Column) -> bool:
    """Whether two lines are separate facts of a masthead: both short, the first finished, the second a fresh start."""
    short = max(len(before.strip()), len(line.strip())) < MASTHEAD * column.width
    fresh = line.lstrip()[:1].isupper() or line.lstrip()[:1].isdigit()
    return short and fresh and not _OPEN_END.search(before.rstrip()) and not (before.isupper() and line.isupper())


def _hangs(line: str, paragraph: Sequence[str]) -> bool:
    """Whether a line stands right under the text of a list item rather than being indented as a paragraph."""
    mark = _MARK.match(paragraph[0])
    return bool(mark) and len(line) - len(line.lstrip()) == len(mark[0] if mark else "")


def _has_ended(before: str, line: str, column: Column) -> bool:
    if column.measure:
        return typeset.has_room(before, line, column.measure)
    return _has_room(before, line, column.width) if column.filled else not is_full(before, column)


def is_full(line: str, column: Column) -> bool:
    """Whether the line reaches the edge of the column."""
    return len(line.rstrip()) >= SHORT * column.width
