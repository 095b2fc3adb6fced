"""The files of a Whoosh index: how a commit is atomic, and how the newest one is found.

One commit is one rename. The columns of generation n are written first (`columns-n.npz`), then Whoosh renames its table
of contents of generation n into place. Whoever reads takes the newest table of contents and the columns of the same
number, so a kill at any point leaves the last commit as it was.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, LockError
from whoosh.util.filelock import try_for

from search.columns import Columns
from search.columns_file import load, save
from search.engines.whoosh_postings import Snapshot, reading_whoosh
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


class IndexFiles:
    """The folder of one index."""

    def __init__(self, folder: Path, schema: Any) -> None:
        self.folder, self._schema = folder, schema

    def generation(self) -> int:
        """Number of the last commit, 0 before the first."""
        names = [path.name for path in self.folder.glob("*.toc")]
        return max((int(match["generation"]) for match in map(_CONTENTS.fullmatch, names) if match), default=_EMPTY)

    def columns(self, generation: int) -> Columns:
        """The columns of a commit; raises `FileNotFoundError` if they are gone, `EngineError` if they are damaged."""
        return Columns() if generation == _EMPTY else load(self._columns_path(generation))

    def reader(self, generation: int) -> Any:
        """A Whoosh reader of a commit, None if that commit is empty or was replaced meanwhile."""
        with reading_whoosh():
            reader = self._index().reader()
            if reader.doc_count_all() and reader.leaf_readers()[0][0].generation() == generation:
                return reader
            reader.close()
        return None

    def writer(self, timeout: float) -> Any:
        """The one Whoosh writer; raises `EngineError` while another process holds it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._locked("MAIN_CREATE", timeout):
            if not any(self.folder.glob("*.toc")):
                FileIndex.create(FileStorage(self.folder), self._schema, _NAME)
        try:
            with reading_whoosh():
                return self._index().writer(timeout=timeout, limitmb=WRITER_MB)
        except LockError:
            raise self._busy() from None

    def commit(self, writer: Any, columns: Columns) -> None:
        """Make a writer's documents and these columns the newest state, at once."""
        generation: int = writer.generation
        save(columns, self._columns_path(generation))
        writer.commit()
        for path in self.folder.glob("columns-*"):
            match = _COLUMNS.fullmatch(path.name)
            if match and int(match["generation"]) < generation:
                path.unlink(missing_ok=True)

    def clear(self, timeout: float) -> None:
        """Make an empty state the newest one, whatever state the files are in."""
        if not self.folder.is_dir():
            return
        with self._locked(f"{_NAME}_WRITELOCK", timeout):
            generation = self.generation() + 1
            save(Columns(), self._columns_path(generation))
            TOC(self._schema, [], generation).write(FileStorage(self.folder), _NAME)
            kept = {self._columns_path(generation).name, f"_{_NAME}_{generation}.toc"}
            for path in self.folder.iterdir():
                if path.is_file() and path.name not in kept and "LOCK" not in path.name:
                    path.unlink(missing_ok=True)

    def _columns_path(self, generation: int) -> Path:
        return self.folder / f"columns-{generation}.npz"

    def _index(self) -> Any:
        return FileIndex(FileStorage(self.folder), schema=self._schema, indexname=_NAME)

    @contextmanager
    def _locked(self, name: str, timeout: float) -> Iterator[None]:
        lock = FileStorage(self.folder).lock(name)
        if not try_for(lock.acquire, timeout=timeout):
            raise self._busy()
        try:
            yield
        finally:
            lock.release()

    def _busy(self) -> EngineError:
        return EngineError(f"another process is writing to the index in {self.folder}; try again when it is done")


class Snapshots:
    """The newest committed state, shared by all threads that search, and older ones until their last search is over."""

    def __init__(self, files: IndexFiles) -> None:
        self._files = files
        self._lock = threading.Lock()
        self._current: Snapshot | None = None
        self._users: Counter[int] = Counter()

    @contextmanager
    def newest(self) -> Iterator[Snapshot]:
        """The newest state for the time of one search; raises `EngineError` if it is damaged."""
        with self._lock:
            if self._current is None or self._current.generation != self._files.generation():
                newest = self._opened()
                self._retire()
                self._current = newest
            snapshot = self._current
            self._users[snapshot.generation] += 1
        try:
            yield snapshot
        finally:
            with self._lock:
                self._users[snapshot.generation] -= 1
                if snapshot is not self._current and not self._users[snapshot.generation]:
                    snapshot.close()

    def close(self) -> None:
        """Release the current state."""
        with self._lock:
            self._retire()

    def _retire(self) -> None:
        current, self._current = self._current, None
        if current and not self._users[current.generation]:
            current.close()

    def _opened(self) -> Snapshot:
        for _ in range(_RETRIES):
            generation = self._files.generation()
            with suppress(FileNotFoundError):  # a writer replaced it between two steps
                columns = self._files.columns(generation)
                reader = self._files.reader(generation) if len(columns) else None
                if reader or not len(columns):
                    return Snapshot(reader, columns, generation)
        raise EngineError(f"the index in {self._files.folder} is incomplete: run `pincite reindex`")
