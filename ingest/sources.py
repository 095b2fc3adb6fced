"""Which files an ingest takes, and the document id that each will have."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, islice
from pathlib import Path
from typing import Any

from corpus import catalogue
from corpus.errors import CatalogueError
from corpus.slug import slug

#: Files that a folder's ingest takes. Word's old format and its cousins are taken so that they are named as failures
#: with what to do, instead of being passed over in silence.
SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".pdf", ".docx", ".html", ".htm", ".xhtml"})
REFUSED_SUFFIXES = frozenset({".doc", ".rtf", ".odt", ".epub"})
#: Notes about a folder are no documents of it.
SKIPPED_STEMS = frozenset({"readme", "catalogue", "license", "licence"})
#: Raised when reading, structure or annotation change, so that unchanged files are read again.
PIPELINE_VERSION = "3"
#: Stand behind the fingerprint of a document that another run would read better: with scanned pages that were not
#: recognised, and annotated without the statistical model.
UNREAD = "+scans"
WITHOUT_MODEL = "+without-model"
#: The name of a collection in front of those of its files; no drive of Windows, which has one letter.
COLLECTION = re.compile(r"([a-z][a-z0-9-]+):")
#: Characters of a key: PostgreSQL's indexes take 2,700 bytes.
_LONGEST_KEY = 600
#: Ids that a source keeps though a better one is free again, as permalinks lead to them.
_KEPT_IDS = 9


@dataclass(frozen=True)
class Source:
    """A file to ingest: its place, its name below the ingested folder, its catalogue entry, its collection if named.

    Its content is looked at when `sha256` or `fingerprint` is first asked for, which raises `OSError`: who takes a
    share of a collection lists all of it and reads no more than the share.
    """

    path: Path
    name: str
    facts: Mapping[str, Any]
    collection: str = ""

    @property
    def key(self) -> str:
        """What the library knows the file by: its path, or its name in a collection, wherever that is mounted."""
        key = f"{self.collection}:{self.name}" if self.collection else printable(str(self.path))
        if len(key) <= _LONGEST_KEY:
            return key
        return f"{key[: _LONGEST_KEY // 2]}#{hashlib.sha256(key.encode()).hexdigest()}"

    @property
    def wanted_id(self) -> str:
        """The document id that the file asks for: the catalogue's, else its name's slug."""
        return str(self.facts.get("id") or slug(self.path.stem) or "document")

    @property
    def ids(self) -> Iterator[str]:
        """The id that the file asks for, then those that it takes if that is another's, the same on every run."""
        yield self.wanted_id
        for number in count(1):
            salt = self.name if number == 1 else f"{self.name}\n{number}"
            yield f"{self.wanted_id}-{hashlib.sha256(salt.encode()).hexdigest()[:6]}"

    @cached_property
    def looks(self) -> tuple[int, int, int]:
        """Size, number and time of the last change of the file when it was first looked at."""
        state = self.path.stat()
        return state.st_size, state.st_ino, state.st_mtime_ns

    def is_as_seen(self) -> bool:
        """Whether the file is still the one that was looked at, by its looks and by its content; raises `OSError`.

        Neither is enough: a clock may stand still between two changes, and the second may take back the first.
        """
        now = replace(self)
        return (now.looks, now.sha256) == (self.looks, self.sha256)

    @cached_property
    def sha256(self) -> str:
        """The hash of the file's content."""
        self.looks  # noqa: B018  (kept from before the content is read)
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    @cached_property
    def fingerprint(self) -> str:
        """The hash of all that its document depends on; the state of an unchanged file holds the same."""
        state = "\n".join((PIPELINE_VERSION, self.sha256, catalogue.fingerprint(self.facts), self.name))
        return hashlib.sha256(state.encode()).hexdigest()


def find(paths: Sequence[Path], collection: str = "") -> tuple[list[Source], list[tuple[str, str]]]:
    """All sources under `paths` by name, each file once, and the (name, reason) of what could not be looked at."""
    found: dict[str, Source] = {}
    failed: dict[str, str] = {}
    catalogues: dict[Path, catalogue.Catalogue | None] = {}
    for root in paths:
        for file, name in _files(root):
            try:
                if reason := _refusal(file, root):
                    failed[printable(name)] = reason
                    continue
                facts = _facts(file, name, root, catalogues, failed)
            except OSError as error:
                failed[printable(name)] = error.strerror or str(error)
                continue
            if facts is None:
                continue
            source = Source(file, printable(name), facts, collection)
            if found.setdefault(source.key, source).path != file:
                failed[source.name] = "another file of the collection has this name"
    return sorted(found.values(), key=lambda source: (source.name, source.path)), sorted(failed.items())


def _files(root: Path) -> Iterator[tuple[Path, str]]:
    root = root.resolve()
    if not root.is_dir():
        yield root, root.name
        return
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in sorted(files):
            file = Path(folder, name)
            if _is_document(file):
                yield file, file.relative_to(root).as_posix()


def _is_document(file: Path) -> bool:
    known = file.suffix.casefold() in SUFFIXES | REFUSED_SUFFIXES
    return known and not file.name.startswith((".", "~$")) and file.stem.casefold() not in SKIPPED_STEMS


def _refusal(file: Path, root: Path) -> str:
    """Why the file is not even opened, "" if it may be; raises `OSError` for one that is not there."""
    if not stat.S_ISREG(file.stat().st_mode):
        return "is no file (a folder, pipe or device)"
    if file.is_symlink() and not file.resolve().is_relative_to(root.resolve()):
        return "is a link that leads out of the folder; ingest the file that it means"
    return ""


def printable(name: str) -> str:
    r"""The name as it may be stored and printed: what is not seen, or turns or ends the line, stands as `\u202e`.

    So do bytes that are no UTF-8.
    """
    known = os.fsencode(name).decode(errors="backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in known)


def _facts(
    file: Path,
    name: str,
    root: Path,
    catalogues: dict[Path, catalogue.Catalogue | None],
    failed: dict[str, str],
) -> Mapping[str, Any] | None:
    """The catalogue entry of a file, its own folder's first; {} without one, None if the catalogue is broken."""
    root = root.resolve() if root.is_dir() else file.parent
    entries: list[Mapping[str, Any]] = []
    for folder, key in ((file.parent, file.name), (root, name)):
        if folder not in catalogues:
            catalogues[folder] = _load(folder, failed)
        loaded = catalogues[folder]
        if loaded is None:
            return None
        entries.append(loaded.entry(key) or {})
    return entries[0] or entries[1]


def _load(folder: Path, failed: dict[str, str]) -> catalogue.Catalogue | None:
    try:
        return catalogue.load(folder)
    except CatalogueError as error:
        failed[catalogue.FILE_NAME] = str(error)
        return None


def assign_ids(sources: Sequence[Source], held: Mapping[str, str]) -> list[str]:
    """One unique document id a source, in order. `held` maps ids of the library to the keys of their sources.

    A second file that asks for the same id gets a short hash of its name behind it, the same on every run; a file
    that has moved takes over the id of the place that is gone.
    """
    keys = {source.key for source in sources}
    own = {key: identifier for identifier, key in held.items() if key in keys}
    here = {source.collection for source in sources}
    taken = {identifier: key for identifier, key in held.items() if key in keys or _stands(key, here)}
    ids = []
    for source in sources:
        mine = own.get(source.key)
        keeps = mine is not None and mine in islice(source.ids, _KEPT_IDS)
        free = (each for each in source.ids if taken.get(each, source.key) == source.key)
        identifier = mine if mine is not None and keeps else next(free)
        taken[identifier] = source.key
        ids.append(identifier)
    return ids


def collection_of(key: str) -> str:
    """The collection of a source that is known by its name in one, else ""."""
    named = COLLECTION.match(key)
    return named[1] if named else ""


def _stands(key: str, listed: Container[str]) -> bool:
    """Whether a source that was not found is there all the same; a collection that was listed has told all it holds."""
    collection = collection_of(key)
    return collection not in listed if collection else Path(key).exists()
