"""Notes without a call, calls without a note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.model import Passage, PassageKind
from corpus.report import Finding, Severity
from ingest.reports.numbering import beginning, first_page, listed


def unmatched_notes(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Notes that no passage calls, and calls whose note is not there; a document without any notes has no faults."""
    bodies = {number: passage for passage in passages if (number := _number(passage)) is not None}
    calls: dict[int, Passage] = {}
    for passage in passages:
        for number in passage.notes:
            calls.setdefault(number, passage)
    if not bodies and calls:
        text = f"The text calls notes ({min(calls)} to {max(calls)}), but the document holds none."
        yield Finding(Severity.DOUBT, text, next(iter(calls.values())).id)
        return
    uncalled = [
        Finding(
            Severity.DOUBT, f"Note {number} is called nowhere: “{beginning(body.text)}”.", body.id, first_page(body)
        )
        for number, body in bodies.items()
        if number not in calls
    ]
    missing = [
        Finding(Severity.DOUBT, f"The text calls note {number}, which is not there.", caller.id, first_page(caller))
        for number, caller in calls.items()
        if number not in bodies
    ]
    yield from listed(uncalled, "more notes that are called nowhere")
    yield from listed(missing, "more calls of notes that are not there")


def _number(passage: Passage) -> int | None:
    if passage.kind != PassageKind.FOOTNOTE or not passage.label:
        return None
    number = passage.label.rpartition(" ")[2]
    return int(number) if number.isdecimal() else None
