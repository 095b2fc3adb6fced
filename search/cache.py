"""A cache bounded by what its entries hold, not by their number."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Sized)

#: Elements that an entry counts for besides its own, about as large as key, object and place in the cache.
ENTRY = 32


class Cache(Generic[K, V]):
    """Keeps what was looked up last, as many entries as together have `size` elements; safe for threads.

    An entry counts for `ENTRY` more than its elements: keys and small entries take memory too.
    """

    def __init__(self, size: int) -> None:
        self._size, self._held = size, 0
        self._entries: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def __contains__(self, key: K) -> bool:
        with self._lock:
            return key in self._entries

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The entry of a key, made if it is not there; two threads may make the same one at once."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
                return self._entries[key]
        made = make()
        with self._lock:
            if key not in self._entries:
                self._entries[key] = made
                self._held += len(made) + ENTRY
            while self._held > self._size and len(self._entries) > 1:
                self._held -= len(self._entries.popitem(last=False)[1]) + ENTRY
        return made
