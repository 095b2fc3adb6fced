"""Answers as data, joined from engine and store; the shape itself is checked through the command line and the API."""

from dataclasses import dataclass, field

from corpus.export import KEYS
from corpus.model import Document, Passage, PassageKind
from search.query import Query, Word
from search.results import Explanation, FacetValue, Hit, Remedy, Results, Share
from webapp.answers import answer, joined

DOCUMENT = Document("talk", "Talk")


def passage(number):
    return Passage(f"talk/p-{number}", "talk", number, PassageKind.PARAGRAPH, f"Text {number}.")


class Held:
    """A store of one document that counts how often it is asked for passages."""

    def __init__(self, *passages):
        self.held = {each.id: each for each in passages}
        self.asked = 0

    def documents(self):
        return [DOCUMENT]

    def passages_by_id(self, ids):
        self.asked += 1
        return [self.held[name] for name in ids if name in self.held]


@dataclass
class Found:
    """A library whose engine has one answer to everything."""

    store: Held
    results: Results
    engine: object = field(init=False)

    def __post_init__(self):
        self.engine = self

    def search(self, _query):
        return self.results

    def explain(self, _query, passage_id):
        return Explanation(passage_id, 2.0, (Share("the word text", 2.0),)) if passage_id == "talk/p-1" else None


def test_hits_keep_their_order_score_and_highlights():
    hits = (Hit("talk/p-2", 2.5, ((0, 4),)), Hit("talk/p-1", 1.0))
    facets = {"kind": (FacetValue("speech", "Speech", 2, selected=True),)}
    results = Results(total=2, documents=1, hits=hits, facets=facets, relaxed=True, suggestions=("tax",))
    made = answer(Found(Held(passage(1), passage(2)), results), Query("text"))
    assert [(hit["id"], hit["score"], hit["highlights"]) for hit in made["hits"]] == [
        ("talk/p-2", 2.5, [[0, 4]]),
        ("talk/p-1", 1.0, []),
    ]
    assert tuple(made["hits"][0]) == (*KEYS, "score", "highlights")
    assert made["facets"] == {
        "kind": [
            {"value": "speech", "label": "Speech", "count": 2, "selected": True, "documents": 0, "excluded": False}
        ]
    }
    assert (made["query"], made["total"], made["documents"]) == ("text", 2, 1)
    assert (made["relaxed"], made["suggestions"]) == (True, ["tax"])


def test_all_that_an_answer_tells_stands_behind_the_five_keys_of_old():
    results = Results(
        total=0,
        documents=0,
        complete=0,
        widened=(("tax", "levy"),),
        unknown=("qux",),
        remedies=(Remedy("the word qux", 3, Word("text")), Remedy("kind", 1, None, "kind")),
        offered=("talk/p-1",),
        distinct={"kind": 2},
    )
    made = answer(Found(Held(), results), Query("text qux"))
    assert made == {
        "query": "text qux",
        "total": 0,
        "hits": [],
        "facets": {},
        "suggestions": [],
        "documents": 0,
        "relaxed": False,
        "complete": 0,
        "widened": [["tax", "levy"]],
        "unknown": ["qux"],
        "remedies": [
            {"part": "the word qux", "total": 3, "query": "text", "facet": ""},
            {"part": "kind", "total": 1, "query": "", "facet": "kind"},
        ],
        "offered": ["talk/p-1"],
        "distinct": {"kind": 2},
    }
    assert list(made)[-6:] == ["complete", "widened", "unknown", "remedies", "offered", "distinct"]


def test_the_parts_of_a_score_are_added_when_asked_for():
    library = Found(Held(passage(1), passage(2)), Results(2, 1, (Hit("talk/p-1", 2.0), Hit("talk/p-2", 1.0))))
    hits = answer(library, Query("text"), explain=True)["hits"]
    assert [hit["explanation"] for hit in hits] == [[{"what": "the word text", "score": 2.0}], []]
    assert tuple(hits[0]) == (*KEYS, "score", "highlights", "explanation")
    assert "explanation" not in answer(library, Query("text"))["hits"][0]


def test_citations_are_in_the_style_asked_for():
    library = Found(Held(passage(1)), Results(1, 1, (Hit("talk/p-1", 1.0),)))
    assert answer(library, Query(), style="chicago")["hits"][0]["citation"] == "“Talk.”"


def test_a_passage_that_has_just_gone_is_left_out():
    store = Held(passage(1))
    assert [hit.passage_id for hit, _, _ in joined(store, [Hit("talk/p-9", 1.0), Hit("talk/p-1", 1.0)])] == ["talk/p-1"]


def test_passages_are_fetched_in_batches():
    store = Held(*map(passage, range(1, 1002)))
    hits = [Hit(name, 1.0) for name in store.held]
    assert len(list(joined(store, hits))) == 1001
    assert store.asked == 3
