"""HTML: main content, headings, lists, quotes, tables, notes, encodings, facts."""

from __future__ import annotations

import pytest

from ingest.blocks import Emphasis, Shape
from ingest.errors import UnreadableFile
from ingest.readers import html


@pytest.fixture
def read(tmp_path):
    def read(body: str | bytes, name: str = "page.html"):
        path = tmp_path / name
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
        return html.read(path, name)

    return read


def outline(document):
    return [(block.shape.value, block.level, block.marker, block.text) for block in document.blocks]


BODIES = [
    # white space is one blank, inline markup is gone
    ("<p>One\n  <b>two</b>\tthree</p>", [("text", 0, "", "One two three")]),
    ("<h1>A</h1><h3>B <i>c</i></h3>", [("heading", 1, "", "A"), ("heading", 3, "", "B c")]),
    # ordered lists print their numerals, nested lists are deeper
    (
        "<ol type='a' start='3'><li>x<ol type='i'><li>y</li></ol></li><li value='7'>z</li></ol>",
        [("item", 0, "c.", "x"), ("item", 1, "i.", "y"), ("item", 0, "g.", "z")],
    ),
    # what is no number of a list is passed over
    *(
        (
            f"<ol start='{start}'><li>x</li><li value='{start}'>y</li></ol>",
            [("item", 0, "1.", "x"), ("item", 0, "2.", "y")],
        )
        for start in ("9" * 5_000, "--5", "x", "")
    ),
    ("<ul><li><p>x</p><p>more</p></li></ul>", [("item", 0, "•", "x"), ("item", 0, "", "more")]),
    ("<blockquote><p>q</p></blockquote>", [("quote", 0, "", "q")]),
    # one line break is a blank, two part paragraphs
    ("<p>a<br>b<br><br>c</p>", [("text", 0, "", "a b"), ("text", 0, "", "c")]),
    ("<pre>one\ntwo\n\nthree</pre>", [("text", 0, "", "one two"), ("text", 0, "", "three")]),
    ("<p>a</p><hr><p>b</p>", [("text", 0, "", "a"), ("rule", 0, "", "---"), ("text", 0, "", "b")]),
    (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>",
        [("table", 0, "", "A\tB"), ("table", 0, "", "1\t2")],
    ),
    # EUR-Lex lays lists out in tables
    (
        "<table><tr><td>(a)</td><td><p>x</p><table><tr><td>(i)</td><td>y</td></tr></table></td></tr></table>",
        [("item", 0, "(a)", "x"), ("item", 1, "(i)", "y")],
    ),
    # a table that only frames text is no table
    ("<table><tr><td><h2>H</h2><p>t</p></td></tr></table>", [("heading", 2, "", "H"), ("text", 0, "", "t")]),
    # scripts, forms, hidden parts and page furniture outside of the main content
    (
        "<nav>n</nav><script>s</script><form>f</form><p hidden>h</p><aside>a</aside><p>t</p><footer>f</footer>",
        [("text", 0, "", "t")],
    ),
    (
        "<p>head</p><main><header><h1>T</h1></header><p>only this text counts</p></main>",
        [("heading", 1, "", "T"), ("text", 0, "", "only this text counts")],
    ),
    # an empty frame named main does not hide the page
    (
        "<main></main><p>The text stands beside the main element.</p>",
        [("text", 0, "", "The text stands beside the main element.")],
    ),
    # exponents and ordinals are text
    ("<p>10 km<sup>2</sup> on the 1<sup>st</sup></p>", [("text", 0, "", "10 km2 on the 1st")]),
]


@pytest.mark.parametrize(("body", "expected"), BODIES)
def test_blocks(read, body, expected):
    assert outline(read(f"<html><body>{body}</body></html>")) == expected


NOTES = [
    '<p>Word<sup><a href="#fn1">1</a></sup> more.</p><ol><li id="fn1">Body. <a href="#r1">↩</a></li></ol>',
    '<p>Word<a href="#fn1" role="doc-noteref">[1]</a> more.</p><p id="fn1">1. Body.</p>',
    """<p>Word<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup> more.</p>
    <ol><li id="cite_note-1"><a href="#cite_ref-1">^</a> Body.</li></ol>""",
    """<p>Word<a name="_ftnref1" href="#_ftn1"><sup>1</sup></a> more.</p>
    <p><a name="_ftn1" href="#_ftnref1"><sup>[1]</sup></a> Body.</p>""",
    "<p>Word<sup>1</sup> more.</p><p><sup>1</sup> Body.</p>",
]


@pytest.mark.parametrize("body", NOTES)
def test_notes_are_called_and_held(read, body):
    text, note = read(f"<body>{body}</body>").blocks
    assert (text.text, [(call.number, call.at) for call in text.calls]) == ("Word more.", [(1, 4)])
    assert (note.shape, note.marker, note.text) == (Shape.NOTE, "1", "Body.")


def test_notes_outside_main_are_kept(read):
    main = '<main><p>A sentence of the text<sup><a href="#fn1">1</a></sup></p></main>'
    blocks = read(f'{main}<footer><p id="fn1">Body.</p></footer>').blocks
    assert [block.shape for block in blocks] == [Shape.TEXT, Shape.NOTE]


def test_links_to_sections_are_no_notes(read):
    block = read('<body><p>See <a href="#s2">2</a>.</p><p id="s2">Second.</p></body>').blocks[0]
    assert (block.text, block.calls) == ("See 2.", ())


def test_second_paragraph_of_a_note_bears_no_number(read):
    note = '<ol><li id="fn1"><p>One.</p><p>Two.</p></li></ol>'
    blocks = read(f'<p>Word<sup><a href="#fn1">1</a></sup></p>{note}').blocks
    assert [(block.marker, block.text) for block in blocks[1:]] == [("1", "One."), ("", "Two.")]


def test_calls_in_table_cells_keep_their_place(read):
    row = read(
        '<table><tr><td>abc</td><td>word<sup><a href="#fn2">2</a></sup></td></tr></table><p id="fn2">Body.</p>'
    ).blocks[0]
    assert (row.text, row.calls[0].at) == ("abc\tword", 8)


def test_emphasis_of_whole_blocks_only(read):
    blocks = read("<p><b>Whole</b></p><p><i>Whole</i></p><p><b>Part</b> of the text</p>").blocks
    assert [block.emphasis for block in blocks] == [Emphasis.BOLD, Emphasis.ITALIC, Emphasis.NONE]


ENCODINGS = [
    "<meta charset='iso-8859-1'><p>Übereinkommen</p>".encode("latin-1"),
    "<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'><p>Übereinkommen</p>".encode("cp1252"),
    "<p>Übereinkommen</p>".encode("utf-16"),
    b"\xef\xbb\xbf" + "<p>Übereinkommen</p>".encode(),
    # a declaration that lies: the bytes are UTF-8
    "<meta charset='iso-8859-1'><p>Übereinkommen</p>".encode(),
    # an encoding that nobody knows
    "<meta charset='x-none'><p>Übereinkommen</p>".encode(),
]


@pytest.mark.parametrize("data", ENCODINGS)
def test_encodings(read, data):
    assert read(data).blocks[0].text == "Übereinkommen"


def test_facts(read):
    head = (
        "<title>Page | Site</title><meta name='citation_title' content='Title'>"
        "<meta name='citation_author' content='A. One'>"
        "<meta name='citation_author' content='B. Two'><meta name='citation_date' content='2025/03/09'>"
    )
    facts = read(f"<html lang='en-GB'><head>{head}</head><body><p>x</p></body></html>").facts
    assert facts == {"title": "Title", "authors": "A. One; B. Two", "date": "2025-03-09", "language": "en"}


def test_title_element_where_no_better_one_is_stated(read):
    assert read("<html><head><title> A\n b </title></head><body><p>x</p></body></html>").facts == {"title": "A b"}


@pytest.mark.parametrize(
    "body", ["<html><body></body></html>", "<!-- only -->", "<html><body><script>x</script></body></html>"]
)
def test_without_text(read, body):
    with pytest.raises(UnreadableFile, match=r"page\.html: "):
        read(body)


def test_too_large(read, monkeypatch):
    monkeypatch.setattr(html, "MAX_BYTES", 10)
    with pytest.raises(UnreadableFile, match="too large"):
        read("<p>more than ten bytes</p>")


def test_nesting_of_real_pages_is_read(read):
    assert [block.text for block in read("<div>" * 200 + "text" + "</div>" * 200).blocks] == ["text"]


def test_absurd_nesting_is_refused(read):
    with pytest.raises(UnreadableFile, match="has no text"):
        read("<div>" * 5000 + "text" + "</div>" * 5000)
