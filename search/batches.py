"""What all engines share in writing: one batch at a time, which is committed at once or dropped."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Protocol

from corpus.model import Document, Passage


class Batch(Protocol):
    """What is added and removed until it is committed or dropped; as long as it lives nobody else writes."""

    def remove(self, document_id: str) -> None:
        """Take a document out; unknown ids are no error."""

    def add(self, document: Document, passages: Sequence[Passage], revision: str) -> None:
        """Put in a document that has been taken out."""

    def commit(self) -> None:
        """Make the batch the newest state."""

    def drop(self) -> None:
        """Forget the batch."""


class Writing(ABC):
    """The half of an engine that writes; see `search.engine.Engine` for what its methods promise."""

    def __init__(self) -> None:
        self._writing = threading.RLock()
        self._batch: Batch | None = None

    @abstractmethod
    def _begin(self, *, anew: bool) -> Batch:
        """A batch over what is held, or over nothing."""

    @abstractmethod
    def _is_held(self, document_id: str) -> bool:
        """Whether a document is committed, in whichever revision."""

    @abstractmethod
    def _release(self) -> None:
        """Close files and connections."""

    def add(self, document: Document, passages: Iterable[Passage], revision: str) -> None:
        """Put a document's passages in place of what the index holds of that document; `revision` names this state."""
        with self._writing:
            batch = self._begun()
            batch.remove(document.id)
            batch.add(document, [passage for passage in passages if passage.is_body], revision)

    def remove(self, document_id: str) -> None:
        """Take a document's passages out; unknown ids are no error."""
        with self._writing:
            if self._batch or self._is_held(document_id):
                self._begun().remove(document_id)

    def commit(self) -> None:
        """Make everything added and removed since the last commit visible, at once."""
        with self._writing:
            batch, self._batch = self._batch, None
            if batch:
                batch.commit()

    def clear(self) -> None:
        """Forget everything, visible after `commit`; what was not committed is dropped."""
        with self._writing:
            self._drop()
            self._batch = self._begin(anew=True)

    def close(self) -> None:
        """Release files and connections; what was not committed is dropped."""
        with self._writing:
            try:
                self._drop()
            finally:
                self._release()

    def _begun(self) -> Batch:
        if self._batch is None:
            self._batch = self._begin(anew=False)
        return self._batch

    def _drop(self) -> None:
        batch, self._batch = self._batch, None
        if batch:
            batch.drop()
