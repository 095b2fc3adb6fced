"""`pincite show`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from corpus.citation import cite
from corpus.export.base import Options, pages
from corpus.locator import split_passage_id
from corpus.model import Document, Passage
from webapp.commands.options import library_option, open_store, settings_with, style_option
from webapp.explaining import Reason, reasons
from webapp.settings import Settings


@click.command("show")
@click.argument("passage_id")
@style_option
@library_option
def command(passage_id: str, style: str | None, library: Path | None) -> None:
    """Print a passage with its place and citation.

    PASSAGE_ID is what searches and permalinks give, such as model-law/art-16-2.
    """
    settings = settings_with(library=library, style=style)
    split_passage_id(passage_id)
    with open_store(settings) as store:
        passage = store.passage(passage_id)
        document = store.document(passage.document_id)
    for line in passage_lines(document, passage, settings):
        click.echo(line)


def passage_lines(document: Document, passage: Passage, settings: Settings) -> Iterator[str]:
    """Document, path of headings, text, what the passage names and why, citation and permalink."""
    yield click.style(document.title, bold=True)
    if passage.section:
        yield " > ".join(passage.section)
    yield ""
    yield f"[{passage.label}] {passage.text}" if passage.label else passage.text
    yield ""
    yield from (f"{name}: {value}" for name, value in _facts(passage) if value)
    yield from tag_lines(reasons(passage))
    yield cite(document, passage, settings.style)
    if link := Options(base_url=settings.base_url).link(passage):
        yield link


def _facts(passage: Passage) -> Iterator[tuple[str, str]]:
    yield "Page", pages(passage) or ""
    yield "Notes", ", ".join(f"fn {number}" for number in passage.notes)
    yield "Organisations", "; ".join(passage.organisations)
    yield "Instruments", "; ".join(name for name, _ in passage.instruments)
    yield "Provisions", "; ".join(f"{name} art {articles}" for name, articles in passage.provisions)
    yield "Years", ", ".join(map(str, passage.years))
    yield "Countries", "; ".join(passage.countries)


def tag_lines(found: Sequence[Reason]) -> Iterator[str]:
    """Every annotation on a line: its words, what they stand for, how that was found and how sure it is."""
    if found:
        yield ""
        yield click.style("Why it is tagged so", bold=True)
    for each in found:
        sure = each.sure if each.annotation.confidence == 1 else f"{each.sure}, {each.percent}"
        remark = f" [{each.remark}]" if each.remark else ""
        times = f" ({each.times} times)" if each.times > 1 else ""
        yield f"  “{each.words}”{times} = {each.type} {each.stands_for}: {each.how} ({sure}){remark}"
    if found:
        yield ""
