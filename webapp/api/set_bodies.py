"""What is sent to make and change passage sets: the steps of `corpus.sets`, as JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Field

from corpus.errors import NotFound
from corpus.sets import LONGEST_TEXT, LONGEST_TITLE, MOST_ENTRIES, MOST_TAGS, PassageSet
from corpus.sets_json import FORMAT, VERSION
from corpus.sets_store import Access
from corpus.store import Store
from webapp.api.bodies import Body
from webapp.api.parameters import SOMETHING

#: Steps of one request: all of them are taken, or none.
MOST_STEPS = 100
#: Characters of a passage's id: more than any file name and locator has.
_LONGEST_ID = 1000
#: Characters of a passage's text, of which tables have most.
_LONGEST_PASSAGE = 1_000_000

Title: TypeAlias = Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE, pattern=SOMETHING)]
Line: TypeAlias = Annotated[str, Field(max_length=LONGEST_TITLE)]
Prose: TypeAlias = Annotated[str, Field(max_length=LONGEST_TEXT)]
Tags: TypeAlias = Annotated[list[Line], Field(max_length=MOST_TAGS)]
PassageId: TypeAlias = Annotated[str, Field(max_length=_LONGEST_ID)]
PassageIds: TypeAlias = Annotated[list[PassageId], Field(max_length=MOST_ENTRIES)]


class NewSet(Body):
    """A set to make."""

    title: Title
    introduction: Prose = ""
    passages: PassageIds = Field(default_factory=list)

    def made(self, store: Store) -> PassageSet:
        """The set, not stored yet; raises `SetError` and `NotFound`."""
        begun = PassageSet("new").renamed(self.title, self.introduction)
        return begun.adding(_held(store, self.passages))


class Rename(Body):
    """Give the set another title, and another introduction if one is given."""

    do: Literal["rename"]
    title: Title
    introduction: Prose | None = None

    def taken(self, held: PassageSet, _store: Store) -> PassageSet:
        """The set after the step."""
        return held.renamed(self.title, self.introduction)


class Add(Body):
    """Put passages behind the last one; those that the set holds stay where they are."""

    do: Literal["add"]
    passages: PassageIds

    def taken(self, held: PassageSet, store: Store) -> PassageSet:
        """The set after the step."""
        return held.adding(_held(store, self.passages))


class Remove(Body):
    """Take a passage out."""

    do: Literal["remove"]
    passage: PassageId

    def taken(self, held: PassageSet, _store: Store) -> PassageSet:
        """The set after the step."""
        return held.without(self.passage)


class Move(Body):
    """Move a passage one place; over the edge of its section, into the one beside it."""

    do: Literal["move"]
    passage: PassageId
    to: Literal["up", "down"]

    def taken(self, held: PassageSet, _store: Store) -> PassageSet:
        """The set after the step."""
        return held.moved(self.passage, up=self.to == "up")


class MoveSection(Body):
    """Move all passages of a heading before or behind those of the heading beside it."""

    do: Literal["move_section"]
    heading: Line
    to: Literal["up", "down"]

    def taken(self, held: PassageSet, _store: Store) -> PassageSet:
        """The set after the step."""
        return held.section_moved(self.heading, up=self.to == "up")


class Annotate(Body):
    """Give a passage another note, other tags, or another heading, under which it then stands last."""

    do: Literal["annotate"]
    passage: PassageId
    note: Prose | None = None
    tags: Tags | None = None
    heading: Line | None = None

    def taken(self, held: PassageSet, _store: Store) -> PassageSet:
        """The set after the step."""
        return held.annotated(self.passage, note=self.note, tags=self.tags, heading=self.heading)


class Merge(Body):
    """Add the passages of another set, which a secret opens to read or to edit, with their notes and tags."""

    do: Literal["merge"]
    other: Line = Field(description="The secret of a link to the other set")

    def taken(self, held: PassageSet, store: Store) -> PassageSet:
        """The set after the step."""
        return held.merged(store.sets.opened(self.other, *Access))


class Freeze(Body):
    """Keep the text that each passage has now; a frozen set is not changed until it is thawed."""

    do: Literal["freeze"]

    def taken(self, held: PassageSet, store: Store) -> PassageSet:
        """The set after the step."""
        texts = {passage.id: passage.text for passage in store.passages_by_id(held.passage_ids)}
        return held.frozen_with(texts, datetime.now(UTC).isoformat(timespec="seconds"))


class Thaw(Body):
    """Open a frozen set again; the texts of freezing are forgotten."""

    do: Literal["thaw"]

    def taken(self, held: PassageSet, _store: Store) -> PassageSet:
        """The set after the step."""
        return held.thawed()


Step: TypeAlias = Annotated[
    Rename | Add | Remove | Move | MoveSection | Annotate | Merge | Freeze | Thaw, Field(discriminator="do")
]


class Steps(Body):
    """Steps in their order; if one cannot be taken, none is."""

    steps: list[Step] = Field(min_length=1, max_length=MOST_STEPS)

    def taken(self, held: PassageSet, store: Store) -> PassageSet:
        """The set after all of them; raises `SetError`, and `NotFound` for passages and sets."""
        for step in self.steps:
            held = step.taken(held, store)
        return held


class Copy(Body):
    """A copy of a set, under its own title unless another is given."""

    title: Title | None = None


class NewLink(Body):
    """Another link to a set: to read it, or to edit it in place of the link that is used now."""

    access: Access


class FiledEntry(Body):
    """A passage of a set in a file."""

    model_config = ConfigDict(extra="ignore")

    passage: PassageId
    note: Prose = ""
    tags: Tags = Field(default_factory=list)
    heading: Line = ""
    text: str = Field(default="", max_length=_LONGEST_PASSAGE, description="Of frozen sets, as it was then")
    sha256: str = Field(default="", max_length=64)


class FiledSet(Body):
    """A passage set as a file, as `set.json` gives it."""

    model_config = ConfigDict(extra="ignore")

    format: Literal[FORMAT]  # type: ignore[valid-type]  # a constant
    version: Literal[VERSION]  # type: ignore[valid-type]  # a constant
    title: Title
    introduction: Prose = ""
    frozen: Line = Field(default="", description="When it was frozen, in ISO form")
    entries: list[FiledEntry] = Field(max_length=MOST_ENTRIES)


def _held(store: Store, names: list[str]) -> list[str]:
    """The names; raises `NotFound` for one that the library does not hold."""
    found = {passage.id for passage in store.passages_by_id(names)}
    if missing := [name for name in names if name not in found]:
        raise NotFound(f"the library holds no passage {missing[0]!r}")
    return names
