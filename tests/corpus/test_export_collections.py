"""Course packs: exports of a set carry its title, introduction, headings, notes and tags, in its order."""

import csv
import io
import json
from itertools import groupby

import openpyxl
import pytest
import rispy
from hypothesis import given
from lxml import etree, html
from markdown_it import MarkdownIt
from openpyxl.utils.escape import unescape
from pybtex.database import parse_string

from corpus.export import FORMATS
from corpus.export.base import pinpoint
from corpus.export.text import printable
from tests.corpus.exports import FEW, Word, by_work, cells, collections, exported, inline, noted, plain, typeset

NAMES = {"t": "http://www.tei-c.org/ns/1.0"}
#: Formats that a set adds nothing to.
FIXED = [name for name, form in FORMATS.items() if not form.told] + ["web-annotation"]


def sections(pairs, collection):
    """Headings of the collection, each with its documents and their passages."""
    for heading, held in groupby(pairs, lambda pair: collection.remarks[pair[1].id].heading):
        works = groupby(held, lambda pair: pair[0])
        yield heading, [(document, [passage for _, passage in each]) for document, each in works]


def flow(pairs, collection, place="heading {}"):
    """What a reader meets, as (what it is, words): headings by their level, pinpoints, quotations, what is said."""
    for heading, works in sections(pairs, collection):
        depth = 1 + bool(heading)
        if heading:
            yield "heading 1", heading
        for document, passages in works:
            yield f"heading {depth}", plain(document.title)
            for passage in passages:
                if found := pinpoint(passage):
                    yield place.format(depth + 1), found
                yield "quotation", plain(passage.text)
                if said := remarks(collection.remarks[passage.id]):
                    yield "remark", plain(" ".join(said))


def merged(read):
    """Paragraphs of one kind that follow each other as one."""
    return [(kind, plain(" ".join(text for _, text in each))) for kind, each in groupby(read, lambda pair: pair[0])]


def remarks(remark):
    """Note and tags as formats for reading word them."""
    note, tags = printable(remark.note), ", ".join(map(printable, remark.tags))
    return [plain(f"{name}: {text}") for name, text in (("Note", note), ("Tags", tags)) if text]


@FEW
@given(collections())
def test_csv(made):
    pairs, collection = made
    content = exported("csv", pairs, collection=collection).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert list(rows[0])[-3:] == ["heading", "note", "tags"]
    for (_, passage), row in zip(pairs, rows, strict=True):
        read = tuple(row[name].removeprefix("'") for name in ("heading", "note", "tags"))
        assert read == tuple(text.removeprefix("'") for text in row_of(collection.remarks[passage.id]))
    assert not [text for row in rows for text in row.values() if text.startswith(("=", "+", "-", "@", "\t", "\r"))]


def row_of(remark):
    return remark.heading, printable(remark.note), "; ".join(map(printable, remark.tags))


@FEW
@given(collections())
def test_workbook(made):
    pairs, collection = made
    book = exported("xlsx", pairs, collection=collection)
    expected = [row_of(collection.remarks[passage.id]) for _, passage in pairs]
    assert [tuple(row[name] for name in ("heading", "note", "tags")) for row in cells(book)] == expected
    about = [unescape(cell.value or "") for _, cell in openpyxl.load_workbook(io.BytesIO(book))["About"]]
    assert about == [printable(collection.title), printable(collection.introduction)]


@pytest.mark.parametrize("form", ["csl-json", "bibtex", "biblatex", "ris"])
@FEW
@given(made=collections())
def test_references(form, made):
    pairs, collection = made
    content = exported(form, pairs, collection=collection).decode()
    if form == "ris":
        read = [" ".join(each["notes"]) for each in rispy.loads(content)]
    elif form == "csl-json":
        read = [item["note"] for item in json.loads(content)]
    else:
        entries = parse_string(content, "bibtex").entries.values()
        read = [typeset(entry.fields["annote" if form == "bibtex" else "annotation"]) for entry in entries]
    expected = []
    for held in by_work(pairs).values():
        texts = []
        for pair in held:
            remark = collection.remarks[pair[1].id]
            texts += [noted(*pair), f"Heading: {remark.heading}" if remark.heading else "", *remarks(remark)]
        expected.append(plain(" ".join(texts)))
    assert list(map(plain, read)) == expected


@FEW
@given(collections())
def test_markdown(made):
    pairs, collection = made
    tokens = MarkdownIt().parse(exported("markdown", pairs, collection=collection).decode())
    read, quoted = [], 0
    for at, token in enumerate(tokens):
        quoted += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "blockquote_open":
            read.append(("quotation", ""))
        elif token.type == "inline":
            kinds = {child.type for child in token.children}
            spoken = "place" if "strong_open" in kinds else "source" if "link_open" in kinds else "remark"
            heading = tokens[at - 1].tag[1:] if tokens[at - 1].type == "heading_open" else ""
            kind = f"heading {int(heading) - 1}" if heading else "quotation" if quoted else spoken
            read.append((kind, inline([token])[0]))
    expected = [("heading 0", collection.title), *introduced(collection), *flow(pairs, collection, "place")]
    assert merged([each for each in read if each[0] != "source"]) == merged(expected)


def introduced(collection):
    return [("remark", collection.introduction)] if plain(collection.introduction) else []


@FEW
@given(collections())
def test_web_page(made):
    pairs, collection = made
    tree = html.document_fromstring(exported("html", pairs, collection=collection).decode())
    assert plain(tree.xpath("string(//title)")) == plain(collection.title)
    kinds = {"blockquote": "quotation", "p": "remark"}
    found = tree.xpath("//h1 | //h2 | //h3 | //h4 | //blockquote | //p")
    read = [(kinds.get(each.tag) or f"heading {int(each.tag[1]) - 1}", each.text_content()) for each in found]
    expected = [("heading 0", collection.title), *introduced(collection), *flow(pairs, collection)]
    assert merged(read) == merged(expected)


@FEW
@given(collections())
def test_tei(made):
    pairs, collection = made
    tree = etree.fromstring(exported("tei", pairs, collection=collection))
    found = tree.xpath(
        "//t:titleStmt/t:title | //t:body//t:head | //t:body/t:p | //t:quote | //t:note", namespaces=NAMES
    )
    read = []
    for each in found:
        kind, text = etree.QName(each).localname, " ".join(each.itertext())
        level = len(list(each.iterancestors("{*}div")))
        named = f"{each.get('type').capitalize()}: {text}" if kind == "note" else text
        read.append(({"quote": "quotation", "note": "remark", "p": "remark"}.get(kind, f"heading {level}"), named))
    expected = [("heading 0", collection.title), *introduced(collection), *flow(pairs, collection, "place")]
    assert merged(read) == merged([each for each in expected if each[0] != "place"])
    works = [document.id for _, held in sections(pairs, collection) for document, _ in held]
    assert tree.xpath("//t:div[t:cit]/@n", namespaces=NAMES) == works


@FEW
@given(collections())
def test_word_document(made):
    pairs, collection = made
    styles = {"Title": "heading 0", "Quote": "quotation", "Remark": "remark", "Normal": "remark"}
    read = [
        (styles.get(style) or f"heading {style[-1]}", text)
        for style, text, _ in Word(exported("docx", pairs, collection=collection)).paragraphs
    ]
    expected = [("heading 0", collection.title), *introduced(collection), *flow(pairs, collection)]
    assert merged(read) == merged(expected)


@pytest.mark.parametrize("form", FIXED)
@FEW
@given(made=collections())
def test_records_of_a_fixed_shape_have_no_more(form, made):
    pairs, collection = made
    assert exported(form, pairs, collection=collection) == exported(form, pairs)
