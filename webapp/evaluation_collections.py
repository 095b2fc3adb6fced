"""The evaluation of retrieval on standard test collections, in the form of BEIR or with judgments in that of TREC.

A collection is a folder with `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and judgments.
Its documents become documents of one passage each in an index that is thrown away; its queries are put as the query box
puts them, names and the fall-back to most of the words included, but as words only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus.errors import PinciteError
from corpus.model import Document, Passage, PassageKind
from search.analysis import tokens
from search.engine import Engine
from search.engines import open_engine
from search.indexer import Progress
from search.lexer import OPERATORS
from webapp.evaluation_measures import STANDARD, Figure, mean, measured
from webapp.request import query_from
from webapp.settings import Settings

#: Where the judgments of a collection lie: BEIR's place first, then what TREC's are called.
QRELS = ("qrels/test.tsv", "qrels/test.txt", "qrels.tsv", "qrels.txt")
#: Hits of a query that are judged, as many as TREC's runs have.
DEPTH = 1_000
#: Queries of test collections are whole paragraphs at times; the limit on a page's query does not concern them.
_SETTINGS = Settings(max_query=1_000_000)
#: A grade; some of TREC's judgments, of spam, lie below 0.
_WHOLE = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Collection:
    """Titles and texts of documents, the texts of judged queries, and for each of these the grades of documents."""

    documents: Mapping[str, tuple[str, str]]
    queries: Mapping[str, str]
    judgments: Mapping[str, Mapping[str, int]]


def read_collection(folder: Path) -> Collection:
    """The collection of a folder; raises `PinciteError` naming the file and line that cannot be read.

    Queries that nothing was judged relevant to are left out, as `trec_eval` and BEIR leave them out.
    """
    documents = {row["_id"]: (row.get("title") or "", row["text"]) for row in _rows(folder / "corpus.jsonl")}
    texts = {row["_id"]: row["text"] for row in _rows(folder / "queries.jsonl")}
    judgments: dict[str, dict[str, int]] = {}
    for query, document, grade in _judgments(_qrels(folder)):
        judgments.setdefault(query, {})[document] = grade
    judged = {query: grades for query, grades in judgments.items() if query in texts and max(grades.values()) > 0}
    if not judged:
        raise PinciteError(f"{folder}: no query has a relevant document")
    return Collection(documents, {query: texts[query] for query in judged}, judged)


def score_collection(collection: Collection, engine: str, *, progress: Progress | None = None) -> list[Figure]:
    """The standard measures of an engine's answers, each a mean over the judged queries.

    `progress` hears of every query answered.
    """
    with TemporaryDirectory(prefix="pincite-collection-") as folder:
        opened = open_engine(engine, Path(folder))
        try:
            rankings = _rankings(collection, opened, progress)
        finally:
            opened.close()
    figures = measured(STANDARD, collection.judgments, rankings).values()
    return [mean(measure, [each[measure] for each in figures]) for measure in STANDARD]


def question(text: str) -> str:
    """A natural question as a query: its words alone, none of which is an operator."""
    found = (text[token.start : token.end] for token in tokens(text))
    return " ".join(word.casefold() if word in OPERATORS else word for word in found)


def _rankings(collection: Collection, engine: Engine, progress: Progress | None) -> dict[str, list[str]]:
    names = _index(collection, engine)
    rankings: dict[str, list[str]] = {}
    for done, (query, text) in enumerate(collection.queries.items(), start=1):
        asked = replace(query_from({"q": [question(text)]}, _SETTINGS), limit=DEPTH)
        found = [names[hit.passage_id] for hit in engine.search(asked).hits]
        # In some collections (ArguAna) the queries are documents, which are not to find themselves.
        rankings[query] = [name for name in found if name != query or collection.documents[name][1] != text]
        if progress:
            progress(done, len(collection.queries), text)
    return rankings


def _index(collection: Collection, engine: Engine) -> dict[str, str]:
    """Put every document into the index; gives their names by the ids of their passages."""
    names = {}
    for number, (name, (title, text)) in enumerate(collection.documents.items(), start=1):
        document = Document(id=f"document-{number}", title=title)
        passage = Passage(f"{document.id}/p-1", document.id, sequence=1, kind=PassageKind.PARAGRAPH, text=text)
        engine.add(document, [passage], revision="")
        names[passage.id] = name
    engine.commit()
    return names


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    for number, line in _lines(file):
        try:
            row = json.loads(line)
            yield {**row, "_id": str(row["_id"]), "text": str(row["text"])}
        except (ValueError, KeyError, TypeError) as error:
            raise PinciteError(f"{file}, line {number}: no object with _id and text ({error})") from error


def _qrels(folder: Path) -> Path:
    found = next((folder / name for name in QRELS if (folder / name).is_file()), None)
    if found is None:
        raise PinciteError(f"{folder}: no judgments; looked for {', '.join(QRELS)}")
    return found


def _judgments(file: Path) -> Iterator[tuple[str, str, int]]:
    """Query, document and grade of every line, BEIR's heading left out."""
    for number, line in _lines(file):
        match line.split():
            case ["query-id", *_] if number == 1:
                continue
            case [query, document, grade] | [query, _, document, grade] if _WHOLE.fullmatch(grade):
                yield query, document, int(grade)
            case _:
                raise PinciteError(f"{file}, line {number}: no judgment of BEIR's form (3 columns) or TREC's (4)")


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    if not file.is_file():
        raise PinciteError(f"{file}: no such file")
    with file.open(encoding="utf-8") as stream:
        yield from ((number, line) for number, line in enumerate(stream, start=1) if line.strip())
