"""Which instrument a pinpoint belongs to.

In this order: the instrument that stands beside it ("Article 5 of the Convention", "the Convention, Article 5"); the
one that closes the list it stands in ("Article 3 and Article 4 of the Convention"); in a treaty's own document the
treaty; the one of the pinpoint before in the same sentence; the sentence's; the one the text has been
speaking of. A pinpoint "of" something that is no known instrument is not bound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import InstrumentType
from ingest.annotate.articles import Pinpoint, Unit
from ingest.annotate.mentions import Mention, leading, topic
from ingest.annotate.sentences import sentence_at, sentences

#: How far a binding can be trusted: by the words beside it, and by what the text speaks of.
BESIDE, IN_CONTEXT = 1.0, 0.75
#: Instruments that have articles; a bare pinpoint is bound to no other.
ARTICLED = frozenset(
    {
        InstrumentType.TREATY,
        InstrumentType.EU_ACT,
        InstrumentType.MODEL_LAW,
        InstrumentType.DECLARATION,
        InstrumentType.NATIONAL_LAW,
    }
)

#: Units that are bound without an instrument beside them.
_ALONE = frozenset({Unit.ARTICLE, Unit.SECTION})

# Between a pinpoint and the instrument that it belongs to: "of the", ", paragraph 1, of this", "in the said".
_OF = re.compile(
    r"(?:[\s,]*(?:\(?[^()]{0,40}\))?,?\s+(?:of|in|under|to|from)\s+(?:both\s+)?(?:the\s+|that\s+|its\s+)?"
    r"(?:said\s+|same\s+)?(?:19|20)?(?:\d\d)?\s?"
    r"(?:(?:Council|Commission|European|Parliament|EU|EC|Commonwealth|Implementing|Delegated)\s(?:and\s)?){0,4}"
    r"(?:UN\s|WSIS\s|[A-Z][\w’']+(?:\s[A-Z][\w’']+){0,2}[’']s\s)?"
    r"(?:(?:[A-Z][\w.]*\s(?:(?:and|on)\s)?){0,5}(?:[Rr]esolution|[Rr]es\.?)\s(?:[Nn]o\.?\s?)?)?|,\s+|\s+)"
)
# "Article 1 common to the Covenants": the instruments that follow, joined by "and", have it each.
_COMMON = re.compile(r",?\s+common\s+to\s+(?:the\s+|both\s+)?")
_PREPOSITION = re.compile(r"\b(?:of|in|under|to|from)\b")
# Between an instrument and the pinpoint that follows: "Article 15", ", Articles 5-7", " (Article 5", "'s Article 2".
_FOLLOWS = re.compile(
    r"(?:[’']s|\*)?(?:\s?\((?:\d{4}|ETS[^)]*)\)|\sof\s[A-Z]{2,8}(?=\s))?[\s,:;(*]*(?:\bin\s|\bits\s|\bsee\s|\bof\s\d{4},?\s|\bin\sits\s)?\s?"
)
# Between the pinpoints of one list: ", ", " and ", "(2), (3) and ".
_LISTED = re.compile(r"[\s,;()\d]*(?:(?:and|or|to|as well as)\s+)?")
_THEREOF = re.compile(r",?\s+thereof\b")
# A pinpoint of something else: "of this article", "of the same section" leaves it open; "of the law" closes it.
_OF_SELF = re.compile(
    r",?\s+of\s+(?:this|that|the\s+same|the\s+present)\s+(?:[Aa]rticle|[Ss]ection|[Cc]hapter|[Pp]aragraph|[Pp]art)"
)
_OF_OTHER = re.compile(
    r"(?:,?\s+(?:paragraphs?|paras?\.?)\s[\d() a-z,]+)?,?\s+of\s+(?:the|that|this|its|an?|their)?\s*"
    r"(?=[A-Za-z])(?!chapter|Chapter|part|Part|section|Section|title|Title|which|whom)"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands around the pinpoints of one passage.

    `mentions` are its instruments in order; `owner` is the instrument whose own text it is, `own_document` whether all
    of the document is; `spoken` is what the text before speaks of; `prose` whether a bare pinpoint may be read at all.
    """

    text: str
    mentions: Sequence[Mention]
    owner: Mention | None = None
    own_document: bool = False
    spoken: Mention | None = None
    prose: bool = True


@dataclass(frozen=True, slots=True)
class Bound:
    """A pinpoint, the instrument that it belongs to, and the confidence of that."""

    pinpoint: Pinpoint
    target: Mention
    confidence: float


def bind(scene: Scene, pinpoints: Sequence[Pinpoint]) -> list[Bound]:
    """The pinpoints that can be bound, in order."""
    free = [pinpoint for pinpoint in pinpoints if not _is_name(pinpoint, scene.mentions)]
    beside = _with_lists(scene, free)
    bound: list[Bound] = []
    for pinpoint, target in zip(free, beside, strict=True):
        shared = _common(scene, pinpoint)
        bound += [Bound(pinpoint, each, BESIDE) for each in shared]
        if shared:
            continue
        found = target or _bare(scene, pinpoint, bound[-1] if bound else None)
        if found and _may_have(found, pinpoint.unit):
            bound.append(Bound(pinpoint, found, BESIDE if target else IN_CONTEXT))
    return bound


def _is_name(pinpoint: Pinpoint, mentions: Sequence[Mention]) -> bool:
    """Whether the pinpoint is part of a name; a law's section is, and is cited by it all the same."""
    inside = (m for m in mentions if m.start < pinpoint.start and pinpoint.end <= m.end)
    return any(m.type != InstrumentType.NATIONAL_LAW for m in inside)


def _may_have(target: Mention, unit: Unit) -> bool:
    """Sections are those of laws; a paragraph of a mere document symbol is the place of a report, no provision."""
    if unit == Unit.SECTION:
        return target.type == InstrumentType.NATIONAL_LAW
    if unit == Unit.RECITAL:
        return target.type == InstrumentType.EU_ACT
    return unit != Unit.PARAGRAPH or not (target.type == InstrumentType.DOCUMENT and "/" in target.id)


def _with_lists(scene: Scene, pinpoints: Sequence[Pinpoint]) -> list[Mention | None]:
    """For each pinpoint the instrument beside it, or beside the one that closes its list."""
    targets = [_beside(scene.text, pinpoint, scene.mentions) for pinpoint in pinpoints]
    for at in range(len(pinpoints) - 2, -1, -1):
        gap = scene.text[pinpoints[at].end : pinpoints[at + 1].start]
        if targets[at] is None and _LISTED.fullmatch(gap) and pinpoints[at].unit == pinpoints[at + 1].unit:
            targets[at] = targets[at + 1]
    return targets


def _beside(text: str, pinpoint: Pinpoint, mentions: Sequence[Mention]) -> Mention | None:
    """The instrument right after the pinpoint ("of the ...") or right before it."""
    for m in mentions:
        gap = text[pinpoint.end : m.start]
        if m.start <= pinpoint.start < m.end:  # a law cited by its section: "US Code s 1028"
            return m
        if m.start >= pinpoint.end and (gap == " " or (_OF.fullmatch(gap) and _PREPOSITION.search(gap))):
            return m
    before = [m for m in mentions if m.end <= pinpoint.start and _FOLLOWS.fullmatch(text, m.end, pinpoint.start)]
    return before[-1] if before else None


def _common(scene: Scene, pinpoint: Pinpoint) -> list[Mention]:
    """The instruments that a provision is common to."""
    following = [m for m in scene.mentions if m.start >= pinpoint.end]
    opening = _COMMON.match(scene.text, pinpoint.end)
    if not opening or not following or following[0].start != opening.end():
        return []
    shared = following[:1]
    for mention in following[1:]:
        if not re.fullmatch(r",?\s+(?:and\s+)?(?:to\s+)?(?:the\s+)?", scene.text[shared[-1].end : mention.start]):
            break
        shared.append(mention)
    return shared


def _bare(scene: Scene, pinpoint: Pinpoint, before: Bound | None) -> Mention | None:
    """The instrument of a pinpoint with none beside it."""
    if pinpoint.unit not in _ALONE or _is_of_other(scene.text, pinpoint):
        return None
    if scene.own_document and scene.owner and not _THEREOF.match(scene.text, pinpoint.end):
        return scene.owner
    listed = _listed(scene, pinpoint, before)
    if listed or (scene.owner and not _speaks(scene.mentions, pinpoint)):
        return listed or scene.owner
    return _from_context(scene, pinpoint) if scene.prose else None


def _is_of_other(text: str, pinpoint: Pinpoint) -> bool:
    return not _OF_SELF.match(text, pinpoint.end) and _OF_OTHER.match(text, pinpoint.end) is not None


def _speaks(mentions: Sequence[Mention], pinpoint: Pinpoint) -> bool:
    return any(m.end <= pinpoint.start and m.type in ARTICLED for m in mentions)


def _listed(scene: Scene, pinpoint: Pinpoint, before: Bound | None) -> Mention | None:
    """The instrument of the pinpoint before in the same sentence, if no other was mentioned in between."""
    if before is None or (before.pinpoint.unit not in _ALONE and before.target.type not in ARTICLED):
        return None
    spans, last = sentences(scene.text), before.pinpoint
    if sentence_at(spans, last.start) != sentence_at(spans, pinpoint.start):
        return None
    between = (m for m in scene.mentions if last.end <= m.start < pinpoint.start)
    return None if any(m.id != before.target.id for m in between) else before.target


def _from_context(scene: Scene, pinpoint: Pinpoint) -> Mention | None:
    """The instrument that the sentence, the sentences before it, its rest, or the passages before it speak of."""
    articled = [m for m in scene.mentions if m.type in ARTICLED]
    start, end = sentence_at(sentences(scene.text), pinpoint.start)
    inside = [m for m in articled if start <= m.start and m.end <= pinpoint.start]
    if inside:
        return topic(scene.text, (start, end), inside) or inside[-1]
    target, seen = leading(scene.text, articled, start)
    if seen:
        return target
    behind = {m.id: m for m in articled if pinpoint.end <= m.start < end}
    if behind:
        return next(iter(behind.values())) if len(behind) == 1 else None
    return scene.spoken
