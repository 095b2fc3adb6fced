"""A small library for the pages' tests: a lecture with notes and pages, a model law, a report; texts written for it."""

from dataclasses import replace
from pathlib import Path

from corpus.locator import Locator, passage_id
from corpus.model import (
    Annotation,
    AnnotationType,
    Document,
    DocumentKind,
    Found,
    NoteCall,
    Passage,
    PassageKind,
    ordered,
)
from corpus.report import ExtractionReport, Finding, Severity
from corpus.store import SourceState, Store

LECTURE = Document(
    id="lecture-on-evidence",
    title="Evidence <Across> Borders & Beyond",
    kind=DocumentKind.LECTURE,
    authors=("Ada Marginal",),
    date="2019-05",
    source="lecture.md",
)
LAW = Document(
    id="model-law",
    title="Model Law on Shared Evidence",
    kind=DocumentKind.TREATY,
    date="2021-03-14",
    body="Drafting Workshop",
    source="law.md",
)
REPORT = Document(
    id="report-2010",
    title="Report of the Working Party",
    kind=DocumentKind.REPORT,
    date="2010",
    symbol="WP/2010/7",
    source="report.txt",
    provenance={"agenda_item": "masthead line 4", "title": "catalogue"},
)

#: What the tests' texts name -> the tag.
NAMES = {
    "Council of Europe": (AnnotationType.ORGANISATION, "Council of Europe", ""),
    "INTERPOL": (AnnotationType.ORGANISATION, "INTERPOL", ""),
    "Convention on Cybercrime": (AnnotationType.INSTRUMENT, "Convention on Cybercrime", "treaty"),
    "A/RES/55/63": (AnnotationType.INSTRUMENT, "A/RES/55/63", "resolution"),
    "Jordan": (AnnotationType.COUNTRY, "Jordan", ""),
    "1998": (AnnotationType.YEAR, "1998", ""),
    "2001": (AnnotationType.YEAR, "2001", ""),
    "2004": (AnnotationType.YEAR, "2004", ""),
}


def tagged(text: str) -> tuple[Annotation, ...]:
    """Annotations for every name of `NAMES` in the text."""
    return ordered(
        Annotation(at, at + len(name), kind, value, Found.GAZETTEER, subtype)
        for name, (kind, value, subtype) in NAMES.items()
        for at in [text.find(name)]
        if at >= 0
    )


class Writer:
    """Adds passages to a document in reading order."""

    def __init__(self, document: Document) -> None:
        self.document, self.passages, self.section = document, [], ()

    def heading(self, text: str, *, level: int = 1, **facts) -> None:
        """A heading; what follows stands below it."""
        self.section = (*self.section[: level - 1], text.replace("|", ""))
        self.add(text, f"p-{900 + len(self.passages)}", kind=PassageKind.HEADING, **facts)

    def add(self, text: str, place: str, **facts) -> Passage:
        """A passage at the locator `place`; a `|` in the text is the call of the next note in `notes`."""
        calls, notes = [], list(facts.pop("notes", ()))
        while "|" in text:
            calls.append(NoteCall(notes.pop(0), text.index("|")))
            text = text.replace("|", "", 1)
        locator = Locator.parse(place)
        passage = Passage(
            id=passage_id(self.document.id, locator),
            document_id=self.document.id,
            sequence=len(self.passages) + 1,
            kind=facts.pop("kind", PassageKind.PARAGRAPH),
            text=text,
            label=locator.label,
            section=self.section,
            calls=tuple(calls),
            annotations=(*tagged(text), *facts.pop("extra", ())),
            **facts,
        )
        self.passages.append(passage)
        return passage


def lecture() -> list[Passage]:
    """Headings on two levels, notes, pages, a long paragraph, a list item, markup in the text."""
    writer = Writer(LECTURE)
    writer.add(LECTURE.title, "p-900", kind=PassageKind.TITLE)
    writer.heading("I. Where it began")
    writer.add(
        "The Council of Europe opened the Convention on Cybercrime in 2001|, and evidence began to travel.|",
        "p-1",
        notes=(1, 2),
        page=(1, 1),
    )
    writer.add("It was opened in the autumn; <b>nobody</b> slept.", "fn-1", kind=PassageKind.FOOTNOTE, page=(1, 1))
    writer.add("See INTERPOL for the older channel.", "fn-2", kind=PassageKind.FOOTNOTE, page=(1, 1))
    writer.heading("A. The older channel", level=2)
    writer.add("Before that, INTERPOL carried evidence by telegram from 1998 onwards.", "p-2", page=(1, 2))
    writer.add("a list item about evidence", "p-3", kind=PassageKind.LIST_ITEM, page=(2, 2))
    writer.add(long_text(), "p-4", page=(3, 3))
    return writer.passages


def long_text() -> str:
    """More than eight lines; the word `quicksand` stands only near the end."""
    sentences = [f"Sentence number {index} says little about evidence. " for index in range(1, 24)]
    return "".join(sentences) + "Only here stands the word quicksand, far below the fold. " + "".join(sentences).strip()


def law() -> list[Passage]:
    """Articles with numbered paragraphs, sub-items on lines of their own, an article of a treaty cited."""
    writer = Writer(LAW)
    writer.heading("Article 1. Evidence|", notes=[1], extra=[provision(0, 9, "1")])
    writer.add("Evidence may be shared if:\n(a) a judge allows it;\n(b) nobody is harmed.", "art-1-1")
    text = "This article follows Article 16(2) of the Convention on Cybercrime and Articles 2-9 of it."
    first, second = text.index("Article 16"), text.index("Articles 2-9")
    extra = (
        provision(first, first + len("Article 16(2)"), "16(2)"),
        provision(second, second + len("Articles 2-9"), "2-9"),
    )
    writer.add(text, "art-1-2", extra=extra)
    writer.add("A note that the heading calls, naming the Arctic Council.", "fn-1", kind=PassageKind.FOOTNOTE)
    return writer.passages


def provision(start: int, end: int, articles: str) -> Annotation:
    """A provision of the Convention on Cybercrime."""
    return Annotation(start, end, AnnotationType.PROVISION, "Convention on Cybercrime", Found.PATTERN, "", articles)


def report() -> list[Passage]:
    """Twenty-six numbered paragraphs: more than one page of results."""
    writer = Writer(REPORT)
    writer.heading("Findings")
    for number in range(1, 27):
        year = (1998, 2001, 2004)[number % 3]
        who = ("INTERPOL", "the Council of Europe", "Jordan")[number % 3 if number % 5 else 2]
        writer.add(f"In {year} the working party asked {who} about evidence and A/RES/55/63.", f"para-{number}")
    return writer.passages


DOCUMENTS = ((LECTURE, lecture), (LAW, law), (REPORT, report))
#: One document read well, one with something to tell, one that came in before there were reports.
REPORTS = {
    LECTURE.id: ExtractionReport({"paragraph": 4, "heading": 2}, 900, 900),
    LAW.id: ExtractionReport(
        {"paragraph": 2},
        900,
        891,
        furniture=(("Laws of <Lamps>", 3),),
        findings=(
            Finding(Severity.DOUBT, "art 1(3) is missing.", f"{LAW.id}/art-1-2"),
            Finding(Severity.FAULT, "9 letters are in no passage: “<b>lamps</b>”.", page=2),
        ),
    ),
}


def fill(store: Store) -> None:
    """Put the three documents into the store."""
    for document, passages in DOCUMENTS:
        stored = replace(document, sha256=document.id)
        state = SourceState(str(Path(document.source)), document.id, document.id)
        store.replace(stored, passages(), state, report=REPORTS.get(document.id))
