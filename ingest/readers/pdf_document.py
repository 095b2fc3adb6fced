"""From the pages of a PDF to the blocks of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.model import NoteCall
from ingest.blocks import Block, Emphasis, Shape
from ingest.readers.pdf_furniture import furniture_of
from ingest.readers.pdf_grid import Table
from ingest.readers.pdf_lines import Line
from ingest.readers.pdf_notes import Note, split_foot
from ingest.readers.pdf_pages import PdfPage
from ingest.readers.pdf_paragraphs import Leading, paragraphs
from ingest.readers.pdf_recognised import levelled
from ingest.readers.pdf_tables import rows_of_cells, spread, table_rows
from ingest.readers.pdf_text import Vocabulary, text_of

#: A line that ends within so many sizes of the column's edge is full: the next word had no room.
FULL = 1.5


@dataclass(frozen=True, slots=True)
class Setting:
    """What a document's pages have in common: furniture, size of the body text, leading, words."""

    furniture: frozenset[Line]
    body_size: float
    leading: Leading
    vocabulary: Vocabulary

    @classmethod
    def of(cls, pages: Sequence[PdfPage]) -> Setting:
        """Measured over all pages."""
        furniture = frozenset(furniture_of(pages))
        lines = [line for page in pages for line in page.lines if line not in furniture]
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[line.size] += len(line.text)
        columns = [column for page in pages for column in _columns(page.lines)]
        body_size = sizes.most_common(1)[0][0] if sizes else 1.0
        return cls(furniture, body_size, Leading.of(columns), Vocabulary.of(lines))


def blocks_of(pages: Sequence[PdfPage]) -> Iterator[Block]:
    """The blocks of all pages in reading order: per page its head, text, notes and foot."""
    pages = levelled(pages)
    setting = Setting.of(pages)
    noted = False
    for page in _without_repeated_heads(pages):
        blocks = list(_page_blocks(page, setting, continues=noted))
        noted = any(block.shape == Shape.NOTE for block in blocks)
        yield from blocks


def _without_repeated_heads(pages: Sequence[PdfPage]) -> Iterator[PdfPage]:
    """The pages; where a table goes on from the page before, its head is not said again."""
    head: tuple[str, ...] = ()
    for page in pages:
        tables = list(page.tables)
        if tables and head and _head(tables[0]) == head:
            tables[0] = replace(tables[0], rows=tables[0].rows[tables[0].head :], head=0)
        if page.tables:
            head = _head(page.tables[-1]) or head
        if page.open_columns() is None:
            head = ()
        yield replace(page, tables=tuple(tables))


def _head(table: Table) -> tuple[str, ...]:
    """What the cells of a table's head say."""
    return tuple(line.text for row in table.rows[: table.head] for cell in row for line in cell)


def _page_blocks(page: PdfPage, setting: Setting, *, continues: bool) -> Iterator[Block]:
    edge = [line for line in page.lines if line in setting.furniture]
    head = [line for line in edge if line.top < page.height / 2]
    yield from (Block(line.text, Shape.FURNITURE, page=page.number, lines=1) for line in head)
    columns = list(_columns([line for line in page.lines if line not in setting.furniture]))
    feet = [
        split_foot(column, page, setting.body_size, tabular=table_rows(column), continues=continues)
        for column in columns
    ]
    notes = [note for foot in feet for note in foot.notes]
    known = [int(note.number) for note in notes if note.number.isdecimal()]
    body = (block for foot in feet for block in _body(foot.body, setting, known))
    yield from _with_tables(page, body, setting)
    yield from (_note_block(note, setting, page.number) for note in notes)
    for chart in page.charts:
        text = " ".join(line.text for line in chart)
        yield Block(text, Shape.FURNITURE, page=page.number, lines=max(2, len(chart)))
    yield from (Block(line.text, Shape.FURNITURE, page=page.number) for line in edge if line not in head)


def _columns(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Stretches of lines that run down one column."""
    column: list[Line] = []
    for line in lines:
        if column and (line.column != column[-1].column or line.top < column[-1].top - line.size):
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _body(lines: Sequence[Line], setting: Setting, known: Sequence[int]) -> Iterator[tuple[float, Block]]:
    """(top, block) of the paragraphs and table rows of one column."""
    rows = table_rows(lines)
    held: list[Line] = []
    table: list[Line] = []
    for index, line in enumerate(lines):
        pieces = spread(line)
        if index in rows:
            yield from _paragraph_blocks(held, setting, known)
            held = []
            table.append(line)
            continue
        yield from _row_blocks(table, setting)
        table = []
        if len(pieces) == 1:
            held.append(line)
            continue
        yield from _paragraph_blocks(held, setting, known)
        held = []
        for piece in pieces:
            yield from _paragraph_blocks([piece], setting, known)
    yield from _row_blocks(table, setting)
    yield from _paragraph_blocks(held, setting, known)


def _paragraph_blocks(lines: Sequence[Line], setting: Setting, known: Sequence[int]) -> Iterator[tuple[float, Block]]:
    edge = max((line.x1 for line in lines), default=0.0)
    for group in paragraphs(lines, setting.leading):
        runs = text_of(group, setting.vocabulary, known)
        block = Block(runs.text, emphasis=runs.emphasis, page=group[0].page, calls=runs.calls, lines=len(group))
        if runs.lead is not None:  # a raised number in front of body text belongs to no note here
            block = replace(block, text=f"{runs.lead} {runs.text}", emphasis=Emphasis.NONE, calls=())
        if block.text:
            full = edge - group[-1].x1 <= FULL * group[-1].size
            yield group[0].top, replace(block, size=_relative(group[0], setting), full=full)


def _note_block(note: Note, setting: Setting, page: int) -> Block:
    runs = text_of(note.lines, setting.vocabulary)
    size = _relative(note.lines[0], setting)
    return Block(runs.text, Shape.NOTE, marker=note.number, page=page, size=size, lines=len(note.lines))


def _with_tables(page: PdfPage, body: Iterable[tuple[float, Block]], setting: Setting) -> Iterator[Block]:
    """The body with ruled tables at their height on the page."""
    waiting = list(page.tables)
    for top, block in body:
        while waiting and waiting[0].top <= top:
            yield from _table_blocks(waiting.pop(0), page.number, setting)
        yield block
    for table in waiting:
        yield from _table_blocks(table, page.number, setting)


def _table_blocks(table: Table, page: int, setting: Setting) -> Iterator[Block]:
    for row in table.rows:
        text, calls = _row(row, setting)
        if text:
            yield Block(text, Shape.TABLE, page=page, calls=calls)


def _row_blocks(lines: Sequence[Line], setting: Setting) -> Iterator[tuple[float, Block]]:
    if not lines:
        return
    for row in rows_of_cells(lines):
        text, calls = _row(row, setting)
        if text:
            first = next(cell[0] for cell in row if cell)
            yield first.top, Block(text, Shape.TABLE, page=first.page, calls=calls, size=_relative(first, setting))


def _row(cells: Iterable[Sequence[Line]], setting: Setting) -> tuple[str, tuple[NoteCall, ...]]:
    """The cells' texts joined by tabs, and the notes that they call."""
    text, calls = "", list[NoteCall]()
    for place, cell in enumerate(cells):
        runs = text_of(cell, setting.vocabulary)
        text += "\t" if place else ""
        calls += [NoteCall(call.number, len(text) + call.at) for call in runs.calls]
        text += runs.text if runs.lead is None else f"{runs.lead} {runs.text}".rstrip()
    return text.rstrip("\t"), tuple(calls)


def _relative(line: Line, setting: Setting) -> float:
    return round(line.size / setting.body_size, 2)
