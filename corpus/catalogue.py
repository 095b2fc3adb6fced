"""The catalogue: bibliographic facts that people write down in a `catalogue.toml` beside the sources.

One table for each file, headed by its name (or its path below the folder) in quotation marks:

    ["lecture-3.txt"]
    title = "Who Writes the Law of Cybercrime?"
    kind = "lecture"
    authors = ["Octavia Codicil"]
    date = "2025-10-06"

Facts that a document has a field for go there; all others are kept by their names in `details`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from corpus.directions import undirected
from corpus.errors import CatalogueError
from corpus.model import Document, DocumentKind
from corpus.slug import slug

FILE_NAME = "catalogue.toml"
#: Where facts were found that the document itself does not state.
FROM_CATALOGUE, FROM_NAME = "catalogue", "file name"
#: Facts of a document that are single texts; `id`, `kind`, `date`, `authors`, `url` and `doi` have rules of their own.
_TEXTS = ("title", "body", "symbol", "language")
_FIELDS = frozenset({"id", "kind", "date", "authors", "url", "doi", *_TEXTS})

#: An ISO 8601 date cut after year, month or day: `2009`, `2009-08`, `2018-10-18`; not `2009-8`, not `18.10.2018`.
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: A DOI, with or without the ways in which people write it.
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE)
_URL = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Catalogue:
    """The entries of one catalogue file by file name; `file` is None where the folder has none."""

    file: Path | None = None
    entries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def entry(self, name: str) -> Mapping[str, Any] | None:
        """The facts of a file, asked for by its path below the folder; a bare name in the catalogue fits any folder."""
        path = PurePosixPath(name.replace("\\", "/"))
        return self.entries.get(path.as_posix(), self.entries.get(path.name))


def load(folder: Path) -> Catalogue:
    """Read `folder`/catalogue.toml, empty where there is none; raises `CatalogueError` with the place."""
    file = folder / FILE_NAME
    if file.exists() and not file.is_file():
        raise CatalogueError(f"{file}: is no file")
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Catalogue()
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{file}: cannot be read ({_reason(error)})") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CatalogueError(f"{file}: {error}") from error
    entries = dict(_entries(tables, file))
    _check_ids(entries, file)
    return Catalogue(file, entries)


def fingerprint(facts: Mapping[str, Any] | None) -> str:
    """A hash of the facts that does not change with their order; "" without facts."""
    if not facts:
        return ""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def document_from(
    facts: Mapping[str, Any] | None,
    *,
    source: str,
    sha256: str,
    fallback: Mapping[str, str] | None = None,
    found: Mapping[str, str] | None = None,
) -> Document:
    """The document of a file: the catalogue's facts first, then what the file states of itself, then the file's name.

    `source` is the file's path below the ingested folder. `fallback` holds facts under the names of a catalogue entry,
    authors separated by semicolons; what cannot be used there is dropped. `found` tells where in the file each of them
    stands, for the document's `provenance`. A fault in the catalogue's own facts raises
    `CatalogueError` naming the file and the key.
    """
    reader = _Reader(facts or {}, source)
    own = {name: undirected(value) for name, value in _usable(fallback or {}).items()}
    stem = PurePosixPath(source.replace("\\", "/")).stem
    return Document(
        id=reader.identifier() or slug(stem) or "document",
        title=reader.text("title") or own.get("title") or stem.replace("_", " ").replace("-", " ").strip(),
        kind=reader.kind() or DocumentKind(own.get("kind", DocumentKind.OTHER)),
        authors=reader.authors() or _people(own.get("authors", "")),
        date=reader.date() or own.get("date", ""),
        body=reader.text("body") or own.get("body", ""),
        symbol=reader.text("symbol") or own.get("symbol", ""),
        url=reader.url() or own.get("url", ""),
        doi=reader.doi() or own.get("doi", ""),
        language=reader.text("language") or own.get("language") or "en",
        source=source,
        sha256=sha256,
        details={**{name: value for name, value in own.items() if name not in _FIELDS}, **reader.details()},
        provenance=_provenance(reader.facts, own, found or {}),
    )


def _provenance(facts: Mapping[str, Any], own: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """Where each fact of the document was found, by its name; the id is no fact of the document."""
    stated = {name: FROM_CATALOGUE for name, value in facts.items() if name != "id" and value not in ("", [], None)}
    others = {name: found[name] for name in own if name in found and name not in stated}
    if "title" not in own and "title" not in stated:
        others["title"] = FROM_NAME
    return dict(sorted({**others, **stated}.items()))


class _Reader:
    """Reads one entry's facts and names the file and key of a fault."""

    def __init__(self, facts: Mapping[str, Any], source: str) -> None:
        self.facts, self.source = facts, source

    def fault(self, key: str, expected: str) -> CatalogueError:
        return CatalogueError(f"{FILE_NAME}, {self.source}: {key} must be {expected}, not {self.facts[key]!r}")

    def text(self, key: str) -> str:
        """A text, "" where the fact is absent; dates and numbers of TOML count as texts."""
        value = self.facts.get(key)
        if value is None:
            return ""
        if isinstance(value, bool | dict | list) or not str(value).strip():
            raise self.fault(key, "a text")
        return _spelled(value)

    def identifier(self) -> str:
        text = self.text("id")
        if text and not _SLUG.fullmatch(text):
            raise self.fault("id", f"lower-case letters, digits and hyphens such as {slug(text) or 'lecture-3'!r}")
        return text

    def kind(self) -> DocumentKind | None:
        text = self.text("kind")
        if text and text not in tuple(DocumentKind):
            raise self.fault("kind", f"one of {', '.join(DocumentKind)}")
        return DocumentKind(text) if text else None

    def date(self) -> str:
        text = self.text("date")
        if text and not is_date(text):
            raise self.fault("date", "a date such as '2009', '2009-08' or '2018-10-18'")
        return text

    def url(self) -> str:
        text = self.text("url")
        if text and not _URL.fullmatch(text):
            raise self.fault("url", "an address that begins with http:// or https://")
        return text

    def doi(self) -> str:
        text = self.text("doi")
        match = _DOI.fullmatch(text)
        if text and not match:
            raise self.fault("doi", "a DOI such as '10.26619/1647-7251'")
        return match["doi"] if match else ""

    def authors(self) -> tuple[str, ...]:
        value = self.facts.get("authors", [])
        if not isinstance(value, list) or not all(isinstance(name, str) and name.strip() for name in value):
            raise self.fault("authors", 'a list of names such as ["Kennedy Gastorn"]')
        return tuple(" ".join(name.split()) for name in value)

    def details(self) -> dict[str, str]:
        return {key: self._detail(key) for key in self.facts if key not in _FIELDS}

    def _detail(self, key: str) -> str:
        value = self.facts[key]
        if isinstance(value, list) and all(not isinstance(part, dict | list) for part in value):
            return "; ".join(map(_spelled, value))
        if isinstance(value, bool):
            return str(value).lower()
        return self.text(key)


def is_date(text: str) -> bool:
    """Whether the text is a year, year and month, or day of the calendar in ISO form."""
    if not _DATE.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat(text + "0001-01-01"[len(text) :])
    except ValueError:
        return False
    return True


def _entries(tables: Mapping[str, Any], file: Path, above: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Tables by file name. `[talk.txt]` without quotation marks is read by TOML as table `txt` in table `talk`."""
    for key, table in tables.items():
        name = f"{above}.{key}" if above else key
        if not isinstance(table, dict):
            raise CatalogueError(f'{file}: {name!r} stands outside a table; begin an entry with ["file name"]')
        if table and all(isinstance(value, dict) for value in table.values()):
            yield from _entries(table, file, name)
        else:
            yield PurePosixPath(name.replace("\\", "/")).as_posix(), table


def _check_ids(entries: Mapping[str, Mapping[str, Any]], file: Path) -> None:
    owners: dict[str, str] = {}
    for name, facts in entries.items():
        identifier = str(facts.get("id", ""))
        if identifier and owners.setdefault(identifier, name) != name:
            raise CatalogueError(f"{file}: id {identifier!r} is given to both {owners[identifier]!r} and {name!r}")


#: Facts that have a form of their own.
_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "date": is_date,
    "kind": lambda text: text in tuple(DocumentKind),
    "url": lambda text: bool(_URL.fullmatch(text)),
}


def _usable(fallback: Mapping[str, str]) -> dict[str, str]:
    """Facts that a file states of itself, without those that are empty or malformed."""
    facts = {key: " ".join(value.split()) for key, value in fallback.items() if key != "id" and value.strip()}
    if match := _DOI.fullmatch(facts.pop("doi", "")):
        facts["doi"] = match["doi"]
    return {key: value for key, value in facts.items() if key not in _CHECKS or _CHECKS[key](value)}


def _people(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(";") if name.strip())


def _spelled(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, dt.date) else " ".join(str(value).split())


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror or "unreadable"
