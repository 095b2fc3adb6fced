"""TEI: what is exported keeps to P5, and to the part of it that it uses."""

import io
import sys
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree

from corpus.citation import cite
from corpus.export import Collection, Provenance, Remark, export
from corpus.model import Document, DocumentKind, Passage, PassageKind
from tests.corpus.exports import FEW, collections, exported
from tests.needed import missing

NAMES = {"t": "http://www.tei-c.org/ns/1.0"}
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("tei_passages.rng")))
#: All of TEI P5, where `make test` puts it.
WHOLE = Path(sys.prefix) / "tei" / "schemas" / "tei_all.rng"
FIRST = Document("one", "Duties & <Rights>", kind=DocumentKind.TREATY, date="2009")
SECOND = Document("two", "Talk", kind=DocumentKind.SPEECH, language="fr")


def passage(document, locator, text="Text.", **facts):
    return Passage(f"{document.id}/{locator}", document.id, 1, PassageKind.PARAGRAPH, text, **facts)


PAIRS = [
    (FIRST, passage(FIRST, "art-1", "<p> & x\n(a) second\x00")),
    (FIRST, passage(FIRST, "p-2")),
    (SECOND, passage(SECOND, "p-1", page=(4, 5))),
]


COURSE = Collection(
    "Duties <now>",
    "Read this.\nTwice.\n\nThen talk.",
    {PAIRS[0][1].id: Remark("Week 1", "Why?\n\nHow?", ("a", "b")), PAIRS[1][1].id: Remark(tags=("c",))},
)


@pytest.fixture(scope="module")
def whole():
    """The schema of the TEI Consortium."""
    return etree.RelaxNG(etree.parse(WHOLE)) if WHOLE.exists() else missing(f"the schema of TEI is not at {WHOLE}")


def tree(pairs=PAIRS, **options):
    stream = io.BytesIO()
    export("tei", pairs, stream, **options)
    return etree.fromstring(stream.getvalue())


def found(element, path):
    return element.xpath(path, namespaces=NAMES)


@pytest.mark.parametrize("pairs", [PAIRS, PAIRS[:1], []])
@pytest.mark.parametrize("provenance", [False, True])
@pytest.mark.parametrize("base_url", ["", "https://pincite.example"])
@pytest.mark.parametrize("collection", [None, COURSE])
def test_exports_are_valid(whole, pairs, provenance, base_url, collection):
    about = Provenance(len(pairs), 7, "2026-11-22", "<duties>") if provenance else None
    made = tree(pairs, provenance=about, base_url=base_url, collection=collection)
    SCHEMA.assertValid(made)
    whole.assertValid(made)


@FEW
@given(made=collections())
def test_no_text_makes_an_export_invalid(whole, made):
    pairs, collection = made
    for options in ({}, {"collection": collection}):
        whole.assertValid(etree.fromstring(exported("tei", pairs, **options)))


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("//t:cit[1]/t:bibl", lambda element: element.getparent().remove(element)),
        ("//t:div[1]", lambda element: element.attrib.pop("n")),
        ("//t:body", lambda element: element[:].clear() or [element.remove(each) for each in element]),
        ("//t:quote[1]", lambda element: etree.SubElement(element, "em")),
    ],
)
def test_the_check_finds_what_is_not_valid(path, change):
    made = tree()
    change(found(made, path)[0])
    assert not SCHEMA.validate(made)


def test_a_passage_is_a_quotation_with_its_source():
    made = tree(base_url="https://pincite.example")
    assert found(made, "//t:div/@n") == ["one", "two"]
    assert found(made, "//t:head/text()") == ["Duties & <Rights>", "Talk"]
    assert found(made, "//t:cit/@n") == ["one/art-1", "one/p-2", "two/p-1"]
    assert found(made, "(//t:quote)[1]/text()") == ["<p> & x", "(a) second"]
    assert found(made, "//t:citedRange/text()") == ["art 1", "pp 4–5"]
    assert found(made, "//t:ref/@target")[0] == "https://pincite.example/passages/one/art-1"
    assert found(made, "//t:bibl/text()[1]")[0].strip() == cite(*PAIRS[0])
    assert found(made, "//t:quote/@xml:lang") == ["en", "en", "fr"]
