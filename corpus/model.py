"""What a library holds: documents, passages, annotations, entities. Frozen values, no input or output.

Spans are half-open `[start, end)` character offsets into `passage.text`, everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.locator import Locator, split_passage_id


class DocumentKind(StrEnum):
    """The genres that a library user filters by."""

    LECTURE = "lecture"
    SPEECH = "speech"
    REPORT = "report"
    TREATY = "treaty"
    ARTICLE = "article"
    RESOLUTION = "resolution"
    LEGISLATION = "legislation"
    OTHER = "other"


class PassageKind(StrEnum):
    """What a passage is in its document."""

    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    FOOTNOTE = "footnote"
    REFERENCE = "reference"
    TABLE = "table"
    HEADING = "heading"
    TITLE = "title"
    METADATA = "metadata"
    OUTLINE = "outline"


#: Kinds that are cited and searched; the others (headings, titles, metadata, outlines) give structure.
BODY_KINDS = frozenset(
    {
        PassageKind.PARAGRAPH,
        PassageKind.LIST_ITEM,
        PassageKind.QUOTE,
        PassageKind.FOOTNOTE,
        PassageKind.REFERENCE,
        PassageKind.TABLE,
    }
)


class AnnotationType(StrEnum):
    """What a span names."""

    ORGANISATION = "organisation"
    INSTRUMENT = "instrument"
    PROVISION = "provision"
    COUNTRY = "country"
    YEAR = "year"
    DATE = "date"


class Found(StrEnum):
    """How an annotation was found, so that every tag can explain itself."""

    GAZETTEER = "gazetteer"  # a name or alias in corpus/authority
    PATTERN = "pattern"  # the grammar of a symbol, number or head noun
    ACRONYM = "acronym"  # a short form that the document itself defines
    MODEL = "model"  # proposed by the statistical model
    REFERENCE = "reference"  # "the Convention", resolved to what it stands for
    CORRECTION = "correction"  # set by a person in the library's corrections.toml


class InstrumentType(StrEnum):
    """The types of the export record's `instruments`."""

    RESOLUTION = "resolution"
    TREATY = "treaty"
    EU_ACT = "eu_act"
    RECOMMENDATION = "recommendation"
    NATIONAL_LAW = "national_law"
    DECLARATION = "declaration"
    DOCUMENT = "document"
    MODEL_LAW = "model_law"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A span of a passage and what it names.

    `value` is the canonical form: an organisation's or country's name, an instrument's id, a year ("2001"),
    a date as an ISO prefix ("2009-08"); for a provision the instrument's id, with the articles in `articles`
    ("2-9", "14,15", "16(2)"). `subtype` is the instrument's type or a role ("part": an organisation named only
    inside an instrument's name). `confidence` lies in (0, 1].
    """

    start: int
    end: int
    type: AnnotationType
    value: str
    found: Found
    subtype: str = ""
    articles: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class NoteCall:
    """The place of a footnote's call: note `number` is called at character `at` of the text."""

    number: int
    at: int


@dataclass(frozen=True, slots=True)
class Document:
    """One source document and its bibliographic facts.

    `date` is an ISO prefix that keeps its precision (`2009`, `2009-08`, `2018-10-18`) or "". `source` is the file's
    path below the ingested folder, `sha256` that of its bytes. `details` holds the other facts by their catalogue
    name: journal, volume, issue, event, place, publisher, edition, course, number, series, session... `provenance`
    tells by a fact's name where it was found: `masthead line 3`, `catalogue`, `file metadata`, `file name`.
    """

    id: str
    title: str
    kind: DocumentKind = DocumentKind.OTHER
    authors: tuple[str, ...] = ()
    date: str = ""
    body: str = ""
    symbol: str = ""
    url: str = ""
    doi: str = ""
    language: str = "en"
    source: str = ""
    sha256: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    provenance: Mapping[str, str] = field(default_factory=dict)

    @property
    def year(self) -> int | None:
        """The year of the date, None if the document gives no date."""
        return int(self.date[:4]) if self.date[:4].isdecimal() else None


@dataclass(frozen=True, slots=True)
class Passage:
    """The citable unit: a paragraph, a numbered paragraph of an article, a footnote, a reference.

    `sequence` counts from 1 in reading order within the document, headings included. `section` is the path of
    headings, outermost first. `page` is the first and last page, counted from 1, where the source has pages;
    `page_labels` is what these two call themselves (`("iv", "v")`, `("287", "287")`), None where that is their count.
    `text` is clean: no markup, no note markers, no hyphenation, joined across page breaks; sub-items stand on lines
    of their own.
    `automatic` holds what the annotators themselves found where corrections changed it, None where they did not.
    """

    id: str
    document_id: str
    sequence: int
    kind: PassageKind
    text: str
    label: str | None = None
    section: tuple[str, ...] = ()
    page: tuple[int, int] | None = None
    calls: tuple[NoteCall, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    page_labels: tuple[str, str] | None = None
    automatic: tuple[Annotation, ...] | None = None

    @property
    def pages(self) -> tuple[str, str] | None:
        """The first and last page as they are cited: by their printed labels, else by their count."""
        return self.page_labels or (self.page and (str(self.page[0]), str(self.page[1])))

    @property
    def locator(self) -> Locator:
        """The address inside the document."""
        return split_passage_id(self.id)[1]

    @property
    def notes(self) -> tuple[int, ...]:
        """Numbers of the footnotes that the passage calls, in order of their calls."""
        return tuple(dict.fromkeys(call.number for call in self.calls))

    @property
    def is_body(self) -> bool:
        """Whether the passage is cited and searched (headings, titles, metadata and outlines are not)."""
        return self.kind in BODY_KINDS

    def named(self, kind: AnnotationType) -> tuple[str, ...]:
        """Distinct values of one annotation type in order of appearance, parts of other names left out."""
        return tuple(dict.fromkeys(ann.value for ann in self.annotations if ann.type == kind and ann.subtype != "part"))

    @property
    def organisations(self) -> tuple[str, ...]:
        """Canonical names of the organisations that the passage names."""
        return self.named(AnnotationType.ORGANISATION)

    @property
    def countries(self) -> tuple[str, ...]:
        """Short English names of the countries that the passage names."""
        return self.named(AnnotationType.COUNTRY)

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years that the passage names, ascending."""
        return tuple(sorted(map(int, self.named(AnnotationType.YEAR))))

    @property
    def instruments(self) -> tuple[tuple[str, str], ...]:
        """(id, type) of the instruments that the passage names or refers to, in order of appearance."""
        found = (ann for ann in self.annotations if ann.type == AnnotationType.INSTRUMENT)
        return tuple(dict.fromkeys((ann.value, ann.subtype) for ann in found))

    @property
    def provisions(self) -> tuple[tuple[str, str], ...]:
        """(instrument id, articles) of the provisions cited, in order of appearance."""
        found = (ann for ann in self.annotations if ann.type == AnnotationType.PROVISION)
        return tuple(dict.fromkeys((ann.value, ann.articles) for ann in found))


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation, instrument or country that passages name: canonical name, aliases, type, parent."""

    type: AnnotationType
    name: str
    aliases: tuple[str, ...] = ()
    subtype: str = ""
    parent: str = ""


def ordered(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Annotations in reading order, longer ones first where they start together; the order is total."""
    return tuple(sorted(annotations, key=lambda ann: (ann.start, -ann.end, ann.type, ann.value, ann.articles)))
