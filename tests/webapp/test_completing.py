"""What is offered while one types, over an engine that knows a few names and words."""

import pytest

from search.results import Completion
from webapp.completing import continuations

NAMES = (
    Completion("Lamps", "Report on Lamps and Lighthouses", "document", 90),
    Completion("Council of Keepers", "Council of Keepers", "organisation", 20),
    Completion("Council Directive 1/99", "Council Directive 1/99", "instrument", 9),
    Completion("Lighthouse Board", "Lighthouse Board", "organisation", 5),
)
WORDS = ("council", "keeper", "keepers", "keeping", "kept", "light", "lighthouse")


class Known:
    """Continues as the engines do: names that hold all the words, and the last word."""

    def complete(self, typed, limit):
        *whole, last = typed.casefold().split()
        named = [
            name
            for name in NAMES
            if any(
                words[at : at + len(whole)] == whole and words[at + len(whole)].startswith(last)
                for words in [name.label.casefold().split()]
                for at in range(len(words) - len(whole))
            )
        ]
        started = typed[: len(typed) - len(typed.rsplit(maxsplit=1)[-1])]
        return (*named, *(Completion(started + word, word, "", 3) for word in WORDS if word.startswith(last)))[:limit]


def offered(text):
    return [(each.found.label, text[: each.start] + each.insert) for each in continuations(Known(), text)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        # names, documents last among them, then words
        (
            "light",
            [
                ("Lighthouse Board", 'organisation:"Lighthouse Board"'),
                ("Report on Lamps and Lighthouses", 'document:"Lamps"'),
                ("light", "light"),
                ("lighthouse", "lighthouse"),
            ],
        ),
        # a name may have been begun several words back
        (
            "rescue council of kee",
            [
                ("Council of Keepers", 'rescue organisation:"Council of Keepers"'),
                ("keeper", "rescue council of keeper"),
                ("keepers", "rescue council of keepers"),
                ("keeping", "rescue council of keeping"),
            ],
        ),
        # signs of the language stay
        ("-kep", [("kept", "-kept")]),
        ("(sea OR kep", [("kept", "(sea OR kept")]),
        # an open quotation or field becomes a field
        ('sea "council of', [("Council of Keepers", 'sea organisation:"Council of Keepers"')]),
        ("org:council", [("Council of Keepers", 'organisation:"Council of Keepers"')]),
        ("instrument:council", [("Council Directive 1/99", 'instrument:"Council Directive 1/99"')]),
        # a field of words takes words
        ("title:kep", [("kept", "title:kept")]),
        # nothing was begun
        ("", []),
        ("light ", []),
        ("-", []),
        ('"light"', []),
        ("zebra", []),
    ],
)
def test_what_continues_a_query(typed, expected):
    assert offered(typed) == expected
