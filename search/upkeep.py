"""An index that is damaged, of another version or behind the store is put in order by itself, and that is told."""

from __future__ import annotations

from collections.abc import Callable

from corpus.errors import PinciteError
from corpus.store import Store
from search.engine import Engine
from search.indexer import Progress, difference, rebuild, sync

#: What follows in the message of an engine tells people what is about to be done for them.
_ADVICE = ": run `"


def fault(store: Store, engine: Engine) -> str:
    """Nothing if the index can answer and agrees with the store document by document, else what is wrong.

    A commit holds documents whole, so their revisions tell as much as their passages would, which take long to count.
    """
    damage = engine.health()
    if damage:
        return damage.partition(_ADVICE)[0]
    documents = sum(map(len, difference(store, engine)))
    return f"the index is behind the store by {documents} document{'s'[: documents > 1]}" if documents else ""


def update(store: Store, engine: Engine, *, progress: Progress | None = None) -> None:
    """Bring the index in step with the store, anew where it cannot be read; raises `EngineError` and `OSError`."""
    if engine.health():
        rebuild(store, engine, progress=progress)
    else:
        sync(store, engine, progress=progress)


def mend(store: Store, engine: Engine, *, told: Callable[[str], object], progress: Progress | None = None) -> None:
    """Repair what is wrong and tell it in one line; what cannot be repaired now is told too, and stays as it is."""
    found = ""
    try:
        found = fault(store, engine)
        if found:
            update(store, engine, progress=progress)
    except (PinciteError, OSError) as error:
        told(f"{found or 'the index cannot be checked'} and cannot be repaired now ({error}); searching what it holds")
    else:
        if found:
            told(f"{found}: repaired")
