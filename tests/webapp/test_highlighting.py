from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from corpus.model import Annotation, AnnotationType, Found, NoteCall
from search.highlight import highlights
from search.names import library_names
from search.parser import parse
from search.postings import Stored
from webapp.highlighting import Call, Mark, calls_for, marks_for, merged, render, settled

TEXT = "The <Council> of Europe & INTERPOL"


def mark(start, end, css="organisation", url="/o"):
    return Mark(start, end, css, "title", url)


@pytest.mark.parametrize(
    ("hits", "expected"),
    [
        # nothing found: the text is escaped and otherwise itself
        ([], "The &lt;Council&gt; of Europe &amp; INTERPOL"),
        # markup in the text stays text inside a hit
        ([(4, 13)], "The <mark>&lt;Council&gt;</mark> of Europe &amp; INTERPOL"),
        # overlapping and touching hits are one mark
        ([(4, 9), (8, 13)], "The <mark>&lt;Council&gt;</mark> of Europe &amp; INTERPOL"),
        # an empty hit marks nothing
        ([(4, 4)], "The &lt;Council&gt; of Europe &amp; INTERPOL"),
        # the ends of the text
        ([(0, 3), (26, 34)], "<mark>The</mark> &lt;Council&gt; of Europe &amp; <mark>INTERPOL</mark>"),
    ],
)
def test_hits_are_marked_and_everything_is_escaped(hits, expected):
    assert render(TEXT, hits=hits) == expected


def test_names_are_links_and_hits_nest_inside_them():
    shown = render("ask INTERPOL today", hits=[(0, 7)], marks=[mark(4, 12)])
    assert shown == (
        '<mark>ask </mark><a class="name organisation" href="/o" title="title"><mark>INT</mark>ERPOL</a> today'
    )


def test_a_name_without_an_address_is_no_link():
    assert render("in Jordan", marks=[mark(3, 9, "country", "")]) == (
        'in <span class="name country" title="title">Jordan</span>'
    )


def test_titles_and_addresses_of_names_are_escaped():
    shown = render("x", marks=[Mark(0, 1, "organisation", 'a "b" <c>', "/?q=a&b")])
    assert "<c>" not in shown
    assert 'href="/?q=a&amp;b"' in shown
    assert "&#34;b&#34;" in shown


def test_of_overlapping_names_the_earlier_and_longer_stays():
    marks = [mark(5, 9), mark(0, 7), mark(0, 3), mark(7, 9)]
    assert [(each.start, each.end) for each in settled(marks)] == [(0, 7), (7, 9)]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (0, "{call}ask <a>INTERPOL</a> now"),
        (3, "ask{call} <a>INTERPOL</a> now"),
        # at the first letter of a name: in front of it, because it closes what stands before
        (4, "ask {call}<a>INTERPOL</a> now"),
        # inside a name: behind it, because a link cannot hold a link
        (7, "ask <a>INTERPOL</a>{call} now"),
        (12, "ask <a>INTERPOL</a>{call} now"),
        (16, "ask <a>INTERPOL</a> now{call}"),
    ],
)
def test_a_note_call_stands_once_at_its_place(at, expected):
    call = Call(at, 3, "#fn-3")
    shown = render("ask INTERPOL now", marks=[mark(4, 12)], calls=[call])
    plain = shown.replace(' class="name organisation" href="/o" title="title"', "")
    assert plain == expected.format(call=call.markup)


def test_calls_get_their_addresses():
    assert calls_for([NoteCall(2, 10)], lambda number: f"#fn-{number}") == (Call(10, 2, "#fn-2"),)


def test_sub_items_stand_on_lines_of_their_own_and_hits_keep_their_places():
    text = "Evidence if:\n(a) a judge;\n(b) nobody."
    shown = html.fromstring(f"<p>{render(text, hits=[(19, 24)])}</p>")
    assert [(line.get("class"), line.text_content()) for line in shown.xpath("span")] == [
        ("line", "Evidence if:"),
        ("line depth-1", "(a) a judge;"),
        ("line depth-1", "(b) nobody."),
    ]
    assert shown.xpath("//mark/text()") == ["judge"]


def test_tables_have_rows_and_cells():
    table = render("Name\tYear\nTreaty\t2001", hits=[(17, 21)])
    shown = html.fromstring(f"<p>{table}</p>")
    rows = [[cell.text_content() for cell in row.xpath("span")] for row in shown.xpath("span[@role='row']")]
    assert rows == [["Name", "Year"], ["Treaty", "2001"]]
    assert shown.xpath("//mark/text()") == ["2001"]


def test_parts_of_a_text_are_rendered_with_the_spans_of_the_whole():
    assert render("alpha beta gamma", hits=[(3, 8)], within=(6, 16)) == "<mark>be</mark>ta gamma"


def test_dates_and_names_inside_names_are_not_marked():
    annotations = [
        Annotation(0, 4, AnnotationType.ORGANISATION, "United Nations", Found.GAZETTEER, "part"),
        Annotation(5, 9, AnnotationType.DATE, "2001-01", Found.PATTERN),
        Annotation(10, 14, AnnotationType.PROVISION, "Treaty", Found.PATTERN, "", "2-9"),
    ]
    marks = marks_for(annotations, lambda ann: f"/{ann.value}")
    assert [(each.css, each.title, each.url) for each in marks] == [
        ("provision", "Provision: Treaty, art 2-9", "/Treaty"),
    ]


def test_words_that_point_back_say_where_and_hide_the_instrument_that_they_mean():
    text = "Ibid. and supra note 9."
    annotations = [
        Annotation(0, 5, AnnotationType.INSTRUMENT, "Treaty", Found.REFERENCE, "treaty"),
        Annotation(0, 5, AnnotationType.NOTE, "fn-11", Found.REFERENCE, "ibid"),
        Annotation(10, 22, AnnotationType.NOTE, "", Found.REFERENCE, "supra"),
    ]
    marks = marks_for(annotations, lambda ann: f"#{ann.value}" if ann.value else "")
    shown = html.fromstring(f"<p>{render(text, marks=marks)}</p>")
    assert shown.text_content() == "Ibid. → fn 11 and supra note 9 → unresolved."
    assert shown.xpath("//a[@class='name pointer']/@href") == ["#fn-11"]
    assert shown.xpath("//span[@class='name pointer']/@title") == ["Points back to a note that could not be told"]


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted).map(tuple), max_size=6)


@given(
    text=st.text(alphabet="ab <>&\"'\n\t(é", min_size=0, max_size=40),
    hits=SPANS,
    names=SPANS,
    calls=st.lists(st.integers(0, 40), max_size=3, unique=True),
)
def test_no_character_is_lost_or_doubled_whatever_is_marked(text, hits, names, calls):
    calls = [Call(at, 7, "#n") for at in calls if at <= len(text)]
    shown = render(text, hits=hits, marks=[mark(*span) for span in names], calls=calls)
    tree = html.fromstring(f"<p>{shown}</p>")
    found = tree.xpath("//sup")
    assert len(found) == len(calls)
    for sup in found:
        sup.getparent().replace(sup, _tail(sup))
    assert tree.text_content() == text.replace("\n", "").replace("\t", "")


@given(text=st.text(alphabet="ab <>&\"'é", max_size=40), hits=SPANS, names=SPANS)
def test_marks_lie_inside_names_or_outside_and_cover_the_hits(text, hits, names):
    marks = settled([mark(start, min(end, len(text))) for start, end in names if start < len(text)])
    hits = [(start, min(end, len(text))) for start, end in hits if start < len(text)]
    tree = html.fromstring(f"<p>{render(text, hits=hits, marks=marks)}</p>")
    assert [name.text_content() for name in tree.xpath("//a")] == [text[each.start : each.end] for each in marks]
    assert not tree.xpath("//mark//* | //a//a")
    edges = {edge for each in marks for edge in (each.start, each.end)}
    cut = [
        text[start:end]
        for hit in merged(hits)
        for start, end in pairwise(sorted({*hit, *(edge for edge in edges if hit[0] < edge < hit[1])}))
    ]
    assert [each.text_content() for each in tree.xpath("//mark")] == cut


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        # every word of a phrase as one, whatever stands between is no hit
        ('"mutual legal assistance"', ["mutual legal assistance"]),
        ("assist*", ["assistance", "assisted"]),
        ("asistance~", ["assistance"]),
        ("assistance", ["assistance", "assisted"]),
        ('"legal mutual"~3', ["mutual", "legal"]),
        ("Council of Europe", ["Council of Europe"]),
        ("harbour -assistance", ["harbour"]),
    ],
)
def test_what_a_query_marks_is_marked_on_the_page(query, marked):
    text = "Mutual aid is no mutual legal assistance; the Council of Europe assisted a harbour."
    at = text.index("Council")
    tags = ((at, at + len("Council of Europe"), "organisation", "Council of Europe"),)
    spans = highlights(parse(query, library_names()), Stored(text, tags))
    name = mark(at, at + len("Council of Europe"))
    shown = html.fromstring(f"<p>{render(text, hits=spans, marks=[name])}</p>")
    assert [each.text_content() for each in shown.xpath("//mark")] == marked
    assert shown.xpath("string(//a)") == "Council of Europe"
    assert shown.text_content() == text


def _tail(element):
    replacement = html.Element("span")
    replacement.tail = element.tail
    return replacement


def test_merging_keeps_order():
    assert merged([(5, 6), (1, 3), (3, 4), (9, 9)]) == ((1, 4), (5, 6))
