"""`pincite export`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

import click

from corpus.export import FORMATS, Collection, Provenance, export
from corpus.model import Document, Passage
from corpus.sets_contents import collection, members, pairs
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
from webapp.provenance import collected, searched, selected
from webapp.request import query_from
from webapp.resources import Library

#: Formats of data, which hold headings and titles too when everything is exported; the others are for reading.
_DATA_FORMATS = frozenset({"jsonl", "csv", "xlsx", "web-annotation", "doccano", "docbin"})

#: What was asked for: passages with their documents, what the file says of them, and what they were put together as.
Asked = tuple[Iterable[tuple[Document, Passage]], Provenance | None, Collection | None]


@click.command("export")
@click.argument("query", nargs=-1)
@filter_options
@click.option("--set", "set_name", metavar="NAME", help="The passages of this set, in its order.")
@click.option("--all", "everything", is_flag=True, help="Every passage, in formats of data headings too.")
@click.option("--sort", type=click.Choice(values_of(Sort)), default=Sort.DOCUMENT.value, show_default=True)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="At most N passages; the file says what was cut."
)
@click.option("--format", "form", type=click.Choice(tuple(FORMATS)), required=True)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Default: standard output."
)
@click.option(
    "--bom/--no-bom", default=True, help="A byte order mark before CSV, which Excel asks for.", show_default=True
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
    limit: int | None,
    form: str,
    output: Path | None,
    bom: bool,
    style: str | None,
    library: Path | None,
    engine: str | None,
    **chosen: tuple[str, ...],
) -> None:
    """Write passages as data, references or text.

    Takes QUERY and filters as search does and writes all passages found, in reading order unless --sort says otherwise.
    A set is named by its title, its id, or one of its links; its introduction, headings, notes and tags go with it.
    """
    given = (bool(query) or any(chosen.values()), set_name is not None, everything)
    if sum(given) != 1:
        raise click.UsageError("say which passages: QUERY or filters, or --set NAME, or --all")
    if limit and not given[0]:
        raise click.UsageError("--limit is for QUERY and filters")
    settings = settings_with(library=library, engine=engine, style=style)
    asked = replace(query_from(parameters(query, chosen, sort=sort), settings), limit=limit, marks=False)
    with open_library(settings) as opened, writing(output, FORMATS[form].binary) as stream:
        if set_name is not None:
            found, provenance, collected_as = _set(opened, set_name)
        else:
            found, provenance, collected_as = _all(opened, form) if everything else _searched(opened, asked)
        number = export(
            form,
            found,
            stream,
            style=settings.style,
            base_url=settings.base_url,
            provenance=provenance,
            byte_order_mark=bom,
            collection=collected_as,
        )
    if output:
        click.echo(f"{counted(number, 'passage')} written to {output}", err=True)


def _searched(library: Library, query: Query) -> Asked:
    results = library.engine.search(query)
    found = ((document, passage) for _, document, passage in joined(library.store, results.hits))
    return found, searched(query, len(results.hits), results.total), None


def _set(library: Library, name: str) -> Asked:
    held = library.store.sets.find(name)
    found = members(library.store, held)
    return pairs(found), collected(held, found), collection(held)


def _all(library: Library, form: str) -> Asked:
    """Formats for reading get body passages alone; what cannot say how many they are is not told."""
    whole = form in _DATA_FORMATS
    count = library.store.size() if whole else library.store.counts()["passages"]
    provenance = selected("the whole library", count) if FORMATS[form].told else None
    found = ((document, each) for document, held in library.store.iterate() for each in held if whole or each.is_body)
    return found, provenance, None


@contextmanager
def writing(output: Path | None, binary: bool) -> Iterator[IO[bytes]]:
    """The standard output, or a file that appears under its name only when it is complete; a device is written to."""
    if output is None:
        if binary and sys.stdout.isatty():
            raise click.UsageError("this format is no text; name a file with --output FILE")
        yield sys.stdout.buffer
        return
    if output.exists() and not output.is_file():  # a pipe or device, which must not give way to a file
        with output.open("wb") as stream:
            yield stream
        return
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
