"""Two hundred hostile files among good ones: each is read or named with one line, in bounded time and memory.

What came of them is then shown by every page and every export, and by a browser. Every ninth file is taken, and those
of `ALWAYS`; with PINCITE_THOROUGH all, which takes ten minutes.
"""

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.export import FORMATS, export
from tests.system.hostile import pages, places, prints, texts, words
from tests.system.hostile.kit import CANARY, PLAIN
from tests.webapp.conftest import ReadingClient
from webapp import create_app
from webapp.resources import Library
from webapp.settings import Settings

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of memory and pipes are those of Linux")

#: What one file may take here, and how long a page.
SECONDS, MEGABYTES, SLOWEST = 8, 600, 5.0
GOOD = ("a-good.md", "m-good.txt", "z-good.md")
#: Files that are never left out.
ALWAYS = (
    "print-bomb.pdf",
    "print-bomb-large.pdf",
    "word-laughs.docx",
    "word-file.docx",
    "entities-laughs.xhtml",
    "entities-file.xhtml",
)
THOROUGH = "PINCITE_THOROUGH" in os.environ
#: Passages of each document in the exports: the long ones show nothing that their beginning does not show.
BEGINNING = 30 if THOROUGH else 3
#: Runs the command line and tells of it: status, peaks of memory in MB of the process and of its workers. That of the
#: process is the kernel's VmHWM, since `getrusage` counts what started it, the process of the tests, along.
_RUN = """
import json, re, resource, sys
from pathlib import Path
from webapp.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    status = end.code
own = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
sys.stdout.write(json.dumps([status, own // 1000, workers // 1000]))
"""


class Ingested:
    """The folder, the library, and what was told of the ingest."""

    def __init__(self, folder: Path) -> None:
        self.files, self.library = folder / "files", folder / "library"
        self.files.mkdir()
        known = [each for family in (texts.texts, pages.pages, words.words, prints.prints) for each in family()]
        assert len(known) >= 200
        self.hostile = [each for number, each in enumerate(known) if THOROUGH or number % 9 == 0 or each.name in ALWAYS]
        for each in self.hostile:
            (self.files / each.name).write_bytes(each.content)
        for name in GOOD:
            (self.files / name).write_text(f"# Good {name}\n\n{PLAIN}\n", encoding="utf-8")
        self.places = places.fill(self.files)
        start = time.monotonic()
        command = [sys.executable, "-c", _RUN, "ingest", str(self.files), "--no-model", "--library", str(self.library)]
        limits = {"PINCITE_READER_SECONDS": str(SECONDS), "PINCITE_READER_MEMORY": str(MEGABYTES)}
        done = subprocess.run(
            command, capture_output=True, env=os.environ | limits, text=True, check=True, timeout=1800
        )
        self.seconds = time.monotonic() - start
        self.status, self.peak, self.workers_peak = json.loads(done.stdout.splitlines()[-1])
        self.failed = dict(re.findall(r"^pincite: (.+?): (.+)$", done.stderr, re.MULTILINE))
        self.said = done.stderr


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    return Ingested(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def opened(ingested):
    with Library(ingested.library) as library:
        yield library


def test_each_file_is_read_or_named_and_the_good_ones_are_in(ingested, opened):
    assert ingested.status == 1
    read = {document.source for document in opened.store.documents()}
    names = {each.name for each in ingested.hostile} | set(ingested.places) | set(GOOD)
    assert read | set(ingested.failed) == names
    assert read & set(ingested.failed) == set()
    assert read.issuperset(GOOD)
    for name in GOOD:
        [document] = [each for each in opened.store.documents() if each.source == name]
        assert [passage.text for passage in opened.store.passages(document.id)][-1] == PLAIN


def test_reasons_are_one_clear_line(ingested):
    assert "Traceback" not in ingested.said
    lines = [line for line in ingested.said.splitlines() if line.startswith("pincite: ")]
    assert len(lines) == len(ingested.failed)
    assert all(line.isprintable() for line in lines)
    broken = {name: reason for name, reason in ingested.failed.items() if "broke down" in reason}
    assert broken == {}


def test_limits_of_memory_were_kept(ingested):
    assert ingested.workers_peak < 2 * MEGABYTES  # its allowance and what it was forked with
    assert ingested.peak < MEGABYTES


def test_files_that_reach_a_limit_are_told(ingested):
    assert "takes too long to read" in ingested.failed["print-bomb.pdf"]
    assert ingested.failed["print-bomb-large.pdf"] == "needs too much memory"


def test_what_is_no_file_is_left_out_with_the_reason(ingested):
    for name, reason in ingested.places.items():
        if reason:
            assert reason in ingested.failed[name]
        else:
            assert name not in ingested.failed
    assert not any("Secret." in name for name in ingested.failed)


def test_nothing_from_outside_came_in(opened):
    """Neither a file that a link or an entity names, nor the thousand million laughs."""
    stored = "\n".join(
        passage.text for document in opened.store.documents() for passage in opened.store.passages(document.id)
    )
    assert "Secret." not in stored
    assert Path("/etc/hostname").read_text(encoding="utf-8").strip() not in stored.split()
    assert "hahahaha" not in stored
    assert not re.search(
        "[\u202a-\u202e\u2066-\u2069]", stored + "".join(each.title for each in opened.store.documents())
    )


def test_every_page_of_every_document_is_shown_in_time(ingested, opened):
    client = ReadingClient(app := create_app(Settings(library=ingested.library), library=opened), app.response_class)
    wrong = []
    for document in opened.store.documents():
        first = opened.store.passages(document.id)[0]
        for address in (f"/documents/{document.id}", f"/passages/{first.id}", f"/?q=harbour&document={document.id}"):
            start = time.monotonic()
            status = client.get(address, follow_redirects=True).status_code
            if status != 200 or time.monotonic() - start > SLOWEST:
                wrong.append(f"{status} in {time.monotonic() - start:.1f} s: {address}")
    assert wrong == []


@pytest.fixture(scope="module")
def exported(opened):
    """Everything that came in, in every format."""
    found = {}
    for name in FORMATS:
        stream = io.BytesIO()
        documents = opened.store.documents()
        export(
            name,
            ((each, passage) for each in documents for passage in opened.store.passages(each.id)[:BEGINNING]),
            stream,
        )
        found[name] = stream.getvalue()
    return found


def test_every_export_can_be_read_and_no_cell_is_a_formula(exported):
    import openpyxl
    from lxml import etree

    assert all(exported.values())
    for name in ("tei",):
        etree.fromstring(exported[name], etree.XMLParser(huge_tree=True))
    for line in exported["jsonl"].splitlines():
        json.loads(line)
    json.loads(exported["csl-json"])
    csv.field_size_limit(10_000_000)
    rows = list(csv.reader(io.StringIO(exported["csv"].decode("utf-8-sig"))))
    assert len(rows) > 50
    assert [cell[:40] for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell[:1]] == []
    book = openpyxl.load_workbook(io.BytesIO(exported["xlsx"]), read_only=True)
    assert [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert f"<script>window.{CANARY}" not in exported["html"].decode()


@pytest.mark.browser
def test_no_script_of_theirs_is_run(ingested, opened, chromium):
    import threading

    from webapp.server import make_server

    server = make_server(Settings(library=ingested.library, port=0), opened)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    site = f"http://127.0.0.1:{server.effective_port}"
    context = chromium.new_context(base_url=site)
    page, heard = context.new_page(), []
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith(site) else heard.append(asked.url))
    telling = ("script", "title", "letters-scripts", "word-scripts", "print-info", "print-text", "img")
    meant = [each for each in opened.store.documents() if any(word in each.id for word in telling)]
    try:
        for document in meant:
            first = opened.store.passages(document.id)[0]
            for address in (f"/documents/{document.id}", f"/passages/{first.id}"):
                page.goto(address)
                assert page.evaluate(f"window.{CANARY}") is None, address
        page.goto("/documents")
        assert page.evaluate(f"window.{CANARY}") is None
        assert len(meant) > 3
        assert heard == []
        # a page of theirs cannot put ours into a frame, nor can a title turn what stands beside it
        assert page.locator("bdi, a").first.evaluate("each => getComputedStyle(each).unicodeBidi") == "isolate"
    finally:
        context.close()
        server.close()
        thread.join(timeout=5)
