"""The store: whole documents in and out, states of sources, migrations, damage."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from corpus.errors import LibraryError, NotFound
from corpus.model import Annotation, AnnotationType, Document, DocumentKind, Found, NoteCall, Passage, PassageKind
from corpus.report import ExtractionReport, Finding, Severity
from corpus.schema import SCHEMA_VERSION
from corpus.store import FILE_NAME, SourceState, Store
from corpus.store_connection import writing

DOCUMENT = Document(
    id="lecture-1",
    title="A Lecture",
    kind=DocumentKind.LECTURE,
    authors=("Ada Marginalia", "Bo Folio"),
    date="2024-03",
    source="lecture-1.txt",
    sha256="00",
    details={"course": "International Law"},
)
PASSAGES = [
    Passage("lecture-1/h-1", "lecture-1", 1, PassageKind.HEADING, "Opening"),
    Passage(
        id="lecture-1/para-1",
        document_id="lecture-1",
        sequence=2,
        kind=PassageKind.PARAGRAPH,
        text="1. In 2001 the Council met.",
        label="para 1",
        section=("Opening",),
        page=(3, 4),
        calls=(NoteCall(7, 26),),
        annotations=(Annotation(6, 10, AnnotationType.YEAR, "2001", Found.PATTERN, confidence=0.5),),
    ),
]
STATE = SourceState("/texts/lecture-1.txt", "f1", "lecture-1")


@pytest.fixture
def store(tmp_path, database):
    opened = Store.open(tmp_path / "library", database)
    yield opened
    opened.close()


def test_what_goes_in_comes_out_the_same(store):
    store.replace(DOCUMENT, PASSAGES, STATE)
    assert store.documents() == [DOCUMENT]
    assert store.document("lecture-1") == DOCUMENT
    assert store.passages("lecture-1") == PASSAGES
    assert store.passage("lecture-1/para-1") == PASSAGES[1]
    assert list(store.iterate()) == [(DOCUMENT, PASSAGES)]
    assert store.sources() == {STATE.path: STATE}


def test_a_document_is_replaced_whole(store):
    store.replace(DOCUMENT, PASSAGES, STATE)
    store.replace(DOCUMENT, PASSAGES[:1], replace(STATE, fingerprint="f2"))
    assert store.passages("lecture-1") == PASSAGES[:1]
    assert store.counts() == {"documents": 1, "passages": 0, "failures": 0}  # a heading is no body passage
    assert store.size() == 1


def test_a_source_that_changes_its_id_leaves_nothing_behind(store):
    store.replace(DOCUMENT, PASSAGES, STATE)
    store.replace(replace(DOCUMENT, id="renamed"), [], replace(STATE, document_id="renamed"))
    assert [document.id for document in store.documents()] == ["renamed"]
    with pytest.raises(NotFound, match="lecture-1/para-1"):
        store.passage("lecture-1/para-1")


def test_a_failed_replacement_changes_nothing(store):
    store.replace(DOCUMENT, PASSAGES, STATE)
    twice = [PASSAGES[0], PASSAGES[0]]
    with pytest.raises(Exception, match="(?i)unique"):
        store.replace(DOCUMENT, twice, replace(STATE, fingerprint="f2"))
    assert store.passages("lecture-1") == PASSAGES
    assert store.sources()[STATE.path].fingerprint == "f1"


def test_quarantine_takes_out_what_the_source_gave(store):
    store.replace(DOCUMENT, PASSAGES, STATE)
    store.quarantine(SourceState(STATE.path, "f2", error="is encrypted"))
    assert store.documents() == []
    assert store.counts()["failures"] == 1
    assert store.sources()[STATE.path].error == "is encrypted"


def test_a_removed_document_is_new_again(store):
    store.replace(DOCUMENT, PASSAGES, STATE)
    store.remove("lecture-1")
    assert store.sources() == {}


def test_passages_come_in_the_order_asked_for_and_unknown_ids_are_left_out(store):
    store.replace(DOCUMENT, PASSAGES, STATE)
    ids = ["lecture-1/para-1", "nowhere/p-1", "lecture-1/h-1"]
    assert store.passages_by_id(ids) == [PASSAGES[1], PASSAGES[0]]
    assert store.passages_by_id(["nowhere/p-1"] * 1200) == []  # more than one query's variables


def test_documents_come_in_the_order_asked_for_and_unknown_ids_are_left_out(store):
    other = replace(DOCUMENT, id="lecture-2")
    for number, each in enumerate((DOCUMENT, other)):
        store.replace(each, [], SourceState(f"/texts/{number}", "1", each.id))
    assert store.documents_by_id(["lecture-2", "nowhere", "lecture-1"]) == [other, DOCUMENT]


def test_the_shelf_is_in_order_of_date_and_title(store):
    facts = {"a": ("2001", "Zebra"), "b": ("", "Undated"), "c": ("2001-05", "Later"), "d": ("2001", "apple")}
    for name, (date, title) in facts.items():
        store.replace(replace(DOCUMENT, id=name, date=date, title=title), [], SourceState(name, "1", name))
    assert store.shelf() == ["c", "d", "a", "b"]


def test_plain_passages_are_the_same_without_annotations_and_never_older_than_their_document(store):
    store.replace(DOCUMENT, PASSAGES, STATE)
    plain = [replace(passage, annotations=(), automatic=None) for passage in PASSAGES]
    assert any(passage.annotations for passage in PASSAGES)
    assert store.plain("lecture-1") == plain
    store.replace(DOCUMENT, PASSAGES[:1], replace(STATE, fingerprint="f2"))
    assert store.plain("lecture-1") == plain[:1]
    store.remove("lecture-1")
    with pytest.raises(NotFound, match="lecture-1"):
        store.plain("lecture-1")


@pytest.mark.parametrize("ask", [lambda s: s.document("x"), lambda s: s.passages("x"), lambda s: s.passage("x/p-1")])
def test_the_unknown_is_not_found(store, ask):
    with pytest.raises(NotFound, match="'x"):
        ask(store)


def test_revisions_follow_content_only(store, tmp_path):
    store.replace(DOCUMENT, PASSAGES, STATE)
    first = store.revisions()
    other = Store.open(tmp_path / "other")
    other.replace(DOCUMENT, PASSAGES, replace(STATE, path="/elsewhere", fingerprint="f9"))
    assert other.revisions() == first
    other.replace(replace(DOCUMENT, title="Another"), PASSAGES, STATE)
    assert other.revisions() != first
    other.close()


def test_a_second_store_sees_what_the_first_wrote(store, database):
    other = Store.open(store.folder, database)
    store.replace(DOCUMENT, PASSAGES, STATE)
    assert other.documents() == [DOCUMENT]
    other.close()


def test_a_writer_that_waits_too_long_is_told_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr("corpus.store_sqlite.BUSY_SECONDS", 0.05)
    with closing(Store.open(tmp_path)) as store, closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="nothing was written to the library: database is locked"):
            store.remove("lecture-1")


def test_the_journal_is_write_ahead(tmp_path):
    Store.open(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_schema_version_is_recorded_and_an_empty_file_is_migrated(tmp_path):
    (tmp_path / FILE_NAME).touch()
    opened = Store.open(tmp_path)
    assert opened.schema_version() == SCHEMA_VERSION
    assert opened.check() == []
    opened.close()


def test_migrations_build_the_tables_that_the_code_uses(store):
    import sqlalchemy as sa
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from corpus.schema import metadata

    with store._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert sa.inspect(connection).get_foreign_keys("passages")[0]["options"]["ondelete"] == "CASCADE"


def test_a_newer_library_is_refused_with_advice(store, database):
    with writing(store._engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LibraryError, match="9999 is newer"):
        Store.open(store.folder, database)


def test_a_file_that_is_no_database_is_refused_in_one_line(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"this is no database" * 100)
    with pytest.raises(LibraryError, match="cannot open the library") as caught:
        Store.open(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="cannot open the library"):
        Store.open(tmp_path / "file" / "library")


def test_page_labels_come_back_as_they_were(store):
    labelled = replace(PASSAGES[0], page=(3, 4), page_labels=("iii", "1"))
    store.replace(DOCUMENT, [labelled], STATE)
    assert store.passages("lecture-1")[0] == labelled


def test_a_library_of_the_second_schema_opens_and_keeps_its_data(tmp_path):
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.executescript(FIRST_SCHEMA + SECOND_SCHEMA)
    connection.close()
    opened = Store.open(tmp_path)
    assert opened.schema_version() == SCHEMA_VERSION
    assert opened.document("old").provenance == {"title": "line 1"}
    passage = opened.passages("old")[0]
    assert (passage.page, passage.page_labels, passage.pages) == ((3, 3), None, ("3", "3"))
    assert opened.check() == []
    opened.close()


def test_provenance_and_report_come_back_as_they_were(store):
    document = replace(DOCUMENT, provenance={"title": "masthead line 3", "date": "catalogue"})
    report = ExtractionReport(
        counts={"paragraph": 1},
        letters=120,
        kept=110,
        pages=3,
        furniture=(("Lamps", 2),),
        findings=(
            Finding(Severity.FAULT, "10 letters are in no passage.", page=2),
            Finding(Severity.DOUBT, "x", "a/p-1"),
        ),
    )
    store.replace(document, PASSAGES, STATE, report=report)
    assert store.document("lecture-1").provenance == document.provenance
    assert store.report("lecture-1") == report
    assert list(store.reports()) == [("lecture-1", report)]
    store.replace(document, PASSAGES, STATE)
    assert store.report("lecture-1") is None
    assert list(store.reports()) == []
    with pytest.raises(NotFound):
        store.report("nowhere")


def test_a_library_of_the_first_schema_opens_and_keeps_its_data(tmp_path):
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.executescript(FIRST_SCHEMA)
    connection.close()
    opened = Store.open(tmp_path)
    assert opened.schema_version() == SCHEMA_VERSION
    document = opened.document("old")
    assert (document.title, document.authors, document.provenance) == ("An old one", ("Ada Verso",), {})
    assert [passage.text for passage in opened.passages("old")] == ["It was here before."]
    assert opened.report("old") is None
    assert opened.revisions() == {"old": "r1"}
    assert opened.sources()["/texts/old.txt"].document_id == "old"
    assert opened.check() == []
    opened.replace(DOCUMENT, PASSAGES, STATE)
    assert len(opened.documents()) == 2
    opened.close()


#: A library as the first version wrote it.
FIRST_SCHEMA = """
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO alembic_version VALUES ('0001');
CREATE TABLE documents (id VARCHAR NOT NULL, title TEXT NOT NULL, kind VARCHAR NOT NULL, authors JSON NOT NULL,
  date VARCHAR NOT NULL, body TEXT NOT NULL, symbol VARCHAR NOT NULL, url TEXT NOT NULL, doi VARCHAR NOT NULL,
  language VARCHAR NOT NULL, source TEXT NOT NULL, sha256 VARCHAR NOT NULL, details JSON NOT NULL,
  revision VARCHAR NOT NULL, CONSTRAINT pk_documents PRIMARY KEY (id));
CREATE TABLE passages (id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, sequence INTEGER NOT NULL,
  kind VARCHAR NOT NULL, label VARCHAR, section JSON NOT NULL, page_first INTEGER, page_last INTEGER,
  text TEXT NOT NULL, calls JSON NOT NULL, annotations JSON NOT NULL, CONSTRAINT pk_passages PRIMARY KEY (id),
  CONSTRAINT fk_passages_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE);
CREATE UNIQUE INDEX ix_passages_document_id_sequence ON passages (document_id, sequence);
CREATE TABLE sources (path TEXT NOT NULL, fingerprint VARCHAR NOT NULL, document_id VARCHAR, error TEXT,
  CONSTRAINT pk_sources PRIMARY KEY (path),
  CONSTRAINT fk_sources_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE);
INSERT INTO documents VALUES ('old', 'An old one', 'lecture', '["Ada Verso"]', '2010', '', '', '', '', 'en', 'old.txt',
  '0', '{}', 'r1');
INSERT INTO passages VALUES ('old/p-1', 'old', 1, 'paragraph', NULL, '[]', NULL, NULL, 'It was here before.', '[]',
  '[]');
INSERT INTO sources VALUES ('/texts/old.txt', 'f1', 'old', NULL);
"""

#: What the second version added to it.
SECOND_SCHEMA = """
ALTER TABLE documents ADD COLUMN provenance JSON DEFAULT '{}' NOT NULL;
ALTER TABLE documents ADD COLUMN report JSON;
UPDATE documents SET provenance = '{"title": "line 1"}';
UPDATE passages SET page_first = 3, page_last = 3;
UPDATE alembic_version SET version_num = '0002';
"""
