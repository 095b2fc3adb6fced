"""Whether a file can be read at all, found out before it takes the place of another one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.errors import UnreadableFile
from ingest.limits import Limits
from ingest.readers import read
from ingest.workers import Job, done_apart


@dataclass(frozen=True, slots=True)
class _Trial:
    path: Path
    name: str
    cache: Path


def try_reading(path: Path, name: str, *, cache: Path, limits: Limits) -> None:
    """Read the file in a process of its own, into the `cache`; raises `UnreadableFile` naming it as `name`."""
    seconds = limits.seconds_for(path.stat().st_size)
    job = Job(begin=dict, work=_reason, seconds=lambda _: seconds, refused=str, limits=limits)
    if reason := done_apart(job, _Trial(path, name, cache)):
        raise UnreadableFile(name, reason)


def _reason(trial: _Trial) -> str:
    """Why the file cannot be read, "" if it can."""
    try:
        read(trial.path, trial.name, cache=trial.cache)
    except UnreadableFile as error:
        return error.reason
    return ""
