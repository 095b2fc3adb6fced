"""Texts that readers bring to be checked: pasted, or in a Word document with its footnotes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import BoundedSemaphore

from ingest.blocks import Block, RawDocument, Shape
from ingest.limits import Limits
from ingest.trial import read_word
from search.checking import CheckError
from webapp.language import gettext

#: Bytes of an upload: a thesis in Word with its pictures.
MAX_UPLOAD = 10_000_000
#: Seconds of computing for an upload, whose reader sits and waits.
SECONDS = 20
#: Uploads that one process of the server has read at a time, each in the memory that it may take; others wait.
_AT_ONCE = BoundedSemaphore(2)


class TooMuch(CheckError):
    """A text or file that is too large to be checked at once."""


def text_of_word(content: bytes, name: str, megabytes: int) -> str:
    """The text of a Word document, its notes behind it as `[^1]: …`; raises `CheckError` and `UnreadableFile`.

    It is read in a process of its own, in so many `megabytes` of memory.
    """
    if not content.startswith(b"PK"):
        message = gettext("%(file)s is no Word document (.docx); save it as one, or paste its text", file=name)
        raise CheckError(message)
    with _AT_ONCE, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "upload.docx"
        file.write_bytes(content)
        return _written(read_word(file, name, limits=Limits(megabytes, SECONDS)))


def _written(document: RawDocument) -> str:
    body = [block for block in document.blocks if block.shape not in {Shape.NOTE, Shape.FURNITURE, Shape.RULE}]
    notes = [block for block in document.blocks if block.shape is Shape.NOTE]
    return "\n\n".join((*map(_paragraph, body), *_notes(notes)))


def _paragraph(block: Block) -> str:
    text = _with_calls(block)
    marked = f"{block.marker} {text}" if block.marker and block.shape is Shape.ITEM else text
    return f"> {marked}" if block.shape is Shape.QUOTE else marked


def _notes(blocks: list[Block]) -> Iterator[str]:
    """The notes, those of several paragraphs on one line each."""
    numbers = [number for number, block in enumerate(blocks) if block.marker]
    for start, end in zip(numbers, [*numbers[1:], len(blocks)], strict=False):  # there may be none
        text = " ".join(_with_calls(block) for block in blocks[start:end])
        yield f"[^{blocks[start].marker}]: {text}"


def _with_calls(block: Block) -> str:
    """A block's text on one line, its calls as `[^1]`."""
    text = block.text
    for call in sorted(block.calls, key=lambda call: -call.at):
        text = f"{text[: call.at]}[^{call.number}]{text[call.at :]}"
    return " ".join(text.split())
