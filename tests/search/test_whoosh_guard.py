"""No file of an index runs anything when it is read, wherever in it the pickle lies."""

import pickle
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search.engines.whoosh import WhooshEngine
from search.engines.whoosh_fields import schema
from search.errors import EngineError
from search.parser import parse
from search.query import Query
from tests.factories import document, library


class Hostile:
    """Makes a file when it is loaded."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return Path.touch, (self.mark,)


@pytest.fixture
def folder(tmp_path):
    """The index folder of a library."""
    made = WhooshEngine.open(tmp_path)
    made.add(document(), library("harbour police"), "r1")
    made.commit()
    made.close()
    (tmp_path / "index" / "whoosh" / "sums.json").unlink()  # as whoever puts a file there would
    return tmp_path / "index" / "whoosh"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves refused files open
def test_a_hostile_table_of_contents_is_refused(folder, tmp_path):
    mark = tmp_path / "mark"
    (path,) = folder.glob("*.toc")
    path.unlink()
    TOC(schema(), [Hostile(mark)], 1).write(FileStorage(folder), "MAIN")
    engine = WhooshEngine.open(tmp_path)
    with pytest.raises(EngineError, match=r"names pathlib.*, which no index holds: run `pincite reindex`"):
        engine.count()
    assert "which no index holds" in engine.health()
    with pytest.raises(EngineError, match="which no index holds"):
        engine.add(document("other"), library("lighthouse"), "r1")
    assert not mark.exists()
    engine.clear()
    engine.commit()
    assert (engine.count(), engine.health(), mark.exists()) == (0, "", False)
    engine.close()


@pytest.mark.parametrize("module", [b"os", b"posix", b"builtins", b"subprocess"])
def test_hostile_postings_are_refused(tmp_path, monkeypatch, module):
    mark = tmp_path / "mark"
    hostile = b"c" + module + b"\nsystem\n(S'touch " + str(mark).encode() + b"'\ntR."

    def sabotaged(data, protocol):
        """What a block holds has three parts; what says how long it is has six, and stays as it is."""
        return hostile if len(data) == 3 else pickle.dumps(data, protocol)

    monkeypatch.setattr("whoosh.codec.whoosh3.dumps", sabotaged)
    engine = WhooshEngine.open(tmp_path)
    engine.add(document("other"), library("lighthouse"), "r1")
    engine.commit()
    monkeypatch.undo()
    with pytest.raises(EngineError, match=f"names {module.decode()}.system"):
        engine.search(Query(tree=parse("lighthouse")))
    assert not mark.exists()
    engine.close()


def test_pickles_of_others_are_none_of_our_business(folder, tmp_path):
    engine = WhooshEngine.open(folder.parents[1])
    engine.count()
    pickle.loads(pickle.dumps(Hostile(tmp_path / "mark")))  # noqa: S301  (our own)
    assert (tmp_path / "mark").exists()
    engine.close()
