"""What stands around every reading of Whoosh's files: damage becomes our error, and no pickle runs anything.

Whoosh keeps its tables of contents, blocks of postings and stored fields as pickles, and a pickle can call whatever it
names. Python announces each name to the audit hooks before it is looked up, so one hook refuses all but ours.
"""

from __future__ import annotations

import pickle
import struct
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from whoosh.index import IndexError as WhooshIndexError
from whoosh.matching.mcore import ReadTooFar

from search.errors import EngineError

#: What Whoosh raises over files that were cut short or changed; it checks nothing itself.
_DAMAGE = (
    WhooshIndexError, ReadTooFar, EOFError, ValueError, LookupError, NameError, TypeError, AttributeError,
    AssertionError, struct.error, pickle.UnpicklingError, zlib.error,
)  # fmt: skip
#: The classes that an index names, none of which does anything when it is made; the rest is numbers, texts and tuples.
_ADMITTED = frozenset(
    {
        ("whoosh.codec.whoosh3", "W3Segment"),
        ("search.engines.whoosh_blocks", "Codec"),
        ("collections", "defaultdict"),
        ("builtins", "int"),
    }
)

_guarded: ContextVar[bool] = ContextVar("guarded", default=False)


@contextmanager
def reading_whoosh() -> Iterator[None]:
    """Turns what Whoosh raises over damaged files into `EngineError`; a file that is gone stays `FileNotFoundError`."""
    try:
        with writing_whoosh():
            yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _damaged(error) from error


@contextmanager
def writing_whoosh() -> Iterator[None]:
    """The same for writing, which reads what is merged: there, what the system refuses stays `OSError`."""
    _watch_pickles()
    before = _guarded.set(True)
    try:
        yield
    except _DAMAGE as error:
        raise _damaged(error) from error
    finally:
        _guarded.reset(before)


def _damaged(error: Exception) -> EngineError:
    reason = f"{type(error).__name__}: {error}".rstrip(": ")
    return EngineError(f"the index is damaged ({reason}): run `pincite reindex`")


@cache
def _watch_pickles() -> None:
    """A hook stays for the life of the process, so there is one, which does nothing outside of Whoosh's work."""
    sys.addaudithook(_refuse)


def _refuse(event: str, found: tuple[Any, ...]) -> None:
    if event == "pickle.find_class" and _guarded.get() and found[:2] not in _ADMITTED:
        raise EngineError(f"the index names {'.'.join(found[:2])}, which no index holds: run `pincite reindex`")
