"""The sample collection: complete, catalogued, readable, and built from its sources."""

from __future__ import annotations

import re
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from corpus.model import DocumentKind
from ingest.blocks import Shape
from ingest.readers import read

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"
SCRIPTS = SAMPLE.parents[1] / "scripts"
CATALOGUE = tomllib.loads((SAMPLE / "catalogue.toml").read_text(encoding="utf-8"))
NOT_DOCUMENTS = {"catalogue.toml", "README.md"}
FILES = sorted(path for path in SAMPLE.iterdir() if path.is_file() and path.name not in NOT_DOCUMENTS)
NAMES = [path.name for path in FILES]


def test_every_document_is_catalogued_and_described():
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert sorted(CATALOGUE) == NAMES
    assert [name for name in NAMES if f"`{name}`" not in readme] == []


def test_ten_documents_of_six_genres_in_five_formats():
    assert len(FILES) == 10
    assert {entry["kind"] for entry in CATALOGUE.values()} == {
        "lecture",
        "speech",
        "report",
        "treaty",
        "resolution",
        "article",
    }
    assert {path.suffix for path in FILES} == {".txt", ".md", ".pdf", ".docx", ".html"}


def test_entries_are_sound():
    assert len({entry["id"] for entry in CATALOGUE.values()}) == len(CATALOGUE)
    for entry in CATALOGUE.values():
        assert re.fullmatch(r"[a-z0-9-]+", entry["id"])
        assert DocumentKind(entry["kind"])
        year, month, day = (*map(int, entry["date"].split("-")), 1, 1)[:3]
        assert date(year, month, day).year in {2024, 2025, 2026}


def test_authors_are_declared_fictitious():
    readme = re.sub(r"\s+", " ", (SAMPLE / "README.md").read_text(encoding="utf-8"))
    authors = {author for entry in CATALOGUE.values() for author in entry.get("authors", ())}
    assert [author for author in authors if author not in readme] == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_is_rich_enough_for_a_demonstration(path):
    text = " ".join(block.text for block in read(path).blocks)
    assert 900 <= len(text.split()) <= 2_200
    assert len(set(re.findall(r"\b(?:19|20)\d\d\b", text))) >= 8
    assert len(re.findall(r"\b(?:Agreement|Convention|Protocol|Directive|Regulation|resolution)\b", text)) >= 10


def test_collection_fits_into_the_package():
    assert sum(path.stat().st_size for path in FILES) < 1_000_000


#: The shapes that a format states; what text and Markdown hold is for the structure stage to find.
SHOWN = {
    "article-climate-opinions.html": {Shape.HEADING, Shape.QUOTE, Shape.ITEM, Shape.NOTE},
    "article-data-protection-treaties.pdf": {Shape.NOTE, Shape.FURNITURE},
    "report-electronic-evidence.pdf": {Shape.TABLE, Shape.NOTE, Shape.FURNITURE},
    "report-trafficking-at-sea.docx": {Shape.HEADING, Shape.ITEM, Shape.NOTE},
    "resolution-oceans-climate.html": {Shape.HEADING, Shape.NOTE},
    "speech-refugees.docx": {Shape.HEADING, Shape.ITEM, Shape.NOTE},
}


@pytest.mark.parametrize(("name", "shapes"), SHOWN.items())
def test_shows_what_it_promises(name, shapes):
    assert shapes <= {block.shape for block in read(SAMPLE / name).blocks}


@pytest.mark.parametrize("name", SHOWN)
def test_every_note_is_called(name):
    blocks = read(SAMPLE / name).blocks
    held = [int(block.marker) for block in blocks if block.shape == Shape.NOTE and block.marker]
    assert held == list(range(1, len(held) + 1))
    assert [call.number for block in blocks for call in block.calls] == held


def test_automatic_numbers_are_printed():
    blocks = read(SAMPLE / "report-trafficking-at-sea.docx").blocks
    markers = [block.marker for block in blocks if block.shape == Shape.ITEM]
    assert [marker for marker in markers if marker[0] != "("] == [f"{number}." for number in range(1, 19)]
    assert {"(a)", "(d)", "(i)", "(iii)"} <= set(markers)


def test_a_note_runs_over_two_pages():
    notes = [
        block for block in read(SAMPLE / "article-data-protection-treaties.pdf").blocks if block.shape == Shape.NOTE
    ]
    assert any(not block.marker for block in notes)


def test_built_documents_are_those_of_their_sources(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(SCRIPTS), *sys.path])
    make_sample = pytest.importorskip("make_sample", reason="the scripts are not part of an installed package")
    made = make_sample.build(tmp_path)
    assert {path.name for path in made} == {name for name in NAMES if name.endswith((".pdf", ".docx"))}
    for path in made:
        assert [block.text for block in read(path).blocks] == [block.text for block in read(SAMPLE / path.name).blocks]


def test_building_twice_gives_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(SCRIPTS), *sys.path])
    make_sample = pytest.importorskip("make_sample", reason="the scripts are not part of an installed package")
    first, second = ({path.name: path.read_bytes() for path in make_sample.build(tmp_path)} for _ in range(2))
    assert first == second
