"""The grammar of instrument ids and the register of names."""

import pytest

from corpus.authority import instruments
from corpus.authority.adoption import year_of
from corpus.authority.instrument_records import read_records
from corpus.authority.phrases import Case, PhraseTable
from corpus.authority.resolutions import Organ
from corpus.authority.sessions import council_year, is_assembly_year, is_rights_council_year
from corpus.authority.symbols import find_symbols
from corpus.errors import AuthorityError
from corpus.model import AnnotationType, InstrumentType

R, D, E, C, T = (
    InstrumentType.RESOLUTION,
    InstrumentType.DOCUMENT,
    InstrumentType.EU_ACT,
    InstrumentType.RECOMMENDATION,
    InstrumentType.TREATY,
)

SINGLE_FORMS = [
    # the General Assembly's numbers, as symbol, as citation, as people type them
    ("A/RES/55/63", "A/RES/55/63", R),
    ("a/res/55/63", "A/RES/55/63", R),
    ("55/63", "A/RES/55/63", R),
    ("resolution 55/63", "A/RES/55/63", R),
    ("GA resolution 55/63", "A/RES/55/63", R),
    ("UNGA Res 55/63", "A/RES/55/63", R),
    ("General Assembly resolution 55/63 (2000)", "A/RES/55/63", R),
    ("resolution 45/158 A", "A/RES/45/158 A", R),
    ("A/RES/73/279A", "A/RES/73/279 A", R),
    # sessions were Roman until 1975
    ("General Assembly resolution 2625 (XXV)", "A/RES/2625 (XXV)", R),
    ("A/RES/2625(XXV)", "A/RES/2625 (XXV)", R),
    ("217 A (III)", "A/RES/217 A (III)", R),
    ("resolution 3201 (S-VI)", "A/RES/3201 (S-VI)", R),
    ("resolution S-20/2", "A/RES/S-20/2", R),
    # a Security Council number tells its year
    ("Security Council resolution 1373 (2001)", "S/RES/1373 (2001)", R),
    ("S/RES/1373", "S/RES/1373 (2001)", R),
    ("S/RES/1325(2000)", "S/RES/1325 (2000)", R),
    ("SC 1540", "S/RES/1540 (2004)", R),
    ("resolution 242", "S/RES/242 (1967)", R),
    ("resolution 2004/26", "E/RES/2004/26", R),
    ("ECOSOC resolution 2004/26", "E/RES/2004/26", R),
    ("Commission on Human Rights resolution 2003/39", "E/CN.4/RES/2003/39", R),
    ("Human Rights Council resolution 20/8", "A/HRC/RES/20/8", R),
    ("HRC 20/8", "A/HRC/RES/20/8", R),
    ("A/CONF.213/9", "A/CONF.213/9", D),
    ("S/2001/1309", "S/2001/1309", D),
    ("E/CN.15/2010/7", "E/CN.15/2010/7", D),
    ("CAC/COSP/2009/15", "CAC/COSP/2009/15", D),
    ("AALCO/RES/DFT/56/S17", "AALCO/RES/DFT/56/S17", R),
    ("AG/RES. 2004 (XXXIV-O/04)", "AG/RES. 2004 (XXXIV-O/04)", R),
    # recommendations of the Committee of Ministers in three numberings
    ("Recommendation No. R (89) 9", "Recommendation No. R (89) 9", C),
    ("R. No. (89) 9", "Recommendation No. R (89) 9", C),
    ("Recommendation No. (95) 13", "Recommendation No. R (95) 13", C),
    ("CM/Rec(89)9", "Recommendation No. R (89) 9", C),
    ("Rec(2001)11", "Recommendation Rec(2001)11", C),
    ("Recommendation CM/Rec (2010) 13", "Recommendation CM/Rec(2010)13", C),
    # Union acts in old and new numbering, and by number alone or popular name
    ("Directive 95/46/EC", "Directive 95/46/EC", E),
    ("Council Directive 91/250/EEC", "Directive 91/250/EEC", E),
    ("Directive 95/46", "Directive 95/46/EC", E),
    ("95/46/EC", "Directive 95/46/EC", E),
    ("Council Framework Decision 2004/68/JHA", "Framework Decision 2004/68/JHA", E),
    ("2005/222/JHA", "Framework Decision 2005/222/JHA", E),
    ("Regulation (EC) No 45/2001", "Regulation (EC) No 45/2001", E),
    ("Regulation (EU) 2016/679", "Regulation (EU) 2016/679", E),
    ("Regulation 2016/679", "Regulation (EU) 2016/679", E),
    ("Decision No 1982/2006/EC", "Decision No 1982/2006/EC", E),
    ("GDPR", "Regulation (EU) 2016/679", E),
    ("e-Privacy Directive", "Directive 2002/58/EC", E),
    # treaties by name, alias, body in front, series number, other spelling
    ("the Budapest Convention", "Convention on Cybercrime", T),
    ("Council of Europe Convention on Cybercrime", "Convention on Cybercrime", T),
    ("ETS No. 185", "Convention on Cybercrime", T),
    ("CETS 201", "Convention on the Protection of Children against Sexual Exploitation and Sexual Abuse", T),
    ("UNTOC", "United Nations Convention against Transnational Organized Crime", T),
    (
        "convention against transnational organised crime",
        "United Nations Convention against Transnational Organized Crime",
        T,
    ),
    ("UN Charter", "Charter of the United Nations", T),
]


@pytest.mark.parametrize(("form", "identifier", "kind"), SINGLE_FORMS)
def test_every_written_form_is_read_into_one_id(form, identifier, kind):
    assert instruments.parse(form) == instruments.InstrumentId(identifier, kind)


@pytest.mark.parametrize("identifier", sorted({identifier for _, identifier, _ in SINGLE_FORMS}))
def test_what_is_printed_is_read_back_as_itself(identifier):
    assert instruments.parse(identifier).id == identifier


@pytest.mark.parametrize(
    "text",
    [
        "",
        "resolution",
        "1373",  # a word of a query like any other
        "24/7",
        "9/11",
        "20/8",  # the Assembly's twentieth session numbered otherwise, and no organ is named
        "convention",
        "resolutions 55/63 and 56/121",  # two
        "HIV/AIDS",
    ],
)
def test_what_names_no_single_instrument_is_not_read(text):
    assert instruments.parse(text) is None


def ids(text, organ=None):
    return [written.instrument.id for written in instruments.find(text, organ=organ)]


def test_the_document_s_organ_decides_a_bare_session_number():
    assert ids("in its resolution 32/13", organ=Organ.RIGHTS) == ["A/HRC/RES/32/13"]
    assert ids("in its resolution 32/13", organ=Organ.ASSEMBLY) == ["A/RES/32/13"]


def test_spans_are_those_of_the_number():
    text = "Recalling resolution 55/63 and the Rome Statute,"
    assert [text[w.start : w.end] for w in instruments.find(text)] == ["55/63", "Rome Statute"]


@pytest.mark.parametrize(
    ("number", "year"),
    [(1, 1946), (15, 1946), (16, 1947), (242, 1967), (1373, 2001), (2504, 2019), (0, None), (9999, None)],
)
def test_the_year_of_a_security_council_resolution(number, year):
    assert council_year(number) == year


def test_sessions_and_years():
    assert is_assembly_year(55, 2000)
    assert is_assembly_year(55, 2001)
    assert not is_assembly_year(55, 2002)
    assert is_rights_council_year(40, 2019)
    assert not is_rights_council_year(40, 1985)


# -- the register ---------------------------------------------------------------------------------------------------


def test_the_register_is_large_and_complete_in_its_facts():
    records = instruments.load().all()
    assert len(records) >= 400
    assert {record.type for record in records} <= set(InstrumentType)
    assert all(instruments.load().get(record.id) is record for record in records)
    assert all(record.id == " ".join(record.id.split()) for record in records)
    assert all(not record.id.endswith(")") or record.body for record in records)


def test_no_name_has_two_owners():
    owners = {}
    for record in instruments.load().all():
        for name in record.names:
            assert owners.setdefault(name.casefold(), record.id) == record.id
            assert instruments.load().by_name(name) is record


def test_national_laws_bear_their_country():
    laws = [record for record in instruments.load().all() if record.type == InstrumentType.NATIONAL_LAW]
    assert all(record.id.endswith(")") or record.id == "US Code" for record in laws)


def test_an_entity_lists_the_other_names():
    entity = instruments.load().entity("Convention on Cybercrime")
    assert (entity.type, entity.subtype, entity.parent) == (AnnotationType.INSTRUMENT, "treaty", "Council of Europe")
    assert "Budapest Convention" in entity.aliases
    assert entity.name not in entity.aliases
    assert instruments.load().entity("Convention on Nothing") is None


def test_an_unknown_number_of_the_treaty_series_keeps_its_number():
    assert ids("open for signature (CETS No. 999)") == ["CETS No. 999"]


RECORDS = """
- type: treaty
  body: X
  members:
    - {id: Convention on A, aliases: [B Convention]}
    - {id: Convention on C%s}
"""


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (", aliases: [B Convention]", "claim the name 'B Convention'"),
        (", colour: red", "unknown key 'colour'"),
        (", type: poem", "unknown type 'poem'"),
        (', date: "yesterday"', "is no ISO date"),
        (", aliases: one", "aliases must be a list"),
        (", date: 2001", "date must be a text"),
    ],
)
def test_a_faulty_record_is_named(fault, message):
    with pytest.raises(AuthorityError, match=message):
        instruments.Instruments(read_records(RECORDS % fault, "test.yaml"))


@pytest.mark.parametrize("text", ["- [", "just text", "- type: treaty"])
def test_a_faulty_file_is_named(text):
    with pytest.raises(AuthorityError, match=r"test\.yaml"):
        list(read_records(text, "test.yaml"))


# -- phrases --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Convention on Organised Crime", ["Convention on Organised Crime"]),
        ("Convention on the Organized Crime", ["Convention on the Organized Crime"]),
        ("CONVENTION ON ORGANIZED CRIME", ["CONVENTION ON ORGANIZED CRIME"]),
        ("Convention of Organized Crime's aims", ["Convention of Organized Crime"]),
        ("convention on organized crime", []),
        ("Convention. On Organized Crime", []),
        ("Convention on Organized Crimes Act", []),
        ("an OC case, not an oc case", ["OC"]),
    ],
)
def test_phrases_in_texts(text, expected):
    table = PhraseTable([("Convention on Organized Crime", 1, Case.INITIAL), ("OC", 2, Case.EXACT)])
    assert [text[match.start : match.end] for match in table.find(text)] == expected


def test_the_longest_phrase_wins():
    table = PhraseTable([("Protocol to the X Treaty", "protocol", Case.INITIAL), ("X Treaty", "treaty", Case.INITIAL)])
    assert [match.value for match in table.find("The Protocol to the X Treaty and the X Treaty")] == [
        "protocol",
        "treaty",
    ]


def test_a_number_of_thousands_of_digits_is_no_symbol():
    """Python itself reads no number of more than 4,300 digits."""
    endless = "S/RES/" + "9" * 5_000
    assert list(find_symbols(endless)) == []
    assert year_of(endless) is None
    assert [each.instrument.id for each in find_symbols("S/RES/1373")] == ["S/RES/1373 (2001)"]
