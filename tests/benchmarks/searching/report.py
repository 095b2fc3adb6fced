"""The measurements kept between runs, and the tables made of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.searching.measure import Measured, Timing

#: What the project promises: the slower one's milliseconds by the other's.
RATIOS = (("whoosh-plain", "whoosh"), ("tantivy", "tantivy-plain"), ("fts5", "tantivy"))
OURS = ("whoosh", "tantivy")
#: Numbers of a run by size, question and peer: (passages that answer, milliseconds at first, milliseconds warm).
Kept = dict[str, dict[str, dict[str, tuple[int, float, float]]]]


def table(measured: Sequence[Measured], peers: Sequence[str]) -> str:
    """Milliseconds warm (and at first) by question and peer, with the ratios that the peers allow."""
    ratios = [pair for pair in RATIOS if set(pair) <= set(peers)]
    head = ["question", "hits", *peers, *(f"{left} / {right}" for left, right in ratios)]
    rows = [
        [
            each.question,
            f"{each.total:,}",
            *(_cell(each.timings[name]) for name in peers),
            *(f"{each.timings[left].warm / each.timings[right].warm:.1f}" for left, right in ratios),
        ]
        for each in measured
    ]
    return markdown(head, rows)


def growth(kept: Kept) -> str:
    """Warm milliseconds of our engines by question and size, with microseconds per hit."""
    sizes = sorted(kept, key=int)
    questions = list(dict.fromkeys(question for size in sizes for question in kept[size]))
    head = ["question", "peer", *(f"{int(size):,}" for size in sizes)]
    rows = [
        [question, peer, *(_per_hit(kept[size].get(question, {}).get(peer)) for size in sizes)]
        for question in questions
        for peer in OURS
        if any(peer in kept[size].get(question, {}) for size in sizes)
    ]
    return markdown(head, rows)


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, its first column to the left and the others to the right."""
    marks = [":--", *["--:"] * (len(head) - 1)]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, marks, *rows))


def keep(file: Path, size: int, measured: Iterable[Measured]) -> Kept:
    """Adds the measurements of one size to the file, in place of the same peers' older ones, and gives all of them."""
    kept: Kept = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    for each in measured:
        numbers = {name: (each.total, timing.first, timing.warm) for name, timing in each.timings.items()}
        kept.setdefault(str(size), {}).setdefault(each.question, {}).update(numbers)
    file.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    return kept


def put(file: Path, heading: str, body: str) -> None:
    """Writes a section `## heading` into a Markdown file, in place of the one of that heading or at its end."""
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    section = f"## {heading}\n\n{body.strip()}\n\n"
    old = re.compile(rf"^## {re.escape(heading)}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
    changed, found = old.subn(lambda _: section, text)
    file.write_text((changed if found else f"{text.rstrip()}\n\n{section}").strip() + "\n", encoding="utf-8")


def stamped(command: str, body: str) -> str:
    """A section's body with the day and the command above it."""
    return f"{datetime.now(UTC):%Y-%m-%d}, `python -m tests.benchmarks.{command}`\n\n{body}"


def _cell(timing: Timing) -> str:
    return f"{_number(timing.warm)} ({_number(timing.first)})"


def _per_hit(numbers: Sequence[float] | None) -> str:
    if numbers is None:
        return ""
    total, _, warm = numbers
    each = f"{_number(warm * 1_000 / total)} µs" if total else "no hits"
    return f"{_number(warm)} ms, {each}"


def _number(value: float) -> str:
    """Three digits or all before the point."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
