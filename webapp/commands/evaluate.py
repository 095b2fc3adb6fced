"""`pincite evaluate`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from webapp.commands.options import engine_option, settings_with
from webapp.commands.progress import Bar
from webapp.evaluation import Score, evaluate
from webapp.evaluation_collections import read_collection, score_collection

#: Where a checkout keeps its floors.
FLOORS = Path("tests/evaluation/floors.toml")


@click.command("evaluate")
@click.option(
    "--shared",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder with sources/, gold/ and evaluate/ (default: PINCITE_SHARED).",
)
@click.option(
    "--floors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=FLOORS,
    show_default=True,
    metavar="FILE",
    help="Figures that must be reached, for each gold file.",
)
@click.option(
    "--library",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder to keep the documents' library in (default: made afresh and thrown away).",
)
@click.option(
    "--collection",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A standard test collection to measure instead: corpus.jsonl, queries.jsonl and judgments.",
)
@engine_option
def command(
    shared: Path | None, floors: Path, library: Path | None, collection: Path | None, engine: str | None
) -> None:
    """Score real documents and searches against their gold.

    Ingests the documents afresh, exports and indexes them, runs the scorers and prints their figures beside their
    floors. The exit code is 1 if one of them lies below.
    """
    settings = settings_with(engine=engine)
    if collection:
        _measure(collection, settings.engine)
        return
    scores = evaluate(shared or settings.shared, floors, library, engine=settings.engine)
    for line in table(scores):
        click.echo(line)
    below = [score for score in scores if not score.holds]
    if below:
        for score in below:
            click.echo(f"pincite: {score.gold}: {score.measure} {score.figure:.4f} is below {score.floor}", err=True)
        raise click.exceptions.Exit(1)


def _measure(folder: Path, engine: str) -> None:
    collection = read_collection(folder)
    with Bar("Asking") as bar:
        figures = score_collection(collection, engine, progress=bar.step)
    for line in table([Score(folder.name, *figure, floor=None) for figure in figures]):
        click.echo(line)


def table(scores: Sequence[Score]) -> list[str]:
    """Lines of a table: a row a measure, for each gold file its figure, its floor and the decisions behind it."""
    lines = []
    for gold in dict.fromkeys(score.gold for score in scores):
        lines.append(f"{gold:<34}{'figure':>8}{'floor':>8}{'n':>7}")
        for score in (score for score in scores if score.gold == gold):
            floor = "" if score.floor is None else f"{score.floor:.4f}"
            mark = "" if score.holds else "  BELOW"
            lines.append(f"  {score.measure:<32}{score.figure:>8.4f}{floor:>8}{score.decisions:>7}{mark}")
    return lines
