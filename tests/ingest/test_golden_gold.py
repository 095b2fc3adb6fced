"""Invented documents of the field's genres, annotated line by line by hand, and read as a careful reader reads them.

Beside each text stands `<text>.gold.jsonl`, one object per non-blank line: `kind`, `boundary` (`split`, `join` with
`continues`, `either`), `section` (headings in force), `label`, `notes_called`. Every line must come out right, but for
the lines that `known.toml` names with a reason; a line there that comes out right fails, so that the list stays true.
"""

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from corpus.model import Passage
from ingest.readers.text import parse
from ingest.structure import structure

FOLDER = Path(__file__).parent / "golden_gold"
NAMES = sorted(path.name.removesuffix(".gold.jsonl") for path in FOLDER.glob("*.gold.jsonl"))
BODY = {"paragraph", "list_item", "quote", "footnote", "reference", "table"}
#: Kinds that readers tell apart in different ways: either passes for a paragraph.
LIKE_PARAGRAPH = {"paragraph", "list_item", "quote", "table"}

#: document -> check -> the lines that are known to come out wrong, and why they are left so.
KNOWN = tomllib.loads((FOLDER / "known.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Line:
    """One annotated line; `text` is the line as printed."""

    number: int
    text: str
    kind: str
    boundary: str
    continues: int | None = None
    section: tuple[str, ...] = ()
    label: str | None = None
    notes: frozenset[int] = field(default_factory=frozenset)

    @property
    def flow(self) -> str:
        return "note" if self.kind == "footnote" else "body"


def letters(text: str) -> str:
    """Letters and digits alone, without the marks of notes: what line breaks and markup cannot change."""
    text = re.sub(r"<sup>.*?</sup>|\[\^?\d+\]:?|[⁰¹²³⁴⁵⁶⁷⁸⁹]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


@cache
def gold_of(name: str) -> tuple[Line, ...]:
    printed = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    rows = map(json.loads, (FOLDER / f"{name}.gold.jsonl").read_text(encoding="utf-8").splitlines())
    return tuple(
        Line(
            row["line"],
            printed[row["line"] - 1],
            row["kind"],
            row["boundary"],
            row.get("continues"),
            tuple(row["section"]),
            row["label"],
            frozenset(row["notes_called"]),
        )
        for row in rows
    )


@cache
def passages_of(name: str) -> tuple[Passage, ...]:
    return structure("d", tuple(parse((FOLDER / name).read_text(encoding="utf-8"))))


@cache
def places_of(name: str) -> dict[int, int]:
    """Line number -> index of the passage that holds the line: the nearest one from where the flow stands."""
    passages = passages_of(name)
    texts = [letters(passage.text) for passage in passages]
    found: dict[int, int] = {}
    stand = {"body": 0, "note": 0}
    for line in gold_of(name):
        forms = {_wanted(line), letters(line.text)} - {""}
        holding = [i for i, text in enumerate(texts) if any(form in text for form in forms)]
        if not _wanted(line):  # the bare number of a note, its body on the next line
            holding = [i for i, passage in enumerate(passages) if passage.label == line.label]
        if line.kind in BODY and holding:
            here = stand[line.flow]
            found[line.number] = min(holding, key=lambda i, here=here: (i < here, abs(i - here)))
            stand[line.flow] = found[line.number]
    return found


def _wanted(line: Line) -> str:
    """What of the line stands in its passage: bare numbers of notes do not."""
    text = line.text.strip()
    if line.kind == "footnote" and line.boundary != "join":
        text = re.sub(r"^(?:\(?\d+[.)]?(?:\s|$)|<sup>\d+</sup>)", "", text)
    for number in line.notes:
        text = re.sub(rf"(?:(?<=[.,;:?)”])\s?|(?<=[a-z])){number}(?=\s|$)|\s\({number}\)", "", text)
    return letters(text)


def wrong(name: str) -> Iterator[tuple[str, int, str]]:
    """Every mistake as (check, line, what came out)."""
    gold, passages, places = gold_of(name), passages_of(name), places_of(name)
    last: dict[str, Line] = {}
    for line in gold:
        if line.kind in BODY:
            if line.number not in places:
                yield "kept", line.number, "is in no passage"
            else:
                yield from _wrong_line(line, last.get(line.flow), passages, places)
            last[line.flow] = line
    yield from _wrong_notes(gold, passages, places)
    yield from _leaks(gold, passages)


def _wrong_line(
    line: Line, before: Line | None, passages: Sequence[Passage], places: dict[int, int]
) -> Iterator[tuple[str, int, str]]:
    place = places[line.number]
    passage = passages[place]
    if line.boundary == "join" and line.continues is not None and places.get(line.continues) != place:
        yield "join", line.number, f"apart from line {line.continues}"
    if line.boundary == "split" and before and places.get(before.number) == place:
        yield "split", line.number, f"joined to line {before.number}"
    if passage.kind != line.kind and not {passage.kind, line.kind} <= LIKE_PARAGRAPH:
        yield "kind", line.number, f"{passage.kind}, not {line.kind}"
    if line.label and not _same_label(line, passage.label):
        yield "label", line.number, f"{passage.label}, not {line.label}"
    got = letters(passage.section[-1]) if passage.section else ""
    want = letters(line.section[-1]) if line.section else ""
    if line.kind != "footnote" and not (got == want or (got and want and (got in want or want in got))):
        yield "section", line.number, f"{passage.section[-1:]}, not {line.section[-1:]}"


def _same_label(line: Line, got: str | None) -> bool:
    """Whether a label is right; a sub-item may stay in its paragraph and carry the paragraph's."""
    coarser = line.boundary == "either" and got is not None and line.label.startswith(f"{got}(")
    return got == line.label or coarser


def _wrong_notes(
    gold: Sequence[Line], passages: Sequence[Passage], places: dict[int, int]
) -> Iterator[tuple[str, int, str]]:
    held: dict[int, list[Line]] = {}
    for line in gold:
        if line.number in places:
            held.setdefault(places[line.number], []).append(line)
    for place, lines in held.items():
        want = frozenset[int]().union(*(line.notes for line in lines))
        if want != frozenset(passages[place].notes):
            yield "notes", lines[0].number, f"{sorted(passages[place].notes)}, not {sorted(want)}"


def _leaks(gold: Sequence[Line], passages: Sequence[Passage]) -> Iterator[tuple[str, int, str]]:
    """Headings and page furniture that stand in body text (furniture also where it is a passage of its own)."""
    body = [letters(passage.text) for passage in passages if passage.kind in BODY]
    for line in gold:
        text = letters(line.text)
        if line.kind == "heading" and text in body:
            yield "heading", line.number, "is a passage"
        if line.kind == "furniture" and (text in body or (len(text) >= 8 and any(text in other for other in body))):
            yield "furniture", line.number, "is in a passage"


def _known(name: str) -> set[tuple[str, int]]:
    return {(check, line) for check, entry in KNOWN.get(name, {}).items() for line in entry["lines"]}


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_read_as_its_annotation_says(name):
    known = _known(name)
    unknown = [f"line {line}, {check}: {what}" for check, line, what in wrong(name) if (check, line) not in known]
    assert not unknown, "\n" + "\n".join(unknown)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_what_is_known_to_be_wrong_still_is(name):
    assert _known(name) <= {(check, line) for check, line, _ in wrong(name)}


@pytest.mark.parametrize("name", NAMES)
def test_annotation_covers_every_line_and_continues_earlier_ones(name):
    lines = gold_of(name)
    printed = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    assert [line.number for line in lines] == [n for n, text in enumerate(printed, 1) if text.strip()]
    seen = {line.number: line for line in lines}
    for line in lines:
        assert (line.boundary == "join") == (line.continues is not None)
        assert line.continues is None or seen[line.continues].flow == line.flow
        assert line.continues is None or line.continues < line.number
