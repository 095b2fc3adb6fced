"""Errors of searching."""

from __future__ import annotations

from corpus.errors import PinciteError


class QueryError(PinciteError):
    """A query that cannot be read: the message says what is wrong, `position` where (0-based character)."""

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.position = position


class EngineError(PinciteError):
    """The index is damaged, missing or out of reach."""
