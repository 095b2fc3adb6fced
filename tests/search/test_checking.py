"""Check my footnotes: citations and quotations of many shapes held against the sample collection."""

from collections import Counter

import pytest

from corpus.citation import STYLES, cite
from corpus.model import PassageKind
from corpus.store import Store
from ingest.pipeline import ingest
from search import checking
from search.checking import CheckError, Reason, Verdict, check
from search.engines import open_engine
from search.indexer import sync
from tests.search.checking_cases import CASES

#: Least precision and recall of each verdict over the cases, as measured: all of them are judged rightly.
FLOORS = dict.fromkeys(Verdict, (1.0, 1.0))


@pytest.fixture(scope="module")
def sample(tmp_path_factory, sample_folder):
    """The sample collection, ingested and indexed."""
    folder = tmp_path_factory.mktemp("sample")
    store, engine = Store.open(folder), open_engine("whoosh", folder)
    assert ingest([sample_folder], store, jobs=1, model=False).failed == ()
    sync(store, engine)
    yield store, engine
    engine.close()
    store.close()


def judged(sample, text):
    """The findings as (verdict, passage or document)."""
    return [(each.verdict.value, each.passage_id or each.document_id) for each in check(text, *sample).findings]


@pytest.mark.parametrize(("shape", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_each_shape_is_judged(sample, shape, text, expected):
    assert judged(sample, text) == expected, shape


def test_precision_and_recall_of_every_verdict(sample):
    """One text of all cases would let notes run into each other, so each is checked alone and the counts are added."""
    right, given, wanted = Counter(), Counter(), Counter()
    for _, text, expected in CASES:
        found = judged(sample, text)
        right.update(verdict for verdict, _ in (Counter(found) & Counter(expected)).elements())
        given.update(verdict for verdict, _ in found)
        wanted.update(verdict for verdict, _ in expected)
    table = {
        verdict: (right[verdict] / max(given[verdict], 1), right[verdict] / wanted[verdict]) for verdict in Verdict
    }
    assert sum(wanted.values()) >= 40
    assert all(table[verdict] >= floor for verdict, floor in FLOORS.items())


def test_the_difference_is_shown_word_by_word(sample):
    text = "“The obstacle was a custom, not law” (MCTC/WG.2/2025/4, para 11)."
    [finding] = check(text, *sample).findings
    [change] = finding.changes
    assert (change.written, change.source) == ("a custom", "habit")
    assert text[change.start : change.end] == "a custom"
    assert text[slice(*finding.quotation)] == "The obstacle was a custom, not law"
    assert text[slice(*finding.citation)] == "MCTC/WG.2/2025/4, para 11"
    assert 75 < finding.score < 100


def test_words_left_out_have_a_place_of_their_own(sample):
    text = "“The obstacle was habit, law” (MCTC/WG.2/2025/4, para 11)."
    [change] = check(text, *sample).findings[0].changes
    assert (change.written, change.source) == ("", "not")
    assert text[change.start :].startswith("law")


def test_a_note_is_found_behind_all_the_body_text_that_shares_its_words(sample):
    store, _ = sample
    kept = (store.passages(document.id) for document in store.documents())
    notes = [each for passages in kept for each in passages if each.kind == PassageKind.FOOTNOTE]
    long = {note.id: words for note in notes if len(words := note.text.replace("“", "").replace("”", "").split()) >= 16}
    assert len(long) >= 10
    for name, words in long.items():
        quoted = " ".join([*words[2:8], "zebra", *words[9:15]])
        assert ("quotation_differs", name) in judged(sample, f"It says: “{quoted}”."), quoted


def test_a_paper_with_notes_is_judged_note_by_note(sample):
    text = """The history is soon told. “Recommendations came first, resolutions second, treaties third.”[^1] A
contact point “that answered within the hour” is worth much,[^2] and “until the contrary is shown” the passenger is
protected.[^3]

[^1]: Octavia Codicil, ‘Who Writes the Law of Cybercrime?’ (2025).
[^2]: MCTC/WG.2/2025/4, para 10; see also Jane Smith, Harbour Law (CUP 2018) 45.
[^3]: MCHS/31/12, para 6.
"""
    found = check(text, *sample)
    assert [each.verdict.value for each in found.findings] == ["found", "found", "wrong_pinpoint", "not_in_library"]
    assert found.counts[Verdict.FOUND] == 2
    [wrong] = [each for each in found.findings if each.verdict is Verdict.WRONG_PINPOINT]
    assert (wrong.reason, wrong.passage_id) == (Reason.OTHER_PLACE, "model-council-trafficking-at-sea-2025/para-5")


@pytest.mark.parametrize("style", STYLES)
def test_citations_that_pincite_prints_are_found(sample, style):
    """Whatever is copied from a page and comes back in a paper leads to its passage."""
    store, engine = sample
    for document in store.documents():
        labelled = [passage for passage in store.passages(document.id) if passage.is_body and passage.label]
        for passage in labelled[:: max(len(labelled) // 4, 1)]:
            note = f"1. {cite(document, passage, style)}"
            findings = check(note, store, engine).findings
            assert {each.verdict for each in findings} == {Verdict.FOUND}, note
            assert passage.id in {each.passage_id for each in findings}, note


def test_what_cannot_be_checked_is_refused(sample):
    with pytest.raises(CheckError, match="no text"):
        check(" \n", *sample)
    with pytest.raises(CheckError, match="200,001 characters; at most 200,000"):
        check("a" * (checking.MAX_TEXT + 1), *sample)


@pytest.mark.parametrize(("limit", "value"), [("MAX_JUDGED", 2), ("MAX_SECONDS", -1.0)])
def test_the_rest_of_a_long_text_is_counted(sample, monkeypatch, limit, value):
    monkeypatch.setattr(f"search.checking.checking.{limit}", value)
    text = "\n".join(f"{number}. MCTC/WG.2/2025/4, para {number}." for number in range(1, 6))
    report = check(text, *sample)
    assert len(report.findings) + report.unchecked == 5
    assert report.unchecked == (3 if limit == "MAX_JUDGED" else 5)


def test_an_empty_library_holds_nothing(tmp_path):
    store, engine = Store.open(tmp_path), open_engine("whoosh", tmp_path)
    text = "“The obstacle was habit, not law” (MCTC/WG.2/2025/4, para 11). Codicil (2025) agrees."
    assert {each.verdict for each in check(text, store, engine).findings} == {Verdict.NOT_IN_LIBRARY}
    engine.close()
    store.close()
