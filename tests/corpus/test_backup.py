"""Libraries that go into a file and come back the same, and files that are refused before anything is written."""

import json
import shutil
import threading
import zipfile
from contextlib import closing
from dataclasses import replace
from io import BytesIO

import pytest

from corpus import backup, restoring
from corpus.backup import FILES, MANIFEST, TABLES, BackupError
from corpus.errors import LibraryError, NotFound
from corpus.export import export
from corpus.report import ExtractionReport, Finding, Severity
from corpus.sets import PassageSet
from corpus.sets_store import Access
from corpus.store import SourceState, Store
from search.engines.chosen import FILE_NAME as ENGINE
from tests.factories import document, library, passage
from webapp.administration.tasks import Queue

REPORT = ExtractionReport(
    {"paragraph": 2}, 90, 90, 1, (("Page", 2),), (Finding(Severity.DOUBT, "a doubt", "a/p-1", 1),)
)


def filled(folder):
    """A library with something in every table, and its secret link to a set."""
    store = Store.open(folder)
    for name in ("harbour", "lecture", "öffentlich"):
        texts = library(f"The Council of {name} met in 2001.", "Zweitens: “§ 3”.", document_id=name)
        tagged = passage("In 2001", name, 3, years=[2001])
        changed = replace(tagged, annotations=(), automatic=tagged.annotations, page=(3, 4), page_labels=("iii", "iv"))
        source = SourceState(f"/texts/{name}.md", f"print of {name}", name)
        store.replace(document(name, details={"course": "Law"}), [*texts, changed], source, report=REPORT)
    store.quarantine(SourceState("/texts/broken.pdf", "f", error="it is damaged"))
    made = store.sets.create(PassageSet("Week 1").adding(["lecture/para-1", "gone/p-1"]))
    store.sets.change(made.id, lambda held: held.annotated("lecture/para-1", note="Read.\n\nTwice.", tags=["a", "b"]))
    frozen = store.sets.create(PassageSet("Frozen").adding(["harbour/para-2"]))
    store.sets.freeze(frozen.id)
    secret = store.sets.link(made.id, Access.EDIT)
    (folder / "corrections.toml").write_text("# none yet\n")
    (folder / ENGINE).write_text("tantivy\n")
    (folder / "uploads" / ".queue").mkdir(parents=True)
    (folder / "uploads" / "talk ä.txt").write_bytes(b"\0\xffnot only text\r\n")
    return store, secret


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A library, its backup and its link."""
    folder = tmp_path_factory.mktemp("original")
    store, secret = filled(folder / "library")
    manifest = backup.write(store, folder / "backup.zip")
    yield store, folder / "backup.zip", secret, manifest
    store.close()


@pytest.fixture
def empty(tmp_path, database):
    opened = Store.open(tmp_path / "other", database)
    yield opened
    opened.close()


def content(store):
    """All that a store holds, in the words of its own methods."""
    exported = BytesIO()
    export("jsonl", ((held, each) for held, found in store.iterate() for each in found), exported)
    return (
        exported.getvalue(),
        store.revisions(),
        dict(store.reports()),
        store.sources(),
        store.sets.all(),
        [(held, found) for held, found in store.iterate()],
    )


def test_a_library_comes_back_the_same(made, empty):  # and so moves from one database to the other
    store, file, secret, manifest = made
    assert restoring.restore(file, empty) == manifest
    assert content(empty) == content(store)
    assert empty.check() == []
    assert empty.sets.opened(secret, Access.EDIT) == store.sets.opened(secret, Access.EDIT)
    with pytest.raises(NotFound):
        empty.sets.opened("x" * 32, Access.EDIT)
    for name in ("corrections.toml", ENGINE, "uploads/talk ä.txt"):
        assert (empty.folder / name).read_bytes() == (store.folder / name).read_bytes()
    again = empty.folder.parent / "again.zip"
    assert replace(backup.write(empty, again), made="") == replace(manifest, made="")  # byte for byte, by checksums


def test_what_lies_beside_the_store_is_known_by_its_names(made):
    store, _, _, manifest = made
    assert Queue(store.folder).folder.name == backup.UPLOADS
    assert ENGINE in backup.KEPT
    assert set(manifest.members) == {
        *TABLES,
        *(f"{FILES}{name}" for name in ("corrections.toml", "engine", "uploads/talk ä.txt")),
    }


def test_a_library_that_holds_something_is_given_up_only_when_told(made, tmp_path):
    store, file, _, _ = made
    with closing(Store.open(tmp_path)) as other:
        other.replace(document("own"), library("Ours.", document_id="own"), SourceState("/own.md", "f", "own"))
        (tmp_path / "uploads").mkdir()
        (tmp_path / "uploads" / "own.txt").write_text("the only copy")
        before = content(other)
        with pytest.raises(BackupError, match=r"not empty \(it has 1 documents, 1 passages, 1 sources\)"):
            restoring.restore(file, other)
        assert content(other) == before
        restoring.restore(file, other, replace=True)
        assert content(other) == content(store)
    [aside] = tmp_path.glob("replaced-*")
    assert (aside / "uploads" / "own.txt").read_text() == "the only copy"
    assert sorted(path.name for path in (tmp_path / "uploads").iterdir()) == ["talk ä.txt"]


def test_a_file_that_is_there_is_not_written_over(made, tmp_path):
    (tmp_path / "backup.zip").write_text("last week's")
    with pytest.raises(BackupError, match="is there already"):
        backup.write(made[0], tmp_path / "backup.zip")
    assert (tmp_path / "backup.zip").read_text() == "last week's"


def test_a_backup_that_fails_leaves_nothing_behind(made, tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "library_files", lambda _: ["uploads/gone meanwhile"])
    with pytest.raises(FileNotFoundError):
        backup.write(made[0], tmp_path / "backup.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_is_of_one_moment_while_others_write(tmp_path):
    """Every document is written with a set that names it: a backup that holds one without the other tells two times."""
    with closing(Store.open(tmp_path / "library")) as store, closing(Store.open(tmp_path / "library")) as writer:
        stop = threading.Event()

        def ingest():
            number = 0
            while not stop.is_set():
                number += 1
                texts = library(*("A paragraph." for _ in range(20)), document_id=f"d{number}")
                writer.replace(document(f"d{number}"), texts, SourceState(f"/{number}", "f", f"d{number}"))

        thread = threading.Thread(target=ingest)
        thread.start()
        try:
            for number in range(5):
                manifest = backup.write(store, tmp_path / f"{number}.zip")
                assert manifest.rows == manifest.count(TABLES["store/documents.jsonl"][0]) * 22
                with closing(Store.open(tmp_path / str(number))) as restored:
                    restoring.restore(tmp_path / f"{number}.zip", restored)
                    assert restored.check() == []
        finally:
            stop.set()
            thread.join()
        assert store.counts()["documents"] > 5


def rewritten(file, target, change):
    """The backup with its members changed by `change(name, content)`, and its manifest telling the new sizes."""
    members, parts = {}, {}
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        for name in archive.namelist():
            if name != MANIFEST:
                name_now, parts[name] = name, change(name, archive.read(name))
                members[name_now] = parts[name]
    import hashlib

    for name, data in members.items():
        stated = {"rows": data.count(b"\n") if name in TABLES else 0, "bytes": len(data)}
        manifest["members"][name] = stated | {"sha256": hashlib.sha256(data).hexdigest()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.writestr(MANIFEST, json.dumps(manifest))
    return target


def in_table(table, change):
    """Changes the first row of one table."""

    def changed(name, data):
        if name != f"store/{table}.jsonl":
            return data
        first, _, rest = data.partition(b"\n")
        row = json.loads(first)
        change(row)
        return json.dumps(row).encode() + b"\n" + rest

    return changed


def in_manifest(change):
    def written(file, target):
        with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                data = old.read(name)
                if name == MANIFEST:
                    stated = json.loads(data)
                    change(stated)
                    data = json.dumps(stated).encode()
                new.writestr(name, data)

    return written


def with_member(name, data=b"x", *, stated=True):
    """A backup that holds one more member."""

    def written(file, target):
        def add(manifest):
            if stated:
                sha = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
                manifest["members"][name] = {"rows": 0, "bytes": len(data), "sha256": sha}

        in_manifest(add)(file, target)
        with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, data)

    return written


def cut(file, target):
    target.write_bytes(file.read_bytes()[:-500])


def text(_file, target):
    target.write_text("no archive")


def other_archive(_file, target):
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")


def altered(file, target):
    """One byte of a member's compressed content is another one."""
    data = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        at = archive.getinfo("store/passages.jsonl").header_offset
    data[at + 120] ^= 0xFF
    target.write_bytes(data)


def bomb(file, target):
    rewritten(file, target, lambda name, data: data + b" " * (20 << 20) if name.endswith("sources.jsonl") else data)


def changed(table, change):
    return lambda file, target: rewritten(file, target, in_table(table, change))


DAMAGED = {
    "cut off": (cut, "is no backup, or is cut off"),
    "no archive": (text, "is no backup, or is cut off"),
    "another archive": (other_archive, "no backup of a library: it has no pincite.json"),
    "a byte altered": (altered, "store/passages.jsonl is (damaged|not what was written)"),
    "a bomb": (bomb, "more than 200 times as large"),
    "a newer schema": (in_manifest(lambda m: m.update(schema="9999")), "newer Pincite .schema 9999"),
    "another version": (in_manifest(lambda m: m.update(version=2)), "no backup of version 1; please upgrade"),
    "no members": (in_manifest(lambda m: m.pop("members")), "pincite.json is damaged"),
    "a wrong size": (
        in_manifest(lambda m: m["members"]["store/sets.jsonl"].update(bytes=7)),
        "store/sets.jsonl is not what was written: its size",
    ),
    "a wrong checksum": (
        in_manifest(lambda m: m["members"]["store/sets.jsonl"].update(sha256="0" * 64)),
        "store/sets.jsonl is not what was written: its SHA-256",
    ),
    "a wrong number": (
        in_manifest(lambda m: m["members"]["store/sets.jsonl"].update(rows=7)),
        "store/sets.jsonl has 2 lines, not the 7",
    ),
    "a name that leads out": (with_member("files/uploads/../../evil"), "which is no file of a library"),
    "an absolute name": (with_member("files//etc/cron.d/evil"), "which is no file of a library"),
    "a name of another system": (with_member("files/uploads/..\\evil"), "which is no file of a library"),
    "a hidden upload": (with_member("files/uploads/.queue"), "which is no file of a library"),
    "a foreign file": (with_member("files/library.sqlite"), "which is no file of a library"),
    "an unnamed member": (with_member("more", stated=False), "does not hold what its pincite.json says"),
    "an unknown kind": (changed("passages", lambda row: row.update(kind="spell")), "passages.jsonl, line 1: "),
    "an unknown column": (changed("sets", lambda row: row.update(owner="x")), "sets.jsonl, line 1: .* owner"),
    "a missing column": (changed("sets", lambda row: row.pop("title")), "sets.jsonl, line 1: it states no title"),
    "a number for a text": (changed("sources", lambda row: row.update(path=3)), "its path is no str"),
    "a passage of no document": (
        changed("passages", lambda row: row.update(document_id="nowhere")),
        "it cannot be restored: (?i:.*foreign key)",
    ),
    "a passage twice": (
        changed("passages", lambda row: row.update(id="harbour/para-2")),
        "it cannot be restored: (?i:.*unique)",
    ),
    "no row": (
        lambda file, target: rewritten(file, target, lambda name, data: b"[]\n" if "links" in name else data),
        "set_links.jsonl, line 1",
    ),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_backup_changes_nothing_and_is_told_in_a_line(made, empty, tmp_path, damage):
    spoil, complaint = DAMAGED[damage]
    file = tmp_path / "spoilt.zip"
    spoil(made[1], file)
    before = content(empty)
    with pytest.raises((BackupError, LibraryError), match=complaint) as told:
        restoring.restore(file, empty, replace=True)
    assert "spoilt.zip" in str(told.value)
    assert "\n" not in str(told.value)
    assert content(empty) == before
    assert sorted(path.name for path in empty.folder.iterdir() if "library.sqlite" not in path.name) == []


def test_an_older_backup_lacks_columns_that_have_a_value_of_their_own(made, empty, tmp_path):
    def without(name, data):
        if name != "store/documents.jsonl":
            return data
        rows = [json.loads(line) for line in data.splitlines()]
        return b"".join(
            json.dumps({k: v for k, v in row.items() if k != "provenance"}).encode() + b"\n" for row in rows
        )

    restoring.restore(rewritten(made[1], tmp_path / "older.zip", without), empty)
    assert [held.provenance for held in empty.documents()] == [{}, {}, {}]


def test_the_memory_that_is_needed_does_not_grow_with_the_library(tmp_path):
    import tracemalloc

    peaks = []
    for documents in (5, 50):
        folder = tmp_path / str(documents)
        with closing(Store.open(folder)) as store, closing(Store.open(folder / "other")) as other:
            for number in range(documents):
                texts = library(*("A paragraph of some length. " * 20 for _ in range(200)), document_id=f"d{number}")
                store.replace(document(f"d{number}"), texts, SourceState(f"/{number}", "f", f"d{number}"))
            tracemalloc.start()
            backup.write(store, folder / "backup.zip")
            restoring.restore(folder / "backup.zip", other)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        shutil.rmtree(folder)
    assert peaks[1] < peaks[0] + 2_000_000
