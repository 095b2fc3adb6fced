"""What is exported is what was given: every format is read back by a reader that is not ours.

Texts are any that a passage can hold, also what no format can (control characters), which exports leave out.
"""

import csv
import io
import json

import openpyxl
import pytest
import rispy
from hypothesis import given
from lxml import etree, html
from markdown_it import MarkdownIt
from pybtex.database import parse_string

from corpus.citation import csl
from corpus.export import FORMATS, record
from corpus.model import Document, Passage, PassageKind
from tests.corpus.exports import (
    FEW,
    Word,
    by_work,
    cells,
    exported,
    exports,
    inline,
    lines,
    noted,
    parts,
    plain,
    typeset,
)


@FEW
@given(exports())
def test_json_lines(pairs):
    made = exported("jsonl", pairs).decode().split("\n")[:-1]
    assert [json.loads(line) for line in made] == [record(*pair) for pair in pairs]


@FEW
@given(exports())
def test_csv(pairs):
    rows = list(csv.DictReader(io.StringIO(exported("csv", pairs).decode("utf-8-sig"), newline="")))
    # a guarded cell has an apostrophe more
    read = [
        tuple(row[name].removeprefix("'") for name in ("pinpoint", "text", "citation", "permalink")) for row in rows
    ]
    assert read == [tuple(part.removeprefix("'") for part in parts(*pair)) for pair in pairs]
    assert not [text for row in rows for text in row.values() if text.startswith(("=", "+", "-", "@", "\t", "\r"))]


@FEW
@given(exports())
def test_workbook(pairs):
    made = exported("xlsx", pairs)
    read = [tuple(row[name] for name in ("pinpoint", "text", "citation", "permalink")) for row in cells(made)]
    assert read == [parts(*pair) for pair in pairs]
    rows = list(openpyxl.load_workbook(io.BytesIO(made))["Passages"].iter_rows())
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    assert not [cell for row in rows for cell in row if cell.data_type == "n" and isinstance(cell.value, str)]


@FEW
@given(exports())
def test_csl_json(pairs):
    items = json.loads(exported("csl-json", pairs))
    works = by_work(pairs)
    assert [item["id"] for item in items] == list(works)
    for item, held in zip(items, works.values(), strict=True):
        assert plain(item["note"]) == plain(" ".join(noted(*pair) for pair in held))


@pytest.mark.parametrize(("form", "field"), [("bibtex", "annote"), ("biblatex", "annotation")])
@FEW
@given(pairs=exports())
def test_bibtex(form, field, pairs):
    entries = parse_string(exported(form, pairs).decode(), "bibtex").entries
    works = by_work(pairs)
    assert list(entries) == list(works)
    for entry, held in zip(entries.values(), works.values(), strict=True):
        document = held[0][0]
        assert plain(typeset(entry.fields["title"][1:-1])) == plain(csl(document)["title"])
        assert len(entry.persons.get("author", ())) == len(document.authors)
        assert plain(typeset(entry.fields[field])) == plain(" ".join(noted(*pair) for pair in held))


@FEW
@given(exports())
def test_ris(pairs):
    records = rispy.loads(exported("ris", pairs).decode())
    works = by_work(pairs)
    assert [each["id"] for each in records] == list(works)
    for each, held in zip(records, works.values(), strict=True):
        assert plain(each["title"]) == plain(csl(held[0][0])["title"])
        assert [plain(note) for note in each["notes"]] == [noted(*pair) for pair in held]


@FEW
@given(exports())
def test_markdown(pairs):
    tokens = MarkdownIt().parse(exported("markdown", pairs).decode())
    opened = [at for at, token in enumerate(tokens) if token.type == "blockquote_open"]
    closed = [at for at, token in enumerate(tokens) if token.type == "blockquote_close"]
    assert len(opened) == len(pairs)
    assert {token.type for token in tokens} <= {
        f"{kind}{end}" for kind in ("heading", "paragraph", "blockquote") for end in ("_open", "_close")
    } | {"inline"}
    for (document, passage), start, end in zip(pairs, opened, closed, strict=True):
        _, quotation, citation, link = parts(document, passage)
        assert plain(" ".join(inline([token])[0] for token in tokens[start:end])) == plain(quotation)
        text, links = inline([tokens[end + 2]])
        assert plain(text) == plain(f"{citation} {passage.id}")
        assert links == [link]


@FEW
@given(exports())
def test_web_page(pairs):
    articles = html.document_fromstring(exported("html", pairs).decode()).xpath("//article")
    for (document, passage), article in zip(pairs, articles, strict=True):
        place, quotation, citation, link = parts(document, passage)
        assert article.get("id") == passage.id
        assert "".join(article.xpath("h3//text()")) == place
        assert plain(article.find("blockquote").text_content()) == plain(quotation)
        assert plain(article.find("footer").text_content()) == plain(f"{citation} {link}")


@FEW
@given(exports())
def test_tei(pairs):
    names = {"t": "http://www.tei-c.org/ns/1.0"}
    cited = etree.fromstring(exported("tei", pairs)).xpath("//t:cit", namespaces=names)
    for (document, passage), each in zip(pairs, cited, strict=True):
        place, quotation, citation, link = parts(document, passage)
        quote = each.find("t:quote", names)
        assert (quote.text or "") + "".join("\n" + (lb.tail or "") for lb in quote) == quotation
        assert "".join(each.xpath(".//t:citedRange/text()", namespaces=names)) == place
        assert each.xpath(".//t:ref/@target", namespaces=names) == [link]
        assert each.find("t:bibl", names).text.removesuffix(" ") == citation.removesuffix(" ")


@FEW
@given(exports())
def test_word_document(pairs):
    word = Word(exported("docx", pairs))
    quotes = [each for each in word.paragraphs if each[0] == "Quote"]
    for (document, passage), (_, quote, call), (number, note) in zip(pairs, quotes, word.notes.items(), strict=True):
        _, quotation, citation, link = parts(document, passage)
        assert quote == lines(quotation)
        assert call == number
        assert plain(note) == plain(f"{citation} {link}")


@pytest.mark.parametrize("form", sorted({*FORMATS} - {"docbin", "xlsx", "web-annotation"}))
def test_very_long_texts_are_whole(form):
    passage = Passage("talk/para-1", "talk", 1, PassageKind.PARAGRAPH, "lorem\n" * 50_000)
    made = exported(form, [(Document("talk", "A Talk"), passage)])
    text = Word(made).paragraphs[-1][1].encode() if form == "docx" else made
    assert text.count(b"lorem") == 50_000
