"""How long a writer of an index waits for another one, and whom it tells that it waits."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from search.errors import EngineError

#: Seconds that a writer waits by itself: longer than most commits and many ingests take.
WAIT = 600.0
#: Seconds without a word: most commits are shorter.
_SILENCE = 1.0
#: Seconds between two attempts.
_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for the right to write, and what takes the one line that tells of waiting."""

    seconds: float = WAIT
    told: Callable[[str], object] = logging.getLogger(__name__).warning

    def until(self, attempt: Callable[[], bool], folder: Path) -> None:
        """Repeat an attempt to lock the index in `folder` until it succeeds; raises `EngineError` when time is up."""
        started = monotonic()
        silent = True
        while not attempt():
            waited = monotonic() - started
            if waited >= self.seconds:
                raise EngineError(f"another process is writing to the index in {folder}; try again when it is done")
            if silent and waited >= _SILENCE:
                self.told("another process is writing to the index; waiting...")
                silent = False
            sleep(_PAUSE)
