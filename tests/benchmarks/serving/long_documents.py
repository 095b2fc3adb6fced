"""A library with long documents of generated words: lectures with notes, treaties, and short papers that cite these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from corpus.model import Annotation, AnnotationType, Document, DocumentKind, Found, NoteCall, Passage, PassageKind
from corpus.store import SourceState
from search.indexer import sync
from tests.benchmarks.searching.collection import names
from tests.benchmarks.searching.vocabulary import WORDS, vocabulary, zipf
from webapp.resources import Library

#: Every so many passages a heading, a call of a note, a page.
HEADING, NOTE, PAGE = 12, 4, 5
#: Words of a passage, of a note.
PASSAGE, NOTED = (30, 90), (10, 30)
#: Papers that cite each treaty, and passages of each.
PAPERS, CITING = 10, 60
_SEED = 600


def fill(folder: Path, sizes: Sequence[int]) -> None:
    """Make the library: of every size a lecture and a treaty, and the papers."""
    folder.mkdir(parents=True)
    with Library(folder, "whoosh") as library:
        for document, passages in _documents(sizes):
            library.store.replace(document, passages, SourceState(document.id, "generated", document.id))
        sync(library.store, library.engine)


def _documents(sizes: Sequence[int]) -> Iterator[tuple[Document, list[Passage]]]:
    chance = np.random.default_rng(_SEED)
    for size in sizes:
        lecture, treaty = f"lecture-of-{size}", f"treaty-of-{size}"
        title = f"Treaty of {size} passages"
        yield Document(lecture, f"Lecture of {size} passages", DocumentKind.LECTURE), _lecture(lecture, size, chance)
        yield Document(treaty, title, DocumentKind.TREATY), _treaty(treaty, size, chance)
        for number in range(PAPERS):
            paper = f"paper-{number}-on-{size}"
            document = Document(paper, f"Paper {number} on {size}", DocumentKind.ARTICLE, date=str(2001 + number))
            yield document, _paper(paper, title, size, chance)


def _lecture(name: str, size: int, chance: np.random.Generator) -> list[Passage]:
    made: list[Passage] = []
    section: tuple[str, ...] = ()
    for number in range(size):
        page = (1 + number // PAGE, 1 + number // PAGE)
        if number % HEADING == 0:
            section = (_words(chance, 4).capitalize(),)
            made.append(_passage(name, made, f"h-{len(made) + 1}", PassageKind.HEADING, section[0], section=section))
        text = _words(chance, *PASSAGE)
        calls = (NoteCall(1 + number // NOTE, len(text) // 2),) if number % NOTE == 0 else ()
        made.append(
            _passage(
                name,
                made,
                f"para-{number + 1}",
                PassageKind.PARAGRAPH,
                text,
                section=section,
                page=page,
                calls=calls,
                chance=chance,
            )
        )
    for number in range(-(-size // NOTE)):
        text = _words(chance, *NOTED)
        made.append(
            _passage(name, made, f"fn-{number + 1}", PassageKind.FOOTNOTE, text, section=section, chance=chance)
        )
    return made


def _treaty(name: str, size: int, chance: np.random.Generator) -> list[Passage]:
    made: list[Passage] = []
    for number in range(size):
        article, paragraph = divmod(number, 4)
        section = (f"Article {article + 1}",)
        if paragraph == 0:
            made.append(_passage(name, made, f"h-{len(made) + 1}", PassageKind.HEADING, section[0], section=section))
        place = f"art-{article + 1}-{paragraph + 1}"
        made.append(
            _passage(name, made, place, PassageKind.PARAGRAPH, _words(chance, *PASSAGE), section=section, chance=chance)
        )
    return made


def _paper(name: str, treaty: str, size: int, chance: np.random.Generator) -> list[Passage]:
    """A paper each passage of which cites two articles, those at the beginning of the treaty most."""
    made: list[Passage] = []
    for number in range(CITING):
        articles = sorted({int(size / 4 * chance.random() ** 2) + 1 for _ in range(2)})
        text = _words(chance, *PASSAGE)
        cited = [Annotation(0, 4, AnnotationType.INSTRUMENT, treaty, Found.PATTERN, subtype="treaty")]
        written = ",".join(map(str, articles))
        cited.append(Annotation(5, 9, AnnotationType.PROVISION, treaty, Found.PATTERN, articles=written))
        made.append(_passage(name, made, f"para-{number + 1}", PassageKind.PARAGRAPH, text, annotations=tuple(cited)))
    return made


def _passage(
    document: str,
    before: Sequence[Passage],
    place: str,
    kind: PassageKind,
    text: str,
    *,
    section: tuple[str, ...] = (),
    page: tuple[int, int] | None = None,
    calls: tuple[NoteCall, ...] = (),
    chance: np.random.Generator | None = None,
    annotations: tuple[Annotation, ...] = (),
) -> Passage:
    return Passage(
        id=f"{document}/{place}",
        document_id=document,
        sequence=len(before) + 1,
        kind=kind,
        text=text,
        label=None if kind == PassageKind.HEADING else place.replace("-", " ", 1),
        section=section,
        page=page,
        calls=calls,
        annotations=annotations or (tuple(_named(chance)) if chance else ()),
    )


def _named(chance: np.random.Generator) -> Iterator[Annotation]:
    """An organisation, an instrument and a year, each in every second passage."""
    for at, kind in enumerate((AnnotationType.ORGANISATION, AnnotationType.INSTRUMENT)):
        if chance.random() < 0.5:
            known = names(kind)
            value = known[int(zipf(len(known)).draw(chance, 1)[0])]
            yield Annotation(at * 8, at * 8 + 6, kind, value, Found.PATTERN, subtype="resolution" if at else "")
    if chance.random() < 0.5:
        yield Annotation(20, 24, AnnotationType.YEAR, str(1950 + int(70 * chance.random())), Found.PATTERN)


def _words(chance: np.random.Generator, least: int, most: int = 0) -> str:
    count = int(chance.integers(least, most)) if most else least
    known = vocabulary()
    return " ".join(known[rank] for rank in zipf(WORDS).draw(chance, count).tolist())
