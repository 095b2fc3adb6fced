"""Judged requests and written forms: figures as the rules' own script has them, and what is asked of the library."""

import json
import random
from dataclasses import replace
from types import SimpleNamespace

import pytest

from corpus.errors import PinciteError
from search.engines import open_engine
from search.query import Filters, YearRange
from tests.factories import document, library, passage
from webapp.evaluation_forms import score_forms
from webapp.evaluation_measures import Figure, measured
from webapp.evaluation_requests import MEASURES, Rules, query_of, read_requests, score_requests

#: A script of rules that takes a hit for a judged passage if it holds the whole of one of its lines.
SCRIPT = """
def source_lines(requests, sources):
    names = {judged["doc"] for request in requests for judged in request["relevant"]}
    return {name: (sources / name).read_text().split("\\n") for name in names}

def grade(hit, request, lines, used):
    for place, judged in enumerate(request["relevant"]):
        if place not in used and any(lines[judged["doc"]][number - 1] in hit["text"] for number in judged["lines"]):
            used.add(place)
            return judged["grade"]
    return 0
"""
NO_FILTERS = {"organisation": [], "instrument": [], "year": None, "kind": []}


@pytest.fixture
def rules(tmp_path):
    (tmp_path / "retrieval.py").write_text(SCRIPT)
    (tmp_path / "a.txt").write_text("\n".join(f"line {letter}" for letter in "abcdefgh"))
    return Rules(tmp_path / "retrieval.py", tmp_path)


def request(name, *relevant, of="topical", query="x", **filters):
    """A request whose relevant passages are (line, grade) of the one document."""
    judged = [{"doc": "a.txt", "lines": [line], "grade": grade} for line, grade in relevant]
    return {"id": name, "query": query, "filters": NO_FILTERS | filters, "type": of, "relevant": judged}


def hits(*letters):
    return [{"source": "a.txt", "text": f"line {letter}"} for letter in letters]


def figures(requests, rules, answers):
    return {each.measure: each for each in score_requests(requests, rules, lambda asked: answers[asked["id"]])}


class TestFigures:
    def test_every_type_has_its_own_and_all_together_have_theirs(self, rules):
        requests = [request("one", (1, 2)), request("two", (2, 2), (3, 1), of="filter")]
        found = figures(requests, rules, {"one": hits("a"), "two": hits("h", "b")})
        assert found["topical ndcg@10"] == Figure("topical ndcg@10", 1.0, 1)
        assert found["filter mrr"] == Figure("filter mrr", 0.5, 1)
        assert found["all mrr"] == Figure("all mrr", 0.75, 2)
        assert found["filter p@5"].figure == pytest.approx(1 / 5)
        assert found["filter ndcg@10"].figure == pytest.approx(0.5213, abs=1e-4)  # 3/log2(3) of 3 + 1/log2(3)
        assert set(found) == {f"{kind} {measure}" for kind in ("all", "topical", "filter") for measure in MEASURES}

    def test_a_judged_passage_counts_once(self, rules):
        found = figures([request("one", (1, 2), (2, 2))], rules, {"one": hits("a", "a", "a")})
        assert found["all recall@50"].figure == 0.5
        assert found["all p@5"].figure == pytest.approx(1 / 5)

    def test_related_passages_are_no_answers(self, rules):
        found = figures([request("one", (1, 1), (2, 2))], rules, {"one": hits("a", "b")})
        assert (found["all mrr"].figure, found["all recall@50"].figure) == (0.5, 1.0)
        assert found["all p@5"].figure == pytest.approx(2 / 5)

    def test_a_hit_beyond_the_fiftieth_does_not_count(self, rules):
        found = figures([request("one", (1, 2))], rules, {"one": hits(*"h" * 50, "a")})
        assert found["all recall@50"].figure == 0.0
        assert figures([request("one", (1, 2))], rules, {"one": hits(*"h" * 49, "a")})["all recall@50"].figure == 1.0

    def test_requests_that_nothing_answers_are_apart(self, rules):
        requests = [request("one", (1, 2)), request("two", of="none"), request("three", of="none")]
        found = figures(requests, rules, {"one": [], "two": hits("a"), "three": []})
        assert found["none zero hits"] == Figure("none zero hits", 0.5, 2)
        assert found["all ndcg@10"] == Figure("all ndcg@10", 0.0, 1)

    def test_judgments_on_what_is_not_there_are_an_error(self, rules):
        with pytest.raises(PinciteError, match="judged requests"):
            figures([request("one", (99, 2))], rules, {"one": hits("a")})

    @pytest.mark.parametrize("line", ["{", '{"id": "q1"}', "[1]"])
    def test_a_line_that_is_no_request_is_named(self, tmp_path, line):
        file = tmp_path / "queries.jsonl"
        file.write_text(json.dumps(request("one", (1, 2))) + f"\n\n{line}\n")
        with pytest.raises(PinciteError, match=r"queries\.jsonl, line 3"):
            read_requests(file)

    def test_rules_that_are_absent_are_an_error(self, tmp_path):
        with pytest.raises(PinciteError, match="no rules"):
            Rules(tmp_path / "retrieval.py", tmp_path)

    def test_without_the_measuring_library_the_message_names_it(self, monkeypatch):
        monkeypatch.setitem(__import__("sys").modules, "ir_measures", None)
        with pytest.raises(PinciteError, match=r"pincite\[evaluate\]"):
            measured(MEASURES, {"one": {"a": 1}}, {})


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(20))
def test_figures_are_those_of_the_script_beside_the_gold(shared, tmp_path, seed):
    """On invented documents, judgments and hits; texts are long enough for the script's partial matches."""
    rng = random.Random(seed)  # noqa: S311  (no secrets)
    lines = [" ".join(rng.choices("abcdefghijklmnop", k=rng.randint(8, 90))) + f" end {n}" for n in range(60)]
    (tmp_path / "a.txt").write_text("\n".join(lines))
    requests, answers = [], {}
    for number in range(12):
        judged = rng.sample(range(1, 61), rng.choice([0, 1, 3, 12]))
        requests.append(request(f"q{number}", *((line, rng.choice([1, 2])) for line in judged), of=f"k{number % 3}"))
        found = rng.sample(range(60), rng.choice([0, 5, 40])) + rng.choices(judged or [0], k=rng.randint(0, 8))
        rng.shuffle(found)
        answers[f"q{number}"] = [{"source": "a.txt", "text": " ".join(lines[at - 1 : at + 1])} for at in found]
    rules = Rules(shared / "evaluate" / "retrieval.py", tmp_path)
    ours = figures(requests, rules, answers)
    theirs = rules._script.evaluate(requests, tmp_path, lambda asked: answers[asked["id"]])
    compared = {name.replace("none: ", "none "): value for name, value in theirs.items()}
    assert {name: (round(ours[name].figure, 4), ours[name].decisions) for name in compared} == compared


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, Filters()),
        ({"year": [1995, 1998]}, Filters(year=(YearRange(1995, 1998),))),
        ({"year": [2005, 2005]}, Filters(year=(YearRange(2005, 2005),))),
        ({"organisation": ["CoE"], "kind": ["report"]}, Filters(organisation=("Council of Europe",), kind=("report",))),
        ({"instrument": ["55/63"]}, Filters(instrument=("A/RES/55/63",))),
    ],
)
def test_requests_are_put_as_on_the_search_page(filters, expected):
    query = query_of(request("one", query="harbour police", **filters))
    assert (query.text, query.filters, query.limit) == ("harbour police", expected, 50)


class TestForms:
    @pytest.fixture
    def engine(self, tmp_path):
        engine = open_engine("whoosh", tmp_path)
        tagged = [passage("As resolution 55/63 says.", number=1, instruments=["A/RES/55/63"]), *library("Nothing.")[1:]]
        engine.add(document(), tagged, "r1")
        engine.commit()
        yield engine
        engine.close()

    def test_all_forms_of_a_named_resolution_find_the_same(self, engine):
        assert score_forms(engine) == [Figure("forms of a resolution", 1.0, 1)]

    @pytest.mark.parametrize("deaf_to", ["55/63", "A/RES/55/63", "GA resolution 55/63", "UNGA Res 55/63"])
    def test_a_form_that_finds_nothing_is_seen(self, engine, deaf_to):
        def search(query):
            found = engine.search(query)
            return replace(found, hits=()) if query.text == deaf_to else found

        assert score_forms(SimpleNamespace(search=search)) == [Figure("forms of a resolution", 0.0, 1)]

    def test_forms_that_all_find_nothing_are_not_equal_results(self, engine):
        deaf = SimpleNamespace(search=lambda query: replace(engine.search(query), hits=()))
        assert score_forms(deaf) == [Figure("forms of a resolution", 0.0, 1)]

    def test_without_a_numbered_resolution_there_is_no_figure(self, tmp_path):
        assert score_forms(open_engine("whoosh", tmp_path)) == []
