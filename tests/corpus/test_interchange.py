"""Annotations out to other tools and back: formats, round trips, and the corrections that a review gives."""

import io
import json
from dataclasses import replace

import pytest
import spacy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

from corpus.corrections import Add, Remove, apply, parse, written
from corpus.corrections.applying import key
from corpus.corrections.rules import Fault, checked
from corpus.export import export
from corpus.interchange import Reviewed, Tag, compare, read
from corpus.interchange.base import ReviewError, details
from corpus.interchange.docbin import doc_of
from corpus.model import Annotation, AnnotationType, Found, ordered
from tests.factories import document, passage, tag

VOCABULARY = spacy.blank("en").vocab
FORMATS = ["web-annotation", "doccano", "docbin"]
ORGANISATION, INSTRUMENT, PROVISION, YEAR = (
    AnnotationType.ORGANISATION,
    AnnotationType.INSTRUMENT,
    AnnotationType.PROVISION,
    AnnotationType.YEAR,
)
TEXT = "𝔘 The 🚢 Keepers cited Article 3 of the Lamp Treaty in 2003; the Keepers agreed."
PLAIN = passage(
    TEXT,
    annotations=ordered(
        [
            tag(TEXT, ORGANISATION, "Union of Keepers", shown="Keepers"),
            Annotation(
                TEXT.index("Article"),
                TEXT.index(" of"),
                PROVISION,
                "Lamp Treaty",
                Found.PATTERN,
                "article",
                "3",
            ),
            tag(TEXT, INSTRUMENT, "Lamp Treaty", subtype="treaty"),
            tag(TEXT, YEAR, "2003"),
        ]
    ),
)


def exported(form, *passages, **options):
    stream = io.BytesIO()
    export(form, [(document(), each) for each in passages], stream, **options)
    return stream.getvalue()


def back(form, tmp_path, *passages, **options):
    file = tmp_path / "review"
    file.write_bytes(exported(form, *passages, **options))
    return read(file)


def facts(annotations):
    return [(*key(ann), ann.subtype) for ann in annotations]


# -- what each format looks like -------------------------------------------------------------------------------------


def test_a_web_annotation_follows_the_recommendation():
    collection = json.loads(exported("web-annotation", PLAIN, base_url="https://pincite.example"))
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], collection["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == 4
    assert len({item["id"] for item in items}) == 4
    item = items[1]
    assert (item["type"], item["motivation"]) == ("Annotation", "identifying")
    assert item["body"][0]["value"] == "Lamp Treaty"
    assert item["body"][1] == {
        "type": "TextualBody",
        "purpose": "classifying",
        "value": "provision",
        "format": "text/plain",
    }
    assert item["target"]["source"] == "https://pincite.example/passages/lecture/para-1"
    quote, position = item["target"]["selector"]
    assert quote == {
        "type": "TextQuoteSelector",
        "exact": "Article 3",
        "prefix": "𝔘 The 🚢 Keepers cited ",
        "suffix": " of the Lamp Treaty in 2003; the",
    }
    # code points: each of the two astral characters counts as one
    assert position == {"type": "TextPositionSelector", "start": 22, "end": 31}
    assert (item["pincite:found"], item["pincite:confidence"]) == ("pattern", 1.0)


def test_a_line_of_doccano_has_the_types_for_labels():
    (line,) = exported("doccano", PLAIN).decode().splitlines()
    row = json.loads(line)
    assert (row["id"], row["text"], row["passage"]) == (1, TEXT, "lecture/para-1")
    assert [(TEXT[start:end], label) for start, end, label in row["label"]] == [
        ("Keepers", "organisation"),
        ("Article 3", "provision"),
        ("Lamp Treaty", "instrument"),
        ("2003", "year"),
    ]


def test_a_docbin_can_be_trained_from():
    (doc,) = DocBin().from_bytes(exported("docbin", PLAIN)).get_docs(VOCABULARY)
    assert doc.text == TEXT
    assert [(span.text, span.label_, span.kb_id_) for span in doc.spans["pincite"]][:2] == [
        ("Keepers", "organisation", "Union of Keepers"),
        ("Article 3", "provision", "Lamp Treaty"),
    ]
    assert [entity.text for entity in doc.ents] == ["Keepers", "Article 3", "Lamp Treaty", "2003"]


def test_a_docbin_takes_no_run_of_signs_apart():
    """spaCy would look through all that is left of it for each sign: an hour for a hundred thousand."""
    text = "Lamps " + "." * 100_000 + " of the Keepers " + "(" * 999 + " end"
    doc = doc_of(passage(text, annotations=[tag(text, ORGANISATION, "Union of Keepers", shown="Keepers")]))
    assert doc.text == text
    assert [span.text for span in doc.ents] == ["Keepers"]
    assert max(map(len, doc)) >= 99_999
    assert sum(word.text == "(" for word in doc) == 999  # short enough for spaCy


# -- round trips -----------------------------------------------------------------------------------------------------

texts = st.text(
    st.one_of(
        st.sampled_from(" 🏳️‍🌈👩🏽‍🚀𝔘é—“”'’.,;:\n-/()a"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
    ),
    min_size=1,
    max_size=40,
)
values = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(
    lambda text: text == text.strip() and "|" not in text
)


@st.composite
def annotations(draw, text):
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    kind = draw(st.sampled_from([ORGANISATION, INSTRUMENT, PROVISION, AnnotationType.COUNTRY]))
    subtype = draw(st.sampled_from(["treaty", "other"])) if kind == INSTRUMENT else ""
    articles = draw(st.sampled_from(["3", "14,15"])) if kind == PROVISION else ""
    found = draw(st.sampled_from(Found))
    confidence = draw(st.sampled_from([1.0, 0.6]))
    return Annotation(start, end, kind, draw(values), found, subtype, articles, confidence)


@st.composite
def annotated(draw, text=None):
    text = draw(texts) if text is None else text
    found = draw(st.lists(annotations(text), max_size=6))
    return passage(text, annotations=ordered({key(ann): ann for ann in found}.values()))


@pytest.mark.parametrize("form", FORMATS)
@settings(deadline=None)  # files and spaCy take their time on a busy machine
@given(found=annotated())
def test_what_goes_out_comes_back(form, found, tmp_path_factory):
    (reviewed,) = back(form, tmp_path_factory.mktemp("review"), found)
    assert reviewed.passage == found.id
    assert reviewed.text in {None, found.text}
    tags = [
        (*(tag.start, tag.end, tag.type, tag.value), tag.articles or "", tag.subtype or "") for tag in reviewed.tags
    ]
    assert sorted(tags) == sorted(facts(found.annotations))
    difference = compare([reviewed], [found])
    assert (difference.rules, difference.notes, difference.compared) == ((), (), 1)


@st.composite
def reviews(draw):
    text = draw(texts)
    return tuple(draw(annotated(text)) for _ in range(3))


def edited(form, sent, wanted):
    """An export of `sent` in which somebody has made the annotations those of `wanted`."""
    content = exported(form, sent)
    if form == "web-annotation":
        collection = json.loads(content)
        collection["first"]["items"] = json.loads(exported(form, wanted))["first"]["items"]
        return json.dumps(collection).encode()
    if form == "doccano":
        row = json.loads(content)
        row["label"] = [[ann.start, ann.end, f"{ann.type}|{ann.value}|{ann.articles}"] for ann in wanted.annotations]
        return json.dumps(row).encode()
    (doc,) = DocBin(store_user_data=True).from_bytes(exported(form, wanted)).get_docs(VOCABULARY)
    doc.user_data["pincite"]["tags"] = details(sent)
    return DocBin(docs=[doc], store_user_data=True).to_bytes()


def reviewed(form, tmp_path_factory, sent, wanted):
    file = tmp_path_factory.mktemp("review") / "file"
    file.write_bytes(edited(form, sent, wanted))
    return read(file)


@pytest.mark.parametrize("form", FORMATS)
@settings(deadline=None)  # files and spaCy take their time on a busy machine
@given(pair=reviews())
def test_the_corrections_of_a_review_lead_to_the_review(form, pair, tmp_path_factory):
    held, wanted, _ = pair
    review = reviewed(form, tmp_path_factory, held, wanted)
    # by way of the file, as a library would take them
    corrected = apply(parse(written(compare(review, [held]).rules)), "lecture", [held])
    assert sorted(map(key, corrected.passages[0].annotations)) == sorted(map(key, wanted.annotations))
    assert not corrected.unmet
    assert compare(review, corrected.passages).rules == ()


@pytest.mark.parametrize("form", FORMATS)
@settings(deadline=None)  # files and spaCy take their time on a busy machine
@given(pair=reviews())
def test_a_review_changes_what_it_changed_and_leaves_what_came_since(form, pair, tmp_path_factory):
    sent, wanted, held = pair
    subtypes = {key(ann): ann.subtype for each in pair for ann in each.annotations}
    # a subtype that changed on both sides is another question than an annotation that came or went
    assume(all(ann.subtype == subtypes[key(ann)] for each in pair for ann in each.annotations))
    review = reviewed(form, tmp_path_factory, sent, wanted)
    corrected = apply(parse(written(compare(review, [held]).rules)), "lecture", [held])
    before, after, now, then = (set(map(key, each.annotations)) for each in (sent, wanted, corrected.passages[0], held))
    assert now == (then - (before - after)) | (after - before)
    assert not corrected.unmet
    assert compare(review, corrected.passages).rules == ()


@pytest.mark.parametrize("form", FORMATS)
def test_a_review_that_took_long_does_not_undo_what_changed_in_between(form, tmp_path):
    review = back(form, tmp_path, PLAIN)
    since = replace(PLAIN, annotations=(*PLAIN.annotations[1:], tag(TEXT, AnnotationType.COUNTRY, "Keepers")))
    assert compare(review, [since]).rules == ()


@pytest.mark.parametrize("form", FORMATS)
def test_a_passage_that_lost_its_last_annotation_is_told_from_one_that_was_not_sent(form, tmp_path_factory):
    other = passage("The Lamp Treaty.", number=2, instruments=["Lamp Treaty"])
    review = reviewed(form, tmp_path_factory, PLAIN, replace(PLAIN, annotations=()))
    removed = compare(review, [PLAIN, other]).removed
    assert {rule.passage for rule in removed} == {PLAIN.id}
    assert len(removed) == 4


def test_an_annotation_that_stands_for_nothing_known_may_stay_or_go(tmp_path_factory):
    text = "Ibid, at 3, and the Lamp Treaty."
    unknown = Annotation(0, 4, INSTRUMENT, "", Found.REFERENCE, "other")
    held = passage(text, annotations=[unknown, tag(text, INSTRUMENT, "Lamp Treaty", subtype="treaty")])
    assert compare(reviewed("doccano", tmp_path_factory, held, held), [held]).notes == ()
    rules = compare(reviewed("doccano", tmp_path_factory, held, replace(held, annotations=())), [held]).rules
    (corrected,) = apply(parse(written(rules)), "lecture", [held]).passages
    assert corrected.annotations == ()
    # but no rule can add it
    with pytest.raises(Fault, match="lacks 'value'"):
        checked(Add(held.id, "Ibid", INSTRUMENT, ""))


# -- reviews done by hand --------------------------------------------------------------------------------------------


def doccano(tmp_path, *rows):
    file = tmp_path / "review.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return read(file)


TREATY_TEXT = "The Council of Europe met; Norway signed in 2003, and the Keepers (Union of Keepers) wrote Article 3."


@pytest.mark.parametrize(
    ("words", "label", "value", "subtype"),
    [
        ("Council of Europe", "organisation", "Council of Europe", ""),  # the gazetteer knows it
        ("Keepers", "organisation", "Union of Keepers", ""),  # the document has it elsewhere
        ("Norway", "country", "Norway", ""),
        ("2003", "year", "2003", ""),
        ("Norway", "organisation|Kingdom of Norway", "Kingdom of Norway", ""),  # the reviewer says it
        ("Article 3", "provision|Convention on Cybercrime|3", "Convention on Cybercrime", "article"),
        ("Council of Europe", "instrument|Convention on Cybercrime", "Convention on Cybercrime", "treaty"),
    ],
)
def test_a_new_span_gets_its_value(tmp_path, words, label, value, subtype):
    held = passage(TREATY_TEXT)
    elsewhere = passage(
        "Keepers.", number=2, annotations=[tag("Keepers.", ORGANISATION, "Union of Keepers", shown="Keepers")]
    )
    start = TREATY_TEXT.index(words)
    row = {"id": 77, "text": TREATY_TEXT, "label": [[start, start + len(words), label]], "passage": held.id}
    (rule,) = compare(doccano(tmp_path, row), [held, elsewhere]).rules
    assert isinstance(rule, Add)
    assert (rule.text, rule.value, rule.occurrence) == (words, value, 1)
    if rule.type == INSTRUMENT:
        assert rule.subtype == subtype


def test_spans_of_a_project_with_relations_are_read_too(tmp_path):
    span = {"id": 1, "start_offset": 4, "end_offset": 21, "label": "organisation"}
    row = {"text": TREATY_TEXT, "entities": [span], "relations": [], "Comments": [], "passage": "lecture/para-1"}
    assert doccano(tmp_path, row) == [Reviewed("lecture/para-1", TREATY_TEXT, (Tag(4, 21, ORGANISATION),))]


def test_another_value_for_a_place_is_a_removal_and_an_addition(tmp_path):
    row = json.loads(exported("doccano", PLAIN))
    row["label"][0][2] = "organisation|Keepers Ltd"
    removed, added = compare(doccano(tmp_path, row), [PLAIN]).rules
    assert removed == Remove("Keepers", "Union of Keepers", ORGANISATION, None, PLAIN.id, occurrence=1)
    assert added == Add(PLAIN.id, "Keepers", ORGANISATION, "Keepers Ltd")


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"passage": "lecture/para-9"}, "lecture/para-9: the library holds no such passage"),
        ({"text": "Other words."}, "lecture/para-1: its text is not the library's; export it again"),
        ({"label": [[0, 900, "organisation"]]}, "lecture/para-1: the span 0 to 900 lies outside its text"),
        ({"label": [[2, 5, "year"]]}, "lecture/para-1: 'The': say what it stands for with the label 'year|...'"),
        ({"label": [[2, 5, "provision|Lamp Treaty"]]}, "lecture/para-1: a provision needs its articles"),
    ],
)
def test_what_cannot_be_compared_is_told_and_left_alone(tmp_path, change, note):
    row = {**json.loads(exported("doccano", PLAIN)), "tags": [], **change}
    difference = compare(doccano(tmp_path, row), [PLAIN])
    assert (difference.rules, difference.compared) == ((), 0)
    assert len(difference.notes) == 1
    assert difference.notes[0].startswith(note)


def test_a_quotation_finds_its_place_where_offsets_do_not_fit(tmp_path):
    collection = json.loads(exported("web-annotation", PLAIN))
    for item in collection["first"]["items"]:
        item["target"]["selector"][1] |= {"start": 1, "end": 3}
    file = tmp_path / "review.jsonld"
    file.write_text(json.dumps(collection, indent=2), encoding="utf-8")
    assert compare(read(file), [PLAIN]).rules == ()
    # "Keepers" stands twice: without what stands around it, nobody can tell which is meant
    collection["first"]["items"][0]["target"]["selector"][0] |= {"prefix": "", "suffix": ""}
    file.write_text(json.dumps(collection), encoding="utf-8")
    (note,) = compare(read(file), [PLAIN]).notes
    assert note == "lecture/para-1: the words 'Keepers' are not to be found, or several times"


def test_web_annotations_may_come_line_by_line(tmp_path):
    items = json.loads(exported("web-annotation", PLAIN, base_url="https://pincite.example"))["first"]["items"]
    file = tmp_path / "review.jsonl"
    file.write_text("\n".join(map(json.dumps, items)), encoding="utf-8")
    assert compare(read(file), [PLAIN]).rules == ()
    # it is not known what went out with them, so that they count as all there is
    file.write_text("\n".join(map(json.dumps, items[1:])), encoding="utf-8")
    assert [type(rule) for rule in compare(read(file), [PLAIN]).rules] == [Remove]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "it is neither UTF-8 nor a DocBin of spaCy's"),
        (b"x\x9cbroken", "it is no DocBin of spaCy's"),
        (b"hello", "line 1: no line of doccano's"),
        (b'{"text": "a", "label": [[0, 1]], "passage": "a/para-1"}', "line 1: no line of doccano's"),
        (b'{"text": "a", "label": []}', "line 1: there is no 'passage'"),
        (b'{"text": "a", "label": [[0, 1, "ship"]], "passage": "a/para-1"}', "line 1: the label 'ship' is none of"),
        (b'{"text": "a", "label": [], "passage": "a/para-1"}\n' * 2, "the passage a/para-1 stands there 2 times"),
        (b'{"@context": "x", "type": "AnnotationCollection", "first": "page-1"}', "it holds no page of annotations"),
        (b'[{"id": "x", "target": {"source": "https://a.example/b"}, "body": {}}]', "is no permalink of a passage"),
        (b'[{"id": "x", "target": {}}]', "annotation x: no annotation of a passage"),
        (b'{"@context": "x", "items": [], "pincite:sent": []}', "'pincite:sent' is not as it was exported"),
        (b'{"@context": "x", "items": [], "pincite:sent": "[3]"}', "'pincite:sent' is not as it was exported"),
        (b"[3]", "annotation 1: no annotation of a passage"),
    ],
)
def test_a_file_that_is_none_of_the_three_is_refused_with_its_place(tmp_path, content, message):
    file = tmp_path / "review"
    file.write_bytes(content)
    with pytest.raises(ReviewError) as refused:
        read(file)
    assert str(refused.value).startswith(f"{file}: ")
    assert message in str(refused.value)
