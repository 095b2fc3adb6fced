"""The parts of a check: words, fragments, alignment, drafts with their notes, quotation marks, pinpoints."""

import pytest

from search.checking.aligning import align
from search.checking.drafts import read
from search.checking.places import places
from search.checking.quotations import quotations
from search.checking.words import fragments, joined, words

SOURCE = (
    "Every State shall designate a contact point, and Parties shall co-operate in cyber crime matters at all times."
)


def aligned(quotation, source=SOURCE):
    parts = fragments(quotation, 0, len(quotation))
    return align(quotation, parts, source, words(source))


@pytest.mark.parametrize(
    "quotation",
    [
        "every state SHALL designate",
        "Parties shall cooperate in cybercrime matters",
        "Parties shall co-oper-\nate in cyber-crime matters",
        "Every State … shall co-operate",
        "Every State [...] shall co-operate . . . at all times",
        "[e]very State shall",
        "Every State[s] shall designate",
        "[Parties] shall designate a contact point",
        "designate a contact point [at home] and Parties",
    ],
)
def test_what_is_no_difference(quotation):
    assert aligned(quotation).exact
    assert aligned(quotation).score > 90


@pytest.mark.parametrize(
    ("quotation", "changes"),
    [
        ("Every State must designate a contact point", [("must", "shall")]),
        ("Every State shall designate contact point", [("", "a")]),
        ("Every State shall soon designate a contact point", [("soon", "")]),
        ("No State shall designate a contact point", [("No", "Every")]),
        ("Parties shall co-operate in cyber crime affairs", [("affairs", "matters")]),
        ("Every State … must co-operate", [("must", "shall")]),
    ],
)
def test_what_is_a_difference(quotation, changes):
    found = aligned(quotation).changes
    assert [(change.written, change.source) for change in found] == changes
    assert all(quotation[change.start : change.end] == change.written for change in found)


def test_parts_in_another_order_are_a_difference():
    assert not aligned("in cyber crime matters … Every State shall designate").exact


def test_a_quotation_that_is_longer_than_the_passage():
    found = aligned("one two three four five six seven", "three four")
    assert not found.exact
    assert found.score < 75


@pytest.mark.parametrize(
    ("text", "notes", "calls"),
    [
        ("Law.[^1] More.\n\n[^1]: A note.\n[^2]: Another.", [(1, "A note."), (2, "Another.")], [1]),
        ("Law.¹ More.\n\n¹ A note.", [(1, "A note.")], [1]),
        ("The “law”.1 More.\n\n1. A note.", [(1, "A note.")], [1]),
        ("Law.[1] More\n\n[1] A note\nover two lines.", [(1, "A note\nover two lines.")], [1]),
        ("1. First note.\n2. Second note.", [(1, "First note."), (2, "Second note.")], []),
        ("Text.\n\nNotes\n1 First.\n2 Second.", [(1, "First."), (2, "Second.")], []),
        ("Text:\n\n1. an item\n2. another", [], []),
        ("It rose by 1.5 in A/55/383.2 and para 3.", [], []),
    ],
)
def test_notes_and_their_calls(text, notes, calls):
    draft = read(text)
    assert [(note.number, text[note.start : note.end]) for note in draft.notes] == notes
    assert [call.number for call in draft.calls] == calls


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He says “one two three four” here", ["one two three four"]),
        ('He says "one two three four" here', ["one two three four"]),
        ("He says ‘one two three four’ here", ["one two three four"]),
        ("He says 'one two three four' here", ["one two three four"]),
        ("He says «one two three four» here", ["one two three four"]),
        ("„one two three four“ is German", ["one two three four"]),
        ("“one ‘two’ three “four””", ["one ‘two’ three “four”"]),
        ("the State's 'one two States' four five' holds", ["one two States' four five"]),
        ("'one two three fours' and 'five six seven eight'", ["one two three fours", "five six seven eight"]),
        ("the States' rights and the judges' wigs", []),
        ("too “short to count”", []),
        ("Intro:\n\n> one two three\n> four five.[^1]\n\nGo on.", ["> one two three\n> four five."]),
    ],
)
def test_quotations(text, found):
    assert [text[start:end] for start, end in quotations(read(text))] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see para 10", [["para-10"]]),
        ("paras 10-12", [["para-10", "para-11", "para-12"]]),
        ("paras 3, 5 and 7", [["para-3", "para-5", "para-7"]]),
        ("art 16(2)(a)", [["art-16-2-a"]]),
        ("Article 16, paragraph 2", [["art-16-2"]]),
        ("paragraph 2 of Article 16", [["art-16-2"]]),
        ("Article 6 § 1", [["art-6-1"]]),
        ("annex II, art 4", [["annex-ii/art-4"]]),
        ("art 9 comment 1", [["art-9/comment-1"]]),
        ("para. 4 and fn 21", [["para-4"], ["fn-21"]]),
        ("in 2001 and at p 12", [[]]),
        ("the parties and 12 others", []),
    ],
)
def test_places(text, found):
    assert [[locator.path for locator in place.locators] for place in places(text)] == found


def test_pages():
    assert [place.pages for place in places("pp 115-39 and p iv")] == [("115", "39"), ("iv", "iv")]
    assert [place.pages for place in places("(2024) 7 J 1, 12.", bare=True)] == [("12", "12")]
    assert places("(2024) 7 J 1, 12.") == []
    assert joined(words("p 12")) == "p 12"
