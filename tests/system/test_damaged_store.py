"""A store whose file was changed behind its back: told by `doctor` and by a page of one line, and not made worse."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from corpus.errors import LibraryError
from corpus.store import FILE_NAME, Store
from tests.conftest import THOROUGH
from tests.system.material import dice
from tests.webapp import web_library
from webapp import create_app
from webapp.cli import main
from webapp.resources import Library
from webapp.settings import Settings

DAMAGES = 300 if THOROUGH else 30
PAGES = (
    "/",
    "/documents",
    "/documents/model-law",
    "/passages/report-2010/para-3",
    "/search?q=evidence",
    "/api/v1/documents",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A library in one file, its journal put away."""
    folder = tmp_path_factory.mktemp("whole")
    with closing(Store.open(folder)) as store:
        web_library.fill(store)
    CliRunner().invoke(main, ["reindex", "--library", str(folder)])
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return folder


def content(folder):
    with closing(Store.open(folder)) as store:
        return list(store.iterate())


def pincite(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


def test_a_damaged_store_is_told(whole, tmp_path):
    chance, right, found = dice(), content(whole), 0
    for number in range(DAMAGES):
        folder = tmp_path / f"{number}"
        shutil.copytree(whole, folder)
        file = folder / FILE_NAME
        data = bytearray(file.read_bytes())
        for _ in range(8):
            at = chance.randrange(len(data))
            data[at] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
        doctor = pincite("doctor", "--library", folder)
        assert doctor.exit_code in {0, 1}
        assert "unexpected" not in doctor.output + doctor.stderr, doctor.output + doctor.stderr
        try:
            same = content(folder) == right
        except LibraryError:
            same = False
        assert same or doctor.exit_code == 1, doctor.output
        found += not same
        served(folder)
        shutil.rmtree(folder)
    assert found > DAMAGES / 4, "too little was damaged to prove anything"


def told_in_one_line(error):
    assert len(str(error).splitlines()) == 1


def served(folder):
    try:
        opened = Library.of(Settings(library=folder))
    except LibraryError as error:
        told_in_one_line(error)
        return
    with opened as library:
        client = create_app(Settings(library=folder), library=library).test_client()
        for page in PAGES:
            answer = client.get(page)
            assert answer.status_code in {200, 404, 503}, (page, answer.text)
            assert answer.status_code != 503 or "damaged" in answer.text or "database" in answer.text


def test_doctor_finds_a_text_that_the_database_does_not_miss(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "library")
    file = tmp_path / "library" / FILE_NAME
    text = content(whole)[0][1][-1].text.encode()
    file.write_bytes(file.read_bytes().replace(text, text[:-2] + b"x."))
    told = pincite("doctor", "--library", tmp_path / "library")
    assert told.exit_code == 1
    assert f"FAIL  documents: 1 document damaged ({content(whole)[0][0].id}); restore" in told.output


@pytest.mark.parametrize("data", [b"SQLite format 3\0" + b"\xff" * 4096, b"no database at all" * 100])
@pytest.mark.parametrize(
    "command", [["search", "evidence"], ["doctor"], ["ingest", "FOLDER", "--no-model"], ["reindex"]]
)
def test_what_is_no_database_is_refused_in_one_line_and_left_alone(whole, tmp_path, data, command):
    shutil.copytree(whole, tmp_path / "library")
    file = tmp_path / "library" / FILE_NAME
    file.write_bytes(data)
    told = pincite(
        *(str(tmp_path) if each == "FOLDER" else each for each in command), "--library", tmp_path / "library"
    )
    assert told.exit_code == 1
    assert len(told.stderr.splitlines()) == 1
    assert told.stderr.startswith("pincite: cannot open the library")
    assert file.read_bytes() == data
