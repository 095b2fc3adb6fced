"""Markdown, HTML and Word: passages to read, under the titles of their documents."""

import io
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from corpus.export import export
from corpus.model import Document, DocumentKind, Passage, PassageKind

FIRST = Document(id="one", title="Duties & <Rights>", kind=DocumentKind.TREATY, authors=("Ada Verso",), date="2009")
SECOND = Document(id="two", title="Talk", kind=DocumentKind.SPEECH, language="fr")
HOSTILE = '<script>alert("x")</script> *not bold* [no](link) & `code`\n# no heading\n1. no list\n- none\x00'


def passage(document, locator, text="Text.", **facts):
    return Passage(f"{document.id}/{locator}", document.id, 1, PassageKind.PARAGRAPH, text, **facts)


PAIRS = [
    (FIRST, passage(FIRST, "art-1", HOSTILE)),
    (FIRST, passage(FIRST, "p-2", page=(4, 4))),
    (SECOND, passage(SECOND, "p-1")),
    (FIRST, passage(FIRST, "fn-2")),
]


def exported(form, **options):
    stream = io.BytesIO()
    export(form, PAIRS, stream, **options)
    return stream.getvalue()


class Tree(HTMLParser):
    """Tags in order, their attributes, and the text of each kind of element."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.open, self.links, self.texts = [], [], [], {}
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in {"meta", "br", "hr"}:
            self.open.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"}]

    def handle_startendtag(self, tag, attrs):  # noqa: ARG002  # the parser hands them over
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)


def test_markdown_prints_what_the_passages_hold():
    page = MarkdownIt().render(exported("markdown").decode())
    tree = Tree(page)
    # nothing in a passage has become markup
    assert not {"script", "em", "code", "a", "li"} & set(tree.tags)
    assert tree.texts["h2"] == ["Duties & <Rights>", "Talk", "Duties & <Rights>"]
    assert tree.texts["strong"] == ["art 1", "p 4", "fn 2"]
    assert "*not bold*" in page
    assert "# no heading" in page
    assert "1. no list" in page


def test_markdown_cites_and_links():
    made = exported("markdown", base_url="https://pincite.example").decode()
    assert "Ada Verso, Duties \\& \\<Rights\\> (2009) art 1" in made
    assert "https://pincite.example/passages/one/art-1" in Tree(MarkdownIt().render(made)).links


def test_html_is_one_page_that_needs_nothing_else():
    tree = Tree(exported("html").decode())
    assert not tree.open
    assert "script" not in tree.tags
    assert tree.links == []
    assert tree.texts["h2"] == ["Duties & <Rights>", "Talk", "Duties & <Rights>"]
    assert tree.texts["h3"] == ["art 1", "p 4", "fn 2"]
    assert "".join(tree.texts["blockquote"]).startswith(HOSTILE.rstrip("\x00"))
    assert tree.texts["i"] == ["Duties & <Rights>"] * 3


def test_html_links_to_the_library_where_it_is_public():
    tree = Tree(exported("html", base_url="https://pincite.example/").decode())
    assert tree.links[0] == "https://pincite.example/passages/one/art-1"


def test_html_tells_the_language_of_a_passage():
    assert '<blockquote lang="fr">' in exported("html").decode()


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_texts_hold_no_control_characters(form):
    assert b"\x00" not in exported(form)


def test_markdown_takes_no_indented_line_for_code():
    stream = io.BytesIO()
    export("markdown", [(FIRST, passage(FIRST, "art-1", "     far *in*\n\tfurther"))], stream)
    page = MarkdownIt().render(stream.getvalue().decode())
    assert "<code>" not in page
    assert "far *in*" in page
