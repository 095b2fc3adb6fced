"""The cache of read files: found again, bounded, never stale, never half."""

from __future__ import annotations

import gzip
import os

import pytest
from fpdf import FPDF

from corpus.model import NoteCall
from ingest import readers
from ingest.blocks import Block, Emphasis, RawDocument, Shape
from ingest.errors import UnreadableFile
from ingest.readers import cache as caching
from ingest.readers import pdf
from ingest.readers.cache import SUFFIX, Cache, key_of

DOCUMENT = RawDocument(
    (
        Block("Scope", Shape.HEADING, level=2, marker="1.", emphasis=Emphasis.BOLD, page=1, size=1.25),
        Block("The law – “loi” – applies.", page=2, calls=(NoteCall(3, 7),), gap=0, lines=4, full=True),
        Block("a\tb", Shape.TABLE),
    ),
    {"title": "Loi n° 1"},
    {1: "iii", 2: "1"},
    (4, 7),
)


@pytest.fixture
def paper(tmp_path):
    """A PDF of one sentence."""
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("Times", size=11)
    sheet.text(20, 40, "The working group adopted the agenda of its session.")
    path = tmp_path / "paper.pdf"
    sheet.output(str(path))
    return path


@pytest.fixture
def readings(monkeypatch):
    """The names of files that the PDF reader was asked for."""
    seen, real = [], pdf.read

    def read(path, name):
        seen.append(name)
        return real(path, name)

    monkeypatch.setattr(pdf, "read", read)
    return seen


def test_every_field_comes_back(tmp_path):
    kept = Cache(tmp_path)
    kept.save("k", DOCUMENT)
    assert kept.load("k") == DOCUMENT
    assert kept.load("other") is None


def test_a_pdf_is_read_once(paper, tmp_path, readings):
    first = readers.read(paper, cache=tmp_path / "cache")
    again = readers.read(paper, "other name.pdf", cache=tmp_path / "cache")
    assert readings == ["paper.pdf"]
    assert again == first
    readers.read(paper)
    assert len(readings) == 2


def test_other_content_and_other_readers_are_read_anew(paper, tmp_path, readings, monkeypatch):
    readers.read(paper, cache=tmp_path / "cache")
    monkeypatch.setattr(caching, "version", lambda: "next")
    readers.read(paper, cache=tmp_path / "cache")
    assert len(readings) == 2
    paper.write_bytes(paper.read_bytes() + b"\n")
    readers.read(paper, cache=tmp_path / "cache")
    assert len(readings) == 3


def test_plain_text_is_not_kept(tmp_path):
    (tmp_path / "a.txt").write_text("A sentence.", encoding="utf-8")
    readers.read(tmp_path / "a.txt", cache=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],  # half-written
        lambda _: b"",
        lambda _: b"no archive",
        lambda _: gzip.compress(b'{"blocks": [{"text": "x", "shape": "unknown"}], "facts": {}}'),
        lambda _: gzip.compress(b'{"blocks": [{"text": "x", "field": 1}], "facts": {}}'),
        lambda _: gzip.compress(b"[]"),
        lambda _: gzip.compress(b"\xff\xfe"),
    ],
)
def test_a_damaged_entry_is_dropped_and_made_again(damage, paper, tmp_path, readings):
    folder = tmp_path / "cache"
    first = readers.read(paper, cache=folder)
    (entry,) = folder.iterdir()
    entry.write_bytes(damage(entry.read_bytes()))
    assert Cache(folder).load(key_of(paper)) is None
    assert not entry.exists()
    assert readers.read(paper, cache=folder) == first
    assert len(readings) == 2
    assert Cache(folder).load(key_of(paper)) == first


def test_what_was_used_longest_ago_goes_first(tmp_path):
    kept = Cache(tmp_path)
    for number, key in enumerate(("old", "used", "new")):
        kept.save(key, DOCUMENT)
        os.utime(tmp_path / f"{key}{SUFFIX}", (number, number))
    (tmp_path / "killed.part").write_bytes(b"x")
    os.utime(tmp_path / "killed.part", (0, 0))
    assert kept.load("old")  # from now on the newest
    size = (tmp_path / f"old{SUFFIX}").stat().st_size
    Cache(tmp_path, limit=2 * size).save("last", DOCUMENT)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"last{SUFFIX}", f"old{SUFFIX}"]


def test_an_entry_above_the_limit_is_still_kept_until_the_next(tmp_path):
    Cache(tmp_path, limit=1).save("only", DOCUMENT)
    assert Cache(tmp_path).load("only") == DOCUMENT


def test_a_folder_that_cannot_be_written_is_no_failure(paper, tmp_path, caplog):
    (tmp_path / "cache").write_text("a file stands here", encoding="utf-8")
    assert readers.read(paper, cache=tmp_path / "cache").blocks
    assert "cannot be written" in caplog.text


def test_failures_are_not_kept(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 nothing more")
    with pytest.raises(UnreadableFile, match=r"a\.pdf"):
        readers.read(tmp_path / "a.pdf", cache=tmp_path / "cache")
    assert not list(tmp_path.glob("cache/*"))


def test_an_entry_is_dropped_when_its_file_is_to_leave_no_trace(paper, tmp_path, readings):
    folder = tmp_path / "cache"
    readers.read(paper, cache=folder)
    for _ in range(2):  # what is not there needs no dropping
        Cache(folder).drop(key_of(paper))
    assert list(folder.iterdir()) == []
    readers.read(paper, cache=folder)
    assert len(readings) == 2
