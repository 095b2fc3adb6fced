"""No template has a text of its own that is not marked for translation, in branches that no test comes by either."""

import re
from itertools import pairwise

import pytest
from jinja2 import Environment

from webapp import language

TEMPLATES = sorted((language.FOLDER.parent / "templates").glob("*.html"))
STATIC = language.FOLDER.parent / "static"
#: Elements and attributes whose words are nobody's language, and words that are none.
SILENT = re.compile(r"<(kbd|code)>.*?</\1>|<!doctype html>", re.DOTALL)
CLASSES = re.compile(r"{% block body_class %}.*?{% endblock %}")
SEEN = re.compile(r'\b(?:title|aria-label|placeholder|alt)="([^"]*)"')
TAG = re.compile(r"<[^>]*>", re.DOTALL)
NAMES = {"CSV", "RIS", "unAPI", "Esc", '"mutual assistance"', "Budapest Convention art 32(b)"}
WORD = re.compile(r"(?<![&\w])[A-Za-z]{2,}")
#: What a sentence or heading looks like among the strings of an expression: names and keys have no blank, no capital.
TEXT = re.compile(r"[A-Z][a-z]+(?: .*)?|.*[a-z] [a-z].*")


def tokens(source):
    """Kinds and values of all tokens, without what stands in `trans` and what an expression hands to `_`."""
    found = [
        (kind, value)
        for _, kind, value in Environment(autoescape=True).lex(CLASSES.sub("", source))
        if kind != "whitespace"
    ]
    inside = False
    for (kind, value), (_, behind) in pairwise([*found, ("", "")]):
        inside = inside or (kind == "block_begin" and behind == "trans")
        if not inside:
            yield kind, value
        inside = inside and not (kind == "name" and value == "endtrans")


def texts(source):
    """The words that a template prints as they stand, and strings that look like texts."""
    html = SILENT.sub("", "".join(value if kind == "data" else "\0" for kind, value in tokens(source)))
    yield from WORD.findall(" ".join([*SEEN.findall(html), TAG.sub(" ", html)]))
    found = [("", ""), ("", ""), *tokens(source)]
    for before, bracket, (kind, value) in zip(found, found[1:], found[2:], strict=False):
        marked = before[1] == "_" and bracket[1] == "("
        if kind == "string" and not marked and TEXT.fullmatch(SILENT.sub("", value[1:-1])):
            yield value[1:-1]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_text_of_a_template_is_marked(path):
    assert set(texts(path.read_text(encoding="utf-8"))) - NAMES == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Two words</p>", ["Two", "words"]),
        ('<a title="Link">{{ _("Link") }}</a>', ["Link"]),
        ("{{ pages(pager, 'Pages of the list') }}", ["Pages of the list"]),
        ("{% if x %}<p>{% trans %}A text{% endtrans %}</p>{% endif %} here", ["here"]),
        ("<p class='dark text' {% if x %}id='that'{% endif %}>{{ y }} &lt; <kbd>pincite</kbd></p>", []),
        ("{{ url_for('sets.read', secret=x) }}{{ _('Sets') }}", []),
    ],
)
def test_a_text_that_is_not_marked_is_found(source, found):
    assert list(texts(source)) == found


def test_the_words_of_the_script_are_those_that_it_asks_for():
    """Under names that are no marks of elements which the script looks for."""
    script = "".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.js")))
    held = set(re.findall(r"data-(\w+)=", (STATIC.parent / "templates/_words.html").read_text(encoding="utf-8")))
    assert set(re.findall(r"words\.(\w+)", script)) - {"dataset"} <= held
    assert held.isdisjoint(re.findall(r"\[data-([\w-]+)", script))
