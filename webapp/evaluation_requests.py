"""The evaluation of retrieval: judged requests put to ingested documents, as a reader would put them.

A judged request names lines of source documents, grade 2 where they answer and 1 where they are related. Which hit
earns which grade is decided by `retrieval.py` beside the gold: one that holds a line of a judged passage, each of which
counts once. The measures follow that script too: a gain of 2^grade - 1, and only answers count for the reciprocal rank
and for recall, which is 1 where a request has none. Precision, which it does not have, counts related passages as well.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, TypeAlias

from corpus.errors import PinciteError
from search.query import Query
from webapp.answers import joined
from webapp.evaluation_measures import Figure, mean, measured
from webapp.request import query_from
from webapp.resources import Library
from webapp.settings import Settings

#: The judged requests below `shared`/gold, and the script below `shared`/evaluate that knows their rules.
GOLD, RULES = "queries.jsonl", "retrieval.py"
#: Hits that count, as many as the script looks at.
DEPTH = 50
MEASURES = {"ndcg@10": "nDCG(gains={1:1, 2:3})@10", "mrr": "RR(rel=2)", "p@5": "P@5", "recall@50": "R(rel=2)@50"}
#: The grade of a passage that answers.
ANSWERS = 2

Request: TypeAlias = Mapping[str, Any]
#: A passage found: the `source` that it stands in, and its `text`.
Hit: TypeAlias = Mapping[str, str]
Ask: TypeAlias = Callable[[Request], Sequence[Hit]]


class Rules:
    """The script that decides what a hit earns, over the folder of the documents that judgments point into."""

    def __init__(self, script: Path, sources: Path) -> None:
        self._script, self._sources = _module(script), sources

    def earned(self, requests: Sequence[Request], hits: Mapping[str, Sequence[Hit]]) -> dict[str, list[str]]:
        """For each request what its hits are in the judgments: the name of a judged passage, or one of their own.

        Raises `PinciteError` for judgments on documents or lines that are not there.
        """
        try:
            lines = self._script.source_lines(requests, self._sources)
            return {request["id"]: self._names(request, hits[request["id"]], lines) for request in requests}
        except (OSError, IndexError) as error:
            raise PinciteError(f"{self._sources}: lacks a line of the judged requests ({error})") from error

    def _names(self, request: Request, hits: Sequence[Hit], lines: Mapping[str, Sequence[str]]) -> list[str]:
        names, used = [], set[int]()
        for rank, hit in enumerate(hits[:DEPTH]):
            before = set(used)
            self._script.grade(hit, request, lines, used)
            names.append(next((judged_name(place) for place in used - before), f"hit {rank}"))
        return names


def judged_name(place: int) -> str:
    """What the judgments call the passage at a place of a request's `relevant`."""
    return f"judged {place}"


def read_requests(file: Path) -> list[Request]:
    """The judged requests of a file, one JSON object a line; raises `PinciteError` naming the line that is none."""
    requests: list[Request] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                row = json.loads(line)
                requests.append({name: row[name] for name in ("id", "query", "filters", "type", "relevant")})
            except (ValueError, KeyError, TypeError) as error:
                raise PinciteError(f"{file}, line {number}: no judged request ({error})") from error
    return requests


def score_requests(requests: Sequence[Request], rules: Rules, ask: Ask) -> list[Figure]:
    """The measures over all requests and over each type; requests that nothing answers by their share of zero hits."""
    hits = {request["id"]: ask(request) for request in requests}
    answered = [request for request in requests if request["relevant"]]
    rows = defaultdict(list)
    for request, figures in zip(answered, _figures(answered, rules.earned(answered, hits)), strict=True):
        for kind in ("all", request["type"]):
            for measure in MEASURES:
                rows[f"{kind} {measure}"].append(figures[measure])
    for request in requests:
        if not request["relevant"]:
            rows["none zero hits"].append(float(not hits[request["id"]]))
    return [mean(measure, values) for measure, values in rows.items()]


def _figures(requests: Sequence[Request], rankings: Mapping[str, Sequence[str]]) -> list[dict[str, float]]:
    judgments = {request["id"]: _grades(request) for request in requests}
    found = measured(MEASURES, judgments, rankings) if judgments else {}
    nothing_to_recall = {name for name, grades in judgments.items() if ANSWERS not in grades.values()}
    return [{**figures, "recall@50": 1.0} if name in nothing_to_recall else figures for name, figures in found.items()]


def _grades(request: Request) -> dict[str, int]:
    return {judged_name(place): judged["grade"] for place, judged in enumerate(request["relevant"])}


def query_of(request: Request, limit: int = DEPTH) -> Query:
    """The query that the search page makes of a request; its two years are the ends of a range."""
    filters = request["filters"]
    params = {name: filters.get(name) or [] for name in ("organisation", "instrument", "kind")}
    if filters.get("year"):
        params["year"] = ["..".join(map(str, filters["year"]))]
    return replace(query_from({**params, "q": [request["query"]]}, Settings()), limit=limit)


def asking(library: Library) -> Ask:
    """How a library answers requests."""

    def ask(request: Request) -> list[Hit]:
        found = library.engine.search(query_of(request)).hits
        return [{"source": doc.source, "text": passage.text} for _, doc, passage in joined(library.store, found)]

    return ask


def _module(script: Path) -> Any:
    """The script as a module; what it imports from its own folder is forgotten again."""
    spec = spec_from_file_location("retrieval_rules", script)
    if spec is None or spec.loader is None or not script.is_file():
        raise PinciteError(f"{script}: there are no rules for judged requests")
    module = module_from_spec(spec)
    path, known = list(sys.path), set(sys.modules)
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path[:] = path
        for name in set(sys.modules) - known:
            if getattr(sys.modules[name], "__file__", None) == str(script.parent / f"{name}.py"):
                del sys.modules[name]
    return module
