"""A library with one document too long for a page: a treaty of 400 articles with headings and notes, and a paper."""

from dataclasses import replace

from corpus.locator import Locator, passage_id
from corpus.model import DocumentKind, NoteCall, PassageKind
from corpus.store import SourceState
from search.indexer import sync
from tests.factories import document, passage

NAME = "Treaty on Hills"
TREATY = document("treaty", NAME, DocumentKind.TREATY)
PAPER = document("paper", "A paper")
ARTICLES = 400
#: Articles that call note 1, which stands with the first of them.
CALLING = (2, 399)
_TEXT = "The hills of region {0} are kept as they were found in 2001, and every party reports on them. "


def _at(path, made):
    locator = Locator.parse(path)
    return replace(made, id=passage_id("treaty", locator), label=locator.label)


def treaty():
    """A heading before every ten articles, a page for every five, a note at the end; a word in every 50th article."""
    held = []
    for number in range(1, ARTICLES + 1):
        section = (f"Chapter {(number + 9) // 10}",)
        if number % 10 == 1:
            held.append(_at(f"h-{len(held) + 1}", passage(section[0], kind=PassageKind.HEADING, section=section)))
        text = _TEXT.format(number) * 8 + ("A lantern is lit." if number % 50 == 0 else "")
        made = passage(text, section=section, organisations=["INTERPOL"], years=[2001])
        calls = (NoteCall(1, len(text)),) if number in CALLING else ()
        page = (1 + number // 5, 1 + number // 5)
        held.append(_at(f"art-{number}", replace(made, document_id="treaty", calls=calls, page=page)))
    held.append(_at("fn-1", passage("See the hills.", kind=PassageKind.FOOTNOTE)))
    return [replace(each, document_id="treaty", sequence=at) for at, each in enumerate(held, 1)]


def fill(library):
    """Put the treaty and a paper that cites its articles 3 and 390 into the library."""
    paper = [
        passage(f"Article {number} is old.", "paper", number, instruments=[NAME], provisions=[(NAME, str(number))])
        for number in (3, 390)
    ]
    for each, passages in ((TREATY, treaty()), (PAPER, paper)):
        library.store.replace(each, passages, SourceState(f"{each.id}.txt", each.id, each.id))
    sync(library.store, library.engine)
