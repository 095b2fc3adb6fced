"""Tags the organisations that passages name.

A name is found by the gazetteer, by an acronym that the document defines, by the noun that heads a capitalised name, or
by the statistical model; then the longest mention at each place is kept. Each finder is a module of its own:

    organisation_forms         the written forms of the gazetteer's records
    organisation_gazetteer     where such forms stand: candidates
    organisation_definitions   acronyms and short names that the document defines (organisation-blind part: acronyms)
    organisation_context       which organisation an ambiguous acronym or a short name means here
    organisation_coordination  names that share their noun
    organisation_patterns      names outside the gazetteer by their head noun (words: organisation_words)
    organisation_model         doubtful names that the statistical model confirms
    organisation_mentions      what they all return, and which of several mentions is kept
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from corpus.authority.names import name_key
from corpus.authority.organisations import load
from corpus.model import Annotation, AnnotationType, Document, Found, Passage, PassageKind
from ingest.annotate.organisation_context import DocumentNames, certain, resolve
from ingest.annotate.organisation_coordination import find_coordinated
from ingest.annotate.organisation_definitions import DefinedForms, collect
from ingest.annotate.organisation_gazetteer import Candidate, gazetteer, tokenised
from ingest.annotate.organisation_mentions import Mention, longest, masked_spans, outside, quoted_spans
from ingest.annotate.organisation_model import propose
from ingest.annotate.organisation_patterns import find_patterns

#: In notes and references, capitals mostly belong to titles, publishers and journals.
_CITING = frozenset({PassageKind.FOOTNOTE, PassageKind.REFERENCE})

#: An owner is named for itself, even right before what it owns: "the OECD's Guidelines ...".
_GENITIVE = ("'s", "’s")


def find_organisations(
    document: Document, passages: Sequence[Passage], instruments: Sequence[Sequence[Annotation]]
) -> list[tuple[Annotation, ...]]:
    """The organisations named in each passage, in reading order, one tuple a passage.

    `instruments` holds the instruments found in each passage: an organisation named only inside an instrument's name
    gets the subtype "part". Equal input gives equal output, however passages are batched.
    """
    texts = [passage.text for passage in passages]
    masks = [masked_spans(text) for text in texts]
    candidates = [_unmasked(gazetteer().find(doc), mask) for doc, mask in zip(tokenised(texts), masks, strict=True)]
    defined = collect(texts, candidates)
    names = _document_names(document, candidates, defined)
    rows = [
        _mentions(passage, resolve(found, passage.text, names), defined, mask)
        for passage, found, mask in zip(passages, candidates, masks, strict=True)
    ]
    rows = propose(passages, rows, instruments)
    same = _Spellings()
    return [
        tuple(_annotations(text, row, same, found)) for text, row, found in zip(texts, rows, instruments, strict=True)
    ]


def _document_names(
    document: Document, candidates: Sequence[Sequence[Candidate]], defined: DefinedForms
) -> DocumentNames:
    body = load().by_name(document.body) if document.body else None
    named = certain(chain.from_iterable(candidates)) | frozenset(defined.names.values()) - {""}
    return DocumentNames(named, defined.names, body.name if body else "")


def _mentions(
    passage: Passage, named: Sequence[Mention], defined: DefinedForms, mask: Sequence[tuple[int, int]]
) -> list[Mention]:
    text = passage.text
    known = longest([*named, *outside(defined.find(text), mask)])
    quoted = quoted_spans(text) if passage.kind in _CITING else []
    patterns = outside(find_patterns(text, known), [*mask, *quoted])
    return longest([*known, *find_coordinated(text), *patterns])


def _unmasked(candidates: Iterable[Candidate], mask: Sequence[tuple[int, int]]) -> list[Candidate]:
    return [found for found in candidates if not any(found.start < end and start < found.end for start, end in mask)]


class _Spellings:
    """One value for all spellings of a name outside the gazetteer: the first one in the document."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        known = load().by_name(name)
        owned = known is not None and name_key(name) in map(name_key, known.own_names)
        return known.name if known and owned else self._first.setdefault(name_key(name), name)


def _annotations(
    text: str, mentions: Iterable[Mention], same: _Spellings, instruments: Iterable[Annotation]
) -> Iterator[Annotation]:
    names = [ann for ann in instruments if ann.type == AnnotationType.INSTRUMENT and ann.found is not Found.REFERENCE]
    for mention in mentions:
        inside = any(ann.start <= mention.start and mention.end <= ann.end for ann in names)
        yield Annotation(
            mention.start,
            mention.end,
            AnnotationType.ORGANISATION,
            same(mention.name),
            mention.found,
            subtype="part" if inside and not text.startswith(_GENITIVE, mention.end) else "",
            confidence=mention.confidence,
        )
