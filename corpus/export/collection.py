"""What somebody who collects passages adds to them: a title, an introduction, headings, notes and tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.export.text import printable


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of one passage: the heading that it stands under, a note, tags; "" or empty where there is none."""

    heading: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Note and tags by the names under which people read them, those that there are."""
        found = (("Note", printable(self.note)), ("Tags", printable(", ".join(self.tags))))
        return tuple((name, text) for name, text in found if text)


@dataclass(frozen=True, slots=True)
class Collection:
    """Passages that are read as one, such as a course pack; `remarks` by passage id."""

    title: str
    introduction: str = ""
    remarks: Mapping[str, Remark] = field(default_factory=dict)
