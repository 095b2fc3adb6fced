"""The names of uploaded files: what a browser sends is made a plain file name, or refused."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from corpus.errors import PinciteError
from ingest.sources import SUFFIXES

#: Bytes of a name: file systems take 255, and some keep a few for themselves.
_MOST_BYTES = 200
# Must match what a file system somewhere reads as more than a letter of a name.
_RESERVED = re.compile(r'[<>:"|?*]')


class UploadError(PinciteError):
    """A file that is not taken; the message says why, to follow the file's name."""


def safe_name(given: str) -> str:
    """The last part of a name, without what could lead elsewhere or be hidden; raises `UploadError`."""
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in _RESERVED.sub("-", last) if letter.isprintable())
    name = " ".join(shown.split()).lstrip(".~$_ ")
    file = Path(name)
    if file.suffix.casefold() not in SUFFIXES:
        raise UploadError("is of no type that is read here; take .txt, .md, .pdf, .docx or .html")
    return _cut(file.stem, _MOST_BYTES - len(file.suffix)) + file.suffix


def _cut(text: str, most: int) -> str:
    """The text as far as it fits into so many bytes."""
    return text.encode()[:most].decode(errors="ignore").rstrip()
