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
from webapp.resources import Library
from webapp.settings import Settings

Function = TypeVar("Function", bound=Callable[..., Any])

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
        "--engine", type=click.Choice(ENGINES), help="Search engine (default: PINCITE_ENGINE or whoosh)."
    )(function)


def style_option(function: Function) -> Function:
    """`--style`, handed over as `style`."""
    return click.option(
        "--style", type=click.Choice(tuple(STYLES)), help="Citation style (default: PINCITE_STYLE or oscola)."
    )(function)


def filter_options(function: Function) -> Function:
    """The facets as repeatable options, handed over under the facets' names; several values of one are alternatives."""
    passage_kinds = click.Choice(values_of(PassageKind))
    options = (
        click.option(
            "--organisation", multiple=True, metavar="NAME", help="Passages that name it, by any of its names."
        ),
        click.option("--instrument", multiple=True, metavar="ID", help="Passages that cite it, such as A/RES/55/63."),
        click.option(
            "--year", multiple=True, metavar="YEAR", help="A year such as 2001, or a range such as 1995..2005."
        ),
        click.option("--kind", multiple=True, type=click.Choice(values_of(DocumentKind)), help="Kind of document."),
        click.option("--document", multiple=True, metavar="ID", help="Passages of this document."),
        click.option("--country", multiple=True, metavar="NAME", help="Passages that name the country."),
        click.option("--passage-kind", multiple=True, type=passage_kinds, help="Kind of passage."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def settings_with(**chosen: Any) -> Settings:
    """The settings of the environment, with the options that were given (None: not given) in their place."""
    try:
        settings = Settings.from_environment()
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    return replace(settings, **{name: value for name, value in chosen.items() if value is not None})


def open_library(settings: Settings) -> Library:
    """The library that the settings name; raises `LibraryError` where there is none yet."""
    _must_exist(settings.library)
    return Library(settings.library, settings.engine)


def open_store(settings: Settings) -> closing[Store]:
    """The library's store alone, for what needs no index; raises `LibraryError` where there is none yet."""
    _must_exist(settings.library)
    return closing(Store.open(settings.library))


def _must_exist(folder: Path) -> None:
    if not (folder / FILE_NAME).is_file():
        raise LibraryError(f"there is no library in {folder}; make one with: pincite ingest PATH...")


def parameters(text: Sequence[str], chosen: Mapping[str, Iterable[str]], **single: str | None) -> dict[str, list[str]]:
    """Words and filters of a command line in the form that `webapp.request` reads."""
    given = {name: list(values) for name, values in chosen.items()}
    return {"q": [" ".join(text)]} | given | {name: [value] for name, value in single.items() if value is not None}
