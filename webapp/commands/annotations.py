"""`pincite annotations`: what comes back from a review, and what ships reviewed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

import corpus.annotations as shipped
from corpus import corrections
from corpus.corrections import Add, Corrections, Remove
from corpus.errors import PinciteError
from corpus.interchange import Difference, Reviewed, compare, read
from corpus.model import Passage
from corpus.store import Store
from webapp.commands.options import library_option, open_store, settings_with
from webapp.commands.output import counted


@click.group("annotations")
def command() -> None:
    """Bring reviewed annotations back as corrections.

    Export with --format doccano, web-annotation or docbin, review the file in the tool of your choice, import it here,
    and run pincite ingest. Reviewed annotations of some documents ship with Pincite, without their text.
    """


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would be written.")
@library_option
def import_annotations(file: Path, *, dry_run: bool, library: Path | None) -> None:
    """Compare a reviewed FILE with the library and write the difference to its corrections.toml.

    FILE is an export of doccano's (JSON Lines), a W3C Web Annotation collection, or a DocBin of spaCy's. Passages that
    are not in it stay as they are. Those that cannot be compared are named; the exit code is then 1.
    """
    settings = settings_with(library=library)
    reviewed = read(file)
    with open_store(settings) as store:
        difference = compare(reviewed, list(_held(store, corrections.load(store.folder), reviewed)))
    if dry_run:
        for line in preview(difference):
            click.echo(line)
    elif difference.rules:
        corrections.append(settings.library, difference.rules, f"from {file.name}")
    click.echo(summary(difference))
    if difference.rules and not dry_run:
        click.echo(f"Written to {settings.library / corrections.FILE_NAME}; pincite ingest puts it into effect.")
    for note in difference.notes:
        click.echo(f"pincite: {note}", err=True)
    if difference.notes:
        raise click.exceptions.Exit(1)


@command.command("reviewed")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def show_reviewed(file: Path) -> None:
    """Print the reviewed annotation of the document in FILE as JSON lines, with the words put in from it.

    It is found by the file's content. A line of the document gives a line: its number, kind, pinpoint label, and the
    words that name something with what they stand for.
    """
    found = shipped.reviewed(file)
    if not found:
        raise PinciteError(f"{file.name}: no reviewed annotation ships with Pincite for this document")
    for annotation in found:
        lines = annotation.checked(file)
        for line in annotation.lines:
            click.echo(json.dumps(_line(line, lines[line.number - 1]), ensure_ascii=False))


def _line(line: shipped.Line, text: str) -> dict[str, object]:
    spans = [
        {key: value for key, value in asdict(span).items() if value not in {"", False}}
        | {"text": text[span.start : span.end]}
        for span in line.spans
    ]
    return {"line": line.number, "kind": line.kind, "label": line.label, "text": text, "spans": spans}


def preview(difference: Difference) -> Iterator[str]:
    """A line a rule: `-` or `+`, the passage, the words and what they stand for."""
    for rule in difference.rules:
        yield f"{'+' if isinstance(rule, Add) else '-'} {rule.passage}  {_told(rule)}"


def summary(difference: Difference) -> str:
    """What was compared and what differs, in a line."""
    compared = f"{counted(difference.compared, 'passage')} compared"
    if not difference.rules:
        return f"{compared}, no difference."
    numbers = f"{len(difference.added):,} to add, {len(difference.removed):,} to remove"
    return f"{compared}: {numbers}, in {counted(len(difference.passages), 'passage')}."


def _held(store: Store, rules: Corrections, reviewed: list[Reviewed]) -> Iterator[Passage]:
    """The passages of the documents under review as the corrections leave them, those not yet in effect included."""
    held = store.revisions()
    for document in dict.fromkeys(each.passage.partition("/")[0] for each in reviewed):
        if document in held:
            yield from corrections.apply(rules, document, store.passages(document)).passages


def _told(rule: Add | Remove) -> str:
    articles = f", {rule.articles}" if rule.articles else ""
    return f"“{' '.join(rule.text.split())}” = {rule.type} {rule.value}{articles}"
