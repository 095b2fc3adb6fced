"""Many processes, many machines, one store: shares of a collection, and who was there first."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from corpus.store import Store
from ingest import pipeline, sources
from ingest.pipeline import ingest
from ingest.planning import Share
from ingest.preparing import Prepared, prepare

pytestmark = pytest.mark.usefixtures("here")

NAMES = ("a.md", "b.md", "c.md", "sub/a.md", "sub/c.md", "sub/deep/a.md")
TEXT = "# {title}\n\nIn 2001 the United Nations looked at {title} and found it good.\n"


@pytest.fixture
def store(tmp_path, database):
    with closing(Store.open(tmp_path / "library", database)) as opened:
        yield opened


@pytest.fixture
def other(store, database):
    """The same library, opened by another process."""
    with closing(Store.open(store.folder, database)) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path):
    return written(tmp_path / "texts")


def written(folder: Path, names=NAMES, *, about="lamps of") -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(TEXT.format(title=f"{about} {name}"), encoding="utf-8")
    return folder


def run(folder, store, share=(1, 1), **options):
    return ingest([folder], store, jobs=1, model=False, share=Share(*share), **options)


def origins(store):
    return {document.id: document.source for document in store.documents()}


def meanwhile(monkeypatch, act):
    """Have `act` done by somebody else between the reading and the storing of the first file."""
    waiting = [act]

    def prepared(task):
        made = prepare(task)
        while waiting:
            waiting.pop()()
        return made

    monkeypatch.setattr(pipeline, "prepare", prepared)


@pytest.mark.parametrize("order", [(1, 2, 3, 4), (4, 2, 1, 3), (3, 4, 2, 1)])
def test_shares_in_any_order_come_to_the_whole(store, folder, tmp_path, order):
    with closing(Store.open(tmp_path / "whole")) as whole:
        run(folder, whole)
        for number in order:
            run(folder, store, (number, 4))
        assert list(store.iterate()) == list(whole.iterate())
        assert store.revisions() == whole.revisions()  # on both kinds of database
        assert store.sources() == whole.sources()


def test_every_file_is_in_one_share_and_stays_there_when_others_come(folder):
    def shares():
        found, _ = sources.find([folder])
        return {each.name: [n for n in range(1, 4) if Share(n, 3).holds(each)] for each in found}

    before = shares()
    assert all(len(parts) == 1 for parts in before.values())
    assert len({parts[0] for parts in before.values()}) > 1
    written(folder, ["0.md", "sub/b.md"])
    assert {name: shares()[name] for name in before} == before


def test_files_of_other_shares_are_listed_and_not_opened(store, folder, monkeypatch):
    opened = set()
    real = Path.open
    monkeypatch.setattr(Path, "open", lambda self, *args, **kw: opened.add(self) or real(self, *args, **kw))
    report = run(folder, store, (1, 3))
    assert {folder / name for name in report.added} == {path for path in opened if path.suffix == ".md"}
    assert len(report.added) < len(NAMES)


def test_what_another_has_stored_meanwhile_is_unchanged(store, other, folder, monkeypatch):
    meanwhile(monkeypatch, lambda: run(folder, other))
    report = run(folder, store)
    assert (report.added, report.changed, report.failed) == ((), (), ())
    assert report.unchanged == tuple(sorted(NAMES))
    assert len(store.documents()) == len(store.sources()) == len(NAMES)


def test_a_failure_does_not_cost_what_another_has_read(store, other, folder, monkeypatch):
    def broken(_task):
        monkeypatch.setattr(pipeline, "prepare", prepare)
        run(folder, other)
        return Prepared(reason="out of memory")

    monkeypatch.setattr(pipeline, "prepare", broken)
    report = run(folder, store)
    assert report.failed == ()
    assert len(store.documents()) == len(NAMES)


def test_a_file_that_changes_while_two_read_it_is_there_as_it_is_now(store, other, folder, monkeypatch):
    def change():
        written(folder, ["a.md"], about="towers of")
        run(folder, other)

    meanwhile(monkeypatch, change)
    run(folder, store)
    assert store.document("a").title == "towers of a.md"
    assert run(folder, store).unchanged == tuple(sorted(NAMES))


def test_two_files_that_want_an_id_at_once_both_go_in(store, other, tmp_path, monkeypatch):
    first, second = written(tmp_path / "one", ["a.md"]), written(tmp_path / "two", ["a.md"], about="towers of")
    meanwhile(monkeypatch, lambda: run(second, other))
    assert run(first, store).added == ("a.md",)
    assert sorted(document.title for document in store.documents()) == ["lamps of a.md", "towers of a.md"]
    for again in (first, second):
        assert run(again, store).unchanged == ("a.md",)


def test_what_is_always_overtaken_fails_and_costs_nothing(store, folder, monkeypatch):
    def overtaken(*_, **__):
        raise pipeline.OvertakenError("a.md was taken by another process at the same time")

    monkeypatch.setattr(store, "replace", overtaken)
    report = run(folder, store)
    assert [reason for _, reason in report.failed] == ["a.md was taken by another process at the same time"] * len(
        NAMES
    )
    assert store.sources() == {}


def test_files_of_one_name_in_several_folders_all_go_in(store, tmp_path):
    folders = [written(tmp_path / name, ["a.md"], about=name) for name in ("one", "two", "three")]
    ingest(folders, store, jobs=1, model=False)
    assert sorted(document.title for document in store.documents()) == ["one a.md", "three a.md", "two a.md"]


# -- files that other machines see -------------------------------------------------------------------------------


def test_the_same_files_elsewhere_are_unchanged_and_not_read(store, folder, tmp_path, monkeypatch):
    run(folder, store)
    before = store.revisions()
    folder.rename(tmp_path / "other-mount")
    monkeypatch.setattr(pipeline, "prepare", lambda task: pytest.fail(f"{task.source.name} was read again"))
    assert run(tmp_path / "other-mount", store).unchanged == tuple(sorted(NAMES))
    assert store.revisions() == before


def test_another_file_of_a_name_that_only_another_machine_sees_takes_nothing_from_it(store, folder, tmp_path):
    run(folder, store)
    folder.rename(tmp_path / "unseen")
    run(written(tmp_path / "mine", ["b.md"], about="towers of"), store)
    titles = {document.title for document in store.documents() if document.source == "b.md"}
    if store.shared:
        assert titles == {"lamps of b.md", "towers of b.md"}
    else:  # a store of this machine alone: the place is gone, and the file that has come is the same, edited
        assert titles == {"towers of b.md"}


def test_a_collection_is_known_wherever_it_is_mounted(store, folder, tmp_path):
    run(folder, store, collection="law")
    before = origins(store)
    moved = folder.rename(tmp_path / "other-mount")
    written(moved, ["b.md"], about="towers of")
    report = run(moved, store, collection="law")
    assert report.changed == ("b.md",)
    assert len(report.unchanged) == len(NAMES) - 1
    assert origins(store) == before
    assert store.document("b").title == "towers of b.md"


def test_collections_at_one_place_keep_apart(store, folder):
    run(folder, store, collection="law")
    written(folder, about="towers of")
    assert len(run(folder, store, collection="history").added) == len(NAMES)
    assert len(store.documents()) == 2 * len(NAMES)


def test_a_file_renamed_in_its_collection_keeps_its_id(store, folder):
    run(folder, store, collection="law")
    (folder / "b.md").rename(folder / "sub" / "b.md")
    run(folder, store, collection="law")
    assert store.document("b").source == "sub/b.md"
    assert len(store.documents()) == len(NAMES)


def test_names_twice_in_a_collection_are_told(store, tmp_path):
    roots = [written(tmp_path / name, ["a.md"]) for name in ("one", "two")]
    report = ingest(roots, store, jobs=1, model=False, collection="law")
    assert report.failed == (("a.md", "another file of the collection has this name"),)


# -- names that no database likes --------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes on POSIX alone")
def test_a_name_that_is_no_unicode_goes_in(store, folder):
    for byte in (b"\xe8", b"\xe9"):
        (folder / "b.md").rename(folder / os.fsdecode(b"caf" + byte + b".md"))
        written(folder, ["b.md"])
    report = run(folder, store)
    assert report.failed == ()
    assert {"caf\\xe8.md", "caf\\xe9.md"} <= set(origins(store).values())
    assert len(run(folder, store).unchanged) == len(NAMES) + 2


def test_characters_that_no_text_may_hold_do_not_stop_an_ingest(store, folder):
    (folder / "catalogue.toml").write_text('["a.md"]\ntitle = "Lamps\\u0000 and towers"\n', encoding="utf-8")
    assert run(folder, store).failed == ()
    assert store.document("a").title == "Lamps\N{REPLACEMENT CHARACTER} and towers"
    assert run(folder, store).unchanged == tuple(sorted(NAMES))


def test_a_path_longer_than_an_index_takes_is_known_again(store, tmp_path):
    deep = tmp_path.joinpath(*["d" * 200] * 8)
    run(written(deep, ["a.md"]), store)
    assert run(deep, store).unchanged == ("a.md",)
