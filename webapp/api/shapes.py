"""The shapes of what the API answers, in the order of their keys; the description of the API is made from them."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from corpus.model import DocumentKind, PassageKind
from search.checking import Reason, Verdict
from search.results import FacetValue, Share


def _absent(value: object) -> bool:
    return value is None


Count: TypeAlias = Annotated[int, Field(ge=0)]
Span: TypeAlias = Annotated[tuple[int, int], Field(description="Half-open [start, end) character offsets")]
Pair: TypeAlias = tuple[str, str]


class Shape(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class Error(Shape):
    """What was wrong."""

    status: int
    kind: str = Field(description="A word for programs: NotFound, QueryError, ParameterError, BodyError ...")
    message: str
    position: int | SkipJsonSchema[None] = Field(
        default=None, exclude_if=_absent, description="0-based character of q that cannot be read"
    )
    suggestion: str | SkipJsonSchema[None] = Field(
        default=None, exclude_if=_absent, description="A corrected q that can be read"
    )


class Failure(Shape):
    """Every refusal has this shape."""

    error: Error


class InstrumentTag(Shape):
    """A legal instrument as the issuing body writes it."""

    id: str
    type: str


class Passage(Shape):
    """The export record of a passage."""

    id: str = Field(description="Stable; the permanent link is /passages/ and this")
    document: str
    source: str
    sequence: int = Field(ge=1)
    kind: PassageKind
    label: str | None = Field(description="The pinpoint as the source gives it: para 10, art 16(2), fn 21")
    section: list[str] = Field(description="Headings, outermost first")
    page: str | None
    text: str
    notes: list[int] = Field(description="Numbers of the footnotes that it calls")
    organisations: list[str]
    instruments: list[InstrumentTag]
    provisions: list[str] = Field(description="Instrument id, a bar, articles: Convention on Cybercrime|2-9")
    years: list[int]
    countries: list[str]
    citation: str


class LinkedPassage(Passage):
    """A passage with its permanent link."""

    url: str


class Passages(Shape):
    """Passages, best first."""

    passages: list[Passage]


class Hit(Passage):
    """A passage that answers a search."""

    score: float
    highlights: list[Span] = Field(description="What of the text answers")
    explanation: list[Share] | SkipJsonSchema[None] = Field(
        default=None, exclude_if=_absent, description="With explain=1: the parts of the score, largest first"
    )


class Remedy(Shape):
    """A part of the request that leaves nothing."""

    part: str
    total: Count = Field(description="Passages without it")
    query: str = Field(description="What remains of q")
    facet: str = Field(description="The parameter of the filter, empty for a part of q")


class Answer(Shape):
    """Passages that answer a query, with exact counts."""

    query: str
    total: Count
    hits: list[Hit]
    facets: dict[str, list[FacetValue]]
    suggestions: list[str] = Field(description="Queries that may have been meant")
    documents: Count = Field(description="Documents that the passages stand in")
    relaxed: bool = Field(description="Passages follow that hold most of the words")
    complete: Count = Field(description="Passages that hold all that was asked; they come first")
    widened: list[Pair] = Field(description="What was asked, and what was also looked for")
    unknown: list[str] = Field(description="Words that no passage holds")
    remedies: list[Remedy] = Field(description="Where nothing answers: what to leave out")
    offered: list[str] = Field(description="Ids of passages that the query cites")
    distinct: dict[str, int] = Field(description="How many values each facet has")


class Values(Shape):
    """Values of one facet: those chosen or excluded, then the others, most frequent first."""

    facet: str
    distinct: Count = Field(description="How many there are in all, besides those chosen or excluded")
    values: list[FacetValue]


class Continuation(Shape):
    """A name or word that continues what was typed."""

    text: str
    label: str
    facet: str = Field(description="Empty for a word")
    count: Count
    start: Count = Field(description="0-based character of q from which `insert` takes the place of what was typed")
    insert: str


class Continuations(Shape):
    """Names first, then words."""

    completions: list[Continuation]


class DocumentFacts(Shape):
    """The bibliographic facts of a document."""

    id: str
    title: str
    kind: DocumentKind
    authors: list[str]
    date: str = Field(description="ISO prefix with the precision of the source: 2009, 2009-08, 2018-10-18")
    body: str
    symbol: str
    url: str
    doi: str
    language: str
    source: str
    details: dict[str, str]
    provenance: dict[str, str] = Field(description="Where a fact was found")
    citation: str
    link: str


class ListedDocument(DocumentFacts):
    """A document in a list."""

    passages: Count = Field(description="How many can be cited")


class Documents(Shape):
    """A page of the list of documents, by id."""

    total: Count
    documents: list[ListedDocument]


class Document(DocumentFacts):
    """A document with a page of its passages in reading order, headings and titles included."""

    total: Count = Field(description="Passages of all pages")
    passages: list[Passage]


class Citation(Shape):
    """A citation in one style."""

    style: str
    title: str
    text: str
    html: str = Field(description="The same with italics as <i>")


class Citations(Shape):
    """The citations of a passage, or of the passages from it to `until`, in every style."""

    passage: str
    until: str | None
    document: str
    link: str = Field(description="The permanent link of the first passage")
    citations: list[Citation]
    csl: dict[str, Any] = Field(description="The work in CSL-JSON, for reference managers")


class Change(Shape):
    """Where a quotation leaves its source."""

    span: Span
    written: str
    source: str = Field(description="What the passage says there")


class Finding(Shape):
    """What became of a citation, of a quotation, or of both together."""

    verdict: Verdict
    reason: Reason
    quotation: Span | None
    citation: Span | None
    document: str | None
    passage: str | None = Field(description="The passage meant; of a wrong pinpoint the right one, if it could be told")
    url: str | None
    changes: list[Change]
    score: Annotated[float, Field(ge=0, le=100)] | None = Field(description="How alike quotation and passage are")


class Check(Shape):
    """The findings about a text, in its order."""

    text: str = Field(description="What the spans point into; of a Word document with its notes as [^1]: ...")
    findings: list[Finding]
    counts: dict[Verdict, int]
    unchecked: Count = Field(description="Citations and quotations left because the text has too many")
