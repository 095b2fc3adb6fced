"""What was looked up last is kept, as much of it as fits."""

from search.cache import ENTRY, Cache


def test_the_least_recently_used_are_dropped():
    cache, made = Cache(10 + 2 * ENTRY), []

    def get(key, length):
        return cache.get(key, lambda: made.append(key) or key * length)

    assert [get("a", 4), get("b", 4), get("a", 4)] == ["aaaa", "bbbb", "aaaa"]
    get("c", 4)
    assert made == ["a", "b", "c"]
    get("a", 4)
    get("b", 4)
    assert made == ["a", "b", "c", "b"]


def test_one_entry_is_kept_whatever_its_size():
    cache = Cache(10)
    large = cache.get("a", lambda: "a" * 99)
    assert cache.get("a", str) is large


def test_empty_entries_are_bounded_too():
    cache, made = Cache(10 * ENTRY), []
    for key in [*range(20), *range(10, 20), 0]:
        cache.get(key, lambda key=key: made.append(key) or "")
    assert made == [*range(20), 0]
