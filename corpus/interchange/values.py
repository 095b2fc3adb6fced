"""What words stand for when a reviewer only says of which type they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.authority import countries, instruments, organisations
from corpus.catalogue import is_date
from corpus.model import AnnotationType, Passage


class Values:
    """Finds values for words: what they stand for elsewhere in the document, else what the authority files say."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._known: dict[tuple[AnnotationType, str], str] = {}
        for passage in passages:
            for ann in passage.annotations:
                self._known.setdefault((ann.type, passage.text[ann.start : ann.end]), ann.value)

    def of(self, kind: AnnotationType, words: str) -> str:
        """The value of the words; "" where only the reviewer can know it."""
        known = self._known.get((kind, words)) if kind != AnnotationType.PROVISION else ""
        return known if known is not None else _looked_up(kind, " ".join(words.split()))


def _looked_up(kind: AnnotationType, words: str) -> str:
    if kind == AnnotationType.ORGANISATION:
        organisation = organisations.load().by_name(words)
        return organisation.name if organisation else words
    if kind == AnnotationType.INSTRUMENT:
        instrument = instruments.parse(words)
        return instrument.id if instrument else words
    if kind == AnnotationType.COUNTRY:
        return countries.load().by_name(words) or words
    if kind == AnnotationType.YEAR:
        return words if re.fullmatch(r"[0-9]{4}", words) else ""
    return words if is_date(words) else ""
