"""Files into the library: new, changed, unchanged, moved, failing, killed."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from corpus.store import Store
from ingest import pipeline, sources
from ingest.pipeline import ingest

TEXT = "# {title}\n\n## Opening\n\nIn {year} the United Nations looked at {title} for a long time and found it good.\n"


@pytest.fixture
def store(tmp_path, database):
    with closing(Store.open(tmp_path / "library", database)) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "texts"
    (folder / "sub").mkdir(parents=True)
    for number, name in enumerate(["a.md", "b.md", "sub/c.md"]):
        (folder / name).write_text(TEXT.format(title=f"Umbrella {number}", year=2000 + number), encoding="utf-8")
    return folder


def ids(store):
    return [document.id for document in store.documents()]


def test_a_folder_goes_in_with_its_subfolders(store, folder):
    report = ingest([folder], store, jobs=1)
    assert report.added == ("a.md", "b.md", "sub/c.md")
    assert ids(store) == ["a", "b", "c"]
    assert store.document("a").title == "Umbrella 0"
    assert store.document("c").source == "sub/c.md"
    passage = store.passages("a")[-1]
    assert passage.section == ("Opening",)
    assert passage.organisations == ("United Nations",)
    assert passage.years == (2000,)


def test_unchanged_files_are_not_read_again(store, folder, monkeypatch):
    ingest([folder], store, jobs=1)
    monkeypatch.setattr(pipeline, "prepare", lambda task: pytest.fail(f"{task.source.name} was read again"))
    report = ingest([folder], store, jobs=1)
    assert report.unchanged == ("a.md", "b.md", "sub/c.md")
    assert report.added == report.changed == ()


def test_a_changed_file_is_replaced_whole_and_only_it(store, folder):
    ingest([folder], store, jobs=1)
    before = store.revisions()
    (folder / "b.md").write_text(TEXT.format(title="Umbrella 9", year=1999), encoding="utf-8")
    report = ingest([folder], store, jobs=1)
    assert (report.changed, report.unchanged) == (("b.md",), ("a.md", "sub/c.md"))
    after = store.revisions()
    assert {name for name in after if after[name] != before[name]} == {"b"}


def test_a_changed_catalogue_entry_counts_as_a_change(store, folder):
    ingest([folder], store, jobs=1)
    (folder / "catalogue.toml").write_text('["a.md"]\ntitle = "Another Title"\nkind = "lecture"\n', encoding="utf-8")
    report = ingest([folder], store, jobs=1)
    assert report.changed == ("a.md",)
    assert store.document("a").title == "Another Title"


def test_a_failing_file_is_named_and_the_others_go_in(store, folder):
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (folder / "empty.txt").write_text("")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old")
    report = ingest([folder], store, jobs=1)
    assert [name for name, _ in report.failed] == ["broken.pdf", "empty.txt", "old.doc"]
    assert all(reason and "\n" not in reason for _, reason in report.failed)
    assert ids(store) == ["a", "b", "c"]
    assert store.counts()["failures"] == 3
    # it is tried again, and comes in when it is mended
    (folder / "empty.txt").write_text("Now it holds a sentence.")
    report = ingest([folder], store, jobs=1)
    assert report.added == ("empty.txt",)
    assert store.counts()["failures"] == 2


def test_a_file_that_breaks_takes_out_what_it_gave(store, folder):
    ingest([folder], store, jobs=1)
    (folder / "b.md").write_bytes(b"\0\0\0")
    report = ingest([folder], store, jobs=1)
    assert [name for name, _ in report.failed] == ["b.md"]
    assert ids(store) == ["a", "c"]


def test_a_broken_catalogue_stops_its_folder_only(store, folder):
    (folder / "sub" / "catalogue.toml").write_text("this is = = no toml", encoding="utf-8")
    report = ingest([folder], store, jobs=1)
    assert report.added == ("a.md", "b.md")
    assert len(report.failed) == 1
    assert "catalogue.toml" in report.failed[0][1]


def test_a_bad_catalogue_entry_fails_its_file_only(store, folder):
    (folder / "catalogue.toml").write_text('["a.md"]\nkind = "poem"\n', encoding="utf-8")
    report = ingest([folder], store, jobs=1)
    assert [name for name, _ in report.failed] == ["a.md"]
    assert "kind must be one of" in report.failed[0][1]
    assert ids(store) == ["b", "c"]


def test_two_files_of_one_name_get_two_ids_that_stay(store, folder):
    shutil.copy(folder / "sub" / "c.md", folder / "c.md")
    ingest([folder], store, jobs=1)
    first = ids(store)
    assert len(first) == 4
    assert sum(identifier.startswith("c-") for identifier in first) == 1
    (folder / "c.md").write_text("Changed, with a new sentence in it.")
    ingest([folder], store, jobs=1)
    assert ids(store) == first


def test_a_moved_folder_keeps_its_ids_and_is_not_read_again(store, folder, tmp_path, monkeypatch):
    ingest([folder], store, jobs=1)
    moved = folder.rename(tmp_path / "elsewhere")
    monkeypatch.setattr(pipeline, "prepare", lambda task: pytest.fail(f"{task.source.name} was read again"))
    report = ingest([moved], store, jobs=1)
    assert report.unchanged == ("a.md", "b.md", "sub/c.md")
    assert ids(store) == ["a", "b", "c"]
    assert all(Path(path).is_relative_to(moved) for path in store.sources())


def test_a_file_that_is_gone_stays_in_the_library(store, folder):
    ingest([folder], store, jobs=1)
    (folder / "a.md").unlink()
    ingest([folder], store, jobs=1)
    assert ids(store) == ["a", "b", "c"]  # permalinks outlive a folder that is tidied up or not mounted


def test_notes_about_a_folder_and_hidden_files_are_passed_over(folder):
    for name in ["README.md", ".hidden.md", "~$a.docx", "catalogue.toml", "picture.png"]:
        (folder / name).touch()
    (folder / "_src").mkdir()
    (folder / "_src" / "made-from.md").write_text("x")
    found, failed = sources.find([folder])
    assert [source.name for source in found] == ["a.md", "b.md", "sub/c.md"]
    assert failed == []


def test_progress_is_told_for_every_file_read(store, folder):
    steps = []
    ingest([folder], store, jobs=1, progress=steps.append)
    assert [(step.done, step.total, step.name, step.outcome) for step in steps] == [
        (1, 3, "a.md", "added"),
        (2, 3, "b.md", "added"),
        (3, 3, "sub/c.md", "added"),
    ]


def test_several_processes_give_the_same_library(store, folder, tmp_path):
    ingest([folder], store, jobs=1)
    other = Store.open(tmp_path / "other")
    ingest([folder], other, jobs=2)
    assert list(other.iterate()) == list(store.iterate())
    assert other.revisions() == store.revisions()
    other.close()
