"""One file read in a process of its own, with limits: before it takes the place of another one, or for a visitor."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.blocks import RawDocument
from ingest.errors import UnreadableFile
from ingest.limits import Limits
from ingest.readers import docx, read
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


def read_word(path: Path, name: str, *, limits: Limits) -> RawDocument:
    """Read a Word document of any size in `limits.seconds`; raises `UnreadableFile` naming it as `name`."""
    job = Job(begin=dict, work=_word, seconds=lambda _: limits.seconds, refused=str, limits=limits)
    document = done_apart(job, path)
    if isinstance(document, str):
        raise UnreadableFile(name, document)
    return document


def _word(path: Path) -> RawDocument | str:
    """The document, or why it cannot be read."""
    try:
        return docx.read(path, path.name)
    except UnreadableFile as error:
        return error.reason
