"""What only the embedded engine promises: files that survive a kill, one writer, damage that is named."""

import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from search.engines import open_engine
from search.engines.patience import Patience
from search.engines.whoosh import WhooshEngine
from search.errors import EngineError
from search.parser import parse
from search.query import Query, Sort
from tests.factories import document, library

ROOT = Path(__file__).parents[2]
ADD = "engine.add(document({name!r}), library('harbour {name}', document_id={name!r}), 'r1')\n"


@pytest.fixture
def engine(tmp_path):
    opened = WhooshEngine.open(tmp_path, Patience(0.1))
    yield opened
    opened.close()


def add(engine, name):
    engine.add(document(name), library(f"harbour {name}", document_id=name), "r1")
    engine.commit()


def total(engine, text):
    return engine.search(Query(tree=parse(text))).total


def run(folder, body, *, killed=False):
    """Another process with an engine on the folder; `killed` ones end without cleaning up."""
    script = (
        "import os, sys; from pathlib import Path\n"
        "from search.engines.whoosh import WhooshEngine\nfrom tests.factories import document, library\n"
        "engine = WhooshEngine.open(Path(sys.argv[1]))\n" + body
    )
    done = subprocess.run([sys.executable, "-c", script, str(folder)], cwd=ROOT, check=False, timeout=60)
    assert done.returncode == (9 if killed else 0)


#: Where a writing process dies -> what it runs before.
KILLS = {
    "after adding": "os._exit(9)",
    "after the columns, before Whoosh": (
        "import search.engines.whoosh_files as files\n"
        "save = files.save\nfiles.save = lambda *given: (save(*given), os._exit(9))\nengine.commit()"
    ),
    "after Whoosh's segment, before its table of contents": (
        "from whoosh.writing import SegmentWriter\nSegmentWriter._commit_toc = lambda *_: os._exit(9)\nengine.commit()"
    ),
}


@pytest.mark.parametrize("moment", KILLS)
def test_a_kill_leaves_the_last_commit_readable_and_writable(engine, tmp_path, moment):
    add(engine, "first")
    run(tmp_path, ADD.format(name="second") + "engine.remove('first')\n" + KILLS[moment], killed=True)
    assert (total(engine, "first"), total(engine, "second")) == (1, 0)
    assert engine.health() == ""
    add(engine, "third")
    assert (total(engine, "first"), total(engine, "second"), total(engine, "third")) == (1, 0, 1)
    again = open_engine("whoosh", tmp_path)
    assert again.count() == 2
    again.close()


def test_a_kill_right_after_the_table_of_contents_leaves_the_new_commit(engine, tmp_path):
    add(engine, "first")
    dies = "import whoosh.index\nwhoosh.index.clean_files = lambda *_: os._exit(9)\nengine.commit()"
    run(tmp_path, ADD.format(name="second") + dies, killed=True)
    assert (total(engine, "first"), total(engine, "second")) == (1, 1)
    add(engine, "third")
    assert engine.count() == 3


REBUILD = (
    "from corpus.store import Store\nfrom search.indexer import rebuild\nstore = Store.open(Path(sys.argv[1]))\n"
    "store.replace(document('new'), library('harbour new', document_id='new'), SourceState('new.txt', 'f', 'new'))\n"
)
KILLED_REBUILDS = {
    "on the way": "rebuild(store, engine, progress=lambda *_: os._exit(9))",
    **{moment: before.replace("engine.commit()", "rebuild(store, engine)") for moment, before in KILLS.items()},
}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves damaged files open
@pytest.mark.parametrize("moment", [moment for moment in KILLED_REBUILDS if moment != "after adding"])
@pytest.mark.parametrize("damaged", [False, True])
def test_a_killed_rebuild_leaves_the_old_index(engine, tmp_path, moment, damaged):
    add(engine, "first")
    assert engine.count() == 1
    if damaged:  # what was opened before goes on to answer
        for path in (tmp_path / "index" / "whoosh").glob("*.toc"):
            path.write_bytes(b"damage")
    script = "from corpus.store import SourceState\n" + REBUILD + KILLED_REBUILDS[moment]
    run(tmp_path, script, killed=True)
    assert (total(engine, "first"), total(engine, "new")) == (1, 0)
    run(tmp_path, REBUILD.replace("store.replace", "#") + "rebuild(store, engine)")
    assert (total(engine, "first"), total(engine, "new"), engine.health()) == (0, 1, "")


def test_a_second_writer_is_refused_with_one_line(engine, tmp_path):
    engine.add(document(), library("harbour"), "r1")
    other = WhooshEngine.open(tmp_path, Patience(0.1))
    with pytest.raises(EngineError, match="another process is writing"):
        other.add(document("other"), library("x"), "r1")
    with pytest.raises(EngineError, match="another process is writing"):
        other.clear()
    engine.commit()
    add(other, "other")
    assert engine.count() == 2
    other.close()


def test_a_second_writer_waits_and_says_so_once(tmp_path, monkeypatch):
    monkeypatch.setattr("search.engines.patience._SILENCE", 0.2)
    told = []
    first, second = WhooshEngine.open(tmp_path), WhooshEngine.open(tmp_path, Patience(told=told.append))
    first.add(document("first"), library("harbour"), "r1")
    waiting = Thread(target=add, args=(second, "second"))
    waiting.start()
    waiting.join(0.5)
    assert waiting.is_alive()
    assert told == ["another process is writing to the index; waiting..."]
    first.commit()
    waiting.join(10)
    assert (told[1:], dict(second.revisions())) == ([], {"first": "r1", "second": "r1"})
    first.close()
    second.close()


def test_a_writer_that_dies_does_not_hold_the_lock(engine, tmp_path):
    run(tmp_path, ADD.format(name="second") + "os._exit(9)", killed=True)
    add(engine, "first")
    assert engine.count() == 1


def test_opening_and_searching_an_empty_folder_writes_nothing(tmp_path):
    engine = open_engine("whoosh", tmp_path)
    assert (engine.count(), total(engine, "harbour"), engine.suggest("har"), engine.health()) == (0, 0, (), "")
    engine.remove("unknown")
    engine.commit()
    engine.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves damaged files open
@pytest.mark.parametrize("victim", ["columns-*.npz", "*.seg", "*.toc"])
@pytest.mark.parametrize(
    "damage", [lambda path: path.write_bytes(path.read_bytes()[:40]), lambda path: path.write_bytes(b"")]
)
def test_damage_is_named_and_clear_repairs_it(tmp_path, victim, damage):
    engine = open_engine("whoosh", tmp_path)
    add(engine, "first")
    engine.close()
    damage(next((tmp_path / "index" / "whoosh").glob(victim)))
    engine = open_engine("whoosh", tmp_path)
    with pytest.raises(EngineError, match="pincite reindex"):
        engine.search(Query(tree=parse("harbour")))
    assert "pincite reindex" in engine.health()
    engine.clear()
    engine.commit()
    add(engine, "second")
    assert (total(engine, "first"), total(engine, "second"), engine.health()) == (0, 1, "")
    engine.close()


def test_missing_columns_are_named(tmp_path):
    engine = open_engine("whoosh", tmp_path)
    add(engine, "first")
    engine.close()
    next((tmp_path / "index" / "whoosh").glob("columns-*")).unlink()
    engine = open_engine("whoosh", tmp_path)
    with pytest.raises(EngineError, match="pincite reindex"):
        engine.count()
    engine.close()


def test_an_index_of_another_version_is_named(tmp_path, monkeypatch):
    engine = open_engine("whoosh", tmp_path)
    add(engine, "first")
    engine.close()
    monkeypatch.setattr("search.columns_file.FORMAT", "0.0")
    with pytest.raises(EngineError, match="another version"):
        engine.count()


def test_old_files_do_not_pile_up(engine, tmp_path):
    for number in range(6):
        add(engine, f"doc-{number}")
    names = [path.name for path in (tmp_path / "index" / "whoosh").iterdir()]
    assert sum(name.startswith("columns-") for name in names) == 1
    assert sum(name.endswith(".toc") for name in names) == 1


def test_rows_are_packed_on_the_way_without_a_difference(engine, monkeypatch):
    monkeypatch.setattr("search.packing.PACKED_ROWS", 1)
    for name, text in [("a", "first"), ("b", "other"), ("a", "second"), ("c", "third"), ("d", "fourth")]:
        engine.add(document(name), library(text, "harbour", document_id=name), f"{name} {text}")
    engine.remove("c")
    engine.commit()
    found = engine.search(Query(tree=parse("harbour"), sort=Sort.DOCUMENT))
    assert [hit.passage_id for hit in found.hits] == ["a/para-2", "b/para-2", "d/para-2"]
    assert [total(engine, word) for word in ("first", "second", "third")] == [0, 1, 0]
    assert engine.revisions() == {"a": "a second", "b": "b other", "d": "d fourth"}


@pytest.mark.parametrize(("name", "reason"), [("lucene", "unknown"), ("", "unknown")])
def test_other_engines_are_refused_with_the_list(tmp_path, name, reason):
    with pytest.raises(EngineError, match=f"{reason}.*available: opensearch, tantivy, whoosh"):
        open_engine(name, tmp_path)
