"""Properties of the text and Markdown readers with the structure stage, on generated documents and on anything."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import BODY_KINDS, PassageKind
from tests.ingest.document_checks import addresses, faults, passages_of, read_or_refuse
from tests.ingest.document_renderers import to_docx, to_html, to_text
from tests.ingest.document_strategies import CI, Layout, damaged, layouts, reports, treaties

#: Characters of a paragraph of three lines.
LONG = 200
marked = st.one_of(reports(), treaties())
unmarked = st.one_of(reports(marked=False), treaties())
#: Three long paragraphs tell that a text is wrapped; three lines do not.
running = unmarked.filter(lambda tree: sum(len(node.text) > LONG for node in tree.bodies) >= 3)


@settings(CI, max_examples=150)
@given(marked, layouts(wrapped=False))
def test_markdown_is_read_as_it_was_written(tree, layout):
    assert faults(tree, passages_of(to_text(tree, layout, marked=True), ".md")) == []


@settings(CI, max_examples=150)
@given(unmarked, layouts(wrapped=False))
def test_plain_text_is_read_as_it_was_written(tree, layout):
    assert faults(tree, passages_of(to_text(tree, layout, marked=False), ".txt")) == []


@settings(CI, max_examples=150)
@given(running, layouts(wrapped=True))
def test_wrapped_text_is_read_as_it_was_written(tree, layout):
    assert faults(tree, passages_of(to_text(tree, layout, marked=False), ".txt")) == []


@settings(CI, max_examples=150)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    read_or_refuse(text.encode("utf-8", "surrogatepass"), ".md")


@settings(CI, max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    read_or_refuse(data, ".txt")


@settings(CI, max_examples=40)
@given(marked)
def test_every_format_gives_the_same_passages(tree):
    layout = Layout()
    first = _texts(passages_of(to_text(tree, layout, marked=True), ".md"))
    assert _texts(passages_of(to_html(tree), ".html")) == first
    assert _texts(passages_of(to_docx(tree), ".docx")) == first


@settings(CI, max_examples=40)
@given(running, layouts(wrapped=True))
def test_how_a_text_is_typed_does_not_matter(tree, layout):
    plain = passages_of(to_text(tree, Layout(), marked=False), ".txt")
    assert _texts(passages_of(to_text(tree, layout, marked=False), ".txt")) == _texts(plain)


def _texts(passages):
    """Labels and texts of the body, and the notes by number: where notes stand is the format's choice."""
    notes = sorted((p.label, p.text) for p in passages if p.kind == PassageKind.FOOTNOTE)
    return notes, [
        (p.label, " ".join(p.text.split())) for p in passages if p.kind in BODY_KINDS and p.kind != PassageKind.FOOTNOTE
    ]


@settings(CI, max_examples=40)
@given(running, layouts(wrapped=True))
def test_reading_twice_gives_the_same(tree, layout):
    data = to_text(tree, layout, marked=False)
    assert passages_of(data, ".txt") == passages_of(data, ".txt")


@settings(CI, max_examples=60)
@given(marked, st.data())
def test_an_edit_elsewhere_keeps_the_ids_of_labelled_passages(tree, data):
    before = _labelled(tree)
    place = data.draw(st.integers(0, len(tree.nodes) - 1))
    node = tree.nodes[place]
    edited = replace(node, text=f"{node.text} Garden.", calls=node.calls)
    after = _labelled(replace(tree, nodes=(*tree.nodes[:place], edited, *tree.nodes[place + 1 :])))
    changed = {identifier for identifier, text in after.items() if "Garden." in text}
    assert before.keys() == after.keys()
    assert all(before[identifier] == after[identifier] for identifier in before.keys() - changed)


def _labelled(tree):
    passages = passages_of(to_text(tree, Layout(), marked=True), ".md")
    return {passage.id: passage.text for passage in passages if passage.label}


@settings(CI, max_examples=60)
@given(marked.map(lambda tree: to_text(tree, Layout(), marked=True)).flatmap(damaged))
def test_a_damaged_text_is_read_or_refused(data):
    read_or_refuse(data, ".txt")


MARKUP = [
    "#",
    "1.",
    "(a)",
    "Article 2",
    "¹",
    "<sup>",
    "[^1]:",
    "---",
    "|",
    "\t",
    "> ",
    "- ",
    "\n",
    "\n\n",
    "\f",
    "*",
    "[1]",
]


@settings(CI, max_examples=200)
@given(st.lists(st.one_of(st.sampled_from(MARKUP), st.text(max_size=8)), max_size=40).map(" ".join))
def test_any_markup_is_read_or_refused_and_ids_are_unique(text):
    for suffix in (".md", ".txt"):
        assert list(addresses(read_or_refuse(text.encode("utf-8", "surrogatepass"), suffix))) == []
