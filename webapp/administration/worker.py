"""The process that does what administrators ask: one task after the other, one process for all servers of a library.

A task is marked before it is begun. One that a kill leaves marked is begun again by the next process; one that kills
its process every time is given up. A file takes its place only when it has been read, so that a damaged one costs
nothing that was there.
"""

from __future__ import annotations

import filecmp
import hashlib
import signal
from dataclasses import replace
from pathlib import Path

import click

from corpus import catalogue, corrections
from corpus.errors import PinciteError
from ingest.errors import UnreadableFile
from ingest.limits import Limits
from ingest.pipeline import ingest
from ingest.readers.cache import Cache, key_of
from ingest.trial import try_reading
from search.engines.patience import Patience
from search.upkeep import update
from webapp import logs
from webapp.administration import audit
from webapp.administration.names import UploadError
from webapp.administration.tasks import Queue, Record, State, Task
from webapp.commands.ingest import give_way
from webapp.commands.options import engine_option, library_option, settings_with
from webapp.resources import Library
from webapp.settings import Settings

#: Times that a task is begun: more than a crash of the machine explains.
MOST_ATTEMPTS = 3
#: Seconds that an ingest on the command line is waited for: nobody stands beside this process.
_PATIENCE = 24 * 3600.0


@click.command()
@library_option
@engine_option
@click.option("--no-model", is_flag=True)
def main(*, library: Path | None, engine: str | None, no_model: bool) -> None:
    """Do what waits in a library's queue, then end."""
    give_way()
    settings = settings_with(library=library, engine=engine, model=False if no_model else None)
    logs.prepare(settings)
    audit.prepare()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends a task in good order, as Ctrl+C does
    try:
        work(settings)
    except (PinciteError, OSError) as error:
        audit.note(f"uploads cannot be read now: {error}")
        raise click.exceptions.Exit(1) from error


def work(settings: Settings) -> None:
    """Do all that waits, unless another process does; raises `PinciteError` if the library cannot be opened.

    Who hands in a task starts a process, which finds this one at work and ends: so the queue is looked at once more
    after it was given free.
    """
    queue = Queue(settings.library)
    queue.sweep()
    while queue.unfinished():
        with queue.alone() as alone:
            if not alone:
                return
            with Library.of(settings, Patience(_PATIENCE, audit.note)) as library:
                while waiting := queue.unfinished():
                    perform(queue, library, waiting[0], model=settings.model, limits=settings.limits)


def perform(
    queue: Queue,
    library: Library,
    record: Record,
    *,
    model: bool,
    limits: Limits = Limits(),  # noqa: B008  (a frozen value)
) -> None:
    """Do one task and record what came of it; one that is interrupted waits again."""
    begun = replace(record, state=State.READING, attempts=record.attempts + 1)
    queue.put(begun)
    try:
        if record.task is Task.REMOVE:
            done = _removed(queue, library, begun)
        else:
            done = _added(queue, library, begun, model, limits)
    except (PinciteError, OSError) as error:
        queue.incoming(begun).unlink(missing_ok=True)
        done = replace(begun, state=State.FAILED, reason=_clause(error))
    except BaseException:
        queue.put(record)
        raise
    queue.put(done)
    audit.note(f"{done.task} {done.file or done.document!r}: {done.state}{done.reason and ', '}{done.reason}")


def _clause(error: Exception) -> str:
    """The error in one line that goes on behind a colon."""
    said = f"it {error.reason}" if isinstance(error, UnreadableFile) else str(error)
    return " ".join((f"it {said}" if isinstance(error, UploadError) else said).split())


def _added(queue: Queue, library: Library, record: Record, model: bool, limits: Limits) -> Record:
    if record.attempts > MOST_ATTEMPTS:
        raise UploadError("ended the process that read it, every time that this was tried")
    place, incoming = queue.place(record.file), queue.incoming(record)
    if incoming.exists():  # else it was brought there before a crash
        if not place.exists() and (twin := _twin(library, incoming)):
            incoming.unlink()
            return _told(library, record, twin, State.UNCHANGED)
        _bring(queue, library, record, limits)
    report = ingest([place], library.store, jobs=1, cache=_cache(library), model=model, limits=limits)
    if report.failed:
        library.store.forget(str(place))
        place.unlink(missing_ok=True)
        raise UploadError(report.failed[0][1])
    update(library.store, library.engine)
    name = library.store.sources()[str(place)].document_id or ""
    return _told(library, record, name, State.UNCHANGED if report.unchanged else State.DONE)


def _twin(library: Library, incoming: Path) -> str:
    """The id of the document that came of the same file under another name, "" if there is none."""
    with incoming.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return next((document.id for document in library.store.documents() if document.sha256 == sha256), "")


def _told(library: Library, record: Record, document: str, state: State) -> Record:
    reading = library.store.report(document)
    return replace(record, state=state, document=document, passages=reading.passages if reading else 0)


def _bring(queue: Queue, library: Library, record: Record, limits: Limits) -> None:
    """Move a file that can be read into its place; raises `PinciteError` for what would cost the file that is there."""
    incoming, place = queue.incoming(record), queue.place(record.file)
    differs = place.exists() and not filecmp.cmp(incoming, place, shallow=False)
    if differs and not record.replaces:
        raise UploadError("differs from the file of this name that is here; to put it in its place, tick “Replace”")
    try_reading(incoming, record.file, cache=_cache(library), limits=limits)
    corrections.load(library.folder)
    catalogue.load(queue.folder)
    if differs:
        Cache(_cache(library)).drop(key_of(place))
    incoming.replace(place)


def _removed(queue: Queue, library: Library, record: Record) -> Record:
    """Every step may have been done before a crash."""
    place = queue.place(record.file)
    if record.file and place.exists():
        Cache(_cache(library)).drop(key_of(place))
        place.unlink()
    library.store.remove(record.document)
    update(library.store, library.engine)
    return replace(record, state=State.DONE)


def _cache(library: Library) -> Path:
    return library.folder / "cache"


if __name__ == "__main__":
    main()
