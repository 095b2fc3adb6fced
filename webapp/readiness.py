"""Whether this server can answer its readers: the store, the engine, and how far the index is behind the store."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from corpus.errors import PinciteError
from search.indexer import difference
from webapp.resources import Library


@dataclass(frozen=True, slots=True)
class Condition:
    """What is wrong with the store and with the engine, "" if nothing is, and what both hold.

    `behind` counts documents that the index lacks in their newest state or holds although they are gone.
    """

    store: str = ""
    engine: str = ""
    documents: int = 0
    behind: int = 0
    passages: int = 0

    @property
    def trouble(self) -> str:
        """Why no reader should be sent here, in one line; "" if there is no reason.

        An index that is behind is none: every ingest makes all servers of a library late for some seconds. One that
        holds nothing of what the store has would tell readers that there is nothing.
        """
        if self.store:
            return self.store
        empty = self.documents and not self.passages and self.behind >= self.documents
        return self.engine or ("the index holds nothing of the library; it may be being built" if empty else "")

    @property
    def json(self) -> dict[str, str | int]:
        """The condition for machines."""
        held = {name: value for name, value in asdict(self).items() if isinstance(value, int)}
        if not self.trouble:
            return {"status": "ready", **held}
        return {"status": "unavailable", "reason": self.trouble, **held}


def condition(library: Library) -> Condition:
    """The condition of the library now; takes a look at the revision of every document."""
    try:
        documents = len(library.store.revisions())
    except PinciteError as error:
        return Condition(store=str(error))
    try:
        if damage := library.engine.health():
            return Condition(engine=damage, documents=documents, behind=documents)
        behind = sum(map(len, difference(library.store, library.engine)))
        return Condition(documents=documents, behind=behind, passages=library.engine.count())
    except PinciteError as error:
        return Condition(engine=str(error), documents=documents, behind=documents)
