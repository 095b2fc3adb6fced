"""Notes that point back, resolved to the earlier note and, through it, to the instrument that it cites.

`ibid` points at the source cited last, in the same note or at the end of the note before; a number at the note of that
number; `op. cit.` at the note that first names the author. A pointer at a note that only points itself goes on to where
that one leads. In running text `(ibid., para. 5)` points at the document that was cited last in parentheses. What
cannot be resolved is marked all the same, with an empty value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.authority import countries, organisations
from corpus.model import Annotation, AnnotationType, Document, Found, InstrumentType, Passage, PassageKind, ordered
from ingest.annotate.articles import find_pinpoints
from ingest.annotate.pointers import Form, Pointer, find_pointers
from ingest.annotate.sentences import sentences

_SYMBOLS = frozenset({InstrumentType.DOCUMENT, InstrumentType.RESOLUTION})
#: A resolved pointer: read off a number, told by its place or by an author's name; and one that leads nowhere.
_CONFIDENCE = {Form.SUPRA: 1.0, Form.NUMBER: 1.0, Form.IBID: 0.9, Form.OP_CIT: 0.8}
_UNRESOLVED = 0.5
#: How many passages back a running text may have cited what its "ibid." repeats, counted anew from each "ibid.".
_REACH = 8
# What may follow a pointer to the same source: the end, or a place in it. A volume, a session or another document of
# the same series ("Ibid., vol. 5", "Ibid., document S/842") makes it another source.
_SAME_SOURCE = re.compile(
    r"[\s,.:;]*(?:$|[)\]]|(?:at|in|pp?|pages?|paras?|paragraphs?|arts?|articles?|ss?|sections?|sects?|chaps?|chapters?|"
    r"annex(?:es)?|appendix|preamble|recitals?|rec|principles?|rules?|and|see|passim|table|tables)\b|§|¶|\d|[A-Z][a-z]+\s)",
    re.IGNORECASE,
)
_OTHER_SOURCE = re.compile(
    r"[\s,.:]*(?:vol|No|document|Supplement|resolution|decision|[A-Z][\w-]+\s(?:Session|Year|meeting)|\w+\smeeting)"
)
# Words in front of a source that are no author: "See also", "As stated in".
_SIGNAL = re.compile(
    r"(?:[Ss]ee|also|generally|[Cc]f\.?|e\.g\.|for example|[Cc]ompare|[Aa]s|stated|provided|out|set|[Uu]nder|[Ii]n|of|"
    r"by|[Tt]he|[Pp]ursuant|to|both|and|its|from|[Tt]ext|[Ff]ull|No\.?|cited|quoted|in particular|[\s,:(])*"
)


@dataclass(slots=True)
class _Notes:
    """The notes of a document in order: their places among the passages, where each leads, and what it cites."""

    passages: Sequence[Passage]
    places: list[int] = field(default_factory=list)
    leads: dict[int, int] = field(default_factory=dict)  # a note that only points -> the note that it points at
    partly: set[int] = field(default_factory=set)  # those that add a volume or a document: a source of their own
    by_author: set[int] = field(default_factory=set)  # those that say "op. cit." themselves: they name no work
    sources: dict[int, Annotation | None] = field(default_factory=dict)

    def number(self, place: int) -> str:
        """The note's own number as printed, "" for what has none."""
        step = self.passages[place].locator.steps[-1]
        return step.numbers[0] if step.unit == "fn" and step.numbers else ""

    def before(self, place: int) -> int | None:
        """The note right before; None if its number shows that one between them was lost."""
        if not self.places:
            return None
        last = self.places[-1]
        own, other = self.number(place), self.number(last)
        counted = own.isdecimal() and other.isdecimal()
        return None if counted and int(own) - int(other) not in {0, 1} else last

    def end(self, place: int | None, *, partly: bool) -> int | None:
        """Where a pointer at `place` leads in the end; one that adds a volume itself goes on through others that do."""
        if place in self.leads and (partly or place not in self.partly):
            return self.leads[place]
        return place

    def numbered(self, number: str, place: int) -> int | None:
        """The last note of this number read so far, rather of the same division than of another; never itself."""
        held = [at for at in self.places if self.number(at) == number and at != place]
        here = self.passages[place].locator.container
        near = [at for at in held if self.passages[at].locator.container == here]
        return next(reversed(near or held), None)

    def naming(self, names: Sequence[str]) -> int | None:
        """The first note that has most of an author's names, the surname among them, else such a bibliography entry."""
        works = [at for at, passage in enumerate(self.passages) if passage.kind == PassageKind.REFERENCE]
        for places in (self.places, works):
            shared = {at: _shared(self.passages[at], names) for at in places if at not in self.by_author}
            if any(shared.values()):
                return max(shared, key=lambda at: shared[at])
        return None


def find_notes(
    document: Document,  # noqa: ARG001  every step takes the document
    passages: Sequence[Passage],
    instruments: Sequence[Sequence[Annotation]],
) -> list[tuple[Annotation, ...]]:
    """The pointers of each passage, each with a reference to the instrument that its source is, if it is one."""
    notes, late = _Notes(passages), []
    found: list[tuple[Annotation, ...]] = [() for _ in passages]
    cited = _Cited(passages, instruments)
    for at, passage in enumerate(passages):
        pointers = list(find_pointers(passage.text))
        if passage.kind != PassageKind.FOOTNOTE:
            late += [at] if pointers else []
            continue
        found[at] = _note(notes, at, pointers, instruments[at])
        notes.places.append(at)
    for at in late:
        pointers = list(find_pointers(passages[at].text))
        found[at] = tuple(ann for pointer in pointers for ann in _in_text(notes, at, pointer, cited))
    return [ordered(annotations) for annotations in found]


def _note(
    notes: _Notes, at: int, pointers: Sequence[Pointer], instruments: Sequence[Annotation]
) -> tuple[Annotation, ...]:
    """The annotations of one note; what it cites last is remembered for the notes behind it."""
    text = notes.passages[at].text
    found: list[Annotation] = []
    target, source = None, None
    for pointer in pointers:
        target, source = _lead(notes, at, pointer, instruments)
        found += _annotations(text, pointer, notes.passages[target] if target is not None else None, source)
    last = pointers[-1] if pointers and pointers[-1].end > _citations(text)[-1][0] else None
    other = last is None or _is_other(text, last)
    notes.sources[at] = _source(text, instruments, len(text)) if other else source
    if last and target is not None and target != at:
        notes.leads[at] = target
        notes.partly |= {at} if other else set()
    if any(pointer.form == Form.OP_CIT for pointer in pointers) and len(_citations(text)) == 1:
        notes.by_author.add(at)
    return tuple(found)


def _lead(
    notes: _Notes, at: int, pointer: Pointer, instruments: Sequence[Annotation]
) -> tuple[int | None, Annotation | None]:
    """The note that a note's pointer leads to in the end, and the instrument that it means."""
    text = notes.passages[at].text
    if pointer.form == Form.IBID and _cites_before(text, pointer.start):
        return at, _source(text, instruments, pointer.start)
    target = notes.end(_target(notes, at, pointer), partly=_is_other(text, pointer))
    return target, notes.sources.get(target) if target is not None else None


def _target(notes: _Notes, at: int, pointer: Pointer) -> int | None:
    if pointer.form == Form.IBID:
        before = notes.before(at)
        lost = before is not None and before not in notes.leads and _only_ibid(notes.passages[before].text)
        return None if lost else before
    if pointer.number:
        return notes.numbered(pointer.number, at)
    return notes.naming(pointer.names) if pointer.names else None


@dataclass(slots=True)
class _Cited:
    """What running text cites in parentheses; `last` is what an "ibid." repeated last: (passage, source, its place)."""

    passages: Sequence[Passage]
    instruments: Sequence[Sequence[Annotation]]
    last: tuple[int, int, Annotation] | None = None

    def before(self, at: int, limit: int) -> tuple[int, Annotation] | None:
        """The place and the instrument of the last citation before character `limit` of passage `at`."""
        for back in range(at, max(-1, at - _REACH), -1):
            end = limit if back == at else len(self.passages[back].text)
            named = [ann for ann in self.instruments[back] if ann.end <= end and self._is_citation(back, ann)]
            if named:
                self.last = (at, back, named[-1])
                return back, named[-1]
            if self.last and self.last[0] == back:
                self.last = (at, *self.last[1:])
                return self.last[1:]
        return None

    def _is_citation(self, at: int, annotation: Annotation) -> bool:
        passage = self.passages[at]
        if passage.kind == PassageKind.FOOTNOTE or annotation.found == Found.REFERENCE:
            return False
        before = passage.text[: annotation.start]
        return before.rfind("(") > before.rfind(")") or (annotation.subtype in _SYMBOLS and before.endswith("in "))


def _in_text(notes: _Notes, at: int, pointer: Pointer, cited: _Cited) -> Iterator[Annotation]:
    """A pointer in running text: a numbered one leads to the note, `ibid` to what was cited last in parentheses."""
    passages, text = notes.passages, notes.passages[at].text
    target, source = None, None
    if pointer.form == Form.IBID:
        target, source = cited.before(at, pointer.start) or (None, None)
    else:
        target = notes.end(_target(notes, at, pointer), partly=False)
        source = notes.sources.get(target) if target is not None else None
    yield from _annotations(text, pointer, passages[target] if target is not None else None, source)


def _annotations(
    text: str, pointer: Pointer, target: Passage | None, source: Annotation | None
) -> Iterator[Annotation]:
    yield Annotation(
        start=pointer.start,
        end=pointer.end,
        type=AnnotationType.NOTE,
        value=target.locator.path if target else "",
        found=Found.REFERENCE,
        subtype=pointer.form,
        confidence=_CONFIDENCE[pointer.form] if target else _UNRESOLVED,
    )
    if target and source and _SAME_SOURCE.match(text, pointer.end) and not _is_other(text, pointer):
        found = Found.REFERENCE
        yield replace(source, start=pointer.start, end=pointer.end, found=found, confidence=_CONFIDENCE[pointer.form])


def _is_other(text: str, pointer: Pointer) -> bool:
    """Whether a pointer goes on to another source of the same series: "Ibid., vol. 5", "Ibid., document S/842"."""
    return _OTHER_SOURCE.match(text, pointer.end) is not None


def _source(text: str, instruments: Sequence[Annotation], limit: int) -> Annotation | None:
    """The instrument that the last citation of a note (before character `limit`) is of; a book about one is another."""
    cut = text[:limit].rstrip(" ;.,(")
    start, end = _citations(cut)[-1]
    for annotation in instruments:
        if start <= annotation.start and annotation.end <= end:
            return annotation if _is_signal(text[start : annotation.start]) else None
    return None


def _citations(text: str) -> list[tuple[int, int]]:
    """Spans of the citations of a note, parted by semicolons and by sentences that cite something themselves."""
    spans = []
    for start, end in sentences(text):
        at = start
        for part in re.split(r"(?<=;)", text[start:end]):
            spans.append((at, at + len(part)))
            at += len(part)
    return [span for span in spans if text[slice(*span)].strip()] or [(0, len(text))]


def _is_signal(before: str) -> bool:
    """Whether only signals, pinpoints and the names of issuing bodies stand in front of a source."""
    for pinpoint in reversed(list(find_pinpoints(before))):
        before = before[: pinpoint.start] + before[pinpoint.end :]
    parts = (part.strip() for part in before.split(","))
    return all(
        _SIGNAL.fullmatch(part) or organisations.load().by_name(part) or countries.load().by_name(part)
        for part in parts
    )


def _cites_before(text: str, start: int) -> bool:
    """Whether a note cites something itself in front of its pointer."""
    return not _SIGNAL.fullmatch(text[:start]) and re.search(r"[;&]|\.\s|\band\s*$", text[:start]) is not None


def _only_ibid(text: str) -> bool:
    return any(pointer.form == Form.IBID and not _cites_before(text, pointer.start) for pointer in find_pointers(text))


def _shared(passage: Passage, names: Sequence[str]) -> int:
    """How many of an author's names a passage has, none if the surname (the first or the last one) is not there."""
    if not _has(passage.text, (names[0], names[-1])):
        return 0
    return sum(_has(passage.text, (name,)) for name in names)


def _has(text: str, names: Sequence[str]) -> bool:
    """Whether a text has one of the names as a word, with or without the Arabic article."""
    bare = (re.escape(re.sub(r"^[AE]l[- ]", "", name)) for name in names)
    return any(re.search(rf"(?<!\w){name}(?!\w)", text) for name in bare)
