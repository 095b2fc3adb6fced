"""A killed ingest, run again, ends where an undisturbed one ends: byte-identical exports."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.store import FILE_NAME, Store

#: Enough documents that a kill in the middle finds some done and some not.
COPIES = 12


@pytest.fixture
def texts(tmp_path, sample_folder):
    """Many documents made of the sample's own texts."""
    folder = tmp_path / "texts"
    folder.mkdir()
    originals = sorted(
        path for path in sample_folder.iterdir() if path.suffix in {".txt", ".md"} and path.stem != "README"
    )
    for number in range(COPIES):
        original = originals[number % len(originals)]
        (folder / f"{number:02d}-{original.name}").write_bytes(original.read_bytes())
    return folder


def pincite(*arguments, library: Path, **options):
    command = [sys.executable, "-m", "webapp.cli", *map(str, arguments), "--library", str(library)]
    return subprocess.run(command, capture_output=True, check=True, timeout=300, **options).stdout


def exported(library: Path) -> bytes:
    return pincite("export", "--all", "--format", "jsonl", library=library)


def stored(library: Path) -> int:
    if not (library / FILE_NAME).exists():
        return 0
    store = Store.open(library)
    try:
        return store.counts()["documents"]
    finally:
        store.close()


def kill_in_the_middle(texts: Path, library: Path) -> int:
    """Start an ingest, kill it outright when some documents are stored; returns how many were."""
    command = [sys.executable, "-m", "webapp.cli", "ingest", str(texts), "--jobs", "2", "--library", str(library)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 120
        while stored(library) < 2 and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    return stored(library)


#: Rules for many documents, for one that comes in early and for one that comes in late.
CORRECTIONS = """
[[rename]]
type = "organisation"
from = "Council of Europe"
to = "The Council of Europe at Strasbourg"

[[remove]]
document = "{first}"
value = "The Council of Europe at Strasbourg"

[[remove]]
document = "{last}"
value = "United Nations"
"""


def correct(texts: Path, library: Path) -> None:
    names = sorted(path.stem for path in texts.iterdir())
    library.mkdir(exist_ok=True)
    text = CORRECTIONS.format(first=names[0], last=names[-1])
    (library / "corrections.toml").write_text(text, encoding="utf-8")


def test_a_killed_run_resumes_to_the_same_end(texts, tmp_path):
    pincite("ingest", texts, library=tmp_path / "undisturbed")
    plain = exported(tmp_path / "undisturbed")
    pincite("ingest", texts, "--jobs", "1", library=tmp_path / "again")
    assert exported(tmp_path / "again") == plain

    done = kill_in_the_middle(texts, tmp_path / "killed")
    assert 0 < done < COPIES, "the kill came too early or too late to prove anything"
    # corrected after everything was in, and in the middle: the same end
    for library in ("undisturbed", "killed"):
        correct(texts, tmp_path / library)
        pincite("ingest", texts, library=tmp_path / library)
    corrected = exported(tmp_path / "undisturbed")
    assert exported(tmp_path / "killed") == corrected != plain
    assert b"ok    index in step with the store" in pincite("doctor", library=tmp_path / "killed")

    # and without them again, as if they had never been
    (tmp_path / "killed" / "corrections.toml").unlink()
    pincite("ingest", texts, library=tmp_path / "killed")
    assert exported(tmp_path / "killed") == plain
