"""Scans: recognised by the program where it is installed, one clear message where it is not."""

from __future__ import annotations

import os
import sys

import pytest
from click.testing import CliRunner
from fpdf import FPDF
from PIL import Image

from corpus.store import Store
from ingest import readers
from ingest.errors import UnreadableFile
from ingest.pipeline import ingest
from webapp.cli import main

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the program of these tests is a script")

RECOGNISED = "The conference recognised what the picture shows."


@pytest.fixture
def scan(tmp_path):
    """A PDF of one picture."""
    sheet = FPDF()
    sheet.add_page()
    sheet.image(Image.new("RGB", (60, 80), "white"), 10, 10, 180)
    path = tmp_path / "scan.pdf"
    sheet.output(str(path))
    return path


@pytest.fixture
def mixed(tmp_path):
    """A PDF of three pages, the second of which is a scan with a stamp."""
    sheet = FPDF()
    for page in (1, 2, 3):
        sheet.add_page()
        sheet.set_font("Times", size=11)
        if page == 2:
            sheet.image(Image.new("RGB", (60, 80), "white"), 0, 0, 210)
        sheet.text(20, 40, "Registry" if page == 2 else "The conference opened with a speech that all could hear.")
    path = tmp_path / "mixed.pdf"
    sheet.output(str(path))
    return path


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a program named ocrmypdf on PATH that runs this Python code; its arguments go to a file first."""
    folder = tmp_path / "bin"
    folder.mkdir()
    prepared = tmp_path / "prepared.pdf"
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("Times", size=11)
    sheet.text(20, 40, RECOGNISED)
    sheet.output(str(prepared))
    monkeypatch.setenv("PATH", str(folder))

    def install(code):
        program = folder / "ocrmypdf"
        lines = [
            f"#!{sys.executable}",
            "import shutil, sys, pathlib",
            f"pathlib.Path({str(tmp_path / 'called')!r}).write_text(' '.join(sys.argv[1:]))",
            f"prepared = {str(prepared)!r}",
            code,
        ]
        program.write_text("\n".join(lines) + "\n", encoding="utf-8")
        program.chmod(0o755)

    return install


def test_a_scan_is_recognised(scan, install, tmp_path):
    install("shutil.copy(prepared, sys.argv[-1])")
    document = readers.read(scan, ocr=True)
    assert [block.text for block in document.blocks] == [RECOGNISED]
    called = (tmp_path / "called").read_text()
    assert called.startswith("--force-ocr --pages 1 --rotate-pages --output-type pdf")
    assert str(scan) in called


def test_a_recognised_scan_is_kept(scan, install, tmp_path):
    install("shutil.copy(prepared, sys.argv[-1])")
    readers.read(scan, cache=tmp_path / "cache", ocr=True)
    install("sys.exit(1)")
    document = readers.read(scan, cache=tmp_path / "cache")
    assert [block.text for block in document.blocks] == [RECOGNISED]


def test_a_pdf_with_text_is_left_alone(install, tmp_path):
    install("sys.exit(1)")
    assert readers.read(tmp_path / "prepared.pdf", ocr=True).blocks
    assert not (tmp_path / "called").exists()


def test_a_scanned_page_among_others_is_told_and_recognised_on_request(mixed, install, tmp_path):
    install("shutil.copy(prepared, sys.argv[-1])")
    document = readers.read(mixed, cache=tmp_path / "cache")
    assert document.unread == (2,)
    assert not (tmp_path / "called").exists()
    document = readers.read(mixed, cache=tmp_path / "cache", ocr=True)
    assert "--force-ocr --pages 2 " in (tmp_path / "called").read_text()
    assert ([block.text for block in document.blocks], document.unread) == ([RECOGNISED], ())
    install("sys.exit(1)")
    assert readers.read(mixed, cache=tmp_path / "cache", ocr=True) == document


def test_without_the_program_the_other_pages_are_read(mixed, install, caplog):
    document = readers.read(mixed, ocr=True)
    assert ({block.page for block in document.blocks}, document.unread) == ({1, 2, 3}, (2,))
    assert "mixed.pdf: has pages without text; ocrmypdf is not installed" in caplog.text
    install("sys.exit(1)")
    assert readers.read(mixed, ocr=True) == document


def test_a_document_with_unread_pages_is_read_again_with_the_option(mixed, install, tmp_path):
    install("shutil.copy(prepared, sys.argv[-1])")
    store = Store.open(tmp_path / "library")
    assert ingest([mixed], store).added == ("mixed.pdf",)
    report = store.report("mixed")
    assert [finding.text for finding in report.findings if finding.page == 2] == [
        "Page 2 is a picture without text: a scan? Try --ocr."
    ]
    assert ingest([mixed], store).unchanged == ("mixed.pdf",)
    assert ingest([mixed], store, ocr=True).changed == ("mixed.pdf",)
    assert ingest([mixed], store, ocr=True).unchanged == ("mixed.pdf",)
    assert ingest([mixed], store).unchanged == ("mixed.pdf",)
    store.close()


def test_a_small_picture_makes_no_scan(tmp_path):
    sheet = FPDF()
    for text in ("The conference opened with a speech that all could hear.", "Seal"):
        sheet.add_page()
        sheet.set_font("Times", size=11)
        sheet.text(20, 40, text)
    sheet.image(Image.new("RGB", (60, 80), "white"), 20, 50, 40)
    sheet.output(str(tmp_path / "a.pdf"))
    assert readers.read(tmp_path / "a.pdf").unread == ()


def test_without_the_option_the_message_says_how(scan, install, tmp_path):
    install("shutil.copy(prepared, sys.argv[-1])")
    with pytest.raises(UnreadableFile, match=r"scan\.pdf: has no text layer.*install ocrmypdf .*--ocr"):
        readers.read(scan)
    assert not (tmp_path / "called").exists()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (None, r"scan\.pdf: has no text layer.* ocrmypdf is not installed: .*https"),
        ("print('no tesseract here', file=sys.stderr); sys.exit(3)", r"scan\.pdf: ocrmypdf failed .*: no tesseract"),
        ("sys.exit(2)", r"scan\.pdf: ocrmypdf failed on it$"),
        ("pass", r"scan\.pdf: .* wrote nothing"),
        ("pathlib.Path(sys.argv[-1]).write_bytes(b'%PDF-1.4')", r"scan\.pdf: is damaged"),
        ("shutil.copy(sys.argv[-2], sys.argv[-1])", r"scan\.pdf: has no text layer.*, but none was recognised$"),
    ],
)
def test_every_failure_is_one_message(scan, install, code, message):
    if code is not None:
        install(code)
    with pytest.raises(UnreadableFile, match=message):
        readers.read(scan, ocr=True)


def test_a_program_that_hangs_is_stopped(scan, install, monkeypatch):
    monkeypatch.setattr("ingest.readers.ocr.SECONDS", 0.5)
    install("import time; time.sleep(30)")
    with pytest.raises(UnreadableFile, match=r"scan\.pdf: ocrmypdf takes too long"):
        readers.read(scan, ocr=True)


def test_the_command_recognises_scans_on_request(scan, install, tmp_path):
    install("shutil.copy(prepared, sys.argv[-1])")
    library = tmp_path / "library"
    refused = CliRunner().invoke(main, ["ingest", str(scan), "--library", str(library)])
    assert refused.exit_code == 1
    assert "--ocr" in refused.stderr
    read = CliRunner().invoke(main, ["ingest", str(scan), "--ocr", "--library", str(library)], catch_exceptions=False)
    assert read.exit_code == 0
    assert "holds 1 passage in 1 document" in read.stdout
    assert list((library / "cache").iterdir())
