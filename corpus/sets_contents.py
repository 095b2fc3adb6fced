"""A passage set joined with what the library holds of it now: what its pages show and its exports write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.export import Collection, Remark
from corpus.locator import split_passage_id
from corpus.model import Document, Passage, PassageKind
from corpus.sets import Entry, PassageSet, State
from corpus.store import Store


@dataclass(frozen=True, slots=True)
class Member:
    """An entry with its passage and document, each None where the library does not hold it any more."""

    entry: Entry
    passage: Passage | None
    document: Document | None

    @property
    def state(self) -> State:
        """What has become of the passage."""
        return self.entry.state(self.passage.text if self.passage else None)

    @property
    def shown(self) -> tuple[Document, Passage] | None:
        """What the set's page shows: the words of the day when it was frozen, else those of now; None for what is lost.

        Of a document that is gone the id alone is known. Annotations and calls of notes are places in a text, and are
        left out with another one.
        """
        if self.state == State.PRESENT and self.passage and self.document:
            return self.document, self.passage
        if not self.entry.sha256:
            return None
        name, locator = split_passage_id(self.entry.passage_id)
        kind = PassageKind.FOOTNOTE if locator.steps[-1].unit == "fn" else PassageKind.PARAGRAPH
        bare = self.passage or Passage(self.entry.passage_id, name, 0, kind, "", label=locator.label)
        kept = replace(bare, text=self.entry.text, annotations=(), calls=(), automatic=None)
        return self.document or Document(name, name), kept


def members(store: Store, held: PassageSet) -> tuple[Member, ...]:
    """Every entry of the set, in order, the missing ones too."""
    passages = {passage.id: passage for passage in store.passages_by_id(held.passage_ids)}
    names = {name: name.partition("/")[0] for name in held.passage_ids}
    documents = {document.id: document for document in store.documents_by_id(list(dict.fromkeys(names.values())))}
    return tuple(
        Member(entry, passages.get(entry.passage_id), documents.get(names[entry.passage_id])) for entry in held.entries
    )


def pairs(found: Iterable[Member]) -> list[tuple[Document, Passage]]:
    """What an export of a set writes: its passages as its page shows them, in its order, the lost ones left out."""
    return [member.shown for member in found if member.shown]


def collection(held: PassageSet) -> Collection:
    """What the set adds to its passages."""
    remarks = {entry.passage_id: Remark(entry.heading, entry.note, entry.tags) for entry in held.entries}
    return Collection(held.title, held.introduction, remarks)
