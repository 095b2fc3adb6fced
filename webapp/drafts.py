"""Texts that readers bring to be checked: pasted, or in a Word document with its footnotes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from ingest.blocks import Block, RawDocument, Shape
from ingest.readers import docx
from search.checking import CheckError
from webapp.language import gettext

#: Bytes of an upload: a thesis in Word with its pictures.
MAX_UPLOAD = 10_000_000


class TooMuch(CheckError):
    """A text or file that is too large to be checked at once."""


def text_of_word(content: bytes, name: str) -> str:
    """The text of a Word document, its notes behind it as `[^1]: …`; raises `CheckError` and `UnreadableFile`."""
    if not content.startswith(b"PK"):
        message = gettext("%(file)s is no Word document (.docx); save it as one, or paste its text", file=name)
        raise CheckError(message)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "upload.docx"
        file.write_bytes(content)
        return _written(docx.read(file, name))


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
    for start, end in zip(numbers, [*numbers[1:], len(blocks)], strict=True):
        text = " ".join(_with_calls(block) for block in blocks[start:end])
        yield f"[^{blocks[start].marker}]: {text}"


def _with_calls(block: Block) -> str:
    """A block's text on one line, its calls as `[^1]`."""
    text = block.text
    for call in sorted(block.calls, key=lambda call: -call.at):
        text = f"{text[: call.at]}[^{call.number}]{text[call.at :]}"
    return " ".join(text.split())
