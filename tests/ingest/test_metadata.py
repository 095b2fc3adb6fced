"""Facts that invented documents state of themselves, and where they stand."""

from pathlib import Path

import pytest

from ingest.blocks import Block, RawDocument, Shape
from ingest.metadata import facts_of
from ingest.metadata.dates import date_in, is_date_line
from ingest.metadata.language import language_of
from ingest.metadata.masthead import symbol_in
from ingest.metadata.words import is_institution, person, persons
from ingest.readers import read
from ingest.structure import structure

BODY = (
    "The harbour has been open to every ship in distress since it was built, and nobody has ever thought of closing it."
)

REPORT = f"""United Nations

A/CONF.999/L.3/Add.1

Fourteenth Moot Congress on Lighthouses and Harbours

Distr.: Limited

14 April 2031

Original: French

Twelfth session

Agenda item 7 (b)

Valletta, Malta, 12-19 April 2031

Report of Committee I on agenda item 7 (b)

Addendum

1. {BODY}

2. {BODY}

3. {BODY}
"""
RESOLUTION = """United Nations

A/RES/91/17

General Assembly

Distr.: General

30 December 2036

Ninety-first session

Agenda item 12

Resolution adopted by the General Assembly on 18 December 2036

[on the report of the Sixth Committee (A/91/400)]

91/17. Harbours of refuge

The General Assembly,

Recalling its earlier resolutions on ships in distress and on the duties of coastal States towards their crews,

1. Decides that harbours shall be open;

2. Requests all States to keep their lamps lit throughout the night.
"""
LECTURE = f"""FACULTY OF MARITIME LAW

COURSE: BA.LL.B

Semester : VI th

SUBJECT: Harbour Law

SUBJECT CODE: HAR-101

NAME OF FACULTY: Dr.Ada Verso

Lecture-12

LECTURE 12: Ships in distress,

Introduction

{BODY} {BODY}

{BODY} {BODY}
"""
SPEECH = f"""Speech to be delivered by Prof. Dr. Ada Verso, Secretary-General of AALCO at the Side Event on

“Keeping the Lamps Lit”

to be held during the Third Session of the Moot Conference, Valletta, Malta on 3 May 2031

Topic

“WHAT AALCO OWES TO SHIPS IN DISTRESS”

Distinguished delegates, ladies and gentlemen,

{BODY} I shall say what AALCO owes to ships in distress, and AALCO has done much since it was founded.

{BODY}
"""
ARTICLE = f"""OPEN HARBOURS AND CLOSED MINDS

Ada Verso

ada.verso@example.org

Reader in Harbour Law at the University of Lower Marginalia

Abstract

{BODY}

Keywords

Harbours, ships, lamps.

How to cite this article

Verso, Ada (2029). "Open harbours and closed minds". Marginalia Review of Harbours, Vol. 12, No. 3, May-October 2029. <https://doi.org/10.99999/mrh.12.3.5>

Article received on October 25, 2028 and accepted for publication on February 20, 2029

Introduction

{BODY} {BODY}

References

Recto, Bruno (2012). Lamps. Valletta, Harbour Press.
"""
TREATY = f"""# Convention on Harbours of Refuge

## Article 1

{BODY}

## Article 2

{BODY}

## Article 3

{BODY}

## Article 4

{BODY}

DONE at Valletta, this third day of May, on 3 May 2031, in a single copy, both texts being equally authentic.
"""
COUNCIL = f"""RESOLUTION 301 (1971)

Adopted by the Security Council at its 1598th meeting, on 20 October 1971

The Security Council,

Recalling everything that it has said about harbours, and noting that little of it has been done by anybody so far,

1. {BODY}
"""
EXPECTED = {
    "report": (
        REPORT,
        {
            "title": ("Report of Committee I on agenda item 7 (b): Addendum", "masthead line"),
            "kind": ("report", "masthead line"),
            "symbol": ("A/CONF.999/L.3/Add.1", "masthead line 2"),
            "body": ("Fourteenth Moot Congress on Lighthouses and Harbours", "masthead line 3"),
            "distribution": ("Limited", "masthead line 4"),
            "date": ("2031-04-14", "masthead line 5"),
            "original_language": ("French", "masthead line 6"),
            "session": ("Twelfth", "masthead line 7"),
            "agenda_item": ("7 (b)", "masthead line 8"),
            "place": ("Valletta, Malta", "masthead line 9"),
            "language": ("en", "running text"),
            "authors": None,
            "journal": None,
        },
    ),
    "resolution": (
        RESOLUTION,
        {
            "title": ("Harbours of refuge", "masthead line"),
            "kind": ("resolution", "masthead line 2"),
            "number": ("91/17", "masthead line"),
            "symbol": ("A/RES/91/17", "masthead line 2"),
            "body": ("United Nations General Assembly", "masthead line 3"),
            "date": ("2036-12-18", "masthead line"),  # the day of adoption, not of distribution
            "agenda_item": ("12", "masthead line"),
        },
    ),
    "lecture": (
        LECTURE,
        {
            "title": ("Ships in distress", "masthead line"),
            "kind": ("lecture", "masthead line"),
            "number": ("Lecture 12", "masthead line"),
            "authors": ("Ada Verso", "masthead line 6"),
            "course": ("Harbour Law (HAR-101), BA.LL.B, Semester VI", "masthead line"),
            "publisher": ("Faculty of Maritime Law", "masthead line 1"),
            "date": None,
            "body": None,
        },
    ),
    "speech": (
        SPEECH,
        {
            "title": ("What AALCO owes to ships in distress", "masthead line"),
            "kind": ("speech", "masthead line"),
            "authors": ("Ada Verso", "masthead line 1"),
            "body": ("Asian-African Legal Consultative Organization", "masthead line 1"),
            "date": ("2031-05-03", "masthead line"),
            "place": ("Valletta, Malta", "masthead line 1"),
            "symbol": None,
        },
    ),
    "article": (
        ARTICLE,
        {
            "title": ("Open harbours and closed minds", "masthead line 1"),
            "kind": ("article", "masthead line"),
            "authors": ("Ada Verso", "masthead line 2"),
            "journal": ("Marginalia Review of Harbours", "citation note"),
            "volume": ("12", "citation note"),
            "issue": ("3", "citation note"),
            "doi": ("10.99999/mrh.12.3.5", "citation note"),
            "date": ("2029-05", "citation note"),  # of the issue, not of the manuscript's receipt
            "publisher": None,
            "place": None,
        },
    ),
    "treaty": (
        TREATY,
        {
            "title": ("Convention on Harbours of Refuge", "masthead line 1"),
            "kind": ("treaty", ""),
            "place": ("Valletta", "closing words"),
            "date": ("2031-05-03", "closing words"),
            "authors": None,
        },
    ),
    "council": (
        COUNCIL,
        {
            "title": ("Resolution 301 (1971)", "masthead line 1"),
            "symbol": ("S/RES/301 (1971)", "masthead line 1"),
            "body": ("United Nations Security Council", "masthead line"),
            "meeting": ("1598th", "masthead line 2"),
            "date": ("1971-10-20", "masthead line 2"),
        },
    ),
}


def facts(text, tmp_path, name="document.txt"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    raw = read(file)
    return facts_of(structure("document", raw.blocks), raw, name=name)


@pytest.mark.parametrize(
    ("kind", "fact"), [(kind, fact) for kind, (_, expected) in EXPECTED.items() for fact in expected]
)
def test_a_document_states_its_facts(kind, fact, tmp_path):
    text, expected = EXPECTED[kind]
    found = facts(text, tmp_path, "document.md" if text.startswith("#") else "document.txt").get(fact)
    if expected[fact] is None:
        assert found is None
    else:
        assert found is not None
        value, where = expected[fact]
        assert found.value == value
        assert found.where.startswith(where)


def test_a_number_and_year_of_another_assembly_are_no_council_resolution(tmp_path):
    text = COUNCIL.replace("Security Council", "Parliamentary Assembly")
    found = facts(text, tmp_path)
    assert "symbol" not in found
    assert found["body"].value != "United Nations Security Council"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("NOR_56_2001.txt", {"kind": "speech", "session": "56", "date": "2001"}),
        ("A_91_590_Add.1.txt", {"symbol": "A/91/590/Add.1"}),
        ("S_RES_0301_1971_EN.txt", {"symbol": "S/RES/301 (1971)"}),
        ("minutes 2031-05-03.txt", {"date": "2031-05-03"}),
        # the fifty-sixth session opened in 2001: this is something else
        ("ABC_12_2019.txt", {}),
        ("lecture_3_notes.txt", {}),
        ("2019.txt", {}),
    ],
)
def test_a_file_s_name_only_hints(name, expected, tmp_path):
    found = {key: fact.value for key, fact in facts(f"{BODY}\n\n{BODY}\n", tmp_path, name).items()}
    hinted = {key: value for key, value in found.items() if key in {"kind", "session", "date", "symbol"}}
    assert hinted == expected


def test_what_the_document_states_wins_over_its_file_s_name(tmp_path):
    found = facts(REPORT, tmp_path, "A_91_590.txt")
    assert found["symbol"].value == "A/CONF.999/L.3/Add.1"


def test_page_headers_of_the_first_page_are_part_of_the_masthead():
    blocks = (
        Block("A/99/1", Shape.FURNITURE),
        Block("Distr.: General", Shape.FURNITURE),
        Block("7 January 2036", Shape.FURNITURE),
        Block("Report on lamps", Shape.HEADING, 1),
        Block(BODY),
    )
    found = facts_of(structure("document", blocks), RawDocument(blocks))
    assert {name: found[name].value for name in ("symbol", "date", "distribution")} == {
        "symbol": "A/99/1",
        "date": "2036-01-07",
        "distribution": "General",
    }


def test_an_organisation_among_the_file_s_authors_is_the_issuing_body():
    blocks = (Block("Report on lamps", Shape.HEADING, 1), Block(BODY))
    raw = RawDocument(blocks, {"title": "Report on lamps", "authors": "Moot Council on Lighthouses"})
    found = facts_of(structure("document", blocks, title="Report on lamps"), raw)
    assert (found["body"].value, found["body"].where) == ("Moot Council on Lighthouses", "file metadata")
    assert "authors" not in found


def test_days_inside_a_report_s_title_are_not_its_date(tmp_path):
    title = "Budget of the Moot Mission for the period from 1 July 2034 to 30 June 2035"
    text = f"A/91/5\n\n{title}\n\n1. {BODY}\n\n2. {BODY}\n"
    assert "date" not in facts(text, tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18 October 2018", "2018-10-18"),
        ("the 3rd day of May, 2031", "2031-05-03"),
        ("October 18, 2018", "2018-10-18"),
        ("Sept. 3, 1999", "1999-09-03"),
        ("18.10.2018", "2018-10-18"),
        ("2018-10-18", "2018-10-18"),
        ("12-19 April 2010", "2010-04"),
        ("May-October 2019", "2019-05"),
        ("August 2009", "2009-08"),
        ("31 February 2010", "2010-02"),
        ("03/04/2010", ""),  # March or April
        ("in 2010", ""),
        ("1/2010-31", ""),
    ],
)
def test_dates_keep_their_precision(text, expected):
    assert date_in(text) == expected


def test_a_date_line_holds_nothing_else():
    assert is_date_line("14 April 2010")
    assert not is_date_line("Adopted on 14 April 2010")
    assert not is_date_line("14 April 2010 and what came of it")


LANGUAGES = {
    "en": "The lamps of the harbour are lit at night so that the ships which come from the sea find the way to it.",
    "fr": "Les lampes du port sont allumées dans la nuit, et les navires qui viennent de la mer trouvent le chemin; "
    "ce n’est pas une merveille, mais une loi.",
    "es": "Las lámparas del puerto se encienden por la noche para que los barcos que vienen del mar no se pierdan.",
    "de": "Die Lampen des Hafens werden in der Nacht angezündet, damit die Schiffe den Weg in den Hafen finden; "
    "das ist kein Wunder, sondern ein Gesetz.",
    "it": "Le lampade del porto sono accese di notte perché le navi che vengono dal mare non si perdano nella nebbia.",
    "pt": "As lâmpadas do porto são acesas de noite para que os navios que vêm do mar não se percam na escuridão "
    "do porto, que é uma obra do povo.",
    "ru": "Лампы порта горят ночью, чтобы корабли находили дорогу домой.",
    "ar": "تضاء مصابيح الميناء ليلا لكي تجد السفن طريقها إلى البيت",
    "zh": "港口的灯在夜里点亮，让船只找到回家的路。",
    "ja": "港の灯りは夜に灯され、船が帰り道を見つけられるようにする。",
    "uk": "Лампи порту горять уночі, щоб кораблі знаходили її шлях і їхній дім є відкритий.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_are_told_apart_or_left_open(language):
    expected = "" if language == "uk" else language
    assert language_of(LANGUAGES[language]) == expected


@pytest.mark.parametrize(
    "text", ["", "1 2 3", "Lamps", "Lorem ipsum dolor sit amet " * 20, "Harbour lamp ship sea " * 20]
)
def test_too_little_or_strange_text_has_no_language(text):
    assert language_of(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A/RES/74/190", "A/RES/74/190"),
        ("S/RES/1316(2000)", "S/RES/1316 (2000)"),
        ("MCTC/WG.2/2025/4", "MCTC/WG.2/2025/4"),
        ("A/80/604/Add.1", "A/80/604/Add.1"),
        ("A/81/6 (Sect. 13)/Part A*", "A/81/6 (Sect. 13)/Part A"),
        ("AND/OR", ""),
        ("km/h", ""),
        ("Report A/80/1", ""),
        ("24/7", ""),
    ],
)
def test_symbols_fill_their_line(text, expected):
    assert symbol_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prof. Dr. Ada Verso", "Ada Verso"),
        ("ADA VERSO", "Ada Verso"),
        ("H.E. Mr. Luis de la Recto", "Luis de la Recto"),
        ("Faculty of Law", ""),
        ("Chief Judge", ""),
        ("the lamps", ""),
        ("Verso", ""),
    ],
)
def test_names_of_persons(text, expected):
    assert person(text) == expected


def test_several_names_stand_in_one_line():
    assert persons("Ada Verso, Bruno Recto and Carla Colophon") == ["Ada Verso", "Bruno Recto", "Carla Colophon"]
    assert persons("Ada Verso and the harbour") == []


def test_institutions_are_no_titles():
    assert is_institution("FACULTY OF JURIDICAL SCIENCES")
    assert not is_institution("Report of the Committee on Lamps")
    assert not is_institution("The Role of the Council in Peace: a view")


def test_the_sample_collection_states_its_titles_kinds_and_authors(sample_folder):
    from corpus import catalogue

    for name, wanted in catalogue.load(sample_folder).entries.items():
        raw = read(Path(sample_folder / name))
        found = facts_of(structure("d", raw.blocks, title=raw.facts.get("title", "")), raw, name=name)
        assert found["title"].value.casefold() == wanted["title"].casefold(), name
        assert found["kind"].value == wanted["kind"], name
        authors = found["authors"].value.split("; ") if "authors" in found else []
        assert authors == wanted.get("authors", []), name
