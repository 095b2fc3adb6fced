"""An index that is not in order is repaired when a library is opened, and searches go on whatever comes of it."""

import pytest

from corpus.store import SourceState, Store
from search.engines.chosen import choose_engine, chosen_engine
from search.engines.patience import Patience
from search.errors import EngineError
from search.indexer import difference, sync
from search.upkeep import fault, mend
from tests.factories import document, library
from tests.search.opening import forget, open_engine


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path)
    for name in ("alpha", "beta", "gamma"):
        put(opened, name, "harbour")
    yield opened
    opened.close()


@pytest.fixture
def engine(engine_name, tmp_path):
    opened = open_engine(engine_name, tmp_path, Patience(0))
    yield opened
    opened.close()
    forget(engine_name, tmp_path)


def put(store, name, *texts):
    state = SourceState(f"/files/{name}.txt", f"{hash(texts)}", name)
    store.replace(document(name, source=f"{name}.txt"), library(*texts, document_id=name), state)


def mended(store, engine):
    told = []
    mend(store, engine, told=told.append)
    return told


def test_an_index_in_order_is_left_alone(store, engine):
    sync(store, engine)
    before = dict(engine.revisions())
    assert (fault(store, engine), mended(store, engine), engine.revisions()) == ("", [], before)


def test_an_empty_library_is_in_order(engine, tmp_path):
    store = Store.open(tmp_path)
    assert mended(store, engine) == []
    assert not (tmp_path / "index").exists()
    store.close()


def test_a_missing_index_is_made(store, engine):
    assert mended(store, engine) == ["the index is behind the store by 3 documents: repaired"]
    assert engine.count() == 3


def test_what_changed_came_or_went_is_brought_in(store, engine):
    sync(store, engine)
    put(store, "beta", "harbour", "lighthouse")
    assert fault(store, engine) == "the index is behind the store by 1 document"
    put(store, "delta", "tower")
    store.remove("alpha")
    assert difference(store, engine) == (["beta", "delta"], ["alpha"])
    assert mended(store, engine) == ["the index is behind the store by 3 documents: repaired"]
    assert dict(engine.revisions()) == store.revisions()
    assert mended(store, engine) == []


def damage(engine, folder):
    """Harm the index, and give the beginning of what is told of it."""
    if engine.name == "opensearch":
        forget(engine.name, folder, "-0*")
        return "the index in the cluster is gone"
    for path in (folder / "index").rglob("columns-*.npz"):
        path.write_bytes(b"damage")
    return "the index is damaged ("


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves damaged files open
def test_a_damaged_index_is_built_anew(store, engine, tmp_path):
    sync(store, engine)
    engine.close()
    expected = damage(engine, tmp_path)
    again = open_engine(engine.name, tmp_path, Patience(0))
    assert mended(store, again)[0].startswith(expected)
    assert (again.count(), again.health(), mended(store, again)) == (3, "", [])
    again.close()


def test_an_index_of_another_version_is_built_anew(store, engine, tmp_path, monkeypatch):
    with monkeypatch.context() as older:
        older.setattr("search.columns_file.FORMAT", "0.0")
        if engine.name == "opensearch":
            older.setattr("search.engines.opensearch_commits.VERSION", -1)
        sync(store, engine)
        engine.close()
    again = open_engine(engine.name, tmp_path, Patience(0))
    assert mended(store, again) == ["the index was made by another version of Pincite: repaired"]
    assert again.count() == 3
    again.close()


def test_a_reader_does_not_wait_for_a_writer(store, engine, tmp_path):
    sync(store, engine)
    put(store, "delta", "tower")
    writer = open_engine(engine.name, tmp_path)
    writer.add(document("other"), library("x", document_id="other"), "r1")
    (line,) = mended(store, engine)
    assert line.startswith("the index is behind the store by 1 document and cannot be repaired now (another process is")
    assert line.endswith("searching what it holds")
    assert engine.count() == 3
    writer.close()
    assert mended(store, engine) == ["the index is behind the store by 1 document: repaired"]


def test_a_folder_that_cannot_be_written_does_not_stop_reading(store, engine, monkeypatch):
    sync(store, engine)
    put(store, "delta", "tower")

    def refused(*_):
        raise PermissionError(13, "Permission denied", "index")

    monkeypatch.setattr(engine, "add", refused)
    (line,) = mended(store, engine)
    assert "cannot be repaired now ([Errno 13] Permission denied: 'index')" in line
    assert engine.count() == 3


def test_a_folder_that_cannot_be_read_is_told(store, engine, monkeypatch):
    def refused():
        raise PermissionError(13, "Permission denied", "index")

    monkeypatch.setattr(engine, "health", refused)
    (line,) = mended(store, engine)
    assert line.startswith("the index cannot be checked and cannot be repaired now ([Errno 13]")


def test_a_library_uses_whoosh_until_it_is_moved(tmp_path):
    assert chosen_engine(tmp_path) == "whoosh"
    choose_engine(tmp_path, "tantivy")
    assert chosen_engine(tmp_path) == "tantivy"
    (tmp_path / "engine").write_text("\n")
    assert chosen_engine(tmp_path) == "whoosh"
    (tmp_path / "engine").write_text("lucene\n")
    with pytest.raises(EngineError, match="'lucene' is unknown"):
        open_engine(chosen_engine(tmp_path), tmp_path)
