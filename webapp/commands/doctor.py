"""`pincite doctor`: one line a check."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import click

from corpus import corrections
from corpus.errors import PinciteError
from corpus.store import Store
from corpus.store_check import altered
from ingest.annotate.nlp import MODEL
from ingest.corrections import refresh
from ingest.sources import WITHOUT_MODEL
from search.engine import Engine
from search.engines import open_engine
from search.engines.chosen import chosen_engine
from search.engines.sums import faults
from search.indexer import difference
from webapp.commands.options import engine_option, library_option, open_store, settings_with
from webapp.commands.output import counted
from webapp.commands.reading import report_lines
from webapp.settings import Settings

#: Addresses of fonts and images in style sheets; `data:` holds its content itself.
_ADDRESS = re.compile(r"""url\(\s*["']?(?!data:)(?P<path>[^"')]+)["']?\s*\)""")

#: Documents named in a line.
_NAMED = 3


@click.command("doctor")
@click.argument("document", required=False, metavar="[DOCUMENT_ID]")
@library_option
@engine_option
def command(document: str | None, library: Path | None, engine: str | None) -> None:
    """Check the library, its index and the installation.

    Prints one line a check; the exit code is 1 if any fails. Files that could not be read are listed, but are no fault
    of the library. With the id of a document: how well this document was read; the exit code is 1 if text of it is
    missing, 0 if there are doubts alone.
    """
    settings = settings_with(library=library, engine=engine)
    if document:
        with open_store(settings) as store:
            found, report = store.document(document), store.report(document)
        for line in report_lines(found, report):
            click.echo(line)
        raise click.exceptions.Exit(int(report is not None and bool(report.faults)))
    with open_store(settings) as store:
        results = [(name, _outcome(check, store)) for name, check in CHECKS.items()]
        results += _index_results(settings, store)
        notes = list(_notes(store))
        failures = [state for state in store.sources().values() if state.error]
        faulty = [name for name, report in store.reports() if report.faults]
    for name, fault in results:
        click.echo(f"{'FAIL' if fault else 'ok':<6}{name}" + (f": {fault}" if fault else ""))
    for state in failures:
        click.echo(f"note  not in the library: {state.path}: {state.error}")
    for line in notes:
        click.echo(f"note  {line}")
    for name in faulty:
        click.echo(f"note  text is missing from a document: pincite doctor {name}")
    if any(fault for _, fault in results):
        raise click.exceptions.Exit(1)


def _index_results(settings: Settings, store: Store) -> list[tuple[str, str]]:
    """The checks of the index; where the engine cannot even be opened, that is the one result."""
    chosen = settings.engine or chosen_engine(settings.library)
    name = f"engine {chosen}"
    try:
        engine = open_engine(chosen, settings.library, cluster=settings.cluster)
    except PinciteError as error:
        return [(name, _one_line(error))]
    with closing(engine):
        health = engine.health() or next(faults(settings.library / "index" / chosen), "")
        return (
            [(name, health)] if health else [(name, ""), ("index in step with the store", index_fault(store, engine))]
        )


def _notes(store: Store) -> Iterator[str]:
    """What is no fault: corrections in vain, and documents that the statistical model has not seen."""
    with suppress(PinciteError):  # the check of the corrections has told it
        yield from (f"correction in vain: {line}" for line in refresh(store, _corrections(store), write=False).unmet)
    without = sum(state.fingerprint.endswith(WITHOUT_MODEL) for state in store.sources().values() if not state.error)
    if without:
        yield f"{counted(without, 'document')} annotated without the statistical model; pincite ingest upgrades"


def _corrections(store: Store) -> corrections.Corrections:
    return corrections.load(store.folder)


def _outcome(check: Callable[[Store], str], store: Store) -> str:
    try:
        return check(store)
    except (PinciteError, OSError) as error:
        return _one_line(error)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def store_fault(store: Store) -> str:
    """Nothing, or what the database's own checks complain of."""
    return "; ".join(store.check())


def documents_fault(store: Store) -> str:
    """Nothing, or the documents that are no longer as they were stored, which the database may not have noticed."""
    names = altered(store)
    if not names:
        return ""
    return f"{counted(len(names), 'document')} damaged ({', '.join(names[:_NAMED])}); restore a backup or ingest anew"


def schema_fault(store: Store) -> str:
    """Nothing, or that the store has no schema version (opening it has migrated an older one)."""
    return "" if store.schema_version() else "the store states no schema version"


def index_fault(store: Store, engine: Engine) -> str:
    """Nothing, or how the index differs from the store."""
    missing, stale = difference(store, engine)
    if missing or stale:
        named = ", ".join([*missing, *stale][:_NAMED])
        return f"{counted(len(missing) + len(stale), 'document')} out of step ({named}); run pincite reindex"
    held, found = store.counts()["passages"], engine.count()
    return "" if held == found else f"{held} passages stored, {found} indexed; run pincite reindex"


def corrections_fault(store: Store) -> str:
    """Nothing, or why the corrections cannot be obeyed, or that documents are not in step with them."""
    changed = refresh(store, _corrections(store), write=False).changed
    if not changed:
        return ""
    return f"{counted(len(changed), 'document')} out of step ({', '.join(changed[:_NAMED])}); run pincite ingest"


def model_fault(_store: Store) -> str:
    """Nothing, or that the language model is absent."""
    return "" if find_spec(MODEL) else f"the language model is not installed; run: pip install {MODEL}"


def static_fault(_store: Store) -> str:
    """Nothing, or the files that style sheets ask for and that are not installed."""
    missing = sorted(_missing_static())
    return f"missing {', '.join(missing)}; install pincite again" if missing else ""


def _missing_static() -> Iterator[str]:
    static = files("webapp") / "static"
    sheets = [file for file in static.iterdir() if file.name.endswith(".css")]
    if not sheets:
        yield "style sheets"
    for sheet in sheets:
        for match in _ADDRESS.finditer(sheet.read_text(encoding="utf-8")):
            if not static.joinpath(*match["path"].removeprefix("/static/").split("/")).is_file():
                yield match["path"]


#: Checks that need no index, in the order in which their faults explain each other.
CHECKS: dict[str, Callable[[Store], str]] = {
    "store": store_fault,
    "documents": documents_fault,
    "schema": schema_fault,
    "corrections": corrections_fault,
    "language model": model_fault,
    "fonts and styles": static_fault,
}
