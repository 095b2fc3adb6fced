"""TEI: what is exported keeps to the part of P5 that it uses."""

import io
from pathlib import Path

import pytest
from lxml import etree

from corpus.citation import cite
from corpus.export import Provenance, export
from corpus.model import Document, DocumentKind, Passage, PassageKind

NAMES = {"t": "http://www.tei-c.org/ns/1.0"}
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("tei_passages.rng")))
FIRST = Document("one", "Duties & <Rights>", kind=DocumentKind.TREATY, date="2009")
SECOND = Document("two", "Talk", kind=DocumentKind.SPEECH, language="fr")


def passage(document, locator, text="Text.", **facts):
    return Passage(f"{document.id}/{locator}", document.id, 1, PassageKind.PARAGRAPH, text, **facts)


PAIRS = [
    (FIRST, passage(FIRST, "art-1", "<p> & x\n(a) second\x00")),
    (FIRST, passage(FIRST, "p-2")),
    (SECOND, passage(SECOND, "p-1", page=(4, 5))),
]


def tree(pairs=PAIRS, **options):
    stream = io.BytesIO()
    export("tei", pairs, stream, **options)
    return etree.fromstring(stream.getvalue())


def found(element, path):
    return element.xpath(path, namespaces=NAMES)


@pytest.mark.parametrize("pairs", [PAIRS, PAIRS[:1], []])
@pytest.mark.parametrize("provenance", [False, True])
@pytest.mark.parametrize("base_url", ["", "https://pincite.example"])
def test_exports_are_valid(pairs, provenance, base_url):
    about = Provenance(len(pairs), 7, "2026-11-22", "<duties>") if provenance else None
    SCHEMA.assertValid(tree(pairs, provenance=about, base_url=base_url))


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
