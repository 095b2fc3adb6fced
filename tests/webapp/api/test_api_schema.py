"""What the API answers to generated requests, right and wrong ones, held against its own description."""

import itertools
import secrets

import pytest
import schemathesis
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from corpus.sets import PassageSet
from corpus.sets_store import Access
from tests.conftest import THOROUGH
from webapp.api.parameters import QUERY_FORMAT

#: Requests by chance for each operation, beside those that go through its parameters one by one.
EXAMPLES = 100 if THOROUGH else 5
#: Of what the schema allows, some is refused none the less: queries by their grammar, spans of years that run
#: backwards, files that are no Word documents, sets that contradict themselves.
JUDGED = r"/(search|export|facets/\{facet\}|check|import)$"
#: The parameters of the search again, or very long texts: one by one they take longer than they tell.
LONG = r"/(export|facets/\{facet\}|check)$"
CONFIG = {
    "seed": secrets.randbits(32) if THOROUGH else 1,
    "generation": {"deterministic": not THOROUGH, "max-examples": EXAMPLES, "no-shrink": True},
    "phases": {"stateful": {"enabled": False}},
    "continue-on-failure": True,
    "operations": [
        {
            "include-path-regex": JUDGED,
            "checks": {"positive_data_acceptance": {"enabled": False}},
        },
        {"include-path-regex": LONG, "phases": {"coverage": {"enabled": THOROUGH}}},
    ],
}
#: Things of the library, so that more is answered than that there is no such thing.
HELD = {
    "/documents/{id}": {"id": "report-2010"},
    "/passages/{id}": {"id": "model-law/art-1-2"},
    "/passages/{id}/similar": {"id": "report-2010/para-3"},
    "/organisations/{handle}": {"handle": "council-of-europe"},
    "/instruments/{handle}": {"handle": "convention-on-cybercrime"},
    "/instruments/{handle}/articles": {"handle": "convention-on-cybercrime"},
}

schemathesis.openapi.format(QUERY_FORMAT, st.sampled_from(["", "evidence", '"asked"', "(", "INTERPOL -Jordan", "\0"]))


@pytest.fixture
def aimed(library):
    """Every other request asks for something that is there; those of sets for a set of their own."""
    numbers = itertools.count()

    def before_call(_context, case, _kwargs):
        if next(numbers) % 2:
            case.path_parameters.update(HELD.get(case.operation.path.removeprefix("/api/v1"), {}))
            if "secret" in case.path_parameters:
                case.path_parameters["secret"] = secret_of_new(library.store.sets)

    schemathesis.hook(before_call)
    yield
    schemathesis.hooks.unregister(before_call)


def read_to_the_end(app):
    """The application, each answer closed behind its last byte: the generated requests leave files open."""

    def serve(environ, start_response):
        answer = app(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            answer.close()

    return serve


def secret_of_new(sets):
    """The secret of a new set of two passages."""
    made = sets.create(PassageSet("Evidence").adding(["report-2010/para-1", "model-law/art-1-1"]))
    return sets.link(made.id, Access.EDIT)


@pytest.mark.usefixtures("aimed")
def test_answers_are_as_described(app):
    config = SchemathesisConfig.from_dict(CONFIG)
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", read_to_the_end(app), config=config)
    *before, last = from_schema(described).execute()
    assert isinstance(last, events.EngineFinished)
    assert [str(event.info) for event in before if isinstance(event, events.NonFatalError)] == []
    assert [f"{failure.operation}: {failure.title}\n{failure.message}" for failure in last.failures] == []
