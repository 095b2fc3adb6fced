"""SQLite's FTS5 with a table of tags: what a library builds without a search engine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from search.query import FACETS
from tests.benchmarks.searching.mix import Question
from tests.benchmarks.searching.peer import FIELDS, PAGE, Answer, Count, Documents, flat, without

#: A tag is a number that stands for a value; those of one facet lie together, so many apart from the next facet's.
_APART = 10_000_000
#: Both ways through the table of tags are covered by an index.
_TABLES = f"""
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE VIRTUAL TABLE passages USING fts5({", ".join(FIELDS)}, tokenize = 'unicode61');
    CREATE TABLE names (tag INTEGER PRIMARY KEY, facet TEXT, value TEXT, UNIQUE (facet, value));
    CREATE TABLE tags (passage INTEGER, tag INTEGER, PRIMARY KEY (passage, tag)) WITHOUT ROWID;
    CREATE TABLE documents (passage INTEGER PRIMARY KEY, document INTEGER);
"""
_INDEXES = "CREATE INDEX by_tag ON tags (tag, passage); INSERT INTO passages(passages) VALUES ('optimize'); ANALYZE;"
#: 256 MB of pages, temporary tables in memory, the file mapped: the whole index is at hand after the first questions.
_READING = "PRAGMA cache_size = -262144; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 8589934592;"

#: From this share of the passages on it is quicker to walk all tags than to look up those of the hits.
_MANY = 6
_ALL = "SELECT passage FROM documents"
_IN_DOCUMENTS = "SELECT count(DISTINCT document) FROM hits CROSS JOIN documents USING (passage)"

_Counts = dict[str, list[tuple[str, int, int | None]]]
_Raw = tuple[int, int | None, list[str], _Counts]


class Fts5:
    """FTS5, with or without exact numbers of documents per value."""

    def __init__(self, *, documents: bool = False) -> None:
        self.name = "fts5-documents" if documents else "fts5"
        self._documents = documents
        self._tags: dict[tuple[str, str], int] = {}
        self._named: dict[int, tuple[str, str]] = {}
        self._passages = 0
        self._connection: sqlite3.Connection

    def build(self, folder: Path, documents: Documents) -> None:
        """Index the documents in an empty folder."""
        with sqlite3.connect(folder / "fts5.sqlite") as made:
            made.executescript(_TABLES)
            tags: dict[tuple[str, str], int] = {}
            for number, each in enumerate(flat(documents), start=1):
                texts = (number, *(each.texts[name] for name in FIELDS))
                made.execute(f"INSERT INTO passages (rowid, {', '.join(FIELDS)}) VALUES (?, ?, ?, ?, ?)", texts)  # noqa: S608  (our own names)
                held = [(facet, value) for facet, values in each.values.items() for value in values]
                numbers = [tags.setdefault(one, FACETS.index(one[0]) * _APART + len(tags)) for one in held]
                made.executemany("INSERT INTO tags VALUES (?, ?)", [(number, tag) for tag in numbers])
                document = tags["document", each.values["document"][0]]
                made.execute("INSERT INTO documents VALUES (?, ?)", (number, document))
            made.executemany("INSERT INTO names VALUES (?, ?, ?)", [(tag, *one) for one, tag in tags.items()])
            made.executescript(_INDEXES)
        made.close()

    def open(self, folder: Path) -> None:
        """Connect and read the names of the tags."""
        self._connection = sqlite3.connect(folder / "fts5.sqlite")
        self._connection.executescript(_READING)
        named = self._connection.execute("SELECT tag, facet, value FROM names")
        self._named = {tag: (facet, value) for tag, facet, value in named}
        self._tags = {one: tag for tag, one in self._named.items()}
        self._passages = self._number("SELECT count(*) FROM documents")

    def ask(self, question: Question, shown: int | None) -> _Raw:
        """Total, fragments and counts: a temporary table of hits, and one more for every facet with a filter."""
        match = _match(question)
        self._fill("matched", "SELECT rowid FROM passages WHERE passages MATCH ?" if match else _ALL, match)
        total = self._found(question, question.filters)
        fragments = self._first(match, question)
        counted = self._counted(total)
        documents = self._number(_IN_DOCUMENTS) if self._documents else None
        for facet in question.filters:
            counted |= self._counted(self._found(question, without(question, facet)), facet)
        return total, documents, fragments, {facet: values[:shown] for facet, values in counted.items()}

    def read(self, answer: _Raw) -> Answer:
        """The answer in the benchmark's form."""
        total, documents, fragments, counted = answer
        facets = {
            facet: {value: Count(passages, held) for value, passages, held in values}
            for facet, values in counted.items()
        }
        return Answer(total, documents, tuple(fragments), facets)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _found(self, question: Question, filters: Mapping[str, tuple[str, ...]]) -> int:
        """Fills the table of hits from that of all that match, and counts them."""
        asked = {**filters, "organisation": (question.organisation,)} if question.organisation else filters
        clauses = [f"passage IN (SELECT passage FROM tags WHERE tag IN ({self._list(*one)}))" for one in asked.items()]  # noqa: S608  (numbers of ours)
        where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
        self._fill("hits", f"SELECT passage FROM matched {where}")  # noqa: S608  (the same)
        return self._number("SELECT count(*) FROM hits")

    def _fill(self, table: str, asked: str, match: str = "") -> None:
        self._connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
        self._connection.execute(f"CREATE TEMP TABLE {table} (passage INTEGER PRIMARY KEY)")
        self._connection.execute(f"INSERT INTO {table} {asked}", (match,) if match else ())

    def _list(self, facet: str, values: Iterable[str]) -> str:
        return ", ".join(str(self._tags.get((facet, value), -1)) for value in values)

    def _first(self, match: str, question: Question) -> list[str]:
        snippet = "snippet(passages, 0, '<b>', '</b>', '...', 30)"
        if not match:
            asked = f"SELECT substr(text, 1, 200) FROM passages WHERE rowid IN (SELECT passage FROM hits LIMIT {PAGE})"  # noqa: S608  (a constant)
            return [text for (text,) in self._connection.execute(asked)]
        # the plus keeps SQLite from asking the full-text index for one hit after the other
        within = "AND +rowid IN (SELECT passage FROM hits)" if question.filters else ""
        asked = f"SELECT {snippet} FROM passages WHERE passages MATCH ? {within} ORDER BY rank LIMIT {PAGE}"  # noqa: S608  (constants)
        return [text for (text,) in self._connection.execute(asked, (match,))]

    def _counted(self, total: int, facet: str = "") -> _Counts:
        """Counts of one facet or of all over the table of hits, most frequent first, by the quicker of two plans."""
        extra = "count(DISTINCT document)" if self._documents else "NULL"
        more = "JOIN documents USING (passage)" if self._documents else ""
        first = FACETS.index(facet) * _APART if facet else 0
        within = f"tag BETWEEN {first} AND {first + _APART - 1}" if facet else "true"
        many = total * _MANY > self._passages
        tags = "tags INDEXED BY by_tag" if many else "hits CROSS JOIN tags USING (passage)"
        # the plus keeps SQLite from skipping through the index, once for every tag and every hit
        held = "AND +passage IN (SELECT passage FROM hits)" if many else ""
        counts = f"SELECT tag, count(*), {extra} FROM {tags} {more} WHERE {within} {held} GROUP BY tag"  # noqa: S608  (constants)
        counted: _Counts = {name: [] for name in ((facet,) if facet else FACETS)}
        for tag, passages, documents in self._connection.execute(counts):
            name, value = self._named[tag]
            counted[name].append((value, passages, documents))
        return {name: sorted(values, key=lambda value: -value[1]) for name, values in counted.items()}

    def _number(self, asked: str) -> int:
        (number,) = self._connection.execute(asked).fetchone()
        return int(number)


def _match(question: Question) -> str:
    """The question in FTS5's language; side by side means AND over all columns."""
    phrase = f'"{" ".join(question.phrase)}"' if question.phrase else ""
    return " ".join(filter(None, (*question.words, phrase, f"{question.prefix}*" if question.prefix else "")))
