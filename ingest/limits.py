"""What reading one file may cost: a hostile or broken one must not take the machine from the others."""

from __future__ import annotations

import math
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has no limits for a process; the time limit holds there too
    resource = None  # type: ignore[assignment]  # its absence is looked up below

#: Seconds that whoever started a process has for ending it in time; then the system does.
_GRACE = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """Megabytes of memory, and seconds for a file and again for each megabyte (10^6 bytes) of it.

    Of 128 real documents of up to 1.2 MB the slowest took 7 s and the hungriest 60 MB besides the language model.
    """

    megabytes: int = 1000
    seconds: int = 120

    def seconds_for(self, size: int) -> int:
        """Seconds for a file of so many bytes."""
        return self.seconds * max(1, math.ceil(size / 1_000_000))


@dataclass(frozen=True, slots=True)
class Allowance:
    """The memory that a process may take: bytes of data that it `had` when it was confined, and `megabytes` more."""

    had: int
    megabytes: int

    def is_half_used(self) -> bool:
        """Whether less than half of it is left."""
        return _held() - self.had > self.megabytes * 1_000_000 / 2


def confine(megabytes: int) -> Allowance:
    """Let this process, and each that it starts, take so much memory beyond what it has; more is a `MemoryError`."""
    allowance = Allowance(_held(), megabytes)
    if resource is not None:
        most = allowance.had + megabytes * 1_000_000
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    return allowance


def end_after(seconds: int) -> None:
    """Have the system end this process in so many seconds and a grace, even where it listens to nobody; 0: never."""
    if hasattr(signal, "alarm"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds and seconds + _GRACE)


def _held() -> int:
    """Bytes of data that this process has; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
