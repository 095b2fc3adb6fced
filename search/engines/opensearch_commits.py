"""How a commit to a cluster is made at once, though a cluster writes documents one by one.

Everything that a writer puts in carries the number of its batch, its `generation`. The state is one document: it names
the index, the generations that are still `open`, and the documents of which the last commit made older ones obsolete.
Searches leave out both, so that writing the state is the commit. What was left out is taken away afterwards; where a
writer died before, the next one does it. One writer at a time holds the lock, another document, and shows by rewriting
it that it lives: no clock is compared with another.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

from corpus.model import Document, Passage
from search.engines import opensearch_index as entries
from search.engines.cluster import Cluster
from search.engines.opensearch_client import Body, Client, Kept
from search.engines.opensearch_queries import Clause, any_of, terms
from search.engines.patience import Patience
from search.errors import EngineError

#: Raised when entries change, so that an index of another version is built anew.
VERSION = 2
#: Seconds after which a lock that nobody rewrites is taken over, and between two rewritings.
LEASE, BEAT = 30.0, 5.0
#: Entries sent at once, and the characters of texts that are enough for one request.
_ENTRIES, _CHARACTERS = 1_000, 2_000_000
_STATE, _LOCK = "state", "lock"


@dataclass(frozen=True, slots=True)
class State:
    """What is committed: the index, the generations in it that are not, and documents of which older ones are gone.

    `committed` is the last generation committed; `generations` and `documents` count the numbers that were given out.
    """

    index: str = ""
    committed: int = 0
    open: tuple[int, ...] = ()
    gone: tuple[str, ...] = ()
    generations: int = 0
    documents: int = 0
    version: int = VERSION

    @property
    def is_foreign(self) -> bool:
        """Whether it was made by another version, so that only its numbers are known."""
        return not self.version

    @property
    def commit(self) -> tuple[str, int]:
        """What changes with every commit and with nothing else."""
        return self.index, self.committed

    def hidden(self) -> list[Clause]:
        """What no search may see."""
        waiting: list[Clause] = [{"terms": {"generation": list(self.open)}}] if self.open else []
        return [*waiting, *self.replaced()]

    def replaced(self) -> list[Clause]:
        """The entries in whose place the last commit put others."""
        if not self.gone:
            return []
        older: Clause = {"range": {"generation": {"lt": self.committed}}}
        return [{"bool": {"filter": [terms("document", self.gone), older]}}]


class Commits:
    """The state of one index and the right to change it."""

    def __init__(self, client: Client, cluster: Cluster) -> None:
        self.client, self.cluster = client, cluster
        self.name = f"{cluster.index}-state"

    def read(self) -> State:
        """The newest committed state; an empty one if nothing was ever committed."""
        return self.kept()[0]

    def kept(self) -> tuple[State, Kept | None]:
        """The same with what tells whether it has changed since."""
        kept = self.client.read(self.name, _STATE)
        if kept is None:
            return State(), None
        if kept.body.get("version") != VERSION:
            return State(generations=kept.body.get("generations", 0), version=0), kept
        held = {**kept.body, "open": tuple(kept.body["open"]), "gone": tuple(kept.body["gone"])}
        return State(**held), kept

    def write(self, state: State, before: Kept | None) -> Kept:
        """Put a state in the place of one; raises `EngineError` if another process has done so."""
        conditions: dict[str, Any] = before.unchanged if before else {"op_type": "create"}
        kept = self.client.write(self.name, _STATE, asdict(state), **conditions)
        if kept is None:
            raise EngineError("another process has taken over the index; try again")
        return kept

    def lock(self, patience: Patience, folder: Path) -> Lock:
        """The right to write; raises `EngineError` if another process keeps it for too long."""
        one: Body = {"number_of_shards": 1, "auto_expand_replicas": "0-all"}
        if not self.client.exists(self.name):
            self.client.create(self.name, {"settings": one, "mappings": {"enabled": False}})
        lock = Lock(self.client, self.name)
        patience.until(lock.attempt, folder)
        lock.keep()
        return lock


class Lock:
    """A document that exists while somebody writes, rewritten as long as the writer lives."""

    def __init__(self, client: Client, index: str) -> None:
        self._client, self._index = client, index
        self._body: Body = {"holder": secrets.token_hex(8)}
        self._mine: Kept | None = None
        self._seen: tuple[dict[str, int], float] | None = None
        self._ended = threading.Event()
        self._living: threading.Thread | None = None

    def attempt(self) -> bool:
        """Take the lock if it is free, or if its holder has not moved for `LEASE` seconds."""
        self._mine = self._client.write(self._index, _LOCK, self._body, op_type="create")
        if self._mine is None and (other := self._client.read(self._index, _LOCK)):
            if self._seen is None or self._seen[0] != other.unchanged:
                self._seen = other.unchanged, monotonic()
            elif monotonic() - self._seen[1] > LEASE:
                self._mine = self._client.write(self._index, _LOCK, self._body, **other.unchanged)
        return self._mine is not None

    def keep(self) -> None:
        """Show from now on that the holder lives."""
        self._living = threading.Thread(target=self._beat, daemon=True)
        self._living.start()

    def release(self) -> None:
        """Let others write."""
        self._ended.set()
        if self._living:
            self._living.join()
        if self._mine:
            self._client.erase(self._index, _LOCK, **self._mine.unchanged)

    def _beat(self) -> None:
        while self._mine and not self._ended.wait(BEAT):
            try:
                self._mine = self._client.write(self._index, _LOCK, self._body, **self._mine.unchanged)
            except EngineError:
                continue  # the next beat may come through; the state decides in the end who may commit


class Batch:
    """What is added and removed until it is committed or dropped; as long as it lives nobody else writes."""

    def __init__(self, commits: Commits, patience: Patience, folder: Path, *, anew: bool) -> None:
        self._commits, self._client = commits, commits.client
        self._lock = commits.lock(patience, folder)
        try:
            self._begin(anew=anew)
        except BaseException:
            self._lock.release()
            raise

    def _begin(self, *, anew: bool) -> None:
        before, kept = self._commits.kept()
        self._anew = anew or not before.index or not self._client.exists(before.index)
        self._generation = before.generations + 1
        self._before = replace(before, generations=self._generation, version=VERSION)
        if self._anew:
            self._index, self._places = f"{self._commits.cluster.index}-{self._generation:06}", 0
            self._client.create(self._index, entries.body(self._commits.cluster))
        else:
            self._index, self._places = before.index, before.documents
            if unseen := before.hidden():  # what dead writers left, and what the last commit replaced
                self._client.purge(before.index, any_of(unseen))
            self._before = replace(self._before, open=(*before.open, self._generation), gone=())
        self._kept = self._commits.write(self._before, kept)
        self._held: set[str] = set()
        self._gone: set[str] = set()
        self._lines: list[Body] = []
        self._characters = 0

    def add(self, document: Document, passages: Sequence[Passage], revision: str) -> None:
        """Put in a document that has been taken out."""
        self._held.add(document.id)
        self._places += 1
        self._put(document.id, document.id, entries.document_entry(document, revision, self._generation))
        for passage in passages:
            self._put(document.id, passage.id, entries.passage_entry(document, passage, self._generation, self._places))

    def remove(self, document_id: str) -> None:
        """Take a document out; unknown ids are no error."""
        if document_id in self._held:
            self._held.remove(document_id)
            self._send()
            self._client.refresh(self._index)
            own: list[Clause] = [{"term": {"document": document_id}}, {"term": {"generation": self._generation}}]
            self._client.purge(self._index, {"bool": {"filter": own}})
        if not self._anew:
            self._gone.add(document_id)

    def commit(self) -> None:
        """Make the batch the newest state."""
        try:
            self._send()
            self._client.refresh(self._index)
            waiting = () if self._anew else tuple(each for each in self._before.open if each != self._generation)
            after = replace(
                self._before,
                index=self._index,
                committed=self._generation,
                open=waiting,
                gone=tuple(sorted(self._gone)),
                documents=self._places,
            )
            kept = self._commits.write(after, self._kept)
            self._tidy(after, kept)
        finally:
            self._lock.release()

    def drop(self) -> None:
        """Forget the batch; the next one takes away what it has sent."""
        try:
            if self._anew:
                self._client.drop(self._index)
        finally:
            self._lock.release()

    def _tidy(self, state: State, kept: Kept) -> None:
        if self._anew:
            prefix = self._commits.cluster.index
            self._client.point(prefix, state.index)
            for name in self._client.named(f"{prefix}-*"):
                if re.fullmatch(rf"{re.escape(prefix)}-\d{{6,}}", name) and name != state.index:
                    self._client.drop(name)
        elif state.gone:
            self._client.purge(state.index, any_of(state.replaced()))
            self._commits.write(replace(state, gone=()), kept)

    def _put(self, document_id: str, name: str, entry: Body) -> None:
        action = {"_index": self._index, "_id": entries.key(name, self._generation), "routing": document_id}
        self._lines += ({"index": action}, entry)
        self._characters += len(entry["body"].get("text", ""))
        if len(self._lines) >= 2 * _ENTRIES or self._characters >= _CHARACTERS:
            self._send()

    def _send(self) -> None:
        lines, self._lines, self._characters = self._lines, [], 0
        self._client.bulk(lines)
