"""Passages that formats take for something else, with what every export holds of them: for tests that read back."""

import io
import re
import zipfile

import openpyxl
from hypothesis import strategies as st
from lxml import etree
from openpyxl.utils.escape import unescape

from corpus.citation import cite
from corpus.export import Collection, Remark, export
from corpus.export.base import pinpoint
from corpus.export.text import printable
from corpus.model import Document, DocumentKind, Passage, PassageKind
from tests.conftest import examples

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BASE = "https://pincite.example"
#: Examples of each format; a workbook takes long to make and to read.
FEW = examples(30)
#: What formats take for something else: signs of formulas, of markup, of fields and of their ends.
TRAPS = (
    *("=1+1", "+", "-", "@", "\t=1", "\r=1", '=HYPERLINK("x")', "_x000D_", "'", '"', ";", ","),
    *("# ", "1. ", "> ", "    ", "~~~", "\n\n", "\n---\n", "[a]: b", "<i>", "</article>", "&amp;", "]]>"),
    *("{", "}", "\\", "%", "@article{x,", "ER  - ", "\r\nER  - ", "\nTY  - RPRT\n"),
    # separators of lines and paragraphs, next line; marks of direction and of no width; what XML cannot hold
    *("\u2028", "\u2029", "\x85", "\u200f", "\u202e", "\u200b", "\ufeff", "\x00", "\x0b", "\x1f", "\ufffe"),
)
PIECES = st.one_of(st.sampled_from(TRAPS), st.text(st.characters(codec="utf-8"), max_size=20))
TEXTS = st.lists(PIECES, max_size=5).map("".join)
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


def plain(text):
    """The text with blanks as formats keep them that know only runs of blanks."""
    return " ".join(printable(text).split())


HEADINGS = st.sampled_from(("", "Week 1", "=Week 2", "# <i>3</i>"))
WORDS = TEXTS.filter(plain)
REMARKS = st.builds(Remark, HEADINGS, TEXTS, st.lists(WORDS, max_size=2).map(tuple))


@st.composite
def collections(draw):
    """Passages with what a collector says of them."""
    pairs = draw(exports())
    remarks = {passage.id: draw(REMARKS) for _, passage in pairs}
    return pairs, Collection(draw(WORDS), draw(TEXTS), remarks)


def exported(form, pairs, **options):
    stream = io.BytesIO()
    export(form, pairs, stream, base_url=BASE, **options)
    return stream.getvalue()


def cells(made):
    """The rows of a workbook's passages by the names of their columns, as Excel reads them.

    openpyxl gives what is escaped as it stands.
    """
    head, *rows = openpyxl.load_workbook(io.BytesIO(made))["Passages"].iter_rows()
    names = [cell.value for cell in head]
    return [
        {
            name: unescape(cell.value) if isinstance(cell.value, str) else cell.value or ""
            for name, cell in zip(names, row, strict=True)
        }
        for row in rows
    ]


class Word:
    """A Word document: its paragraphs as (style, text, number of the footnote that is called), and the footnotes."""

    def __init__(self, made):
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            body, notes = (etree.fromstring(archive.read(f"word/{name}.xml")) for name in ("document", "footnotes"))
        self.paragraphs = [self._paragraph(each) for each in body.iter(f"{W}p")]
        self.notes = {
            note.get(f"{W}id"): self._shown(note) for note in notes.iter(f"{W}footnote") if not note.get(f"{W}type")
        }

    def _paragraph(self, element):
        call = element.find(f".//{W}footnoteReference")
        style = element.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        return style, self._shown(element), call.get(f"{W}id") if call is not None else ""

    @staticmethod
    def _shown(element):
        return "".join("\n" if each.tag == f"{W}br" else each.text or "" for each in element.iter(f"{W}t", f"{W}br"))


def lines(text):
    """The text with its lines as a word processor ends them."""
    return re.sub(r"\r\n?", "\n", text)


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


def inline(tokens):
    """The text of inline tokens, and the addresses of their links."""
    children = [child for token in tokens for child in token.children or ()]
    text = "".join(" " if child.type in {"softbreak", "hardbreak"} else child.content for child in children)
    return text, [child.attrs["href"] for child in children if child.type == "link_open"]
