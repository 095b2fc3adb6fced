"""Prints what a tree's annotators find in files: `python annotations_dump.py FOLDER < names`, run by annotations_diff.

The packages are those on PYTHONPATH, so that the same script asks an older tree too. Of the tree it needs only
`ingest.sources.find` and `assign_ids`, `ingest.pipeline.Task` and `prepare`. One JSON line a document.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from ingest.pipeline import Task, prepare
from ingest.sources import assign_ids, find


def dump(folder: Path, names: set[str]) -> None:
    """Write a line for each file of the folder among the names (paths below it)."""
    found, _ = find([folder])
    for source, identifier in zip(found, assign_ids(found, {}), strict=True):
        if source.name in names:
            sys.stdout.write(json.dumps(_told(Task(source, identifier))) + "\n")


def _told(task: Task) -> dict[str, Any]:
    prepared = prepare(task)
    structure = hashlib.sha256()
    annotations = []
    for passage in prepared.passages:
        structure.update(f"{passage.id}\0{passage.text}\0".encode())
        for ann in passage.annotations:
            words = passage.text[ann.start : ann.end]
            place = passage.id.partition("/")[2]
            annotations.append([str(ann.type), ann.value, ann.articles, ann.subtype, words, place])
    return {
        "name": task.source.name,
        "document": task.document_id,
        "structure": structure.hexdigest(),
        "reason": prepared.reason,
        "annotations": annotations,
    }


if __name__ == "__main__":
    dump(Path(sys.argv[1]), set(json.load(sys.stdin)))
