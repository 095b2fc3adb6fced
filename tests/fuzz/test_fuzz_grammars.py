"""Whatever is typed or written: it is read, or refused by one of our errors, and what is read prints and reads back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import catalogue, corrections
from corpus.authority import instruments
from corpus.errors import CatalogueError, CorrectionsError, LocatorError
from corpus.locator import UNITS, Locator, passage_id, split_passage_id
from corpus.sets import SetError
from corpus.sets_json import from_json
from search.checking import drafts
from search.errors import QueryError
from search.lexer import MAX_LENGTH, lexemes
from search.names import library_names
from search.parser import parse
from search.pinpoints import pinpoint
from search.printer import format as printed
from tests.conftest import examples

_SIGNS = (
    "( ) \" ' AND OR NOT - * ~ ~2 ~5 w/5 w/ pre/3 year: 1995..2005 .. organisation: CoE instrument: 55/63 title:( kind:"
    " report A/RES/55/63 GA resolution UNGA Res S/RES/1373(2001) art Art. Articles § 32 32(2)(a) para paras. fn note"
    " ibid. Directive 95/46/EC Budapest Convention Regulation (EU) 2016/679 no. No R (89) 9 – — ^[1] [1] [^1]: ² ٣ Ⅳ"
    ' XXV 1 0 00 99999999999999999999 \u202e \u200b \U0001f600 \0 \n \t : ; , . / \\ | & < > % $ # [[rename]] ["a.md"]'
    " id = true document type from to 'x' \"y\" { } ]"
)
#: What our grammars are made of, and what breaks grammars: unbalanced signs, huge numbers, digits of other scripts.
PIECES = st.one_of(
    st.sampled_from(_SIGNS.split(" ")),
    st.text(st.characters(codec="utf-8"), max_size=6),
    st.just("9" * 5000),
)
TYPED = st.lists(st.tuples(PIECES, st.sampled_from([" ", "", " "])), max_size=14).map(
    lambda parts: "".join(map("".join, parts))
)


def refusal(kind, read, *given):
    """The error of ours that refuses what is given, None if it is read; any other error is raised."""
    try:
        read(*given)
    except kind as error:
        return error if len(str(error).splitlines()) == 1 else pytest.fail(f"no single line: {error}")
    return None


@examples(300)
@given(TYPED)
def test_queries(text):
    refused = refusal(QueryError, parse, text, library_names())
    if isinstance(refused, QueryError):
        assert 0 <= refused.position <= len(text)
        parse(refused.suggestion, library_names())
        return
    tree = parse(text, library_names())
    again = printed(tree)
    if len(again) <= MAX_LENGTH and not isinstance(refusal(QueryError, lexemes, again), QueryError):
        assert parse(again) == tree


@examples(200)
@given(
    st.one_of(
        TYPED,
        st.lists(st.tuples(st.sampled_from([*UNITS, "annex", "p", "h"]), PIECES, PIECES), max_size=3).map(
            lambda steps: "/".join("-".join(step) for step in steps)
        ),
        st.tuples(st.just("art-2~"), PIECES).map("".join),
    )
)
def test_locators(text):
    for read in (Locator.parse, Locator.from_label):
        try:
            found = read(text)
        except LocatorError:
            continue
        assert Locator.parse(found.path) == found
        assert split_passage_id(passage_id("document", found)) == ("document", found)
        assert found.order == Locator.parse(found.path).order
        if read is Locator.parse:
            assert found.path == text, "one place has one address"


@examples(150)
@given(TYPED)
def test_written_forms_of_instruments_and_places(text):
    found = instruments.parse(text)
    if found:
        again = instruments.parse(found.id)
        assert again is None or again.id == found.id
    for written in instruments.find(text):
        assert 0 <= written.start < written.end <= len(text)
    pinpoint(text)


@examples(150)
@given(TYPED)
def test_drafts_with_notes(text):
    draft = drafts.read(text)
    for each in (*draft.notes, *draft.calls):
        assert 0 <= each.start <= each.end <= len(text)


@examples(150)
@given(TYPED)
def test_files_of_corrections_and_catalogues(tmp_path_factory, text):
    for refused, read in ((CorrectionsError, _corrections), (CatalogueError, _catalogue)):
        error = refusal(refused, read, text, tmp_path_factory)
        assert error is None or ".toml" in str(error)


def _corrections(text, _):
    read = corrections.parse(text)
    assert corrections.parse(corrections.written(read.rules)).rules == read.rules


def _catalogue(text, factory):
    folder = factory.getbasetemp() / "catalogue"
    folder.mkdir(exist_ok=True)
    (folder / catalogue.FILE_NAME).write_text(text, encoding="utf-8", newline="\n")
    catalogue.load(folder)


VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(st.characters(codec="utf-8"), max_size=8), TYPED
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=5,
)
KEYS = ("document", "type", "from", "to", "value", "passage", "text", "id", "title", "kind", "authors", "date", "url")


@examples(50)
@given(st.sampled_from(["rename", "remove", "add", "retype", "title"]), st.dictionaries(st.sampled_from(KEYS), VALUES))
def test_corrections_of_any_values(kind, facts):
    """What TOML can say at all, under the names that we read."""
    text = "\n".join([f"[[{kind}]]", *(f"{name} = {_toml(value)}" for name, value in facts.items())])
    refusal(CorrectionsError, _corrections, text, None)


def _toml(value):
    match value:
        case str():
            return '"' + "".join(f"\\U{ord(each):08x}" for each in value) + '"'
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case dict():
            return "{" + ", ".join(f"{_toml(name)} = {_toml(each)}" for name, each in value.items()) + "}"
        case None:
            return '""'
        case _:
            return str(value).lower()


@examples(150)
@given(st.one_of(TYPED.map(str.encode), VALUES.map(json.dumps).map(str.encode), st.binary()))
def test_files_of_sets(content):
    refusal(SetError, from_json, content)


@pytest.mark.parametrize("path", ["art-2~" + "9" * 5000, "art-2~٣", "art-2~02", "art-2~", "art-2~1"])
def test_a_place_has_one_address(path):
    with pytest.raises(LocatorError):
        Locator.parse(path)
