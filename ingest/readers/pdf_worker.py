"""The process that reads PDFs: fed with seconds and paths on its standard input, it answers with pickled frames.

A PDF can make any reader loop or unpack gigabytes; only a process of its own can be stopped and kept small.
"""

from __future__ import annotations

import io
import logging
import math
import os
import pickle
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Literal

import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from ingest.blocks import RawDocument
from ingest.limits import compute_for
from ingest.readers.facts import confirmed
from ingest.readers.pdf_document import blocks_of
from ingest.readers.pdf_labels import printed_labels
from ingest.readers.pdf_pages import PdfPage, extract

try:
    import resource
except ImportError:  # Windows has no limits for a process; the time limit holds there too
    resource = None  # type: ignore[assignment]  # its absence is looked up below

#: One page may compute so long, as may opening a file; dense pages take about one second.
PAGE_SECONDS = 15.0
#: Address space of the process: a page of 60,000 glyphs takes about 300 MB, the libraries 500 MB.
MAX_MEMORY = 2_500_000_000
#: A book of more pages should be cut into volumes; lines of that many pages take about 200 MB.
MAX_PAGES = 3_000
#: Fewer letters than this, on one page or on all together, are stamps and page numbers, not a text.
MIN_LETTERS = 20
#: Pictures that fill so much of a page without text are a scan of one; smaller ones are seals and ornaments.
SCAN_SHARE = 0.4
#: Above this share of glyphs without a letter the text cannot be read.
MAX_UNMAPPED = 0.3

#: PDFium's `FPDF_REMOVE_SECURITY`: files that open without a password are written without encryption.
REMOVE_SECURITY = 3

#: ("alive", page), ("skipped", page), ("done", document), ("failed", reason); ("ended", reason) if it is gone;
#: ("scan", (reason, pages)) and ("unmapped", (reason, ())) where recognising these pages, or all, would help.
Frame = tuple[Literal["alive", "skipped", "done", "failed", "scan", "unmapped", "ended"], object]


@dataclass(slots=True)
class Contents:
    """What was read of a file: its pages, facts and stated labels, and the pages with pictures and with scans."""

    count: int = 0
    pages: list[PdfPage] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    pictures: list[int] = field(default_factory=list)
    scans: list[int] = field(default_factory=list)

    def add(self, page: Page) -> bool:
        """Read one more page; False if it is broken."""
        read = _attempt(lambda page: extract(page, self.pages[-1] if self.pages else None), page)
        if not isinstance(read, PdfPage):
            return False
        self.pages.append(read)
        share = _attempt(_pictured, page)
        if isinstance(share, float):
            self.pictures.append(read.number)
            if share >= SCAN_SHARE and _letters(_text(read)) < MIN_LETTERS:
                self.scans.append(read.number)
        if label := page.page_obj.label:
            self.labels[read.number] = str(label)
        return True


def serve() -> None:
    """Answer every path on standard input with frames on standard output until the input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print must not mix with the frames
    logging.disable(logging.CRITICAL)
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    for line in sys.stdin.buffer:
        seconds, _, path = line.rstrip(b"\n").partition(b" ")
        for frame in frames(Path(os.fsdecode(path)), _Clock(float(seconds))):
            _send(answers, frame)


def _send(answers: BinaryIO, frame: Frame) -> None:
    pickle.dump(frame, answers)
    answers.flush()


class _Clock:
    """The seconds that one file may compute: `PAGE_SECONDS` of them for each page, and for opening it."""

    def __init__(self, seconds: float) -> None:
        self._end = time.process_time() + seconds

    def turn(self, most: float = PAGE_SECONDS) -> None:
        """Begin with the next page, or with a step of so many seconds; who computes longer is ended by the system."""
        compute_for(min(most, self._end - time.process_time()))


def frames(path: Path, clock: _Clock) -> Iterator[Frame]:
    """Read one file: signs of life page by page, then the document or the reason why there is none."""
    contents = Contents()
    clock.turn()
    try:
        with _open(path) as pdf:
            contents.count = len(pdf.pages)
            if contents.count > MAX_PAGES:
                yield "failed", f"has more than {MAX_PAGES} pages; cut it into parts and try again"
                return
            for page in pdf.pages:
                yield "alive", page.page_number
                clock.turn()
                if not contents.add(page):
                    yield "skipped", page.page_number
                page.close()
            contents.facts = _facts(pdf.metadata)
    except MemoryError:
        yield "failed", "needs too much memory"
        return
    except Exception as error:  # noqa: BLE001  pdfminer lets any error of a broken file through
        yield "failed", "needs too much memory" if _is_starved(error) else _reason(error)
        return
    clock.turn(math.inf)
    yield _judge(contents)


def _open(path: Path) -> PDF:
    """The opened file; a broken page tree is rebuilt by PDFium first."""
    try:
        pdf = _checked(pdfplumber.open(path))
        if pdf.pages:
            return pdf
        pdf.close()
    except MemoryError:
        raise
    except Exception as error:
        with suppress(Exception):  # the first error says more
            return _checked(pdfplumber.open(_rebuilt(path)))
        raise error from None
    return _checked(pdfplumber.open(_rebuilt(path)))


def _checked(pdf: PDF) -> PDF:
    """The file without its page labels if they break off: they are asked for with its pages, which would be lost."""
    try:
        deque(islice(pdf.doc.get_page_labels(), MAX_PAGES), maxlen=0)
    except Exception:  # noqa: BLE001  as above; also raised where there are none
        pdf.doc.catalog.pop("PageLabels", None)
    return pdf


def _rebuilt(path: Path) -> io.BytesIO:
    """The file written anew by PDFium, which mends what browsers mend."""
    document, copy = pypdfium2.PdfDocument(path), io.BytesIO()
    document.save(copy, flags=REMOVE_SECURITY)
    document.close()
    copy.seek(0)
    return copy


def _pictured(page: Page) -> float | None:
    """Share of the page that its pictures fill, None if it has none; they may overlap."""
    if not page.images:
        return None
    left, top, right, bottom = page.bbox
    area = sum(
        max(0.0, min(each["x1"], right) - max(each["x0"], left))
        * max(0.0, min(each["bottom"], bottom) - max(each["top"], top))
        for each in page.images
    )
    return float(area) / max(1.0, float(page.width * page.height))


def _text(page: PdfPage) -> str:
    return "".join((*(line.text for line in page.lines), *(table.text for table in page.tables)))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _attempt(step: Callable[[Page], object], page: Page) -> object:
    """The step's result, None if the page is broken."""
    try:
        return step(page)
    except MemoryError:
        raise
    except Exception as error:
        if _is_starved(error):
            raise MemoryError from error
        return None  # the other pages can still be read


def _judge(contents: Contents) -> Frame:
    text = "".join(map(_text, contents.pages))
    letters = _letters(text)
    if not contents.pages:
        broken = "none of its pages can be read" if contents.count else "it has no pages"
        return "failed", f"is damaged ({broken})"
    if text.count("(cid:") > MAX_UNMAPPED * max(1, len(text) - 6 * text.count("(cid:")):
        return "unmapped", ("has fonts that do not tell their letters; its text must be recognised first", ())
    if contents.pictures and letters < MIN_LETTERS:
        return "scan", ("has no text layer (a scan?); its text must be recognised first", tuple(contents.pictures))
    if not letters:
        return "failed", "has no text"
    blocks = tuple(blocks_of(contents.pages))
    labels = printed_labels(blocks, contents.labels, contents.count)
    return "done", RawDocument(blocks, confirmed(contents.facts, blocks), labels, tuple(contents.scans))


def _is_starved(error: BaseException) -> bool:
    """Whether memory was too short, which pdfplumber wraps as an error of the file."""
    return any(isinstance(cause, MemoryError) for cause in _causes(error))


def _causes(error: BaseException) -> tuple[object, ...]:
    return error, error.__cause__, error.__context__, *error.args


def _reason(error: BaseException) -> str:
    if any(isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)) for cause in _causes(error)):
        return "is encrypted; remove the password and try again"
    return "is damaged (no PDF reader can open it)"


def _facts(metadata: dict[str, object]) -> dict[str, str]:
    return {
        fact: " ".join(str(metadata[key]).split())
        for fact, key in (("title", "Title"), ("authors", "Author"))
        if isinstance(metadata.get(key), str)
    }
