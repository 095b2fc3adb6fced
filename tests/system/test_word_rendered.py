"""A course pack as Word, opened by a word processor that is not ours: notes stand on the pages that call them."""

import io
import re
import shutil
import subprocess
import zipfile

import pdfplumber
import pytest
from lxml import etree

from corpus.citation import cite
from corpus.export import export
from corpus.model import DocumentKind
from corpus.sets import PassageSet
from corpus.sets_contents import collection, members, pairs
from corpus.store import SourceState, Store
from tests.factories import document, library
from tests.needed import missing

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Enough for a dozen pages; 20 passages of each of two documents.
EACH = 20
TEXT = "Nobody who keeps a lamp along that coast may let it go dark while a boat is out. " * 8
#: Points; the numbers of notes are set smaller than any other words.
SMALL = 8


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    """The passages of a set of two weeks, as Word, with what they cite."""
    store = Store.open(tmp_path_factory.mktemp("library"))
    for name, title in (("lecture", "Lamps & <Boats>"), ("report", "A Report on Lamps")):
        found = document(name, title, DocumentKind.REPORT, "2009", authors=("Ada Verso",))
        store.replace(found, library(*[TEXT] * EACH, document_id=name), SourceState(f"/{name}", name, name))
    names = [f"{name}/para-{number}" for number in range(1, EACH + 1) for name in ("lecture", "report")]
    held = PassageSet("Lamps by the Sea").adding(names).renamed("Lamps by the Sea", "Read all of this.\n\nThen talk.")
    for name in names[EACH:]:
        held = held.annotated(name, heading="Week 2", note=f"What of {name}?")
    written = pairs(members(store, held))
    store.close()
    stream = io.BytesIO()
    export("docx", written, stream, base_url="https://pincite.example", collection=collection(held))
    return stream.getvalue(), [cite(*pair) for pair in written]


@pytest.fixture(scope="module")
def printed(pack, tmp_path_factory):
    """The pages that LibreOffice makes of it."""
    program = shutil.which("soffice") or missing("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("printed")
    (folder / "pack.docx").write_bytes(pack[0])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "pack.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with pdfplumber.open(folder / "pack.pdf") as opened:
        yield opened.pages


def test_every_footnote_stands_on_the_page_that_calls_it(pack, printed):
    content, citations = pack
    numbers = [str(number) for number in range(1, len(citations) + 1)]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        notes = etree.fromstring(archive.read("word/footnotes.xml")).findall(f"{W}footnote")
        calls = etree.fromstring(archive.read("word/document.xml")).iter(f"{W}footnoteReference")
    # LibreOffice takes the notes one by one, whichever number a call has
    assert [call.get(f"{W}id") for call in calls] == numbers
    assert [note.get(f"{W}id") for note in notes if not note.get(f"{W}type")] == numbers
    called = [small(page) for page in printed]
    assert len(called) > 5
    assert [number for page in called for number in page[: len(page) // 2]] == numbers
    assert all(page[: len(page) // 2] == page[len(page) // 2 :] for page in called)


def small(page):
    """The numbers of notes on a page in reading order: those that call, then those before the notes."""
    words = page.extract_words(extra_attrs=["size"])
    return [word["text"] for word in words if word["size"] < SMALL and word["text"].isdecimal()]


def test_the_pages_hold_what_the_set_says(pack, printed):
    text = " ".join(" ".join(page.extract_text().split()) for page in printed)
    assert text.startswith("Lamps by the Sea Read all of this. Then talk. Lamps & <Boats> para 1 Nobody who keeps")
    assert text.count("Week 2 Lamps & <Boats> para 11") == 1
    assert re.findall(r"Note: What of (\S+)\?", text) == [
        f"{name}/para-{number}" for number in range(11, EACH + 1) for name in ("lecture", "report")
    ]
    for number, citation in enumerate(pack[1], 1):
        assert f"{number} {citation} https://pincite.example/passages/" in text
