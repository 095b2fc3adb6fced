"""Properties of the HTML reader with the structure stage, on generated pages and on anything that looks like one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.document_checks import faults, passages_of, read_or_refuse
from tests.ingest.document_renderers import to_html
from tests.ingest.document_strategies import CI, damaged, reports, treaties

documents = st.one_of(reports(), treaties())
_NAMES = (
    "p div span h1 h2 h3 ul ol li table tr td sup a b i br hr blockquote pre script style nav main !-- "
    "/p /div /ul /table"
)
TAGS = _NAMES.split()
soup = st.lists(
    st.one_of(
        st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
        st.sampled_from(
            ['<a href="#fn1">', '<p id="fn1">', "&amp;", "&#xD800;", "&#0;", "<![CDATA[", "]]>", "<!--", "-->"]
        ),
        st.text(max_size=20),
    ),
    max_size=40,
).map("".join)


@settings(CI, max_examples=80)
@given(documents)
def test_a_page_is_read_as_it_was_written(tree):
    assert faults(tree, passages_of(to_html(tree), ".html")) == []


@settings(CI, max_examples=60)
@given(documents.map(to_html).flatmap(damaged))
def test_a_damaged_page_is_read_or_refused(data):
    read_or_refuse(data, ".html")


@settings(CI, max_examples=200)
@given(soup)
def test_any_tags_are_read_or_refused(text):
    read_or_refuse(f"<html>{text}".encode("utf-8", "surrogatepass"), ".html")
