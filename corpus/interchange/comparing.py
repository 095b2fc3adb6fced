"""A review against the library: which corrections make the library's annotations those of the review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.corrections import Add, Remove
from corpus.corrections.applying import key, overlap, places
from corpus.corrections.rules import Fault, checked
from corpus.interchange.base import Reviewed, Tag
from corpus.interchange.values import Values
from corpus.model import Annotation, AnnotationType, Found, Passage, ordered


@dataclass(frozen=True, slots=True)
class Difference:
    """Rules that lead from the library to the review, in the order of their being applied.

    `compared` counts passages, `passages` those that differ; `notes` tell what could not be compared, a line each.
    """

    removed: tuple[Remove, ...] = ()
    added: tuple[Add, ...] = ()
    compared: int = 0
    notes: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[Remove | Add, ...]:
        """Everything that is taken out, then everything that is put in."""
        return (*self.removed, *self.added)

    @property
    def passages(self) -> frozenset[str]:
        """Ids of the passages that differ."""
        return frozenset(rule.passage for rule in self.rules)


class _Unusable(Exception):
    """Why a passage or a tag cannot be compared."""


def compare(reviewed: Iterable[Reviewed], held: Sequence[Passage]) -> Difference:
    """Compare passages of a review with the passages of their documents as the library's corrections leave them."""
    known = {passage.id: passage for passage in held}
    values = Values(held)
    removed, added, notes = list[Remove](), list[Add](), list[str]()
    compared = 0
    for each in reviewed:
        try:
            passage = _passage(each, known)
            out, new = _changes(passage.annotations, _wanted(each, passage, values))
            added += [_add(passage, ann) for ann in new]
        except (_Unusable, Fault) as reason:
            notes.append(f"{each.passage}: {reason}")
            continue
        removed += [_remove(passage, ann) for ann in out]
        compared += 1
    return Difference(tuple(removed), tuple(added), compared, tuple(notes))


def _wanted(reviewed: Reviewed, passage: Passage, values: Values) -> list[Annotation]:
    """The annotations of the passage after the review: all of them, or the present ones with what it changed."""
    if reviewed.sent is None:
        return [_annotation(tag, passage, values) for tag in reviewed.tags]
    sent, back = ({_name(tag): tag for tag in tags} for tags in (reviewed.sent, reviewed.tags))
    new = [_annotation(tag, passage, values) for name, tag in back.items() if name not in sent]
    gone = {key(_annotation(tag, passage, values)) for name, tag in sent.items() if name not in back}
    return [*(ann for ann in passage.annotations if key(ann) not in gone), *new]


def _name(tag: Tag) -> tuple[object, ...]:
    return tag.start, tag.end, tag.type, tag.value, tag.subtype or "", tag.articles or ""


def _changes(
    held: Sequence[Annotation], wanted: Sequence[Annotation]
) -> tuple[tuple[Annotation, ...], tuple[Annotation, ...]]:
    """What has to be taken out and what to be put in; what an addition would push aside is put in with it."""
    before = {(*key(ann), ann.subtype): ann for ann in held}
    after = {(*key(ann), ann.subtype): ann for ann in wanted}
    new = [ann for name, ann in after.items() if name not in before]
    kept = [ann for name, ann in after.items() if name in before]
    pushed = new
    while pushed:
        pushed = [ann for ann in kept if any(overlap(ann, other) for other in pushed)]
        kept = [ann for ann in kept if ann not in pushed]
        new += pushed
    return ordered(ann for name, ann in before.items() if name not in after), ordered(new)


def _passage(reviewed: Reviewed, known: Mapping[str, Passage]) -> Passage:
    passage = known.get(reviewed.passage)
    if passage is None:
        raise _Unusable("the library holds no such passage")
    if reviewed.text is not None and reviewed.text != passage.text:
        raise _Unusable("its text is not the library's; export it again")
    return passage


def _annotation(tag: Tag, passage: Passage, values: Values) -> Annotation:
    start, end = _span(tag, passage.text)
    words = passage.text[start:end]
    value = values.of(tag.type, words) if tag.value is None else tag.value
    if not value and tag.value is None:
        raise _Unusable(f"{words!r}: say what it stands for with the label '{tag.type}|...'")
    new = Annotation(start, end, tag.type, value, Found.CORRECTION, tag.subtype or "", tag.articles or "")
    if tag.subtype is None:
        same = [ann for ann in passage.annotations if key(ann) == key(new)]
        new = replace(new, subtype=same[0].subtype if same else _add(passage, new).subtype)
    return new


def _span(tag: Tag, text: str) -> tuple[int, int]:
    if tag.quote is not None and text[tag.start : tag.end] != tag.quote.exact:
        at = tag.quote.place(text)
        if at < 0:
            raise _Unusable(f"the words {tag.quote.exact!r} are not to be found, or several times")
        return at, at + len(tag.quote.exact)
    if not 0 <= tag.start < tag.end <= len(text):
        raise _Unusable(f"the span {tag.start} to {tag.end} lies outside its text")
    return tag.start, tag.end


def _add(passage: Passage, ann: Annotation) -> Add:
    words = passage.text[ann.start : ann.end]
    number = list(places(passage.text, words)).index(ann.start) + 1
    return checked(Add(passage.id, words, ann.type, ann.value, ann.subtype, ann.articles, number))


def _remove(passage: Passage, ann: Annotation) -> Remove:
    words = passage.text[ann.start : ann.end]
    all_places = list(places(passage.text, words))
    number = all_places.index(ann.start) + 1 if len(all_places) > 1 else 0
    articles = ann.articles if ann.type == AnnotationType.PROVISION and ann.articles else None
    return Remove(words, ann.value, ann.type, articles, passage.id, occurrence=number)
