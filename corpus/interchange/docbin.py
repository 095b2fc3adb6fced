"""spaCy's DocBin, one Doc a passage: for training, and for tools that speak spaCy.

`doc.spans["pincite"]` holds every annotation (label: the type; kb_id: what it stands for; id: the articles of a
provision), `doc.ents` those of them that spaCy's entity recogniser can learn, which do not overlap. Words are spaCy's
English ones, cut further where an annotation begins or ends, so that no offset moves. `doc.user_data["pincite"]` names
the passage and holds the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import IO

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

from corpus.export.base import Options
from corpus.interchange.base import Label, Reviewed, ReviewError, detailed, details, sent_tags
from corpus.model import Annotation, Document, Passage

#: The group of spans, and the key of what a Doc cannot say of itself.
KEY = "pincite"
#: Longer than any word or address: one word here. spaCy would cut off sign by sign and look at all the rest each time.
_RUN = re.compile(r"\S{1000,}")
#: What is kept of a word; our Docs have no other attributes.
_ATTRIBUTES = ("ORTH", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID")


class SpacyDocs:
    """Collects Docs (the format allows nothing else) and writes them when finished."""

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        self.stream, self.options = stream, options
        self._docs = DocBin(attrs=_ATTRIBUTES, store_user_data=True)

    def write(self, document: Document, passage: Passage) -> None:  # noqa: ARG002  # the protocol of all exporters
        """Add the passage as a Doc."""
        self._docs.add(doc_of(passage))

    def finalize(self) -> None:
        """Write the archive."""
        self.stream.write(self._docs.to_bytes())

    def close(self) -> None:
        """There is nothing to give back."""


def doc_of(passage: Passage) -> Doc:
    """The passage as a Doc whose text and spans are the passage's own."""
    blank = _blank()
    words, spaces = _words(blank, passage.text, passage.annotations)
    doc = Doc(blank.vocab, words=words, spaces=spaces)
    spans = [_span(doc, ann) for ann in passage.annotations]
    doc.spans[KEY] = spans
    doc.ents = tuple(filter_spans([span for span in spans if span.text == span.text.strip()]))
    doc.user_data[KEY] = {"passage": passage.id, "tags": details(passage)}
    return doc


def read(content: bytes) -> Iterator[Reviewed]:
    """Passages of a DocBin that `pincite export` made and that has been edited since; raises `ReviewError`."""
    try:
        docs = list(DocBin(store_user_data=True).from_bytes(content).get_docs(_blank().vocab))
    except Exception as error:  # damage shows in zlib, msgpack or spaCy itself, each with errors of its own
        raise ReviewError("it is no DocBin of spaCy's") from error
    for number, doc in enumerate(docs, 1):
        facts = doc.user_data.get(KEY)
        if not isinstance(facts, dict) or "passage" not in facts:
            raise ReviewError(f"document {number} does not tell its passage; it did not come from pincite export")
        spans = doc.spans.get(KEY, ())
        labels = [Label(span.start_char, span.end_char, span.label_, span.kb_id_, span.id_) for span in spans]
        rows = facts.get("tags")
        tags = tuple(detailed(labels, rows or ()))
        yield Reviewed(facts["passage"], doc.text, tags, sent_tags(rows))


@cache
def _blank() -> Language:
    return spacy.blank("en")


def _words(blank: Language, text: str, annotations: Iterable[Annotation]) -> tuple[list[str], list[bool]]:
    """The words of a text, and for each whether a blank follows that belongs to no word."""
    cuts = {place for ann in annotations for place in (ann.start, ann.end)}
    # a blank that an annotation ends with has to be a word, because spans end with words
    cuts |= {ann.end - 1 for ann in annotations if text[ann.start : ann.end].endswith(" ")}
    cuts |= {place for run in _RUN.finditer(text) for place in run.span()}
    cuts |= {token.idx for token in blank.make_doc(_RUN.sub(lambda run: " " * len(run.group()), text))}
    cuts |= {0, len(text)}
    places = sorted(cuts)
    words, spaces = [], []
    for start, end in pairwise(places):
        piece = text[start:end]
        spaced = len(piece) > 1 and piece.endswith(" ")
        words.append(piece[:-1] if spaced else piece)
        spaces.append(spaced)
    return words, spaces


def _span(doc: Doc, ann: Annotation) -> Span:
    span = doc.char_span(ann.start, ann.end, label=str(ann.type), kb_id=ann.value, span_id=ann.articles)
    if span is None:
        raise AssertionError(f"words were not cut at {ann.start} and {ann.end}")
    return span
