"""Documents, passages and annotations for tests, in as few words as a test needs."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.model import Annotation, AnnotationType, Document, DocumentKind, Found, Passage, PassageKind


def document(name="lecture", title="A lecture", kind=DocumentKind.LECTURE, date="2010", **facts) -> Document:
    return Document(id=name, title=title, kind=DocumentKind(kind), date=date, **facts)


def passage(
    text: str,
    document_id: str = "lecture",
    number: int = 1,
    *,
    kind: PassageKind | str = PassageKind.PARAGRAPH,
    section: Iterable[str] = (),
    organisations: Iterable[str] = (),
    instruments: Iterable[str] = (),
    provisions: Iterable[tuple[str, str]] = (),
    years: Iterable[int] = (),
    countries: Iterable[str] = (),
    annotations: Iterable[Annotation] = (),
) -> Passage:
    """A passage `para <number>`; a tag covers the place of its value in the text, else as many first characters."""
    tags = [*annotations]
    tags += [tag(text, AnnotationType.ORGANISATION, name) for name in organisations]
    tags += [tag(text, AnnotationType.INSTRUMENT, name, subtype="treaty") for name in instruments]
    tags += [tag(text, AnnotationType.PROVISION, name, articles=articles) for name, articles in provisions]
    tags += [tag(text, AnnotationType.YEAR, str(year)) for year in years]
    tags += [tag(text, AnnotationType.COUNTRY, name) for name in countries]
    return Passage(
        id=f"{document_id}/para-{number}",
        document_id=document_id,
        sequence=number,
        kind=PassageKind(kind),
        text=text,
        label=f"para {number}",
        section=tuple(section),
        annotations=tuple(tags),
    )


def tag(text: str, kind: AnnotationType, value: str, *, shown: str = "", **facts) -> Annotation:
    """An annotation of the first place of `shown` (or of the value itself) in the text."""
    place = max(text.find(shown or value), 0)
    return Annotation(place, place + len(shown or value), kind, value, Found.GAZETTEER, **facts)


def library(*texts: str, document_id: str = "lecture") -> list[Passage]:
    """Passages of one document, numbered from 1."""
    return [passage(text, document_id, number) for number, text in enumerate(texts, start=1)]
