"""What a text is speaking of: the instruments mentioned so far, sentence by sentence, and which of them leads.

A sentence's *topic* is the instrument that it opens with, or the only one outside a fronted clause ("As Directive A is
concerned with ..., Directive B has ..."). Both "the Directive" and a bare "(Article 3)" point at topics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model import Annotation
from ingest.annotate.sentences import sentences

#: Head nouns that a reference can repeat, and what they are called in ids.
_HEADS = (
    "Amendments",
    "Amendment",
    "Explanatory Report",
    "Protocol",
    "Framework Decision",
    "Convention",
    "Treaty",
    "Covenant",
    "Charter",
    "Model Law",
    "Model Bill",
    "Model Treaty",
    "Directive",
    "Regulation",
    "Decision",
    "Recommendations",
    "Recommendation",
    "Declaration",
    "Statute",
    "Agreement",
    "Agenda",
    "Guidelines",
    "Act",
    "Code",
    "Law",
    "Constitution",
    "Manual",
    "Statement",
)
_HEAD = re.compile(r"\b(?:" + "|".join(_HEADS) + r")\b", re.IGNORECASE)
_RESOLUTION = re.compile(r"^[A-Z]+(?:/[A-Z0-9.]+)*/RES")
# A clause in front of the subject, up to its comma: "As the Directive ...,", "Compared with the Convention ...,".
_FRONTED = re.compile(
    r"^[\s\W]*(?:As|While|Although|Though|Since|Because|Compared|Unlike|Like|Besides|Under|In|On|At|By|With|After|Before|"
    r"Apart|According|Despite|Whereas|If|When|Following|Pursuant)\b[^,]*,"
)
# What may stand before the subject: "The", "The purpose of the", "The Council of Europe's".
_OPENING = re.compile(
    r"[\s\W]*(?:(?:[Tt]he|[Tt]his|[Ii]ts|[Aa]n?)\s+)?(?:(?:[\w’'-]+\s+){1,4}of\s+(?:the\s+)?|[\w\s]+[’']s\s+)?"
)
_CONJOINED = re.compile(r"[\s\W]*(?:and|or)\s+(?:the\s+|of\s+the\s+)?")
_DOMINANT = 2  # times as often mentioned as any rival


@dataclass(frozen=True, slots=True)
class Mention:
    """An instrument in a text: where, which, under which head nouns, and whether by name."""

    start: int
    end: int
    id: str
    type: str
    heads: frozenset[str]

    def fits(self, head: str) -> bool:
        """Whether "the <head>" can mean this instrument."""
        return head in self.heads


def mention(annotation: Annotation, text: str) -> Mention:
    """The mention of an instrument's annotation."""
    surface = text[annotation.start : annotation.end]
    nouns = heads(annotation.value, surface)
    return Mention(annotation.start, annotation.end, annotation.value, annotation.subtype, nouns)


def heads(identifier: str, surface: str = "") -> frozenset[str]:
    """The lower-case head nouns of an instrument: the first in its id, and the last in a short written form."""
    if _RESOLUTION.match(identifier):
        return frozenset({"resolution"})
    found = [match.group().casefold() for match in _HEAD.finditer(identifier)][:1]
    found += [match.group().casefold() for match in _HEAD.finditer(surface)][:1]
    extra = {"framework decision": "decision", "recommendations": "recommendation", "model bill": "model law"}
    return frozenset({*found, *(extra[head] for head in found if head in extra)})


def topic(text: str, span: tuple[int, int], mentions: Sequence[Mention]) -> Mention | None:
    """The leading one of a sentence's `mentions` (in order); None if several lead alike."""
    if not mentions:
        return None
    fronted = _FRONTED.match(text[span[0] : span[1]])
    limit = span[0] + fronted.end() if fronted else span[0]
    main = [m for m in mentions if m.start >= limit] or list(mentions)
    if len({m.id for m in main}) == 1 or _is_subject(text, limit, main):
        return main[0]
    return None


def _is_subject(text: str, limit: int, main: Sequence[Mention]) -> bool:
    """Whether the first of several mentions is the subject: nothing but "The purpose of" before it, no "and" behind."""
    opens = _OPENING.fullmatch(text, limit, main[0].start) is not None
    return opens and not _CONJOINED.fullmatch(text, main[0].end, main[1].start)


def leading(text: str, mentions: Iterable[Mention], before: int) -> tuple[Mention | None, bool]:
    """The topic of the last sentence before character `before` that has any of `mentions`, and whether one had.

    In the sentence of `before` itself the nearest mention counts.
    """
    earlier = [m for m in mentions if m.end <= before]
    for start, end in reversed([span for span in sentences(text) if span[0] < before]):
        inside = [m for m in earlier if start <= m.start < end]
        if inside:
            return (inside[-1] if before < end else topic(text, (start, end), inside)), True
    return None, False


def dominant(counts: dict[str, int], candidates: Iterable[Mention]) -> Mention | None:
    """The candidate mentioned far more often than each rival in `counts`, or None."""
    by_id = {m.id: m for m in candidates}
    ranked = sorted(by_id.values(), key=lambda m: -counts.get(m.id, 0))
    if len(ranked) > 1 and counts.get(ranked[0].id, 0) < _DOMINANT * counts.get(ranked[1].id, 0):
        return None
    return ranked[0] if ranked else None
