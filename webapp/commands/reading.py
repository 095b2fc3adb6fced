"""How well a document was read, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.model import Document
from corpus.report import ExtractionReport
from webapp.commands.output import counted


def report_lines(document: Document, report: ExtractionReport | None) -> Iterator[str]:
    """The title, the verdict, one line a finding with its place, what was left out, and where the facts come from."""
    yield document.title
    if report is None:
        yield "There is no report on its reading: it came in with an older Pincite. Ingest it again."
    else:
        yield from _reading(report)
    for fact, where in document.provenance.items():
        yield f"fact  {fact}: {where}"


def _reading(report: ExtractionReport) -> Iterator[str]:
    yield report.verdict
    for finding in report.findings:
        place = finding.passage or (f"page {finding.page} of the file" if finding.page else "")
        yield f"{finding.severity.value:<6}{finding.text}" + (f" [{place}]" if place else "")
    kinds = ", ".join(f"{kind.replace('_', ' ')} {number:,}" for kind, number in report.counts.items())
    yield f"kept  {report.percent} per cent of {counted(report.letters, 'letter')}"
    yield f"kinds {kinds}"
    for text, times in report.furniture:
        yield f"left out {counted(times, 'time')}: {text}"
