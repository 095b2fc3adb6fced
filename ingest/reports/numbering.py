"""What the numbers of paragraphs, articles and notes tell: numbers left out, numbers that come twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from corpus.model import Passage
from corpus.report import Finding, Severity

#: A jump by more is a new count (`para 3`, `para 101`) and no gap.
LARGEST_GAP = 50
#: A text whose numbers begin later is an extract (a chapter of a book, a part of a law), which is no fault.
LATEST_START = 5
#: More findings of one sort are told in one sentence.
LISTED = 8
#: Units whose numbers run on; a section of a law may be cited without its neighbours.
_RUNNING = frozenset({"para", "art", "fn", "rec", "recital", "rule", "principle", "guideline", "reg", "s"})


def gaps(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Numbers that are left out between two that are there, per unit and annex."""
    found = [finding for run in _runs(passages).values() for finding in _gaps_of(run)]
    yield from listed(found, "more places where the numbering leaves out numbers")


def _gaps_of(run: Sequence[tuple[str, int, Passage]]) -> Iterator[Finding]:
    held = {number for _, number, _ in run}
    stem, first, passage = run[0]
    if 1 < first <= LATEST_START and not stem.startswith("fn "):
        text = f"{_missing(stem, list(range(1, first)))}: the first is {stem}{first}{_close(stem)}."
        yield Finding(Severity.DOUBT, text, passage.id, first_page(passage))
    for (_, before, _), (stem, after, passage) in pairwise(run):
        missing = [number for number in range(before + 1, after) if number not in held]
        if missing and after - before <= LARGEST_GAP:
            close = _close(stem)
            text = f"{_missing(stem, missing)}: after {stem}{before}{close} comes {stem}{after}{close}."
            yield Finding(Severity.DOUBT, text, passage.id, first_page(passage))


def _missing(stem: str, numbers: Sequence[int]) -> str:
    return f"{spelled(stem, numbers)} {'is' if len(numbers) == 1 else 'are'} missing"


def _close(stem: str) -> str:
    return ")" if stem.endswith("(") else ""


def _runs(passages: Sequence[Passage]) -> dict[str, list[tuple[str, int, Passage]]]:
    """Labelled passages in the order of the text, by what their last counted number counts within.

    `art 16(2)` counts as article 16 of the document and as paragraph 2 of that article.
    """
    runs: dict[str, list[tuple[str, int, Passage]]] = defaultdict(list)
    for passage in passages:
        if passage.label is None:
            continue
        above = passage.id.partition("/")[2].rpartition("/")[0]
        for stem, number in _counted(passage.label):
            run = runs[f"{above}|{stem}"]
            if not run or run[-1][1] != number:
                run.append((stem, number, passage))
    return runs


def _counted(label: str) -> Iterator[tuple[str, int]]:
    """(`art `, 16) and (`art 16(`, 2) of `art 16(2)`; (`rec 1.`, 9) of `rec 1.9`; nothing of letters."""
    match = re.fullmatch(
        r"(?P<stem>(?P<unit>[a-z]+(?: [a-z]+)*) (?:\d+\.)*)(?P<number>\d+)(?P<rest>(?:\(\w+\))*)", label
    )
    if not match or match["unit"].split()[-1] not in _RUNNING:
        return
    yield match["stem"], int(match["number"])
    if second := re.match(r"\((\d+)\)", match["rest"]):
        yield f"{match['stem']}{match['number']}(", int(second[1])


def duplicates(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Labels that two passages carry although each prints the number itself."""
    first: dict[str, Passage] = {}
    found = []
    for passage in passages:
        if passage.label is None:
            continue
        address = re.sub(r"~\d+$", "", passage.id)
        before = first.setdefault(address, passage)
        if before is not passage and prints_number(before) and prints_number(passage):
            text = f"{passage.label} is there twice: “{beginning(before.text)}” and “{beginning(passage.text)}”."
            found.append(Finding(Severity.DOUBT, text, passage.id, first_page(passage)))
    yield from listed(found, "more labels that come twice; the numbering probably begins anew in some part")


def prints_number(passage: Passage) -> bool:
    """Whether the passage begins with the last number of its label; a note's number is taken off its text."""
    if passage.label is None or passage.label.startswith("fn "):
        return passage.label is not None
    last = re.findall(r"\w+", passage.label)[-1]
    opening = re.match(r"\W*(?:[A-Za-z]+\W+)?(?:\d+\W*\()?", passage.text)
    rest = passage.text[opening.end() if opening else 0 :]
    return bool(
        re.match(rf"\W*{re.escape(last)}\b", rest) or re.match(rf"\W*(?:\w+\W+)?{re.escape(last)}\b", passage.text)
    )


def listed(found: Sequence[Finding], others: str) -> Iterator[Finding]:
    """Findings one by one while they are few, the rest in one sentence with its first place."""
    yield from found[:LISTED]
    if rest := found[LISTED:]:
        yield Finding(Severity.DOUBT, f"There are {len(rest)} {others}.", rest[0].passage, rest[0].page)


def spelled(stem: str, numbers: Sequence[int]) -> str:
    """`para 14`, `para 14 and 16`, `art 16(2) to (4)`: numbers with runs drawn together."""
    close = _close(stem)
    again = stem.rpartition(" ")[2] if "." in stem else close and "("  # `rec 1.2 to 1.4`, `art 16(2) to (4)`
    runs = [[n for _, n in group] for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
    parts = [f"{run[0]}{close}" + (f" to {again}{run[-1]}{close}" if len(run) > 1 else "") for run in runs]
    return stem + (" and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0])


def beginning(text: str, length: int = 40) -> str:
    """The first words of a text, with dots if it goes on."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def first_page(passage: Passage) -> int | None:
    """The page on which the passage begins."""
    return passage.page[0] if passage.page else None
