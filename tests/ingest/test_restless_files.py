"""Files that change, grow, shrink or vanish while they are read: what is stored is what the fingerprint says."""

from __future__ import annotations

import os
from contextlib import closing

import pytest

from corpus.store import Store
from ingest import preparing, readers
from ingest.pipeline import ingest
from ingest.readers.cache import Cache

pytestmark = pytest.mark.usefixtures("here")

BEFORE, AFTER = "The harbour was closed in 2001.", "The lighthouse was lit in 2004."


@pytest.fixture
def store(tmp_path):
    with closing(Store.open(tmp_path / "library")) as opened:
        yield opened


@pytest.fixture
def file(tmp_path):
    (tmp_path / "texts").mkdir()
    path = tmp_path / "texts" / "note.txt"
    path.write_text(BEFORE)
    return path


@pytest.fixture
def meanwhile(monkeypatch):
    """Has something done to the file after each reading of it, as often as there are things to do."""
    doing = []

    def read(*given, **options):
        found = readers.read(*given, **options)
        if doing:
            doing.pop(0)()
        return found

    monkeypatch.setattr(preparing, "read", read)
    return doing.extend


def texts(store):
    return [passage.text for document, passages in store.iterate() for passage in passages]


def same_time(path, text):
    """Other content of the same size, at the same time by the file system's clock, as within one tick of it."""
    before = path.stat()
    path.write_text(text)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    ("change", "held"),
    [
        (lambda path: path.write_text(AFTER), [AFTER]),
        (lambda path: path.write_text(f"{BEFORE}\n\n{AFTER}\n"), [BEFORE, AFTER]),  # it grows
        (lambda path: os.truncate(path, 15), [BEFORE[:15]]),
        (lambda path: same_time(path, AFTER), [AFTER]),
        (lambda path: os.utime(path, (0, 0)), [BEFORE]),  # a clock that was set back
    ],
)
def test_a_file_that_was_changed_is_read_again(store, file, meanwhile, change, held):
    meanwhile([lambda: change(file)])
    report = ingest([file.parent], store, jobs=1)
    assert (report.added, report.failed, texts(store)) == (("note.txt",), (), held)
    assert ingest([file.parent], store, jobs=1).unchanged == ("note.txt",)


def test_a_change_that_is_taken_back_is_noticed(store, file, meanwhile, monkeypatch):
    """The reader meets the other text, whoever hashes before and after meets the first."""
    seen = preparing.read
    monkeypatch.setattr(
        preparing, "read", lambda *given, **options: (file.write_text(AFTER), seen(*given, **options))[1]
    )
    meanwhile([lambda: file.write_text(BEFORE), lambda: monkeypatch.setattr(preparing, "read", seen)])
    ingest([file.parent], store, jobs=1)
    assert texts(store) == [file.read_text()]


def test_a_file_that_never_rests_costs_nothing_that_was_there(store, file, meanwhile):
    ingest([file.parent], store, jobs=1)
    file.write_text(AFTER)
    meanwhile([lambda number=number: file.write_text(f"{AFTER} {number}") for number in range(5)])
    report = ingest([file.parent], store, jobs=1)
    assert report.failed == (
        ("note.txt", "changes again and again while it is read; run the command again when it is at rest"),
    )
    assert texts(store) == [BEFORE]
    assert ingest([file.parent], store, jobs=1).changed == ("note.txt",)
    assert texts(store) == [f"{AFTER} 4"]


def test_a_file_that_vanishes_is_told_and_the_others_go_in(store, file, meanwhile):
    (file.parent / "other.txt").write_text(AFTER)
    meanwhile([file.unlink])
    report = ingest([file.parent], store, jobs=1)
    assert report.failed == (("note.txt", "No such file or directory"),)
    assert texts(store) == [AFTER]
    again = ingest([file.parent], store, jobs=1)
    assert (again.unchanged, again.failed) == (("other.txt",), ())


def test_what_was_read_of_a_changing_file_is_not_kept(tmp_path, monkeypatch, sample_folder):
    """Else whoever brings the first content back is given what was read of the second."""
    path = tmp_path / "report.pdf"
    path.write_bytes((sample_folder / "report-electronic-evidence.pdf").read_bytes())
    other = (sample_folder / "article-data-protection-treaties.pdf").read_bytes()
    reading = readers._read
    monkeypatch.setattr(
        readers, "_read", lambda *given, **options: (path.write_bytes(other), reading(*given, **options))[1]
    )
    saved = []
    monkeypatch.setattr(Cache, "save", lambda *given: saved.append(given))
    readers.read(path, cache=tmp_path / "cache")
    assert saved == []
    readers.read(path, cache=tmp_path / "cache")
    assert len(saved) == 0 or saved[0][1] == readers.read(path)
