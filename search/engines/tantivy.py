"""The compiled engine: tantivy as an inverted index on disk (`pip install "pincite[fast]"`).

Tantivy finds the passages that hold a word or phrase and names the promising ones; filters, facets and the final order
are worked out by `search.answering`, as for every engine. Its tokens are ours: it never analyses a text by itself.

`tantivy_files` tells how a commit stays atomic, `tantivy_state` how a committed state is read, `tantivy_kept` in what
form the words of a passage are kept.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import tantivy

from corpus.model import Document, Passage
from search import contents
from search.columns import NOTES, Columns, Row
from search.embedded import EmbeddedEngine
from search.engines.patience import Patience
from search.engines.sums import Sums
from search.engines.tantivy_files import FIRST, SPACED, TantivyFiles, reading_tantivy, writing_tantivy
from search.engines.tantivy_kept import Written, packed
from search.engines.tantivy_queries import NOTE, TAGS, exact_name, stem_name, tag
from search.engines.tantivy_state import BLOCK, TantivyState
from search.errors import EngineError
from search.packing import Packing
from search.postings import WORD_FIELDS
from search.query import Field
from search.state import State

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
    builder.add_bytes_field("places", stored=True)
    return builder.build()


class TantivyEngine(EmbeddedEngine):
    """An index of passages in a folder."""

    name = "tantivy"

    def __init__(self, files: TantivyFiles, patience: Patience) -> None:
        super().__init__()
        self._files, self._patience = files, patience
        self._opening = threading.Lock()
        self._state: TantivyState | None = None
        self._sums = Sums(files.folder, {})

    @classmethod
    def open(cls, folder: Path, patience: Patience = Patience()) -> Self:  # noqa: B008  (a frozen value)
        """The index of the library `folder`; its files are made when something is written."""
        return cls(TantivyFiles(folder / "index" / cls.name, folder, _schema()), patience)

    def _begin(self, *, anew: bool) -> _Batch:
        self._files.lock(self._patience, anew=anew)
        try:
            return _Batch(self._files, anew=anew)
        except BaseException:
            self._files.unlock()
            raise

    @contextmanager
    def _newest(self) -> Iterator[State]:
        with self._opening:
            newest = self._files.newest()
            if self._state is None or self._state.version != newest:
                if self._state and newest == FIRST:
                    raise EngineError("the index is gone: run `pincite reindex`")
                self._state = self._opened()
            self._sums.check()
            state = self._state
        with reading_tantivy():
            yield state

    def _release(self) -> None:
        self._state = None

    def _opened(self) -> TantivyState:
        self._files.check()
        for _ in range(_RETRIES):
            version = self._files.newest()
            with suppress(FileNotFoundError):  # a writer replaced it between two steps
                self._sums = self._files.sums(version)
                self._sums.check()
                columns = self._files.columns(version)
                searcher = self._files.searcher(version)
                state = TantivyState(self._files.schema, searcher, columns, version)
                if state.whole and self._files.newest() == version:  # so the searcher sees all that the columns name
                    return state
        raise EngineError(f"the index in {self._files.folder} is incomplete: run `pincite reindex`")


class _Batch:
    """What was added and removed since the last commit; it holds the lock until it is committed or dropped."""

    def __init__(self, files: TantivyFiles, *, anew: bool) -> None:
        self._files = files
        version = files.newest()
        if not anew:
            files.sums(version).check()
            files.searcher(version)
        self._version = files.next_epoch(version) if anew else files.next_generation(version)
        self._packing = Packing(Columns() if anew else files.columns(version))
        self._writer = files.writer(self._version)
        self._gone = files.stray(self._version, self._packing.base)
        self._packing.next_key = max(self._packing.next_key, *(key + 1 for key in self._gone), 0)

    def remove(self, document_id: str) -> None:
        self._gone += self._packing.remove(document_id)

    def add(self, document: Document, passages: Sequence[Passage], revision: str) -> None:
        with writing_tantivy():
            self._packing.add(document, [self._written(document, passage) for passage in passages], revision)

    def commit(self) -> None:
        """The new passages first, then the columns that name them, then what no column names any more goes."""
        try:
            with writing_tantivy():
                self._writer.commit()
                self._files.commit(self._packing.columns(), self._version)
                self._tidy()
            self._files.record(self._version)
        finally:
            self._files.unlock()

    def drop(self) -> None:
        self._writer = None  # which ends its threads
        self._files.unlock()

    def _tidy(self) -> None:
        for key in self._gone:  # not by term: a number given as such is taken for a signed one, which no key is
            self._writer.delete_documents_by_query(tantivy.Query.term_query(self._files.schema, "key", key))
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
    held: list[Written] = []
    for field in WORD_FIELDS:
        found = contents.analysed(texts[field])
        parts = [" ".join(part) for part in found.words]
        for part in parts:
            made.add_text(exact_name(field), part)
        stems = " ".join(found.stems)
        if found.consecutive:
            made.add_text(stem_name(field), stems)
        else:
            tokens = [tantivy.Token(text, place, 0, 0) for text, place in zip(found.stems, found.places, strict=True)]
            made.add_pre_tokenized_text(stem_name(field), tantivy.PreTokenizedString("", tokens))
        held.append((parts, stems, found.places))
    shown, places = packed(contents.stored(passage), held)
    made.add_bytes("shown", shown)
    made.add_bytes("places", places)
    return made


def _tags(row: Row, passage: Passage) -> Iterator[str]:
    for facet, values in row.values.items():
        yield from (tag(facet, value) for value in values)
    if passage.kind.value in NOTES:
        yield NOTE
