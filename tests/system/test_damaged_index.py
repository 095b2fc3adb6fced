"""An index whose files were changed behind its back: never a wrong answer, always repaired, and told in one line."""

from __future__ import annotations

import os
import shutil
from contextlib import closing

import pytest
from click.testing import CliRunner

from corpus.store import SourceState, Store
from search.engines import open_engine
from search.engines.chosen import choose_engine
from search.engines.sums import faults
from search.errors import EngineError
from search.indexer import sync
from search.query import FACETS
from search.upkeep import mend
from tests.conftest import THOROUGH
from tests.factories import document, passage
from tests.system.material import ASKED, answers, asked, dice, expected
from webapp import create_app
from webapp.cli import main
from webapp.resources import Library
from webapp.settings import Settings

#: Damages to each engine's index.
DAMAGES = 500 if THOROUGH else 30
WORDS = ("sea", "protection", "state", "convention", "harbour", "lamp", "treaty", "court")

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # damaged files stay open


def made(folder, name):
    """A library of five documents in an index of several segments, some passages of which are gone."""
    chance = dice()
    choose_engine(folder, name)
    with closing(Store.open(folder)) as store, closing(open_engine(name, folder)) as engine:
        for number in (1, 2, 3, 4, 5, 2):
            held = f"doc-{number}"
            texts = [" ".join(chance.choices(WORDS, k=12)) for _ in range(6)]
            content = [
                passage(text, held, at, organisations=chance.choices(["INTERPOL", "Europol"]), years=[2000 + at])
                for at, text in enumerate(texts, 1)
            ]
            store.replace(document(held), content, SourceState(f"/{held}", f"{number}", held))
            if number in {1, 3, 5, 2}:
                sync(store, engine)


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def whole(request, tmp_path_factory):
    """A library with what its index answers."""
    folder = tmp_path_factory.mktemp(request.param)
    made(folder, request.param)
    assert answers(folder) == expected(folder)
    return request.param, folder, expected(folder)


def flipped(chance, data):
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def garbled(chance, data):
    at, length = chance.randrange(len(data)), chance.randrange(1, 200)
    return data[:at] + chance.randbytes(length) + data[at + length :]


def emptied(chance, data):
    at = chance.randrange(len(data))
    return data[:at] + bytes(len(data) - at)


def truncated(chance, data):
    return data[: chance.randrange(len(data))]


def damaged(chance, folder, number):
    """Change one file of the index; each in turn, in each way in turn, or take it away."""
    files = sorted(path for path in (folder / "index").rglob("*") if path.is_file() and path.stat().st_size)
    path = files[number % len(files)]
    way = chance.choice([flipped, flipped, flipped, garbled, emptied, truncated, None])
    if way is None:
        path.unlink()
    else:
        path.write_bytes(way(chance, path.read_bytes()))
    return f"{path.name} {way.__name__ if way else 'gone'}"


def test_an_index_is_damaged_or_deleted_while_it_is_open(whole, tmp_path):
    """Whoever searches is told, until it is repaired; from then on all is as before."""
    name, template, right = whole
    chance = dice()
    folder = tmp_path / "library"
    shutil.copytree(template, folder)
    with closing(Store.open(folder)) as store, closing(open_engine(name, folder)) as engine:
        assert asked(engine) == right
        for path in (folder / "index").rglob("*"):
            if path.suffix in {".seg", ".idx"}:
                path.write_bytes(flipped(chance, path.read_bytes()))
        for what in (r"the index is damaged \(", "the index is gone"):
            with pytest.raises(EngineError, match=what):
                engine.count()
            told: list[str] = []
            mend(store, engine, told=told.append)
            assert asked(engine) == right
            assert len(told) == 1
            shutil.rmtree(folder / "index")


def test_a_server_whose_index_is_deleted_says_so_and_makes_it_again(whole, tmp_path, caplog):
    _, template, _ = whole
    folder = tmp_path / "library"
    shutil.copytree(template, folder)
    settings = Settings(library=folder)
    with Library.of(settings) as library:
        client = create_app(settings, library=library).test_client()
        before = client.get("/api/v1/search?q=sea").json
        shutil.rmtree(folder / "index")
        gone = client.get("/api/v1/search?q=sea")
        assert gone.status_code == 503
        assert gone.json["error"]["message"] == "the index is gone: run `pincite reindex`"
        library._mending.join(60)
        assert client.get("/api/v1/search?q=sea").json == before
    assert "the index is gone: repaired" in caplog.text


def test_files_that_were_only_copied_are_not_damaged(whole, tmp_path):
    _, template, right = whole
    folder = tmp_path / "library"
    shutil.copytree(template, folder, copy_function=shutil.copyfile)  # with other times
    assert answers(folder) == right


def test_damage_that_leaves_no_trace_is_found_by_doctor(whole, tmp_path):
    """As when a disk forgets: size and time of the file are the same."""
    name, template, _ = whole
    shutil.copytree(template, tmp_path / "library")
    path = next(path for path in (tmp_path / "library" / "index").rglob("*") if path.suffix in {".seg", ".store"})
    before = path.stat()
    path.write_bytes(flipped(dice(), path.read_bytes()))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [path.name in line for line in faults(tmp_path / "library" / "index")] == [True]
    assert list(faults(template / "index")) == []
    told = CliRunner().invoke(main, ["doctor", "--library", str(tmp_path / "library")])
    assert f"FAIL  engine {name}: the index is damaged ({path.name}): run `pincite reindex`" in told.output


#: An index without its last commit is an empty one, which the store tells from a whole one.
NOTHING = [(set(), {facet: {} for facet in FACETS})] * len(ASKED)


def answered(folder):
    try:
        return answers(folder)
    except EngineError as error:
        return "refused" if "run `pincite reindex`" in str(error) else str(error)


def test_files_are_damaged(whole, tmp_path):
    name, template, right = whole
    chance = dice()
    for number in range(DAMAGES):
        folder = tmp_path / f"{number}"
        shutil.copytree(template, folder)
        what = damaged(chance, folder, number)
        assert answered(folder) in (right, NOTHING, "refused"), what
        told = []
        with closing(Store.open(folder)) as store, closing(open_engine(name, folder)) as engine:
            mend(store, engine, told=told.append)
        assert answers(folder) == right, what
        assert len(told) <= 1, what
        assert all(line.endswith(": repaired") and "\n" not in line for line in told), (what, told)
        shutil.rmtree(folder)
