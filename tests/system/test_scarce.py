"""A full disk, too few descriptors, a second writer: one line, exit code 1, and the next run makes it good."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress

import pytest

from corpus.sets import PassageSet
from corpus.sets_json import to_json
from corpus.store import FILE_NAME, Store
from tests.needed import missing
from tests.system.forked import Commands
from tests.system.material import WHOLE, answers, expected, in_step

ENGINES = ("whoosh", "tantivy")


def exported(commands, library):
    outcome = commands.run("export", "--all", "--format", "jsonl", "--library", library)
    assert outcome.code == 0, outcome.err
    return outcome.out


@pytest.fixture(scope="module", params=ENGINES)
def whole(request, commands, texts, tmp_path_factory):
    """The engine, a library that nothing happened to, and its export."""
    library = tmp_path_factory.mktemp(request.param) / "library"
    made = commands.run("ingest", texts, "--no-model", "--engine", request.param, "--library", library)
    assert made.code == 0, made.err
    return request.param, library, exported(commands, library)


def told_once(outcome):
    """The one line of a command that failed."""
    assert outcome.code == 1, outcome
    assert len(outcome.told) == 1, outcome.err
    assert outcome.told[0].startswith("pincite: ")
    assert "unexpected" not in outcome.told[0]
    return outcome.told[0]


def check(commands, library, export):
    assert exported(commands, library) == export
    assert in_step(library)
    assert answers(library) == expected(library)


@contextmanager
def small_disk(folder, size):
    """A file system of so many bytes in the folder, where there is the right to make one."""
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder],  # noqa: S607  (the system's own)
        capture_output=True,
        check=False,
    )
    if made.returncode:
        missing("no right to mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)  # noqa: S607  (the system's own)


@pytest.mark.parametrize("kilobytes", [300, 1000])
def test_a_disk_is_full_while_files_are_taken_in(whole, commands, texts, tmp_path, kilobytes):
    """Then there is room again."""
    engine, _, export = whole
    ingest = ("ingest", texts, "--no-model", "--engine", engine, "--library")
    with small_disk(tmp_path / "disk", f"{kilobytes}k") as disk:
        told_once(commands.run(*ingest, disk / "library"))
        shutil.copytree(disk / "library", tmp_path / "library")
    again = commands.run(*ingest, tmp_path / "library")
    assert (again.code, again.told) == (0, [])
    check(commands, tmp_path / "library", export)


def filled(disk):
    """Leave nothing of the disk."""
    with (disk / "filler").open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(512)):
            pass


def test_a_disk_is_full_for_every_other_change(whole, commands, tmp_path):
    engine, template, export = whole
    file = tmp_path / "set.json"
    file.write_text(to_json(PassageSet("Week 1" * 20, "Read. " * 4000)))
    backup = tmp_path / "backup.pincite"
    assert commands.run("backup", backup, "--library", template).code == 0
    with small_disk(tmp_path / "disk", "12m") as disk:
        library = disk / "library"
        shutil.copytree(template, library)
        commands.run("info", "--library", library)
        filled(disk)
        for command in (
            ["reindex"],
            ["sets", "import", file],
            ["reindex", "--engine", engine],
            ["backup", disk / "backup.pincite"],
            ["restore", backup, "--replace"],
        ):
            told_once(commands.run(*command, "--library", library))
            assert answers(library) == answers(template)
        (disk / "filler").unlink()
        assert not list(disk.glob("*backup*"))
        assert commands.run("sets", "import", file, "--library", library).code == 0
        assert commands.run("reindex", "--library", library).told == []
        check(commands, library, export)


@pytest.mark.parametrize("size", [100_000, 400_000])
def test_files_may_not_grow(whole, commands, texts, tmp_path, size):
    """Where no file system can be made: the system refuses longer files, as it refuses more on a full disk."""
    engine, _, export = whole
    ingest = ("ingest", texts, "--no-model", "--engine", engine, "--library", tmp_path / "library")
    told_once(commands.run(*ingest, fsize=size))
    again = commands.run(*ingest)
    assert (again.code, again.told) == (0, [])
    check(commands, tmp_path / "library", export)


@pytest.mark.parametrize("descriptors", [8, 16])
def test_there_are_too_few_descriptors(whole, commands, texts, tmp_path, descriptors):
    engine, _, export = whole
    ingest = ("ingest", texts, "--no-model", "--engine", engine, "--library", tmp_path / "library")
    few = commands.run(*ingest, nofile=descriptors)
    assert few.code in {0, 1}
    assert few.code == 0 or all(line.startswith("pincite: ") and "unexpected" not in line for line in few.told), few.err
    again = commands.run(*ingest)
    assert again.code == 0, again.err
    check(commands, tmp_path / "library", export)


def test_two_write_at_once(whole, texts, commands, tmp_path):
    """Two ingests of the same files, an ingest and a rebuild, an ingest and a new set: none undoes the other's work."""
    engine, template, export = whole
    ingest = ("ingest", texts, "--no-model", "--engine", engine)
    file = tmp_path / "set.json"
    file.write_text(to_json(PassageSet("Week 1")))
    with closing(Commands()) as others, ThreadPoolExecutor(1) as beside:
        for number, other in enumerate([ingest, ("reindex", "--engine", engine), ("sets", "import", file)]):
            library = tmp_path / f"{number}"
            if number:
                shutil.copytree(template, library)
                with closing(Store.open(library)) as store:
                    for name in list(store.revisions())[: WHOLE // 2]:
                        store.remove(name)
            second = beside.submit(others.run, *other, "--library", library)
            first = commands.run(*ingest, "--library", library)
            assert (first.code, second.result().code) == (0, 0), (first.err, second.result().err)
            check(commands, library, export)


def test_a_store_that_somebody_holds_is_told(whole, commands, tmp_path, monkeypatch):
    """Longer than a writer waits; those who read are not kept waiting."""
    _, template, export = whole
    library = tmp_path / "library"
    shutil.copytree(template, library)
    monkeypatch.setattr("corpus.store_sqlite.BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(library / FILE_NAME, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        assert exported(commands, library) == export
        with closing(Store.open(library)) as store, pytest.raises(Exception, match="nothing was written.*locked"):
            store.sets.create(PassageSet("Week 1"))
    check(commands, library, export)
