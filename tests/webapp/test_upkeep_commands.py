"""Commands put an index in order that is not, wait for each other, and move a library from engine to engine."""

import threading
import time

import pytest
from click.testing import CliRunner

from search.engines import open_engine
from search.indexer import sync
from tests.factories import document, library
from webapp import create_app
from webapp.cli import main
from webapp.commands import ingest
from webapp.resources import Library
from webapp.settings import Settings


def pincite(*arguments, code=0):
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output + result.stderr
    return result


@pytest.fixture
def folder(tmp_path):
    """A library of one document."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "note.md").write_text("# Note\n\nThe lighthouse keepers met at the harbour in 1999.\n")
    pincite("ingest", tmp_path / "files", "--no-model", "--library", tmp_path / "library", "--jobs", 1)
    return tmp_path / "library"


def forget_index(folder, name="whoosh"):
    engine = open_engine(name, folder)
    engine.clear()
    engine.commit()
    engine.close()


@pytest.mark.parametrize("command", [["search", "lighthouse"], ["info"]])
def test_an_index_behind_is_repaired_by_any_search_and_told_once(folder, command):
    forget_index(folder)
    first = pincite(*command, "--library", folder)
    assert first.stderr == "pincite: the index is behind the store by 1 document: repaired\n"
    second = pincite(*command, "--library", folder)
    assert second.stderr == ""
    assert second.stdout == first.stdout
    assert "lighthouse" in first.stdout or "passages" in first.stdout


def test_doctor_reports_and_does_not_repair(folder):
    forget_index(folder)
    for _ in range(2):
        assert "1 document out of step" in pincite("doctor", "--library", folder, code=1).output


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves damaged files open
def test_ingest_repairs_a_damaged_index(folder, tmp_path):
    for path in (folder / "index" / "whoosh").glob("columns-*"):
        path.write_bytes(b"damage")
    pincite("ingest", tmp_path / "files", "--no-model", "--library", folder, "--jobs", 1)
    assert "1 passage" in pincite("search", "lighthouse", "--library", folder).stdout


def test_a_search_while_another_process_writes_answers_with_a_warning(folder):
    forget_index(folder)
    writer = open_engine("whoosh", folder)
    writer.add(document(), library("x"), "r1")
    started = time.monotonic()
    result = pincite("search", "lighthouse", "--library", folder)
    assert time.monotonic() - started < 5
    assert "cannot be repaired now (another process is writing" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    writer.close()


def test_reindex_waits_for_another_writer_and_says_so(folder, monkeypatch):
    monkeypatch.setattr("search.engines.patience._SILENCE", 0.1)
    writer = open_engine("whoosh", folder)
    writer.add(document(), library("x"), "r1")
    ending = threading.Timer(1, writer.close)
    ending.start()
    result = pincite("reindex", "--library", folder)
    assert result.stderr.splitlines()[0] == "pincite: another process is writing to the index; waiting..."
    assert result.stderr.count("waiting") == 1
    assert "1 passage indexed by whoosh" in result.stdout


def test_waiting_ends_where_the_setting_says(folder, monkeypatch):
    monkeypatch.setenv("PINCITE_LOCK_TIMEOUT", "0")
    writer = open_engine("whoosh", folder)
    writer.add(document(), library("x"), "r1")
    result = pincite("reindex", "--library", folder, code=1)
    assert result.stderr.startswith("pincite: another process is writing to the index in ")
    writer.close()


def test_a_library_is_moved_by_one_command(folder, tmp_path, monkeypatch):
    pytest.importorskip("tantivy")
    assert "whoosh, 1 passage" in pincite("info", "--library", folder).stdout
    assert pincite("reindex", "--engine", "tantivy", "--library", folder).stdout == "1 passage indexed by tantivy\n"
    assert "tantivy, 1 passage" in pincite("info", "--library", folder).stdout
    assert "engine tantivy" in pincite("doctor", "--library", folder).output
    pincite("ingest", tmp_path / "files", "--no-model", "--library", folder, "--jobs", 1)
    with Library(folder) as opened:
        assert opened.engine.name == "tantivy"
    # what is said on the spot goes before what is remembered, and is remembered where the index is written
    assert "whoosh, 1 passage" in pincite("info", "--engine", "whoosh", "--library", folder).stdout
    assert "tantivy, 1 passage" in pincite("info", "--library", folder).stdout
    monkeypatch.setenv("PINCITE_ENGINE", "whoosh")
    assert "whoosh, 1 passage" in pincite("info", "--library", folder).stdout
    monkeypatch.delenv("PINCITE_ENGINE")
    pincite("reindex", "--engine", "whoosh", "--library", folder)
    assert "whoosh, 1 passage" in pincite("info", "--library", folder).stdout


def test_a_move_that_fails_is_none(folder):
    pincite("reindex", "--engine", "opensearch", "--library", folder, code=1)
    assert "whoosh, 1 passage" in pincite("info", "--library", folder).stdout


@pytest.mark.parametrize("installed", [True, False])
def test_ingest_names_the_command_that_moves_a_library_that_has_outgrown_whoosh(
    folder, tmp_path, monkeypatch, installed
):
    again = ("ingest", tmp_path / "files", "--no-model", "--library", folder, "--jobs", 1)
    assert "outgrown" not in pincite(*again).stdout
    monkeypatch.setattr(ingest, "OUTGROWN", 0)
    monkeypatch.setattr(ingest, "find_spec", lambda _: installed or None)
    install = "" if installed else 'pip install "pincite[fast]" && '
    expected = f"with: {install}pincite reindex --engine tantivy --library {folder}"
    assert pincite(*again).stdout.splitlines()[-1].endswith(expected)


def test_a_served_library_is_repaired_while_it_answers(folder):
    forget_index(folder)
    app = create_app(Settings(library=folder))
    opened = app.extensions["library"]
    assert app.test_client().get("/healthz").status_code == 200
    opened._mending.join(10)
    assert "lighthouse" in app.test_client().get("/?q=keepers").text
    opened.close()


def test_closing_stops_a_repair(folder):
    with Library(folder) as opened:
        for number in range(200):
            opened.store.replace(document(f"d{number}"), library("x", document_id=f"d{number}"), _state(f"d{number}"))
        opened.mend_meanwhile(lambda _: None)
    with Library(folder) as opened:
        assert opened.engine.count() < 201
        sync(opened.store, opened.engine)
        assert opened.engine.count() == 201


def _state(name):
    from corpus.store import SourceState

    return SourceState(f"/files/{name}.txt", name, name)
