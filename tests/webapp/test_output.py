"""The lines of an answer in a terminal, over invented answers."""

from webapp.commands.output import result_lines

HIT = {"id": "talk/p-1", "text": "A text.", "highlights": []}
ANSWER = {
    "total": 3,
    "documents": 1,
    "hits": [HIT, HIT | {"id": "talk/p-2"}, HIT | {"id": "talk/p-3"}],
    "facets": {},
    "suggestions": [],
    "relaxed": False,
    "complete": 3,
    "widened": [],
    "unknown": [],
    "remedies": [],
    "offered": [],
}


def lines(**facts):
    return [line for line in result_lines(ANSWER | facts) if line]


def test_a_usual_answer_has_a_total_and_its_passages():
    assert lines() == ["3 passages in 1 document", "talk/p-1  A text.", "talk/p-2  A text.", "talk/p-3  A text."]


def test_a_rule_stands_behind_the_passages_that_hold_all_the_words():
    assert lines(relaxed=True, complete=1) == [
        "3 passages in 1 document",
        "1 passage holds all the words; the others hold most of them.",
        "talk/p-1  A text.",
        "-- with most of the words --",
        "talk/p-2  A text.",
        "talk/p-3  A text.",
    ]
    assert lines(relaxed=True, complete=0)[1:3] == [
        "No passage holds all the words; these hold most of them.",
        "talk/p-1  A text.",
    ]


def test_what_a_reader_must_know_is_said_before_the_passages():
    told = lines(
        hits=[],
        relaxed=True,
        complete=0,
        widened=[["MLA", "mutual legal assistance"], ["MLA", "mutual assistance"], ["treaty", "convention"]],
        unknown=["zepelin"],
        suggestions=["zeppelin law"],
        offered=["model-law/art-1"],
        remedies=[
            {"part": "the word zepelin", "total": 12, "query": "law", "facet": ""},
            {"part": "not_kind", "total": 1, "query": "law", "facet": "not_kind"},
        ],
    )
    assert told[1:] == [
        "No passage holds all the words; these hold most of them or other words for them.",
        (
            "Also looked for: mutual legal assistance, mutual assistance (for MLA); convention (for treaty). "
            "--exactly leaves that out."
        ),
        "No passage holds: zepelin",
        "Did you mean: zeppelin law",
        "You cited: model-law/art-1",
        "Without the word zepelin: 12 passages",
        "Without --not-kind: 1 passage",
    ]


def test_the_parts_of_a_score_stand_under_their_passage():
    shares = [{"what": "the word text", "score": 1.25}, {"what": "in the title", "score": 0.5}]
    told = lines(hits=[HIT | {"explanation": shares}])
    assert told[1:] == ["talk/p-1  A text.", "             1.250  the word text", "             0.500  in the title"]
