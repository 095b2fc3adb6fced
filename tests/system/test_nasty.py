"""Files made to break readers: each ends in passages or in one clear message, in little time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

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


def survey(folder):
    """What reading every file of the folder comes to."""
    faults, readable = [], 0
    for path in sorted(folder.iterdir()):
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
    pdf.stop_workers()  # only ended processes are counted in the peak
    return {"faults": faults, "readable": readable, "peak": peak()}


@pytest.mark.shared
def test_every_nasty_file_ends_in_passages_or_one_message(shared):
    folder = (shared / "real" / "nasty").resolve()
    # A process of its own: a child counts the memory of the process that it was copied from as its own peak, and this
    # one may have grown large in other tests.
    command = [sys.executable, "-m", "tests.system.test_nasty", str(folder)]
    told = subprocess.run(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, check=True).stdout
    found = json.loads(told)
    assert found["faults"] == []
    assert found["peak"] < MEMORY
    assert found["readable"] > len(list(folder.iterdir())) / 2, "most of these files are odd, yet readable"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(survey(Path(sys.argv[1]))))
