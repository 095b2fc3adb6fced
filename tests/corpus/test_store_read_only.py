"""A library that may only be read: everything reads, writing says so in one line."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from corpus.store import FILE_NAME, SourceState, Store
from tests.factories import document, library
from tests.needed import missing

ROOT = Path(__file__).parents[2]
#: What somebody does who may not write: reads, then tries to write.
READING = """
import sys
from pathlib import Path
from corpus.errors import LibraryError
from corpus.sets import PassageSet
from corpus.store import Store
store = Store.open(Path(sys.argv[1]))
print(*store.revisions(), len(store.passages("a")), store.sets.all(), store.check(), store.schema_version())
for write in (lambda: store.remove("a"), lambda: store.sets.create(PassageSet("Mine"))):
    try:
        write()
    except LibraryError as error:
        print(error)
store.close()
"""


@pytest.fixture
def folder():
    """A library of one document, in a folder that is read-only for whoever is not root."""
    place = Path(tempfile.mkdtemp(prefix="pincite-read-only-"))
    with closing(Store.open(place)) as store:
        store.replace(document("a"), library("x", "y", document_id="a"), SourceState("/a.md", "f", "a"))
    protect(place)
    yield place
    place.chmod(0o755)
    shutil.rmtree(place)


def protect(folder):
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)


def obeying() -> list[str]:
    """How a command is started that permissions apply to: of root's rights it lacks the one to write everywhere."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        missing("setpriv is not here, without which root writes whatever the permissions are")
    return ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"]


def told(folder) -> list[str]:
    command = [*obeying(), sys.executable, "-c", READING, str(folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.splitlines()


REFUSED = ["the library is read-only"] * 2


def test_it_is_read_and_not_written(folder):
    before = sorted(path.name for path in folder.iterdir())
    assert told(folder) == ["a 2 [] [] 0006", *REFUSED]
    assert sorted(path.name for path in folder.iterdir()) == before == [FILE_NAME]


def test_what_a_writer_has_not_yet_put_into_the_file_is_read_too(folder):
    """Somebody who may write has it open: the last changes stand in the journal beside the file alone."""
    folder.chmod(0o755)
    (folder / FILE_NAME).chmod(0o644)
    with closing(Store.open(folder)) as store:
        store.replace(document("b"), [], SourceState("/b.md", "f", "b"))
        assert (folder / f"{FILE_NAME}-wal").stat().st_size > 0
        protect(folder)
        assert told(folder) == ["a b 2 [] [] 0006", *REFUSED]
        folder.chmod(0o755)


def test_one_of_an_older_version_says_that_it_cannot_be_brought_up_to_date(folder):
    folder.chmod(0o755)
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0005'")
        connection.execute("DROP INDEX ix_sources_document_id")
    protect(folder)
    with pytest.raises(subprocess.CalledProcessError) as caught:
        told(folder)
    last = caught.value.stderr.splitlines()[-1]
    assert "LibraryError: cannot open the library" in last
    assert "read-only" in last
    assert "older" in last


def test_a_folder_that_cannot_be_written_holds_no_new_library(tmp_path):
    tmp_path.chmod(0o555)
    with pytest.raises(subprocess.CalledProcessError) as caught:
        told(tmp_path)
    assert "LibraryError: cannot open the library" in caught.value.stderr.splitlines()[-1]


def test_the_command_line_searches_and_reads_it(tmp_path):
    place, text = tmp_path / "library", tmp_path / "lamps.md"
    text.write_text("# Lamps\n\nIn 2001 the lamps of the evidence were lit.\n", encoding="utf-8")
    pincite = [sys.executable, "-m", "webapp.cli"]
    subprocess.run([*pincite, "ingest", text, "--no-model", "--library", place], check=True, cwd=ROOT)
    for path in (place, *place.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)

    def run(*arguments):
        words = [*obeying(), *pincite, *arguments, "--library", place]
        return subprocess.run(words, check=False, capture_output=True, text=True, cwd=ROOT)

    searched = run("search", "evidence", "--format", "json")
    assert (searched.returncode, searched.stderr) == (0, "")
    assert json.loads(searched.stdout)["total"] > 0
    refused = run("ingest", text)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "read-only" in refused.stderr
