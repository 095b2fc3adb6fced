"""A whole text checked: its quotations and citations brought together and judged, within limits."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.store import Store
from search.checking.citations import Citation, citations
from search.checking.drafts import Draft, Unit, read
from search.checking.model import CheckError, Finding, Reason, Report, Span, Verdict
from search.checking.quotations import quotations
from search.checking.sources import Quotation, Sources
from search.checking.verdicts import Judge
from search.checking.works import Works
from search.engine import Engine

#: Characters of a text: a long chapter with its notes.
MAX_TEXT = 200_000
#: Citations and quotations that are judged; a long chapter has some 300.
MAX_JUDGED = 500
#: Seconds that judging may take; each quotation costs two searches.
MAX_SECONDS = 20.0
#: A quotation goes with the citation behind it if no more lies between them: `"…" (Codicil, fn 2)`.
_CLOSE = 4

# In a note, words between quotation marks are a title behind a name or a year and before a year or a journal.
_BEFORE_TITLE = re.compile(r"(?:[^\W\d_.]\.?,|\([12]\d{3}[a-z]?\)[.,]?)\s?['‘’“\"]$")
_BEHIND_TITLE = re.compile(r"[,.]?['’”\"][,.]?\s?(?:[(\[][^()\[\]]{0,120}\d{4}|(?:in\s)?[A-Z]|\d{1,4}\s)")
#: Of several citations that a quotation may come with, its own is the one for which this comes first.
_BEST_FIRST = (
    Reason.AT_PLACE,
    Reason.SOURCE_GIVEN,
    Reason.WORDS_DIFFER,
    Reason.OTHER_PLACE,
    Reason.OTHER_DOCUMENT,
    Reason.NO_SUCH_WORDS,
    Reason.NO_SUCH_PLACE,
)
#: What a work named in passing can mean to a quotation: that it is the source, nothing else.
_IN_PASSING = frozenset({Reason.SOURCE_GIVEN, Reason.WORDS_DIFFER})


def check(text: str, store: Store, engine: Engine, works: Works | None = None) -> Report:
    """Every citation and quotation of a text with its verdict; raises `CheckError` if it is empty or too long.

    `works` are those of the store, for who checks many texts against it.
    """
    if not text.strip():
        raise CheckError("there is no text to check")
    if len(text) > MAX_TEXT:
        raise CheckError(f"the text has {len(text):,} characters; at most {MAX_TEXT:,} can be checked at once")
    draft, works = read(text), works or Works(store.documents())
    quoted = [span for span in quotations(draft) if not _is_title(draft, works, span)]
    pairs = list(_pairs(draft, quoted, citations(draft, works, quoted)))
    return _judged(text, pairs, Judge(Sources(store, engine)))


@dataclass(frozen=True, slots=True)
class _Pair:
    """A quotation with the citations that may be its own, or a citation that no quotation stands beside."""

    quotation: Span | None
    citations: tuple[Citation, ...]

    @property
    def start(self) -> int:
        return self.quotation[0] if self.quotation else self.citations[0].start


def _is_title(draft: Draft, works: Works, span: Span) -> bool:
    """Whether words between quotation marks are the title of a work and no quotation from one."""
    start, end = span
    if works.is_name(draft.text[start:end]):
        return True
    in_note = any(note.start <= start < note.end for note in draft.notes)
    before, behind = draft.text[max(start - 40, 0) : start], draft.text[end - 1 : end + 200]
    return in_note and bool(_BEFORE_TITLE.search(before) and _BEHIND_TITLE.match(behind, 1))


def _pairs(draft: Draft, quoted: Sequence[Span], cited: Sequence[Citation]) -> Iterator[_Pair]:
    units = list(draft.units(quoted))
    used: set[Citation] = set()
    found = []
    for span in quoted:
        own = _own(draft, units, span, cited)
        used.update(own)
        found.append(_Pair(span, own))
    found += [_Pair(None, (each,)) for each in cited if each not in used and not each.weak]
    return iter(sorted(found, key=lambda pair: pair.start))


def _own(draft: Draft, units: Sequence[Unit], span: Span, cited: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations that a quotation may come with; a block has them in itself or in the sentence that leads to it."""
    at = next((at for at, unit in enumerate(units) if unit.start <= span[0] < unit.end), None)
    if at is None:
        return ()
    own = _around(draft, units[at], span, cited)
    leads = not own and at > 0 and units[at - 1].note is None and span in draft.blocks()
    return _around(draft, units[at - 1], span, cited) if leads else own


def _around(draft: Draft, unit: Unit, span: Span, cited: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations of the note that a unit calls behind a quotation, and the one nearest to it in the unit."""
    beside = [citation for citation in cited if citation.unit == unit]
    nearest = _nearest(span, beside, in_note=unit.note is not None)
    behind = span[1] if span[1] <= unit.end else unit.start
    call = draft.called(behind, unit.end + 1) if unit.note is None else None
    noted = [citation for citation in cited if call and citation.unit.note == call.number]
    return (*noted, *nearest)


def _nearest(span: Span, beside: Sequence[Citation], *, in_note: bool) -> list[Citation]:
    """Of the citations around a quotation the one meant: a note names its work first, a sentence after its words."""
    before = [citation for citation in beside if citation.end <= span[0]][-1:]
    behind = [citation for citation in beside if citation.start >= span[1]][:1]
    if behind and (behind[0].start - span[1] <= _CLOSE or not in_note):
        return behind
    return before or behind


def _judged(text: str, pairs: Sequence[_Pair], judge: Judge) -> Report:
    until = time.monotonic() + MAX_SECONDS
    findings: list[Finding] = []
    for at, pair in enumerate(pairs):
        if at >= MAX_JUDGED or time.monotonic() > until:
            return Report(_once(findings), len(pairs) - at)
        findings += _findings(text, pair, judge)
    return Report(_once(findings))


def _once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of the text; a citation that belongs to a quotation is not judged alone as well."""
    together = {finding.citation for finding in findings if finding.quotation}
    kept = [finding for finding in findings if finding.quotation or finding.citation not in together]
    return tuple(sorted(dict.fromkeys(kept), key=lambda finding: finding.spans))


def _findings(text: str, pair: _Pair, judge: Judge) -> Iterator[Finding]:
    """What a quotation and the citations beside it come to; citations that are not its own are judged alone."""
    if pair.quotation is None:
        yield from map(judge.citation, pair.citations)
        return
    quoted = Quotation.at(text, pair.quotation)
    held = [citation for citation in pair.citations if citation.documents]
    if any(judge.is_heading(citation, quoted) for citation in held):
        yield from map(judge.citation, held)
        return
    tried = [(judge.together(citation, quoted), citation) for citation in held]
    tried = [(each, citation) for each, citation in tried if not citation.weak or each.reason in _IN_PASSING]
    best, own = min(tried, key=lambda each: _BEST_FIRST.index(each[0].reason), default=(None, None))
    alone = best or judge.quotation(quoted)
    unknown = [citation for citation in pair.citations if not citation.documents and not citation.weak]
    if best is None and unknown and alone.reason is Reason.UNKNOWN_WORDS:
        first = unknown.pop(0)
        alone = Finding(Verdict.NOT_IN_LIBRARY, Reason.UNKNOWN_WORK, alone.quotation, (first.start, first.end))
    yield alone
    others = [citation for citation in held if citation is not own and not citation.weak]
    yield from map(judge.citation, [*others, *unknown])
