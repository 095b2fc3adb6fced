"""Synonyms of the field: what the list may hold, how terms are looked up, and what a query is widened by."""

import pytest

from corpus.errors import AuthorityError
from search.analysis import STOP_WORDS, fold, stem
from search.names import NO_NAMES
from search.parser import parse
from search.query import And, Exact, Field, Near, Not, Phrase, Prefix, Word
from search.synonyms import Widened, from_yaml, key_of, load

LIST = """
- area: Tests
  members:
    - {same: [mutual legal assistance, MLA, mutual assistance], why: "an acronym"}
    - {same: [cybercrime, computer crime], why: "two names"}
    - {asked: [hacker], also: [illegal access, intruder], why: "person and act"}
    - {same: [offence, crime], why: "British and American"}
    - {same: [abuse of process, procedural abuse], why: "two names"}
    - {asked: [crime], also: [wrong], why: "both kinds of entries may hold one term"}
"""
SYNONYMS = from_yaml(LIST, "list.yaml")


@pytest.mark.parametrize(
    ("term", "others"),
    [
        ("mutual legal assistance", {"MLA", "mutual assistance"}),
        ("MLA", {"mutual legal assistance", "mutual assistance"}),
        ("mla", {"mutual legal assistance", "mutual assistance"}),
        ("mutual", set()),
        ("hackers", {"illegal access", "intruder"}),
        ("intruder", set()),  # directed
        ("offenses", {"crime"}),  # any number and spelling
        ("crime", {"offence", "wrong"}),
        ("abuse process", {"procedural abuse"}),  # small words do not count
        ("cyber crime", {"computer crime"}),  # compounds however they are written
        ("hack", set()),  # no stems: `informer` is not `information`
    ],
)
def test_looked_up(term, others):
    assert {" ".join(other) for other in SYNONYMS.of(tuple(term.split()))} == others


def widened(query):
    tree = parse(query, NO_NAMES)
    return SYNONYMS.widened(tree.parts if isinstance(tree, And) else (tree,))


def test_runs_of_words_are_widened_as_one_and_the_rest_stays():
    request, treaty, title = Word("request"), Word("treaty"), Word("crime", Field.TITLE)
    assistance = (Word("mutual"), Word("legal"), Word("assistance"))
    found = widened("request mutual legal assistance -treaty title:crime")
    assert found == (
        Widened((request,)),
        Widened(
            assistance,
            (Word("MLA"), Near(("mutual", "assistance"), 0)),
            "mutual legal assistance",
            ("MLA", "mutual assistance"),
        ),
        Widened((Not(treaty),)),
        Widened((title,)),
    )


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("mutual assistance legal", ["mutual assistance"]),
        ("cyber crime hackers", ["cyber crime", "hackers"]),
        ("the abuse of the process", ["abuse process"]),
        ('"mutual assistance"', []),  # a phrase was asked for as it stands
        ("hack* hacker~", []),
        ("kind:report crime", ["crime"]),
        ("treaty", []),
    ],
)
def test_what_is_widened(query, asked):
    assert [each.asked for each in widened(query) if each.alternatives] == asked


def test_every_operand_comes_back_in_order():
    parts = (
        Word("crime"),
        Prefix("cyb"),
        Phrase(("a", "b")),
        Word("mutual"),
        Word("assistance"),
        Exact("year", "2001"),
    )
    assert tuple(part for each in SYNONYMS.widened(parts) for part in each.parts) == parts
    assert SYNONYMS.widened(()) == ()


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('{same: [crime], why: "x"}', "at least 2 terms"),
        ('{same: [crime, crimes], why: "x"}', "names one term twice"),
        ('{same: [offences, wrong], why: "x"}', "'offences' is listed twice"),
        ('{asked: [hackers], also: [offender], why: "x"}', "'hackers' is listed twice"),
        ('{same: [the, wrong], why: "x"}', "small words only"),
        ('{asked: [!!str "!", wrong], also: [x], why: "x"}', "small words only"),
        ('{asked: [yes], also: [consent], why: "x"}', "at least 1 terms"),  # a YAML truth value
        ("{same: [theft, larceny]}", "neither"),
        ('{same: [theft, larceny], why: ""}', "why"),
        ('{asked: [theft], also: [], why: "x"}', "at least 1 terms"),
        ("theft", "neither"),
        ("{same: [theft", "line"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_place(entry, message):
    with pytest.raises(AuthorityError, match=message) as refused:
        from_yaml(f"{LIST}    - {entry}\n", "list.yaml")
    assert "list.yaml" in str(refused.value)


def test_the_list_holds_what_people_ask_for():
    synonyms = load()
    assert len(synonyms) > 1000
    for asked, other in [
        ("dual criminality", "double criminality"),
        ("computer crime", "cybercrime"),
        ("jail", "imprisonment"),
        ("wiretap", "interception of communications"),
        ("laptops", "computer"),
        ("cop", "police officer"),
    ]:
        assert tuple(other.split()) in synonyms.of(tuple(asked.split()))


def test_no_entry_of_the_list_answers_with_what_was_asked():
    """Stems find other forms of a word anyway; an entry that only repeats them is a slip."""
    for key, others in load()._others.items():
        stems = [tuple(stem(fold(word)) for word in other if fold(word) not in STOP_WORDS) for other in others]
        assert tuple(map(stem, key)) not in stems
        assert len(set(map(key_of, others))) == len(others)
