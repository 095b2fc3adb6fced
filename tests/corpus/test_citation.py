"""Citations as a reader would check them: one table of works, each in every style, then what all styles share."""

import re
import tomllib
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from corpus.catalogue import document_from
from corpus.citation import STYLES, cite, cite_html, csl
from corpus.errors import PinciteError
from corpus.model import Document, DocumentKind, Passage, PassageKind

LECTURE = Document(
    id="lecture",
    title="Who Writes the Law of Cybercrime?",
    kind=DocumentKind.LECTURE,
    authors=("Octavia Codicil",),
    date="2025-10-06",
    details={"number": "Lecture 3", "course": "Criminal Law", "publisher": "Faculty of Law"},
)
SPEECH = Document(
    id="speech",
    title="Borrowed Data",
    kind=DocumentKind.SPEECH,
    authors=("Ignatius Marginal",),
    date="2025-01-28",
    body="Marginalia Office",
    details={"event": "Forum on Privacy", "place": "Geneva"},
)
UN_REPORT = Document(
    id="un-report",
    title="Report of the Secretary-General",
    kind=DocumentKind.REPORT,
    body="United Nations General Assembly",
    symbol="A/74/130",
    date="2019-07-30",
)
CONGRESS = Document(
    id="congress",
    title="Report of Committee II",
    kind=DocumentKind.REPORT,
    body="Twelfth United Nations Congress on Crime Prevention and Criminal Justice",
    date="2010-04",
    details={"place": "Salvador, Brazil"},
)
RESOLUTION = Document(
    id="resolution",
    title="Combating the criminal misuse of information technologies",
    kind=DocumentKind.RESOLUTION,
    body="United Nations General Assembly",
    symbol="A/RES/55/63",
    date="2000-12-04",
)
OTHER_RESOLUTION = replace(
    RESOLUTION, id="other-resolution", title="Cyberspace", body="AALCO", symbol="AALCO/RES/56/S17", date="2017-05-05"
)
TREATY = Document(
    id="treaty",
    title="Convention on Cybercrime",
    kind=DocumentKind.TREATY,
    date="2001-11-23",
    details={"entered_into_force": "2004-07-01", "series": "ETS 185"},
)
MODEL_LAW = Document(
    id="model-law",
    title="A Model Law",
    kind=DocumentKind.TREATY,
    authors=("Stein Verso",),
    date="2009-08",
    details={"genre": "model law", "edition": "5"},
)
ARTICLE = Document(
    id="article",
    title="The adequacy of cooperation",
    kind=DocumentKind.ARTICLE,
    authors=("Farid Al Recto", "Jean-Pierre Folio"),
    date="2019-05",
    doi="10.1000/182",
    details={"journal": "Journal of Notes", "volume": "10", "issue": "1"},
)
PRINTED_ARTICLE = replace(
    ARTICLE, id="printed-article", authors=("A Recto",), doi="", details={**ARTICLE.details, "pages": "75-90"}
)
LAW = Document(
    id="law", title="Electronic Crimes Act 2015", kind=DocumentKind.LEGISLATION, details={"country": "Jordan"}
)
REPORT = Document(
    id="report",
    title="Reforming Bribery",
    kind=DocumentKind.REPORT,
    body="Law Commission",
    date="2008",
    details={"number": "Law Com No 313"},
)
PAGE = Document(
    id="page",
    title="Is this it?",
    kind=DocumentKind.OTHER,
    url="https://example.org/x",
    details={"accessed": "2024-02-01"},
)


def passage(document, locator, **facts):
    return Passage(f"{document.id}/{locator}", document.id, 1, PassageKind.PARAGRAPH, "Text.", **facts)


HERE = Path(__file__).parent
WORKS = {
    document.id: document
    for document in (
        LECTURE, SPEECH, UN_REPORT, CONGRESS, RESOLUTION, OTHER_RESOLUTION, TREATY, MODEL_LAW, ARTICLE, PRINTED_ARTICLE,
        LAW, REPORT, PAGE,
    )
} | {
    name: document_from(facts, source=name, sha256="")
    for name, facts in tomllib.loads((HERE / "citation_works.toml").read_text(encoding="utf-8")).items()
}  # fmt: skip


def table():
    """(document, first and last passage, style, citation) of each line of citations.txt."""
    place = ""
    for line in (HERE / "citations.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            style, citation = line.split(maxsplit=1)
            document, *passages = cited(place)
            yield pytest.param(document, *passages, style, citation, id=f"{place}-{style}".replace(" ", "-"))
        elif line and not line.startswith("#"):
            place = line


def cited(place):
    """Read `work locator`, `work locator..locator`, `work -`; `page=3`, `page=3-4` and `page=3..4` are their pages."""
    work, locators, *pages = place.split()
    document = WORKS[work]
    if locators == "-":
        return document, None, None
    numbers = [tuple(map(int, part.split("-"))) for page in pages for part in page.removeprefix("page=").split("..")]
    spans = [(number[0], number[-1]) for number in numbers] or [None]
    ends = locators.split("..")
    passages = [passage(document, locator, page=span) for locator, span in zip(ends, spans * len(ends), strict=False)]
    return document, passages[0], passages[1] if len(passages) > 1 else None


@pytest.mark.parametrize(("document", "first", "last", "style", "expected"), list(table()))
def test_citation_of_a_passage(document, first, last, style, expected):
    assert cite(document, first, style, until=last) == expected


def test_the_table_covers_every_style_and_form():
    rows = list(table())
    assert len(rows) >= 200
    assert {row.values[3] for row in rows} == set(STYLES)
    assert {row.values[0].kind for row in rows} == set(DocumentKind)


def test_citation_of_a_whole_document_has_no_pinpoint():
    assert cite(MODEL_LAW) == "Stein Verso, A Model Law (5th edn, 2009)"
    assert cite(SPEECH, style="apa").endswith("Geneva.")


# (facts of an unlabelled passage, pinpoints in both OSCOLAs, APA, Chicago, MLA, Bluebook); its count is never cited
UNLABELLED = [
    ({"page": (12, 12)}, (" 12", " 12", ", p. 12)", ", 12.", "(Marginal 12)", ", at 12 (Jan. 28, 2025).")),
    (
        {"page": (12, 13)},
        (" 12–13", " 12–13", ", pp. 12–13)", ", 12–13.", "(Marginal 12–13)", ", at 12–13 (Jan. 28, 2025)."),
    ),
    (
        {"section": ("Part A", "Findings")},
        (
            ", ‘Findings’",
            ", ‘Findings’",
            ", “Findings” section)",
            ", under “Findings.”",
            ", sec. “Findings”)",
            ", under “Findings” (Jan. 28, 2025).",
        ),
    ),
    ({}, (", 28 January 2025)", ", 28 January 2025)", "Geneva.", "28, 2025).", "Geneva.", "Geneva (Jan. 28, 2025).")),
]


@pytest.mark.parametrize(("facts", "endings"), UNLABELLED)
def test_unlabelled_passage(facts, endings):
    for style, ending in zip(STYLES, endings, strict=True):
        assert cite(SPEECH, passage(SPEECH, "p-37", **facts), style).endswith(ending)


def test_page_of_a_labelled_passage_is_left_out_but_for_chicago_notes():
    note = passage(SPEECH, "fn-21", page=(3, 3))
    assert cite(SPEECH, note).endswith(" fn 21")
    assert cite(SPEECH, note, "chicago").endswith(", 3n21.")


def test_second_passage_at_a_place_is_cited_like_the_first():
    assert cite(TREATY, passage(TREATY, "art-2~2")) == cite(TREATY, passage(TREATY, "art-2"))


# documents that differ in one fact from those above
VARIANTS = [
    # the year of Security Council symbols is not cited; old Assembly numbers the session
    (
        replace(RESOLUTION, symbol="S/RES/1373 (2001)", date="2001-09-28"),
        "UNSC Res 1373 (28 September 2001) UN Doc S/RES/1373",
    ),
    (
        replace(RESOLUTION, symbol="A/RES/2625 (XXV)", date="1970-10-24"),
        "UNGA Res 2625 (XXV) (24 October 1970) UN Doc A/RES/2625 (XXV)",
    ),
    (replace(RESOLUTION, symbol="A/HRC/RES/20/8", date=""), "UNHRC Res 20/8 UN Doc A/HRC/RES/20/8"),
    # no volume: the year identifies the book of the journal
    (
        replace(ARTICLE, doi="", authors=(), details={"journal": "Journal of Notes"}),
        "‘The adequacy of cooperation’ [2019] Journal of Notes",
    ),
    (
        replace(ARTICLE, doi="", authors=("A One", "B Two", "C Three"), details={}),
        "A One, B Two and C Three, ‘The adequacy of cooperation’ [2019]",
    ),
    (
        replace(ARTICLE, doi="", authors=("A One", "B Two", "C Three", "D Four"), details={}),
        "A One and others, ‘The adequacy of cooperation’ [2019]",
    ),
    # quotation marks inside quotation marks
    (replace(SPEECH, title='The "new" law', details={}, date=""), "Ignatius Marginal, ‘The “new” law’ (Speech)"),
    # a series of the European Union stands in place of the year
    (
        Document(
            id="eu",
            title="Directive 95/46/EC",
            kind=DocumentKind.LEGISLATION,
            date="1995-10-24",
            details={"series": "[1995] OJ L281/31"},
        ),
        "Directive 95/46/EC [1995] OJ L281/31",
    ),
]


@pytest.mark.parametrize(("document", "expected"), VARIANTS)
def test_oscola_variants(document, expected):
    assert cite(document) == expected


EVERY_FACT = {
    "authors": ("Ada Verso",),
    "date": "2019-05-02",
    "body": "Some Body",
    "symbol": "A/1/2",
    "url": "https://example.org/x",
    "details": {
        "journal": "Notes",
        "volume": "1",
        "issue": "2",
        "event": "Forum",
        "place": "Geneva",
        "publisher": "Press",
    },
}
#: What a missing fact leaves behind when it is not left out cleanly.
LEFTOVERS = re.compile(r", ,|,,|\(\)|\(, |, \)|  |\. \.|\.\.|^[,. ]|\( | \)|\[\]|“”|‘’|:,|: \.|None|“,| ,| \.")


@pytest.mark.parametrize("kind", DocumentKind)
@pytest.mark.parametrize("style", STYLES)
def test_missing_facts_are_left_out_cleanly(kind, style):
    for count in range(len(EVERY_FACT) + 1):
        for names in combinations(EVERY_FACT, count):
            document = Document(id="d", title="Title", kind=kind, **{name: EVERY_FACT[name] for name in names})
            for place in ("para-1", "p-1"):
                citation = cite(document, passage(document, place), style)
                assert "Title" in citation or "Res" in citation
                assert not LEFTOVERS.search(citation), citation
                assert ("n.d." in citation) <= (style in {"apa", "chicago"})


def test_html_marks_italics_and_escapes():
    document = replace(MODEL_LAW, title="Law & <Order>")
    assert cite_html(document) == "Stein Verso, <i>Law &amp; &lt;Order&gt;</i> (5th edn, 2009)"


def test_html_holds_the_words_of_the_plain_citation():
    for style in STYLES:
        assert re.sub("</?i>", "", cite_html(ARTICLE, style=style)).replace("&amp;", "&").replace("&lt;", "<").replace(
            "&gt;", ">"
        ) == cite(ARTICLE, style=style)


def test_unknown_style_is_refused_with_the_known_ones():
    with pytest.raises(PinciteError, match=r"'harvard'.*oscola, oscola5, apa, chicago, mla, bluebook"):
        cite(LAW, style="harvard")


# (work, facts that its CSL item holds, and None for those that it must not hold)
ITEMS = [
    (
        "refugees",
        {
            "type": "treaty",
            "container-title": "United Nations Treaty Series",
            "volume": "189",
            "page": "137",
            "title-short": "Refugee Convention",
            "issued": {"date-parts": [[1951, 7, 28]]},
            "collection-title": None,
            "author": None,
        },
    ),
    ("iccpr", {"container-title": "United Nations Treaty Series", "volume": "999", "page": "171"}),
    (
        "budapest",
        {
            "container-title": "European Treaty Series",
            "number": "185",
            "available-date": {"date-parts": [[2001, 11, 23]]},
            "volume": None,
        },
    ),
    ("data-protection", {"type": "legislation", "volume": "L 281", "page": "31", "number": "Directive 95/46/EC"}),
    ("res-1373", {"type": "legislation", "number": "S/RES/1373 (2001)"}),
    ("ilc", {"type": "report", "number": "A/CN.4/753"}),
    ("justice", {"type": "speech", "genre": "Lecture", "event-title": "St Hugh’s College", "event-place": "Oxford"}),
    ("union", {"type": "speech", "genre": None}),
    ("briggs", {"type": "book", "publisher": "OUP"}),
    ("cole", {"type": "document", "accessed": {"date-parts": [[2009, 11, 19]]}}),
    ("ban", {"author": [{"family": "Ban", "given": "Ki-moon", "static-ordering": True}]}),
]


@pytest.mark.parametrize(("work", "facts"), ITEMS)
def test_csl_items_keep_the_parts_apart(work, facts):
    item = csl(WORKS[work])
    assert {variable: item.get(variable) for variable in facts} == facts


def test_a_range_is_a_range_in_html_too():
    first, last = passage(REPORT, "para-3"), passage(REPORT, "para-5")
    assert cite_html(REPORT, first, until=last) == (
        "Law Commission, <i>Reforming Bribery</i> (Law Com No 313, 2008) paras 3–5"
    )


#: Variables of the schema csl-data.json 1.0.2 that an item may hold, and `event-title`, the specification's new name of
#: `event`; those that are no texts are checked by their form.
TEXTS = frozenset(
    (
        "id", "type", "title", "title-short", "container-title", "collection-title", "volume", "issue", "page",
        "number", "edition", "event-title", "event-place", "publisher", "publisher-place", "genre", "jurisdiction",
        "authority", "DOI", "URL", "language", "note",
    )
)  # fmt: skip


@pytest.mark.parametrize("work", WORKS)
def test_csl_items_hold_what_the_schema_allows(work):
    item = csl(WORKS[work], passage(WORKS[work], "para-1"))
    for variable, value in item.items():
        if variable == "author":
            assert all(set(name) <= {"family", "given", "suffix", "literal", "static-ordering"} for name in value)
        elif variable in {"issued", "accessed", "available-date"}:
            assert list(value) == ["date-parts"]
        else:
            assert variable in TEXTS
            assert isinstance(value, str)
