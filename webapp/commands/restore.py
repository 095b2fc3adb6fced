"""`pincite restore`."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path

import click

from corpus import restoring
from corpus.store import Store
from search.upkeep import update
from webapp.commands.backup import held
from webapp.commands.options import library_option, settings_with, writable_library
from webapp.commands.output import counted
from webapp.commands.progress import Bar


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Give up what the library holds now.")
@click.option("--check", is_flag=True, help="Only see whether FILE is whole.")
@library_option
def command(file: Path, library: Path | None, *, replace: bool, check: bool) -> None:
    """Bring a library back from its backup.

    All of FILE is checked before anything is written, and all of it is restored or nothing; then it is indexed.
    """
    if check:
        click.echo(f"{file} is whole: {held(restoring.check(file))}")
        return
    settings = settings_with(library=library)
    with closing(Store.open(settings.library, settings.store)) as store, Bar("Restoring", quiet=True) as bar:
        progress = partial(bar.step, line="")
        restored = restoring.restore(file, store, replace=replace, progress=progress)
    click.echo(f"restored {held(restored)}")
    with writable_library(settings) as opened:
        with Bar("Indexing") as bar:
            update(opened.store, opened.engine, progress=bar.step)
        click.echo(f"{counted(opened.engine.count(), 'passage')} indexed by {opened.engine.name}")
