"""Checksums of an index's files: what was changed behind its back is told, never searched.

Committed files never change. A file that looks as it did when it was committed, by its size and time, is not read for
it, so that opening a large index stays quick; `faults` reads everything.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

from search.errors import EngineError

#: Name of the file beside those that it is about.
FILE_NAME = "sums.json"
_CHUNK = 1 << 20

#: Name of a file -> its size, the time of its last change in nanoseconds, and the CRC-32 of its content.
Known = Mapping[str, tuple[int, int, int]]


class Sums:
    """What the files of a folder were like when they were committed."""

    def __init__(self, folder: Path, known: Known) -> None:
        self._folder, self._known = folder, known
        self._seen = {name: (size, moment) for name, (size, moment, _) in known.items()}

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Those recorded in the folder, none in one without; raises `EngineError` if the record is damaged."""
        return cls(folder, _read(folder / FILE_NAME))

    def check(self, ending: str = "") -> None:
        """Raise `EngineError` naming a file, its name ending so, that was changed since it was committed.

        One that a writer has taken away is none.
        """
        for name in filter(lambda name: name.endswith(ending), self._known):
            path = self._folder / name
            with suppress(FileNotFoundError):
                looks = _looks(path)
                if looks != self._seen[name]:
                    if _crc(path) != self._known[name][2]:
                        raise _damaged(name)
                    self._seen[name] = looks


def record(folder: Path, files: Iterable[Path], *, written: Iterable[str] = ()) -> None:
    """Remember the files as they are now; of those that are known only the ones `written` just now are read again."""
    known: Known = {}
    with suppress(EngineError):  # a record that is damaged is made anew
        known = _read(folder / FILE_NAME)
    kept = {path.name: known.get(path.name) if path.name not in written else None for path in files}
    found = {name: entry or (*_looks(folder / name), _crc(folder / name)) for name, entry in kept.items()}
    text = json.dumps(found)
    temporary = folder / f"{FILE_NAME}.new"
    temporary.write_text(f"{zlib.crc32(text.encode())}\n{text}\n", encoding="utf-8")
    temporary.replace(folder / FILE_NAME)


def faults(index: Path) -> Iterator[str]:
    """A line for every file of a library's indexes that is not as it was committed, all files read whole."""
    for record_ in sorted(index.rglob(FILE_NAME)):
        try:
            known = _read(record_)
        except EngineError as error:
            yield str(error)
            continue
        for name, (*_, sum_) in known.items():
            with suppress(FileNotFoundError):
                if _crc(record_.with_name(name)) != sum_:
                    yield str(_damaged(name))


def _read(path: Path) -> Known:
    try:
        sum_, text = path.read_text(encoding="utf-8").splitlines()
        if int(sum_) != zlib.crc32(text.encode()):
            raise _damaged(path.name)
        return {name: (size, moment, crc) for name, (size, moment, crc) in json.loads(text).items()}
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise _damaged(path.name) from error


def _looks(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns


def _crc(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found = zlib.crc32(chunk, found)
    return found


def _damaged(name: str) -> EngineError:
    return EngineError(f"the index is damaged ({name}): run `pincite reindex`")
