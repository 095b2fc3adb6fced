"""The worked example of CONTRIBUTING.md, run as it stands there: names, numbers, written forms."""

import re
import textwrap
from pathlib import Path

import pytest

from corpus.authority import instruments
from corpus.authority.instrument_records import read_records
from corpus.model import AnnotationType
from ingest.annotate import annotate
from tests.factories import document, library

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"


def example(language):
    """The block in this language below "Adding a body of law"."""
    section = CONTRIBUTING.read_text(encoding="utf-8").partition("## Adding a body of law")[2].partition("\n## ")[0]
    (block,) = re.findall(rf"^ *```{language}\n(.*?)^ *```$", section, re.MULTILINE | re.DOTALL)
    return textwrap.dedent(block)


@pytest.fixture
def lagoon(monkeypatch):
    """A register and a grammar that know the example's body of law."""
    module = {}
    exec(compile(example("python"), "lagoon.py", "exec"), module)  # noqa: S102  our own example, as it is printed
    held = instruments.load().all()
    register = instruments.Instruments([*held, *read_records(example("yaml"), "lagoon.yaml")])
    monkeypatch.setattr(instruments, "load", lambda: register)
    monkeypatch.setattr(instruments, "FORMS", (*instruments.FORMS, *module["FORMS"]))


def read(text):
    (found,) = annotate(document(), library(text))
    cited = [f"{ann.value}|{ann.articles}" for ann in found.annotations if ann.type == AnnotationType.PROVISION]
    return cited or [ann.value for ann in found.annotations if ann.type == AnnotationType.INSTRUMENT]


FORMS = [line.partition("=>")[::2] for line in example("text").splitlines()]


@pytest.mark.parametrize(("text", "expected"), [(text.strip(), value.split("; ")) for text, value in FORMS])
@pytest.mark.usefixtures("lagoon")
def test_every_form_of_the_example_is_read_as_it_says(text, expected):
    assert read(text) == [value.strip() for value in expected if value.strip()]


@pytest.mark.usefixtures("lagoon")
def test_the_query_box_and_the_rest_follow():
    assert instruments.parse("Lagoon By-law 12/1984").id == "Lagoon By-law 12/1984"
    assert instruments.parse("Gondola Convention").id == "Convention on the Free Passage of Gondolas"
    assert read("The Gondola Convention is old. See Articles 2-5.") == [
        "Convention on the Free Passage of Gondolas|2-5"
    ]


@pytest.mark.parametrize("text", [text.strip() for text, value in FORMS if value.strip()])
def test_nothing_of_it_is_known_without_the_example(text):
    assert not any("Lagoon By-law" in value or "Gondolas" in value for value in read(text))
