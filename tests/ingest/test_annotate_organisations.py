"""Organisations in passages: what is tagged as what, what is not, and how competing mentions are settled."""

import time

import pytest

from corpus.model import Annotation, AnnotationType, Document, Found, InstrumentType, Passage, PassageKind
from ingest.annotate.organisation_mentions import Mention, longest
from ingest.annotate.organisations import find_organisations


def tags(*texts, kind=PassageKind.PARAGRAPH, body="", instruments=None):
    """The annotations of a document whose passages have `texts`, one tuple a passage."""
    document = Document("a-lecture", "A lecture", body=body)
    passages = [Passage(f"a-lecture/p-{n}", "a-lecture", n, kind, text) for n, text in enumerate(texts, start=1)]
    return find_organisations(document, passages, instruments or [()] * len(passages))


def named(*texts, **facts):
    """The distinct names in the last passage, parts of instruments left out, sorted."""
    return sorted({ann.value for ann in tags(*texts, **facts)[-1] if ann.subtype != "part"})


GAZETTEER = [
    # full names, possessives, both spellings, dots, hyphens
    ("The Council of Europe's work", ["Council of Europe"]),
    (
        "the Organization for Economic Cooperation and Development",
        ["Organisation for Economic Co-operation and Development"],
    ),
    ("Interpol’s website", ["INTERPOL"]),
    ("a U.N. agency", ["United Nations"]),
    ("Asia Pacific Economic Cooperation and Asia-Pacific Economic Cooperation", ["Asia-Pacific Economic Cooperation"]),
    ("the G 8 and the G8", ["Group of Eight"]),
    ("the G7/G8 leaders", ["Group of Eight", "Group of Seven"]),
    # three joined by slashes
    (
        "an ITU/CARICOM/OPEC seminar",
        [
            "Caribbean Community",
            "International Telecommunication Union",
            "Organization of the Petroleum Exporting Countries",
        ],
    ),
    # the longest name wins, its parent is not tagged again
    ("the UN General Assembly met", ["United Nations General Assembly"]),
    ("the General Assembly of the United Nations met", ["United Nations General Assembly"]),
    ("the General Assembly of the OAS met", ["Organization of American States General Assembly"]),
    ("the OAS General Assembly met", ["Organization of American States General Assembly"]),
    ("the Commission on Narcotic Drugs of the United Nations", ["Commission on Narcotic Drugs"]),
    ("U.S. House of Representatives", ["United States House of Representatives"]),
    # short names in the United Nations' texts
    ("In General Assembly resolution 1", ["United Nations General Assembly"]),
    ("Recalling Security Council resolution 1", ["United Nations Security Council"]),
    # the Commonwealth
    ("the Commonwealth helped", ["Commonwealth of Nations"]),
    ("Commonwealth member countries", ["Commonwealth of Nations"]),
    ("the Commonwealth Secretariat", ["Commonwealth Secretariat"]),
    ("the Commonwealth of Independent States", ["Commonwealth of Independent States"]),
    # names that share their noun
    (
        "the African and European Working Parties on Information Technology Crime",
        [
            "INTERPOL African Working Party on Information Technology Crime",
            "INTERPOL European Working Party on Information Technology Crime",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GAZETTEER)
def test_names_of_the_gazetteer(text, expected):
    assert named(text) == expected


NOTHING = [
    # co-references and generic bodies
    "The Committee met the Group, the Secretariat and the Working Group.",
    "A steering committee and the Executive Board will meet.",
    "an international criminal court should be created",
    # a commonwealth that is a state
    "the Commonwealth of Australia",
    # words that are not acronyms
    "the man who came first made an impact",
    "WHO WILL COME FIRST TO THE ECO FAIR",
    # instruments, events, plans, publications
    "the Harbour Convention and the Lighthouse Declaration",
    "the Lighthouse Conference and the Oslo Summit",
    "the Harbour Law Review and the Oslo University Press",
    # states and places
    "the Russian Federation, the Soviet Union and the West Bank",
    "the information society and the World Trade Center",
    # addresses and symbols
    "see www.interpol.int/UNODC or write to ITU@example.org",
    "document UNEP/GC/23 and Directive 95/46/EC",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_organisation(text):
    assert [(text[ann.start : ann.end], ann.value) for ann in tags(text)[0]] == []


AMBIGUOUS = [
    # named elsewhere in the document
    (("The International Criminal Court sits in The Hague.", "The ICC ruled."), ["International Criminal Court"]),
    # supported by a word near it
    (("The ICC published new Incoterms for business.",), ["International Chamber of Commerce"]),
    # supported by nothing
    (("The ICC ruled.",), []),
    # defined by the document as something else
    (("The Island Cricket Club (ICC) won.", "The ICC and genocide."), []),
    # defined by the document as an organisation of its own
    (("The Island Cricket Council (ICC) won.", "The ICC ruled."), ["Island Cricket Council"]),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "expected"), AMBIGUOUS)
def test_ambiguous_acronyms_follow_their_document(texts, expected):
    assert named(*texts) == expected


def test_a_short_name_belongs_to_the_body_that_issued_the_document():
    text = "The General Assembly resolves:"
    assert named(text, body="Organization of American States") == ["Organization of American States General Assembly"]
    assert named(text) == ["United Nations General Assembly"]


def test_a_short_name_outside_the_united_nations_needs_its_parent_in_the_document():
    assert named("The Committee of Ministers met.") == []
    assert named("The Council of Europe grew.", "The Committee of Ministers met.") == [
        "Committee of Ministers of the Council of Europe"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "the National Security Council decided",
        "the Russian Federation’s Security Council decided",
        "the Security Council of Ruritania decided",
        "the AALCO General Assembly decided",
    ],
)
def test_an_organ_of_another_body_is_not_that_of_the_united_nations(text):
    assert [name for name in named(text) if name.startswith("United Nations")] == []


def test_a_united_nations_organ_is_not_found_in_a_national_bodys_name():
    assert named("the Nepalese Human Rights Council") == ["Nepalese Human Rights Council"]


def test_a_defined_acronym_holds_in_the_whole_document_before_and_after_its_definition():
    first, second, third = tags(
        "NHSO pilots left.", "The Northern Harbour Safety Organization (NHSO) met.", "It was NHSO's idea."
    )
    for found in (first, second, third):
        assert {ann.value for ann in found} == {"Northern Harbour Safety Organization"}
    assert first[0].found is Found.ACRONYM


def test_an_acronym_of_something_else_is_no_organisation():
    assert named("The World Summit on the Information Society (WSIS) and WSIS targets") == []


def test_a_misquoted_name_beside_its_true_acronym_is_one_organisation():
    assert named("the Association of South Asian Nations (ASEAN)") == ["Association of Southeast Asian Nations"]


PATTERNS = [
    ("She works at the Ministry of Justice.", ["Ministry of Justice"]),
    ("the Norwegian Institute of Maritime Affairs", ["Norwegian Institute of Maritime Affairs"]),
    ("He teaches at Kelibia University and the University of Tromsø.", ["Kelibia University", "University of Tromsø"]),
    (
        "the Bergen District Court and the Ministry of Trade, Industry and Fisheries",
        ["Bergen District Court", "Ministry of Trade, Industry and Fisheries"],
    ),
    ("the Open-ended Working Group on Lighthouse Law in March 2003", ["Open-ended Working Group on Lighthouse Law"]),
    ("Recalling the report, the Chairman of the Committee on Harbour Dues", ["Committee on Harbour Dues"]),
    ("US Lighthouse Commission", ["United States Lighthouse Commission"]),
    ("the Ministry of Justice and Europol", ["Europol", "Ministry of Justice"]),
    ("sold by Fjord Lamps Ltd to sailors", ["Fjord Lamps Ltd"]),
    # the parent within a longer name is not tagged again
    ("the OAS Working Group on Lighthouse Law", ["OAS Working Group on Lighthouse Law"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PATTERNS)
def test_names_outside_the_gazetteer(text, expected):
    assert named(text) == expected


def test_the_spellings_of_a_new_name_share_the_first_one():
    assert named("The Lamp Centre for Harbours met.", "The Lamp Center for Harbours met.") == [
        "Lamp Centre for Harbours"
    ]


def test_titles_in_notes_are_no_organisations():
    note = "A Author, “Building the Harbour Commission”, Ministry of Justice, 2001."
    assert named(note, kind=PassageKind.FOOTNOTE) == ["Ministry of Justice"]


def test_a_name_inside_an_instrument_is_a_part():
    text = "the Council of Europe Convention on Lamps, and the Council of Europe"
    name = Annotation(4, 41, AnnotationType.INSTRUMENT, "Convention on Lamps", Found.PATTERN, InstrumentType.TREATY)
    found = tags(text, instruments=[(name,)])[0]
    assert [(ann.value, ann.subtype) for ann in found] == [("Council of Europe", "part"), ("Council of Europe", "")]


def test_the_owner_of_an_instrument_is_named_for_itself():
    text = "the OECD's Guidelines on Lamps"
    name = Annotation(4, 30, AnnotationType.INSTRUMENT, "Guidelines on Lamps", Found.PATTERN, InstrumentType.OTHER)
    assert named(text, instruments=[(name,)]) == ["Organisation for Economic Co-operation and Development"]


def test_a_reference_to_an_instrument_makes_no_part():
    text = "the UNODC study"
    reference = Annotation(0, 15, AnnotationType.INSTRUMENT, "Study", Found.REFERENCE, InstrumentType.DOCUMENT)
    assert named(text, instruments=[(reference,)]) == ["United Nations Office on Drugs and Crime"]


def test_the_model_confirms_doubtful_names_in_running_text():
    text = "The Truth and Reconciliation Commission submitted its report to the government last year."
    (found,) = tags(text)
    assert [(ann.value, ann.found) for ann in found] == [("Truth and Reconciliation Commission", Found.MODEL)]
    assert tags(text, kind=PassageKind.FOOTNOTE) == [()]


def test_spans_are_the_written_names():
    text = "The Council of Europe’s and OECD members"
    (found,) = tags(text)
    assert [text[ann.start : ann.end] for ann in found] == ["Council of Europe", "OECD"]
    assert all(0 < ann.confidence <= 1 for ann in found)


def test_equal_input_gives_equal_output_whatever_stands_around_it():
    texts = [text for text, _ in GAZETTEER]
    assert tags(*texts) == tags(*texts)
    assert tags(*texts)[0] == tags(texts[0])[0]


def test_a_document_without_passages_has_no_tags():
    assert tags() == []


def test_longest_mention_wins_then_the_earliest_then_the_most_trusted():
    inner = Mention(4, 8, "inner", Found.GAZETTEER)
    outer = Mention(0, 8, "outer", Found.PATTERN)
    model = Mention(0, 8, "model", Found.MODEL)
    later = Mention(8, 10, "later", Found.MODEL)
    assert longest([inner, later, model, outer]) == [outer, later]


@pytest.mark.parametrize(
    "text",
    [
        "A" * 20_000,
        "Alpha Beta, " * 2_000 + "Council",
        "Committee on Alpha" + " and Beta" * 1_000,
        "Board of the " * 1_000,
    ],
)
def test_odd_texts_take_no_more_time_than_others(text):
    started = time.perf_counter()
    tags(text)
    assert time.perf_counter() - started < 20
