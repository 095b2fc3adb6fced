"""PDF: columns, paragraphs, hyphens, notes, furniture, tables, and files that cannot be read."""

from __future__ import annotations

import sys
import time

import pytest
from fpdf import FPDF

from ingest.blocks import Emphasis, Shape
from ingest.errors import UnreadableFile
from ingest.readers import pdf as reader

LEFT, TOP, SIZE, LEADING = 72, 130, 11, 13.2
FULL = "The delegations considered the report of the working group on the"  # about the width of a column


class Sheet:
    """A PDF in the making: text is placed line by line, in points from the top left corner."""

    def __init__(self):
        self.pdf = FPDF(unit="pt", format=(595, 842))
        self.pdf.set_auto_page_break(auto=False)
        self.page()

    def page(self):
        self.pdf.add_page()
        self.y = TOP
        return self

    def text(self, text, x=LEFT, y=None, style="", size=SIZE):
        self.pdf.set_font("Times", style, size)
        self.pdf.text(x, self.y if y is None else y, text)
        return x + self.pdf.get_string_width(text)

    def lines(self, *texts, x=LEFT, style="", size=SIZE, first=0.0):
        for index, text in enumerate(texts):
            self.text(text, x + (first if index == 0 else 0), style=style, size=size)
            self.y += size * 1.2
        return self

    def called(self, before, number, after=""):
        """A line in which a raised number follows the text before."""
        end = self.text(before)
        end = self.text(str(number), end, self.y - 4, size=7)
        self.text(after, end)
        self.y += LEADING
        return self

    def gap(self, lines=0.7):
        self.y += LEADING * lines
        return self

    def notes(self, *notes, y=700):
        """Notes at the foot: (number, lines)."""
        for number, *lines in notes:
            for index, line in enumerate(lines):
                x = self.text(str(number), LEFT, y - 3, size=5.5) + 3 if index == 0 and number else LEFT
                self.text(line, x, y, size=8.5)
                y += 10.2
        return self


@pytest.fixture
def read(tmp_path):
    def read(sheet):
        path = tmp_path / "a.pdf"
        sheet.pdf.output(str(path))
        return reader.read(path, "a.pdf")

    return read


def texts(document, shape=Shape.TEXT):
    return [block.text for block in document.blocks if block.shape == shape]


def test_lines_become_paragraphs(read):
    sheet = Sheet().lines(FULL, "use of evidence.").gap().lines("Second paragraph.").gap().lines(FULL, FULL, "end.")
    document = read(sheet)
    assert texts(document) == [f"{FULL} use of evidence.", "Second paragraph.", f"{FULL} {FULL} end."]
    assert [(block.page, block.lines) for block in document.blocks] == [(1, 2), (1, 1), (1, 3)]


SOLID = [
    # a short last line ends a paragraph
    ([(FULL, 0), ("use of evidence.", 0), (FULL, 0), ("end.", 0)], [f"{FULL} use of evidence.", f"{FULL} end."]),
    # a first-line indent opens one
    ([(FULL, 20), (FULL, 0), ("rest of the column here and there as is usual there.", 0), (FULL, 20), ("end.", 0)], 2),
    # an item that hangs: its second line is indented and belongs to it
    ([("(a) " + FULL, 0), ("second line;", 16), ("(b) " + FULL, 0), ("and more.", 16)], 2),
    # a letter inside the sentence that happens to open a line
    ([("It covers (a) the report of the delegations on crime and the law; and", 0), ("(b) the annex.", 0)], 1),
    # a block quote
    (
        [
            (FULL, 0),
            (FULL + ".", 0),
            ("They said that it was good", 40),
            ("and that it was done.", 40),
            (FULL, 0),
            (FULL, 0),
        ],
        3,
    ),
]


@pytest.mark.parametrize(("lines", "expected"), SOLID)
def test_paragraphs_without_space_between(read, lines, expected):
    sheet = Sheet()
    for text, indent in lines:
        sheet.lines(text, x=LEFT + indent)
    found = texts(read(sheet))
    assert (len(found) if isinstance(expected, int) else found) == expected


def test_headings_stand_alone(read):
    sheet = (
        Sheet()
        .lines("II. The role of the", "Council", size=16, style="B")
        .gap()
        .lines(FULL, "end.")
        .lines("A. Heading", style="B")
    )
    sheet.gap().lines(FULL, FULL)
    heading, body, small, *_ = read(sheet).blocks
    assert (heading.text, heading.emphasis, heading.lines) == ("II. The role of the Council", Emphasis.BOLD, 2)
    assert heading.size == pytest.approx(16 / 11, abs=0.02)
    assert (body.text, body.size, body.emphasis) == (f"{FULL} end.", 1.0, Emphasis.NONE)
    assert (small.text, small.emphasis) == ("A. Heading", Emphasis.BOLD)


HYPHENS = [
    # cut by the typesetter
    (f"{FULL} coopera-", "tion of States.", "", "cooperation of States."),
    # the document writes the word with its hyphen elsewhere
    (f"{FULL} cross-", "border data.", "All cross-border transfers count here.", "cross-border data."),
    # both halves are words of the document, the whole is not
    (f"{FULL} data-", "driven work.", "They were driven by data and by law.", "data-driven work."),
    # a capital or a number keeps the hyphen
    (f"{FULL} Asian-", "African law.", "", "Asian-African law."),
    (f"{FULL} 2004-", "2006 period.", "", "2004-2006 period."),
    # an address runs on without a blank
    (f"{FULL} see www.example.org/", "treaties for more.", "", "www.example.org/treaties for more."),
]


@pytest.mark.parametrize(("first", "second", "other", "expected"), HYPHENS)
def test_words_cut_at_line_ends(read, first, second, other, expected):
    sheet = Sheet().lines(first, second).gap()
    if other:
        sheet.lines(other)
    assert texts(read(sheet))[0].endswith(expected)


def test_notes_are_called_and_held(read):
    sheet = (
        Sheet()
        .called("The resolution", 1, " was adopted in Vienna, and the")
        .lines("committee discussed it at length with all of the delegations.")
    )
    sheet.called("It cost $500", 2, " and more.").notes(
        (1, "First note, which is long enough to", "run on."), (2, "Second note.")
    )
    document = read(sheet)
    first = (
        "The resolution was adopted in Vienna, and the committee discussed it at length with all of the delegations."
    )
    assert texts(document) == [f"{first} It cost $500 and more."]
    text = document.blocks[0].text
    assert [(call.number, text[: call.at][-4:]) for call in document.blocks[0].calls] == [(1, "tion"), (2, "$500")]
    notes = [(block.marker, block.text) for block in document.blocks if block.shape == Shape.NOTE]
    assert notes == [("1", "First note, which is long enough to run on."), ("2", "Second note.")]


def test_note_that_runs_over_to_the_next_page(read):
    sheet = Sheet().called("The resolution", 1).lines(*[FULL] * 5).notes((1, "A long note that does not end on"), y=760)
    sheet.pdf.line(LEFT, 748, LEFT + 110, 748)
    sheet.page().lines(*[FULL] * 5).notes((0, "the first page."), (2, "Next."), y=740)
    sheet.pdf.line(LEFT, 728, LEFT + 110, 728)
    notes = [(block.page, block.marker, block.text) for block in read(sheet).blocks if block.shape == Shape.NOTE]
    assert notes == [(1, "1", "A long note that does not end on"), (2, "", "the first page."), (2, "2", "Next.")]


def test_exponents_are_no_notes(read):
    block = read(Sheet().called("An area of 10 km", 2, " is small.").lines(FULL)).blocks[0]
    assert (block.text.startswith("An area of 10 km2 is small."), block.calls) == (True, ())


def test_small_print_without_numbers_is_text(read):
    sheet = Sheet().lines(*[FULL] * 4)
    sheet.text("Printed in Vienna on recycled paper", y=600, size=8.5)
    assert Shape.NOTE not in {block.shape for block in read(sheet).blocks}


def test_running_heads_and_page_numbers_are_furniture(read):
    sheet = Sheet()
    for number, chapter in enumerate(("Introduction", "Sources", "Conclusion"), start=1):
        if number > 1:
            sheet.page()
        sheet.text("A/CONF.999/1", 450, 40, size=9)
        sheet.text(chapter, LEFT, 60, style="I", size=9)
        sheet.lines(*[FULL] * 6, f"page {chapter}.")
        sheet.text(f"V.10-{number}", LEFT, 800, size=9)
        sheet.text(str(number), 290, 812, size=9)
    document = read(sheet)
    assert [text.rsplit(maxsplit=1)[-1] for text in texts(document)] == ["Introduction.", "Sources.", "Conclusion."]
    found = [block.text for block in document.blocks if block.shape == Shape.FURNITURE and block.page == 2]
    assert found == ["A/CONF.999/1", "Sources", "V.10-2", "2"]


def test_paragraph_cut_by_a_page_break_stays_two_blocks(read):
    sheet = Sheet().lines(FULL, FULL).page().lines(FULL.replace("report", "result"), "end.")
    assert [(block.page, block.lines) for block in read(sheet).blocks] == [(1, 2), (2, 2)]


def test_two_columns_are_read_one_after_the_other(read):
    sheet, left, right = Sheet(), "Left column text that goes on and on", "Right column of text on the page too"
    sheet.lines("A title that goes across both columns of the page, as titles do", size=16).gap()
    for number in range(12):
        sheet.text(f"{left} {number}", LEFT)
        sheet.text(f"{right} {number}", 320)
        sheet.y += LEADING
    title, first, second = texts(read(sheet))
    assert title.startswith("A title")
    assert (first.count("Left"), first.count("Right"), second.count("Right")) == (12, 0, 12)


def test_ruled_table(read):
    sheet = Sheet().lines(FULL, "before.").gap(2)
    for row in (("Treaty", "Year"), ("ETS 185", "2001")):
        for column, cell in enumerate(row):
            sheet.pdf.rect(LEFT + 150 * column, sheet.y - 11, 150, 16)
            sheet.text(cell, LEFT + 150 * column + 4)
        sheet.y += 16
    sheet.gap(2).lines("After.")
    assert [(block.shape.value, block.text) for block in read(sheet).blocks] == [
        ("text", f"{FULL} before."),
        ("table", "Treaty\tYear"),
        ("table", "ETS 185\t2001"),
        ("text", "After."),
    ]


def test_table_without_rules(read):
    sheet = Sheet().lines(FULL, "before.").gap()
    for name, year in (("Budapest", "2001"), ("Malabo", "2014"), ("Hanoi", "2025")):
        sheet.text(name)
        sheet.text(year, 300)
        sheet.y += LEADING
    assert texts(read(sheet), Shape.TABLE) == ["Budapest\t2001", "Malabo\t2014", "Hanoi\t2025"]


def test_numbers_parted_by_a_tabulator_are_no_table(read):
    sheet = Sheet()
    for number in (1, 2, 3):
        sheet.text(f"{number}.")
        sheet.text(f"Paragraph {number}.", LEFT + 36)
        sheet.y += LEADING
    assert texts(read(sheet)) == ["1. Paragraph 1.", "2. Paragraph 2.", "3. Paragraph 3."]


def test_overprinted_bold_is_read_once(read):
    sheet = Sheet()
    sheet.text("Twice")
    sheet.text("Twice", LEFT + 0.3)
    sheet.y += LEADING * 2
    assert texts(read(sheet.lines(FULL))) == ["Twice", FULL]


@pytest.mark.parametrize(("title", "kept"), [("Report on Crime", True), ("Microsoft Word - draft.doc", False)])
def test_title_is_believed_if_it_is_printed(read, title, kept):
    sheet = Sheet().lines("REPORT ON CRIME", size=16).gap().lines(FULL)
    sheet.pdf.set_title(title)
    assert read(sheet).facts == ({"title": title} if kept else {})


def test_encrypted(read):
    sheet = Sheet().lines(FULL)
    sheet.pdf.set_encryption(owner_password="o", user_password="u")  # noqa: S106  of this test alone
    with pytest.raises(UnreadableFile, match=r"^a\.pdf: is encrypted; remove the password and try again$"):
        read(sheet)


def test_page_without_text(read):
    sheet = Sheet()
    sheet.pdf.rect(10, 10, 50, 50)
    with pytest.raises(UnreadableFile, match="has no text"):
        read(sheet)


def test_scan(read, tmp_path):
    picture = tmp_path / "p.pgm"
    picture.write_bytes(b"P5 2 2 255 " + bytes(4))
    sheet = Sheet()
    sheet.pdf.image(str(picture), 0, 0, 500, 700)
    with pytest.raises(UnreadableFile, match=r"has no text layer \(a scan\?\)"):
        read(sheet)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4\n", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>", b"nothing"]
)
def test_damaged(tmp_path, data):
    path = tmp_path / "b.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=r"^b\.pdf: is damaged"):
        reader.read(path, "b.pdf")


def test_reading_that_takes_too_long_is_stopped(read, monkeypatch):
    reader.stop_workers()  # the new process must load its libraries first, which takes longer than the limit
    monkeypatch.setattr(reader, "SILENCE", 0.01)
    began = time.monotonic()
    with pytest.raises(UnreadableFile, match="takes too long to open"):
        read(Sheet().lines(FULL))
    assert time.monotonic() - began < 5


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of computing there")
def test_reading_that_computes_too_long_is_stopped(read, monkeypatch):
    """The process is ended by the system, the next file is read by another one."""
    many = Sheet().lines(*[FULL] * 40)
    for _ in range(60):
        many.page()
        many.lines(*[FULL] * 40)
    monkeypatch.setattr(reader, "computing_left", lambda: 0.0)
    reader.stop_workers()  # a new process has computed for a second when its libraries are loaded: more than is left
    with pytest.raises(UnreadableFile, match="takes too long to"):
        read(many)
    monkeypatch.undo()
    assert texts(read(Sheet().lines(FULL))) == [FULL]


def test_next_file_is_read_after_a_crash_of_the_process(read):
    read(Sheet().lines(FULL))
    for worker in reader._workers.values():
        worker.stop()
    assert texts(read(Sheet().lines(FULL))) == [FULL]
