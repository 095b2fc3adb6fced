"""From the pages of a PDF to the blocks of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block, Emphasis, Shape
from ingest.readers.pdf_furniture import furniture_of
from ingest.readers.pdf_lines import Line
from ingest.readers.pdf_notes import Note, split_foot
from ingest.readers.pdf_pages import PdfPage, Table
from ingest.readers.pdf_paragraphs import Leading, paragraphs
from ingest.readers.pdf_tables import row_text, spread, table_rows
from ingest.readers.pdf_text import Vocabulary, text_of


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
    setting = Setting.of(pages)
    noted = False
    for page in pages:
        blocks = list(_page_blocks(page, setting, continues=noted))
        noted = any(block.shape == Shape.NOTE for block in blocks)
        yield from blocks


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
    yield from _with_tables(page, (block for foot in feet for block in _body(foot.body, setting, known)))
    yield from (_note_block(note, setting, page.number) for note in notes)
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
    for index, line in enumerate(lines):
        pieces = spread(line)
        if index not in rows and len(pieces) == 1:
            held.append(line)
            continue
        yield from _paragraph_blocks(held, setting, known)
        held = []
        if index in rows:
            yield line.top, Block(row_text(line), Shape.TABLE, page=line.page, size=_relative(line, setting))
        else:
            for piece in pieces:
                yield from _paragraph_blocks([piece], setting, known)
    yield from _paragraph_blocks(held, setting, known)


def _paragraph_blocks(lines: Sequence[Line], setting: Setting, known: Sequence[int]) -> Iterator[tuple[float, Block]]:
    for group in paragraphs(lines, setting.leading):
        runs = text_of(group, setting.vocabulary, known)
        block = Block(runs.text, emphasis=runs.emphasis, page=group[0].page, calls=runs.calls, lines=len(group))
        if runs.lead is not None:  # a raised number in front of body text belongs to no note here
            block = replace(block, text=f"{runs.lead} {runs.text}", emphasis=Emphasis.NONE, calls=())
        if block.text:
            yield group[0].top, replace(block, size=_relative(group[0], setting))


def _note_block(note: Note, setting: Setting, page: int) -> Block:
    runs = text_of(note.lines, setting.vocabulary)
    size = _relative(note.lines[0], setting)
    return Block(runs.text, Shape.NOTE, marker=note.number, page=page, size=size, lines=len(note.lines))


def _with_tables(page: PdfPage, body: Iterable[tuple[float, Block]]) -> Iterator[Block]:
    """The body with ruled tables at their height on the page."""
    waiting = sorted(page.tables, key=lambda table: table.top)
    for top, block in body:
        while waiting and waiting[0].top <= top:
            yield from _table_blocks(waiting.pop(0), page.number)
        yield block
    for table in waiting:
        yield from _table_blocks(table, page.number)


def _table_blocks(table: Table, page: int) -> Iterator[Block]:
    for row in table.rows:
        yield Block("\t".join(row).rstrip("\t"), Shape.TABLE, page=page)


def _relative(line: Line, setting: Setting) -> float:
    return round(line.size / setting.body_size, 2)
