"""What an export takes as it grows: seconds, size, and the peak of its memory, format by format.

    python tests/benchmarks/bench_exports.py [--passages 100000] [FORMAT...]

Passages are made up as they are written, so that nothing but the export holds them; each export has a process of its
own, whose peak of resident memory is printed beside that of one of a hundredth of the passages.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus.export import FORMATS, Provenance, export
from corpus.model import Annotation, AnnotationType, Document, DocumentKind, Found, Passage, PassageKind

#: Passages of a document, and words of a passage: those of the real documents in the middle.
_EACH, _WORDS = 50, 80


def pairs(count: int) -> Iterator[tuple[Document, Passage]]:
    """Passages of many documents, each with a tag."""
    for number in range(count):
        name = f"document-{number // _EACH}"
        document = Document(name, f"A Talk, Number {name}", DocumentKind.SPEECH, ("Ada Verso",), "2018")
        text = " ".join((f"{number}", *("lamps" for _ in range(_WORDS))))
        tags = (Annotation(0, 1, AnnotationType.ORGANISATION, "INTERPOL", Found.PATTERN),)
        paragraph = f"{name}/para-{number + 1}"
        yield document, Passage(paragraph, name, number, PassageKind.PARAGRAPH, text, annotations=tags)


def one(form: str, count: int) -> None:
    """Export, and print the peak in megabytes, the seconds, and the megabytes of the file."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as stream:
        about = Provenance(count, count, "2026-11-22", "lamps")
        export(form, pairs(count), stream, base_url="https://pincite.example", provenance=about)
        size = stream.seek(0, 2) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{peak:.0f} {time.perf_counter() - start:.1f} {size:.1f}\n")


def main() -> None:
    """Measure every format that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", metavar="FORMAT", default=[*FORMATS])
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--here", action="store_true", help="one format, in this process")
    chosen = parser.parse_args()
    if chosen.here:
        one(chosen.formats[0], chosen.passages)
        return
    for form in chosen.formats:
        small, large = (_measured(form, count) for count in (chosen.passages // 100, chosen.passages))
        told = f"{large[0]:>5} MB, {small[0]} MB for a hundredth; {large[1]:>6} s, {large[2]:>6} MB"
        sys.stdout.write(f"{form:15} {told}\n")


def _measured(form: str, count: int) -> list[str]:
    command = [sys.executable, __file__, form, "--here", "--passages", str(count)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


if __name__ == "__main__":
    main()
