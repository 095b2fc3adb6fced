"""What reading one file may cost: a hostile or broken one must not take the machine from the others.

Time is that of the processor, so that a busy machine refuses no file; who only waits is waited for much longer.
"""

from __future__ import annotations

import math
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has no limits for a process; the time limit holds there too
    resource = None  # type: ignore[assignment]  # its absence is looked up below

#: Seconds by the clock for each second of computing: what is left of a processor that ten processes share.
PATIENCE = 10
#: Seconds that whoever started a process has for ending it in time; then the system does.
_GRACE = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """Megabytes of memory, and seconds of computing for a file and again for each megabyte (10^6 bytes) of it.

    Of the real documents tried, of up to 1.2 MB, the slowest took 7 s and the hungriest 60 MB besides the model.
    """

    megabytes: int = 1000
    seconds: int = 120

    def seconds_for(self, size: int) -> int:
        """Seconds of computing for a file of so many bytes."""
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
        _limit(resource.RLIMIT_DATA, allowance.had + megabytes * 1_000_000)
        _limit(resource.RLIMIT_CORE, 0)  # the end for too much computing would leave one
    return allowance


def compute_for(seconds: float) -> None:
    """Have the system end this process when it has computed for so many seconds from now on, to the next whole one."""
    if resource is not None:
        _limit(resource.RLIMIT_CPU, time.process_time() + seconds)


def computing_left() -> float:
    """Seconds that this process may still compute; infinite where nothing was said."""
    if resource is None or (most := resource.getrlimit(resource.RLIMIT_CPU)[0]) == resource.RLIM_INFINITY:
        return math.inf
    return max(0.0, most - time.process_time())


def has_computed_too_long(status: int | None) -> bool:
    """Whether a process that ended with this status was ended by `compute_for`."""
    return hasattr(signal, "SIGXCPU") and status == -signal.SIGXCPU


def end_after(seconds: int) -> None:
    """Have the system end this process in so many seconds and a grace, even where it listens to nobody; 0: never."""
    if hasattr(signal, "alarm"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds and seconds + _GRACE)


def _limit(which: int, most: float) -> None:
    """Set a limit of this process, infinite or to the next whole number, that it may raise again."""
    _, hard = resource.getrlimit(which)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (resource.RLIM_INFINITY if most == math.inf else math.ceil(most), hard))


def _held() -> int:
    """Bytes of data that this process has; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
