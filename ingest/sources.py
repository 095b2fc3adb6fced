"""Which files an ingest takes, and the document id that each will have."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """A file to ingest: its place, its name below the ingested folder, its state's fingerprint, its catalogue entry."""

    path: Path
    name: str
    sha256: str
    fingerprint: str
    facts: Mapping[str, Any]

    @property
    def wanted_id(self) -> str:
        """The document id that the file asks for: the catalogue's, else its name's slug."""
        return str(self.facts.get("id") or slug(self.path.stem) or "document")


def find(paths: Sequence[Path]) -> tuple[list[Source], list[tuple[str, str]]]:
    """All sources under `paths` by name, each file once, and the (name, reason) of what could not be looked at."""
    found: dict[Path, Source] = {}
    failed: dict[str, str] = {}
    catalogues: dict[Path, catalogue.Catalogue | None] = {}
    for root in paths:
        for file, name in _files(root):
            try:
                if reason := _refusal(file, root):
                    failed[printable(name)] = reason
                    continue
                facts = _facts(file, name, root, catalogues, failed)
                if facts is not None and file not in found:
                    found[file] = _source(file, printable(name), facts)
            except OSError as error:
                failed[printable(name)] = error.strerror or str(error)
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
    try:
        str(file).encode()
    except UnicodeEncodeError:
        return "has a name that is not in UTF-8; rename it"
    return ""


def printable(name: str) -> str:
    r"""The name as it may be printed: what is not seen, turns the line round or ends it stands as `\u202e`."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in name)


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


def _source(file: Path, name: str, facts: Mapping[str, Any]) -> Source:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    sha256 = digest.hexdigest()
    state = "\n".join((PIPELINE_VERSION, sha256, catalogue.fingerprint(facts), name))
    return Source(file, name, sha256, hashlib.sha256(state.encode()).hexdigest(), facts)


def assign_ids(sources: Sequence[Source], held: Mapping[str, str]) -> list[str]:
    """One unique document id a source, in order. `held` maps ids of the library to the paths of their sources.

    A second file that asks for the same id gets a short hash of its name behind it, the same on every run; a file
    that has moved takes over the id of the place that is gone.
    """
    taken = {identifier: path for identifier, path in held.items() if Path(path).exists()}
    own = {path: identifier for identifier, path in taken.items()}
    ids = []
    for source in sources:
        path = str(source.path)
        wanted = source.wanted_id
        hashed = f"{wanted}-{hashlib.sha256(source.name.encode()).hexdigest()[:6]}"
        keeps = own.get(path) in {wanted, hashed}
        free = taken.get(wanted, path) == path
        identifier = own[path] if keeps else wanted if free else hashed
        taken[identifier] = path
        ids.append(identifier)
    return ids
