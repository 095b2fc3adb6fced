"""The evaluation of symbols: what we read in official resolutions against what their editors linked by hand.

A row of the gold is a paragraph with the symbol of its document and the links in it, each with its target. Targets are
compared without blanks, case and the letter of a part, since editors leave `A` of `73/102 A` outside the link as often
as not. Symbols of series that no link of the gold points into (those of other organisations) are not counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import PinciteError
from corpus.model import Document, InstrumentType
from ingest.annotate.instruments import named_instruments, organ_of

#: The gold below `shared`/gold; its stem is the table of floors.
GOLD = "un_links.jsonl"
#: Types whose ids are symbols.
_SYMBOLS = frozenset({InstrumentType.RESOLUTION, InstrumentType.DOCUMENT})
# The letter of a part of a resolution, before its session or at the end: `73/279A`, `2106A(XX)`, `57/130A-B`.
_PART = re.compile(r"(?<=\d)[A-Z](?:-[A-Z])?(?=\(|$)")
#: What the editors' link base adds to the symbols of supplements of the official records.
_SUPPLEMENT = "(SUPP)"


@dataclass(frozen=True, slots=True)
class LinkFigures:
    """Decisions on the targets of all paragraphs: `right`, `spurious` (ours alone), `missed` (the editors' alone)."""

    right: int
    spurious: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        """The share of our symbols that the editors linked, 1 without any."""
        found = self.right + len(self.spurious)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of the editors' targets that we read, 1 without any."""
        wanted = self.right + len(self.missed)
        return self.right / wanted if wanted else 1.0


def score_links(gold: Path) -> LinkFigures:
    """Precision and recall on one gold file; raises `PinciteError` naming the line that cannot be read."""
    rows = list(_read(gold))
    wanted = [_targets(row) for row in rows]
    series = {_series(target) for targets in wanted for target in targets}
    right, spurious, missed = 0, [], []
    for row, targets in zip(rows, wanted, strict=True):
        found = {symbol for symbol in _found(row) if _series(symbol) in series}
        right += len(found & targets)
        spurious += sorted(found - targets)
        missed += sorted(targets - found)
    return LinkFigures(right, tuple(spurious), tuple(missed))


def normalised(target: str) -> str:
    """A symbol without what editors write now and now not: `a/res/73/279 A` gives `A/RES/73/279`."""
    compact = re.sub(r"\s", "", target).upper().strip("/").removesuffix(_SUPPLEMENT)
    return _PART.sub("", compact) if "/RES/" in compact else compact


def _read(gold: Path) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(gold.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            yield {"symbol": row["symbol"], "text": row["text"], "links": row["links"]}
        except (ValueError, KeyError, TypeError) as error:
            raise PinciteError(f"{gold}, line {number}: no paragraph with symbol, text and links ({error})") from error


def _targets(row: Mapping[str, Any]) -> set[str]:
    """The symbols linked in a paragraph; links to web pages have no target."""
    return {normalised(link["target"]) for link in row["links"] if link["target"]}


def _found(row: Mapping[str, Any]) -> Iterable[str]:
    organ = organ_of(Document(id="paragraph", title="", symbol=row["symbol"]))
    for annotation in named_instruments(row["text"], organ=organ):
        if annotation.subtype in _SYMBOLS and "/" in annotation.value:
            yield normalised(annotation.value)


def _series(symbol: str) -> str:
    return symbol.partition("/")[0]
