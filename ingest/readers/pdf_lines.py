"""From the glyphs of a PDF page to its rows of words. Units are points; `top` counts downwards, as in pdfplumber."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

#: A gap between glyphs that is a blank, in ems: typical blanks are 0.25 em wide and shrink to 0.2 in tight lines.
BLANK = 0.2
#: The same where the page writes its blanks as glyphs; gaps beside them come from kerning and tabulators.
BLANK_BESIDE_BLANKS = 0.45
#: A page with at least one blank glyph to so many others writes its blanks; words have 5 letters on average.
GLYPHS_PER_BLANK = 12
#: A blank glyph counts if it keeps its neighbours this far apart, in ems; programs leave stray ones under the text.
KEPT_APART = 0.08
#: Glyphs smaller than this part of their row's size, and off its baseline, are raised or lowered.
SMALL = 0.85
#: How far above the row's baseline, in ems, a small glyph must end to count as raised.
RAISED_BY = 0.1
#: Rows share a baseline if they differ by less than this part of the smaller size; leading is at least four times that.
SAME_BASELINE = 0.25
#: Longest raised piece: a note call such as `12, 13`; longer small print is a line of its own.
RAISED_LENGTH = 12
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00a0": " "}
)
#: Glyphs below this size in points are invisible marks.
VISIBLE = 2.0


@dataclass(frozen=True, slots=True)
class Word:
    """Glyphs of one style without a blank between them; `blank` tells whether one stands before."""

    text: str
    x0: float
    x1: float
    blank: bool
    bold: bool = False
    italic: bool = False
    raised: bool = False
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A row of words, or the part of a row that stands in one column."""

    words: tuple[Word, ...]
    top: float
    bottom: float
    size: float
    page: int = 0
    column: int = 0

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.words[-1].x1

    @property
    def text(self) -> str:
        """The words with their blanks, raised ones included."""
        return "".join(f"{' ' if word.blank else ''}{word.text}" for word in self.words).strip()


@dataclass(slots=True)
class _Row:
    size: float
    bottom: float
    glyphs: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def top(self) -> float:
        return self.bottom - self.size


def rows_of(glyphs: Iterable[Mapping[str, Any]], page: int) -> list[Line]:
    """The rows of a page from top to bottom: upright, visible glyphs, overprinted doubles dropped."""
    rows: list[_Row] = []
    kept = _clean(glyphs)
    blanks = sum(glyph["text"].isspace() for glyph in kept)
    limit = BLANK_BESIDE_BLANKS if blanks * GLYPHS_PER_BLANK >= len(kept) - blanks else BLANK
    runs = sorted(_runs(kept), key=lambda run: (-round(run[0]["size"]), run[0]["bottom"]))
    for run in runs:
        row = next((row for row in rows if _belongs(run, row)), None)
        if row is None:
            row = _Row(run[0]["size"], run[0]["bottom"])
            rows.append(row)
        row.glyphs += run
    lines = (_line(row, page, limit) for row in sorted(rows, key=lambda row: row.top))
    return [line for line in lines if line is not None]


def _clean(glyphs: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Glyphs that a reader sees, once each: bold faked by printing twice leaves doubles a fraction of a point apart."""
    seen: dict[tuple[str, int, int], None] = {}
    kept = []
    for glyph in glyphs:
        if not glyph["upright"] or glyph["size"] < VISIBLE or glyph["text"] == "\x00":
            continue
        place = (glyph["text"], round(glyph["x0"]), round(glyph["bottom"]))
        if place not in seen or glyph["text"].isspace():
            kept.append(glyph)
        seen[place] = None
    return kept


def _runs(glyphs: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Neighbours in the content stream that share size and baseline and follow each other."""
    runs: list[list[Mapping[str, Any]]] = []
    for glyph in glyphs:
        last = runs[-1][-1] if runs else None
        if last is not None and _follows(glyph, last):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _follows(glyph: Mapping[str, Any], last: Mapping[str, Any]) -> bool:
    size = last["size"]
    level = abs(glyph["bottom"] - last["bottom"]) < 0.05 * size and abs(glyph["size"] - size) < 0.05 * size
    return bool(level and -0.5 * size < glyph["x0"] - last["x1"] < size)


def _belongs(run: Sequence[Mapping[str, Any]], row: _Row) -> bool:
    """On the row's baseline, or a small raised or lowered piece that touches it."""
    size, bottom = run[0]["size"], run[0]["bottom"]
    if abs(row.bottom - bottom) <= SAME_BASELINE * min(size, row.size) and size >= row.size / 3:
        return True
    if len(run) > RAISED_LENGTH or not row.size * 0.4 <= size < row.size * SMALL:
        return False
    overlap = min(bottom, row.bottom + 0.3 * row.size) - max(bottom - size, row.top)
    return overlap >= size / 2 and any(
        abs(run[0]["x0"] - glyph["x1"]) < row.size or abs(run[-1]["x1"] - glyph["x0"]) < row.size
        for glyph in row.glyphs
    )


def _line(row: _Row, page: int, limit: float) -> Line | None:
    glyphs = sorted(row.glyphs, key=lambda glyph: float(glyph["x0"]))
    words = tuple(_words(glyphs, row, limit))
    if not words:
        return None
    return Line(words, min(glyph["top"] for glyph in glyphs), row.bottom, size_of(words), page)


def size_of(words: Sequence[Word]) -> float:
    """The size that most of the letters have."""
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size] += len(word.text)
    return sizes.most_common(1)[0][0]


def _words(glyphs: Sequence[Mapping[str, Any]], row: _Row, limit: float) -> Iterable[Word]:
    parts: list[list[Mapping[str, Any]]] = []
    blanks: list[bool] = []
    blank, last = False, None
    for glyph in glyphs:
        if glyph["text"].isspace():
            blank = True
            continue
        gap = glyph["x0"] - last["x1"] if last is not None else 0.0
        blank = (blank and gap > KEPT_APART * row.size) or gap > _limit(glyph, last, limit) * glyph["size"]
        if last is None or blank or _style(glyph, row) != _style(last, row):
            parts.append([])
            blanks.append(blank)
        parts[-1].append(glyph)
        blank, last = False, glyph
    for part, before in zip(parts, blanks, strict=True):
        bold, italic, raised = _style(part[0], row)
        text = "".join(glyph["text"] for glyph in part).translate(_LIGATURES)
        yield Word(text, part[0]["x0"], part[-1]["x1"], before, bold, italic, raised, round(part[0]["size"] * 2) / 2)


def _limit(glyph: Mapping[str, Any], last: Mapping[str, Any] | None, limit: float) -> float:
    """Where the size changes (small capitals, a raised number), blanks are often left unwritten."""
    return limit if last is not None and abs(glyph["size"] - last["size"]) < 0.05 * glyph["size"] else BLANK


def _style(glyph: Mapping[str, Any], row: _Row) -> tuple[bool, bool, bool]:
    font = glyph["fontname"].rpartition("+")[2].casefold()
    bold = any(mark in font for mark in ("bold", "black", "heavy", "-bd", "cmbx"))
    italic = any(mark in font for mark in ("italic", "oblique", "-it", "cmti"))
    raised = glyph["size"] < SMALL * row.size and glyph["bottom"] < row.bottom - RAISED_BY * row.size
    return bold, italic, raised
