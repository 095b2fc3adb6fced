"""The engines by name. Each is imported only when it is asked for, so that its library may be absent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from search.engine import Engine
from search.errors import EngineError


def _whoosh(folder: Path) -> Engine:
    from search.engines.whoosh import WhooshEngine  # noqa: PLC0415  (imported only where it is used)

    return WhooshEngine.open(folder)


def _tantivy(folder: Path) -> Engine:
    try:
        from search.engines.tantivy import TantivyEngine  # noqa: PLC0415  (imported only where it is used)
    except ImportError as error:
        raise EngineError("the engine tantivy is not installed: run `pip install 'pincite[fast]'`") from error
    return TantivyEngine.open(folder)


_OPENERS: Mapping[str, Callable[[Path], Engine]] = {"whoosh": _whoosh, "tantivy": _tantivy}
#: Named in the design, not in this version.
_PLANNED = frozenset({"opensearch"})


def open_engine(name: str, folder: Path) -> Engine:
    """The engine `name` over the library `folder`, files in `index/<name>`; raises `EngineError` for unknown names."""
    if name in _OPENERS:
        return _OPENERS[name](folder)
    reason = "is not available in this version" if name in _PLANNED else "is unknown"
    raise EngineError(f"engine {name!r} {reason}; available: {', '.join(sorted(_OPENERS))}")
