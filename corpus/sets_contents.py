"""A passage set joined with what the library holds of it now: what its pages show and its exports write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Document, Passage
from corpus.sets import Entry, PassageSet, State
from corpus.store import Store


@dataclass(frozen=True, slots=True)
class Member:
    """An entry with its passage and document, both None where the library does not hold the passage."""

    entry: Entry
    passage: Passage | None
    document: Document | None

    @property
    def state(self) -> State:
        """What has become of the passage."""
        return self.entry.state(self.passage.text if self.passage else None)


def members(store: Store, held: PassageSet) -> tuple[Member, ...]:
    """Every entry of the set, in order, the missing ones too."""
    passages = {passage.id: passage for passage in store.passages_by_id(held.passage_ids)}
    names = dict.fromkeys(passage.document_id for passage in passages.values())
    documents = {document.id: document for document in store.documents_by_id(list(names))}
    found = ((entry, passages.get(entry.passage_id)) for entry in held.entries)
    return tuple(
        Member(entry, passage, documents.get(passage.document_id) if passage else None) for entry, passage in found
    )


def pairs(store: Store, held: PassageSet) -> Iterator[tuple[Document, Passage]]:
    """What an export of the set writes: its passages as they are now, in its order, the missing ones left out."""
    for member in members(store, held):
        if member.document and member.passage:
            yield member.document, member.passage
