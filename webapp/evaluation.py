"""The evaluation gate: real documents ingested, exported, scored against their gold, and held to recorded floors.

The gold is the reviewed annotation that ships with Pincite (`corpus.annotations`), put together with the documents of a
folder; further gold files in that folder, of documents that nobody reviewed here, are scored besides. Judged requests
are put to an index of the same ingest.
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
from search.indexer import sync
from webapp import evaluation_links, evaluation_requests
from webapp.evaluation_forms import score_forms
from webapp.evaluation_measures import Figure
from webapp.resources import Library
from webapp.settings import Settings

#: The figure of each measure that a floor is set for: a share of right decisions, or precision and recall in one.
_FIGURES = ("accuracy", "f1")
#: Folder beside the floors with further judged requests, and the table of floors of the forms of names.
REQUESTS, FORMS = "queries", "forms"
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


def evaluate(
    shared: Path, floors: Path, library: Path | None = None, *, engine: str = Settings().engine
) -> list[Score]:
    """Score an ingest of `shared`/sources against all gold of its documents, symbols against linked ones, and searches.

    `floors` is a TOML file with a table of figures for each gold's name. The documents go into the store of the
    folder `library`, by default one that is made afresh and thrown away, and into its index by `engine`. Raises
    `PinciteError` if the documents, the gold or a scorer are absent, a document is not the version that was annotated,
    or a floor is set for gold that is not there.
    """
    golds, links, judged = golds_of(shared), shared / "gold" / evaluation_links.GOLD, requests_of(shared, floors)
    wanted: dict[str, dict[str, float]] = tomllib.loads(floors.read_text(encoding="utf-8"))
    present = {gold.name for gold in golds} | ({links.stem} if links.is_file() else set())
    present |= {*judged, FORMS} if judged else set()
    if missing := sorted(set(wanted) - present):
        raise PinciteError(f"{floors}: there is no gold for {', '.join(missing)}")
    with TemporaryDirectory(prefix="pincite-evaluation-") as folder:
        exported = Path(folder, "export.jsonl")
        held = library or Path(folder, "library")
        _export(shared / "sources", held, exported)
        scores = [score for gold in golds for score in _scores(shared, gold, exported, wanted.get(gold.name, {}))]
        retrieval = _retrieval(shared, judged, held, engine) if judged else {}
    found = (
        Score(name, *figure, wanted.get(name, {}).get(figure.measure))
        for name, figures in retrieval.items()
        for figure in figures
    )
    return [*scores, *(_link_scores(links, wanted.get(links.stem, {})) if links.is_file() else ()), *found]


def requests_of(shared: Path, floors: Path) -> dict[str, Path]:
    """The files of judged requests by name: the one of `shared`/gold, and those in the folder beside the floors."""
    gold = shared / "gold" / evaluation_requests.GOLD
    rules = shared / "evaluate" / evaluation_requests.RULES
    found = [gold] if gold.is_file() and rules.is_file() else []
    return {path.stem: path for path in (*found, *sorted((floors.parent / REQUESTS).glob("*.jsonl")))}


def _retrieval(shared: Path, judged: Mapping[str, Path], library: Path, engine: str) -> dict[str, list[Figure]]:
    rules = evaluation_requests.Rules(shared / "evaluate" / evaluation_requests.RULES, shared / "sources")
    requests = {name: evaluation_requests.read_requests(path) for name, path in judged.items()}
    with Library(library, engine) as opened:
        sync(opened.store, opened.engine)
        ask = evaluation_requests.asking(opened)
        figures = {name: evaluation_requests.score_requests(held, rules, ask) for name, held in requests.items()}
        return {**figures, FORMS: score_forms(opened.engine)}


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


def _link_scores(gold: Path, floors: Mapping[str, float]) -> Iterator[Score]:
    figures = evaluation_links.score_links(gold)
    read, linked = figures.right + len(figures.spurious), figures.right + len(figures.missed)
    yield Score(gold.stem, "precision", figures.precision, read, floors.get("precision"))
    yield Score(gold.stem, "recall", figures.recall, linked, floors.get("recall"))


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
