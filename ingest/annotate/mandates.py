"""Lists of mandates: tables that give resolutions by number alone, under a heading that names the organ.

Programme budgets and annotated agendas list them so: below "General Assembly resolutions" stand `70/1` and its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.authority.resolutions import find_resolutions
from corpus.authority.symbols import Written
from corpus.model import Passage

_HEADING = re.compile(
    r"(?P<organ>General Assembly|Security Council|Economic and Social Council|Human Rights Council)\s+resolutions?\W*"
)
# The first cell of a row: `70/1`, `1819 (LV)`, `1373 (2001)`, `73/279 A`.
_NUMBER = re.compile(r"^(?P<number>(?:E?S-)?\d{1,4}(?:/\d{1,4})?(?: [A-Z])?(?: \([\w-]{1,8}\))?)(?=\t)", re.MULTILINE)


def find_mandates(passage: Passage) -> Iterator[Written]:
    """The resolutions that open the rows of a passage under such a heading, in order; none elsewhere."""
    heading = _HEADING.fullmatch(passage.section[-1]) if passage.section else None
    for match in _NUMBER.finditer(passage.text) if heading else ():
        for written in find_resolutions(f"{heading['organ']} resolution {match['number']}" if heading else ""):
            yield Written(match.start(), match.end(), written.instrument)
