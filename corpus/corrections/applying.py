"""Rules put on the annotations of one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.corrections.file import Corrections
from corpus.corrections.rules import Add, Remove, Rename, Rule, type_of
from corpus.model import Annotation, AnnotationType, Found, InstrumentType, Passage, ordered


@dataclass(frozen=True, slots=True)
class Applied:
    """Passages of a document with their corrected annotations, and the rules by number.

    `met` took effect; `unmet` name the document but found nothing to change in it, each with the reason.
    """

    passages: tuple[Passage, ...]
    met: frozenset[int] = frozenset()
    unmet: Mapping[int, str] = field(default_factory=dict)


def apply(corrections: Corrections, document_id: str, passages: Sequence[Passage]) -> Applied:
    """Correct the annotations of a whole document, beginning with what the annotators themselves found."""
    work = _Work(passages)
    met, unmet = set(), {}
    for number, rule in enumerate(corrections.rules):
        if rule.document in {"", document_id}:
            reason = work.obey(rule)
            if not reason:
                met.add(number)
            elif rule.document:
                unmet[number] = reason
    return Applied(tuple(work.passages()), frozenset(met), unmet)


class _Work:
    """The annotations of a document's passages, rule after rule."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._before = {passage.id: passage for passage in passages}
        self._now = {passage.id: list(found_by_annotators(passage)) for passage in passages}
        self._values = {ann.value for found in self._now.values() for ann in found}
        # what people added stands beside what they add later, however the two overlap
        self._added: dict[str, list[Annotation]] = {identifier: [] for identifier in self._now}

    def obey(self, rule: Rule) -> str:
        """Apply the rule; "" if it changed or confirmed anything, else the reason why it could not."""
        if not isinstance(rule, Rename) and rule.passage and rule.passage not in self._now:
            return f"the document has no passage {rule.passage!r}"
        if isinstance(rule, Add):
            return self._add(rule)
        if isinstance(rule, Remove):
            return self._remove(rule)
        return self._rename(rule)

    def passages(self) -> Iterator[Passage]:
        for identifier, passage in self._before.items():
            found, now = found_by_annotators(passage), ordered(self._now[identifier])
            yield replace(passage, annotations=now, automatic=None if now == found else found)

    def _add(self, rule: Add) -> str:
        text = self._before[rule.passage].text
        start = place_of(text, rule.text, rule.occurrence)
        if start < 0:
            times = f" {rule.occurrence} times" if rule.occurrence > 1 else ""
            return f"{rule.passage} does not hold the words {rule.text!r}{times}"
        span = (start, start + len(rule.text))
        new = Annotation(*span, rule.type, rule.value, Found.CORRECTION, rule.subtype, rule.articles)
        kept = [ann for ann in self._now[rule.passage] if ann in self._added[rule.passage] or not overlap(ann, new)]
        self._now[rule.passage] = [*(ann for ann in kept if key(ann) != key(new)), new]
        self._added[rule.passage].append(new)
        self._values.add(rule.value)
        return ""

    def _remove(self, rule: Remove) -> str:
        if rule.value and rule.value not in self._values:
            return f"nothing is tagged {rule.value!r} there"
        wanted = [rule.passage] if rule.passage else list(self._now)
        removed = 0
        for identifier in wanted:
            found = self._now[identifier]
            text = self._before[identifier].text
            kept = [ann for ann in found if not _fits(rule, ann, text)]
            removed += len(found) - len(kept)
            self._now[identifier] = kept
        return "" if removed else f"nothing is tagged there as {' '.join(filter(None, (rule.text, rule.value)))!r}"

    def _rename(self, rule: Rename) -> str:
        if not self._values.intersection(rule.values):
            return "nothing is tagged so"
        # a provision is known by its instrument, and goes along with it
        kinds = {rule.type} | ({AnnotationType.PROVISION} if rule.type == AnnotationType.INSTRUMENT else set())
        changed = 0
        for identifier, found in self._now.items():
            named = [ann.type in kinds and ann.value in rule.values for ann in found]
            if any(named):
                new = (_renamed(ann, rule.into) if hit else ann for ann, hit in zip(found, named, strict=True))
                self._now[identifier] = list({key(ann): ann for ann in new}.values())
                changed += sum(named)
        self._values.add(rule.into)
        return "" if changed else "nothing is tagged so"


def found_by_annotators(passage: Passage) -> tuple[Annotation, ...]:
    """A passage's annotations without any corrections."""
    return passage.annotations if passage.automatic is None else passage.automatic


def key(ann: Annotation) -> tuple[int, int, AnnotationType, str, str]:
    """What makes two annotations one: the same place stands for the same thing, however that was found."""
    return ann.start, ann.end, ann.type, ann.value, ann.articles


def overlap(first: Annotation, second: Annotation) -> bool:
    """Whether two annotations of one type share a character."""
    return first.type == second.type and first.start < second.end and second.start < first.end


def place_of(text: str, words: str, occurrence: int) -> int:
    """Where the words stand for the `occurrence`-th time (from 1, overlapping ones counted), -1 if they do not."""
    return next((at for number, at in enumerate(places(text, words), 1) if number == occurrence), -1)


def places(text: str, words: str) -> Iterable[int]:
    """Every place at which the words stand."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _fits(rule: Remove, ann: Annotation, text: str) -> bool:
    stated = (
        not rule.text or text[ann.start : ann.end] == rule.text,
        not rule.value or ann.value == rule.value,
        rule.type is None or ann.type == rule.type,
        rule.articles is None or ann.articles == rule.articles,
        not rule.occurrence or ann.start == place_of(text, rule.text, rule.occurrence),
    )
    return all(stated)


def _renamed(ann: Annotation, into: str) -> Annotation:
    """The annotation with another value; a known instrument brings its type along, other subtypes stay."""
    known = type_of(into) if ann.type == AnnotationType.INSTRUMENT else InstrumentType.OTHER
    subtype = ann.subtype if known == InstrumentType.OTHER else known
    return replace(ann, value=into, found=Found.CORRECTION, subtype=subtype, confidence=1.0)
