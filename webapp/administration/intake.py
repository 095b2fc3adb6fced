"""Files and wishes on their way in: what a form brings becomes a task, or a refusal that is told like one."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import IO

from corpus.model import Document
from webapp.administration.audit import note
from webapp.administration.names import UploadError, safe_name
from webapp.administration.tasks import Queue, Record, State, Task, new_key

#: Bytes of one file: treaties with all their annexes have a tenth of it, and scans without text are refused anyway.
MOST_FILE = 100_000_000
#: Characters of a name that is told back though it was refused.
_SHOWN = 120


def take(queue: Queue, stream: IO[bytes], given: str, *, replaces: bool) -> Record:
    """Keep an uploaded file until it is read, and say so in the log; one that is refused is a task that has failed."""
    record = Record(new_key(), Task.ADD, _shown(given), replaces=replaces)
    try:
        name = safe_name(given)
        record = replace(record, name=name, file=name)
        size = _size(stream)
        _keep(stream, queue.incoming(record))
        note(f"upload {name!r}, {size} bytes")
    except UploadError as error:
        record = replace(record, state=State.FAILED, reason=f"it {error}")
        note(f"upload {record.name!r} refused: {record.reason}")
    queue.put(record)
    return record


def remove(queue: Queue, document: Document, file: str) -> Record:
    """Ask for a document to be taken out, with its uploaded `file` if there is one; raises `UploadError`.

    What is being added under the same name would come in after all.
    """
    waiting = queue.unfinished()
    if file and any(record.task is Task.ADD and record.file == file for record in waiting):
        raise UploadError("is just being read anew; remove it when that is done")
    if known := next((record for record in waiting if record.document == document.id), None):
        return known
    record = Record(new_key(), Task.REMOVE, document.title, file=file, document=document.id)
    note(f"removal of {document.id} asked for")
    queue.put(record)
    return record


def _size(stream: IO[bytes]) -> int:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    if not size:
        raise UploadError("is empty")
    if size > MOST_FILE:
        raise UploadError(f"has more than {MOST_FILE // 1_000_000} MB")
    return size


def _keep(stream: IO[bytes], path: Path) -> None:
    try:
        with path.open("xb") as file:
            shutil.copyfileobj(stream, file)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise UploadError(f"could not be kept ({error.strerror or error})") from error


def _shown(given: str) -> str:
    """A refused name as it may be printed."""
    return "".join(letter if letter.isprintable() else " " for letter in given)[-_SHOWN:].strip() or "a file"
