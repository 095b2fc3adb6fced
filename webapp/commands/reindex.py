"""`pincite reindex`."""

from __future__ import annotations

from pathlib import Path

import click

from search.indexer import rebuild
from webapp.commands.options import engine_option, library_option, open_library, settings_with
from webapp.commands.output import counted
from webapp.commands.progress import Bar


@click.command("reindex")
@library_option
@engine_option
def command(library: Path | None, engine: str | None) -> None:
    """Build the search index anew from the store.

    The store is the truth and is not touched; use this after `pincite doctor` says that the index is damaged.
    """
    settings = settings_with(library=library, engine=engine)
    with open_library(settings) as opened:
        with Bar("Indexing") as bar:
            rebuild(opened.store, opened.engine, progress=bar.step)
        click.echo(f"{counted(opened.engine.count(), 'passage')} indexed by {opened.engine.name}")
