"""Agreement of the facts that documents state of themselves with their catalogues, fact by fact.

    python tests/benchmarks/bench_metadata.py [FOLDER...]

Each folder holds documents and a catalogue.toml, which is the truth and is not shown to the program. Without a folder:
the sample collection and, if it is there, the folder `sources` of the real documents. "same" is equal but for case and
punctuation, "near" shares most words, "wrong" says something else, "silent" says nothing.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from corpus import catalogue
from ingest.metadata import facts_of
from ingest.readers import read
from ingest.structure import structure

ROOT = Path(__file__).parents[2]
#: Facts that only a catalogue can decide on.
UNASKED = frozenset({"id", "genre", "date_note"})
#: Share of common words from which two texts are near each other.
NEAR = 0.5
OUTCOMES = ("same", "near", "wrong", "silent")


def main(folders: list[Path]) -> None:
    """Print one line for each fact that differs and a table of all."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for folder in folders:
        for name, wanted in catalogue.load(folder).entries.items():
            for fact, outcome, text in compared(folder / name, wanted):
                table[fact][outcome] += 1
                if text:
                    write(text)
    write(f"{'fact':<14}" + "".join(f"{outcome:>8}" for outcome in OUTCOMES))
    for fact, counts in sorted(table.items()):
        write(f"{fact:<14}" + "".join(f"{counts[outcome]:>8}" for outcome in OUTCOMES))
    total = sum(table.values(), Counter())
    write(f"{'all':<14}" + "".join(f"{total[outcome]:>8}" for outcome in OUTCOMES))


def write(line: str) -> None:
    """One line on the standard output."""
    sys.stdout.write(f"{line}\n")


def compared(file: Path, wanted: dict[str, object]) -> list[tuple[str, str, str]]:
    """(fact, outcome, line to print) of every fact that the catalogue knows of the file."""
    raw = read(file)
    passages = structure("document", raw.blocks, title=raw.facts.get("title", ""))
    found = facts_of(passages, raw, name=file.name)
    out = []
    for fact, value in wanted.items():
        if fact in UNASKED:
            continue
        truth = "; ".join(value) if isinstance(value, list) else str(value)
        stated = found[fact].value if fact in found else ""
        outcome = judged(stated, truth)
        text = "" if outcome == "same" else f"{outcome:<7}{file.name}: {fact}: {stated!r} for {truth!r}"
        out.append((fact, outcome, text))
    return out


def judged(stated: str, truth: str) -> str:
    """How a stated fact compares with the truth, one of `OUTCOMES`."""
    if not stated:
        return "silent"
    ours, theirs = set(words(stated)), set(words(truth))
    if words(stated) == words(truth):
        return "same"
    return "near" if len(ours & theirs) >= NEAR * min(len(ours), len(theirs)) else "wrong"


def words(text: str) -> list[str]:
    """The words of a text without case and punctuation."""
    return re.findall(r"\w+", text.casefold())


if __name__ == "__main__":
    shared = Path(os.environ.get("PINCITE_SHARED") or ROOT.parent / "shared") / "sources"
    main([*map(Path, sys.argv[1:])] or [ROOT / "corpus" / "sample", *([shared] if shared.is_dir() else [])])
