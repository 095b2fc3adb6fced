"""Provisions cited in passages: pinpoints bound to the instrument that they belong to."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence

from corpus.model import Annotation, AnnotationType, Document, Found, Passage, PassageKind, ordered
from ingest.annotate.articles import find_pinpoints
from ingest.annotate.binding import ARTICLED, BESIDE, Bound, Scene, bind
from ingest.annotate.mentions import Mention, leading, mention
from ingest.annotate.owners import own_instrument, owners

#: Kinds of passages that run on: what they speak of, the next one may go on with.
_PROSE = frozenset({PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.QUOTE, PassageKind.TABLE})
#: How many passages back the text may last have spoken of the instrument of a bare pinpoint.
_MEMORY = 4
_US_CODE = re.compile(r"US Code s (\w+)")


def find_provisions(
    document: Document,
    passages: Sequence[Passage],
    instruments: Sequence[Sequence[Annotation]],
    notes: Sequence[Sequence[Annotation]] | None = None,
) -> list[tuple[Annotation, ...]]:
    """The provisions cited in each passage, given its instruments: those named, referred to, and pointed back at."""
    own_document = own_instrument(document) is not None
    owned = owners(document, passages, instruments)
    spoken: deque[Mention | None] = deque(maxlen=_MEMORY)
    found = []
    pointed = notes if notes is not None else [()] * len(passages)
    for passage, names, back, owner in zip(passages, instruments, pointed, owned, strict=True):
        named = ordered((*names, *(ann for ann in back if ann.type == AnnotationType.INSTRUMENT)))
        mentions = [mention(name, passage.text) for name in named]
        last = next((target for target in reversed(spoken) if target), None)
        scene = Scene(passage.text, mentions, owner, own_document, last, passage.kind in _PROSE)
        bound = bind(scene, list(find_pinpoints(passage.text)))
        found.append(ordered(_annotation(one) for one in bound))
        if passage.kind in _PROSE and owner is None:
            spoken.append(_remembered(passage, mentions, bound))
    return found


def _remembered(passage: Passage, mentions: Sequence[Mention], bound: Sequence[Bound]) -> Mention | None:
    """What the text speaks of after a passage: what its last pinpoint belonged to, else its topic."""
    targets = [one.target for one in bound if one.target.type in ARTICLED]
    if targets:
        return targets[-1]
    articled = [m for m in mentions if m.type in ARTICLED]
    if len({m.id for m in articled}) == 1:
        return articled[-1]
    return leading(passage.text, articled, len(passage.text))[0]


def _annotation(bound: Bound) -> Annotation:
    pinpoint, target = bound.pinpoint, bound.target
    section = _US_CODE.fullmatch(target.id)
    return Annotation(
        start=pinpoint.start,
        end=pinpoint.end,
        type=AnnotationType.PROVISION,
        value=target.id,
        found=Found.PATTERN if bound.confidence == BESIDE else Found.REFERENCE,
        subtype=pinpoint.unit,
        articles=section[1] if section and not pinpoint.articles.startswith(section[1]) else pinpoint.articles,
        confidence=bound.confidence,
    )
