"""The gazetteer of organisations: its facts hold together, and its names are found in every spelling."""

import pytest

from corpus.authority.names import acronym_key, name_key
from corpus.authority.organisation_records import KINDS, Organisation, read_records
from corpus.authority.organisations import Organisations, from_yaml, load
from corpus.errors import AuthorityError
from corpus.model import AnnotationType

#: A gazetteer small enough to see at a glance.
SMALL = """
- kind: igo
  members:
    - {name: League of Lighthouses, acronyms: [LOL], aliases: [Lighthouse League], source: example.org}
- kind: commission
  parent: League of Lighthouses
  members:
    - {name: Lamp Commission, ambiguous: [LC], short: [Commission of Lamps]}
    - {name: Lens Committee, parent: Lamp Commission, ambiguous: [LC]}
"""


def test_the_package_holds_enough_organisations_each_with_a_source_or_a_parent():
    records = load().all()
    assert len(records) >= 900
    assert len([record for record in records if record.kind not in {"company", "university", "ngo", "ministry"}]) >= 600
    assert [record.name for record in records if not record.source] == []
    assert {record.kind for record in records} <= KINDS


def test_canonical_names_are_full_names_without_acronyms():
    in_capitals = {record.name for record in load().all() if record.name.isupper() and record.kind != "company"}
    assert in_capitals == {"INTERPOL", "REMJA", "BRICS"}
    assert [record.name for record in load().all() if "(" in record.name] == []


def test_acronyms_look_like_acronyms_and_aliases_do_not():
    records = load().all()
    assert [name for record in records for name in (*record.acronyms, *record.ambiguous) if len(name.split()) > 2] == []
    assert [name for record in records for name in record.acronyms if not any(char.isupper() for char in name)] == []


def test_an_acronym_is_either_certain_or_ambiguous():
    certain = {acronym_key(name) for record in load().all() for name in record.acronyms}
    doubtful = {acronym_key(name): record.name for record in load().all() for name in record.ambiguous}
    assert {key: doubtful[key] for key in certain & doubtful.keys()} == {}


def test_an_ambiguous_acronym_has_what_decides_it():
    bearers = [record for record in load().all() if record.ambiguous and not record.cues]
    assert len(bearers) < len([record for record in load().all() if record.ambiguous]) / 2


@pytest.mark.parametrize("acronym", ["ICC", "IOM", "WHO", "EC", "AU", "CIS", "IOC", "ECO"])
def test_acronyms_with_several_meanings_are_never_certain(acronym):
    assert [record.name for record in load().all() if acronym in record.acronyms] == []


def test_names_say_nothing_twice():
    double = [
        (record.name, name)
        for record in load().all()
        for name in record.other_names
        if [*record.own_names, *record.ambiguous, *record.short].count(name) > 1
    ]
    assert double == []


@pytest.mark.parametrize(
    ("former", "name"),
    [
        ("Organization of the Islamic Conference", "Organisation of Islamic Cooperation"),
        ("South Pacific Forum", "Pacific Islands Forum"),
        ("Department of Public Information", "United Nations Department of Global Communications"),
        ("European Police Office", "Europol"),
        ("United Nations Office for West Africa", "United Nations Office for West Africa and the Sahel"),
    ],
)
def test_former_names_find_the_body_of_today(former, name):
    assert load().by_name(former) == load().get(name)


def test_every_name_finds_its_own_organisation():
    lost = [
        (record.name, name) for record in load().all() for name in record.own_names if load().by_name(name) != record
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the council of europe", "Council of Europe"),
        ("COE", "Council of Europe"),
        ("CoE", "Council of Europe"),
        ("coe", "Council of Europe"),
        ("Council of Europe's", "Council of Europe"),
        ("U.N.", "United Nations"),
        ("G8", "Group of Eight"),
        ("g 8", "Group of Eight"),
        ("G-8", "Group of Eight"),
        ("Interpol", "INTERPOL"),
        ("International Criminal Police Organisation", "INTERPOL"),
        (
            "Organisation for Economic Cooperation & Development",
            "Organisation for Economic Co-operation and Development",
        ),
        ("World Food Program", "World Food Programme"),
        ("Centre for Democracy and Technology", "Center for Democracy and Technology"),
        ("Medecins sans frontieres", "Médecins Sans Frontières"),
        ("WHO", "World Health Organization"),
        ("icc", "International Criminal Court"),
        ("General Assembly", "United Nations General Assembly"),
    ],
)
def test_spellings_of_one_name(text, name):
    found = load().by_name(text)
    assert found is not None
    assert found.name == name


# A common word is no acronym unless written in capitals; a part of a name is not the name.
@pytest.mark.parametrize("text", ["who", "first", "impact", "Europe", "the Committee", "", "of the"])
def test_what_names_no_organisation(text):
    assert load().by_name(text) is None


def test_an_acronym_with_several_bearers_gives_them_all_the_likeliest_first():
    names = [record.name for record in load().candidates("ICC")]
    assert names == ["International Criminal Court", "International Chamber of Commerce"]


def test_parents_are_given_nearest_first_and_descendants_below():
    assert load().parents("Commission on Narcotic Drugs") == (
        "United Nations Economic and Social Council",
        "United Nations",
    )
    assert load().parents("No Such Body") == ()
    assert "Commission on Narcotic Drugs" in load().descendants("United Nations")
    assert load().descendants("Commission on Narcotic Drugs") == ()


def test_entity_holds_the_other_names_and_the_parent():
    entity = load().entity("United Nations Office on Drugs and Crime")
    assert (entity.type, entity.subtype, entity.parent) == (
        AnnotationType.ORGANISATION,
        "un_programme",
        "United Nations",
    )
    assert "UNODC" in entity.aliases
    assert entity.name not in entity.aliases


def test_entity_of_an_unknown_organisation_has_a_name_only():
    entity = load().entity("Harbour Masters' Guild")
    assert (entity.name, entity.aliases, entity.parent) == ("Harbour Masters' Guild", (), "")


def test_a_group_lends_its_kind_and_parent():
    league = from_yaml({"small.yaml": SMALL})
    assert league.parents("Lens Committee") == ("Lamp Commission", "League of Lighthouses")
    assert [record.kind for record in league.all()] == ["igo", "commission", "commission"]
    assert [record.name for record in league.candidates("LC")] == ["Lamp Commission", "Lens Committee"]
    assert league.by_name("commission of lamps") == league.get("Lamp Commission")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name: X", "list of groups"),
        ("- kind: igo", "list of members"),
        ("- {kind: igo, members: [{acronyms: [X]}]}", "needs a name"),
        ("- {kind: igo, members: [{name: X, colour: red}]}", "unknown key 'colour'"),
        ("- {kind: castle, members: [{name: X}]}", "unknown kind 'castle'"),
        ("- {kind: igo, members: [{name: X, aliases: Y}]}", "aliases must be a list"),
        ("- {kind: igo, members: [{name: X, acronyms: [no]}]}", "acronyms must be a list"),
        ("- {kind: igo, members: [{name: X, source: 7}]}", "source must be a text"),
        ("- {kind: igo, members: [", "bad.yaml"),
    ],
)
def test_a_bad_record_is_named(text, complaint):
    with pytest.raises(AuthorityError, match=complaint) as refusal:
        list(read_records(text, "bad.yaml"))
    assert str(refusal.value).startswith("bad.yaml: ")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("records", "complaint"),
    [
        ([Organisation("A", "igo"), Organisation("A", "igo")], "recorded twice"),
        ([Organisation("A", "igo", aliases=("The C",)), Organisation("B", "igo", acronyms=("C",))], "belongs to both"),
        ([Organisation("A", "igo", parent="Z")], "unknown parent 'Z'"),
        ([Organisation("A", "igo", parent="B"), Organisation("B", "igo", parent="A")], "below itself"),
    ],
)
def test_contradictions_are_refused(records, complaint):
    with pytest.raises(AuthorityError, match=complaint):
        Organisations(records)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Organisation's Programme", "organization program"),
        ("Science & Technology Centre", "Science and Technology Center"),
        ("U.S. Defence Board", "US Defense Board"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
    ],
)
def test_name_key_is_one_for_all_spellings(one, other):
    assert name_key(one) == name_key(other) != ""


def test_name_key_keeps_different_names_apart():
    assert name_key("Committee on Trade") != name_key("Committee of Trade")
    assert name_key("World Bank") != name_key("Word Bank")


@pytest.mark.parametrize(
    ("written", "key"), [("U.N.", "UN"), ("G 8", "G8"), ("UN-Habitat", "UNHabitat"), ("OAS's", "OAS")]
)
def test_acronym_key_keeps_capitals(written, key):
    assert acronym_key(written) == key
