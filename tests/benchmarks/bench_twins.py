"""How far the PDF and the DOCX of one document are read alike.

    python tests/benchmarks/bench_twins.py [FOLDER] [--misses N] [--only NAME]

FOLDER (default: `real/un` in the folder of real documents) holds pairs `X.pdf` and `X.docx` of the same text. Both are
read and structured; two passages agree if their label and their letters and digits are equal. Prints per pair the
share that agrees (2 * agreeing / all passages of both) and, for the PDF, the share of its numbered paragraphs `para n`
that stand in order without gaps; then the medians.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus.model import BODY_KINDS, Passage
from ingest.readers import read
from ingest.structure import structure

#: The real documents beside the repository.
TWINS = Path(__file__).parents[3] / "shared" / "real" / "un"

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Twin:
    """One pair compared: the share of passages that agree, the share of paragraph numbers found, and the misses."""

    name: str
    agreement: float
    numbered: float
    passages: tuple[int, int]
    misses: tuple[tuple[str, Key], ...]
    gaps: tuple[int, ...]


def plain(text: str) -> str:
    """Letters and digits only, case-folded."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def passages_of(path: Path) -> list[Passage]:
    """The citable passages of a file, as ingest makes them."""
    raw = read(path)
    found = structure("twin", raw.blocks, title=raw.facts.get("title", ""))
    return [passage for passage in found if passage.kind in BODY_KINDS]


def keys(passages: Sequence[Passage]) -> list[Key]:
    """What must agree of each passage: label and text."""
    return [(passage.label or "", plain(passage.text)) for passage in passages]


def numbered(passages: Sequence[Passage], known: Sequence[int]) -> tuple[float, tuple[int, ...]]:
    """The share of the numbers of `known` that label passages in this order, and those that do not."""
    labels = [match[1] for passage in passages if (match := re.fullmatch(r"para (\d+)", passage.label or ""))]
    found = list(map(int, labels))
    blocks = SequenceMatcher(None, known, found, autojunk=False).get_matching_blocks()
    held = {index for block in blocks for index in range(block.a, block.a + block.size)}
    missing = tuple(number for index, number in enumerate(known) if index not in held)
    return (len(known) - len(missing)) / len(known) if known else 1.0, missing


def whole(passages: Sequence[Passage]) -> list[int]:
    """The paragraph numbers that a document must have: 1 to the last, as its numbered paragraphs run through."""
    found = [int(match[1]) for passage in passages if (match := re.fullmatch(r"para (\d+)", passage.label or ""))]
    return list(range(1, max(found, default=0) + 1))


def compare(pdf: Path, docx: Path) -> Twin:
    """Read both files of a pair and compare their passages."""
    left, right = passages_of(pdf), passages_of(docx)
    counts = Counter(keys(left)), Counter(keys(right))
    both = sum((counts[0] & counts[1]).values())
    misses = [("pdf", key) for key in keys(left) if key not in counts[1]]
    misses += [("docx", key) for key in keys(right) if key not in counts[0]]
    share, gaps = numbered(left, whole(right))
    total = len(left) + len(right)
    return Twin(pdf.stem, 2 * both / total if total else 1.0, share, (len(left), len(right)), tuple(misses), gaps)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=TWINS)
    parser.add_argument("--misses", type=int, default=0, help="how many passages without a twin to print per pair")
    parser.add_argument("--only", default="", help="only pairs whose name holds this")
    asked = parser.parse_args()
    twins = []
    for pdf in sorted(asked.folder.glob("*.pdf")):
        docx = pdf.with_suffix(".docx")
        if not docx.exists() or asked.only not in pdf.stem:
            continue
        twin = compare(pdf, docx)
        twins.append(twin)
        counts = f"{twin.passages[0]}/{twin.passages[1]} passages"
        gaps = f" missing {', '.join(map(str, twin.gaps[:10]))}" if twin.gaps else ""
        sys.stdout.write(f"{twin.name:28s} agree {twin.agreement:.3f}  numbered {twin.numbered:.3f}  {counts}{gaps}\n")
        for side, (label, text) in twin.misses[: asked.misses]:
            sys.stdout.write(f"    {side:4s} {label:14s} {text[:60]} ... {text[-40:]} ({len(text)})\n")
    if twins:
        agreement = statistics.median(twin.agreement for twin in twins)
        sys.stdout.write(f"median agreement {agreement:.3f} (bar 0.93)\n")
        share = statistics.mean(twin.numbered for twin in twins)
        sys.stdout.write(f"numbered paragraphs {share:.3f} (bar 0.99)\n")


if __name__ == "__main__":
    main()
