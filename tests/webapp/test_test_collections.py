"""Standard test collections: their files, their questions, and figures that can be worked out by hand."""

import json
from math import log2

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import PinciteError
from search.parser import parse
from search.query import And, Word
from webapp.cli import main
from webapp.evaluation_collections import question, read_collection, score_collection

DOCUMENTS = {
    "D1": ("Ferries", "The harbour master counts the ferries of the winter season."),
    "D2": ("", "A lighthouse keeper counts ships."),
    "D3": ("Harbour police", "Nobody at sea is harmed by the patrol."),
    "D4": ("Granite", "Stone is quarried inland."),
}
QUERIES = {"1": "Which harbour police patrols?", "2": "granite, stone (quarried) AND inland!", "3": "unjudged words"}
#: What means something in the query box.
SIGNS = ["AND", "or", "NOT", "-a", '"', "(", ")", "w/3", "title:x", "b*", "c~2", "harbour"]
BEIR = "query-id\tcorpus-id\tscore\n1\tD3\t2\n1\tD1\t1\n2\tD4\t1\n"


def write(folder, qrels=BEIR, place="qrels/test.tsv", documents=DOCUMENTS, queries=QUERIES):
    corpus = [{"_id": name, "title": title, "text": text} for name, (title, text) in documents.items()]
    questions = [{"_id": name, "text": text} for name, text in queries.items()]
    for name, rows in (("corpus.jsonl", corpus), ("queries.jsonl", questions)):
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / place).parent.mkdir(exist_ok=True)
    (folder / place).write_text(qrels)
    return folder


class TestReading:
    def test_only_judged_queries_are_asked(self, tmp_path):
        held = read_collection(write(tmp_path))
        assert (held.documents, set(held.queries)) == (DOCUMENTS, {"1", "2"})
        assert held.judgments == {"1": {"D3": 2, "D1": 1}, "2": {"D4": 1}}

    @pytest.mark.parametrize("place", ["qrels/test.txt", "qrels.tsv", "qrels.txt"])
    def test_judgments_in_the_form_of_trec(self, tmp_path, place):
        held = read_collection(write(tmp_path, "1 0 D3 2\n1 Q0 D4 0\n2 0 D4 0\n", place))
        assert held.judgments == {"1": {"D3": 2, "D4": 0}}  # nothing is relevant to query 2

    def test_titles_may_be_absent(self, tmp_path):
        write(tmp_path)
        (tmp_path / "corpus.jsonl").write_text('{"_id": 7, "text": "x"}\n')
        assert read_collection(tmp_path).documents == {"7": ("", "x")}

    @pytest.mark.parametrize(
        "qrels", ["query-id\tcorpus-id\tscore\n1 D1 x\n", "1 D1 1\n1 D1\n", "1 D1 1\n1 0 D1 1 1\n"]
    )
    def test_a_faulty_judgment_is_named(self, tmp_path, qrels):
        with pytest.raises(PinciteError, match=r"test\.tsv, line 2"):
            read_collection(write(tmp_path, qrels))

    @pytest.mark.parametrize("line", ["{", "[]", '{"_id": "x"}'])
    def test_a_faulty_document_is_named(self, tmp_path, line):
        write(tmp_path)
        (tmp_path / "corpus.jsonl").write_text(f'{{"_id": "1", "text": ""}}\n{line}\n')
        with pytest.raises(PinciteError, match=r"corpus\.jsonl, line 2"):
            read_collection(tmp_path)

    @pytest.mark.parametrize("gone", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
    def test_a_file_that_is_absent_is_named(self, tmp_path, gone):
        (write(tmp_path) / gone).unlink()
        with pytest.raises(PinciteError, match=gone):
            read_collection(tmp_path)

    def test_judgments_of_other_queries_are_no_collection(self, tmp_path):
        with pytest.raises(PinciteError, match="no query has a relevant document"):
            read_collection(write(tmp_path, "9 0 D1 1\n"))


class TestQuestions:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("What is information science?  Give definitions.", "What is information science Give definitions"),
            ('"open (bracket AND -minus year:2001', "open bracket and minus year 2001"),
            ("high-speed flow* w/5 ratio~", "high speed flow w 5 ratio"),
            ("?!", ""),
        ],
    )
    def test_only_words_are_left(self, text, expected):
        assert question(text) == expected

    @given(st.text(max_size=60) | st.lists(st.sampled_from(SIGNS)).map(" ".join))
    def test_no_text_has_syntax(self, text):
        tree = parse(question(text))
        parts = tree.parts if isinstance(tree, And) else [tree] if tree else []
        assert all(isinstance(part, Word) for part in parts)


class TestFigures:
    def scored(self, folder, **files):
        return {
            each.measure: each.figure for each in score_collection(read_collection(write(folder, **files)), "whoosh")
        }

    def test_relevant_documents_first_reach_everything(self, tmp_path):
        found = self.scored(tmp_path, qrels="1 0 D3 1\n2 0 D4 1\n")
        assert found == {"ndcg@10": 1.0, "map": 1.0, "mrr": 1.0, "p@5": pytest.approx(0.2), "recall@100": 1.0}

    def test_gains_are_the_grades_themselves(self, tmp_path):
        """As in `trec_eval` and BEIR: found D3 with 1 before D1 with 2; the best order has them the other way round."""
        queries = {"1": "harbour police"}
        found = self.scored(tmp_path, qrels="1 0 D3 1\n1 0 D1 2\n", queries=queries)
        assert found["recall@100"] in {0.5, 1.0}
        gained = 1 + 2 / log2(3) if found["recall@100"] == 1.0 else 1
        assert found["ndcg@10"] == pytest.approx(gained / (2 + 1 / log2(3)))

    def test_what_was_not_found_counts(self, tmp_path):
        assert self.scored(tmp_path, qrels="1 0 D2 1\n")["mrr"] == 0.0

    def test_a_query_that_is_a_document_does_not_find_itself(self, tmp_path):
        text = DOCUMENTS["D2"][1]
        documents = {"Q": ("", text), **DOCUMENTS}
        assert self.scored(tmp_path, qrels="Q 0 D2 1\n", documents=documents, queries={"Q": text})["mrr"] == 1.0
        # the same name by chance is another matter
        assert self.scored(tmp_path, qrels="D2 0 D2 1\n", queries={"D2": "lighthouse keeper"})["mrr"] == 1.0

    def test_the_command_prints_them(self, tmp_path):
        result = CliRunner().invoke(main, ["evaluate", "--collection", str(write(tmp_path)), "--engine", "whoosh"])
        assert result.exit_code == 0, result.output
        row = next(line for line in result.stdout.splitlines() if "mrr" in line)
        assert row.split() == ["mrr", "1.0000", "2"]
