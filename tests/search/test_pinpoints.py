"""Citations of passages typed in the box: what they say, and which passages of the library they mean."""

import pytest

from search.names import NO_NAMES, library_names
from search.pinpoints import MAX_OFFERED, offered, pinpoint


@pytest.mark.parametrize(
    ("text", "path", "title"),
    [
        ("para 10 of the Salvador report", "para-10", "Salvador report"),
        ("Salvador report para 10", "para-10", "Salvador report"),
        ("Salvador report, para. 10", "para-10", "Salvador report"),
        ("the harbour report at paragraph 10", "para-10", "the harbour report"),
        ("paragraph 10 in “Harbour report”", "para-10", "Harbour report"),
        ("¶ 10 Harbour report", "para-10", "Harbour report"),
        ("art 16(2) of the Model Law", "art-16-2", "Model Law"),
        ("Article 16 (2)(a) Model Law", "art-16-2-a", "Model Law"),
        ("Model Law art. 16(2)(A)", "art-16-2-a", "Model Law"),
        ("fn 21 lecture", "fn-21", "lecture"),
        ("lecture fn21", "fn-21", "lecture"),
        ("footnote 21 of lecture 27", "fn-21", "lecture 27"),
        ("lecture 27 note 21", "fn-21", "lecture 27"),
        ("rec 1.9 of the study", "rec-1.9", "study"),
        ("Harbour Act s 5", "s-5", "Harbour Act"),
        ("Harbour Act § 5", "s-5", "Harbour Act"),
        ("art 1 comment 2 Model Law", "art-1/comment-2", "Model Law"),
        ("appendix 1 art 16(2) of the Model Law", "appendix-1/art-16-2", "Model Law"),
        ("Model Law, annex II, para 3", "annex-ii/para-3", "Model Law"),
        ("para 3 of the annex of the Model Law", "annex/para-3", "Model Law"),
        ("Budapest Convention art 32(b)", "art-32-b", "Budapest Convention"),
        ("preambular para 4 of the Harbour Treaty", "preambular-4", "Harbour Treaty"),
    ],
)
def test_read(text, path, title):
    found = pinpoint(text)
    assert (found.locator.path, found.title) == (path, title)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "para 10",  # of which document?
        "art 16 of the",
        "Salvador report",
        "report 10",  # a number without its unit
        "harpara 10 report",
        "the party 10 of the report",
        "para ten of the report",
        "art 99999 of the report",
        "para 10 " + "word " * 200,
    ],
)
def test_no_citation_of_a_passage(text):
    assert pinpoint(text) is None


TITLES = {
    "harbours-2010": "Report of the Committee on Harbours",
    "lecture-27-harbours": "Harbours at Night",
    "cets-185": "Convention on Cybercrime (Budapest, 2001)",
    "cets-185-report": "Convention on Cybercrime: Explanatory Report",
    "model-law": "A Model Law for Harbours",
}
DESCRIBED = TITLES | {"harbours-2010": "Report of the Committee on Harbours report Twelfth Conference Salvador, Brazil"}
PASSAGES = (
    *("harbours-2010/para-10", "harbours-2010/para-100", "lecture-27-harbours/fn-21", "lecture-27-harbours/p-1"),
    *("cets-185/art-32-a", "cets-185/art-32-b", "cets-185/art-35-1", "cets-185-report/para-32", "cets-185/art-5"),
    *("model-law/appendix-1/art-16-2", "model-law/art-1/comment-1", "model-law/art-1"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("para 10 of the harbour report", ["harbours-2010/para-10"]),  # words by their stems, in any order
        ("para 10 of the Salvador report", ["harbours-2010/para-10"]),  # words of whatever is known of the document
        ("para 10 of the 2010 report", ["harbours-2010/para-10"]),  # words of the id count
        ("para 10 of the night report", []),
        ("para 11 of the harbour report", []),
        ("lecture fn 21", ["lecture-27-harbours/fn-21"]),
        # an instrument by any of its names, if the library holds it
        ("Budapest Convention art 32(b)", ["cets-185/art-32-b"]),
        ("art 32(b) CETS 185", ["cets-185/art-32-b"]),
        ("Convention on Cybercrime art 5", ["cets-185/art-5"]),
        ("Palermo Convention art 5", []),
        # a place that is no passage: the one around it, else those within
        ("Budapest Convention art 5(1)(a)", ["cets-185/art-5"]),
        ("Budapest Convention art 32", ["cets-185/art-32-a", "cets-185/art-32-b"]),
        ("Budapest Convention art 3", []),
        # divisions may be left out
        ("Model Law art 16(2)", ["model-law/appendix-1/art-16-2"]),
        ("Model Law appendix 1 art 16(2)", ["model-law/appendix-1/art-16-2"]),
        ("Model Law appendix 2 art 16(2)", []),
        ("Model Law art 1 comment 1", ["model-law/art-1/comment-1"]),
    ],
)
def test_offered(text, expected):
    assert list(offered(pinpoint(text), TITLES, DESCRIBED, PASSAGES, library_names())) == expected


def test_without_names_only_titles_tell():
    assert offered(pinpoint("Budapest Convention art 5"), TITLES, DESCRIBED, PASSAGES, NO_NAMES) == ("cets-185/art-5",)
    treaty = {"treaty": "Convention on Cybercrime"}
    assert offered(pinpoint("CETS 185 art 5"), treaty, treaty, ["treaty/art-5"]) == ()


def test_few_are_offered():
    titles = {f"report-{number}": "Report" for number in range(20)}
    assert len(offered(pinpoint("report para 1"), titles, titles, [f"{name}/para-1" for name in titles])) == MAX_OFFERED
