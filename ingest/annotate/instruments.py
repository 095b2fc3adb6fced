"""Instruments named in passages: by number, by a known name, by a title's form, by a short form, and by reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.authority import instruments as authority
from corpus.authority.resolutions import Organ
from corpus.authority.symbols import InstrumentId, Written
from corpus.model import Annotation, AnnotationType, Document, Found, Passage, PassageKind, ordered
from ingest.annotate.crossrefs import find_references
from ingest.annotate.laws import find_laws
from ingest.annotate.mandates import find_mandates
from ingest.annotate.shortforms import find_short_forms
from ingest.annotate.titles import find_titles

_REFERENCES = frozenset({PassageKind.FOOTNOTE, PassageKind.REFERENCE})
#: How far a title's form alone can be trusted.
TITLE_CONFIDENCE = 0.8
# A regional marker right before a register's name makes it another instrument: "African Convention on Extradition".
_OTHER_REGION = re.compile(
    r"\b(?:African|Arab|Asian|American|Inter-American|ASEAN|SAARC|ECOWAS|SADC|Caribbean|Ibero-American|Nordic)\s+$"
)
# A head noun in front of a register's name makes a title about it: "Additional Protocol to the Convention on ...".
_ABOUT = re.compile(
    r"\b(?:Protocols?|Amendments?|Report|Study|Manual|Guidelines|Commentary|Agreement|Recommendations?|Statement|"
    r"Declaration)\b"
)
# The register's name is the beginning of a body's: "North Atlantic Treaty Organization".
_BODY_AFTER = re.compile(r"\s(?:Organi[sz]ation|Secretariat|Committee|Commission|Alliance|Fund|Facility)\b")
# A draft, and a convention that somebody calls for, is no instrument: "draft United Nations Framework Convention ...".
_DRAFT = re.compile(r"\b[Dd]rafts?\s+(?:of\s+(?:the\s+|an?\s+))?(?:[A-Z]\w+\s+)*$")
_INDEFINITE = re.compile(
    r"\b(?:[Aa]n?|[Aa]ny|[Aa]nother|[Nn]ew)\s+(?:(?:new|global|international|universal|[Ff]ramework)\s+)*$"
)
_LEADING_REGION = re.compile(r"(?:Convention|Charter|Declaration|Treaty|Model Law)\b")
_SYMBOL_ORGANS = (("A/HRC/", Organ.RIGHTS), ("S/", Organ.SECURITY), ("A/", Organ.ASSEMBLY), ("E/", Organ.ECONOMIC))
_BODY_ORGANS = (
    ("Human Rights Council", Organ.RIGHTS),
    ("Security Council", Organ.SECURITY),
    ("General Assembly", Organ.ASSEMBLY),
    ("Economic and Social Council", Organ.ECONOMIC),
)


def find_instruments(document: Document, passages: Sequence[Passage]) -> list[tuple[Annotation, ...]]:
    """The instruments of each passage, those named and those referred to ("the Convention"), in reading order."""
    organ = organ_of(document)
    named: list[tuple[Annotation, ...]] = []
    for passage in passages:
        read = named_instruments(passage.text, organ=organ, prose=passage.kind not in _REFERENCES)
        named.append(ordered(dict.fromkeys((*_listed(passage), *read))))
    short = find_short_forms(passages, named)
    named = [short.read(at, passage, names) for at, (passage, names) in enumerate(zip(passages, named, strict=True))]
    referred = find_references(document, passages, named, short.heads)
    return [ordered((*names, *references)) for names, references in zip(named, referred, strict=True)]


def _listed(passage: Passage) -> Iterator[Annotation]:
    return (_annotation(written, Found.PATTERN, set()) for written in find_mandates(passage))


def organ_of(document: Document) -> Organ | None:
    """The United Nations organ whose document this is, by its symbol or issuing body."""
    by_symbol = (organ for head, organ in _SYMBOL_ORGANS if document.symbol.startswith(head))
    by_body = (organ for name, organ in _BODY_ORGANS if name in document.body)
    return next((organ for organ in (*by_symbol, *by_body)), None)


def named_instruments(text: str, *, organ: Organ | None = None, prose: bool = True) -> list[Annotation]:
    """The instruments named in one text, without references back; spans do not overlap unless they are equal.

    In `prose` a law may take its country from its sentence; in a reference that country is where a book appeared.
    """
    known = [written for written in authority.load().find(text) if not _is_other(text, written)]
    numbered = list(authority.find_numbers(text, organ=organ))
    titled = (form for form in find_titles(text) if not _is_cut(text, form, known) and not _runs_on(text, form))
    read = {(written.start, written.end) for written in (*known, *numbered)}
    formed = [_known(written) for written in (*find_laws(text, prose=prose), *titled)]
    formed = [written for written in formed if (written.start, written.end) not in read]
    sources = {id(written): Found.GAZETTEER for written in known}
    kept = authority.without_overlaps([*known, *numbered, *formed])
    by_form = {(w.start, w.end) for w in formed}
    return [_annotation(written, sources.get(id(written), Found.PATTERN), by_form) for written in kept]


def _is_other(text: str, written: Written) -> bool:
    name, before = text[written.start : written.end], text[max(0, written.start - 50) : written.start]
    if _BODY_AFTER.match(text, written.end) or _DRAFT.search(before):
        return True
    if _INDEFINITE.search(before) and re.match(r"Convention|Protocol|Treaty", name, re.IGNORECASE):
        return True
    return bool(_LEADING_REGION.match(name) and _OTHER_REGION.search(text[max(0, written.start - 20) : written.start]))


def _known(written: Written) -> Written:
    """A titled form under its register's id where the register knows it by another spelling."""
    record = authority.load().by_name(written.instrument.id)
    if record is None:
        return written
    return Written(written.start, written.end, InstrumentId(record.id, record.type))


def _runs_on(text: str, form: Written) -> bool:
    """Whether the form is only the beginning of a longer word or of a body's name."""
    return text.startswith("-", form.end) or _BODY_AFTER.match(text, form.end) is not None


def _is_cut(text: str, form: Written, known: Iterable[Written]) -> bool:
    """Whether a titled form only runs on around a name of the register; a "Protocol to" or "Report on" it does not."""
    inside = [other for other in known if form.start < other.end and other.start < form.end]
    return any(not _ABOUT.search(text[form.start : other.start]) for other in inside)


def _annotation(written: Written, found: Found, by_form: set[tuple[int, int]]) -> Annotation:
    return Annotation(
        start=written.start,
        end=written.end,
        type=AnnotationType.INSTRUMENT,
        value=written.instrument.id,
        found=found,
        subtype=written.instrument.type,
        confidence=TITLE_CONFIDENCE if (written.start, written.end) in by_form else 1.0,
    )
