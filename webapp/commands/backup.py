"""`pincite backup`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from corpus import backup
from corpus.backup import Manifest
from corpus.schema import documents, passages, sets
from webapp.commands.options import library_option, open_store, settings_with
from webapp.commands.output import counted
from webapp.commands.progress import Bar


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@library_option
def command(file: Path, library: Path | None) -> None:
    """Write the library into one file.

    FILE holds documents, passages, sets with their links, corrections and uploaded files, as they are at one moment:
    the library may be in use. It is restored on any machine, in a file or on PostgreSQL; the index is not in it.
    """
    with open_store(settings_with(library=library)) as store, Bar("Backing up", quiet=True) as bar:
        manifest = backup.write(store, file, progress=partial(bar.step, line=""))
    click.echo(f"{file}: {held(manifest)}")


def held(manifest: Manifest) -> str:
    """What a backup holds, and of when it is."""
    return (
        f"{counted(manifest.count(documents), 'document')}, {counted(manifest.count(passages), 'row')} of passages and "
        f"headings, {counted(manifest.count(sets), 'passage set')}, of {manifest.made}"
    )
