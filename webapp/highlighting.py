"""Marking spans in a passage's text: the one place where text meets markup, and therefore where it is escaped.

Three layers lie over a text: names (outermost, linked), calls of notes, and hits. Names that overlap are settled
first (the longer, earlier one stays), hits are cut where a name begins or ends, so the tags always nest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from corpus.citation import cite_html
from corpus.locator import Locator
from corpus.model import DIVISIONS, Annotation, AnnotationType, Document, NoteCall, Passage, ordered
from webapp.language import gettext
from webapp.lines import Line, lines
from webapp.wording import words

#: Half-open character offsets into the passage's text.
Span = tuple[int, int]

#: Classes of marks that are not their types': a note in the margin is `note` already.
_CLASSES = {AnnotationType.NOTE: "pointer"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A name in the text: its span, CSS class, tooltip, where it leads ("" for nowhere), and words that say so."""

    start: int
    end: int
    css: str
    title: str
    url: str = ""
    lead: str = ""

    def wrap(self, inner: str) -> str:
        """`inner`, which is markup, inside the element that this name calls for."""
        if self.lead:
            inner += f' <span class="lead">→ {escape(self.lead)}</span>'
        title = escape(self.title)
        if self.url:
            return f'<a class="name {self.css}" href="{escape(self.url)}" title="{title}">{inner}</a>'
        return f'<span class="name {self.css}" title="{title}">{inner}</span>'


@dataclass(frozen=True, slots=True)
class Call:
    """A note call to print at character `at`: its number and the address of the note."""

    at: int
    number: int
    url: str
    id: str = ""

    @property
    def markup(self) -> str:
        """A superscript link."""
        name = f' id="{escape(self.id)}"' if self.id else ""
        label = escape(gettext("note %(number)s", number=self.number))
        link = f'<a href="{escape(self.url)}"{name} aria-label="{label}">{self.number}</a>'
        return f'<sup class="call">{link}</sup>'


def render(
    text: str,
    *,
    hits: Iterable[Span] = (),
    marks: Sequence[Mark] = (),
    calls: Iterable[Call] = (),
    within: Span | None = None,
) -> Markup:
    """The text (or its part `within`) as HTML: escaped, hits in `<mark>`, names wrapped, sub-items each on its line.

    Call it with spans of the whole text; those that reach beyond `within` are cut.
    """
    start, end = within or (0, len(text))
    layers = _Layers(text, merged(hits), settled(marks), tuple(sorted(calls, key=lambda call: call.at)))
    found = lines(text, start, end)
    plain = len(found) == 1 and not found[0].cells
    inner = layers.line(start, end) if plain else "".join(_block(layers, line) for line in found)
    return Markup(inner)  # noqa: S704  # escaped where the parts are put together


def cited(document: Document, passage: Passage | None, style: str) -> Markup:
    """The citation with its italics; the formatter escapes every part of it."""
    return Markup(cite_html(document, passage, style))  # noqa: S704  # escaped where the parts are put together


def marks_for(annotations: Iterable[Annotation], link: Callable[[Annotation], str]) -> tuple[Mark, ...]:
    """Annotations as marks; names inside other names ("part") and dates, which no page lists, stay plain.

    Words that point back ("ibid") lead to their note, and not to the instrument that they mean as well.
    """
    held = ordered(annotations)
    back = {(ann.start, ann.end) for ann in held if ann.type == AnnotationType.NOTE}
    shown = (ann for ann in held if ann.subtype != "part" and ann.type != AnnotationType.DATE)
    return tuple(
        Mark(ann.start, ann.end, _CLASSES.get(ann.type, str(ann.type)), _tooltip(ann), link(ann), _lead(ann))
        for ann in shown
        if ann.type == AnnotationType.NOTE or (ann.start, ann.end) not in back
    )


def calls_for(calls: Iterable[NoteCall], link: Callable[[int], str]) -> tuple[Call, ...]:
    """Note calls with the address of their note."""
    return tuple(Call(call.at, call.number, link(call.number)) for call in calls)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, overlapping and touching ones joined, empty ones dropped."""
    result: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def settled(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Marks in order without overlaps: the earlier of two stays, the longer of two that start together."""
    result: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if mark.start < mark.end and (not result or mark.start >= result[-1].end):
            result.append(mark)
    return tuple(result)


@dataclass(frozen=True, slots=True)
class _Layers:
    """What lies over a text; each method gives a part of it as markup, escaped."""

    text: str
    hits: tuple[Span, ...]
    marks: tuple[Mark, ...]
    calls: tuple[Call, ...]

    def line(self, start: int, end: int) -> str:
        pieces = [self._named(start, end)]
        pieces += [call.markup for call in self.calls if call.at == end]
        return "".join(pieces)

    def _named(self, start: int, end: int) -> str:
        pieces, at = [], start
        for mark in self.marks:
            first, last = max(mark.start, start), min(mark.end, end)
            if first < last:
                pieces += [self._called(at, first), *self._calls_in(first, first + 1)]
                pieces += [mark.wrap(self._plain(first, last)), *self._calls_in(first + 1, last)]
                at = last
        return "".join([*pieces, self._called(at, end)])

    def _calls_in(self, start: int, end: int) -> list[str]:
        # A link may not stand inside a link: calls inside a name come right behind it.
        return [call.markup for call in self.calls if start <= call.at < end]

    def _called(self, start: int, end: int) -> str:
        pieces, at = [], start
        for call in self.calls:
            if start <= call.at < end:
                pieces += [self._plain(at, call.at), call.markup]
                at = call.at
        return "".join([*pieces, self._plain(at, end)])

    def _plain(self, start: int, end: int) -> str:
        pieces, at = [], start
        for hit in self.hits:
            first, last = max(hit[0], start), min(hit[1], end)
            if first < last:
                pieces += [escape(self.text[at:first]), f"<mark>{escape(self.text[first:last])}</mark>"]
                at = last
        return "".join([*pieces, escape(self.text[at:end])])


def _block(layers: _Layers, line: Line) -> str:
    if line.cells:
        cells = (f'<span class="cell" role="cell">{layers.line(*cell)}</span>' for cell in line.cells)
        return f'<span class="row" role="row">{"".join(cells)}</span>'
    css = f"line depth-{line.depth}" if line.depth else "line"
    return f'<span class="{css}">{layers.line(line.start, line.end)}</span>'


def _lead(ann: Annotation) -> str:
    """`fn 11` for words that point to that note, `see there` for a place without a label, `unresolved` for nowhere."""
    if ann.type != AnnotationType.NOTE:
        return ""
    return (Locator.parse(ann.value).label or gettext("see there")) if ann.value else gettext("unresolved")


def _tooltip(ann: Annotation) -> str:
    if ann.type == AnnotationType.NOTE:
        if not ann.value:
            return gettext("Points back to a note that could not be told")
        label = Locator.parse(ann.value).label
        return gettext("Points back to %(note)s", note=label) if label else gettext("Points back to an earlier passage")
    word = "" if ann.subtype in DIVISIONS else "art "
    articles = f", {word}{ann.articles}" if ann.articles else ""
    return f"{words(ann.type).capitalize()}: {ann.value}{articles}"
