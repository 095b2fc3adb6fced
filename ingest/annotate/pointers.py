"""The grammar of notes that point back: `Ibid., p. 3`, `Supra note 11 at 701`, `Smith, op. cit.`, `(n 7)`, `above n 7`.

Sources: OSCOLA (4th edn) 1.2.1 and 1.2.2, AGLC (4th edn) 1.4, the Bluebook (21st edn) rules 4.1 and 4.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How a note points back; it tells where to look."""

    IBID = "ibid"  # ibid, idem, id.: the source cited last
    SUPRA = "supra"  # supra note 11
    OP_CIT = "op_cit"  # Smith, op. cit.; Smith, supra: the note that first names the author
    NUMBER = "n"  # n 7, above n 7, (fn 12), see note 5 above


@dataclass(frozen=True, slots=True)
class Pointer:
    """Pointing words in a text: half-open span, form, the note's number ("" if none), the words of an author's name."""

    start: int
    end: int
    form: Form
    number: str = ""
    names: tuple[str, ...] = ()


_NOTE = r"(?:foot-?notes?|notes?|fnn?\.?|nn?\.?)"
_NUMBER = r"(?P<{0}>\d{{1,4}})(?![\d/]|[.:-]\d)"
# What may stand before "idem", "id." and a bare "n 7" so that they open a citation: nothing, or the end of another.
_OPENS = r"(?:^|(?<=[;(])|(?<=\. )|(?<=[Ss]ee )|(?<=; )|(?<=[Cc]f\. )|(?<=also ))"
_POINTERS = re.compile(
    r"(?P<ibid>\b[Ii]bid(?:em)?\b\.?)"
    # "Id. at 5", "Idem, p. 3"; must not match "ne bis in idem", "ID card", an identifier's "id. no".
    rf"|(?P<idem>{_OPENS}(?:[Ii]dem\b|Id\.|id\.(?=\s(?:at|§|¶)))(?!\s?[Nn]o\b))"
    # "supra note 11", "supra, n. 3", "supra fn 2"
    rf"|(?P<supra>\b[Ss]upra,?\s+(?:at\s+)?{_NOTE}\s?{_NUMBER.format('supra_no')})"
    # "above n 7", "above note 5", "n 7 above", "see note 5 above"; must not match "note 5 below"
    rf"|(?P<above>\b[Aa]bove,?\s+(?:at\s+)?{_NOTE}\s?{_NUMBER.format('above_no')})"
    rf"|(?P<behind>\b{_NOTE}\s?{_NUMBER.format('behind_no')},?\s+(?:above|supra)\b)"
    # "(n 7)", "(fn 12)", "(footnote 3)": in parentheses, whatever follows
    rf"|(?P<bracket>(?<=\(){_NOTE}\s?{_NUMBER.format('bracket_no')}(?=[),;:]|\s+(?:at|above|p)))"
    # "cited in note 5", "see note 5", "see n 5"; but not a note of some other text: "see Explanatory Report note 98"
    rf"|(?P<see>(?:(?<=[Ss]ee )|(?<=[Cc]ited in )|(?<=[Cc]ited at )|(?<=[Cc]f )|(?<=[Cc]f\. )|(?<=[Ss]ee also ))"
    rf"{_NOTE}\s?{_NUMBER.format('see_no')}"
    r"(?!,?\s+(?:below|infra|of|to)\b))"
    r"|(?P<op_cit>\b(?:[Oo]p\.?|[Ll]oc\.?)\s*[Cc]it\b\.?|\b[Ll]oco citato\b|\b[Oo]pere citato\b)"
    # "Smith, supra, 12": alone, after a name
    r"|(?P<alone>(?<=[a-z],\s)supra\b(?!\s+note)(?=[,.;:\s]*(?:$|at\b|p|\d)))",
)
_BELOW = re.compile(r",?\s+(?:below|infra)\b")
_FORMS = {
    "ibid": Form.IBID,
    "idem": Form.IBID,
    "supra": Form.SUPRA,
    "above": Form.NUMBER,
    "behind": Form.NUMBER,
    "bracket": Form.NUMBER,
    "see": Form.NUMBER,
    "op_cit": Form.OP_CIT,
    "alone": Form.OP_CIT,
}
# Every pointer has one of these, or a note's number; looking for plain strings passes over most texts in no time.
_SIGNS = ("bid", "Idem", "idem", "Id.", " id.", "upra", "cit.", "cit,", "cit ", "Cit", "citato")
_NUMBERED = re.compile(rf"\b{_NOTE}\s?\d")
# Where the citation that a pointer stands in begins.
_BREAK = re.compile(r"[;(]|\.\s(?=[A-Z])(?<![A-Z]\.\s)|&\s")
_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SIGNALS = frozenset(
    {"See", "Cf", "Compare", "But", "Also", "And", "In", "The", "Contra", "Accord", "Ibid", "Op", "Loc"}
)
_LONGEST_AUTHOR = 90


def find_pointers(text: str) -> Iterator[Pointer]:
    """The words in `text` that point to an earlier note, left to right."""
    if not any(sign in text for sign in _SIGNS) and not _NUMBERED.search(text):
        return
    for match in _POINTERS.finditer(text):
        if _BELOW.match(text, match.end()):
            continue
        kind = next(kind for kind in _FORMS if match[kind])
        number = next((match[f"{kind}_no"] for kind in (kind,) if f"{kind}_no" in match.re.groupindex), "")
        names = _author(text, match.start()) if _FORMS[kind] == Form.OP_CIT else ()
        yield Pointer(match.start(), match.end(), _FORMS[kind], number.lstrip("0"), names)


def _author(text: str, end: int) -> tuple[str, ...]:
    """The capitalised words in front of "op. cit." in its own citation: an author's name, in whatever order."""
    start = max(0, end - _LONGEST_AUTHOR)
    breaks = [match.end() for match in _BREAK.finditer(text, start, end)]
    words = _NAME.findall(text, breaks[-1] if breaks else start, end)
    return tuple(word for word in words if word not in _SIGNALS)
