"""`pincite ingest`."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from ingest.pipeline import Progress, Report, ingest
from ingest.planning import Share
from ingest.sources import COLLECTION
from search.upkeep import update
from webapp.commands.options import engine_option, library_option, settings_with, writable_library
from webapp.commands.output import counted
from webapp.commands.progress import Bar
from webapp.resources import Library

#: Passages beyond which the pure-Python engine is felt: see `search/engines/README.md` for what was measured.
OUTGROWN = 200_000
SMALL_ENGINE, LARGE_ENGINE = "whoosh", "tantivy"

_JOBS_HELP = "Files read at once (default: one a processor)."
_MODEL_HELP = "Annotate without the statistical model: much faster; a later run without this option upgrades."
#: Steps of priority that an ingest gives up (POSIX: 0 to 19), so that searches beside it stay quick.
_NICENESS = 19
_SHARD_HELP = "Do only part K of N of the files; others do the rest, or the same, at once or later."
_COLLECTION_HELP = "Know the files by this name and theirs below PATH, wherever that is mounted."
_OCR_HELP = "Recognise the text of scanned PDFs (needs ocrmypdf)."


def _share(_context: click.Context, _parameter: click.Parameter, value: str) -> Share:
    """The share that `2/8` means, the second of eight; raises `BadParameter`."""
    written = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", value)
    number, of = map(int, written.groups()) if written else (0, 0)
    if not 1 <= number <= of:
        raise click.BadParameter(f"{value!r} is no part of a whole; the second of eight is 2/8")
    return Share(number, of)


def _collection(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """The name of a collection; raises `BadParameter`."""
    if value and not COLLECTION.fullmatch(f"{value}:"):
        raise click.BadParameter(f"{value!r} must be two or more lower-case letters, digits and hyphens")
    return value


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True, path_type=Path))
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help=_JOBS_HELP)
@click.option("--ocr", is_flag=True, help=_OCR_HELP)
@click.option("--no-model", is_flag=True, help=_MODEL_HELP)
@click.option("--shard", "share", callback=_share, default="1/1", metavar="K/N", help=_SHARD_HELP)
@click.option("--collection", callback=_collection, default="", metavar="NAME", help=_COLLECTION_HELP)
@library_option
@engine_option
def command(
    paths: tuple[Path, ...],
    *,
    jobs: int | None,
    ocr: bool,
    no_model: bool,
    share: Share,
    collection: str,
    library: Path | None,
    engine: str | None,
) -> None:
    """Read new and changed files into the library.

    PATH is a file or a folder. Unchanged files are passed over, so that an interrupted run is resumed by running it
    again. Facts about the files are taken from a catalogue.toml beside them. Files that cannot be read are named with
    the reason and left out; the exit code is then 1. The library's own corrections.toml is obeyed for all documents.

    Many machines that share a store divide the work by --shard: each is given the same PATH and another part.
    """
    give_way()
    settings = settings_with(library=library, engine=engine, model=False if no_model else None)
    with writable_library(settings) as opened:
        report = ingest_into(
            opened, paths, jobs=jobs, ocr=ocr, model=settings.model, share=share, collection=collection
        )
        if engine:
            opened.keep_engine()
    for name, reason in report.failed:
        click.echo(f"pincite: {name}: {reason}", err=True)
    if report.failed:
        raise click.exceptions.Exit(1)


def give_way() -> None:
    """Let whoever reads in the library go first: reading files takes every core for long."""
    if hasattr(os, "nice"):
        os.nice(max(_NICENESS - os.nice(0), 0))


def ingest_into(library: Library, paths: Sequence[Path], **options: Any) -> Report:
    """Ingest with the options of `ingest` and progress, bring the index in step, and tell in one line what was done."""
    with Bar("Reading") as bar:
        report = ingest(
            paths,
            library.store,
            progress=lambda step: bar.step(step.done, step.total, _line(step)),
            cache=library.folder / "cache",
            **options,
        )
    with Bar("Indexing") as bar:
        update(library.store, library.engine, progress=bar.step)
    done = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged, "failed": report.failed}
    if report.corrected:
        click.echo(f"Corrections took effect in {counted(len(report.corrected), 'document')}.")
    for line in report.unmet:
        click.echo(f"pincite: in vain: {line}", err=True)
    held = library.store.counts()
    click.echo(", ".join(f"{len(names)} {what}" for what, names in done.items()))
    total = f"{counted(held['passages'], 'passage')} in {counted(held['documents'], 'document')}"
    click.echo(f"The library {library.folder} holds {total}.")
    if library.engine.name == SMALL_ENGINE and held["passages"] > OUTGROWN:
        click.echo(moving(library.folder))
    return report


def moving(folder: Path) -> str:
    """The line that tells how to move a library to the engine for large ones."""
    install = "" if find_spec(LARGE_ENGINE) else 'pip install "pincite[fast]" && '
    command = f"{install}pincite reindex --engine {LARGE_ENGINE} --library {shlex.quote(str(folder))}"
    return f"It has outgrown the engine {SMALL_ENGINE}; searches stay fast with: {command}"


def _line(step: Progress) -> str:
    return f"{step.name}: {step.outcome}"
