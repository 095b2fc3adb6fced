"""Short forms that a text defines itself, in both orders."""

import pytest

from ingest.annotate.acronyms import abbreviates, find_definitions, looks_like_acronym, short_form_at


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        # long form first
        (
            "We thank the Northern Harbour Safety Organization (NHSO) for its help.",
            "NHSO",
            "Northern Harbour Safety Organization",
        ),
        # small words give no letter
        ("The Bureau of Lights and Buoys (BLB) met.", "BLB", "Bureau of Lights and Buoys"),
        # a hyphenated word gives two letters
        ("The Anglo-Irish Pilots Union (AIPU) met.", "AIPU", "Anglo-Irish Pilots Union"),
        # quoted and introduced
        ("the Coastal Radio Network (hereinafter referred to as the “CRN”)", "CRN", "Coastal Radio Network"),
        # short form first
        ("Ask the CRN (Coastal Radio Network) first.", "CRN", "Coastal Radio Network"),
        # the whole name, not its tail that also holds the letters
        ("The Inland Institute for Island Studies (IIIS) met.", "IIIS", "Inland Institute for Island Studies"),
        # letters inside words
        ("The Baltic Pilots Network (BaltPilNet) met.", "BaltPilNet", "Baltic Pilots Network"),
    ],
)
def test_definitions(text, short, long):
    found = find_definitions(text)
    assert [(definition.short, definition.long) for definition in found] == [(short, long)]
    definition = found[0]
    assert text[slice(*definition.short_span)] == short
    assert text[slice(*definition.long_span)] == long


@pytest.mark.parametrize(
    "text",
    [
        "The Coastal Radio Network (2009) reported.",
        "The Coastal Radio Network (Brazil) reported.",
        "The Coastal Radio Network (the Network) reported.",
        "The Coastal Radio Network (XQZ) reported.",
        "They sail north (NHSO) in summer.",
        "See part A (PA).",
    ],
)
def test_what_defines_nothing(text):
    assert find_definitions(text) == []


def test_several_definitions_come_in_reading_order():
    text = "The Coastal Radio Network (CRN) and the LWB (Light Watch Board) met the Harbour Safety Council (HSC)."
    assert [definition.short for definition in find_definitions(text)] == ["CRN", "LWB", "HSC"]


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("CRN", "Coastal Radio Network", True),
        ("CRX", "Coastal Radio Network", False),
        ("RN", "Coastal Radio Network", False),
    ],
)
def test_abbreviates(short, long, expected):
    assert abbreviates(short, long) is expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("CRN", True), ("IberRed", True), ("G8", True), ("Brazil", False), ("A", False), ("iii", False)],
)
def test_looks_like_acronym(word, expected):
    assert looks_like_acronym(word) is expected


def test_short_form_directly_behind_a_position():
    text = "Coastal Radio Network (CRN), not (XYZ)"
    assert short_form_at(text, text.index(" (CRN")) == ("CRN", (23, 26))
    assert short_form_at(text, text.index(",")) is None
