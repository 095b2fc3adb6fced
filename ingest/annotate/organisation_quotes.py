"""Quoted spans, where capitals belong to titles rather than to names."""

from __future__ import annotations

import re

#: A quotation of at most this many characters; longer ones are unbalanced marks.
_LONGEST = 400
_QUOTED = re.compile(
    rf"“[^“”]{{1,{_LONGEST}}}”|\"[^\"]{{1,{_LONGEST}}}\"|‘[^‘’]{{8,{_LONGEST}}}’(?!\w)|«[^«»]{{1,{_LONGEST}}}»"
)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Spans of quotations in `text`, their marks included."""
    return [match.span() for match in _QUOTED.finditer(text)]
