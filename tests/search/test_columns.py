"""Columns of ids and the counts over them, checked against counting by hand."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.columns import COLUMNS, LENGTHS, Columns, Row
from search.columns_file import load, save
from search.facets import Narrowing, facets
from search.query import FACETS, Filters, Query, YearRange

ORGANISATIONS = ("Europol", "INTERPOL", "Council of Europe")
YEARS = ("1999", "2001", "2004")


def row(key, document, sequence, organisations=(), years=()):
    values = {name: {} for name in COLUMNS}
    values |= {
        "organisation": dict.fromkeys(organisations, 2),
        "year": dict.fromkeys(years, 1),
        "document": {document: 1},
        "kind": {"report" if document < "m" else "speech": 1},
    }
    return Row(key, f"{document}/p-{sequence}", document, sequence, values, dict.fromkeys(LENGTHS, key + 1))


rows = st.lists(
    st.tuples(st.sampled_from("abxyz"), st.sets(st.sampled_from(ORGANISATIONS)), st.sets(st.sampled_from(YEARS))),
    max_size=25,
).map(
    lambda facts: [
        row(key, document, key, sorted(orgs), sorted(years)) for key, (document, orgs, years) in enumerate(facts)
    ]
)
filters = st.builds(
    Filters,
    organisation=st.sets(st.sampled_from((*ORGANISATIONS, "nobody")), max_size=2).map(tuple),
    year=st.sets(
        st.sampled_from((YearRange(1999, 2001), YearRange(2004, 2004), YearRange(1950, 1950))), max_size=2
    ).map(tuple),
    kind=st.sets(st.sampled_from(("report", "speech")), max_size=1).map(tuple),
)


def built(some):
    documents = sorted({each.document_id for each in some})
    return replace(
        Columns.build(some), revisions=dict.fromkeys(documents, "r"), dates={}, titles={}, next_key=len(some)
    )


def passes(each, chosen, excluded, *, but=""):
    """Whether a row passes the filters and exclusions, by the letter of the contract."""
    wanted, unwanted = held(each, chosen), held(each, excluded)
    return all(wanted[facet] for facet in wanted if getattr(chosen, facet) and facet != but) and not any(
        unwanted.values()
    )


def held(each, chosen):
    return {
        "organisation": any(value in each.values["organisation"] for value in chosen.organisation),
        "kind": any(value in each.values["kind"] for value in chosen.kind),
        "year": any(span.first <= int(year) <= span.last for span in chosen.year for year in each.values["year"]),
    }


@given(rows, filters, filters, st.data())
def test_counts_are_those_of_counting_by_hand(some, chosen, excluded, data):
    columns = built(some)
    ordered = sorted(some, key=lambda each: (each.document_id, each.sequence))
    matches = [at for at, _ in enumerate(ordered) if data.draw(st.booleans())]
    query = Query(filters=chosen, excluded=excluded)
    found, distinct = facets(columns, np.array(matches, np.int64), query)
    for facet in FACETS:
        expected = {}
        for each in (ordered[at] for at in matches):
            if passes(each, chosen, excluded, but=facet):
                for value in each.values[facet]:
                    expected.setdefault(value, []).append(each.document_id)
        counted = {v.value: (v.count, v.documents) for v in found[facet] if v.count and not v.excluded}
        assert counted == {value: (len(names), len(set(names))) for value, names in expected.items()}
        assert distinct[facet] == len(expected)
        listed = [value.value for value in found[facet]]
        assert len(listed) == len(set(listed))
    left = Narrowing(columns, query).rows(np.array(matches, np.int64))
    assert left.tolist() == [at for at in matches if passes(ordered[at], chosen, excluded)]
    cut, _ = facets(columns, np.array(matches, np.int64), replace(query, facet_limit=1))
    plain = [value for value in found["organisation"] if not (value.selected or value.excluded)]
    assert [value for value in cut["organisation"] if not (value.selected or value.excluded)] in ([], plain[:1])


@given(rows, st.sets(st.sampled_from("abxyz")))
def test_joined_and_without_equal_building_anew(some, gone):
    here = [each for each in some if each.document_id < "m"]
    there = [each for each in some if each.document_id > "m"]
    assert_same(built(here).joined(built(there)), built(some))
    assert_same(Columns().joined(built(there), Columns(), built(here)), built(some))
    assert_same(built(some).without(gone), built([each for each in some if each.document_id not in gone]))


def assert_same(one, other):
    assert one.passage_ids == other.passage_ids
    assert one.revisions == other.revisions
    assert one.keys.tolist() == other.keys.tolist()
    for name in LENGTHS:
        assert one.lengths[name].tolist() == other.lengths[name].tolist()
    for name in COLUMNS:
        left, right = one.columns[name], other.columns[name]
        assert left.vocabulary == right.vocabulary
        for array in ("starts", "ids", "times"):
            assert getattr(left, array).tolist() == getattr(right, array).tolist()


def test_written_columns_are_read_back(tmp_path):
    columns = built([row(3, "a", 1, ["Europol"], ["2001"]), row(1, "x", 1), row(2, "a", 2)])
    save(columns, tmp_path / "columns.npz")
    read = load(tmp_path / "columns.npz")
    assert_same(read, columns)
    assert [path.name for path in tmp_path.iterdir()] == ["columns.npz"]


def test_keys_find_their_rows_and_unknown_ones_none():
    columns = built([row(30, "a", 1), row(10, "x", 1), row(20, "a", 2)])
    assert columns.rows(np.array([10, 20, 30, 5, 99])).tolist() == [2, 1, 0, -1, -1]
    assert Columns().rows(np.array([1])).tolist() == [-1]
