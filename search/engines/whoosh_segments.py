"""The segments of a Whoosh index: their files never change, so what is read of one serves every commit that has it."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import SegmentReader

from search.cache import Cache
from search.column import Ints
from search.engines.whoosh_blocks import PackedBlock, keys, packed_blocks
from search.engines.whoosh_fields import field_name, schema
from search.engines.whoosh_guard import reading_whoosh
from search.postings import Stored, Term
from search.query import Field
from search.vocabulary import Vocabulary

#: Bytes of packed postings kept of one segment.
_CACHED_BYTES = 32_000_000
#: Words kept of one segment.
_CACHED_WORDS = 1_000_000


@dataclass(frozen=True, slots=True)
class _Packed:
    """The postings of a term as the file has them, a few bytes each."""

    blocks: Sequence[PackedBlock]

    def __len__(self) -> int:
        return sum(len(text) for block in self.blocks for _, text in block)


class Segment:
    """One segment, its deleted documents included: the columns know which of its keys are held.

    Whoosh's files have one reading position, so one thread at a time reads.
    """

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._lock = threading.RLock()
        self._blocks: Cache[Term, _Packed] = Cache(_CACHED_BYTES)
        self._vocabularies: Cache[tuple[Field, str], Vocabulary] = Cache(_CACHED_WORDS)

    def close(self) -> None:
        """Release the files."""
        with self._lock:
            self._reader.close()

    @cached_property
    def keys(self) -> Ints:
        """The key of each document by its number."""
        with self._lock, reading_whoosh():
            return keys(self._reader)

    def blocks(self, term: Term) -> Sequence[PackedBlock]:
        """The postings of a term, none if the segment lacks it."""
        return self._blocks.get(term, lambda: self._read(term)).blocks

    def vocabulary(self, field: Field, prefix: str) -> Vocabulary:
        """The exact words of a field that start with a prefix."""
        return self._vocabularies.get((field, prefix), lambda: self._words(field, prefix))

    def stored(self, number: int) -> Stored:
        """What is shown of a document."""
        with self._lock, reading_whoosh():
            return Stored(*self._reader.stored_fields(number)["shown"])

    def _read(self, term: Term) -> _Packed:
        with self._lock, reading_whoosh():
            return _Packed(packed_blocks(self._reader, field_name(term.field, stemmed=term.stemmed), term.text))

    def _words(self, field: Field, prefix: str) -> Vocabulary:
        name = field_name(field, stemmed=False)
        with self._lock, reading_whoosh():
            found = self._reader.expand_prefix(name, prefix) if prefix else self._reader.lexicon(name)
            return Vocabulary(text.decode() for text in found)


def segments_of(folder: Path, index: str, generation: int, known: Mapping[str, Segment]) -> dict[str, Segment]:
    """The segments of a commit by their names, in the order of the index; those that are known are not opened again.

    Raises `FileNotFoundError` if a writer has replaced the commit, `EngineError` if its files are damaged.
    """
    with reading_whoosh():
        storage = FileStorage(folder)
        contents = TOC.read(storage, index, gen=generation, schema=schema())
        named = [(each.segment_id(), each) for each in contents.segments]
        return {
            name: known.get(name) or Segment(SegmentReader(storage, contents.schema, each, generation=generation))
            for name, each in named
        }
