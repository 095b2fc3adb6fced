"""What is PostgreSQL's own: order, refusals, servers that go away, and many who write at once."""

import random
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import pairwise

import pytest

from corpus.errors import LibraryError, PinciteError
from corpus.model import Annotation, AnnotationType, Found
from corpus.schema import SCHEMA_VERSION
from corpus.sets import PassageSet
from corpus.store import OvertakenError, SourceState, Store
from tests.factories import document, library
from tests.servers.postgres import PASSWORD

#: In any language but that of a computer they stand in another order.
UNSORTED = ("B", "a", "a-b", "a1", "b", "Ä", "ab")


@pytest.fixture
def stores(tmp_path, postgres):
    """The library as four processes have it open."""
    with ExitStack() as stack:
        yield [stack.enter_context(closing(Store.open(tmp_path / "library", postgres))) for _ in range(4)]


def state(name, fingerprint="f", document_id=None):
    return SourceState(f"/texts/{name}", fingerprint, document_id or name)


def test_everything_comes_in_the_order_of_a_file(stores):
    store = stores[0]
    for name in UNSORTED:
        store.replace(document(name), library("x", document_id=name), state(name))
        store.sets.create(PassageSet(name))
    wanted = sorted(UNSORTED)
    assert [each.id for each in store.documents()] == list(store.revisions()) == wanted
    assert list(store.sources()) == [f"/texts/{name}" for name in wanted]
    assert [each.title for each in store.sets.all()] == wanted


def test_nothing_is_half_there_and_nobody_waits_for_ever(stores):
    """Random changes by four at once, among few names and ids: they swap ids, replace, fail and take out."""

    def change(number):
        dice, store = random.Random(number), stores[number % 4]  # noqa: S311  (the same in every run)
        name, wanted = (dice.choice("abcd") for _ in range(2))
        act = dice.randrange(6)
        if act == 0:
            store.quarantine(SourceState(f"/texts/{name}", "f", error="is encrypted"))
        elif act == 1:
            store.forget(f"/texts/{name}")
        elif act == 2:
            store.remove(wanted)
        else:
            texts = [f"{name} {number}"] * dice.randrange(1, 9)
            store.replace(document(wanted, title=name), library(*texts, document_id=wanted), state(name, "f", wanted))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(change, range(400)))
    store = stores[0]
    held = {each.id: each.title for each in store.documents()}
    assert {each.document_id: each.path for each in store.sources().values() if each.document_id} == {
        name: f"/texts/{title}" for name, title in held.items()
    }
    for _, passages in store.iterate():
        assert len({passage.text for passage in passages}) == 1
        assert [passage.sequence for passage in passages] == list(range(1, len(passages) + 1))


def test_one_of_many_who_put_the_same_file_wins(stores):
    def put(number):
        try:
            stores[number % 4].replace(document("a"), library(str(number), document_id="a"), state("a"), seen={})
        except OvertakenError:
            return None
        return number

    with ThreadPoolExecutor(8) as pool:
        won = [each for each in pool.map(put, range(1, 17)) if each]
    assert len(won) == 1
    assert stores[0].passages("a")[0].text == str(won[0])


def test_annotations_are_put_on_what_is_there_now(stores):
    """Forty who add a tag each to one passage lose none: each sees what the one before has left."""
    stores[0].replace(document("a"), library("x" * 50, document_id="a"), state("a"))

    def tag(number):
        ann = Annotation(number, number + 1, AnnotationType.YEAR, str(1900 + number), Found.PATTERN)
        stores[number % 4].reannotate(
            "a", lambda held: [replace(held[0], annotations=(*held[0].annotations, ann), automatic=())]
        )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(tag, range(40)))
    assert sorted(stores[0].passages("a")[0].years) == list(range(1900, 1940))


def test_a_new_database_is_set_up_once_by_all_who_come(tmp_path, postgres_server):
    with postgres_server.database() as address:

        def opened(number):
            with closing(Store.open(tmp_path / str(number), address)) as store:
                return store.schema_version(), store.counts()["documents"]

        with ThreadPoolExecutor(4) as pool:
            assert set(pool.map(opened, range(4))) == {(SCHEMA_VERSION, 0)}


# -- refusals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda address: address.replace("postgresql://", "mysql://"), "must read postgresql://USER:PASSWORD@HOST"),
        (lambda address: address.replace("@127", f":{PASSWORD}@@127"), "library"),
        (lambda address: f"{address.rpartition(':')[0]}:port/x", "must read postgresql://"),
        (lambda address: f"{address.rpartition(':')[0]}:1/x", "refused"),
        (lambda address: f"{address.rpartition('/')[0]}/nowhere", 'database "nowhere" does not exist'),
        (lambda address: address.replace("pincite:", "stranger:"), "password authentication failed"),
        (lambda address: f"{address}?sslmode=sometimes", "sslmode"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_in_one_line_without_the_password(tmp_path, postgres, change, told):
    with pytest.raises(LibraryError, match="cannot open the library") as caught:
        Store.open(tmp_path, change(postgres))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))


def test_without_the_driver_the_line_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LibraryError, match=r"pip install 'pincite\[postgres\]'"):
        Store.open(tmp_path, "postgresql://anybody@127.0.0.1/pincite")


def test_a_database_of_another_encoding_is_refused(tmp_path, postgres_server):
    with (
        postgres_server.database(encoding="SQL_ASCII") as address,
        pytest.raises(LibraryError, match="encoded in SQL_ASCII"),
    ):
        Store.open(tmp_path, address)


# -- a server that goes away -------------------------------------------------------------------------------------


def test_a_server_that_goes_away_and_comes_back(stores, postgres_server, postgres):
    store = stores[0]
    store.replace(document("a"), [], state("a"))
    held = store.sets.create(PassageSet("Ours"))
    with postgres_server.away(postgres):
        for act in (
            store.documents,
            lambda: store.passages("a"),
            lambda: store.plain("a"),
            lambda: store.sets.get(held.id),
            lambda: store.remove("a"),
            lambda: store.sets.change(held.id, lambda each: each.renamed("Yours")),
        ):
            with pytest.raises(LibraryError) as caught:
                act()
            assert "\n" not in str(caught.value)
    assert store.document("a").id == "a"  # the connections of before are found dead, and made anew
    store.remove("a")


def test_a_connection_that_is_lost_while_writing_leaves_all_as_it_was(stores, postgres_server, postgres):
    store = stores[0]
    held = store.sets.create(PassageSet("Ours"))

    def step(before):
        postgres_server.end_sessions(postgres.rpartition("/")[2])
        return before.renamed("Yours")

    with pytest.raises(LibraryError, match="the library's database is out of reach; try again later"):
        store.sets.change(held.id, step)
    assert store.sets.get(held.id) == held


def test_a_writer_that_waits_too_long_is_told_in_one_line(tmp_path, postgres, stores):
    held = stores[0].sets.create(PassageSet("Ours"))
    hasty = f"{postgres}?options=-c%20lock_timeout%3D50ms"
    with closing(Store.open(tmp_path, hasty)) as store:

        def slow(before):
            with pytest.raises(LibraryError, match="nothing was written.*lock timeout"):
                store.sets.change(held.id, lambda each: each.renamed("Mine"))
            return before.renamed("Theirs")

        assert stores[0].sets.change(held.id, slow).title == "Theirs"


def test_who_may_only_read_is_told_so(tmp_path, postgres, stores):
    stores[0].replace(document("a"), [], state("a"))
    with closing(Store.open(tmp_path, f"{postgres}?options=-c%20default_transaction_read_only%3Don")) as store:
        assert store.document("a").id == "a"
        with pytest.raises(PinciteError, match="the library is read-only"):
            store.remove("a")


def test_what_no_text_may_hold_is_asked_for_in_vain(stores):
    for name in ("a\0", "a\ud800"):
        assert stores[0].documents_by_id([name]) == stores[0].passages_by_id([f"{name}/p-1"]) == []
        made = stores[0].sets.create(PassageSet(f"Title {name}"))
        assert stores[0].sets.get(made.id).title == "Title a\N{REPLACEMENT CHARACTER}"


def test_a_set_is_never_seen_half_changed(stores):
    """While one freezes and thaws, readers see a set that is whole, whichever it is."""
    stores[0].replace(document("a"), library(*"xyz", document_id="a"), state("a"))
    ids = [f"a/para-{number}" for number in (1, 2, 3)]
    held = stores[0].sets.create(PassageSet("Ours").adding(ids))

    def toggle(number):
        if number % 2:
            stores[0].sets.freeze(held.id)
        else:
            stores[0].sets.change(held.id, PassageSet.thawed)

    with ThreadPoolExecutor(4) as pool:
        writing = pool.submit(lambda: [toggle(number) for number in range(60)])
        reads = [pool.map(lambda n: stores[1 + n % 3].sets.get(held.id), range(300))]
        writing.result()
        seen = [each for found in reads for each in found]
    assert all(bool(each.frozen) == all(entry.text for entry in each.entries) for each in seen)
    assert any(bool(one.frozen) != bool(two.frozen) for one, two in pairwise(seen))
