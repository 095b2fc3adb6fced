"""Verdicts: a citation and a quotation are held against the library, alone or together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Passage
from search.checking.citations import Citation
from search.checking.model import Finding, Reason, Verdict
from search.checking.places import passages_at
from search.checking.sources import Match, Quotation, Sources
from search.checking.words import joined


@dataclass(frozen=True, slots=True)
class Judge:
    """Holds what a text says against what the library holds."""

    sources: Sources

    def citation(self, cited: Citation) -> Finding:
        """A citation alone: whether the document and the place in it are there."""
        span = (cited.start, cited.end)
        if not cited.documents:
            return Finding(Verdict.NOT_IN_LIBRARY, Reason.UNKNOWN_WORK, None, span)
        document = min(cited.documents)
        held = next(self._at(cited), ())
        if not held and not cited.firm:
            return Finding(Verdict.FOUND, Reason.WHOLE_DOCUMENT, None, span, document)
        if not held:
            return Finding(Verdict.WRONG_PINPOINT, Reason.NO_SUCH_PLACE, None, span, document)
        return Finding(Verdict.FOUND, Reason.AT_PLACE, None, span, held[0].document_id, held[0].id)

    def quotation(self, quoted: Quotation) -> Finding:
        """A quotation without a citation: its source."""
        match = self.sources.find(quoted)
        if match is None:
            return Finding(Verdict.NOT_IN_LIBRARY, Reason.UNKNOWN_WORDS, quotation=(quoted.start, quoted.end))
        return _beside(quoted, None, match, Reason.SOURCE_GIVEN)

    def together(self, cited: Citation, quoted: Quotation) -> Finding:
        """A quotation with the citation of a document that the library holds."""
        here = self.sources.best(quoted, [passage for found in self._at(cited) for passage in found])
        if here and here.alike and here.alignment.exact:
            return _beside(quoted, cited, here, Reason.AT_PLACE)
        there = self.sources.find(quoted, cited.documents) or self.sources.find(quoted)
        if here and here.alike and not (there and there.alignment.exact):
            return _beside(quoted, cited, here, Reason.AT_PLACE)
        if there is None:
            return self._without_words(cited, quoted, here)
        if there.passage.document_id not in cited.documents:
            return _beside(quoted, cited, there, Reason.OTHER_DOCUMENT)
        return _beside(quoted, cited, there, Reason.OTHER_PLACE if cited.firm else Reason.SOURCE_GIVEN)

    def is_heading(self, cited: Citation, quoted: Quotation) -> bool:
        """Whether the words in quotation marks are a heading of the document cited, which is a pinpoint too."""
        wanted = joined([word for part in quoted.parts for word in part])
        return any(wanted in self.sources.headings(document) for document in cited.documents)

    def _without_words(self, cited: Citation, quoted: Quotation, here: Match | None) -> Finding:
        """The document is there, the words are not: at a place that is there either, the words are what is wrong."""
        return Finding(
            Verdict.QUOTATION_DIFFERS if here or not cited.firm else Verdict.WRONG_PINPOINT,
            Reason.NO_SUCH_WORDS if here or not cited.firm else Reason.NO_SUCH_PLACE,
            (quoted.start, quoted.end),
            (cited.start, cited.end),
            document_id=here.passage.document_id if here else min(cited.documents),
            passage_id=here.passage.id if here else "",
            score=here.alignment.score if here else None,
        )

    def _at(self, cited: Citation) -> Iterator[tuple[Passage, ...]]:
        """The passages at the places cited, by document; documents that lack one of the places are passed over."""
        for document in sorted(cited.documents):
            passages = self.sources.passages(document)
            found = [(place, passages_at(place, passages)) for place in cited.places]
            sure = [each for place, each in found if each or not place.bare]
            if sure and all(sure):
                yield tuple(dict.fromkeys(passage for each in sure for passage in each))


def _beside(quoted: Quotation, cited: Citation | None, match: Match, reason: Reason) -> Finding:
    """A quotation beside its source; `reason` tells how the source stands to the citation."""
    verdict = Verdict.WRONG_PINPOINT if reason in {Reason.OTHER_PLACE, Reason.OTHER_DOCUMENT} else Verdict.FOUND
    differs = not match.alignment.exact and verdict is Verdict.FOUND
    return Finding(
        Verdict.QUOTATION_DIFFERS if differs else verdict,
        Reason.WORDS_DIFFER if differs else reason,
        (quoted.start, quoted.end),
        (cited.start, cited.end) if cited else None,
        match.passage.document_id,
        match.passage.id,
        match.alignment.changes,
        round(match.alignment.score, 1),
    )
