"""`pincite info`."""

from __future__ import annotations

from pathlib import Path

import click

from search.query import Query
from search.results import FacetValue
from webapp.commands.options import engine_option, library_option, open_library, settings_with
from webapp.commands.output import counted
from webapp.resources import Library

#: Width of the headings.
_HEAD = 15


@click.command("info")
@library_option
@engine_option
def command(library: Path | None, engine: str | None) -> None:
    """Tell what the library holds."""
    settings = settings_with(library=library, engine=engine)
    with open_library(settings) as opened:
        for name, value in facts(opened):
            click.echo(f"{name:<{_HEAD}}{value}")


def facts(library: Library) -> list[tuple[str, str]]:
    """Numbers of the library, with their headings."""
    held = library.store.counts()
    facets = library.engine.search(Query(limit=0)).facets
    kinds = ", ".join(f"{value.value} {value.count:,}" for value in facets.get("kind", ()))
    return [
        ("library", str(library.folder)),
        ("documents", f"{held['documents']:,}"),
        ("passages", f"{held['passages']:,}" + (f" ({kinds})" if kinds else "")),
        ("organisations", f"{len(facets.get('organisation', ())):,}"),
        ("instruments", f"{len(facets.get('instrument', ())):,}"),
        ("countries", f"{len(facets.get('country', ())):,}"),
        ("years", _span(facets.get("year", ()))),
        ("failures", f"{held['failures']:,}" + (" (see: pincite doctor)" if held["failures"] else "")),
        ("engine", f"{library.engine.name}, {counted(library.engine.count(), 'passage')}"),
        ("schema", library.store.schema_version()),
    ]


def _span(years: tuple[FacetValue, ...]) -> str:
    named = [int(value.value) for value in years]
    return f"{len(named):,}" + (f" ({min(named)} to {max(named)})" if named else "")
