"""What an institution's own papers mean by "the Charter", "the Statute", "the Convention"."""

import pytest

from corpus.model import AnnotationType
from ingest.annotate import annotate
from tests.factories import document, library

STATUTE = "Statute of the International Court of Justice"
CHARTER = "Charter of the United Nations"


def cited(*texts, **facts):
    passages = annotate(document(**facts), library(*texts))
    return [
        f"{ann.value}|{ann.articles}"
        for passage in passages
        for ann in passage.annotations
        if ann.type == AnnotationType.PROVISION
    ]


@pytest.mark.parametrize(
    ("texts", "facts", "expected"),
    [
        (["The International Court of Justice sat.", "Article 36 of the Statute is clear."], {}, [f"{STATUTE}|36"]),
        (["Under Article 36 of the Statute."], {"body": "International Court of Justice"}, [f"{STATUTE}|36"]),
        (["The Security Council acts under Article 41 of the Charter."], {}, [f"{CHARTER}|41"]),
        # a rival, two institutions, none, and one named too far away
        (
            ["The International Court of Justice and the Statute of the Lagoon Court. Article 36 of the Statute."],
            {},
            ["Statute of the Lagoon Court|36"],
        ),
        (
            ["The International Court of Justice and the International Criminal Court.", "Article 5 of the Statute."],
            {},
            [],
        ),
        (["Article 41 of the Charter."], {}, []),
        (["The Security Council met.", *["A word."] * 14, "Article 41 of the Charter."], {}, []),
        # an indefinite or a lower-case one means nothing
        (["The Security Council wants Article 41 of a Charter, or of the charter."], {}, []),
    ],
)
def test_a_bare_head_noun_in_an_institution_s_paper(texts, facts, expected):
    assert cited(*texts, **facts) == expected
