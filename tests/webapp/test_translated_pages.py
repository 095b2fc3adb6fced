"""Every text of every page can be translated: with a catalogue that puts each into ⟦marks⟧, no English is left outside.

What is told by lower rooms stays English (README), and what the library holds is in its own language.
"""

import io
import re
from collections.abc import Iterator
from functools import cache

import pytest
from lxml import html

from corpus.authority import instruments, organisations
from corpus.citation import STYLES
from corpus.export import FORMATS
from search.indexer import sync
from tests.webapp import web_library
from tests.webapp.conftest import ReadingClient
from tests.webapp.translated import catalogue
from webapp import create_app, language
from webapp.resources import Library
from webapp.settings import Settings
from webapp.views import admin

#: A language with numbers and dates unlike ours; its texts are ours between marks.
NAME = "nb"
OPEN, CLOSE = "⟦", "⟧"
#: Elements without texts of pages: words of documents, citations, what is typed or quoted, dates, script.
ELEMENTS = frozenset({"code", "kbd", "q", "script", "style", "textarea", "time"})
CLASSES = frozenset({"letters", "text", "snippet", "citation", "permalink", "quoted", "draft"})
#: Words of lower rooms: how a query was read, complaints about it, parts of a score, what was found in reading a file.
LOWER_CLASSES = frozenset({"part", "message", "findings", "left-out"})
LOWER_PLACES = (
    "//details[contains(@class, 'why-here')]//div[not(@class)]/dt",
    "//details[@class='reading-report']/summary",
    "//dl[@class='provenance']/div",
)
#: Attributes that are seen or heard, or from which the script makes words.
SEEN = ("title", "aria-label", "placeholder", "alt", "data-filterable", "data-copy-style")
#: What stands on pages and is of no language, or of the file formats' own.
NAMES = (
    "Pincite",
    "CSV",
    "RIS",
    "JSON",
    *STYLES.values(),
    *(f"{form.title} ({form.suffix})" for form in FORMATS.values()),
    ".txt",
)
INLINE = frozenset({"a", "b", "em", "kbd", "mark", "s", "span", "strong", "sup"})
WORD = re.compile(r"[A-Za-z]{2,}")

TOKEN = "correct-horse-battery-staple"  # noqa: S105  # of no library but that of these tests
OURS = {"headers": {"Sec-Fetch-Site": "same-origin"}, "follow_redirects": True}

PAGES = (
    "/",
    "/?q=evidence&explain=1",
    "/?q=evidence&organisation=INTERPOL&not_year=1998&year=2001..2004&exactly=1",
    "/?q=evidence+telegram&sort=date",
    "/?q=evidence+zeppelin",
    "/?q=evidnce",
    "/?q=zeppelin&country=Jordan",
    "/?q=zeppelin",
    "/?q=%22unclosed",
    "/?q=evidence&page=2",
    "/?q=evidence+-telegram",
    "/?q=telegram+OR+quicksand",
    "/?q=Report+of+the+Working+Party+para+3",
    "/facets/organisation",
    "/facets/organisation?q=evidence&find=coun",
    "/facets/kind?kind=report&not_kind=lecture",
    "/facets/organisation?find=zzz",
    "/documents",
    "/documents/lecture-on-evidence",
    "/documents/lecture-on-evidence?q=evidence",
    "/documents/lecture-on-evidence?q=zeppelin",
    "/documents/model-law",
    "/documents/report-2010",
    "/documents/report-2010?whole=1",  # made while it is sent
    "/documents/nothing",
    "/passages/lecture-on-evidence/p-1",
    "/passages/lecture-on-evidence/p-4",
    "/passages/lecture-on-evidence/fn-2",
    "/passages/model-law/art-1-2",
    "/passages/report-2010/para-99",
    "/organisations",
    "/organisations/interpol",
    "/organisations/council-of-europe",
    "/instruments",
    "/instruments/convention-on-cybercrime",
    "/instruments/a-res-55-63",
    "/years",
    "/sets",
    "/check",
    "/help",
    "/nowhere",
)


@pytest.fixture(scope="module")
def visitor(tmp_path_factory):
    """A reader of a library whose pages speak the marked language."""
    folder = tmp_path_factory.mktemp("marked")
    catalogue(folder, NAME, lambda text: f"{OPEN}{text}{CLOSE}")
    with Library(folder) as library, pytest.MonkeyPatch.context() as patch:
        web_library.fill(library.store)
        sync(library.store, library.engine)
        patch.setattr(language, "FOLDER", folder)
        settings = Settings(library=folder, language=NAME, admin_token=TOKEN)
        app = create_app(settings, library=library)
        yield ReadingClient(app, app.response_class)


def shown(element: html.HtmlElement, hidden: set[html.HtmlElement]) -> Iterator[str]:
    """The visible text of an element in its order, an empty line between elements that are no part of a sentence."""
    plain = isinstance(element.tag, str) and element.tag not in ELEMENTS and element not in hidden
    if not plain or not (CLASSES | LOWER_CLASSES).isdisjoint(element.get("class", "").split()):
        return
    yield element.text or ""
    for child in element:
        yield from shown(child, hidden)
        yield child.tail or ""
    yield "\n" if element.tag not in INLINE else ""


def outside(text: str) -> str:
    """What stands outside the marks."""
    depth, kept = 0, []
    for sign in text:
        depth += (sign == OPEN) - (sign == CLOSE)
        kept.append(sign if depth == 0 and sign != CLOSE else "")
    assert depth == 0, text
    return "".join(kept)


@cache
def held() -> list[str]:
    """Names and places of the library, the longest first."""
    found = set(NAMES)
    for document, passages in web_library.DOCUMENTS:
        found |= {document.title, document.body, document.symbol, document.id, document.source, *document.authors}
        for passage in passages():
            found |= {passage.label, *passage.section, passage.id, passage.text}
            found |= {part for ann in passage.annotations for part in (ann.value, f"{ann.value}, art {ann.articles}")}
            found |= {f"art {article} {name}" for name, article in passage.provisions}
    for name in list(found):
        found |= set(organisations.load().entity(name).aliases)
        record = instruments.load().get(name)
        found |= {*record.aliases, record.series, record.short} if record else set()
    return sorted(filter(None, found), key=len, reverse=True)


def left_in_english(page: str) -> list[str]:
    tree = html.fromstring(page)
    hidden = {element for place in LOWER_PLACES for element in tree.xpath(place)}
    texts = ["".join(shown(tree.find("body"), hidden)), "".join(tree.xpath("//head/title/text()"))]
    texts += [value for name in SEEN for value in tree.xpath(f"//body//*[not(@hidden)]/@{name}")]
    texts += tree.xpath("//template[@id='words']/@*[starts-with(name(), 'data-')]")
    typed = " ".join(tree.xpath("//input[@id='q']/@value")) or " "
    found = []
    for text in texts:
        rest = outside(text).replace(typed, " ")
        for name in held():
            rest = rest.replace(name, " ")
        found += [" ".join(line.split()) for line in rest.splitlines() if WORD.search(line)]
    return found


@pytest.mark.parametrize("address", PAGES)
def test_no_page_shows_a_text_that_cannot_be_translated(visitor, address):
    answer = visitor.get(address, follow_redirects=True)
    assert answer.status_code < 500
    assert OPEN in answer.text
    assert left_in_english(answer.text) == []


#: Found, a wrong pinpoint, other words, a stranger, and words without their source.
PAPER = """As one report has it, “In 1998 the working party asked Jordan about evidence and A/RES/55/63.” Report of the
Working Party, para 3. See Report of the Working Party, para 99, and the Treaty on Lamps, art 3.

“Before that, INTERPOL brought evidence by telegram from 1998 onwards.” “Nobody has ever put these words in a library.”
"""


@pytest.mark.parametrize("text", [PAPER, "Nothing is cited.", ""])
def test_a_check_can_be_translated(visitor, text):
    answer = visitor.post("/check", data={"text": text}, headers={"Sec-Fetch-Site": "same-origin"})
    assert left_in_english(answer.text) == []


STEPS = (
    {"do": "annotate model-law/art-1-1", "note": "⟦My note⟧", "tags": "⟦mine⟧", "heading": "⟦Week two⟧"},
    {"do": "share"},
    {"do": "freeze"},
    {"do": "rename", "title": "x"},  # it is frozen
    {"do": "thaw"},
    {"do": "fly"},
)


def test_sets_can_be_translated(visitor):
    """The words of a reader's own are marked like texts."""
    names = ["lecture-on-evidence/p-1", "model-law/art-1-1", "report-2010/para-3"]
    pages = [visitor.post("/sets", data={"title": "⟦Mine⟧"}, **OURS)]
    address = pages[0].request.path
    pages += [visitor.post("/sets/add", data={"passage": names, "back": "/?q=evidence"}, **OURS), visitor.get("/sets")]
    pages += [visitor.post(address, data=step, **OURS) for step in STEPS]
    shared = html.fromstring(pages[4].text).xpath("//a[@data-copy='readers_link']/@href")[0]
    pages += [visitor.get(shared), visitor.post(address, data={"do": "duplicate"}, **OURS), visitor.get("/sets")]
    assert [left_in_english(each.text) for each in pages] == [[]] * len(pages)


def test_administration_can_be_translated(visitor, monkeypatch):
    for name in ("start", "go_on"):
        monkeypatch.setattr(admin, name, lambda _: None)
    files = [(io.BytesIO(b"Words."), "⟦talk⟧.txt"), (io.BytesIO(b""), "⟦empty⟧.txt")]
    pages = [visitor.get("/admin")]
    pages += [visitor.post("/admin/enter", data={"token": token}, **OURS) for token in ("wrong", TOKEN)]
    pages += [visitor.post("/admin/uploads", data={"files": each}, **OURS) for each in ([], files)]
    pages += [visitor.get(address) for address in ("/admin?find=law", "/admin/remove/model-law")]
    pages += [
        visitor.post("/admin/remove/model-law", **OURS),
        visitor.get("/admin"),
        visitor.get("/admin/uploads?hold=1"),
    ]
    assert [left_in_english(each.text) for each in pages] == [[]] * len(pages)
