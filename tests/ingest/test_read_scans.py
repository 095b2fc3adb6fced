"""Real scans by the real program: pages of our own words are drawn, recognised and compared.

Without ocrmypdf and Tesseract these tests skip and say so; where CI is set they fail instead.
"""

from __future__ import annotations

import re
import shutil
from difflib import SequenceMatcher

import pypdfium2
import pytest
from click.testing import CliRunner
from fpdf import FPDF

from ingest import readers
from ingest.blocks import Shape
from tests.needed import missing
from webapp.cli import main

TITLE = "Report of the River Commission"
PARAGRAPHS = (
    "The commission met in Basel on 4 May 2011 and heard three statements about the evidence that ships keep.",
    "1. The commission notes that eleven members have laws on evidence that the Council of Europe proposed in 2001.",
    "2. The commission asks its secretariat to write to the others before June 2012, and to report to the next one.",
)
#: Dots an inch at which offices scan.
RESOLUTION = 200
#: Share of the letters that must agree; Tesseract reads clean print almost without a fault.
AGREEING = 0.98


@pytest.fixture(scope="module", autouse=True)
def _programs():
    for program in ("ocrmypdf", "tesseract"):
        if shutil.which(program) is None:
            missing(f"{program} is not installed")


def printed(sheet):
    """Add a page of the text."""
    sheet.add_page()
    sheet.set_xy(25, 25)
    sheet.set_font("Times", "B", 16)
    sheet.multi_cell(160, 8, TITLE, align="C")
    sheet.set_font("Times", size=12)
    for text in PARAGRAPHS:
        sheet.ln(5)
        sheet.set_x(25)
        sheet.multi_cell(160, 6, text)


@pytest.fixture(scope="module")
def picture():
    """The page as an office scanner sees it."""
    sheet = FPDF()
    printed(sheet)
    return pypdfium2.PdfDocument(bytes(sheet.output()))[0].render(scale=RESOLUTION / 72).to_pil().convert("L")


def scanned(sheet, picture, turn=0):
    """Add a page that holds nothing but the picture."""
    picture = picture.rotate(turn, expand=True)
    sheet.add_page(orientation="L" if turn % 180 else "P")
    sheet.image(picture, 0, 0, sheet.w, sheet.h)


def alike(found, expected):
    return SequenceMatcher(None, re.sub(r"\W+", " ", found), re.sub(r"\W+", " ", expected), autojunk=False).ratio()


def texts(document, page):
    return [block.text for block in document.blocks if block.page == page and block.shape == Shape.TEXT]


@pytest.mark.parametrize("turn", [0, 90])
def test_a_scan_is_read(tmp_path, picture, turn):
    sheet = FPDF()
    scanned(sheet, picture, turn)
    sheet.output(str(tmp_path / "scan.pdf"))
    document = readers.read(tmp_path / "scan.pdf", ocr=True)
    assert alike(" ".join(texts(document, 1)), " ".join((TITLE, *PARAGRAPHS))) >= AGREEING
    assert texts(document, 1)[0] == TITLE


def test_a_scanned_page_among_others_reads_as_they_do(tmp_path, picture):
    sheet = FPDF()
    printed(sheet)
    scanned(sheet, picture)
    sheet.set_font("Times", size=9)
    sheet.text(170, 10, "Registry")  # a stamp is no text of the page
    printed(sheet)
    sheet.output(str(tmp_path / "mixed.pdf"))
    assert readers.read(tmp_path / "mixed.pdf").unread == (2,)
    document = readers.read(tmp_path / "mixed.pdf", ocr=True)
    assert document.unread == ()
    assert tuple(texts(document, 1)) == tuple(texts(document, 3)) == PARAGRAPHS  # the title comes back on every page
    assert alike("\n".join(texts(document, 2)), "\n".join(PARAGRAPHS)) >= AGREEING
    assert [block.size for block in document.blocks if block.text.startswith(("1.", "2."))] == [1.0] * 6


def test_the_command_reads_a_scan_into_the_library(tmp_path, picture):
    sheet = FPDF()
    scanned(sheet, picture)
    sheet.output(str(tmp_path / "scan.pdf"))
    library = ["--library", str(tmp_path / "library")]
    done = CliRunner().invoke(main, ["ingest", str(tmp_path / "scan.pdf"), "--ocr", *library], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    found = CliRunner().invoke(main, ["search", "secretariat June", *library], catch_exceptions=False)
    assert "2. The commission asks its secretariat" in found.output
