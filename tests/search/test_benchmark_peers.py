"""The benchmark of search compares the same answers over a collection that is what it says."""

from dataclasses import replace

import pytest

from search.analysis import fold, stem, stems, words
from search.names import library_names
from search.parser import parse
from tests.benchmarks.searching.building import bare_tantivy, bare_whoosh
from tests.benchmarks.searching.collection import CHUNK, PASSAGES, collection
from tests.benchmarks.searching.measure import Timing, agreed, measure
from tests.benchmarks.searching.mix import Question, mix
from tests.benchmarks.searching.peers import PEERS, absent
from tests.benchmarks.searching.report import growth, keep, put, table
from tests.benchmarks.searching.vocabulary import WORDS, vocabulary

SIZE = 250
#: Plain Whoosh is left out: it takes half of the time of all.
QUICK = [name for name in PEERS if name != "whoosh-plain" and not absent(name)]


@pytest.fixture(scope="module")
def peers(tmp_path_factory):
    opened = []
    documents = list(collection(SIZE))
    for name in QUICK:
        folder = tmp_path_factory.mktemp(name)
        peer = PEERS[name]()
        peer.build(folder, documents)
        peer.open(folder)
        opened.append(peer)
    yield opened
    for peer in opened:
        peer.close()


def test_words_are_their_own_stems_and_no_names():
    asked = [word for question in mix() for word in (*question.words, *question.phrase)]
    for word in (*vocabulary()[:500], *vocabulary()[::997], *asked):
        assert stem(fold(word)) == word
        assert words(word) == (word,)
        assert [found.text for found in stems(word)] == [word]
    assert not any(library_names().organisation(word) for word in asked)
    assert len(set(vocabulary())) == WORDS


def test_a_smaller_collection_is_the_beginning_of_a_larger_one():
    larger = list(collection(CHUNK + PASSAGES))
    smaller = list(collection(SIZE))
    assert sum(len(passages) for _, passages in larger) == CHUNK + PASSAGES
    assert smaller[:2] == larger[:2]
    assert smaller[2] == (larger[2][0], larger[2][1][:50])
    assert larger[0][1][0].text != larger[-1][1][0].text


@pytest.mark.parametrize("question", mix(), ids=lambda question: question.name)
def test_all_peers_give_the_same_answer(peers, question):
    assert parse(question.text, library_names()) or question.filters
    agreed(peers, question)


def test_peers_that_differ_end_the_run(peers):
    class Wrong:
        name = "wrong"

        def ask(self, question, shown):
            return peers[0].ask(replace(question, words=()), shown)

        def read(self, answer):
            return peers[0].read(answer)

    with pytest.raises(ValueError, match="medium word: .* and wrong differ in the total"):
        agreed([peers[0], Wrong()], mix()[1])


def test_times_become_tables_that_replace_older_ones(peers, tmp_path):
    questions = (Question("one", (mix()[0].words)), Question("none", ("notaword",)))
    measured = list(measure(peers, questions, rounds=1, budget=0.1))
    names = [peer.name for peer in peers]
    assert [each.question for each in measured] == ["one", "none"]
    assert measured[1].total == 0
    assert all(isinstance(timing, Timing) and timing.warm > 0 for timing in measured[0].timings.values())
    assert f"| one | {measured[0].total} |" in table(measured, names)
    keep(tmp_path / "kept.json", 100, measured)
    assert "| one | whoosh |" in growth(keep(tmp_path / "kept.json", SIZE, measured))
    results = tmp_path / "results.md"
    results.write_text("# Results\n\n## Old\n\nkept\n", encoding="utf-8")
    for body in ("first", "second"):
        put(results, "New", body)
    assert results.read_text(encoding="utf-8") == "# Results\n\n## Old\n\nkept\n\n## New\n\nsecond\n"


@pytest.mark.parametrize("build", [bare_whoosh, bare_tantivy])
def test_bare_writers_write_an_index(build, tmp_path):
    build(tmp_path, collection(20))
    assert any(tmp_path.iterdir())
