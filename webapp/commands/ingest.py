"""`pincite ingest`."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import click

from ingest.limits import Limits
from ingest.pipeline import Progress, Report, ingest
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
_OCR_HELP = "Recognise the text of scanned PDFs (needs ocrmypdf)."


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True, path_type=Path))
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help=_JOBS_HELP)
@click.option("--ocr", is_flag=True, help=_OCR_HELP)
@click.option("--no-model", is_flag=True, help=_MODEL_HELP)
@library_option
@engine_option
def command(
    paths: tuple[Path, ...],
    *,
    jobs: int | None,
    ocr: bool,
    no_model: bool,
    library: Path | None,
    engine: str | None,
) -> None:
    """Read new and changed files into the library.

    PATH is a file or a folder. Unchanged files are passed over, so that an interrupted run is resumed by running it
    again. Facts about the files are taken from a catalogue.toml beside them. Files that cannot be read are named with
    the reason and left out; the exit code is then 1. The library's own corrections.toml is obeyed for all documents.
    """
    give_way()
    settings = settings_with(library=library, engine=engine, model=False if no_model else None)
    with writable_library(settings) as opened:
        report = ingest_into(opened, paths, jobs=jobs, ocr=ocr, model=settings.model, limits=settings.limits)
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


def ingest_into(
    library: Library,
    paths: Sequence[Path],
    *,
    jobs: int | None = None,
    ocr: bool = False,
    model: bool = True,
    limits: Limits = Limits(),  # noqa: B008  (a frozen value)
) -> Report:
    """Ingest with progress, bring the index in step, and tell in one line what was done."""
    with Bar("Reading") as bar:
        report = ingest(
            paths,
            library.store,
            jobs=jobs,
            progress=lambda step: bar.step(step.done, step.total, _line(step)),
            cache=library.folder / "cache",
            ocr=ocr,
            model=model,
            limits=limits,
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
