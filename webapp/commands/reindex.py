"""`pincite reindex`."""

from __future__ import annotations

from pathlib import Path

import click

from search.indexer import rebuild
from webapp.commands.options import engine_option, library_option, must_exist, settings_with, writable_library
from webapp.commands.output import counted
from webapp.commands.progress import Bar


@click.command("reindex")
@library_option
@engine_option
def command(library: Path | None, engine: str | None) -> None:
    """Build the search index anew from the store.

    The store is the truth and is not touched; searches go on over the old index until the new one is whole. With
    --engine the library is moved: from then on every command uses this engine unless told otherwise.
    """
    settings = settings_with(library=library, engine=engine)
    must_exist(settings)
    with writable_library(settings) as opened:
        with Bar("Indexing") as bar:
            rebuild(opened.store, opened.engine, progress=bar.step)
        if engine:
            opened.keep_engine()
        click.echo(f"{counted(opened.engine.count(), 'passage')} indexed by {opened.engine.name}")
