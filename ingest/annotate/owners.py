"""Whose articles a passage states: the instrument that a treaty's or a law's own text belongs to.

The text of a treaty says "this Convention" and "Articles 14 and 15" of itself. So does an instrument quoted at length
in another document: a run of passages labelled `art ...` belongs to the instrument that was named before the run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.authority import instruments as authority
from corpus.model import Annotation, Document, DocumentKind, InstrumentType, Passage, PassageKind
from ingest.annotate.mentions import Mention, heads, mention

_OWN_TEXT = frozenset({DocumentKind.TREATY, DocumentKind.LEGISLATION})
_ARTICLED = frozenset(
    {
        InstrumentType.TREATY,
        InstrumentType.EU_ACT,
        InstrumentType.MODEL_LAW,
        InstrumentType.DECLARATION,
        InstrumentType.NATIONAL_LAW,
    }
)
#: What model laws, acts and codes call themselves.
_LAW_NAMES = frozenset({"law", "act"})
_ARTICLE = re.compile(r"art \d")
_COMMENT = re.compile(r" comment ")
# "For the purposes of this Convention": the head noun under which a quoted text speaks of itself.
_SELF = re.compile(
    r"\b(?:this|present|This)\s+"
    r"(Framework Decision|Convention|Protocol|Treaty|Covenant|Charter|Directive|Regulation|Act|Law)\b"
)
#: A run of articles is owned by what was named at most so many body passages before it,
_REACH = 12
#: and goes on after so many passages of other text (an editor's remark, a line that lost its label).
_INTERLUDE = 2
#: How many passages of a run are read for the name that it gives itself.
_LOOKAHEAD = 40


def owners(
    document: Document, passages: Sequence[Passage], named: Sequence[Sequence[Annotation]]
) -> list[Mention | None]:
    """For each passage the instrument whose own text it is, None for ordinary prose."""
    own = own_instrument(document)
    if own and _speaks_for(own, passages):
        return [own] * len(passages)
    result: list[Mention | None] = []
    run = _Run()
    for at, passage in enumerate(passages):
        if is_article(passage):
            run = run.entered(_self_head(passages, at))
        elif passage.kind != PassageKind.FOOTNOTE:
            articled = [mention(ann, passage.text) for ann in named[at] if ann.subtype in _ARTICLED]
            run = run.left(articled, passage)
        result.append(run.owner if is_article(passage) else None)
    return result


@dataclass(frozen=True, slots=True)
class _Run:
    """The state between passages: who owns the articles, what was named since, and how much prose has passed."""

    owner: Mention | None = None
    named: tuple[tuple[int, Mention], ...] = ()
    prose: int = 0

    def entered(self, calls: str | None) -> _Run:
        """The state in an article; its text calls itself `calls` ("convention") or nothing."""
        if self.owner and not self.prose and not self.named:
            return self
        near = [m for age, m in self.named if self.prose - age <= _REACH]
        fitting = [m for m in near if calls is None or m.fits(calls)]
        if not fitting and self.owner and self.prose <= _INTERLUDE:
            return replace(self, named=(), prose=0)
        fitting = fitting or [m for _, m in self.named if calls and m.fits(calls)]
        return _Run(fitting[-1] if fitting else None)

    def left(self, mentions: Sequence[Mention], passage: Passage) -> _Run:
        """The state after a passage outside articles; headings between articles are no prose."""
        prose = self.prose + passage.is_body
        return replace(self, named=(*self.named, *((prose, m) for m in mentions)), prose=prose)


def is_article(passage: Passage) -> bool:
    """Whether the passage is text of an article (`art 16(2)`), not a comment on one."""
    label = passage.label or ""
    return bool(_ARTICLE.match(label)) and not _COMMENT.search(label) and passage.kind != PassageKind.HEADING


def own_instrument(document: Document) -> Mention | None:
    """The instrument that the document is the text of: its title is a known name, or it is a treaty or a law."""
    record = authority.load().by_name(document.title)
    if record is None and document.kind not in _OWN_TEXT:
        return None
    found = [] if record else [w.instrument for w in authority.find(document.title)][:1]
    if record:
        return Mention(0, 0, record.id, record.type, heads(record.id, document.title))
    if found:
        return Mention(0, 0, found[0].id, found[0].type, heads(found[0].id, document.title))
    kind = InstrumentType.TREATY if document.kind == DocumentKind.TREATY else InstrumentType.NATIONAL_LAW
    return Mention(0, 0, document.title, kind, heads(document.title))


def _speaks_for(own: Mention, passages: Sequence[Passage]) -> bool:
    """Whether the articles call themselves what the document is: a model law that says "this Convention" quotes one."""
    calls = [
        match[1].casefold() for passage in passages if is_article(passage) for match in _SELF.finditer(passage.text)
    ]
    is_law = any(head.endswith(("law", "act", "code", "statute")) for head in own.heads)
    names = own.heads | (_LAW_NAMES if is_law else frozenset())
    return 2 * sum(call in names for call in calls) >= len(calls)


def _self_head(passages: Sequence[Passage], at: int) -> str | None:
    for passage in passages[at : at + _LOOKAHEAD]:
        match = _SELF.search(passage.text) if is_article(passage) else None
        if match:
            return match[1].casefold()
    return None
