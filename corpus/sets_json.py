"""A passage set as a JSON file, to be kept, sent to somebody, or brought into another library.

{"format": "pincite-set", "version": 1, "title": ..., "introduction": ..., "frozen": "2026-11-22T10:00:00+00:00" or "",
"entries": [{"passage": ..., "note": ..., "tags": [...], "heading": ..., "text": ..., "sha256": ...}, ...]}

`text` and `sha256` are there in frozen sets alone. A set that is written and read again is the same but for its id.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from corpus.errors import PinciteError
from corpus.locator import split_passage_id
from corpus.sets import Entry, PassageSet, SetError, fingerprint

FORMAT, VERSION = "pincite-set", 1


def to_json(held: PassageSet) -> str:
    """The set as a JSON text that people can read and compare line by line."""
    entries = [_entry(entry, frozen=bool(held.frozen)) for entry in held.entries]
    head = {"format": FORMAT, "version": VERSION, "title": held.title, "introduction": held.introduction}
    return json.dumps({**head, "frozen": held.frozen, "entries": entries}, ensure_ascii=False, indent=1) + "\n"


def from_json(content: bytes) -> PassageSet:
    """The set of a file, not stored yet; raises `SetError` naming what is wrong, and in which entry."""
    value = _read(content)
    made = PassageSet("new").renamed(_text(value, "title"), _text(value, "introduction"))
    texts: dict[str, str] = {}
    for number, row in enumerate(value["entries"], 1):
        try:
            made = _added(made, row)
            texts[row["passage"]] = _text(row, "text")
            if _text(value, "frozen") and _text(row, "sha256") != fingerprint(texts[row["passage"]]):
                raise SetError("the text is not the one that was frozen")
        except PinciteError as error:
            raise SetError(f"entry {number}: {error}") from error
    return made.frozen_with(texts, _time(value)) if _text(value, "frozen") else made


def _read(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SetError(f"this is no JSON file ({error})") from error
    if not isinstance(value, dict) or (value.get("format"), value.get("version")) != (FORMAT, VERSION):
        raise SetError(f"this is no passage set: its format is not {FORMAT!r}, version {VERSION}")
    if not isinstance(value.get("entries"), list):
        raise SetError("the set states no list of entries")
    return value


def _added(made: PassageSet, row: Any) -> PassageSet:
    if not isinstance(row, dict):
        raise SetError("this is no entry")
    name, tags = _text(row, "passage"), row.get("tags", [])
    split_passage_id(name)
    if name in made.passage_ids:
        raise SetError(f"{name} stands there twice")
    if not isinstance(tags, list) or not all(map(_is_text, tags)):
        raise SetError("'tags' is no list of texts")
    return made.adding([name]).annotated(name, note=_text(row, "note"), tags=tags, heading=_text(row, "heading"))


def _time(value: dict[str, Any]) -> str:
    try:
        return datetime.fromisoformat(_text(value, "frozen")).isoformat(timespec="seconds")
    except ValueError as error:
        raise SetError("'frozen' is no date and time in ISO form") from error


def _text(row: dict[str, Any], key: str) -> str:
    text: str = row.get(key, "")
    if not _is_text(text):
        raise SetError(f"{key!r} is no text")
    return text


def _is_text(value: Any) -> bool:
    """Whether this is a text that can be stored: JSON can also write halves of characters, UTF-8 cannot."""
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


def _entry(entry: Entry, *, frozen: bool) -> dict[str, Any]:
    row = {"passage": entry.passage_id, "note": entry.note, "tags": list(entry.tags), "heading": entry.heading}
    return row | ({"text": entry.text, "sha256": entry.sha256} if frozen else {})
