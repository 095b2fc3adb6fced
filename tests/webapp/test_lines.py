import pytest

from webapp.lines import is_item, lines


def depths(text):
    return [line.depth for line in lines(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line.", [0]),
        # the paragraph's own number does not hang
        ("1. A judge may:\n(a) order;\n(b) refuse.", [0, 1, 1]),
        # roman figures below letters
        ("If:\n(a) both:\n(i) one;\n(ii) two;\n(b) neither.", [0, 1, 2, 2, 1]),
        # behind (h) comes the letter i, behind (u) the letter v
        ("If:\n(g) x;\n(h) x;\n(i) x;\n(j) x.", [0, 1, 1, 1, 1]),
        ("If:\n(u) x;\n(v) x.", [0, 1, 1]),
        # roman figures without letters above them are the first level
        ("If:\n(i) one;\n(ii) two.", [0, 1, 1]),
        # a line that only begins with a bracket is running text
        ("If:\n(see above) or not.", [0, 0]),
    ],
)
def test_how_deep_each_line_stands(text, expected):
    assert depths(text) == expected


def test_lines_and_cells_are_spans_of_the_whole_text():
    text = "a\tb\nc"
    found = lines(text, 0, len(text))
    assert [text[line.start : line.end] for line in found] == ["a\tb", "c"]
    assert [[text[slice(*cell)] for cell in line.cells] for line in found] == [["a", "b"], []]


def test_a_part_of_a_text_has_its_own_lines():
    text = "one\ntwo\nthree"
    assert [text[line.start : line.end] for line in lines(text, 4, 10)] == ["two", "th"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("(a) a judge", True),
        ("(iv) fourth", True),
        ("12. twelfth", True),
        ("– a dash", True),
        ("(see above) not", False),
        ("1990 was a year", False),
        ("a house", False),
        ("(a)glued", False),
    ],
)
def test_what_begins_an_item(line, expected):
    assert is_item(line) is expected
