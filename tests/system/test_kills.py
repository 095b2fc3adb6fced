"""Outright kills at random points: the next run ends where an undisturbed one ends, and nothing is said of it twice."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from corpus.sets import PassageSet
from corpus.sets_json import from_json, to_json
from corpus.store import Store
from tests.conftest import THOROUGH
from tests.system.forked import WORKER
from tests.system.material import WHOLE, answers, dice, expected, in_step, written
from webapp.administration.tasks import Queue, Record, State, Task, new_key

#: Kills of each engine's ingests, and of everything else; many are for the night.
KILLS, OTHERS = (100, 25) if THOROUGH else (10, 2)
ENGINES = ("whoosh", "tantivy")


def exported(commands, library: Path) -> str:
    outcome = commands.run("export", "--all", "--format", "jsonl", "--library", library)
    assert (outcome.code, outcome.told[:-1]) == (0, []), outcome.err
    return outcome.out


class Undisturbed:
    """A library that nothing has happened to, and how long it took to make."""

    def __init__(self, commands, engine, texts, place) -> None:
        self.engine, self.library = engine, place
        made = commands.run("ingest", texts, "--no-model", "--engine", engine, "--library", place)
        assert (made.code, made.told) == (0, [])
        self.seconds = made.seconds
        self.export, self.answers = exported(commands, place), expected(place)
        assert answers(place) == self.answers

    def check(self, commands, library):
        """What a repaired library must be like."""
        assert exported(commands, library) == self.export
        assert in_step(library)
        assert answers(library) == self.answers


@pytest.fixture(scope="module", params=ENGINES)
def whole(request, commands, texts, tmp_path_factory):
    return Undisturbed(commands, request.param, texts, tmp_path_factory.mktemp(request.param) / "library")


def test_ingests_are_killed(whole, commands, tmp_path):
    """Into an empty library and into one of earlier texts, by one process and by three, at any time of their runs."""
    chance = dice()
    begun, texts = tmp_path / "begun", tmp_path / "texts"
    ingest = ("ingest", written(texts, WHOLE, edited=True), "--no-model", "--engine", whole.engine, "--library")
    commands.run(*ingest, begun)
    written(texts, WHOLE)
    left: Counter[int] = Counter()
    longest, number = whole.seconds, 0
    while left.total() < KILLS:
        library = tmp_path / f"killed-{number}"
        if number % 3 == 0:
            shutil.copytree(begun, library)
        moment = chance.uniform(0, longest)
        killed = commands.run(*ingest, library, "--jobs", 1 + 2 * (number % 2), kill_after=moment)
        if killed.code < 0:
            left[documents(library)] += 1
        else:  # it was done before: a machine that others use too is never twice as quick
            longest = killed.seconds
        number += 1
        again = commands.run(*ingest, library)
        assert (again.code, again.told) == (0, [])
        whole.check(commands, library)
        shutil.rmtree(library)
    assert len(left) > 2, f"all kills met the same moment: {left}"


def documents(library: Path) -> int:
    if not (library / "library.sqlite").exists():
        return -1
    with closing(Store.open(library)) as store:
        return store.counts()["documents"]


def test_rebuilds_are_killed(whole, commands, tmp_path):
    """The old index answers until the new one does, so that a search finds nothing to repair."""
    chance = dice()
    library = tmp_path / "library"
    shutil.copytree(whole.library, library)
    seconds = commands.run("reindex", "--library", library).seconds
    for _ in range(OTHERS):
        commands.run("reindex", "--library", library, kill_after=chance.uniform(0, seconds))
        assert answers(library) == whole.answers
        searched = commands.run("search", "sea", "--library", library)
        assert (searched.code, searched.told) == (0, [])
    assert commands.run("reindex", "--library", library).told == []
    whole.check(commands, library)


def test_a_moved_library_is_killed_on_the_way(whole, commands, tmp_path):
    """A library answers by its old engine until the index of the new one is whole."""
    chance = dice()
    library = tmp_path / "library"
    other = next(name for name in ENGINES if name != whole.engine)
    for _ in range(OTHERS):
        shutil.copytree(whole.library, library)
        commands.run("reindex", "--engine", other, "--library", library, kill_after=chance.uniform(0, whole.seconds))
        assert answers(library) == whole.answers
        assert commands.run("reindex", "--engine", other, "--library", library).code == 0
        whole.check(commands, library)
        shutil.rmtree(library)


def test_changes_of_sets_are_killed(whole, commands, tmp_path):
    """A set is there whole or not at all; the passages are not touched."""
    chance = dice()
    library, file = tmp_path / "library", tmp_path / "set.json"
    shutil.copytree(whole.library, library)
    names = sorted(whole.answers[0][0])
    file.write_text(to_json(PassageSet("Week 1").adding(names).annotated(names[3], note="Read it.")))
    seconds = commands.run("sets", "import", file, "--library", library).seconds
    for _ in range(4 * OTHERS):
        commands.run("sets", "import", file, "--library", library, kill_after=chance.uniform(0, seconds))
    with closing(Store.open(library)) as store:
        kept = [to_json(each) for each in store.sets.all()]
    assert {to_json(from_json(each.encode())) for each in kept} == {file.read_text()}
    whole.check(commands, library)


def test_the_process_of_uploads_is_killed(whole, commands, texts, tmp_path):
    """What was handed in is a document in the end, once, and nothing else is left behind."""
    chance = dice()
    seconds = 0.0
    for number in range(OTHERS + 1):
        library = tmp_path / f"library-{number}"
        shutil.copytree(whole.library, library)
        queue = Queue(library)
        names = [path.name for path in sorted(texts.iterdir())[:2]]
        for name in names:
            record = Record(new_key(), Task.ADD, name, f"uploaded-{name}")
            queue.incoming(record).write_text(f"Uploaded.\n\n{(texts / name).read_text()}")
            queue.put(record)
        worker = ("--library", library, "--no-model")
        if seconds:
            commands.run(*worker, program=WORKER, kill_after=chance.uniform(0, seconds))
        again = commands.run(*worker, program=WORKER)
        seconds = seconds or again.seconds
        assert again.code == 0, again.err
        # unchanged where the kill came between the last step and its record
        assert {record.state for record in queue.records()} <= {State.DONE, State.UNCHANGED}
        assert documents(library) == WHOLE + len(names)
        assert in_step(library)
        assert answers(library) == expected(library)
