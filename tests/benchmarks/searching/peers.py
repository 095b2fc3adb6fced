"""The peers by name. Each is imported only when it is asked for, so that its library may be absent."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from search.engines import open_engine
from search.errors import EngineError
from tests.benchmarks.searching.peer import Peer


def _whoosh_plain() -> Peer:
    from tests.benchmarks.searching.whoosh_plain import WhooshPlain

    return WhooshPlain()


def _tantivy_plain(*, documents: bool = False) -> Peer:
    from tests.benchmarks.searching.tantivy_plain import TantivyPlain

    return TantivyPlain(documents=documents)


def _fts5(*, documents: bool = False) -> Peer:
    from tests.benchmarks.searching.fts5 import Fts5

    return Fts5(documents=documents)


def _ours(name: str) -> Peer:
    from tests.benchmarks.searching.ours import Ours

    with tempfile.TemporaryDirectory() as folder:  # which loads its library
        open_engine(name, Path(folder)).close()
    return Ours(name)


PEERS: Mapping[str, Callable[[], Peer]] = {
    "whoosh-plain": _whoosh_plain,
    "whoosh": lambda: _ours("whoosh"),
    "tantivy-plain": _tantivy_plain,
    "tantivy-plain-documents": lambda: _tantivy_plain(documents=True),
    "tantivy": lambda: _ours("tantivy"),
    "fts5": _fts5,
    "fts5-documents": lambda: _fts5(documents=True),
}
#: Peers that ask another way over the same index.
INDEX_OF = {"tantivy-plain-documents": "tantivy-plain", "fts5-documents": "fts5"}


def absent(name: str) -> str:
    """Why a peer cannot take part here, "" if it can."""
    try:
        PEERS[name]()
    except ImportError as error:
        return f"{error.name} is not installed"
    except EngineError as error:
        return str(error)
    return ""
