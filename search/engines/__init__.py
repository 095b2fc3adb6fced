"""The engines by name. Each is imported only when it is asked for, so that its library may be absent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from search.engine import Engine
from search.engines.cluster import Cluster
from search.engines.patience import Patience
from search.errors import EngineError


def _whoosh(folder: Path, patience: Patience, _cluster: Cluster) -> Engine:
    from search.engines.whoosh import WhooshEngine  # noqa: PLC0415  (imported only where it is used)

    return WhooshEngine.open(folder, patience)


def _tantivy(folder: Path, patience: Patience, _cluster: Cluster) -> Engine:
    try:
        from search.engines.tantivy import TantivyEngine  # noqa: PLC0415  (imported only where it is used)
    except ImportError as error:
        raise EngineError("the engine tantivy is not installed: run `pip install 'pincite[fast]'`") from error
    return TantivyEngine.open(folder, patience)


def _opensearch(folder: Path, patience: Patience, cluster: Cluster) -> Engine:
    try:
        from search.engines.opensearch import OpenSearchEngine  # noqa: PLC0415  (imported only where it is used)
    except ImportError as error:
        raise EngineError("the engine opensearch is not installed: run `pip install 'pincite[cluster]'`") from error
    return OpenSearchEngine.open(folder, patience, cluster)


_OPENERS: Mapping[str, Callable[[Path, Patience, Cluster], Engine]] = {
    "whoosh": _whoosh,
    "tantivy": _tantivy,
    "opensearch": _opensearch,
}


def open_engine(
    name: str,
    folder: Path,
    patience: Patience = Patience(),  # noqa: B008  (a frozen value)
    cluster: Cluster = Cluster(),  # noqa: B008  (a frozen value)
) -> Engine:
    """The engine `name` of the library `folder`; raises `EngineError` for unknown names and a cluster out of reach.

    Engines over files keep them in `index/<name>`, the others keep their index in the cluster.
    """
    if name in _OPENERS:
        return _OPENERS[name](folder, patience, cluster)
    raise EngineError(f"engine {name!r} is unknown; available: {', '.join(sorted(_OPENERS))}")
