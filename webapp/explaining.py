"""Why a passage carries its tags, in words that need no knowledge of how Pincite works."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from corpus.locator import Locator
from corpus.model import Annotation, AnnotationType, Found, Passage, ordered
from webapp.language import lazy as _

#: How an annotation was found. A type has words of its own where the general ones would say too little.
_HOW: Mapping[tuple[Found, AnnotationType | None], str] = {
    (Found.GAZETTEER, None): _("a name or short form in Pincite’s reviewed lists"),
    (Found.GAZETTEER, AnnotationType.COUNTRY): _("a country’s name in the ISO list or Pincite’s additions to it"),
    (Found.PATTERN, None): _("recognised by the way it is written"),
    (Found.PATTERN, AnnotationType.ORGANISATION): _("recognised by the noun that heads the name"),
    (Found.PATTERN, AnnotationType.INSTRUMENT): _("recognised by the form of its symbol or title"),
    (Found.PATTERN, AnnotationType.PROVISION): _("numbers cited beside the name of the instrument"),
    (Found.PATTERN, AnnotationType.YEAR): _("four digits where a year stands, no page or amount"),
    (Found.ACRONYM, None): _("a short form that this document itself defines"),
    (Found.MODEL, None): _("proposed by the statistical model; no list confirms it"),
    (Found.REFERENCE, None): _("points back to what was named before"),
    (Found.REFERENCE, AnnotationType.PROVISION): _("numbers cited alone; the instrument is the one spoken of"),
    (Found.REFERENCE, AnnotationType.NOTE): _("points back to another note"),
    (Found.CORRECTION, None): _("set by a person in the library’s corrections"),
}
#: Least confidence for each word, highest first.
_SURE = ((1.0, _("certain")), (0.9, _("very likely")), (0.75, _("likely")), (0.0, _("plausible, worth a check")))
#: How units of provisions are called in front of their numbers.
_UNITS: Mapping[str, str] = {"": "art", "article": "art", "section": "s", "paragraph": "para"}
_UNKNOWN = _("something that could not be told")
_PART = _("inside another name, so it is no tag of the passage")
_SET_ASIDE = _("set aside by a correction")


@dataclass(frozen=True, slots=True)
class Reason:
    """One annotation explained: the words, their type, what they stand for, how that was found, how sure it is.

    `remark` says what else a reader must know; `annotation` is the one explained, `valid` false for one that a
    correction set aside, `url` where its page is, "" if there is none,
    `times` how many places of the passage it tells of.
    """

    annotation: Annotation
    words: str
    stands_for: str
    how: str
    sure: str
    remark: str = ""
    valid: bool = True
    url: str = ""
    times: int = 1

    @property
    def type(self) -> str:
        """The type's name."""
        return str(self.annotation.type)

    @property
    def percent(self) -> str:
        """The confidence as people read it: `95 %`."""
        return f"{self.annotation.confidence:.0%}".replace("%", " %")


def reasons(passage: Passage) -> tuple[Reason, ...]:
    """Every annotation of the passage in reading order, equal ones as one, then those that corrections set aside."""
    counted: dict[tuple[str, ...], Reason] = {}
    for each in (*(_reason(passage, ann) for ann in ordered(passage.annotations)), *_set_aside(passage)):
        same = (each.type, each.words, each.stands_for, each.how, each.percent, each.remark)
        counted[same] = replace(counted[same], times=counted[same].times + 1) if same in counted else each
    return tuple(counted.values())


def linked(reason: Reason, link: Callable[[Annotation], str]) -> Reason:
    """The reason with the address of what its words stand for; what is no tag leads nowhere."""
    return replace(reason, url=link(reason.annotation)) if not reason.remark else reason


def how_found(ann: Annotation) -> str:
    """How the annotation was found, in a phrase."""
    return str(_HOW.get((ann.found, ann.type)) or _HOW[ann.found, None])


def how_sure(confidence: float) -> str:
    """A confidence in words."""
    return str(next(words for least, words in _SURE if confidence >= least))


def stands_for(ann: Annotation) -> str:
    """What the words mean: a name, an id, a date, or an instrument with the provisions of it."""
    if ann.type == AnnotationType.NOTE and ann.value:
        return Locator.parse(ann.value).label or ann.value
    if not ann.articles:
        return ann.value or str(_UNKNOWN)
    unit = _UNITS.get(ann.subtype, ann.subtype)
    articles = ann.articles if ann.articles.startswith(unit) else f"{unit} {ann.articles}"
    return f"{ann.value}, {articles}"


def _reason(passage: Passage, ann: Annotation, remark: str = "", *, valid: bool = True) -> Reason:
    part = str(_PART) if ann.subtype == "part" else ""
    words = " ".join(passage.text[ann.start : ann.end].split())
    return Reason(ann, words, stands_for(ann), how_found(ann), how_sure(ann.confidence), remark or part, valid)


def _set_aside(passage: Passage) -> Iterator[Reason]:
    places = {(ann.start, ann.end, ann.type, ann.value, ann.articles) for ann in passage.annotations}
    for ann in ordered(passage.automatic or ()):
        if (ann.start, ann.end, ann.type, ann.value, ann.articles) not in places:
            yield _reason(passage, ann, str(_SET_ASIDE), valid=False)
