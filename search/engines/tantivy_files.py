"""The files of a tantivy index: how a commit is atomic, and how the newest one is found.

A state is a file of columns beside a tantivy index that holds at least its passages: whatever tantivy holds besides has
no row and is never seen. So one rename of the columns is the commit: passages are added to tantivy before it and taken
out after it, and a kill at any point leaves passages without rows, which the next writer clears away.

    index/tantivy/<epoch>/columns-<generation>.npz, and tantivy's own files beside it

What is built anew is a new epoch; a reader takes the newest epoch that has columns.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import tantivy
from filelock import FileLock, Timeout

from search.columns import Columns
from search.columns_file import load, save
from search.engines.patience import Patience
from search.engines.private import check_private, close_to_others, make_private
from search.engines.sums import Sums, record
from search.errors import EngineError

#: Epoch and generation.
Version: TypeAlias = tuple[int, int]

#: Bytes of postings that a writer holds before it puts them into a file.
WRITER_BYTES = 128_000_000
_COLUMNS = re.compile(r"columns-(?P<generation>\d+)\.npz")
#: The tokenizer of fields whose words come ready, one between two spaces.
SPACED = "spaced"
#: Files of tantivy's that never change once they are committed; the columns have their own checksums.
_OF_EVERY_SEGMENT = (".store", ".term", ".idx", ".pos", ".fast", ".fieldnorm")
_LASTING = (*_OF_EVERY_SEGMENT, ".del")
#: Before the first commit.
FIRST: Version = (0, 0)


@contextmanager
def reading_tantivy() -> Iterator[None]:
    """Turns what tantivy raises over damaged files into `EngineError`."""
    try:
        yield
    except (ValueError, OSError, RuntimeError, KeyError) as error:
        raise EngineError(f"the index is damaged ({_line(error)}): run `pincite reindex`") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what its own assertions raise; it stands outside Exception
            raise
        raise EngineError(f"the index is damaged ({_line(error)}): run `pincite reindex`") from error


@contextmanager
def writing_tantivy() -> Iterator[None]:
    """Turns what tantivy raises where the system takes nothing more into `EngineError`."""
    try:
        yield
    except (ValueError, RuntimeError) as error:
        raise EngineError(f"the index cannot be written ({_line(error)})") from error


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())


class TantivyFiles:
    """The folder of one index."""

    def __init__(self, folder: Path, library: Path, schema: Any) -> None:
        self.folder, self.schema = folder, schema
        self._library = library
        # Of the object, not of the thread: a batch may be begun in one and committed in another.
        self._lock = FileLock(folder / "writer.lock", thread_local=False, mode=0o600)

    def newest(self) -> Version:
        """Epoch and generation of the last commit, `FIRST` before it."""
        found = [(int(path.parent.name), int(match["generation"])) for path, match in self._columns_files()]
        return max(found, default=FIRST)

    def columns(self, version: Version) -> Columns:
        """The columns of a commit; raises `FileNotFoundError` if they are gone, `EngineError` if they are damaged."""
        return Columns() if version == FIRST else load(self._columns_path(version))

    def searcher(self, version: Version) -> Any:
        """What reads tantivy's index as it is now, None before the first commit; raises `FileNotFoundError`.

        Tantivy opens some files only when a search needs them, which is too late to learn that one is gone.
        """
        if version == FIRST:
            return None
        segments = self._segments(version)  # first: opening a folder without a list would make an empty one
        searcher = self._index(version).searcher()
        names = {path.name for path in self._folder(version).iterdir()}
        for segment in segments:
            if not names.issuperset(f"{segment}{suffix}" for suffix in _OF_EVERY_SEGMENT):
                raise FileNotFoundError(segment)
        return searcher

    def _segments(self, version: Version) -> list[str]:
        """Names of the segments that tantivy's newest commit lists."""
        with reading_tantivy():
            listed = json.loads((self._folder(version) / "meta.json").read_text(encoding="utf-8"))["segments"]
            return [each["segment_id"].replace("-", "") for each in listed]

    def sums(self, version: Version) -> Sums:
        """What the files of a commit were like; raises `EngineError`."""
        return Sums.of(self._folder(version))

    def record(self, version: Version) -> None:
        """Remember what the committed files are like."""
        folder = self._folder(version)
        record(folder, [path for path in folder.iterdir() if path.suffix in _LASTING])

    def check(self) -> None:
        """Raise `EngineError` if others than the owner of the library may have written to the files."""
        check_private(self.folder, self._library)

    def lock(self, patience: Patience, *, anew: bool) -> None:
        """Become the one writer; raises `EngineError` if another one stays it for too long."""
        make_private(self.folder)
        if anew:
            close_to_others(self.folder)
        self.check()
        patience.until(self._locked, self.folder)

    def unlock(self) -> None:
        """Let another one write."""
        self._lock.release()

    def writer(self, version: Version) -> Any:
        """Tantivy's writer; the lock is held."""
        self._folder(version).mkdir(exist_ok=True)
        opened = self._index(version)
        with writing_tantivy():
            return opened.writer(heap_size=WRITER_BYTES)

    def stray(self, version: Version, columns: Columns) -> list[int]:
        """Keys that tantivy holds and the columns do not: a writer was killed."""
        searcher = self._index(version).searcher()
        if searcher.num_docs == len(columns):
            return []
        found = searcher.search(tantivy.Query.all_query(), searcher.num_docs, count=False, order_by_field="key").hits
        return [key for key, _ in found if columns.rows(np.array([key]))[0] < 0]

    def commit(self, columns: Columns, version: Version) -> None:
        """Make these columns the newest state; older ones are taken away, older epochs with all their files."""
        save(columns, self._columns_path(version))
        for path, match in self._columns_files():
            if (int(path.parent.name), int(match["generation"])) < version:
                path.unlink(missing_ok=True)
        for path in self.folder.iterdir():
            if path.is_dir() and path.name.isdecimal() and int(path.name) < version[0]:
                shutil.rmtree(path, ignore_errors=True)

    def next_generation(self, version: Version) -> Version:
        """The version of a commit over what is held."""
        return max(version[0], 1), version[1] + 1

    def next_epoch(self, version: Version) -> Version:
        """The version of a commit that begins anew; what another began and never finished is taken away."""
        begun = version[0] + 1, 0
        shutil.rmtree(self._folder(begun), ignore_errors=True)
        return begun

    def _index(self, version: Version) -> Any:
        with reading_tantivy():
            opened = tantivy.Index(self.schema, path=str(self._folder(version)))
            spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
            opened.register_tokenizer(SPACED, spaces)
            return opened

    def _locked(self) -> bool:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def _columns_files(self) -> Iterator[tuple[Path, re.Match[str]]]:
        for path in self.folder.glob("*/columns-*.npz"):
            match = _COLUMNS.fullmatch(path.name)
            if match and path.parent.name.isdecimal():
                yield path, match

    def _folder(self, version: Version) -> Path:
        return self.folder / str(version[0])

    def _columns_path(self, version: Version) -> Path:
        return self._folder(version) / f"columns-{version[1]}.npz"
