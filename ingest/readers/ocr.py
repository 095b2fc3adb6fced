"""Recognises the text of scanned PDFs with `ocrmypdf`, where that program is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import UnreadableFile

PROGRAM = "ocrmypdf"
#: Recognition takes a few seconds a page; a book of 500 pages ends within this time.
SECONDS = 3600.0
#: A plain PDF is enough: it is read once and thrown away.
OPTIONS = ("--rotate-pages", "--output-type", "pdf", "--optimize", "0", "--quiet")
#: What to tell a reader whose file holds only pictures.
ADVICE = f"install {PROGRAM} (https://ocrmypdf.readthedocs.io) and ingest it with --ocr"


class NeedsRecognition(UnreadableFile):
    """A PDF whose letters cannot be read as they are: on these `pages`, on all without any."""

    def __init__(self, name: str, reason: str, pages: Sequence[int] = ()) -> None:
        super().__init__(name, f"{reason}; {ADVICE}")
        self.plain_reason, self.pages = reason, tuple(pages)


@contextmanager
def recognised(path: Path, error: NeedsRecognition) -> Iterator[Path]:
    """A temporary copy of the PDF with a text layer; raises `UnreadableFile` if the program is missing or fails."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise UnreadableFile(error.name, f"{error.plain_reason}; {PROGRAM} is not installed: {ADVICE}") from error
    with tempfile.TemporaryDirectory(prefix="pincite-") as folder:
        copy = Path(folder) / "recognised.pdf"
        # pages with a stamp or a number have text already: naming pages is surer than skipping those that have any
        pages = ["--pages", ",".join(map(str, error.pages))] if error.pages else []
        _run([program, "--force-ocr", *pages, *OPTIONS, str(path.resolve()), str(copy)], error)
        if not copy.is_file():
            raise UnreadableFile(error.name, f"{error.plain_reason}; {PROGRAM} wrote nothing") from error
        yield copy


def _run(command: list[str], error: NeedsRecognition) -> None:
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  found on PATH, no shell
    except subprocess.TimeoutExpired as late:
        raise UnreadableFile(error.name, f"{PROGRAM} takes too long on it") from late
    except OSError as broken:
        raise UnreadableFile(error.name, f"{PROGRAM} cannot be started ({broken.strerror})") from broken
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = f": {said[-1].strip()}" if said else ""
        raise UnreadableFile(error.name, f"{PROGRAM} failed on it{reason}") from error
