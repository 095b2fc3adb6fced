"""Errors of searching."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import PinciteError


@dataclass(frozen=True, slots=True)
class Edit:
    """What would mend a query: `text` in place of the half-open span."""

    start: int
    end: int
    text: str = ""


class QueryError(PinciteError):
    """A query that cannot be read: the message says what is wrong, `position` where (0-based character).

    `suggestion` is a corrected query that can be read, "" if there is none. `edit` is the first step towards it, as the
    place of the complaint knows it.
    """

    def __init__(self, message: str, position: int = 0, *, suggestion: str = "", edit: Edit | None = None) -> None:
        super().__init__(message)
        self.position = position
        self.suggestion = suggestion
        self.edit = edit


class EngineError(PinciteError):
    """The index is damaged, missing or out of reach."""


class ClusterAway(EngineError):
    """A cluster that does not answer; what was asked may be asked again later."""
