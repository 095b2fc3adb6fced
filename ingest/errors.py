"""Why a file could not be read; every message names the file."""

from __future__ import annotations

from corpus.errors import PinciteError


class UnreadableFile(PinciteError):
    """A file that no reader can read (damaged, encrypted, empty, no text, unknown format)."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason
