"""Libraries of every schema that was released open as they are now, with all they held, on both databases."""

import json
from contextlib import closing
from pathlib import Path

import alembic.command
import alembic.config
import pytest
import sqlalchemy as sa

import corpus
from corpus.model import Document, DocumentKind
from corpus.schema import SCHEMA_VERSION
from corpus.sets import PassageSet
from corpus.sets_store import Access
from corpus.store import FILE_NAME, SourceState, Store
from tests.factories import document, library

RELEASED = ("0001", "0002", "0003", "0004", "0005")
#: What a library of the first version holds; each later one adds columns or tables to it.
ROWS = {
    "documents": {
        "id": "old",
        "title": "An old one",
        "kind": "lecture",
        "authors": '["Ada Verso"]',
        "date": "2010",
        "body": "",
        "symbol": "",
        "url": "",
        "doi": "",
        "language": "en",
        "source": "old.txt",
        "sha256": "0",
        "details": '{"course": "Seas"}',
        "revision": "r1",
    },
    "passages": {
        "id": "old/p-1",
        "document_id": "old",
        "sequence": 1,
        "kind": "paragraph",
        "label": None,
        "section": "[]",
        "page_first": 3,
        "page_last": 3,
        "text": "In 1999 it was here.",
        "calls": "[]",
        "annotations": '[[3, 7, "year", "1999", "pattern", null, null, 1.0]]',
    },
    "sources": {"path": "/texts/old.txt", "fingerprint": "f1", "document_id": "old", "error": None},
}
#: Column or table -> the version that brought it, and a value.
LATER = {
    ("documents", "provenance"): ("0002", {"title": "line 1"}),
    ("passages", "page_labels"): ("0003", ["iii", "iii"]),
    ("passages", "automatic"): ("0004", []),
}
SETS = {
    "sets": {"id": "s1", "title": "Evidence", "introduction": "Read.", "frozen": ""},
    "set_entries": {
        "set_id": "s1",
        "passage_id": "old/p-1",
        "position": 0,
        "note": "Why?",
        "tags": '["a"]',
        "heading": "",
        "text": "",
        "sha256": "",
    },
    "set_links": {"id": "0" * 16, "digest": "0" * 64, "access": "read", "set_id": "s1"},
}


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """Folder and address of a library that nobody has made yet."""
    if request.param == "sqlite":
        yield tmp_path, ""
        return
    with request.getfixturevalue("postgres_server").database() as address:
        yield tmp_path, address


def engine_of(folder, address):
    driver = address.replace("postgresql:", "postgresql+psycopg:")
    return sa.create_engine(driver or f"sqlite:///{folder / FILE_NAME}", poolclass=sa.NullPool)


def migrated(connection, version):
    """Take the steps up to a version, or back to it."""
    config = alembic.config.Config()
    config.set_main_option("script_location", str(Path(corpus.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    newer = sa.inspect(connection).has_table("sources")
    (alembic.command.downgrade if newer else alembic.command.upgrade)(config, version)


def fill(connection, version):
    tables = ROWS | (SETS if version >= "0005" else {})
    for table, row in tables.items():
        added = {
            column: json.dumps(value)
            for (changed, column), (since, value) in LATER.items()
            if changed == table and version >= since
        }
        values = row | added
        columns = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        connection.execute(sa.text(f"INSERT INTO {table} ({columns}) VALUES ({marks})"), values)  # noqa: S608  (ours)


@pytest.mark.parametrize("version", RELEASED)
def test_a_library_of_every_released_schema_opens_and_keeps_what_it_held(place, version):
    with engine_of(*place).begin() as connection:
        migrated(connection, version)
        fill(connection, version)
    with closing(Store.open(*place)) as store:
        assert store.schema_version() == SCHEMA_VERSION
        assert store.check() == []
        provenance = {"title": "line 1"} if version >= "0002" else {}
        assert store.documents() == [
            Document(
                "old",
                "An old one",
                DocumentKind.LECTURE,
                ("Ada Verso",),
                "2010",
                source="old.txt",
                sha256="0",
                details={"course": "Seas"},
                provenance=provenance,
            )
        ]
        (passage,) = store.passages("old")
        assert (passage.text, passage.years, passage.page) == ("In 1999 it was here.", (1999,), (3, 3))
        assert passage.page_labels == (("iii", "iii") if version >= "0003" else None)
        assert passage.automatic == (() if version >= "0004" else None)
        assert store.report("old") is None
        assert store.revisions() == {"old": "r1"}
        assert store.sources() == {"/texts/old.txt": SourceState("/texts/old.txt", "f1", "old")}
        if version >= "0005":
            held = store.sets.find("Evidence")
            assert [(entry.passage_id, entry.note, entry.tags) for entry in held.entries] == [
                ("old/p-1", "Why?", ("a",))
            ]
            assert store.sets.links("s1", Access.READ) == 1
        # and is as good as a new one
        store.replace(document("new"), library("x", document_id="new"), SourceState("/texts/new.txt", "f", "new"))
        store.forget("/texts/old.txt")
        assert [each.id for each in store.documents()] == ["new"]
        assert store.sets.create(PassageSet("Another")).id


def test_every_step_back_is_one_that_can_be_taken_again(place):
    Store.open(*place).close()
    with engine_of(*place).begin() as connection:
        migrated(connection, "0001")
    with closing(Store.open(*place)) as store:
        assert store.schema_version() == SCHEMA_VERSION
