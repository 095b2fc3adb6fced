"""Corrections: the file read and refused, rules applied, rules written and read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.corrections import FILE_NAME, Add, Corrections, Remove, Rename, append, apply, load, parse, written
from corpus.errors import CorrectionsError
from corpus.model import AnnotationType, Found
from tests.factories import passage, tag

ORGANISATION, INSTRUMENT = AnnotationType.ORGANISATION, AnnotationType.INSTRUMENT
TEXT = "The Keepers asked the Union of Keepers about the Lamp Treaty, and the Keepers agreed."


def shown(found):
    """Each annotation as (words, type, value)."""
    return [(found.text[ann.start : ann.end], str(ann.type), ann.value) for ann in found.annotations]


def corrected(text, *passages):
    applied = apply(parse(text), "lecture", passages)
    return applied.passages[0] if len(passages) == 1 else applied


@pytest.fixture
def plain():
    return passage(
        TEXT,
        annotations=(
            tag(TEXT, ORGANISATION, "Union of Keepers"),
            tag(TEXT, INSTRUMENT, "Lamp Treaty", subtype="treaty"),
        ),
    )


ADD = '[[add]]\npassage = "lecture/para-1"\ntext = "Keepers"\ntype = "organisation"\nvalue = "Keepers\' Guild"\n'


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("", ["Union of Keepers", "Lamp Treaty"]),
        (ADD, ["Keepers' Guild", "Union of Keepers", "Lamp Treaty"]),
        # the second "Keepers" stands in the name of the Union, which has to give way to it
        (ADD + "occurrence = 2\n", ["Keepers' Guild", "Lamp Treaty"]),
        (ADD + "occurrence = 3\n", ["Union of Keepers", "Lamp Treaty", "Keepers' Guild"]),
        ('[[remove]]\nvalue = "Lamp Treaty"\n', ["Union of Keepers"]),
        ('[[remove]]\nvalue = "Lamp Treaty"\ndocument = "lecture"\n', ["Union of Keepers"]),
        ('[[remove]]\nvalue = "Lamp Treaty"\ndocument = "other"\n', ["Union of Keepers", "Lamp Treaty"]),
        ('[[remove]]\nvalue = "Lamp Treaty"\ntype = "organisation"\n', ["Union of Keepers", "Lamp Treaty"]),
        ('[[remove]]\npassage = "lecture/para-1"\ntext = "Union of Keepers"\n', ["Lamp Treaty"]),
        ('[[remove]]\ndocument = "lecture"\ntext = "Union of Keepers"\n', ["Lamp Treaty"]),
        ('[[remove]]\npassage = "lecture/para-1"\ntext = "Union"\n', ["Union of Keepers", "Lamp Treaty"]),
        ('[[remove]]\npassage = "lecture/para-2"\ntext = "Union of Keepers"\n', ["Union of Keepers", "Lamp Treaty"]),
        ('[[rename]]\ntype = "organisation"\nfrom = "Union of Keepers"\nto = "IUK"\n', ["IUK", "Lamp Treaty"]),
        # the type belongs to the rule: no instrument is called so
        (
            '[[rename]]\ntype = "instrument"\nfrom = "Union of Keepers"\nto = "IUK"\n',
            ["Union of Keepers", "Lamp Treaty"],
        ),
        (
            '[[merge]]\ntype = "organisation"\nvalues = ["UK", "Union of Keepers"]\ninto = "IUK"\n',
            ["IUK", "Lamp Treaty"],
        ),
    ],
)
def test_each_rule_does_what_it_says(plain, rules, expected):
    assert [value for _, _, value in shown(corrected(rules, plain))] == expected


def test_a_correction_says_that_it_is_one_and_is_certain(plain):
    (added, *others) = corrected(ADD, plain).annotations
    assert (added.found, added.confidence) == (Found.CORRECTION, 1.0)
    assert all(ann.found == Found.GAZETTEER for ann in others)


def test_what_the_annotators_found_is_kept_beside_what_changed_and_only_there(plain):
    assert corrected("", plain).automatic is None
    again = corrected(ADD, plain)
    assert again.automatic == plain.annotations
    # a rule that is taken out takes its effect along; one that stays does no more the second time
    assert corrected("", again) == plain
    assert corrected(ADD, again) == again


def test_later_rules_stand_above_earlier_ones(plain):
    remove = '[[remove]]\nvalue = "Keepers\' Guild"\n'
    assert "Keepers' Guild" not in corrected(ADD + remove, plain).organisations
    assert "Keepers' Guild" in corrected(remove + ADD, plain).organisations


def test_a_renamed_instrument_takes_its_provisions_along_and_has_the_type_of_its_new_name():
    text = "Article 3 of the Lamp Treaty was read."
    found = passage(text, provisions=[("Lamp Treaty", "3")], annotations=[tag(text, INSTRUMENT, "Lamp Treaty")])
    new = corrected('[[rename]]\ntype = "instrument"\nfrom = "Lamp Treaty"\nto = "A/RES/55/63"\n', found)
    assert new.provisions == (("A/RES/55/63", "3"),)
    assert new.instruments == (("A/RES/55/63", "resolution"),)


def test_two_names_at_one_place_are_merged_into_one():
    text = "The Keepers met."
    found = passage(text, annotations=[tag(text, ORGANISATION, name, shown="Keepers") for name in ("A", "B")])
    new = corrected('[[merge]]\ntype = "organisation"\nvalues = ["A", "B"]\ninto = "C"\n', found)
    assert [ann.value for ann in new.annotations] == ["C"]


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        (ADD.replace("para-1", "para-9"), "the document has no passage 'lecture/para-9'"),
        (ADD.replace('"Keepers"', '"Kippers"'), "lecture/para-1 does not hold the words 'Kippers'"),
        (ADD + "occurrence = 9\n", "lecture/para-1 does not hold the words 'Keepers' 9 times"),
        ('[[remove]]\npassage = "lecture/para-1"\ntext = "Union"\n', "nothing is tagged there as 'Union'"),
        ('[[remove]]\ndocument = "lecture"\nvalue = "Moon"\n', "nothing is tagged 'Moon' there"),
    ],
)
def test_a_rule_in_vain_gives_its_reason(plain, rules, reason):
    applied = apply(parse(rules), "lecture", [plain])
    assert (applied.met, applied.unmet) == (frozenset(), {0: reason})
    assert applied.passages == (plain,)


# -- the file --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[add]\n", "line 1"),
        ('\n[[add]]\npassage = "a/para-1"\n', "line 2: [[add]] lacks 'type'"),
        ('[[add]]\ntype = "ship"\n', "type must be one of organisation, instrument"),
        (ADD.replace("lecture/para-1", "lecture"), "passage 'lecture' is no passage id"),
        (ADD + "occurrence = 0\n", "occurrence must be a number from 1"),
        (ADD + 'colour = "red"\n', "has no key 'colour'"),
        (ADD + 'articles = "3"\n', "only a provision has articles"),
        (ADD.replace("organisation", "provision"), "a provision needs its articles"),
        (ADD.replace("organisation", "year"), 'four digits, not "Keepers\' Guild"'),
        (ADD.replace("organisation", "instrument") + 'subtype = "poem"\n', "subtype must be one of resolution"),
        (ADD.replace('"Keepers"', "3"), "text must be a text in quotation marks"),
        ("[[remove]]\n", "needs a value, or a text"),
        ('[[remove]]\ntext = "who"\n', "needs a value, or a text with its passage or document"),
        ('[[remove]]\nvalue = "a"\noccurrence = 2\n', "occurrence counts a text in a passage"),
        ('[[rename]]\ntype = "organisation"\nfrom = "A"\nto = "A"\n', "changes 'A' into itself"),
        ('[[merge]]\ntype = "organisation"\nvalues = "A"\ninto = "B"\n', "values must be a list of texts"),
        ('[[swap]]\nvalue = "a"\n', "'swap' is no correction"),
        ('[add]\nvalue = "a"\n', "'add' stands alone; begin a correction with [[add]]"),
    ],
)
def test_a_malformed_file_is_refused_in_one_line_with_the_place(text, message):
    with pytest.raises(CorrectionsError) as refused:
        parse(text, "here/corrections.toml")
    assert message in str(refused.value)
    assert str(refused.value).startswith("here/corrections.toml")
    assert "\n" not in str(refused.value)


def test_a_library_without_the_file_has_no_corrections_and_a_note_is_welcome(tmp_path):
    assert load(tmp_path) == Corrections()
    (tmp_path / FILE_NAME).write_text(ADD + 'note = "as the minutes say"\n', encoding="utf-8")
    assert len(load(tmp_path).rules) == 1


def test_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(ADD.replace("Guild", "Zunft für Wärter").encode("latin-1"))
    with pytest.raises(CorrectionsError, match="it is not UTF-8"):
        load(tmp_path)


def test_rules_know_their_lines():
    found = parse('# one\n[[remove]]\nvalue = "a"\n\n' + ADD + '[[remove]]\nvalue = "b"\n')
    assert [(type(rule), rule.line) for rule in found.rules] == [(Remove, 2), (Add, 5), (Remove, 10)]
    assert found.place(1) == "corrections.toml, line 5"
    inline = parse('remove = [{value = "a"}]\n')
    assert inline.place(0) == "corrections.toml, rule 1"


def test_rules_are_put_behind_those_that_are_there(tmp_path):
    (tmp_path / FILE_NAME).write_text("# mine\n" + ADD, encoding="utf-8")
    append(tmp_path, [Remove(value="B")], "from review.jsonl")
    text = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert text == "# mine\n" + ADD + '\n# from review.jsonl\n[[remove]]\nvalue = "B"\n'
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]


def test_nothing_is_put_behind_a_broken_file(tmp_path):
    (tmp_path / FILE_NAME).write_text("[[add", encoding="utf-8")
    with pytest.raises(CorrectionsError):
        append(tmp_path, [Remove(value="B")])
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8") == "[[add"


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
names = st.sampled_from(["organisation", "country"]).map(AnnotationType)
rules = st.one_of(
    st.builds(Add, st.just("lecture/para-1"), words, names, words, words, occurrence=st.integers(1, 3)),
    st.builds(Remove, words, words, names, passage=st.just("lecture/para-1"), occurrence=st.integers(0, 3)),
    st.builds(Remove, value=words, inside=st.sampled_from(["", "lecture"])),
    st.builds(Rename, names, st.lists(words, min_size=1, max_size=3, unique=True).map(tuple), words).filter(
        lambda rule: rule.into not in rule.values
    ),
)


@given(st.lists(rules, max_size=5))
def test_written_rules_are_read_as_they_were(rules):
    assert parse(written(rules)).rules == tuple(rules)
