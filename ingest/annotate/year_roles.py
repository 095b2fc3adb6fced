"""In which role a year or a date stands: that of an instrument named there, that of a work cited there, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Annotation, AnnotationType, Found, Passage, PassageKind

#: What may stand between an instrument and its own date: "resolution 55/63 of 4 December 2000", "Convention (2001)",
#: "Covenant, adopted at New York on 16 December 1966"; not "the Convention, which in 2001 ...".
_ITS_DATE = re.compile(
    r"[\s,]*\(?(?:(?:as\s)?(?:adopted|signed|done|concluded|dated|opened\sfor\ssignature)"
    r"(?:\s(?:at|in)(?:\s[A-Z][\w-]*){1,3},?)?\s?)?(?:of|on|in|dated)?\s*"
)
#: What may stand between a year and the instrument behind it: "the 2001 Convention".
_BEFORE_NAME = re.compile(r"\s*")
#: A pinpoint or the next citation behind a cited work's year: "2004, pp. 1-7", "2005: 12", "2009a)", "1998;".
_PINPOINT = re.compile(r"[a-f]?\)?[,:]?\s?(?:pp?\.|pages?\b|at\s\d|vol\.|No\.|:\s?\d|\d+[-–]\d)")
#: An author and a year in brackets: "(Sieber, 1996)", "(see Hale and Ruiz, 2004, p. 3)".
_AUTHOR_BEFORE = re.compile(r"(?:\(|\d[a-f]?;\s)(?:see |cf\. )?[A-ZÀ-Þ][^()\d]{1,60},\s(?:\d{4}[a-f]?[,;]\s)*$")
_CLOSED_BEHIND = re.compile(r"[a-f]?(?:\)|[,;]\s)")
#: How a reference or a note begins: its author, then its year: "Sieber, U. (1998).", "Waly, Ali, 1981, ...".
_OPENING = re.compile(r"(?:\d+\.?\s)?(?:See |Cf\. )?[A-ZÀ-Þ][^\d“\"()]{2,100}[,.]?\s\(?$")
_OPENED = re.compile(r"[a-f]?\)?[.,:]")
_CITING = frozenset({PassageKind.REFERENCE, PassageKind.FOOTNOTE})


class Roles:
    """The roles of spans in one passage, given the instruments that it names."""

    def __init__(self, passage: Passage, instruments: Sequence[Annotation]) -> None:
        self._text = passage.text
        self._citing = passage.kind in _CITING
        self._named = [
            ann for ann in instruments if ann.type == AnnotationType.INSTRUMENT and ann.found is not Found.REFERENCE
        ]

    def of(self, start: int, end: int) -> str:
        """`instrument`, `publication` or "" for the year or date `[start, end)`."""
        if any(self._dates(ann, start, end) for ann in self._named):
            return "instrument"
        return "publication" if self._is_publication(start, end) else ""

    def _dates(self, instrument: Annotation, start: int, end: int) -> bool:
        if instrument.start <= start and end <= instrument.end:
            return True
        if instrument.end <= start:
            return _ITS_DATE.fullmatch(self._text, instrument.end, start) is not None
        return end <= instrument.start and _BEFORE_NAME.fullmatch(self._text, end, instrument.start) is not None

    def _is_publication(self, start: int, end: int) -> bool:
        before = self._text[max(0, start - 120) : start]
        if _AUTHOR_BEFORE.search(before) and _CLOSED_BEHIND.match(self._text, end):
            return True
        if not self._citing:
            return False
        opens = start <= len(before) and _OPENING.fullmatch(before) and _OPENED.match(self._text, end)
        return bool(opens) or _PINPOINT.match(self._text, end) is not None
