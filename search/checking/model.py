"""What a check of footnotes answers: findings, each with a verdict, its place in the text, and the passage meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from corpus.errors import PinciteError

#: Half-open character offsets into the text that is checked.
Span: TypeAlias = tuple[int, int]


class CheckError(PinciteError):
    """A text that cannot be checked: empty or too long; the message says which and what the limit is."""


class Verdict(StrEnum):
    """What became of a citation, of a quotation, or of a quotation with its citation."""

    FOUND = "found"
    WRONG_PINPOINT = "wrong_pinpoint"
    QUOTATION_DIFFERS = "quotation_differs"
    NOT_IN_LIBRARY = "not_in_library"


class Reason(StrEnum):
    """Why the verdict is as it is."""

    AT_PLACE = "at_place"  # found: the place exists and, if words are quoted, holds them
    WHOLE_DOCUMENT = "whole_document"  # found: a document is cited without a place in it
    SOURCE_GIVEN = "source_given"  # the quotation came without a citation of a place; the passage is its source
    NO_SUCH_PLACE = "no_such_place"  # wrong pinpoint: the document has no such place
    OTHER_PLACE = "other_place"  # wrong pinpoint: the words stand at another place of the document
    OTHER_DOCUMENT = "other_document"  # wrong pinpoint: the words stand in another document
    WORDS_DIFFER = "words_differ"  # the words are nearly those of the passage
    NO_SUCH_WORDS = "no_such_words"  # the document is there, its cited place too, the words are nowhere
    UNKNOWN_WORK = "unknown_work"  # no document of the library is meant
    UNKNOWN_WORDS = "unknown_words"  # a quotation without a citation, and no passage holds it


@dataclass(frozen=True, slots=True)
class Change:
    """Where a quotation leaves its source: `written` at the span of the text stands for `source` in the passage.

    Words left out without a sign have an empty span and `written` "", words added have `source` "".
    """

    start: int
    end: int
    written: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One judgement: of a citation, of a quotation, or of both together; spans into the text that was checked.

    `passage_id` is the passage meant (the right one, where the pinpoint is wrong), "" if there is none; `document_id`
    the document that it stands in or that is cited. `score` tells from 0 to 100 how alike quotation and passage are,
    None where nothing is quoted.
    """

    verdict: Verdict
    reason: Reason
    quotation: Span | None = None
    citation: Span | None = None
    document_id: str = ""
    passage_id: str = ""
    changes: tuple[Change, ...] = ()
    score: float | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """What the finding is about, in the order of the text."""
        return tuple(sorted(span for span in (self.quotation, self.citation) if span))


@dataclass(frozen=True, slots=True)
class Report:
    """All findings in the order of the text, and how many citations and quotations were left because of a limit."""

    findings: tuple[Finding, ...] = ()
    unchecked: int = 0
    counts: Mapping[Verdict, int] = field(init=False)

    def __post_init__(self) -> None:
        found = [finding.verdict for finding in self.findings]
        object.__setattr__(self, "counts", {verdict: found.count(verdict) for verdict in Verdict})
