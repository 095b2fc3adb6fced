"""Columns on disk: one file a commit, written beside the index and put in place by one rename."""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.analysis import ANALYSIS_VERSION
from search.column import Column
from search.columns import COLUMNS, LENGTHS, Columns
from search.errors import EngineError

#: Changes with the layout of the file and of the index beside it; together with the rules of analysis it says whether
#: an index can still be read.
FORMAT = f"4.{ANALYSIS_VERSION}"

#: What numpy and zipfile raise over files that were changed: sizes that cannot be, methods of packing that nobody has.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, ValueError, LookupError, TypeError, AttributeError, NotImplementedError,
    RuntimeError, OverflowError, MemoryError,
)  # fmt: skip


def save(columns: Columns, path: Path) -> None:
    """Write the columns to `path`, whole or not at all."""
    facts = {
        "format": FORMAT,
        "passage_ids": columns.passage_ids,
        "vocabularies": {name: columns.columns[name].vocabulary for name in COLUMNS},
        "revisions": dict(columns.revisions),
        "titles": dict(columns.titles),
        "described": dict(columns.described),
        "dates": dict(columns.dates),
        "next_key": columns.next_key,
    }
    arrays: dict[str, NDArray[np.int64]] = {"keys": columns.keys, "sequences": columns.sequences}
    arrays |= {f"length.{name}": columns.lengths[name] for name in LENGTHS}
    for name, column in columns.columns.items():
        arrays |= {f"{name}.starts": column.starts, f"{name}.ids": column.ids, f"{name}.times": column.times}
    packed = {name: _narrow(numbers) for name, numbers in arrays.items()}
    temporary = path.with_name(path.name + ".new")
    with temporary.open("wb") as file:
        np.savez(file, facts=np.frombuffer(json.dumps(facts).encode(), np.uint8), **packed)  # type: ignore[arg-type]  # numpy types every keyword as allow_pickle
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def load(path: Path) -> Columns:
    """The columns in `path`; raises `FileNotFoundError` if gone, `EngineError` if damaged or of another version."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            facts = json.loads(arrays["facts"].tobytes())
            if facts["format"] != FORMAT:
                raise EngineError("the index was made by another version of Pincite: run `pincite reindex`")
            return _columns(facts, arrays)
    except _DAMAGE as error:
        raise EngineError(f"the index is damaged ({path.name}): run `pincite reindex`") from error


def _columns(facts: Mapping[str, Any], arrays: Mapping[str, Any]) -> Columns:
    return Columns(
        passage_ids=tuple(facts["passage_ids"]),
        keys=_wide(arrays["keys"]),
        sequences=_wide(arrays["sequences"]),
        lengths={name: _wide(arrays[f"length.{name}"]) for name in LENGTHS},
        columns={name: _column(name, facts, arrays) for name in COLUMNS},
        revisions=facts["revisions"],
        titles=facts["titles"],
        described=facts["described"],
        dates=facts["dates"],
        next_key=facts["next_key"],
    )


def _column(name: str, facts: Mapping[str, Any], arrays: Mapping[str, Any]) -> Column:
    vocabulary = tuple(facts["vocabularies"][name])
    starts, ids, times = (_wide(arrays[f"{name}.{part}"]) for part in ("starts", "ids", "times"))
    return Column(vocabulary, starts, ids, times)


def _narrow(numbers: NDArray[np.int64]) -> NDArray[np.integer]:
    """In the file numbers take the room that the largest needs."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


def _wide(numbers: Any) -> NDArray[np.int64]:
    return np.asarray(numbers, np.int64)
