"""`pincite demo`."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

import click

from search.query import Filters
from webapp.answers import answer
from webapp.commands.ingest import ingest_into
from webapp.commands.options import engine_option, settings_with, writable_library
from webapp.commands.output import result_lines
from webapp.commands.serve import serve_until_interrupted
from webapp.request import query_from
from webapp.resources import Library
from webapp.settings import Settings

#: A word that several documents of the sample collection share.
_WORD = "treaty"
_SHOWN = 5


@click.command("demo")
@click.option(
    "--library",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-library"),
    show_default=True,
    metavar="DIR",
    help="Folder of the demonstration library.",
)
@click.option("--serve", "serving", is_flag=True, help="Serve the library at once.")
@click.option("--host", metavar="ADDRESS", help="Address to listen on with --serve.")
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="Port to listen on with --serve.")
@engine_option
def command(library: Path, serving: bool, host: str | None, port: int | None, engine: str | None) -> None:
    """Make a library of the sample collection and search it."""
    settings = settings_with(library=library, host=host, port=port, engine=engine)
    with as_file(files("corpus") / "sample") as folder, writable_library(settings) as opened:
        report = ingest_into(opened, [folder])
        if engine:
            opened.keep_engine()
        _show_search(opened, settings)
    for name, reason in report.failed:
        click.echo(f"pincite: {name}: {reason}", err=True)
    click.echo("")
    if serving:
        serve_until_interrupted(settings)
    else:
        click.echo(f"Open it in a browser with: pincite serve --library {settings.library}")
    if report.failed:
        raise click.exceptions.Exit(1)


def _show_search(library: Library, settings: Settings) -> None:
    """Search for a word, and narrow the result by the organisation that it names most often."""
    query = replace(query_from({"q": [_WORD]}, settings), limit=0)
    organisations = library.engine.search(query).facets.get("organisation", ())
    chosen = tuple(value.value for value in organisations[:1])
    narrowed = replace(query, filters=Filters(organisation=chosen), limit=_SHOWN)
    options = "".join(f' --organisation "{name}"' for name in chosen)
    click.echo(f"\n$ pincite search {_WORD}{options} --limit {_SHOWN} --library {settings.library}")
    for line in result_lines(answer(library, narrowed, style=settings.style)):
        click.echo(line)
