"""Builds the PDF and Word documents of the sample collection: `python scripts/make_sample.py`.

The other documents of `corpus/sample/` are written by hand as they stand. Building again changes no byte unless a
text in `scripts/sample_sources/` or the version of a library has changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sample_markup import read_source
from sample_pdf import write_pdf
from sample_word import write_docx

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sample_sources"
SAMPLE = HERE.parent / "corpus" / "sample"

#: Which source becomes which file.
BUILT = {
    "speech-refugees.txt": "speech-refugees.docx",
    "report-electronic-evidence.txt": "report-electronic-evidence.pdf",
    "report-trafficking-at-sea.txt": "report-trafficking-at-sea.docx",
    "article-data-protection-treaties.txt": "article-data-protection-treaties.pdf",
}


def build(folder: Path) -> list[Path]:
    """Write all built documents into `folder` and return their paths."""
    made = []
    for source, target in BUILT.items():
        writer = write_pdf if target.endswith(".pdf") else write_docx
        writer(read_source(SOURCES / source), folder / target)
        made.append(folder / target)
    return made


if __name__ == "__main__":
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE):
        sys.stdout.write(f"{path.name}\n")
