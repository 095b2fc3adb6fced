from search.results import FacetValue
from webapp.indexview import by_handle, by_letter, natural


def values(*names):
    return [FacetValue(name, name, 1) for name in names]


def test_names_stand_under_their_letters_accents_apart_and_figures_last():
    letters = by_letter(values("zebra", "Écoles", "echo", "10 Downing", "Apple"))
    assert [(letter, [value.label for value in group]) for letter, group in letters] == [
        ("A", ["Apple"]),
        ("E", ["echo", "Écoles"]),
        ("Z", ["zebra"]),
        ("#", ["10 Downing"]),
    ]


def test_a_handle_finds_every_name_that_shares_it():
    found = by_handle(values("The Treaty", "THE TREATY", "Other"))
    assert {handle: [value.value for value in shared] for handle, shared in found.items()} == {
        "the-treaty": ["The Treaty", "THE TREATY"],
        "other": ["Other"],
    }


def test_figures_are_ordered_as_numbers():
    assert sorted(["10", "2", "16(2)", "2-9"], key=natural) == ["2", "2-9", "10", "16(2)"]
