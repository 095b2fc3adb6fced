"""References back: "the Convention", "this Directive", "the said resolution", resolved to the instrument they mean.

A reference that could mean two instruments alike gives nothing: a missing tag costs less than a wrong one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from corpus.model import Annotation, AnnotationType, Document, Found, Passage, PassageKind, ordered
from ingest.annotate.homes import at_home
from ingest.annotate.mentions import Mention, dominant, leading, mention
from ingest.annotate.owners import owners

#: A reference is as good as the rule that resolved it; rules were right in about nine of ten cases read by hand.
CONFIDENCE = 0.8
_HEADS = (
    "Framework Decision|Convention|Protocol|Treaty|Covenant|Charter|Directive|Regulation|Decision|Recommendation|"
    "Declaration|Statute|Model Law|Agreement|Guidelines|Act|Code|Resolution"
)
_LOWER = (
    "convention|protocol|treaty|covenant|directive|regulation|recommendation|declaration|statute|model law|agreement|"
    "resolution"
)
# A resolution that says "this resolution" means itself, which no tag need say.
_SELF_HEADS = f"{_HEADS}|{_LOWER}".replace("|Resolution", "").replace("|resolution", "")
# Must match "the Convention", "this Directive", "its Protocol", "that convention", "the said resolution"; must not
# match "the Convention on X", "the Convention No. 5", "the convention", "a Protocol", "the Conventions".
_REFERENCE = re.compile(
    rf"\b(?:(?:[Tt]he|its|[Tt]he said|[Tt]he above-mentioned)\s+(?:Additional\s+|Optional\s+)?(?P<capital>{_HEADS})"
    rf"|(?P<own>[Tt]his|[Tt]he present)\s+(?:Additional\s+|Optional\s+)?(?P<this>{_SELF_HEADS})"
    rf"|(?:[Tt]hat|the said|the same)\s+(?P<that>{_HEADS}|{_LOWER}))\b"
    r"(?!\s+(?:on|against|for|No|relating|relative|concerning|\d|[A-Z][a-z]+ion\b))"
)
_CODE = "US Code s "
_SECTION = re.compile(r"§\s?(?P<number>\d+[A-Z]?)(?!\w)")
#: A reference to something not named for so many passages is left open; "this Directive" points next door.
_MEMORY, _NEXT_DOOR = 150, 2
#: An institution named so many passages back still tells whose Charter is meant.
_NEAR = 12


def find_references(
    document: Document,
    passages: Sequence[Passage],
    named: Sequence[Sequence[Annotation]],
    defined: Mapping[str, tuple[int, Mention]] | None = None,
) -> list[tuple[Annotation, ...]]:
    """References back in each passage, given the instruments `named` in each.

    `defined` holds head nouns that the document itself gives a meaning ("the Convention"), with the passage that does.
    """
    own = owners(document, passages, named)
    counts: Counter[str] = Counter(annotation.value for annotations in named for annotation in annotations)
    past: list[list[Mention]] = []
    texts: list[str] = []
    found = []
    for at, (passage, names, owner) in enumerate(zip(passages, named, own, strict=True)):
        mentions = [mention(annotation, passage.text) for annotation in names]
        meant = {head: target for head, (first, target) in (defined or {}).items() if first < at}
        references = list(
            _resolve(passage, mentions, owner, _Past(f"{document.title}; {document.body}", texts, past, counts, meant))
        )
        found.append(ordered(references))
        if passage.kind != PassageKind.FOOTNOTE and owner is None:
            past.append(sorted((*mentions, *(mention(ref, passage.text) for ref in references)), key=lambda m: m.start))
            texts.append(passage.text)
    return found


@dataclass(frozen=True, slots=True)
class _Past:
    """What stood before a passage: the texts with their mentions, how often each was named, and what was defined.

    `about` tells whose paper the document is.
    """

    about: str
    texts: list[str]
    mentions: list[list[Mention]]
    counts: Counter[str]
    defined: Mapping[str, Mention]


def _resolve(passage: Passage, mentions: list[Mention], owner: Mention | None, past: _Past) -> Iterator[Annotation]:
    yield from (_annotation(match, section) for match, section in _sections(passage.text, mentions))
    seen = list(mentions)
    home = cache(partial(at_home, texts=(past.about, *past.texts[-_NEAR:], passage.text), named=past.counts))
    for match in _REFERENCE.finditer(passage.text):
        if any(m.start < match.end() and match.start() < m.end for m in mentions):
            continue
        head = (match["capital"] or match["this"] or match["that"]).casefold()
        target = past.defined.get(head) if match["capital"] and not owner else None
        target = target or _target(match, head, passage.text, seen, owner) or _earlier(head, seen, match, past)
        if target is None and match["capital"] and owner is None:
            target = home(head)
        if target:
            yield _annotation(match, target)
            seen.append(Mention(match.start(), match.end(), target.id, target.type, target.heads))
            seen.sort(key=lambda m: m.start)


def _annotation(match: re.Match[str], target: Mention) -> Annotation:
    return Annotation(
        start=match.start(),
        end=match.end(),
        type=AnnotationType.INSTRUMENT,
        value=target.id,
        found=Found.REFERENCE,
        subtype=target.type,
        confidence=CONFIDENCE,
    )


def _sections(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[re.Match[str], Mention]]:
    """Bare sections of a code that is cited by its sections: "§ 1028A" where "US Code s 1028" was named before."""
    codes = [m for m in mentions if m.id.startswith(_CODE)]
    for match in _SECTION.finditer(text) if codes else ():
        before = [m for m in codes if m.end <= match.start()]
        if before and not any(m.start <= match.start() < m.end for m in codes):
            yield match, replace(before[-1], id=_CODE + match["number"])


def _target(match: re.Match[str], head: str, text: str, seen: list[Mention], owner: Mention | None) -> Mention | None:
    fitting = [m for m in seen if m.fits(head)]
    if owner and owner.fits(head) and (match["own"] or not any(m.end <= match.start() for m in fitting)):
        return owner
    return leading(text, fitting, match.start())[0]


def _earlier(head: str, seen: list[Mention], match: re.Match[str], past: _Past) -> Mention | None:
    """The nearest earlier passage's topic under this head; of several that lead alike the dominant one."""
    here = [m for m in seen if m.fits(head) and m.end <= match.start()]
    if here:
        return dominant(past.counts, here)
    reach = _NEXT_DOOR if match["own"] else _MEMORY
    for text, before in list(zip(past.texts, past.mentions, strict=True))[: -reach - 1 : -1]:
        fitting = [m for m in before if m.fits(head)]
        target, spoken = leading(text, fitting, len(text))
        if spoken:
            return target or dominant(past.counts, fitting)
    return None
