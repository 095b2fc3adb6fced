"""What every interchange format carries: passages with tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.corrections.applying import places
from corpus.errors import PinciteError
from corpus.model import Annotation, AnnotationType, Passage


class ReviewError(PinciteError):
    """A file of annotations that cannot be read, with the file and the place."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a tag with those around them, by which it is found where its offsets no longer fit."""

    exact: str
    prefix: str = ""
    suffix: str = ""

    def place(self, text: str) -> int:
        """Where the quotation stands, -1 if it does not, or if several places fit alike."""
        fitting = [at for at in places(text, self.exact) if self._fits(text, at)] if self.exact else []
        return fitting[0] if len(fitting) == 1 else -1

    def _fits(self, text: str, at: int) -> bool:
        return text[:at].endswith(self.prefix) and text.startswith(self.suffix, at + len(self.exact))


@dataclass(frozen=True, slots=True)
class Tag:
    """A span and what it stands for; value, subtype and articles are None where the reviewer's tool states none."""

    start: int
    end: int
    type: AnnotationType
    value: str | None = None
    subtype: str | None = None
    articles: str | None = None
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A passage as it comes back with all its tags; `text` is None where the format does not carry it.

    `sent` are the tags that it went out with, None if that is not known: what is the same in both was not reviewed to
    be so, and must not undo what has changed in the library since.
    """

    passage: str
    text: str | None
    tags: tuple[Tag, ...]
    sent: tuple[Tag, ...] | None = None


def details(passage: Passage) -> list[list[Any]]:
    """What a tool's own spans cannot hold, a list a tag: start, end, type, value, subtype, articles."""
    return [[*_place(ann), ann.value, ann.subtype, ann.articles] for ann in passage.annotations]


def sent_tags(rows: Any) -> tuple[Tag, ...] | None:
    """The tags of `details`, None where they are lost."""
    if rows is None:
        return None
    return tuple(Tag(row[0], row[1], _type(row[2]), row[3], row[4], row[5]) for row in rows)


@dataclass(frozen=True, slots=True)
class Label:
    """A span as a tool gives it: value and articles are "" where its label does not say what the words stand for."""

    start: int
    end: int
    type: str
    value: str = ""
    articles: str = ""


def detailed(labels: Iterable[Label], known: Sequence[Sequence[Any]]) -> list[Tag]:
    """Tags of labels, completed by the `details` that went out with them.

    Two tags of one type may have gone out for one span; a label that states no value brings both back.
    """
    tags: list[Tag] = []
    for label in labels:
        place = (label.start, label.end, label.type)
        rows = [row for row in known if tuple(row[:3]) == place and label.value in {"", row[3]}]
        rows = [row for row in rows if label.articles in {"", row[5]}]
        kind = _type(label.type)
        tags += [Tag(label.start, label.end, kind, *row[3:]) for row in rows]
        if not rows:
            tags.append(Tag(label.start, label.end, kind, label.value or None, None, label.articles or None))
    return list(dict.fromkeys(tags))


def stated(row: Mapping[str, Any], *names: str) -> Any:
    """The first of several keys that a row has; raises `ReviewError` naming them if it has none."""
    for name in names:
        if name in row:
            return row[name]
    raise ReviewError(f"there is no {' or '.join(map(repr, names))}")


def _place(ann: Annotation) -> tuple[int, int, str]:
    return ann.start, ann.end, str(ann.type)


def _type(name: str) -> AnnotationType:
    if name not in tuple(AnnotationType):
        raise ReviewError(f"the label {name!r} is none of {', '.join(AnnotationType)}")
    return AnnotationType(name)
