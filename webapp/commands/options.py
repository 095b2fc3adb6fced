"""What several commands share: their options, the settings with these options, and the open library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click

from corpus.citation import STYLES
from corpus.errors import LibraryError
from corpus.model import DocumentKind, PassageKind
from corpus.store import FILE_NAME, Store
from search.engines.patience import Patience
from webapp.commands.progress import Bar
from webapp.links import NOT, VALUES
from webapp.resources import Library
from webapp.settings import Settings

Function = TypeVar("Function", bound=Callable[..., Any])

#: What the option of each facet asks for.
_HELP = {
    "organisation": "Passages that name it, by any of its names.",
    "within": "Passages that name the organisation or a body below it.",
    "instrument": "Passages that cite it, such as A/RES/55/63.",
    "provision": "Passages that cite it, such as 'Budapest Convention art 32'.",
    "year": "A year named, such as 2001, or a range such as 1995..2005.",
    "document_year": "Year of the document, or a range.",
    "cited_year": "Year of a cited instrument, or a range.",
    "kind": "Kind of document.",
    "document": "Passages of this document.",
    "country": "Passages that name the country.",
    "passage_kind": "Kind of passage.",
}
_METAVARS = {
    "organisation": "NAME",
    "within": "NAME",
    "instrument": "ID",
    "provision": "PROVISION",
    "year": "YEAR",
    "document_year": "YEAR",
    "cited_year": "YEAR",
    "kind": "KIND",
    "document": "ID",
    "country": "NAME",
    "passage_kind": "KIND",
}
_KINDS: dict[str, type[StrEnum]] = {"kind": DocumentKind, "passage_kind": PassageKind}
#: Engines by name; the last two are optional installations.
ENGINES = ("whoosh", "tantivy", "opensearch")


def values_of(kinds: type[StrEnum]) -> tuple[str, ...]:
    """The values of an enumeration; click would offer the names of its members."""
    return tuple(kind.value for kind in kinds)


def library_option(function: Function) -> Function:
    """`--library DIR`, handed over as `library`."""
    return click.option(
        "--library",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Folder of the library (default: PINCITE_LIBRARY or ./library).",
    )(function)


def engine_option(function: Function) -> Function:
    """`--engine`, handed over as `engine`."""
    return click.option(
        "--engine", type=click.Choice(ENGINES), help="Search engine (default: PINCITE_ENGINE or the library's own)."
    )(function)


def style_option(function: Function) -> Function:
    """`--style`, handed over as `style`."""
    return click.option(
        "--style", type=click.Choice(tuple(STYLES)), help="Citation style (default: PINCITE_STYLE or oscola)."
    )(function)


def filter_options(function: Function) -> Function:
    """The facets as repeatable options, and as many that exclude; handed over under the names of `links.VALUES`."""
    options = [_filter(name, _HELP.get(name, "Leave such passages out.")) for name in VALUES]
    for option in reversed(options):
        function = option(function)
    return function


def _filter(name: str, told: str) -> Callable[[Function], Function]:
    facet = name.removeprefix(NOT)
    kinds = _KINDS.get(facet)
    shown = None if name in _KINDS else _METAVARS[facet]
    choice = click.Choice(values_of(kinds)) if kinds else str
    return click.option("--" + name.replace("_", "-"), multiple=True, type=choice, metavar=shown, help=told)


def settings_with(**chosen: Any) -> Settings:
    """The settings of the environment, with the options that were given (None: not given) in their place."""
    try:
        settings = Settings.from_environment()
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    return replace(settings, **{name: value for name, value in chosen.items() if value is not None})


def open_library(settings: Settings) -> Library:
    """The library that the settings name, to search it; raises `LibraryError` where there is none yet.

    An index that is not in order is repaired first, which is told; on a terminal with progress.
    """
    must_exist(settings)
    library = Library.of(settings)
    with Bar("Indexing", quiet=True) as bar:
        library.mend(tell, bar.step)
    return library


def writable_library(settings: Settings) -> Library:
    """The library that the settings name, to write to it: it waits for others that do; made if there is none yet."""
    patience = Patience(settings.lock_timeout, tell)
    return Library.of(settings, patience)


def tell(line: str) -> None:
    """Say on the standard error stream what a reader should know beside the results."""
    click.echo(f"pincite: {' '.join(line.split())}", err=True)


def open_store(settings: Settings) -> closing[Store]:
    """The library's store alone, for what needs no index; raises `LibraryError` where there is none yet."""
    must_exist(settings)
    return closing(Store.open(settings.library, settings.store))


def must_exist(settings: Settings) -> None:
    """Raise `LibraryError` where there is no library yet; that of a server is made when it is opened."""
    if not settings.store and not (settings.library / FILE_NAME).is_file():
        raise LibraryError(f"there is no library in {settings.library}; make one with: pincite ingest PATH...")


def parameters(text: Sequence[str], chosen: Mapping[str, Iterable[str]], **single: str | None) -> dict[str, list[str]]:
    """Words and filters of a command line in the form that `webapp.request` reads."""
    given = {name: list(values) for name, values in chosen.items()}
    return {"q": [" ".join(text)]} | given | {name: [value] for name, value in single.items() if value is not None}
