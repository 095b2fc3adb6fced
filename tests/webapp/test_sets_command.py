"""`pincite sets`: what whoever keeps the library can do with passage sets."""

import pytest
from click.testing import CliRunner

from corpus.sets import PassageSet
from corpus.sets_json import from_json
from corpus.sets_store import Access
from corpus.store import Store
from tests.webapp import web_library
from webapp.cli import main


@pytest.fixture
def folder(tmp_path):
    store = Store.open(tmp_path / "library")
    web_library.fill(store)
    held = (
        PassageSet("Week one").adding(["report-2010/para-1", "gone/para-1"]).annotated("gone/para-1", note="Lost\nword")
    )
    store.sets.create(held)
    store.close()
    return tmp_path / "library"


@pytest.fixture
def sets(folder):
    store = Store.open(folder)
    yield store.sets
    store.close()


def run(*arguments, code=0):
    result = CliRunner().invoke(main, ["sets", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result.output


def test_sets_are_listed_and_shown_with_what_is_missing(folder, sets):
    [held] = sets.all()
    assert run("list", "--library", folder) == f"{held.id}  Week one (2 passages)\n"
    assert run("show", "Week one", "--library", folder).splitlines() == [
        "Week one",
        "report-2010/para-1",
        "gone/para-1  not in the library",
        "    Lost word",
    ]


def test_a_set_is_kept_in_a_file_and_brought_in_again(folder, sets, tmp_path):
    file = tmp_path / "set.json"
    run("export", "Week one", "--output", file, "--library", folder)
    assert from_json(file.read_bytes()).title == "Week one"
    link = run("import", file, "--library", folder).strip()
    assert link.startswith("/sets/edit/")
    assert sets.find(link).passage_ids == ("report-2010/para-1", "gone/para-1")
    assert len(sets.all()) == 2
    assert run("export", sets.find(link).id, "--library", folder) == file.read_text(encoding="utf-8")


def test_a_lost_link_is_replaced(folder, sets):
    [held] = sets.all()
    first = run("link", "Week one", "--library", folder).strip().rpartition("/")[2]
    second = run("link", held.id, "--revoke", "--library", folder).strip().rpartition("/")[2]
    assert sets.links(held.id, Access.EDIT) == 1
    assert sets.opened(second, Access.EDIT) == held
    read = run("link", "Week one", "--read", "--library", folder).strip()
    assert read.startswith("/sets/")
    assert sets.opened(read.rpartition("/")[2], Access.READ) == held
    assert first != second


def test_an_unknown_set_and_a_file_without_one_are_refused(folder, tmp_path):
    assert "no set named 'mine'" in run("show", "mine", "--library", folder, code=1)
    (tmp_path / "x.json").write_text("[]")
    assert "no passage set" in run("import", tmp_path / "x.json", "--library", folder, code=1)
