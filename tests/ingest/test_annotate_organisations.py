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


def test_a_short_name_belongs_to_the_body_that_issued_the_document():
    text = "The General Assembly resolves:"
    assert named(text, body="Organization of American States") == ["Organization of American States General Assembly"]
    assert named(text) == ["United Nations General Assembly"]


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


def test_a_defined_acronym_holds_in_the_whole_document_before_and_after_its_definition():
    first, second, third = tags(
        "NHSO pilots left.", "The Northern Harbour Safety Organization (NHSO) met.", "It was NHSO's idea."
    )
    for found in (first, second, third):
        assert {ann.value for ann in found} == {"Northern Harbour Safety Organization"}
    assert first[0].found is Found.ACRONYM


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
    texts = ["The G 8 and the OAS General Assembly met.", "The Truth and Lamp Commission met.", "Harbour Ltd and UNDP"]
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
