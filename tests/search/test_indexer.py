"""The index follows the store: new, changed and removed documents, after a kill, and from nothing."""

import pytest

from corpus.store import SourceState, Store
from search.engines import open_engine
from search.indexer import SyncReport, rebuild, sync
from search.parser import parse
from search.query import Query
from tests.factories import document, library


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path)
    yield opened
    opened.close()


def put(store, name, *texts):
    state = SourceState(f"/files/{name}.txt", f"{hash(texts)}", name)
    store.replace(document(name, source=f"{name}.txt"), library(*texts, document_id=name), state)


def total(engine, text):
    return engine.search(Query(tree=parse(text))).total


def test_sync_indexes_only_what_changed(store, engine):
    put(store, "alpha", "harbour")
    put(store, "beta", "lighthouse")
    seen = []
    assert sync(store, engine, progress=lambda *step: seen.append(step)) == SyncReport(("alpha", "beta"))
    assert seen == [(1, 2, "alpha"), (2, 2, "beta")]
    assert sync(store, engine) == SyncReport(unchanged=2)
    put(store, "beta", "lighthouse", "keeper")
    store.remove("alpha")
    assert sync(store, engine) == SyncReport(("beta",), ("alpha",))
    assert (total(engine, "harbour"), total(engine, "keeper"), engine.count()) == (0, 1, 2)


def test_sync_goes_on_where_it_was_killed(store, engine, monkeypatch):
    monkeypatch.setattr("search.indexer.COMMIT_EVERY", 1)
    for name in ("alpha", "beta", "gamma"):
        put(store, name, "harbour")

    def dies(done, _, __):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(store, engine, progress=dies)
    assert sync(store, engine) == SyncReport(("gamma",), unchanged=2)


def test_rebuild_replaces_everything_and_answers_meanwhile(store, engine):
    put(store, "alpha", "harbour")
    sync(store, engine)
    engine.add(document("stray"), library("stray", document_id="stray"), "r0")
    engine.commit()
    counts = []
    assert rebuild(store, engine, progress=lambda *_: counts.append(engine.count())) == SyncReport(
        ("alpha",), ("stray",)
    )
    assert counts == [2]
    assert (engine.count(), total(engine, "harbour"), dict(engine.revisions())) == (1, 1, store.revisions())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves damaged files open
def test_rebuild_repairs_a_damaged_index(store, tmp_path):
    put(store, "alpha", "harbour")
    engine = open_engine("whoosh", tmp_path)
    sync(store, engine)
    engine.close()
    for path in (tmp_path / "index" / "whoosh").glob("*.seg"):
        path.write_bytes(b"damage")
    engine = open_engine("whoosh", tmp_path)
    assert engine.health()
    rebuild(store, engine)
    assert (engine.health(), total(engine, "harbour")) == ("", 1)
    engine.close()
