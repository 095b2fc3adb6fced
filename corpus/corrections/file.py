"""The file of corrections: read, checked, and written to.

Four kinds of tables, applied from the top of the file to its end, a later one over an earlier:

    [[add]]
    passage = "un-report/para-10"
    text = "the Hague body"
    type = "organisation"
    value = "International Court of Justice"

    [[remove]]
    value = "Nobody's Club"            # everywhere; with document = "..." or passage = "..." only there

    [[rename]]
    type = "organisation"
    from = "Union of Keepers"
    to = "International Union of Keepers"

    [[merge]]
    type = "instrument"
    values = ["Hill Treaty", "Hills Treaty"]
    into = "Treaty on Hills"
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.corrections.rules import KINDS, Add, Fault, Rename, Rule, read
from corpus.errors import CorrectionsError

FILE_NAME = "corrections.toml"
#: The head of a rule's table, as people write it on a line of its own.
_HEAD = re.compile(rf"^[ \t]*\[\[[ \t]*(?P<kind>{'|'.join(KINDS)})[ \t]*\]\]", re.MULTILINE)


@dataclass(frozen=True)
class Corrections:
    """The rules of a file, first to last."""

    rules: tuple[Rule, ...] = ()

    @property
    def documents(self) -> frozenset[str]:
        """Ids of the documents that rules name, whether the library holds them or not."""
        return frozenset(rule.document for rule in self.rules if rule.document)

    @property
    def values(self) -> frozenset[str]:
        """Values that rules look for in all documents."""
        everywhere = (rule for rule in self.rules if not rule.document)
        return frozenset(value for rule in everywhere for value in _sought(rule))

    def place(self, number: int) -> str:
        """Where rule `number` (from 0) stands, for a message."""
        line = self.rules[number].line
        return f"{FILE_NAME}, line {line}" if line else f"{FILE_NAME}, rule {number + 1}"


def load(folder: Path) -> Corrections:
    """The corrections of a library, none without a file; raises `CorrectionsError` with the place."""
    file = folder / FILE_NAME
    try:
        return parse(file.read_text(encoding="utf-8-sig"), str(file))
    except FileNotFoundError:
        return Corrections()
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror or "unreadable"
        raise CorrectionsError(f"{file}: cannot be read ({reason})") from error


def parse(text: str, name: str = FILE_NAME) -> Corrections:
    """The rules that the text of a file gives; raises `CorrectionsError` naming the file `name` and the line."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CorrectionsError(f"{name}: {error}") from error
    for kind, rows in tables.items():
        if kind not in KINDS:
            raise CorrectionsError(f"{name}: {kind!r} is no correction; begin one with {', '.join(_heads())}")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise CorrectionsError(f"{name}: {kind!r} stands alone; begin a correction with [[{kind}]]")
    return Corrections(tuple(_rule(name, *found) for found in _in_order(tables, text)))


def append(folder: Path, rules: Sequence[Rule], comment: str = "") -> None:
    """Write rules behind those of the library's file, which appears whole or not at all; raises `CorrectionsError`."""
    load(folder)  # nothing is put behind what cannot be read
    file, part = folder / FILE_NAME, folder / f".{FILE_NAME}.part"
    before = file.read_text(encoding="utf-8-sig").rstrip("\n") + "\n\n" if file.exists() else ""
    lead = f"# {' '.join(comment.split())}\n" if comment else ""
    part.write_text(before + lead + written(rules), encoding="utf-8", newline="\n")
    part.replace(file)


def written(rules: Iterable[Rule]) -> str:
    """The rules as text of such a file."""
    return "\n".join(f"[[{kind}]]\n" + "".join(_lines(facts)) for kind, facts in map(_facts, rules))


def _heads() -> list[str]:
    return [f"[[{kind}]]" for kind in KINDS]


def _in_order(tables: Mapping[str, Any], text: str) -> Iterator[tuple[str, Mapping[str, Any], int]]:
    """Each table with its kind and line, in the order of the file.

    TOML keeps the order within a kind only, so that the heads are looked up in the text. Where they do not agree with
    the tables (rules written as inline tables, a head inside a long text) the kinds come one after the other.
    """
    heads = [(match["kind"], text.count("\n", 0, match.start("kind")) + 1) for match in _HEAD.finditer(text)]
    rows = {kind: list(tables.get(kind, ())) for kind in KINDS}
    if any(len(rows[kind]) != sum(head == kind for head, _ in heads) for kind in KINDS):
        yield from ((kind, row, 0) for kind in ("rename", "merge", "remove", "add") for row in rows[kind])
        return
    for kind, line in heads:
        yield kind, rows[kind].pop(0), line


def _rule(name: str, kind: str, facts: Mapping[str, Any], line: int) -> Rule:
    try:
        return read(kind, facts, line)
    except Fault as fault:
        place = f", line {line}" if line else ""
        raise CorrectionsError(f"{name}{place}: [[{kind}]] {fault}") from fault


def _sought(rule: Rule) -> tuple[str, ...]:
    return rule.values if isinstance(rule, Rename) else (rule.value,)


def _facts(rule: Rule) -> tuple[str, dict[str, Any]]:
    if isinstance(rule, Rename):
        if len(rule.values) == 1:
            return "rename", {"type": rule.type, "from": rule.values[0], "to": rule.into}
        return "merge", {"type": rule.type, "values": list(rule.values), "into": rule.into}
    place = {"passage": rule.passage, "text": rule.text, "occurrence": rule.occurrence}
    what = {"type": rule.type, "value": rule.value, "articles": rule.articles}
    if isinstance(rule, Add):
        counted = rule.occurrence if rule.occurrence > 1 else 0
        return "add", {**place, "occurrence": counted, **what, "subtype": rule.subtype}
    return "remove", {"document": rule.inside, **place, **what}


def _lines(facts: Mapping[str, Any]) -> Iterator[str]:
    for key, value in facts.items():
        if isinstance(value, list):
            yield f"{key} = [{', '.join(map(_quoted, value))}]\n"
        elif isinstance(value, int):
            yield f"{key} = {value}\n" if value else ""
        elif value:
            yield f"{key} = {_quoted(value)}\n"


def _quoted(text: str) -> str:
    """A basic string of TOML: written as in JSON, but for the control character that TOML escapes too."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")
