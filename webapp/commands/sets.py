"""`pincite sets`: what whoever keeps the library can do with its passage sets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from corpus.sets import State
from corpus.sets_contents import Member, members
from corpus.sets_json import from_json, to_json
from corpus.sets_store import Access
from webapp.commands.export import writing
from webapp.commands.options import library_option, open_store, settings_with
from webapp.commands.output import counted

#: Where the pages have a set to edit and to read.
_PATHS = {Access.EDIT: "/sets/edit/", Access.READ: "/sets/"}
_TOLD = {State.PRESENT: "", State.CHANGED: "  changed since it was frozen", State.MISSING: "  not in the library"}


@click.group("sets")
def command() -> None:
    """List, keep and bring in passage sets, and make links to them.

    NAME is a set's title, its id, or one of its links.
    """


@command.command("list")
@library_option
def list_sets(library: Path | None) -> None:
    """Print every set: id, number of passages, title."""
    with open_store(settings_with(library=library)) as store:
        for held in store.sets.all():
            frozen = f", frozen on {held.frozen[:10]}" if held.frozen else ""
            click.echo(f"{held.id}  {held.title} ({counted(len(held.entries), 'passage')}{frozen})")


@command.command("show")
@click.argument("name")
@library_option
def show(name: str, library: Path | None) -> None:
    """Print a set with what has become of its passages."""
    with open_store(settings_with(library=library)) as store:
        held = store.sets.find(name)
        found = members(store, held)
    click.echo(click.style(held.title, bold=True))
    for each in found:
        for line in _lines(each):
            click.echo(line)


@command.command("export")
@click.argument("name")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@library_option
def write(name: str, output: Path | None, library: Path | None) -> None:
    """Write a set as JSON, which import reads.

    Its passages in other formats: pincite export --set NAME.
    """
    with open_store(settings_with(library=library)) as store:
        made = to_json(store.sets.find(name))
    with writing(output, binary=False) as stream:
        stream.write(made.encode())


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@library_option
def read(file: Path, library: Path | None) -> None:
    """Bring in a set from a JSON FILE and print its edit link."""
    settings = settings_with(library=library)
    made = from_json(file.read_bytes())
    with open_store(settings) as store:
        stored = store.sets.create(made)
        secret = store.sets.link(stored.id, Access.EDIT)
    click.echo(f"{settings.base_url.rstrip('/')}{_PATHS[Access.EDIT]}{secret}")


@command.command("link")
@click.argument("name")
@click.option("--read", is_flag=True, help="A link to read the set, in place of one to edit it.")
@click.option("--revoke", is_flag=True, help="End the earlier links of this kind.")
@library_option
def link(name: str, *, read: bool, revoke: bool, library: Path | None) -> None:
    """Print a new link to a set, for those who have lost theirs; it cannot be printed again."""
    settings = settings_with(library=library)
    access = Access.READ if read else Access.EDIT
    with open_store(settings) as store:
        held = store.sets.find(name)
        if revoke:
            store.sets.revoke(held.id, access)
        secret = store.sets.link(held.id, access)
    click.echo(f"{settings.base_url.rstrip('/')}{_PATHS[access]}{secret}")


def _lines(member: Member) -> Iterator[str]:
    heading = f"[{member.entry.heading}] " if member.entry.heading else ""
    yield f"{heading}{member.entry.passage_id}{_TOLD[member.state]}"
    if member.entry.note:
        yield f"    {' '.join(member.entry.note.split())}"
