"""The open library: its store and its engine, opened together and closed together."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.store import Store
from search.engine import Engine
from search.engines import open_engine


class Library:
    """A library folder in use: `store` is the truth, `engine` the index that can be rebuilt from it."""

    def __init__(self, folder: Path, engine: str = "whoosh") -> None:
        self.folder = folder
        self.store = Store.open(folder)
        self.engine: Engine = open_engine(engine, folder)

    def close(self) -> None:
        """Release both."""
        self.engine.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
