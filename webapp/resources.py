"""The open library: its store and its engine, opened together and closed together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from corpus.store import Store
from search import upkeep
from search.engine import Engine
from search.engines import open_engine
from search.engines.chosen import choose_engine, chosen_engine
from search.engines.cluster import Cluster
from search.engines.patience import Patience
from search.errors import EngineError
from search.indexer import Progress
from webapp.settings import Settings

#: A reader that finds a writer at work reads on: nobody waits for an answer until another process is done.
READING = Patience(seconds=0)
#: Seconds between two repairs that failing searches ask for.
_PAUSE = 10.0

V = TypeVar("V")


class _ClosedError(Exception):
    """The library is closed while its index is repaired."""


class Library:
    """A library folder in use: `store` is the truth, `engine` the index that can be rebuilt from it."""

    def __init__(
        self,
        folder: Path,
        engine: str = "",
        *,
        patience: Patience = READING,
        database: str = "",
        cluster: Cluster = Cluster(),  # noqa: B008  (a frozen value)
    ) -> None:
        """`engine` is a name of `search.engines`, nothing for the one that the library has been moved to.

        `database` is the address of the store, nothing for the file in the folder; `cluster` serves engines that have
        one.
        """
        self.folder = folder
        self.store = Store.open(folder, database)
        self.engine: Engine = open_engine(engine or chosen_engine(folder), folder, patience, cluster)
        self._remembered: dict[str, tuple[object, Any]] = {}
        self._closing = Event()
        self._mending: Thread | None = None
        self._asking, self._next_mending = Lock(), 0.0

    @classmethod
    def of(cls, settings: Settings, patience: Patience = READING) -> Self:
        """The library that the settings name."""
        return cls(
            settings.library, settings.engine, patience=patience, database=settings.store, cluster=settings.cluster
        )

    def remembered(self, name: str, make: Callable[[], V]) -> V:
        """What `make` gives, made once for each state of the index; `name` tells what it is.

        While the index is away it is what was made last; raises `EngineError` if nothing was.
        """
        made_for, value = self._remembered.get(name, (None, None))
        try:
            state = self.engine.state()
        except EngineError:
            if made_for is None:
                raise
            return cast("V", value)
        if made_for is not state:
            value = make()
            self._remembered[name] = state, value
        return cast("V", value)

    def keep_engine(self) -> None:
        """Use this engine from now on, wherever none is named."""
        choose_engine(self.folder, self.engine.name)

    def mend(self, told: Callable[[str], object], progress: Progress | None = None) -> None:
        """Put the index in order if it is not, and tell that in one line."""
        upkeep.mend(self.store, self.engine, told=told, progress=progress)

    def mend_meanwhile(self, told: Callable[[str], object]) -> None:
        """The same while others search, in the state that there is."""
        self._mending = Thread(target=self._mend_until_closed, args=(told,), daemon=True)
        self._mending.start()

    def mend_again(self, told: Callable[[str], object]) -> None:
        """The same for what a search has found broken, unless that is under way or was tried just now."""
        with self._asking:
            if monotonic() < self._next_mending or (self._mending and self._mending.is_alive()):
                return
            self._next_mending = monotonic() + _PAUSE
            self.mend_meanwhile(told)

    def _mend_until_closed(self, told: Callable[[str], object]) -> None:
        def stop(*_: object) -> None:
            if self._closing.is_set():
                raise _ClosedError

        with suppress(_ClosedError):
            self.mend(told, stop)

    def close(self) -> None:
        """Release both; a repair that is under way stops at its next document and loses what it has not committed."""
        self._closing.set()
        if self._mending:
            self._mending.join()
        self.engine.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
