"""The process that reads PDFs: fed with paths on its standard input, it answers with pickled frames.

A PDF can make any reader loop or unpack gigabytes; only a process of its own can be stopped and kept small.
"""

from __future__ import annotations

import io
import logging
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Literal

import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from ingest.blocks import RawDocument
from ingest.readers.facts import confirmed
from ingest.readers.pdf_document import blocks_of
from ingest.readers.pdf_pages import PdfPage, extract

try:
    import resource
except ImportError:  # Windows has no limits for a process; the time limit holds there too
    resource = None  # type: ignore[assignment]  # its absence is looked up below

#: Address space of the process: a page of 60,000 glyphs takes about 300 MB, the libraries 500 MB.
MAX_MEMORY = 2_500_000_000
#: A book of more pages should be cut into volumes; lines of that many pages take about 200 MB.
MAX_PAGES = 3_000
#: Fewer letters than this on all pages together are stamps and page numbers, not a text.
MIN_LETTERS = 20
#: Above this share of glyphs without a letter the text cannot be read.
MAX_UNMAPPED = 0.3

#: PDFium's `FPDF_REMOVE_SECURITY`: files that open without a password are written without encryption.
REMOVE_SECURITY = 3

#: ("alive", page), ("skipped", page), ("done", document), ("failed", reason); ("ended", reason) if it is gone;
#: ("scan", reason) and ("unmapped", reason) where recognising the pages without text, or all of them, would help.
Frame = tuple[Literal["alive", "skipped", "done", "failed", "scan", "unmapped", "ended"], object]


def serve() -> None:
    """Answer every path on standard input with frames on standard output until the input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print must not mix with the frames
    logging.disable(logging.CRITICAL)
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    for line in sys.stdin.buffer:
        for frame in frames(Path(os.fsdecode(line.rstrip(b"\n")))):
            _send(answers, frame)


def _send(answers: BinaryIO, frame: Frame) -> None:
    pickle.dump(frame, answers)
    answers.flush()


def frames(path: Path) -> Iterator[Frame]:
    """Read one file: signs of life page by page, then the document or the reason why there is none."""
    pages: list[PdfPage] = []
    try:
        with _open(path) as pdf:
            count, pictures = len(pdf.pages), 0
            if count > MAX_PAGES:
                yield "failed", f"has more than {MAX_PAGES} pages; cut it into parts and try again"
                return
            for page in pdf.pages:
                yield "alive", page.page_number
                read = _attempt(lambda page: extract(page, pages[-1] if pages else None), page)
                if isinstance(read, PdfPage):
                    pages.append(read)
                    pictures += bool(_attempt(_pictures, page))
                else:
                    yield "skipped", page.page_number
                page.close()
            facts = _facts(pdf.metadata)
    except MemoryError:
        yield "failed", "needs too much memory"
        return
    except Exception as error:  # noqa: BLE001  pdfminer lets any error of a broken file through
        yield "failed", _reason(error)
        return
    yield _judge(pages, facts, count=count, pictures=pictures)


def _open(path: Path) -> PDF:
    """The opened file; a broken page tree is rebuilt by PDFium first."""
    try:
        pdf = pdfplumber.open(path)
        if pdf.pages:
            return pdf
        pdf.close()
    except MemoryError:
        raise
    except Exception as error:
        with suppress(Exception):  # the first error says more
            return pdfplumber.open(_rebuilt(path))
        raise error from None
    return pdfplumber.open(_rebuilt(path))


def _rebuilt(path: Path) -> io.BytesIO:
    """The file written anew by PDFium, which mends what browsers mend."""
    document, copy = pypdfium2.PdfDocument(path), io.BytesIO()
    document.save(copy, flags=REMOVE_SECURITY)
    document.close()
    copy.seek(0)
    return copy


def _pictures(page: Page) -> int:
    return len(page.images)


def _attempt(step: Callable[[Page], object], page: Page) -> object:
    """The step's result, None if the page is broken."""
    try:
        return step(page)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  as above; the other pages can still be read
        return None


def _judge(pages: list[PdfPage], facts: dict[str, str], *, count: int, pictures: int) -> Frame:
    text = "".join(line.text for page in pages for line in page.lines) + "".join(
        table.text for page in pages for table in page.tables
    )
    letters = sum(map(str.isalpha, text))
    if not pages:
        return "failed", "is damaged (none of its pages can be read)" if count else "is damaged (it has no pages)"
    if text.count("(cid:") > MAX_UNMAPPED * max(1, len(text) - 6 * text.count("(cid:")):
        return "unmapped", "has fonts that do not tell their letters; its text must be recognised first"
    if pictures and letters < MIN_LETTERS:
        return "scan", "has no text layer (a scan?); its text must be recognised first"
    if not letters:
        return "failed", "has no text"
    blocks = tuple(blocks_of(pages))
    return "done", RawDocument(blocks, confirmed(facts, blocks))


def _reason(error: BaseException) -> str:
    causes = [error, error.__cause__, error.__context__, *error.args]
    if any(isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)) for cause in causes):
        return "is encrypted; remove the password and try again"
    return "is damaged (no PDF reader can open it)"


def _facts(metadata: dict[str, object]) -> dict[str, str]:
    return {
        fact: " ".join(str(metadata[key]).split())
        for fact, key in (("title", "Title"), ("authors", "Author"))
        if isinstance(metadata.get(key), str)
    }
