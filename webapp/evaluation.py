"""The evaluation gate: real documents ingested, exported, scored against their gold, and held to recorded floors."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import PinciteError
from corpus.export import export
from corpus.store import Store
from ingest.pipeline import ingest
from webapp import evaluation_links

#: The figure of each measure that a floor is set for: a share of right decisions, or precision and recall in one.
_FIGURES = ("accuracy", "f1")
#: Name of a gold file: the source's stem, for a part of it with a suffix such as `.part2`.
_GOLD_NAME = re.compile(r"(?P<stem>.+?)(?:\.part\d+)?")


@dataclass(frozen=True, slots=True)
class Score:
    """One measure on one gold file: its figure in [0, 1], the decisions behind it, and the floor, None without one."""

    gold: str
    measure: str
    figure: float
    decisions: int
    floor: float | None

    @property
    def holds(self) -> bool:
        """Whether the figure reaches its floor."""
        return self.floor is None or self.figure >= self.floor


def evaluate(shared: Path, floors: Path, library: Path | None = None) -> list[Score]:
    """Score every gold file below `shared` against an ingest of `shared`/sources, and symbols against linked ones.

    `floors` is a TOML file with a table of figures for each gold file's name. The documents go into the store of the
    folder `library`, by default one that is made afresh and thrown away. Raises `PinciteError` if the documents,
    the gold or the scorer are absent, or a floor is set for gold that is not there.
    """
    golds, links = gold_files(shared), shared / "gold" / evaluation_links.GOLD
    wanted: dict[str, dict[str, float]] = tomllib.loads(floors.read_text(encoding="utf-8"))
    present = {gold.stem for gold, _ in golds} | ({links.stem} if links.is_file() else set())
    if missing := sorted(set(wanted) - present):
        raise PinciteError(f"{floors}: there is no gold for {', '.join(missing)}")
    with TemporaryDirectory(prefix="pincite-evaluation-") as folder:
        exported = Path(folder, "export.jsonl")
        _export(shared / "sources", library or Path(folder, "library"), exported)
        scores = [score for gold, source in golds for score in _scores(shared, gold, source, exported, wanted)]
    return [*scores, *(_link_scores(links, wanted.get(links.stem, {})) if links.is_file() else ())]


def gold_files(shared: Path) -> list[tuple[Path, Path]]:
    """Gold files with their source documents; raises `PinciteError` if there is none."""
    found = []
    for gold in sorted((shared / "gold").glob("*.jsonl")):
        match = _GOLD_NAME.fullmatch(gold.stem)
        source = shared / "sources" / f"{match['stem'] if match else gold.stem}.txt"
        if source.is_file():
            found.append((gold, source))
    if not found:
        raise PinciteError(f"{shared}: no gold annotation of documents in sources/ (set PINCITE_SHARED)")
    return found


def _export(sources: Path, library: Path, output: Path) -> None:
    store = Store.open(library)
    try:
        report = ingest([sources], store)
        if report.failed:
            raise PinciteError("; ".join(f"{name}: {reason}" for name, reason in report.failed))
        with output.open("wb") as stream:
            pairs = ((document, passage) for document, held in store.iterate() for passage in held)
            export("jsonl", pairs, stream)
    finally:
        store.close()


def _scores(
    shared: Path, gold: Path, source: Path, exported: Path, floors: Mapping[str, Mapping[str, float]]
) -> Iterator[Score]:
    figures = _run_scorer(shared, gold, source, exported)
    wanted = floors.get(gold.stem, {})
    for measure, row in figures.items():
        figure = next((row[key] for key in _FIGURES if row.get(key) is not None), None)
        if figure is not None and row["n"]:
            yield Score(gold.stem, measure, figure, int(row["n"]), wanted.get(measure))


def _link_scores(gold: Path, floors: Mapping[str, float]) -> Iterator[Score]:
    figures = evaluation_links.score_links(gold)
    read, linked = figures.right + len(figures.spurious), figures.right + len(figures.missed)
    yield Score(gold.stem, "precision", figures.precision, read, floors.get("precision"))
    yield Score(gold.stem, "recall", figures.recall, linked, floors.get("recall"))


def _run_scorer(shared: Path, gold: Path, source: Path, exported: Path) -> dict[str, dict[str, float]]:
    scorer = shared / "evaluate" / "score.py"
    arguments = ["--gold", str(gold), "--source", str(source), "--passages", str(exported), "--json"]
    done = subprocess.run(  # noqa: S603  # our own interpreter on the scorer beside the gold
        [sys.executable, str(scorer), *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise PinciteError(f"{scorer.name} failed on {gold.name}: {done.stderr.strip().splitlines()[-1:]}")
    figures: dict[str, dict[str, float]] = json.loads(done.stdout)
    return figures
