"""The compiled engine: tantivy as an inverted index on disk (`pip install "pincite[fast]"`).

Tantivy finds the passages that hold a word or phrase and names the promising ones; filters, facets and the final order
are worked out by `search.answering`, as for every engine. Its tokens are ours: it never analyses a text by itself.

`tantivy_files` tells how a commit stays atomic, `tantivy_state` how a committed state is read.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Self

import tantivy

from corpus.model import Document, Passage
from search import contents
from search.analysis import stems, words
from search.answering import Answering, answer
from search.columns import NOTES, Row
from search.completing import complete
from search.engines.patience import Patience
from search.engines.tantivy_files import SPACED, TantivyFiles, reading_tantivy
from search.engines.tantivy_queries import NOTE, TAGS, exact_name, stem_name, tag
from search.engines.tantivy_state import BLOCK, TantivyState
from search.errors import EngineError
from search.packing import Packing
from search.postings import WORD_FIELDS
from search.query import Field, Query
from search.results import Completion, Explanation, FacetPage, Results
from search.similarity import similar
from search.suggest import completions

#: Places from the start of one heading or name to that of the next; wider than the text of any, and any proximity.
_GAP = 10_000
#: Attempts to open a state that a writer replaces at the same moment.
_RETRIES = 5


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for field in WORD_FIELDS:
        builder.add_text_field(exact_name(field), tokenizer_name=SPACED, index_option="position")
        builder.add_text_field(stem_name(field), tokenizer_name=SPACED, index_option="position")
    builder.add_text_field(TAGS, tokenizer_name="raw", index_option="freq")
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_unsigned_field("block", fast=True)
    builder.add_unsigned_field("bit", fast=True)
    builder.add_bytes_field("shown", stored=True)
    return builder.build()


class TantivyEngine:
    """An index of passages in a folder."""

    name = "tantivy"

    def __init__(self, folder: Path, *, patience: Patience | None = None) -> None:
        self._files = TantivyFiles(folder, _schema())
        self._patience = patience or Patience()
        self._writing = threading.RLock()
        self._opening = threading.Lock()
        self._state: TantivyState | None = None
        self._batch: _Batch | None = None

    @classmethod
    def open(cls, folder: Path, *, patience: Patience | None = None) -> Self:
        """The index of the library `folder`; its files are made when something is written."""
        return cls(folder / "index" / cls.name, patience=patience)

    # -- writing -----------------------------------------------------------------------------------------------
    def add(self, document: Document, passages: Iterable[Passage], revision: str) -> None:
        """Put a document's passages in place of what the index holds of that document; `revision` names this state."""
        with self._writing:
            batch = self._begun()
            batch.remove(document.id)
            batch.add(document, [passage for passage in passages if passage.is_body], revision)

    def remove(self, document_id: str) -> None:
        """Take a document's passages out; unknown ids are no error."""
        with self._writing:
            if self._batch or document_id in self.revisions():
                self._begun().remove(document_id)

    def commit(self) -> None:
        """Make everything added and removed since the last commit visible, at once."""
        with self._writing:
            if self._batch:
                self._batch.commit()
                self._drop()

    def clear(self) -> None:
        """Forget everything, committed at once (for a rebuild); what was not committed is dropped."""
        with self._writing:
            self._drop()
            if self._files.folder.is_dir():
                self._files.lock(self._patience)
                self._files.begin_epoch()
                self._files.unlock()

    def _begun(self) -> _Batch:
        if self._batch is None:
            self._files.lock(self._patience)
            try:
                self._batch = _Batch(self._files)
            except BaseException:
                self._files.unlock()
                raise
        return self._batch

    def _drop(self) -> None:
        if self._batch:
            self._batch = None
            self._files.unlock()

    # -- reading -----------------------------------------------------------------------------------------------
    def revisions(self) -> Mapping[str, str]:
        """Committed document ids with the revision given to `add`."""
        return dict(self._newest().columns.revisions)

    def search(self, query: Query) -> Results:
        """Answer a query; raises `EngineError` for a damaged index."""
        with reading_tantivy():
            return answer(query, self._newest())

    def count(self) -> int:
        """Number of body passages in the index."""
        return len(self._newest().columns)

    def values(self, query: Query, facet: str, containing: str = "", limit: int | None = None) -> FacetPage:
        """The values of one facet under every filter but its own, those whose label holds `containing`."""
        with reading_tantivy():
            return Answering(replace(query, facet_limit=limit), self._newest()).values(facet, containing)

    def explain(self, query: Query, passage_id: str) -> Explanation | None:
        """The parts of a passage's score; None if the passage does not answer the query."""
        with reading_tantivy():
            return Answering(query, self._newest()).explain(passage_id)

    def complete(self, typed: str, limit: int = 10) -> tuple[Completion, ...]:
        """Names (by any alias) and words of the collection that continue what was typed, most frequent first."""
        with reading_tantivy():
            return complete(typed, self._newest(), limit)

    def suggest(self, prefix: str, limit: int = 10) -> tuple[str, ...]:
        """Words of the collection that start with `prefix`, most frequent first."""
        with reading_tantivy():
            return completions(prefix, self._newest(), limit)

    def similar(self, passage_id: str, limit: int = 10) -> tuple[str, ...]:
        """Ids of passages that are most like the given one, best first; empty for an unknown id."""
        with reading_tantivy():
            return similar(passage_id, self._newest(), limit)

    def health(self) -> str:
        """Nothing if the engine can answer, else one line saying what is wrong."""
        try:
            state = self._newest()
        except EngineError as error:
            return str(error)
        return "" if state.whole else "the index is incomplete: run `pincite reindex`"

    def close(self) -> None:
        """Release files; what was not committed is dropped."""
        with self._writing:
            self._drop()
            self._state = None

    def _newest(self) -> TantivyState:
        """The newest committed state, shared by all threads that search."""
        with self._opening:
            newest = self._files.newest()
            if self._state is None or self._state.version != newest:
                self._state = self._opened()
            return self._state

    def _opened(self) -> TantivyState:
        for _ in range(_RETRIES):
            version = self._files.newest()
            try:
                columns = self._files.columns(version)
            except FileNotFoundError:  # a writer replaced it between two steps
                continue
            searcher = self._files.searcher(version)
            if self._files.newest() == version:  # so the searcher still sees all that the columns name
                return TantivyState(self._files.schema, searcher, columns, version)
        raise EngineError(f"the index in {self._files.folder} is incomplete: run `pincite reindex`")


class _Batch:
    """What was added and removed since the last commit; it holds the lock until it is committed or dropped."""

    def __init__(self, files: TantivyFiles) -> None:
        self._files, self._version = files, files.newest()
        self._packing = Packing(files.columns(self._version))
        self._writer = files.writer(self._version)
        self._gone = files.stray(self._version, self._packing.base)

    def remove(self, document_id: str) -> None:
        self._gone += self._packing.remove(document_id)

    def add(self, document: Document, passages: Iterable[Passage], revision: str) -> None:
        self._packing.add(document, [self._written(document, passage) for passage in passages], revision)

    def commit(self) -> None:
        """The new passages first, then the columns that name them, then what no column names any more goes."""
        self._writer.commit()
        epoch, generation = self._version
        self._files.commit(self._packing.columns(), (epoch, generation + 1))
        for key in self._gone:
            self._writer.delete_documents_by_term("key", key)
        if self._gone:
            self._writer.commit()
        self._writer.garbage_collect_files()
        self._writer.wait_merging_threads()

    def _written(self, document: Document, passage: Passage) -> Row:
        key = self._packing.key()
        texts = contents.fields(document, passage)
        row = contents.row(document, passage, key, texts)
        self._writer.add_document(_document(key, row, passage, texts))
        return row


def _document(key: int, row: Row, passage: Passage, texts: Mapping[Field, str]) -> Any:
    made = tantivy.Document()
    made.add_unsigned("key", key)
    made.add_unsigned("block", key // BLOCK)
    made.add_unsigned("bit", 1 << key % BLOCK)
    for value in _tags(row, passage):
        made.add_text(TAGS, value)
    held = []
    for field in WORD_FIELDS:
        exact, stemmed = _analysed(texts[field])
        for part in exact:
            made.add_text(exact_name(field), " ".join(part))
        tokens = [tantivy.Token(text, place, 0, 0) for text, place in stemmed]
        made.add_pre_tokenized_text(stem_name(field), tantivy.PreTokenizedString("", tokens))
        held.append(([*chain(*exact)], [text for text, _ in stemmed], [place for _, place in stemmed]))
    shown = contents.stored(passage)
    made.add_bytes("shown", json.dumps((shown.text, shown.tags, held), ensure_ascii=False).encode())
    return made


def _analysed(text: str) -> tuple[list[tuple[str, ...]], list[tuple[str, int]]]:
    """The folded words of each part of a field, and the stems of all with their places."""
    parts = text.split(contents.BREAK)
    stemmed = [(stem.text, at * _GAP + stem.place) for at, part in enumerate(parts) for stem in stems(part)]
    return [words(part) for part in parts], stemmed


def _tags(row: Row, passage: Passage) -> Iterator[str]:
    for facet, values in row.values.items():
        yield from (tag(facet, value) for value in values)
    if passage.kind.value in NOTES:
        yield NOTE
