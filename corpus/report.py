"""What the reading of a document gave and what is doubtful about it: the extraction report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.model import BODY_KINDS


class Severity(StrEnum):
    """How much a finding weighs."""

    FAULT = "fault"  # the document was read wrongly: text of it is missing
    DOUBT = "doubt"  # worth a look at the source, which may be so printed


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a reader should know, in a sentence; `passage` (an id or "") and `page` tell where."""

    severity: Severity
    text: str
    passage: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ExtractionReport:
    """How well one document was read.

    `counts` are passages by kind. `letters` counts the letters of the source outside its furniture, `kept` those of
    them that stand in passages. `furniture` are the running headers, footers and page marks that were left out, each
    line with the number of times that it stood there.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    letters: int = 0
    kept: int = 0
    pages: int = 0
    furniture: tuple[tuple[str, int], ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def share(self) -> float:
        """Share of the source's letters that stand in passages, in [0, 1]."""
        return self.kept / self.letters if self.letters else 1.0

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings that are faults of the reading."""
        return tuple(finding for finding in self.findings if finding.severity == Severity.FAULT)

    @property
    def percent(self) -> str:
        """The share as people read it; "100" only if not a letter is missing."""
        return "100" if self.kept >= self.letters else f"{min(self.share * 100, 99.9):.1f}"

    @property
    def passages(self) -> int:
        """Number of body passages."""
        return sum(self.counts.get(kind.value, 0) for kind in BODY_KINDS)

    @property
    def verdict(self) -> str:
        """The report in one line: `Read well: 172 passages, nothing missing`, `172 passages, read with 2 doubts`."""
        faults = len(self.faults)
        doubts = len(self.findings) - faults
        named = [f"{n} {word}{'s' if n > 1 else ''}" for n, word in ((faults, "fault"), (doubts, "doubt")) if n]
        passages = f"{self.passages:,} passage{'' if self.passages == 1 else 's'}"
        if named:
            return f"{passages}, read with {' and '.join(named)}"
        rest = "nothing missing" if self.kept >= self.letters else f"{self.percent} per cent of the letters"
        return f"Read well: {passages}, {rest}"
