"""`pincite export`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

import click

from corpus.errors import NotFound
from corpus.export import FORMATS, export
from corpus.model import Document, Passage
from search.query import Query, Sort
from webapp.answers import joined
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
from webapp.commands.output import counted
from webapp.request import query_from
from webapp.resources import Library

#: Formats of data, which hold headings and titles too when everything is exported; the others are for reading.
_DATA_FORMATS = frozenset({"jsonl", "csv", "web-annotation", "doccano", "docbin"})


@click.command("export")
@click.argument("query", nargs=-1)
@filter_options
@click.option("--set", "set_name", metavar="NAME", help="The passages of this set, in its order.")
@click.option("--all", "everything", is_flag=True, help="Every passage, in formats of data headings too.")
@click.option("--sort", type=click.Choice(values_of(Sort)), default=Sort.DOCUMENT.value, show_default=True)
@click.option("--format", "form", type=click.Choice(tuple(FORMATS)), required=True)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Default: standard output."
)
@style_option
@library_option
@engine_option
def command(
    *,
    query: tuple[str, ...],
    set_name: str | None,
    everything: bool,
    sort: str,
    form: str,
    output: Path | None,
    style: str | None,
    library: Path | None,
    engine: str | None,
    **chosen: tuple[str, ...],
) -> None:
    """Write passages as data, references or text.

    Takes QUERY and filters as search does and writes all passages found, in reading order unless --sort says otherwise.
    """
    given = (bool(query) or any(chosen.values()), set_name is not None, everything)
    if sum(given) != 1:
        raise click.UsageError("say which passages: QUERY or filters, or --set NAME, or --all")
    settings = settings_with(library=library, engine=engine, style=style)
    asked = replace(query_from(parameters(query, chosen, sort=sort), settings), limit=None)
    with open_library(settings) as opened, writing(output, FORMATS[form].binary) as stream:
        pairs = passages(opened, asked, set_name=set_name, everything=everything, structure=form in _DATA_FORMATS)
        number = export(form, pairs, stream, style=settings.style, base_url=settings.base_url)
    if output:
        click.echo(f"{counted(number, 'passage')} written to {output}", err=True)


def passages(
    library: Library, query: Query, *, set_name: str | None, everything: bool, structure: bool
) -> Iterator[tuple[Document, Passage]]:
    """What was asked for, with its documents; raises `NotFound` for a set that the library does not hold."""
    if set_name is not None:
        raise NotFound(f"there is no set named {set_name!r} in this library")
    if everything:
        return _all(library, structure=structure)
    hits = library.engine.search(replace(query, marks=False)).hits
    return ((document, passage) for _, document, passage in joined(library.store, hits))


def _all(library: Library, *, structure: bool) -> Iterator[tuple[Document, Passage]]:
    for document, held in library.store.iterate():
        yield from ((document, passage) for passage in held if structure or passage.is_body)


@contextmanager
def writing(output: Path | None, binary: bool) -> Iterator[IO[bytes]]:
    """The standard output, or a file that appears under its name only when it is complete."""
    if output is None:
        if binary and sys.stdout.isatty():
            raise click.UsageError("this format is no text; name a file with --output FILE")
        yield sys.stdout.buffer
        return
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
