"""Puts the lines of a PDF column together into paragraphs, by leading, indents, short lines and numbering."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.readers.pdf_lines import Line

#: A distance between baselines that parts paragraphs, in usual leadings; half a blank line is 1.5.
WIDE = 1.3
#: Leading where too few lines tell it, in sizes; typesetters use 1.15 to 1.25.
USUAL_LEADING = 1.2
#: Distances between baselines, in sizes, that can be leading: from set solid to double-spaced.
LEADINGS = (0.9, 3.0)
#: Leading wider than this (in sizes) must be shared by so many lines.
OPEN_LEADING = 1.6
MANY = 10
#: So many lines that begin with a small letter tell the leading.
TELLING = 3
#: Sizes that differ by more than this part are different.
SAME_SIZE = 0.06
#: Left edges that differ by more than this many ems are an indent.
INDENT = 0.8
#: Two lines are centred on each other if their middles differ by no more points.
CENTRED = 3.0
#: Lines before and after that tell where the column ends on the right.
NEIGHBOURS = 6
#: A gap of this many ems after a mark comes from a tabulator; blanks stay below.
TAB_AFTER_MARK = 0.8

# Marks that number a paragraph; must not match a year, an amount or a word.
_NUMBER_MARK = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]|[IVXLC]{1,6}\.|[•‣▪◦]|[A-Z]\.")
_LETTER_MARK = re.compile(r"\((?:[a-z]{1,2}|[ivxl]{1,6}|\d{1,2}|[A-Z])\)|[a-z]\)")
_INLINE_MARK = re.compile(r"\s\((?:[a-z]|[ivx]{1,4}|\d)\)\s")
_MAY_END = re.compile(r"(?:[.;:,?!…]|\b(?:and|or))[”\"’')\]]*\d*$")
_ENDS = re.compile(r"[.:;?!…][”\"’')\]]*\d*$")
# A line of a table of contents: leaders and a page number.
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d+$")


@dataclass(frozen=True, slots=True)
class Leading:
    """Usual distance between baselines, by font size."""

    by_size: dict[float, float]

    @classmethod
    def of(cls, columns: Iterable[Sequence[Line]]) -> Leading:
        """Measured: for each size the distance that most often parts two lines of that size, best of one sentence."""
        seen: dict[float, Counter[float]] = {}
        inside: dict[float, Counter[float]] = {}
        for lines in columns:
            for above, below in pairwise(lines):
                distance = round((below.bottom - above.bottom) * 2) / 2
                if (
                    abs(above.size - below.size) < SAME_SIZE * above.size
                    and LEADINGS[0] < distance / above.size < LEADINGS[1]
                ):
                    seen.setdefault(above.size, Counter())[distance] += 1
                    inside.setdefault(above.size, Counter())[distance] += below.text[:1].islower()
        return cls({size: _usual(_telling(inside[size]) or counts, size) for size, counts in seen.items()})

    def at(self, size: float) -> float:
        """The usual distance at a size."""
        return self.by_size.get(size, USUAL_LEADING * size)


def _telling(inside: Counter[float]) -> Counter[float]:
    """The distances between lines of one sentence if there are enough to go by."""
    return +inside if inside.total() >= TELLING else Counter()


def _usual(distances: Counter[float], size: float) -> float:
    """The most frequent distance; a wide one only if many lines share it, for a few may just be short paragraphs."""
    usual = min(distances, key=lambda distance: (-distances[distance], distance))
    believed = usual <= OPEN_LEADING * size or distances[usual] >= MANY
    return usual if believed else USUAL_LEADING * size


def paragraphs(lines: Sequence[Line], leading: Leading) -> list[list[Line]]:
    """Cut lines of one column, top to bottom, into paragraphs and headings."""
    edges = _right_edges(lines, leading)
    groups: list[list[Line]] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if groups and not _starts(line, groups[-1], following, edges[index - 1], leading):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _starts(line: Line, group: Sequence[Line], following: Line | None, edge: float, leading: Leading) -> bool:
    """Whether a line begins a new paragraph after the lines of `group`."""
    last = group[-1]
    if not _close(last, line, leading) or _LEADERS.search(last.text) or line.words[0].raised:
        return True
    if _is_marked(line, group, edge):
        return True
    if _centred(last, line) and _same_emphasis(last, line):
        return False
    if _fits(line, last, edge) and not _centred(last, line):
        return True
    return _is_indented(line, group, following)


def _close(above: Line, below: Line, leading: Leading) -> bool:
    """Whether two lines have one size and no more than the usual distance."""
    distance = below.bottom - above.bottom
    same_size = abs(above.size - below.size) <= SAME_SIZE * max(above.size, below.size)
    return same_size and 0 < distance <= WIDE * leading.at(above.size)


def _right_edges(lines: Sequence[Line], leading: Leading) -> list[float]:
    """For each line the right edge that lines near it reach."""
    runs: list[list[int]] = []
    for index, line in enumerate(lines):
        if runs and _close(lines[index - 1], line, leading) and not _opens_block(index, lines):
            runs[-1].append(index)
        else:
            runs.append([index])
    edges = [0.0] * len(lines)
    for run in runs:
        for place, index in enumerate(run):
            near = run[max(0, place - NEIGHBOURS) : place + NEIGHBOURS + 1]
            edges[index] = max(lines[other].x1 for other in near)
    return edges


def _opens_block(index: int, lines: Sequence[Line]) -> bool:
    """Whether a narrower or wider block begins: the left edge moves and stays (a first-line indent does not stay)."""
    line, last = lines[index], lines[index - 1]
    following = lines[index + 1] if index + 1 < len(lines) else line
    indent = INDENT * line.size
    return (
        abs(line.x0 - last.x0) > indent
        and abs(following.x0 - line.x0) <= indent / 2
        and index > 1
        and (abs(lines[index - 2].x0 - last.x0) <= indent / 2)
    )


def _fits(line: Line, last: Line, edge: float) -> bool:
    """Whether the line's first word had room on the line before, so that the break was meant."""
    first = line.words[0]
    end = next((word.x0 for word in line.words[1:] if word.blank), line.x1)
    width = min(end, line.x1) - first.x0
    slack = 0.6 * line.size if _ENDS.search(last.text) else 1.2 * line.size
    return last.x1 + width + slack <= edge and not last.text.endswith(("-", "/"))


def _is_marked(line: Line, group: Sequence[Line], edge: float) -> bool:
    """Whether the line opens with a number or letter that is no part of the running sentence."""
    last, mark = group[-1], line.words[0].text
    if not (_NUMBER_MARK.fullmatch(mark) or _LETTER_MARK.fullmatch(mark)) or len(line.words) == 1:
        return False
    if line.words[1].x0 - line.words[0].x1 >= TAB_AFTER_MARK * line.size:
        return True
    if not _MAY_END.search(last.text):
        return False
    if _NUMBER_MARK.fullmatch(mark):
        return bool(_ENDS.search(last.text))
    if _INLINE_MARK.search(" ".join(other.text for other in group)):
        return False
    # "(a)" is not parted from its first word, so that it can stand at a line's start inside a sentence.
    shifted = abs(line.x0 - last.x0) > INDENT * line.size and (line.x0 > last.x0 or len(group) > 1)
    return shifted or _fits(replace(line, words=(replace(line.words[0], x1=line.words[1].x1),)), last, edge)


def _centred(above: Line, below: Line) -> bool:
    """Whether both lines are set around one axis, neither flush with the other."""
    axis = abs((above.x0 + above.x1) - (below.x0 + below.x1)) / 2
    return axis <= CENTRED and abs(above.x0 - below.x0) > CENTRED


def _same_emphasis(above: Line, below: Line) -> bool:
    return (above.words[-1].bold, above.words[-1].italic) == (below.words[0].bold, below.words[0].italic)


def _is_indented(line: Line, group: Sequence[Line], following: Line | None) -> bool:
    """A first-line indent, a block quote, or the next entry of a list with hanging indents."""
    last = group[-1]
    shift = (line.x0 - last.x0) / line.size
    if shift > INDENT:
        hangs = len(group) == 1 and (following is None or abs(following.x0 - line.x0) <= INDENT * line.size)
        return not hangs and (len(group) > 1 or bool(_ENDS.search(last.text)))
    if shift < -INDENT:
        return len(group) > 1 and line.x0 < min(other.x0 for other in group) + INDENT * line.size
    return False
