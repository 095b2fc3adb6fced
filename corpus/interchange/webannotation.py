"""W3C Web Annotation (Recommendation of 23 February 2017): one collection with one page, an annotation a line.

The target of an annotation is the passage's permalink; a `TextQuoteSelector` and a `TextPositionSelector` tell the same
place in the passage's text. The first body identifies what the words stand for, the second says of which type that
is. What the vocabulary has no word for stands under our own prefix: how it was found, the confidence, the articles of a
provision, and what went out for each passage, without which an annotation that was taken out could not be told from one
that the library has gained since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from corpus.export.base import LineWriter, Options
from corpus.interchange.base import Quote, Reviewed, ReviewError, Tag, details, sent_tags
from corpus.model import Annotation, AnnotationType, Document, Passage

#: What went out for each passage, as JSON inside a text: nested lists are no data of JSON-LD 1.0.
_SENT = "pincite:sent"
#: What the file says of itself: what was asked for, when, and whether it holds all that was found.
_EXPORT = "pincite:export"
CONTEXT = ("http://www.w3.org/ns/anno.jsonld", {"pincite": "urn:pincite:terms:"})
#: The target of a passage that has no public address.
_URN = "urn:pincite:passage:"
#: What stands before a passage's id in its permalink.
_PATH = "/passages/"
#: Characters of context on each side of a quotation; the Recommendation leaves the number open.
_CONTEXT_LENGTH = 32


class WebAnnotation(LineWriter):
    """One JSON-LD document; it is written as the passages come, the numbers last."""

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        super().__init__(stream, options)
        self._total, self._sent = 0, dict[str, list[list[Any]]]()
        page = {"id": "urn:pincite:annotations:page-1", "type": "AnnotationPage", "startIndex": 0}
        head = {"@context": CONTEXT, "id": "urn:pincite:annotations", "type": "AnnotationCollection"}
        told = {_EXPORT: options.provenance.line} if options.provenance else {}
        opening = {**head, "label": "Annotations of passages", **told, "last": page["id"], "first": page}
        self.put(_json(opening).removesuffix("}}") + ', "items": [')

    def write(self, document: Document, passage: Passage) -> None:
        """Write the annotations of the passage."""
        source = self.options.link(passage) or _URN + passage.id
        self._sent[source] = details(passage)
        for number, ann in enumerate(passage.annotations, 1):
            identifier = f"urn:pincite:annotation:{passage.id}:{number}"
            item = {"id": identifier, **_annotation(ann, passage.text, source, document.language)}
            self.put((",\n" if self._total else "\n") + _json(item))
            self._total += 1

    def finalize(self) -> None:
        """Close the page and the collection."""
        covered = _json({"total": self._total, _SENT: _json(self._sent)}).removeprefix("{")
        self.put(f"\n]}}, {covered}\n")


def read(text: str) -> Iterator[Reviewed]:
    """Passages of a collection, a page, a list of annotations, or annotations line by line; raises `ReviewError`."""
    items, stated = _items(text)
    sent = _sent(stated)
    passages: dict[str, list[Tag]] = {passage: [] for passage in sent}
    for number, item in enumerate(items, 1):
        try:
            target = item["target"]
            passages.setdefault(_passage(target["source"]), []).append(_tag(item, target))
        except (ValueError, TypeError, KeyError, AttributeError, StopIteration) as error:
            reason = f"annotation {item.get('id', number) if isinstance(item, dict) else number}"
            raise ReviewError(f"{reason}: no annotation of a passage ({error or 'a body is missing'})") from error
    yield from (Reviewed(passage, None, tuple(tags), sent.get(passage)) for passage, tags in passages.items())


def _annotation(ann: Annotation, text: str, source: str, language: str) -> dict[str, Any]:
    extra = {"pincite:subtype": ann.subtype, "pincite:articles": ann.articles}
    meaning = {"type": "TextualBody", "purpose": "identifying", "value": ann.value, "format": "text/plain"}
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[ann.start : ann.end],
        "prefix": text[max(0, ann.start - _CONTEXT_LENGTH) : ann.start],
        "suffix": text[ann.end : ann.end + _CONTEXT_LENGTH],
    }
    position = {"type": "TextPositionSelector", "start": ann.start, "end": ann.end}
    return {
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {**meaning, "language": language, **{name: value for name, value in extra.items() if value}},
            {"type": "TextualBody", "purpose": "classifying", "value": str(ann.type), "format": "text/plain"},
        ],
        "target": {"type": "SpecificResource", "source": source, "selector": [quote, position]},
        "pincite:found": str(ann.found),
        "pincite:confidence": ann.confidence,
    }


def _sent(stated: str) -> dict[str, tuple[Tag, ...] | None]:
    try:
        return {_passage(source): sent_tags(rows) for source, rows in json.loads(stated).items()}
    except (ValueError, TypeError, AttributeError, IndexError) as error:
        raise ReviewError(f"{_SENT!r} is not as it was exported ({error})") from error


def _items(text: str) -> tuple[list[Any], str]:
    """The annotations, and what is stated to have gone out."""
    try:
        whole = json.loads(text)
    except ValueError:
        return _lines(text), "{}"
    if isinstance(whole, list):
        return whole, "{}"
    first = whole.get("first", whole)
    if whole.get("type") == "Annotation":
        return [whole], "{}"
    if not isinstance(first, dict) or not isinstance(first.get("items"), list):
        raise ReviewError("it holds no page of annotations (its pages must be embedded)")
    return first["items"], whole.get(_SENT, "{}")


def _lines(text: str) -> list[Any]:
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                found.append(json.loads(line))
            except ValueError as error:
                raise ReviewError(f"line {number}: {error}") from error
    return found


def _tag(item: Mapping[str, Any], target: Mapping[str, Any]) -> Tag:
    bodies, selectors = _list(item["body"]), _list(target["selector"])
    meaning = next(body for body in bodies if body.get("purpose") not in {"classifying", "tagging"})
    kind = next(body["value"] for body in bodies if body.get("purpose") in {"classifying", "tagging"})
    position = next((each for each in selectors if each["type"] == "TextPositionSelector"), {"start": 0, "end": 0})
    quote = next((each for each in selectors if each["type"] == "TextQuoteSelector"), None)
    return Tag(
        int(position["start"]),
        int(position["end"]),
        AnnotationType(kind),
        str(meaning["value"]),
        meaning.get("pincite:subtype"),
        meaning.get("pincite:articles"),
        Quote(quote["exact"], quote.get("prefix", ""), quote.get("suffix", "")) if quote else None,
    )


def _passage(source: str) -> str:
    if source.startswith(_URN):
        return source.removeprefix(_URN)
    _, path, identifier = source.partition(_PATH)
    if not path:
        raise ReviewError(f"the target {source!r} is no permalink of a passage")
    return identifier


def _list(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else [value]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
