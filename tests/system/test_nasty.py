"""Files made to break readers: each ends in passages or in one clear message, in little time and memory."""

from __future__ import annotations

import sys
import time

import pytest

from ingest.errors import UnreadableFile
from ingest.readers import pdf, read
from ingest.structure import structure

SECONDS = 60
MEMORY = 2**30


def outcome(path):
    """The number of passages, or the message, of a file; what is neither is raised."""
    try:
        raw = read(path)
    except UnreadableFile as error:
        return str(error)
    return len(structure("nasty", raw.blocks, title=raw.facts.get("title", "")))


def peak():
    """Bytes of memory of the largest process that this one has waited for, 0 where that is not told."""
    if sys.platform != "linux":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


@pytest.mark.shared
def test_every_nasty_file_ends_in_passages_or_one_message(shared):
    files = sorted((shared / "real" / "nasty").iterdir())
    assert files
    faults, readable = [], 0
    pdf.stop_workers()
    for path in files:
        start = time.monotonic()
        found = outcome(path)
        if time.monotonic() - start > SECONDS:
            faults.append(f"{path.name} takes too long")
        if isinstance(found, int):
            readable += 1
        if found == 0:
            faults.append(f"{path.name} gives neither passages nor a message")
        if isinstance(found, str) and (not found.startswith(f"{path.name}: ") or "\n" in found or "Error" in found):
            faults.append(f"{path.name} has no clear message: {found}")
    pdf.stop_workers()  # only ended processes are counted below
    assert not faults
    assert peak() < MEMORY
    assert readable > len(files) / 2, "most of these files are odd, yet readable"
