"""Terms read block by block are what Whoosh gives posting by posting, and no more of them is kept than fits."""

from array import array
from collections import Counter

import pytest
from whoosh.reading import TermNotFound

from search.analysis import stem, words
from search.cache import ENTRY
from search.engines.whoosh import WhooshEngine
from search.engines.whoosh_fields import field_name
from search.postings import Term
from search.query import Field
from tests.factories import document, library

#: More than Whoosh puts into one block, in a segment that is too large to be merged with the next.
MANY = 700


@pytest.fixture(params=["one segment", "several segments", "deletions"], scope="module")
def engine(request, tmp_path_factory):
    opened = WhooshEngine.open(tmp_path_factory.mktemp("library"))
    add(opened, "first", [f"harbour {'keeper ' * (number % 4)}w{number}" for number in range(MANY)])
    if request.param != "one segment":
        add(opened, "second", ["harbour harbour", "lighthouse keeper", "harbour keeper keeper"])
        add(opened, "third", [f"harbour harbour v{number}" for number in range(MANY)])
    if request.param == "deletions":
        add(opened, "first", ["harbour anew", *["lighthouse"] * 5])
        opened.remove("second")
        opened.commit()
    with opened._snapshots.newest() as snapshot:
        assert (len(snapshot.segments) > 1) == (request.param != "one segment")
        assert any((rows < 0).any() for _, rows in snapshot._parts) == (request.param == "deletions")
    yield opened
    opened.close()


def add(engine, name, texts):
    engine.add(document(name), library(*texts, document_id=name), "r1")
    engine.commit()


def held(snapshot):
    """Row -> text, as stored."""
    return {row: stored.text for row, stored in enumerate(snapshot.stored(range(len(snapshot.columns))))}


def stepped(snapshot, term):
    """Row -> (times, places), by Whoosh's own matchers."""
    found = {}
    for segment, rows in snapshot._parts:
        try:
            matcher = segment._reader.postings(field_name(term.field, stemmed=term.stemmed), term.text)
        except TermNotFound:
            continue
        while matcher.is_active():
            if (row := int(rows[matcher.id()])) >= 0:
                found[row] = (matcher.weight(), array("I", matcher.value()).tolist())
            matcher.next()
    return found


@pytest.mark.parametrize("text", ["harbour", "keeper", "lighthouse", "w3", "v3", "absent"])
@pytest.mark.parametrize("stemmed", [False, True])
def test_blocks_hold_what_stepping_gives(engine, text, stemmed):
    term = Term(Field.TEXT, stem(text) if stemmed else text, stemmed)
    with engine._snapshots.newest() as snapshot:
        rows = range(len(snapshot.columns))
        posting, places = snapshot.posting(term), snapshot.positions(term, rows)
        assert len(set(posting.rows.tolist())) == len(posting.rows)
        got = {
            row: (times, list(places[row]))
            for row, times in zip(posting.rows.tolist(), posting.times.tolist(), strict=True)
        }
        assert got == stepped(snapshot, term)
        assert places.keys() == got.keys()


def test_keys_are_read_as_whoosh_reads_them(engine):
    with engine._snapshots.newest() as snapshot:
        for segment in snapshot.segments.values():
            assert segment.keys.tolist() == list(segment._reader.column_reader("key"))


def test_exact_words_are_where_the_stored_texts_hold_them(engine):
    with engine._snapshots.newest() as snapshot:
        texts = held(snapshot)
        posting = snapshot.posting(Term(Field.TEXT, "keeper"))
        counted = {row: Counter(words(text))["keeper"] for row, text in texts.items()}
        assert dict(zip(posting.rows.tolist(), posting.times.tolist(), strict=True)) == {
            row: times for row, times in counted.items() if times
        }


def test_positions_are_given_for_the_rows_asked_for_alone(engine):
    with engine._snapshots.newest() as snapshot:
        some = snapshot.posting(Term(Field.TEXT, "harbour")).rows.tolist()[::3]
        lacking = set(range(len(snapshot.columns))) - set(snapshot.posting(Term(Field.TEXT, "harbour")).rows.tolist())
        found = snapshot.positions(Term(Field.TEXT, "harbour"), [*reversed(some), *lacking])
        assert set(found) == set(some)
        assert all(places[0] == 0 for places in found.values())
        assert snapshot.positions(Term(Field.TEXT, "harbour"), []) == {}
        assert snapshot.positions(Term(Field.TEXT, "absent"), some) == {}


def test_runs_set_aside_on_the_way_make_no_difference(tmp_path, monkeypatch):
    texts = [f"harbour {'keeper ' * (number % 4)}w{number}" for number in range(MANY)]
    opened = [WhooshEngine.open(tmp_path / name) for name in ("small", "large")]
    add(opened[1], "first", texts)
    monkeypatch.setattr("search.engines.whoosh_files.WRITER_MB", 0.05)
    add(opened[0], "first", texts)
    for text in ("harbour", "keeper", "w3"):
        found = []
        for engine in opened:
            with engine._snapshots.newest() as snapshot:
                term = Term(Field.TEXT, text)
                found.append((snapshot.posting(term).rows.tolist(), snapshot.positions(term, range(MANY))))
        assert found[0] == found[1]
    for engine in opened:
        engine.close()


def test_postings_are_kept_up_to_a_number_of_passages(tmp_path, monkeypatch):
    monkeypatch.setattr("search.engines.whoosh_postings._CACHED_POSTINGS", ENTRY + 7)
    engine = WhooshEngine.open(tmp_path)
    add(engine, "a", ["harbour keeper"] * 3 + ["lighthouse keeper"])
    with engine._snapshots.newest() as snapshot:
        harbour, keeper = (Term(Field.TEXT, text) for text in ("harbour", "keeper"))
        first = snapshot.posting(harbour)
        assert snapshot.posting(harbour) is first
        snapshot.posting(keeper)
        again = snapshot.posting(harbour)
        assert again is not first
        assert again.rows.tolist() == first.rows.tolist()
    engine.close()


def test_a_commit_reads_only_what_it_added(tmp_path, monkeypatch):
    engine = WhooshEngine.open(tmp_path)
    add(engine, "first", [f"harbour w{number}" for number in range(MANY)])
    with engine._snapshots.newest() as before:
        (large,) = before.segments.values()
        harbour = Term(Field.TEXT, "harbour")
        assert len(before.posting(harbour)) == MANY
        add(engine, "second", ["harbour anew"])
        monkeypatch.setattr(large, "_reader", None)  # whatever reads the large segment once more fails
        with engine._snapshots.newest() as after:
            assert large in after.segments.values()
            assert len(after.segments) == len(before.segments) + 1
            assert len(after.posting(harbour)) == MANY + 1
        assert len(before.posting(harbour)) == MANY
    monkeypatch.undo()
    engine.close()


def test_segments_are_closed_after_their_last_search(tmp_path):
    engine = WhooshEngine.open(tmp_path)
    add(engine, "first", ["harbour"])
    with engine._snapshots.newest() as before:
        (replaced,) = before.segments.values()
        for number in range(9):  # Whoosh merges small segments
            add(engine, f"other-{number}", ["lighthouse"])
        with engine._snapshots.newest() as after:
            assert replaced not in after.segments.values()
            assert not replaced._reader.is_closed
        assert [stored.text for stored in before.stored([0])] == ["harbour"]
    assert replaced._reader.is_closed
    with engine._snapshots.newest() as last:
        kept = list(last.segments.values())
        assert not any(segment._reader.is_closed for segment in kept)
    engine.close()
    assert all(segment._reader.is_closed for segment in kept)
