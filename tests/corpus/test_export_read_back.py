"""What is exported is what was given: every format is read back by a reader that is not ours.

Texts are any that a passage can hold: lines end in line feeds, and hold what no format can (control characters), which
exports leave out.
"""

import csv
import io
import json
import re
import zipfile

import openpyxl
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt
from pybtex.database import parse_string

from corpus.citation import cite, csl
from corpus.export import export, record
from corpus.export.base import pinpoint
from corpus.export.text import printable
from corpus.model import Document, DocumentKind, Passage, PassageKind

BASE = "https://pincite.example"
#: Examples of each format; a workbook takes long to make and to read.
FEW = settings(max_examples=25, deadline=None)
#: Beginnings that formats take for something else.
TRAPS = ("=1+1", "+", "-", "@", "# ", "1. ", "> ", "    ", "{", "}", "\\", "<i>", "&amp;", "% ", "ER  - ", "]]>", "~~~")
CHARACTERS = st.characters(codec="utf-8", exclude_characters="\r")
TEXTS = st.builds(lambda trap, text: trap + text, st.sampled_from(("", *TRAPS)), st.text(CHARACTERS, max_size=60))
DOCUMENTS = st.builds(
    Document,
    id=st.sampled_from(("alpha", "beta-2")),
    title=TEXTS.filter(str.strip),
    kind=st.sampled_from(DocumentKind),
    authors=st.sampled_from(((), ("Ada Verso",), ("Ada Verso", "Farid Recto"))),
    date=st.sampled_from(("", "2009", "2009-08", "2018-10-18")),
)


@st.composite
def exports(draw):
    """Documents with passages, in any order."""
    documents = draw(st.lists(DOCUMENTS, min_size=1, max_size=2, unique_by=lambda document: document.id))
    pairs = []
    for document in documents:
        for number, text in enumerate(draw(st.lists(TEXTS, min_size=1, max_size=3)), 1):
            page = draw(st.sampled_from((None, (3, 3), (3, 4))))
            unit = draw(st.sampled_from(("para", "p", "fn")))
            made = Passage(
                f"{document.id}/{unit}-{number}", document.id, number, PassageKind.PARAGRAPH, text, page=page
            )
            pairs.append((document, made))
    return draw(st.permutations(pairs))


def exported(form, pairs):
    stream = io.BytesIO()
    export(form, pairs, stream, base_url=BASE)
    return stream.getvalue()


def plain(text):
    """The text with blanks as formats keep them that know only runs of blanks."""
    return " ".join(printable(text).split())


def parts(document, passage):
    """What every export holds of a passage: pinpoint, quotation, citation, permalink."""
    return (
        pinpoint(passage),
        printable(passage.text),
        printable(cite(document, passage)),
        f"{BASE}/passages/{passage.id}",
    )


def by_work(pairs):
    """Passages by work, works in the order in which they first appear."""
    works = {}
    for document, passage in pairs:
        works.setdefault(document.id, []).append((document, passage))
    return works


def noted(document, passage):
    place, quotation, citation, link = map(plain, parts(document, passage))
    return plain(f"{place}: {quotation} {citation} {link}" if place else f"{quotation} {citation} {link}")


@FEW
@given(exports())
def test_json_lines(pairs):
    lines = exported("jsonl", pairs).decode().split("\n")[:-1]
    assert [json.loads(line) for line in lines] == [record(*pair) for pair in pairs]


@FEW
@given(exports())
def test_csv(pairs):
    rows = list(csv.DictReader(io.StringIO(exported("csv", pairs).decode("utf-8-sig"), newline="")))
    # a guarded cell has an apostrophe more
    read = [
        tuple(row[name].removeprefix("'") for name in ("pinpoint", "text", "citation", "permalink")) for row in rows
    ]
    assert read == [tuple(part.removeprefix("'") for part in parts(*pair)) for pair in pairs]
    assert not [text for row in rows for text in row.values() if text.startswith(("=", "+", "-", "@"))]


@FEW
@given(exports())
def test_workbook(pairs):
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx", pairs)))
    head, *rows = book["Passages"].iter_rows()
    names = [cell.value for cell in head]
    wanted = [names.index(name) for name in ("pinpoint", "text", "citation", "permalink")]
    assert [tuple(row[at].value or "" for at in wanted) for row in rows] == [parts(*pair) for pair in pairs]
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


#: How LaTeX prints what is not itself.
PRINTED = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
}


def typeset(source):
    """What LaTeX prints."""
    return re.sub(r"\\text\w+\{\}|\\[&%$#_]", lambda match: PRINTED.get(match[0], match[0][-1]), source)


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


def inline(tokens):
    """The text of inline tokens, and the addresses of their links."""
    children = [child for token in tokens for child in token.children or ()]
    text = "".join(" " if child.type in {"softbreak", "hardbreak"} else child.content for child in children)
    return text, [child.attrs["href"] for child in children if child.type == "link_open"]


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
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

    def shown(element):
        breaks = {f"{w}br": "\n"}
        return "".join(breaks.get(each.tag, each.text or "") for each in element.iter(f"{w}t", f"{w}br"))

    with zipfile.ZipFile(io.BytesIO(exported("docx", pairs))) as made:
        body, notes = (etree.fromstring(made.read(f"word/{name}.xml")) for name in ("document", "footnotes"))
    quotes = [each for each in body.iter(f"{w}p") if each.find(f"{w}pPr/{w}pStyle").get(f"{w}val") == "Quote"]
    footnotes = [note for note in notes.iter(f"{w}footnote") if not note.get(f"{w}type")]
    for (document, passage), quote, footnote in zip(pairs, quotes, footnotes, strict=True):
        _, quotation, citation, link = parts(document, passage)
        assert shown(quote) == quotation
        assert quote.find(f".//{w}footnoteReference").get(f"{w}id") == footnote.get(f"{w}id")
        assert plain(shown(footnote)) == plain(f"{citation} {link}")
