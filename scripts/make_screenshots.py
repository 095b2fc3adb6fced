"""Take the pictures of the pages in `docs/pages` from the sample collection: `python scripts/make_screenshots.py`.

Every page type at a desk; the ones that people use most also in dark, on a phone and as printed. Needs Chromium.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from webapp.commands.ingest import ingest_into
from webapp.resources import Library
from webapp.server import make_server
from webapp.settings import Settings

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "pages"
#: Colours of a picture: pages are text on paper, and a quarter of the bytes is enough for them.
COLOURS = 64
DESK = {"viewport": {"width": 1280, "height": 860}}
DARK = {**DESK, "color_scheme": "dark"}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}

SEARCH = "/?q=electronic+evidence"
READING = "/documents/model-commission-electronic-evidence-2025?q=preserve+evidence"
INSTRUMENT = "/instruments/convention-on-cybercrime"
WORK = "Model Law on Cooperation in Electronic Evidence"
DRAFT = f"""A preservation order “shall be in force for no longer than six months and may be renewed once”.[1]
It “compels nobody to disclose the data preserved”.[2] The Convention says the same.[3]

1. {WORK}, art 8(2).
2. {WORK}, art 9(1).
3. Convention on Cybercrime, art 16(2)."""
#: Picture -> address and window.
PICTURES = {
    "landing": ("/", DESK),
    "results": (SEARCH, DESK),
    "results-dark": (SEARCH, DARK),
    "results-phone": (SEARCH, PHONE),
    "reading": (READING, DESK),
    "reading-dark": (READING, DARK),
    "reading-phone": (READING, PHONE),
    "instrument": (INSTRUMENT, DESK),
    "organisation": ("/organisations/interpol", DESK),
    "documents": ("/documents", DESK),
    "years": ("/years", DESK),
    "help": ("/help", DESK),
}


def main() -> None:
    """Serve the sample collection and picture its pages."""
    OUT.mkdir(parents=True, exist_ok=True)
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (address, window) in PICTURES.items():
            page = opened(browser, site, address, window)
            if name == "reading-dark":
                page.keyboard.press("n")
            save(name, page.screenshot())
        collect(browser, site)
        check(browser, site)
        print_out(browser, site)
        browser.close()


@contextmanager
def served() -> Iterator[str]:
    """The address of a server of the sample collection."""
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder)) as library:
        ingest_into(library, [ROOT / "corpus" / "sample"])
        server = make_server(Settings(library=Path(folder), port=0), library)
        threading.Thread(target=server.run, daemon=True).start()
        yield f"http://127.0.0.1:{server.effective_port}"
        server.close()


def opened(browser: Browser, site: str, address: str, window: dict) -> Page:
    """A page in a window of its own, its fonts loaded."""
    page = browser.new_context(base_url=site, reduced_motion="reduce", **window).new_page()
    page.goto(address, wait_until="networkidle")
    return page


def collect(browser: Browser, site: str) -> None:
    """A course pack: to work on, and as the class reads it; and what a pinpoint offers."""
    page = opened(browser, site, SEARCH, DESK)
    for _ in range(3):
        page.get_by_role("button", name="Add to set").first.click()
        page.wait_for_load_state("networkidle")
    page.goto("/sets")
    page.locator("table.list a").first.click()
    page.get_by_label("Title", exact=True).fill("Evidence across borders, weeks 1 and 2")
    page.get_by_role("textbox", name="Introduction").fill("Read the passages of a week before its class.")
    page.get_by_role("button", name="Save").last.click()
    page.wait_for_load_state("networkidle")
    page.locator("article summary").first.click()
    page.get_by_label("Note", exact=True).first.fill("What does this ask of a provider abroad?")
    page.get_by_label("Heading or week").first.fill("Week 1")
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 0)")
    save("set-edit", page.screenshot())
    page.get_by_role("button", name="Make a link for readers").click()
    page.goto(page.locator("a[data-copy='readers_link']").get_attribute("href"))
    save("set-read", page.screenshot())
    page = opened(browser, site, READING, DESK)
    page.keyboard.press("n")
    page.keyboard.press("c")
    page.locator(".tools-of-passage").wait_for()
    save("pinpoint", page.screenshot())


def check(browser: Browser, site: str) -> None:
    """A draft with its citations held against the library."""
    page = opened(browser, site, "/check", DESK)
    page.get_by_label("Text with its footnotes").fill(DRAFT)
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("heading", name="What was found").wait_for()
    save("check", page.screenshot())


def print_out(browser: Browser, site: str) -> None:
    """The first sheet of a document as it is printed."""
    sheet = pypdfium2.PdfDocument(
        opened(browser, site, "/documents/model-commission-electronic-evidence-2025", DESK).pdf(format="A4")
    )
    picture = io.BytesIO()
    sheet[0].render(scale=1.4).to_pil().save(picture, "PNG")
    save("reading-print", picture.getvalue())


def save(name: str, picture: bytes) -> None:
    """Write a picture in few colours."""
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(OUT / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
