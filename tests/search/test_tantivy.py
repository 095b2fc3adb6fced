"""What only the compiled engine promises: a commit in three steps that a kill cannot tear, and nothing left behind."""

import subprocess
import sys
from pathlib import Path

import pytest

from search.engines.patience import Patience
from search.engines.tantivy import TantivyEngine
from search.errors import EngineError
from search.parser import parse
from search.query import Query
from tests.factories import document, library

ROOT = Path(__file__).parents[2]
SCRIPT = """
import os, sys
from pathlib import Path
from search.engines.tantivy import TantivyEngine, _Batch
from search.engines.tantivy_files import TantivyFiles
from tests.factories import document, library
engine = TantivyEngine.open(Path(sys.argv[1]))
{moment}
engine.add(document("second"), library("harbour second", document_id="second"), "r1")
engine.remove("first")
engine.commit()
"""
#: Where a writing process dies -> what makes it die there, and the documents that are then held.
KILLS = {
    "before the passages are committed": ("engine.commit = lambda: os._exit(9)", "first"),
    "before the columns": ("TantivyFiles.commit = lambda *_: os._exit(9)", "first"),
    "after the columns": ("_Batch._tidy = lambda *_: os._exit(9)", "second"),
}


@pytest.fixture
def engine(tmp_path):
    opened = TantivyEngine.open(tmp_path, Patience(0.1))
    yield opened
    opened.close()


def add(engine, name, *texts):
    engine.add(document(name), library(*texts or (f"harbour {name}",), document_id=name), "r1")
    engine.commit()


def total(engine, text):
    return engine.search(Query(tree=parse(text))).total


def held_by_tantivy(engine):
    with engine._newest() as state:
        return state._searcher.num_docs


@pytest.mark.parametrize("moment", KILLS)
def test_a_kill_leaves_one_whole_commit_and_the_next_writer_clears_up(engine, tmp_path, moment):
    add(engine, "first")
    dies, held = KILLS[moment]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(moment=dies), tmp_path], cwd=ROOT, check=False, timeout=60
    )
    assert done.returncode == 9
    assert dict(engine.revisions()) == {held: "r1"}
    assert [total(engine, name) for name in ("first", "second")] == [held == "first", held == "second"]
    assert engine.health() == ""
    add(engine, "third")
    assert (total(engine, "harbour"), engine.count(), held_by_tantivy(engine)) == (2, 2, 2)


def test_replaced_and_removed_passages_leave_tantivy(engine):
    add(engine, "first", "one", "two", "three")
    add(engine, "first", "four")
    add(engine, "second")
    engine.remove("second")
    engine.commit()
    assert (engine.count(), held_by_tantivy(engine)) == (1, 1)


def test_a_second_writer_is_refused_with_one_line(engine, tmp_path):
    engine.add(document(), library("harbour"), "r1")
    other = TantivyEngine.open(tmp_path, Patience(0.1))
    with pytest.raises(EngineError, match="another process is writing"):
        other.add(document("other"), library("x"), "r1")
    engine.commit()
    add(other, "other")
    assert engine.count() == 2
    other.close()


def test_building_anew_takes_the_old_epoch_away(engine, tmp_path):
    add(engine, "first")
    engine.clear()
    add(engine, "second")
    folders = [path.name for path in (tmp_path / "index" / "tantivy").iterdir() if path.is_dir()]
    assert folders == ["2"]
    assert (total(engine, "first"), total(engine, "second")) == (0, 1)


@pytest.mark.parametrize("victim", ["columns-*.npz", "meta.json", "*.term", "*.store"])
def test_damage_is_named_and_building_anew_repairs_it(engine, tmp_path, victim):
    add(engine, "first")
    engine.close()
    path = next((tmp_path / "index" / "tantivy" / "1").glob(victim))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    damaged = TantivyEngine.open(tmp_path)
    with pytest.raises(EngineError, match="pincite reindex"):
        damaged.search(Query(tree=parse("harbour")))
    damaged.clear()
    add(damaged, "second")
    assert (total(damaged, "second"), damaged.health()) == (1, "")
    damaged.close()


def test_opening_and_searching_an_empty_folder_writes_nothing(engine, tmp_path):
    assert (engine.count(), total(engine, "harbour"), engine.suggest("har"), engine.health()) == (0, 0, (), "")
    engine.commit()
    assert list(tmp_path.iterdir()) == []
