"""Tables of PDFs: ruled across only, stacked heads, wrapped cells, over two pages; what is no table."""

from __future__ import annotations

from itertools import pairwise

import pytest
from fpdf import FPDF

from ingest.blocks import Shape
from ingest.readers import pdf as reader
from ingest.readers.pdf_rules import Rule, rules_of

EDGES = (72, 252, 332, 412, 492)  # a wide column and three of figures
SIZE = 8.5
RUNNING = "The harbour committee considered the figures of the season and adopted the"


class Sheet:
    """A PDF in the making; rules are drawn as word processors do: cell by cell, with a corner where cells meet."""

    def __init__(self):
        self.pdf = FPDF(unit="pt", format=(595, 842))
        self.pdf.set_auto_page_break(auto=False)
        self.page()

    def page(self):
        self.pdf.add_page()
        self.pdf.set_fill_color(0)
        self.y = 130
        return self

    def text(self, text, x=72, size=11.0, style=""):
        self.pdf.set_font("Times", style, size)
        self.pdf.text(x, self.y, text)

    def line(self, *cells, size=SIZE, leading=10.0, edges=EDGES):
        """One printed line: a text for each column, "" for none."""
        for edge, cell in zip(edges, cells, strict=False):
            if cell:
                self.text(cell, edge + 4, size)
        self.y += leading
        return self

    def paragraph(self, *lines):
        for text in lines:
            self.text(text)
            self.y += 13.2
        self.y += 8
        return self

    def rule(self, edges=EDGES):
        """A rule under the line just set, in pieces from edge to edge."""
        y = self.y - 6
        for left, right in pairwise(edges):
            self.pdf.rect(left, y, right - left - 0.5, 0.5, style="F")
            self.pdf.rect(right - 0.5, y, 0.5, 0.5, style="F")
        self.y += 8
        return self


@pytest.fixture
def read(tmp_path):
    def read(sheet):
        path = tmp_path / "a.pdf"
        sheet.pdf.output(str(path))
        return reader.read(path, "a.pdf")

    return read


def rows(document):
    return [block.text for block in document.blocks if block.shape == Shape.TABLE]


def others(document):
    return [block.text for block in document.blocks if block.shape not in {Shape.TABLE, Shape.FURNITURE}]


def harbour_table(sheet):
    """A head, three rows of which the second is wrapped with its figures on the last line, and a total."""
    sheet.rule().line("Pier", "2019", "2020", "2021").rule()
    sheet.line("North pier", "12", "13", "14", leading=14)
    sheet.line("Pier of the old customs house and", leading=10)
    sheet.line("its annexes", "1", "-", "(3)", leading=14)
    sheet.line("South pier", "7", "8", "9").rule()
    return sheet.line("Total", "20", "21", "20").rule()


HARBOUR_ROWS = [
    "Pier\t2019\t2020\t2021",
    "North pier\t12\t13\t14",
    "Pier of the old customs house and its annexes\t1\t-\t(3)",
    "South pier\t7\t8\t9",
    "Total\t20\t21\t20",
]


def test_a_table_ruled_across_only(read):
    sheet = Sheet().paragraph(RUNNING, "report.")
    document = read(harbour_table(sheet).paragraph(RUNNING, "decision."))
    assert rows(document) == HARBOUR_ROWS
    assert others(document) == [f"{RUNNING} report.", f"{RUNNING} decision."]


def test_stacked_heads_stay_in_their_cells(read):
    """A cell over two columns stands in the row above; a cell that is not cut stands where its last line is printed."""
    sheet = Sheet().rule((72, 252, 332, 492))
    sheet.line("", "Dues paid", "Change", leading=12).rule((332, 412, 492))
    sheet.line("Pier", "(crowns)", "Amount", "Share").rule()
    sheet.line("North pier", "120", "+ 6", "5.0").rule()
    assert rows(read(sheet)) == ["\t\tChange", "Pier\tDues paid (crowns)\tAmount\tShare", "North pier\t120\t+ 6\t5.0"]


def test_heads_ruled_below_only(read):
    """A small table whose heads bear short rules and that has no rule on top."""
    sheet = Sheet().paragraph(RUNNING, "report.").line("", "Variance in 2020", "").rule((252, 332, 412))
    sheet.line("North pier", "$12.0", "(3.1%)").rule((72, 252, 332, 412))
    document = read(sheet.paragraph(RUNNING, "decision."))
    assert rows(document) == ["\tVariance in 2020", "North pier\t$12.0\t(3.1%)"]
    assert others(document) == [f"{RUNNING} report.", f"{RUNNING} decision."]


def test_cells_of_running_text(read):
    edges = (72, 282, 492)
    both = "Both boats were laid up for a month while their engines were renewed"
    sheet = Sheet().rule(edges).line("Output", "Remarks", edges=edges).rule(edges)
    sheet.line("Two boats kept ready for the pilots", "Both boats were laid up for a month", edges=edges)
    sheet.line("of the outer harbour", "while their engines were renewed", edges=edges, leading=16)
    sheet.line("One lamp", "Achieved", edges=edges).rule(edges)
    assert rows(read(sheet)) == [
        "Output\tRemarks",
        "Two boats kept ready for the pilots of the outer harbour\t" + both,
        "One lamp\tAchieved",
    ]


def test_two_tables_and_the_caption_between_them(read):
    sheet = harbour_table(Sheet())
    sheet.y += 20
    sheet.text("Vacant berths", style="B")
    sheet.y += 20
    document = read(harbour_table(sheet))
    assert rows(document) == HARBOUR_ROWS * 2
    assert others(document) == ["Vacant berths"]


def test_a_table_over_two_pages_says_its_head_once(read):
    sheet = Sheet().rule().line("Pier", "2019", "2020", "2021").rule()
    sheet.line("North pier", "12", "13", "14", leading=14).line("West pier", "5", "5", "6").page()
    sheet.rule().line("Pier", "2019", "2020", "2021").rule().line("South pier", "7", "8", "9").rule()
    assert rows(read(sheet)) == [HARBOUR_ROWS[0], HARBOUR_ROWS[1], "West pier\t5\t5\t6", HARBOUR_ROWS[3]]


def test_a_table_goes_on_without_a_head(read):
    sheet = Sheet().rule().line("Pier", "2019", "2020", "2021").rule()
    sheet.line("North pier", "12", "13", "14", leading=14).line("West pier", "5", "5", "6").page()
    sheet.line("Pier of the old customs house and", leading=10)
    sheet.line("its annexes", "1", "-", "(3)", leading=14).line("South pier", "7", "8", "9").rule()
    document = read(sheet.paragraph(RUNNING, "decision."))
    assert rows(document) == [HARBOUR_ROWS[0], HARBOUR_ROWS[1], "West pier\t5\t5\t6", *HARBOUR_ROWS[2:4]]
    assert others(document) == [f"{RUNNING} decision."]


def test_a_list_in_two_columns_without_rules(read):
    edges = (72, 152)
    sheet = Sheet().paragraph(RUNNING, "report.")
    sheet.line("H/12", "Dues of vessels that call at the outer", edges=edges)
    sheet.line("", "harbour for shelter alone", edges=edges, leading=14)
    sheet.line("H/15", "Pilots", edges=edges, leading=14)
    sheet.line("H/21", "Lamps and foghorns of the two", edges=edges).line("", "moles", edges=edges)
    assert rows(read(sheet)) == [
        "H/12\tDues of vessels that call at the outer harbour for shelter alone",
        "H/15\tPilots",
        "H/21\tLamps and foghorns of the two moles",
    ]


def test_table_marks_are_no_letters_of_the_word(read):
    sheet = Sheet().rule()
    sheet.text("2020", 76, SIZE)
    sheet.pdf.set_font("Times", "", 5)
    sheet.pdf.text(94, sheet.y - 3.5, "a")
    sheet.line("", "One", "Two", "Three").rule().line("North pier", "12", "13", "14").rule()
    assert rows(read(sheet))[0] == "2020\tOne\tTwo\tThree"


@pytest.mark.parametrize("edges", [(72, 492), (72, 300, 492)])
def test_a_rule_under_the_running_header_frames_nothing(edges, read):
    sheet = Sheet()
    sheet.y = 60
    sheet.line("H/12", "", "", "Page 3", leading=12).rule(edges)
    sheet.y = 130
    document = read(sheet.paragraph(RUNNING, "report.").paragraph(RUNNING, "decision."))
    assert not rows(document)


def test_figures_at_the_foot_are_no_notes(read):
    """Labels of a chart, smaller than the text and beginning with a number."""
    sheet = Sheet().paragraph(RUNNING, "report.")
    for _ in range(12):
        sheet.paragraph(RUNNING, "next point.")
    sheet.line("35 000", "150", "30").line("30 000", "135", "29")
    assert not [block for block in read(sheet).blocks if block.shape == Shape.NOTE]


def test_pieces_make_one_rule_with_joints():
    pieces = [
        {"top": 10.0, "bottom": 10.5, "x0": x0, "x1": x1}
        for x0, x1 in ((72, 199.5), (199.5, 200), (200, 300), (300, 301.5), (301.5, 400))
    ]
    thick = {"top": 10.0, "bottom": 30.0, "x0": 0, "x1": 500}
    apart = {"top": 10.2, "bottom": 10.7, "x0": 410, "x1": 450}
    first, second = rules_of([apart, thick, *pieces])
    assert (first.x0, first.x1, first.joints) == (72, 400, (199.75, 300.75))
    assert second == Rule(second.y, 410, 450)


@pytest.mark.parametrize("angle", [90, -90])
def test_a_page_set_sideways_is_read(angle, read):
    sheet = Sheet()
    sheet.pdf.set_font("Times", "", 11)
    with sheet.pdf.rotation(angle, 300, 400):
        for place, text in enumerate((RUNNING, "report.")):
            sheet.pdf.text(72, 350 + 13.2 * place, text)
    assert others(read(sheet)) == [f"{RUNNING} report."]


#: A row of words over all columns; its words come to stand across and beside the edges.
MERGED = (
    "Substantive work: advice to eleven pilots and to the owners of the old customs house, with training",
    "for all.",
)


def test_a_table_ends_below_rows_merged_across_all_columns(read):
    sheet = Sheet().rule().line("Pier", "2019", "2020", "2021").rule()
    sheet.line("North pier", "12", "13", "14", leading=14)
    for text in MERGED:
        sheet.line(text)
    sheet.pdf.rect(72, sheet.y - 4, 420, 1, style="F")  # under one merged cell there are no joints
    sheet.y += 25
    document = read(sheet.paragraph(RUNNING, "decision."))
    assert rows(document)[-1].replace("\t", " ") == " ".join(MERGED)
    assert "\t" not in rows(document)[-1]
    assert others(document) == [f"{RUNNING} decision."]


def test_text_between_two_tables_is_in_neither(read):
    sheet = Sheet().rule().line("Pier", "2019", "2020", "2021").rule()
    sheet.line("North pier", "12", "13", "14", leading=24)
    sheet.paragraph(f"{RUNNING} long plan", "of the board.")
    sheet.pdf.rect(72, sheet.y - 4, 420, 1, style="F")
    document = read(sheet)
    assert others(document) == [f"{RUNNING} long plan of the board."]
    assert rows(document) == [HARBOUR_ROWS[0], "North pier\t12\t13\t14"]


def test_a_head_high_on_the_next_page_is_said_once(read):
    sheet = Sheet().rule().line("Pier", "2019", "2020", "2021").rule()
    sheet.line("North pier", "12", "13", "14", leading=14).line("West pier", "5", "5", "6").page()
    sheet.y = 75
    sheet.rule().line("Pier", "2019", "2020", "2021").rule().line("South pier", "7", "8", "9").rule()
    assert rows(read(sheet)) == [HARBOUR_ROWS[0], HARBOUR_ROWS[1], "West pier\t5\t5\t6", HARBOUR_ROWS[3]]


def chart(sheet, *, ticks=(180, 200, 220, 240, 260), framed=True):
    """Bars of three years with their scale on the left."""
    if framed:
        sheet.pdf.rect(72, 170, 420, 130)
    sheet.pdf.line(110, 175, 110, 265)
    for count, y in enumerate(reversed(ticks)):
        sheet.pdf.line(107, y, 110, y)
        sheet.y = y + 3
        sheet.text(f"{count * 50} 000", 78, SIZE)
    for place, year in enumerate(("2023", "2024", "2025")):
        sheet.pdf.rect(150 + 100 * place, 230, 40, 34, style="F")
        sheet.y = 280
        sheet.text(year, 160 + 100 * place, SIZE)
    sheet.y = 330
    return sheet


def test_what_stands_in_a_chart_is_no_text(read):
    sheet = Sheet().paragraph(RUNNING, "decision.")
    document = read(chart(sheet).paragraph("The berths were filled again."))
    assert others(document) == [f"{RUNNING} decision.", "The berths were filled again."]
    assert rows(document) == []
    left_out = [block.text for block in document.blocks if block.shape == Shape.FURNITURE]
    assert [text.split()[-3:] for text in left_out] == [["2023", "2024", "2025"]]


@pytest.mark.parametrize("drawn", [{"framed": False}, {"ticks": (180, 187, 220, 260)}, {"ticks": (200, 220, 240)}])
def test_a_frame_without_a_scale_is_no_chart(read, drawn):
    document = read(chart(Sheet().paragraph(RUNNING, "decision."), **drawn))
    assert "2024" in " ".join(block.text for block in document.blocks if block.shape != Shape.FURNITURE)
