"""Page labels: stated by the file, or printed in its headers and footers; and where they are shown."""

from __future__ import annotations

import pytest
from fpdf import FPDF

from corpus.export.base import pages
from corpus.store import Store
from ingest.blocks import Block, Shape
from ingest.pipeline import ingest
from ingest.readers import read
from ingest.readers.pdf_labels import printed_labels
from ingest.report import report_on

SENTENCE = "The harbour board met and heard what the pilots had to say about the lamps of the pier."


def furniture(*texts):
    """One line of furniture a page; an empty text stands for none."""
    return [Block(text, Shape.FURNITURE, page=page) for page, text in enumerate(texts, 1) if text]


def labels(*texts, stated=None):
    return printed_labels(furniture(*texts), stated or {}, len(texts))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["287", "288", "289"], {1: "287", 2: "288", 3: "289"}),
        (["- 12 -", "— 13 —", "[14]"], {1: "12", 2: "13", 3: "14"}),
        (["Pilots and Lamps 41", "42 Harbour Review", "Pilots and Lamps 43"], {1: "41", 2: "42", 3: "43"}),
        (["Page 5 of 9", "Page 6 of 9", "Page 7 of 9"], {1: "5", 2: "6", 3: "7"}),
        (["Register/Vol. 85, 2020 47699", "47700 Register/Vol. 85, 2020", "Register 47701"],
         {1: "47699", 2: "47700", 3: "47701"}),
        # a page without a number stands between its neighbours
        (["", "288", "289", "", "291"], {1: "287", 2: "288", 3: "289", 4: "290", 5: "291"}),
        # roman in front; what stands before them has only a count
        (["", "", "iii", "iv", "v", "1", "2", "3", "4"],
         {1: "i", 2: "ii", 3: "iii", 4: "iv", 5: "v", 6: "1", 7: "2", 8: "3", 9: "4"}),
        (["", "", "1", "2", "3"], {1: "[1]", 2: "[2]", 3: "1", 4: "2", 5: "3"}),
        (["", "iii", "iv", "v"], {1: "ii", 2: "iii", 3: "iv", 4: "v"}),
        # one that is misread does not disturb the others
        (["11", "12", "13", "14", "75", "16"], {page: str(page + 10) for page in range(1, 7)}),
        # the number before the slash; it is the count here
        (["1/24", "2/24", "3/24"], {}),
        (["A/80/7 26-04887 9/24", "10/24 26-04887", "26-04887 11/24"], {1: "9", 2: "10", 3: "11"}),
        # too few, or no run: years, symbols, chapters that count by themselves
        (["287", "288"], {}),
        (["Review 2019", "Review 2019", "Review 2019"], {}),
        (["A/80/590", "A/80/591", "A/80/592"], {}),
        (["1", "2", "3", "1", "2", "3"], {}),
        (["mix", "civil", "I", "II"], {}),
    ],
)  # fmt: skip
def test_numbers_in_headers_and_footers(texts, expected):
    assert labels(*texts) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({1: "iii", 2: "iv", 3: "1"}, {1: "iii", 2: "iv", 3: "1"}),
        ({1: "1", 2: "2a", 3: "3"}, {2: "2a"}),
        ({1: "", 2: " A-1 "}, {2: "A-1"}),
        # what every program writes, and what is no label: the printed numbers know better
        ({1: "1", 2: "2", 3: "3"}, {1: "87", 2: "88", 3: "89"}),
        ({1: "scan_0001_left.tiff"}, {1: "87", 2: "88", 3: "89"}),
    ],
)
def test_labels_of_the_file_come_first(stated, expected):
    assert labels("87", "88", "89", stated=stated) == expected


def paper(path, numbers, *, roman=0):
    """A PDF of one paragraph a page; `roman` pages in front are labelled so by the file."""
    sheet = FPDF()
    for at, number in enumerate(numbers):
        sheet.add_page()
        if roman and at in {0, roman}:
            sheet.set_page_label(label_style="r" if at < roman else "D", label_start=1)
        sheet.set_font("Times", size=11)
        sheet.text(20, 60, f"{SENTENCE} This was meeting {'abcdefgh'[at]}.")
        sheet.text(100, 285, number)
    sheet.output(str(path))
    return path


def test_a_pdf_states_its_labels(tmp_path):
    document = read(paper(tmp_path / "a.pdf", ["", "", "", "", ""], roman=2), cache=tmp_path / "cache")
    assert document.page_labels == {1: "i", 2: "ii", 3: "1", 4: "2", 5: "3"}
    assert read(tmp_path / "a.pdf", cache=tmp_path / "cache") == document


def test_labels_that_cannot_be_read_do_not_hide_the_text(tmp_path):
    path = paper(tmp_path / "a.pdf", ["", ""], roman=2)
    broken = path.read_bytes().replace(b"/St 1", b"/St 0")
    assert broken != path.read_bytes()
    path.write_bytes(broken)
    assert len(read(path).blocks) == 2


def test_passages_are_cited_by_the_printed_page(tmp_path):
    store = Store.open(tmp_path / "library")
    ingest([paper(tmp_path / "paper.pdf", ["287", "288", "289", "290"])], store, jobs=1)
    found = [passage for passage in store.passages("paper") if passage.is_body]
    assert [(passage.page, pages(passage)) for passage in found] == [
        ((page, page), str(page + 286)) for page in range(1, 5)
    ]
    store.close()


def test_the_report_names_both_pages():
    blocks = [Block(SENTENCE, page=1), Block("Words that are lost.", page=3)]
    report = report_on(blocks, [], labels={2: "288", 3: "289"}, unread=[4])
    told = {finding.page: finding.text for finding in report.findings}
    assert told[2].startswith("Page 288 (page 2 of the file) gave no text")
    assert told[4].startswith("Page 4 is a picture without text: a scan?")
    assert report.pages == 4
