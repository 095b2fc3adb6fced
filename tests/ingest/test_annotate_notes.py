"""Notes that point back: their forms, where they lead, and what they mean."""

from dataclasses import replace

import pytest

from corpus.locator import Locator, passage_id
from corpus.model import AnnotationType, Found, PassageKind
from ingest.annotate import annotate
from ingest.annotate.pointers import Form, find_pointers
from tests.factories import document, passage


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ibid.", [("Ibid.", Form.IBID, "")]),
        ("Ibid, p. 3.", [("Ibid", Form.IBID, "")]),
        ("See ibidem, at 4.", [("ibidem", Form.IBID, "")]),
        ("Id. at 12.", [("Id.", Form.IBID, "")]),
        ("Idem, p. 3.", [("Idem", Form.IBID, "")]),
        ("Supra note 11 at 701.", [("Supra note 11", Form.SUPRA, "11")]),
        ("Smith, supra n. 3, at 5.", [("supra n. 3", Form.SUPRA, "3")]),
        ("Smith, supra footnote 3.", [("supra footnote 3", Form.SUPRA, "3")]),
        ("Smith, op. cit., p. 5.", [("op. cit.", Form.OP_CIT, "")]),
        ("SMITH, Op cit, p. 5.", [("Op cit", Form.OP_CIT, "")]),
        ("Smith, loc. cit.", [("loc. cit.", Form.OP_CIT, "")]),
        ("Smith, supra, at 12.", [("supra", Form.OP_CIT, "")]),
        ("Smith (n 7) 12.", [("n 7", Form.NUMBER, "7")]),
        ("Smith, above n 7, 12.", [("above n 7", Form.NUMBER, "7")]),
        ("Smith (fn 12) at 3.", [("fn 12", Form.NUMBER, "12")]),
        ("see note 5 above", [("note 5 above", Form.NUMBER, "5")]),
        ("See note 5.", [("note 5", Form.NUMBER, "5")]),
        ("Smith, cited in note 5.", [("note 5", Form.NUMBER, "5")]),
        # two in one note
        ("Ibid.; Smith (n 2) 4.", [("Ibid.", Form.IBID, ""), ("n 2", Form.NUMBER, "2")]),
        # nothing that points back
        ("See note 5 below.", []),
        ("Infra note 5.", []),
        ("See the Explanatory Report note 98.", []),
        ("See note 5 to article 3.", []),
        ("the rule ne bis in idem", []),
        ("his ID. No. 5", []),
        ("a sample (n = 7)", []),
        ("on page 7 n 3 was", []),
        ("bank notes 100 and above", []),
        ("a supranational body", []),
    ],
)
def test_forms(text, expected):
    assert [(text[p.start : p.end], p.form, p.number) for p in find_pointers(text)] == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Writer, Anna, op. cit., p. 5", ("Writer", "Anna")),
        ("See A. Writer, op. cit.", ("Writer",)),
        ("Ibid.; Al-Writer, op. cit.", ("Al-Writer",)),
        ("op. cit., p. 5", ()),
    ],
)
def test_the_author_in_front_of_op_cit(text, names):
    assert [p.names for p in find_pointers(text) if p.form == Form.OP_CIT] == [names]


def notes(*texts, body=(), references=(), numbers=None):
    """Passages of a document with these footnotes, with body passages in front and a bibliography behind."""
    made = [passage(text, number=at) for at, text in enumerate(body, start=1)]
    for at, text in zip(numbers or range(1, len(texts) + 1), texts, strict=False):
        made.append(_placed(passage(text, number=at, kind=PassageKind.FOOTNOTE), f"fn {at}"))
    made += [passage(text, number=500 + at, kind=PassageKind.REFERENCE) for at, text in enumerate(references)]
    return annotate(document(), [replace(one, sequence=at) for at, one in enumerate(made, start=1)])


def _placed(one, label):
    return replace(one, id=passage_id("lecture", Locator.from_label(label)), label=label)


def leads(passages):
    return [(ann.value, ann.subtype) for one in passages for ann in one.annotations if ann.type == AnnotationType.NOTE]


def meant(one):
    return [(ann.value, ann.found) for ann in one.annotations if ann.type == AnnotationType.INSTRUMENT]


CRIME = "Convention on Cybercrime"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["A. Writer, Sails, 1990, p. 2.", "Ibid., p. 3."], [("fn-1", "ibid")]),
        # chains end at the note that names the source
        (["A. Writer, Sails.", "Ibid.", "Ibid., p. 4."], [("fn-1", "ibid"), ("fn-1", "ibid")]),
        (["A. Writer, Sails.", "B. Other.", "Supra note 1.", "Ibid."], [("fn-1", "supra"), ("fn-1", "ibid")]),
        (["A. Writer.", "Ibid.", "Supra note 2 at 7."], [("fn-1", "ibid"), ("fn-1", "supra")]),
        # numbers
        (["A. Writer.", "B. Other.", "Writer (n 1) 12."], [("fn-1", "n")]),
        (["A. Writer.", "Above n 7, 12."], [("", "n")]),
        (["A. Writer, above n 1."], [("", "n")]),  # no note points at itself
        # by author
        (["A. Writer, Sails.", "B. Other, Keels.", "Writer, op. cit., p. 3."], [("fn-1", "op_cit")]),
        (["Al-Writer, Ali, Sails.", "Writer Ali, op. cit."], [("fn-1", "op_cit")]),
        (["A. Writer, Sails.", "Nobody, op. cit.", "Nobody, op. cit."], [("", "op_cit"), ("", "op_cit")]),
        # of two that bear the surname the one that has more of the name
        (["Carl Writer, Oars.", "Anna Writer, Sails.", "Writer, Anna, op. cit."], [("fn-2", "op_cit")]),
        # within one note
        (["A. Writer, Sails; and ibid., vol. 2."], [("fn-1", "ibid")]),
        # nothing before it
        (["Ibid., p. 3.", "Ibid."], [("", "ibid"), ("", "ibid")]),
    ],
)
def test_where_a_note_leads(texts, expected):
    assert leads(notes(*texts)) == expected


def test_a_lost_note_leaves_ibid_open():
    assert leads(notes("A. Writer, Sails.", "Ibid.", numbers=(1, 3))) == [("", "ibid")]


def test_a_bibliography_names_the_author_where_no_note_does():
    found = notes("B. Other.", "Writer, Anna, op. cit.", references=["Writer, Anna (1990). Sails."])
    assert leads(found) == [("para-500", "op_cit")]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # the instrument that the earlier note cites is what the pointer means
        (["Convention on Cybercrime, 2001.", "Ibid., p. 3."], [(CRIME, Found.REFERENCE)]),
        (["See Article 5 of the Budapest Convention.", "Supra note 1."], [(CRIME, Found.REFERENCE)]),
        (["Council of Europe, Convention on Cybercrime.", "Ibid."], [(CRIME, Found.REFERENCE)]),
        # the source cited last
        (["Rome Statute; Convention on Cybercrime.", "Ibid."], [(CRIME, Found.REFERENCE)]),
        (["Convention on Cybercrime.", "Ibid.", "Ibid."], [(CRIME, Found.REFERENCE)]),
        # a book about it is another source, and so is another volume of a series
        (["A. Writer, The Convention on Cybercrime, 2003.", "Ibid., p. 5."], []),
        (["Convention on Cybercrime; A. Writer, Sails.", "Ibid."], []),
        (["Convention on Cybercrime, vol. 1.", "Ibid., vol. 2, No. 5."], []),
    ],
)
def test_what_a_pointer_means(texts, expected):
    assert meant(notes(*texts)[-1]) == expected


def test_an_article_behind_ibid_is_the_instrument_s():
    found = notes("Convention on Cybercrime, art 2.", "Ibid., art 4.", "Ibid., Articles 5-7.")
    assert [one.provisions for one in found] == [((CRIME, "2"),), ((CRIME, "4"),), ((CRIME, "5-7"),)]


def test_ibid_in_running_text_repeats_what_stood_in_parentheses():
    body = [
        "The costs fell (A/78/409, para. 3).",
        "They rose again (ibid., para. 5), as the Rome Statute shows.",
        "Nothing new (ibid.).",
    ]
    found = notes(body=body)
    assert leads(found) == [("para-1", "ibid"), ("para-1", "ibid")]
    assert found[2].instruments == (("A/78/409", "document"),)
    assert leads(notes(body=["Nothing was cited (ibid.)."])) == [("", "ibid")]


def test_a_number_in_running_text_leads_to_the_note():
    found = notes("Convention on Cybercrime.", body=["As said (see note 1 above), it is open."])
    assert leads(found) == [("fn-1", "n")]
    assert meant(found[0]) == [(CRIME, Found.REFERENCE)]


def test_unresolved_ones_are_less_certain():
    found = [ann for one in notes("A. Writer.", "Ibid.", "Above n 9.") for ann in one.annotations]
    assert [ann.confidence for ann in found if ann.type == AnnotationType.NOTE] == [0.9, 0.5]
