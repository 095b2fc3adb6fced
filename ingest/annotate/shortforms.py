"""Short forms of instruments that a document defines itself: `(CRC)`, `(hereinafter “the Lagoon Treaty”)`, `(the Act)`.

An acronym must be made of the name's letters. A name of several words means the instrument from there on; a bare head
noun tells what "the Convention" refers to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.model import Annotation, AnnotationType, Found, Passage, PassageKind, ordered
from ingest.annotate.acronyms import abbreviates, looks_like_acronym
from ingest.annotate.mentions import Mention, mention

#: A short form is as good as its definition, unless something else in the document has the same letters.
CONFIDENCE = 0.9
_HEADS = (
    "Convention|Protocol|Treaty|Covenant|Charter|Directive|Regulation|Decision|Recommendation|Declaration|Statute|"
    "Model Law|Agreement|Guidelines|Act|Code|Law|Resolution|Constitution|Accords?|Pact|Rules|Principles|"
    "Framework Decision"
)
# Between a name and its definition: nothing, a date, a place in a series (" of 2001", " (ETS 185)", ", 5 UNTS 331").
_BETWEEN = r"(?:\s+of\s+[\w\s]{4,20}|,?\s+\d{1,4}\s+U\.?N\.?T\.?S\.?\s+\d+,?|\s*\([^()]{2,120}\))?\s*"
_WORD = r"[A-Z0-9][\w&./-]*(?:[’']\w+)*"
_LEAD = (
    r"(?:(?P<told>hereinafter|hereafter|henceforth|in the following|referred to as|called|known as|also|or|abbreviated)"
    r"[\s,:]+){0,3}"
)
# "[12 June 2001] (the “Lagoon Treaty”)"; the short form may stand behind other facts: "(1577 UNTS 3; CRC)".
_DEFINITION = re.compile(
    rf"{_BETWEEN}[(\[](?:[^()\[\]]{{2,80}}[;,]\s+)?{_LEAD}(?P<article>[Tt]he\s+)?(?P<quote>[“\"‘']?)(?P<article2>[Tt]he\s+)?"
    rf"(?P<short>{_WORD}(?:\s{_WORD}){{0,4}}?)[”\"’']?[)\]]"
)
_HEAD = re.compile(rf"(?:{_HEADS})")
_ENDS_WITH_HEAD = re.compile(rf"(?:{_HEADS})(?:\s(?:[IVX]+|\d{{4}}))?")
# The same letters begin a body's name: "the CRC Committee".
_BODY = re.compile(r"[’']?s?\s(?:Committee|Commission|Secretariat|Council|Court|Conference|Group|Board|Programme)\b")


@dataclass(frozen=True, slots=True)
class ShortForms:
    """What a document defines: names by the passage that defines them, and bare head nouns ("the Convention")."""

    names: Mapping[str, tuple[int, Annotation]] = field(default_factory=dict)
    heads: Mapping[str, tuple[int, Mention]] = field(default_factory=dict)

    def read(self, at: int, passage: Passage, named: Sequence[Annotation]) -> tuple[Annotation, ...]:
        """What passage `at` names, its short forms among it; one that looks like a title is the one it stands for."""
        kept = [ann for ann in named if ann.value not in self.names or self.names[ann.value][0] > at]
        return ordered((*kept, *self._find(at, passage, kept)))

    def _find(self, at: int, passage: Passage, named: Sequence[Annotation]) -> Iterator[Annotation]:
        for short, (first, source) in self.names.items():
            if at < first or short not in passage.text:
                continue
            for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w-])", passage.text):
                taken = any(ann.start < match.end() and match.start() < ann.end for ann in named)
                if not taken and not _BODY.match(passage.text, match.end()):
                    yield _annotation(match, source)


def find_short_forms(passages: Sequence[Passage], named: Sequence[Sequence[Annotation]]) -> ShortForms:
    """The short forms that the document defines beside the names of its instruments; the first definition counts."""
    names: dict[str, tuple[int, Annotation]] = {}
    heads: dict[str, tuple[int, Mention]] = {}
    for at, (passage, found) in enumerate(zip(passages, named, strict=True)):
        if "(" not in passage.text or passage.kind == PassageKind.REFERENCE:
            continue
        for annotation in found:
            short = _defined(passage.text, annotation)
            if short and _HEAD.fullmatch(short):
                heads.setdefault(short.casefold(), (at, mention(annotation, passage.text)))
            elif short:
                names.setdefault(short, (at, annotation))
    return ShortForms(names, heads)


def _defined(text: str, annotation: Annotation) -> str:
    """The short form that stands behind a name, "" if none does."""
    match = _DEFINITION.match(text, annotation.end)
    if not match:
        return ""
    short, name = match["short"], text[annotation.start : annotation.end]
    if " " not in short and looks_like_acronym(short):
        return short if abbreviates(short, name) or abbreviates(short, annotation.value) else ""
    marked = match["told"] or match["quote"] or match["article"] or match["article2"]
    return short if marked and _ENDS_WITH_HEAD.search(short) and short != name else ""


def _annotation(match: re.Match[str], source: Annotation) -> Annotation:
    return Annotation(
        start=match.start(),
        end=match.end(),
        type=AnnotationType.INSTRUMENT,
        value=source.value,
        found=Found.ACRONYM,
        subtype=source.subtype,
        confidence=CONFIDENCE,
    )
