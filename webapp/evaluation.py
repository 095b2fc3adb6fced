"""The evaluation gate: real documents ingested, exported, scored against their gold, and held to recorded floors.

The gold is the reviewed annotation that ships with Pincite (`corpus.annotations`), put together with the documents of a
folder; further gold files in that folder, of documents that nobody reviewed here, are scored besides.
"""

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

from corpus.annotations import gold_records, shipped
from corpus.errors import PinciteError
from corpus.export import export
from corpus.store import Store
from ingest.pipeline import ingest

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


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold of one document or a part of it: `records` as the scorer reads them, one JSON object a line."""

    name: str
    source: Path
    records: str


def evaluate(shared: Path, floors: Path, library: Path | None = None) -> list[Score]:
    """Score an ingest of `shared`/sources against all gold of its documents.

    `floors` is a TOML file with a table of figures for each gold's name. The documents go into the store of the
    folder `library`, by default one that is made afresh and thrown away. Raises `PinciteError` if the documents,
    the gold or the scorer are absent, a document is not the version that was annotated, or a floor is set for gold that
    is not there.
    """
    golds = golds_of(shared)
    wanted: dict[str, dict[str, float]] = tomllib.loads(floors.read_text(encoding="utf-8"))
    if missing := sorted(set(wanted) - {gold.name for gold in golds}):
        raise PinciteError(f"{floors}: there is no gold for {', '.join(missing)}")
    with TemporaryDirectory(prefix="pincite-evaluation-") as folder:
        exported = Path(folder, "export.jsonl")
        _export(shared / "sources", library or Path(folder, "library"), exported)
        return [score for gold in golds for score in _scores(shared, gold, exported, wanted.get(gold.name, {}))]


def golds_of(shared: Path) -> list[Gold]:
    """All gold of the documents in `shared`/sources by name; raises `PinciteError` if there is none."""
    found = {}
    for each in shipped():
        source = shared / "sources" / each.source
        if source.is_file():
            found[each.name] = Gold(each.name, source, "".join(map(_json_line, gold_records(each, source))))
    for path in (shared / "gold").glob("*.jsonl"):
        match = _GOLD_NAME.fullmatch(path.stem)
        source = shared / "sources" / f"{match['stem'] if match else path.stem}.txt"
        if path.stem not in found and source.is_file():
            found[path.stem] = Gold(path.stem, source, path.read_text(encoding="utf-8"))
    if not found:
        raise PinciteError(f"{shared}: no document in sources/ that there is gold for (set PINCITE_SHARED)")
    return [found[name] for name in sorted(found)]


def _json_line(record: Mapping[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


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


def _scores(shared: Path, gold: Gold, exported: Path, floors: Mapping[str, float]) -> Iterator[Score]:
    for measure, row in _run_scorer(shared / "evaluate" / "score.py", gold, exported).items():
        figure = next((row[key] for key in _FIGURES if row.get(key) is not None), None)
        if figure is not None and row["n"]:
            yield Score(gold.name, measure, figure, int(row["n"]), floors.get(measure))


def _run_scorer(scorer: Path, gold: Gold, exported: Path) -> dict[str, dict[str, float]]:
    written = exported.with_name("gold.jsonl")
    written.write_text(gold.records, encoding="utf-8")
    arguments = ["--gold", str(written), "--source", str(gold.source), "--passages", str(exported), "--json"]
    done = subprocess.run(  # noqa: S603  # our own interpreter on the scorer beside the documents
        [sys.executable, str(scorer), *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise PinciteError(f"{scorer.name} failed on {gold.name}: {done.stderr.strip().splitlines()[-1:]}")
    figures: dict[str, dict[str, float]] = json.loads(done.stdout)
    return figures
