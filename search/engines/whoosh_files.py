"""The files of a Whoosh index: how a commit is atomic, and how the newest one is found.

One commit is one rename. The columns of generation n are written first (`columns-n.npz`), then Whoosh renames its table
of contents of generation n into place. Whoever reads takes the newest table of contents and the columns of the same
number, so a kill at any point leaves the last commit as it was.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.writing import SegmentWriter

from search.columns import Columns
from search.columns_file import load, save
from search.engines.patience import Patience
from search.engines.private import check_private, close_to_others, make_private
from search.engines.sums import Sums, record
from search.engines.whoosh_blocks import Codec, Runs
from search.engines.whoosh_fields import schema
from search.engines.whoosh_guard import writing_whoosh
from search.engines.whoosh_postings import Snapshot
from search.engines.whoosh_segments import Segment, segments_of
from search.errors import EngineError

#: Attempts to open a state that a writer replaces at the same moment.
_RETRIES = 5
#: Megabytes of postings that a writer holds before it puts them into a file, by Whoosh's own estimate.
WRITER_MB = 16
_NAME = "MAIN"
#: Before the first commit there is no table of contents but the empty one, number 0.
_EMPTY = 0
_CONTENTS = re.compile(rf"_{_NAME}_(?P<generation>\d+)\.toc")
_COLUMNS = re.compile(r"columns-(?P<generation>\d+)\.npz(?:\.new)?")
#: Files that never change once they are committed; the columns have their own checksums.
_SEGMENT = ".seg"
_LASTING = (_SEGMENT, ".toc")


class _Empty(FileIndex):  # type: ignore[misc]  # Whoosh publishes no types
    """An index as if it held nothing, whatever its files are: what is committed to it takes the place of everything."""

    def __init__(self, storage: FileStorage, generation: int) -> None:
        self.storage, self.indexname, self._generation = storage, _NAME, generation

    def _read_toc(self) -> TOC:
        return TOC(schema(), [], self._generation)


class IndexFiles:
    """The folder of one index, `library` being the folder of the library that it belongs to."""

    def __init__(self, folder: Path, library: Path) -> None:
        self.folder, self._library = folder, library

    def generation(self) -> int:
        """Number of the last commit, 0 before the first."""
        names = [path.name for path in self.folder.glob("*.toc")]
        return max((int(match["generation"]) for match in map(_CONTENTS.fullmatch, names) if match), default=_EMPTY)

    def columns(self, generation: int) -> Columns:
        """The columns of a commit; raises `FileNotFoundError` if they are gone, `EngineError` if they are damaged."""
        return Columns() if generation == _EMPTY else load(self._columns_path(generation))

    def segments(self, generation: int, known: Mapping[str, Segment]) -> dict[str, Segment]:
        """The segments of a commit, opened where they are not known; raises like `columns`."""
        return {} if generation == _EMPTY else segments_of(self.folder, _NAME, generation, known)

    def check(self) -> None:
        """Raise `EngineError` if others than the owner of the library may have written to the files."""
        check_private(self.folder, self._library)

    def sums(self) -> Sums:
        """What the committed files were like; raises `EngineError`."""
        return Sums.of(self.folder)

    def writer(self, patience: Patience, *, anew: bool) -> Any:
        """The one Whoosh writer, over what is held or `anew`; raises `EngineError` if another is not done in time."""
        make_private(self.folder)
        if anew:
            close_to_others(self.folder)
        self.check()
        if not anew:
            self.sums().check()
        lock = FileStorage(self.folder).lock(f"{_NAME}_WRITELOCK")
        patience.until(lock.acquire, self.folder)
        try:
            with writing_whoosh():
                writer = SegmentWriter(self._written(anew=anew), _lk=False, codec=Codec())
        except BaseException:
            lock.release()
            raise
        writer.writelock = lock  # which it releases when it is done
        writer.pool = Runs(writer.temp_storage(), writer.newsegment, limitmb=WRITER_MB)
        return writer

    def commit(self, writer: Any, columns: Columns) -> None:
        """Make a writer's documents and these columns the newest state, at once."""
        generation: int = writer.generation
        save(columns, self._columns_path(generation))
        with writing_whoosh():
            writer.commit()
        lasting = [path for path in self.folder.iterdir() if path.suffix in _LASTING]
        record(self.folder, lasting, written=[TOC._filename(_NAME, generation)])  # noqa: SLF001  (Whoosh has no other)
        for path in self.folder.glob("columns-*"):
            match = _COLUMNS.fullmatch(path.name)
            if match and int(match["generation"]) < generation:
                path.unlink(missing_ok=True)

    def _written(self, *, anew: bool) -> FileIndex:
        generation = self.generation()
        storage = FileStorage(self.folder)
        return _Empty(storage, generation) if anew or generation == _EMPTY else self._index()

    def _columns_path(self, generation: int) -> Path:
        return self.folder / f"columns-{generation}.npz"

    def _index(self) -> FileIndex:
        return FileIndex(FileStorage(self.folder), schema=schema(), indexname=_NAME)


class Snapshots:
    """The newest committed state, shared by all threads that search, and older ones until their last search is over."""

    def __init__(self, files: IndexFiles) -> None:
        self._files = files
        self._lock = threading.Lock()
        self._current: Snapshot | None = None
        self._sums = Sums(files.folder, {})
        self._users: Counter[Snapshot] = Counter()
        self._segments: dict[str, Segment] = {}

    @contextmanager
    def newest(self) -> Iterator[Snapshot]:
        """The newest state for the time of one search; raises `EngineError` if it is damaged."""
        with self._lock:
            newest = self._files.generation()
            if self._current is None or self._current.generation != newest:
                if self._current and newest == _EMPTY:
                    raise EngineError("the index is gone: run `pincite reindex`")
                self._current = self._opened()
                self._close_unused()
            self._sums.check(_SEGMENT)  # which is read as it is asked for, the rest is in memory
            snapshot = self._current
            self._users[snapshot] += 1
        try:
            yield snapshot
        finally:
            with self._lock:
                self._users[snapshot] -= 1
                if snapshot is not self._current:
                    self._close_unused()

    def close(self) -> None:
        """Release the current state."""
        with self._lock:
            self._current = None
            self._close_unused()

    def _close_unused(self) -> None:
        """Close the segments that neither the current state nor a search that goes on reads."""
        self._users = +self._users
        states = [*self._users, *([self._current] if self._current else [])]
        used = set().union(*(state.segments for state in states))
        for name in self._segments.keys() - used:
            self._segments.pop(name).close()

    def _opened(self) -> Snapshot:
        self._files.check()
        for _ in range(_RETRIES):
            generation = self._files.generation()
            with suppress(FileNotFoundError):  # a writer replaced it between two steps
                self._sums = self._files.sums()
                self._sums.check()
                columns = self._files.columns(generation)
                segments = self._files.segments(generation, self._segments)
                self._segments |= segments
                return Snapshot(segments, columns, generation)
        raise EngineError(f"the index in {self._files.folder} is incomplete: run `pincite reindex`")
