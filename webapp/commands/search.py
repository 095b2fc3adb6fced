"""`pincite search`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from search.query import Sort
from webapp.answers import answer
from webapp.commands.options import (
    engine_option,
    filter_options,
    library_option,
    open_library,
    parameters,
    settings_with,
    style_option,
    values_of,
)
from webapp.commands.output import result_lines
from webapp.request import query_from


@click.command("search")
@click.argument("query", nargs=-1)
@filter_options
@click.option("--exactly", is_flag=True, help="Only passages with all the words, as they were typed.")
@click.option("--sort", type=click.Choice(values_of(Sort)), default=Sort.RELEVANCE.value, show_default=True)
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, metavar="N", help="Passages shown.")
@click.option("--explain", is_flag=True, help="Tell the parts of each score.")
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", show_default=True)
@style_option
@library_option
@engine_option
def command(
    *,
    query: tuple[str, ...],
    exactly: bool,
    sort: str,
    limit: int,
    explain: bool,
    form: str,
    style: str | None,
    library: Path | None,
    engine: str | None,
    **chosen: tuple[str, ...],
) -> None:
    """Find passages by words, names and facets.

    QUERY takes words, "exact phrases", AND OR NOT ( ), -word, prefix*, fuzzy~, "two words"~5, word w/5 word and fields
    such as organisation:INTERPOL or year:1995..2005. Without QUERY all passages that the filters leave are found.
    """
    settings = settings_with(library=library, engine=engine, style=style)
    asked = replace(query_from(parameters(query, chosen, sort=sort), settings), loose=not exactly, limit=limit)
    with open_library(settings) as opened:
        found = answer(opened, asked, style=settings.style, explain=explain)
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for line in result_lines(found):
        click.echo(line)
