"""Documents are counted exactly by a cluster's counting for estimates, up to the bound that is told."""

import random
from ipaddress import ip_address

import opensearchpy
import pytest

from search.engines.opensearch_numbers import Counting, different_of, number_of

_WORD = (1 << 64) - 1


def hashed(number):
    """The first half of MurmurHash3_x64_128 of sixteen bytes, written down from its public description."""

    def turned(value, places):
        return (value << places | value >> (64 - places)) & _WORD

    def mixed(value):
        value = (value ^ value >> 33) * 0xFF51AFD7ED558CCD & _WORD
        value = (value ^ value >> 33) * 0xC4CEB9FE1A85EC53 & _WORD
        return value ^ value >> 33

    held = ip_address(number).packed
    assert len(held) == 16
    first, second = (int.from_bytes(held[at : at + 8], "little") for at in (0, 8))
    first = turned(first * 0x87C37B91114253D5 & _WORD, 31) * 0x4CF5AD432745937F & _WORD
    first = (turned(first, 27) * 5 + 0x52DCE729) & _WORD
    second = turned(second * 0x4CF5AD432745937F & _WORD, 33) * 0x87C37B91114253D5 & _WORD
    second = ((turned(second, 31) + first) * 5 + 0x38495AB5) & _WORD
    first, second = first ^ 16, second ^ 16
    first = (first + second) & _WORD
    return mixed(first) + mixed((second + first) & _WORD) & _WORD


@pytest.mark.parametrize(("bits", "places"), [(10, 1 << 10), (14, 1 << 14), (25, 20_000)])
def test_hashes_of_the_first_places_differ_in_their_first_bits(bits, places):
    hashes = [hashed(number_of(place)) for place in range(places)]
    assert len({each >> (64 - bits) for each in hashes}) == places


def test_hashes_of_places_far_apart_differ_too():
    places = [place for start in (0, 1 << 18, 1 << 20, (1 << 25) - 3_000) for place in range(start, start + 3_000)]
    assert len({hashed(number_of(place)) >> 39 for place in places}) == len(places)


def test_bits_look_random():
    """Else what is kept one by one would lie side by side, and each would be looked for among all."""
    ends = [hashed(number_of(place)) >> 39 & 0xFFF for place in range(4_096)]
    assert len(set(ends)) == pytest.approx(4_096 * (1 - 1 / 2.718), rel=0.05)


@pytest.mark.parametrize("documents", [0, 1, 900, 40_000])
def test_what_is_added_for_collisions_is_taken_off_again(documents):
    from math import log

    places = 1 << 25
    assert different_of(round(places * log(places / (places - documents)))) == documents


@pytest.mark.parametrize(
    ("precision", "given", "most"),
    [
        (10, 500, 598),  # 1,024 registers, more than were given out
        (10, 5_000, 172),
        (15, 10_000, 14_969),
        (15, 100_000, 5_529),
        (16, 30_000, 34_976),
        (18, 200_000, 193_168),
        (18, 10_000_000, 44_236),
    ],
)
def test_the_bound_up_to_which_it_is_exact(precision, given, most):
    assert Counting(precision, given).most == most


@pytest.mark.parametrize(
    ("given", "passages", "values", "precision"),
    [
        (500, 1_000_000, 40, 10),  # no value can have more documents than there are
        (10_000, 1_000_000, 40, 15),
        (10_000, 1_000_000, 5_000, 10),  # as much as there is room for
        (10_000, 100, 40, 10),
        (10_000, 1_000, 40, 13),
        (1_000_000, None, 1, 18),
    ],
)
def test_no_more_room_is_taken_than_exactness_needs(given, passages, values, precision):
    assert Counting.of(given, passages, values).precision == precision


def test_a_real_cluster_counts_exactly_up_to_the_bound(search_cluster):
    nodes = opensearchpy.OpenSearch(search_cluster.split(","), timeout=60)
    index, given = "test-numbers", 3_000
    fields = {"number": {"type": "ip", "index": False}, "value": {"type": "keyword"}}
    sizes = (1, 90, 170, 180, 384, 390, 600, 760, 1_190, 1_300, 2_000, 3_000)
    chance = random.Random(1)  # noqa: S311  (made-up documents)
    members = {size: set(chance.sample(range(1, given + 1), size)) for size in sizes}
    nodes.indices.delete(index=index, ignore_unavailable=True)
    nodes.indices.create(index=index, body={"settings": {"number_of_shards": 3}, "mappings": {"properties": fields}})
    try:
        lines = []
        for place in range(1, given + 1):
            held = [str(size) for size in sizes if place in members[size]]
            lines += [{"index": {"_index": index}}, {"number": number_of(place), "value": held}] * 2
        assert not nodes.bulk(body=lines, refresh=True)["errors"]
        exact = {}
        for precision in range(10, 15):
            counting = Counting(precision, given)
            values = {"terms": {"field": "value", "size": 100}, "aggs": {"documents": counting.aggregation}}
            answer = nodes.search(index=index, body={"size": 0, "aggs": {"values": values}})
            buckets = {int(each["key"]): each for each in answer["aggregations"]["values"]["buckets"]}
            assert {size: buckets[size]["doc_count"] for size in sizes} == {size: 2 * size for size in sizes}
            found = {size: counting.documents(buckets[size]["documents"]["value"]) for size in sizes}
            assert {size: counted for size, counted in found.items() if counted <= counting.most} == {
                size: size for size in sizes if size <= counting.most
            }
            exact[precision] = sum(size <= counting.most for size in sizes)
        assert exact == {10: 3, 11: 4, 12: 11, 13: 12, 14: 12}
    finally:
        nodes.indices.delete(index=index)
