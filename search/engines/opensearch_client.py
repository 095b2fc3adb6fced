"""Requests to a cluster: what it refuses, or that it is silent, is told in one line without its address."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any, TypeAlias

import opensearchpy
from opensearchpy import exceptions

from search.engines.cluster import Cluster
from search.errors import ClusterAway, EngineError

Body: TypeAlias = dict[str, Any]

#: Connections kept to each node: threads of a server and the one that keeps a lock.
_CONNECTIONS = 16
#: Attempts of one request, each at another node if there is one.
_ATTEMPTS = 3
#: Answers after which the same request may succeed: too much at once, no node to take it, a node that went away.
_PASSING = frozenset({429, 502, 503, 504})
#: Seconds before a rejected bulk request is repeated; doubled each time up to the second figure.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
#: Times as long as one answer that bulk requests are repeated for: a cluster needs a while to do without a node.
_PERSISTENCE = 4
#: Seconds that work on a whole index may take.
_LONG = 600
#: Requests of a `search_all` that a cluster works on at once.
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Kept:
    """A document with what tells whether it has changed since."""

    body: Body
    seq_no: int
    primary_term: int

    @property
    def unchanged(self) -> dict[str, int]:
        """What makes a later write fail if another one came between."""
        return {"if_seq_no": self.seq_no, "if_primary_term": self.primary_term}


class Client:
    """The requests that an engine makes; all raise `EngineError` for a cluster that is away or refuses."""

    def __init__(self, cluster: Cluster) -> None:
        # every failed attempt would be written to the log with the address, and with it the password
        logging.getLogger("opensearch").setLevel(logging.CRITICAL)
        self._seconds = cluster.seconds
        # answers of all parts or none; what nobody waits for any more is given up by the cluster too
        self._whole: Body = {
            "allow_partial_search_results": "false",
            "cancel_after_time_interval": f"{cluster.seconds}s",
        }
        self._nodes = opensearchpy.OpenSearch(
            [address.strip() for address in cluster.addresses.split(",")],
            ca_certs=cluster.authorities or None,
            timeout=cluster.seconds,
            pool_maxsize=_CONNECTIONS,
            max_retries=_ATTEMPTS,
            retry_on_timeout=True,
            retry_on_status=tuple(_PASSING),
        )

    def close(self) -> None:
        """Close the connections."""
        self._nodes.close()

    # -- single documents --------------------------------------------------------------------------------------
    def read(self, index: str, name: str) -> Kept | None:
        """A document as it was written last, None if it or its index is not there."""
        try:
            with _told(exceptions.NotFoundError):
                found = self._nodes.get(index=index, id=name)
        except exceptions.NotFoundError:
            return None
        return Kept(found["_source"], found["_seq_no"], found["_primary_term"])

    def write(self, index: str, name: str, body: Body, **conditions: Any) -> Kept | None:
        """Write a document whole; None if the conditions (`op_type="create"`, `Kept.unchanged`) are not met."""
        try:
            with _told(exceptions.ConflictError):
                done = self._nodes.index(index=index, id=name, body=body, **conditions)
        except exceptions.ConflictError:
            return None
        return Kept(body, done["_seq_no"], done["_primary_term"])

    def erase(self, index: str, name: str, **conditions: Any) -> None:
        """Take out a document if the conditions are met."""
        try:
            with _told(exceptions.ConflictError, exceptions.NotFoundError):
                self._nodes.delete(index=index, id=name, **conditions)
        except (exceptions.ConflictError, exceptions.NotFoundError):
            return

    # -- searches ----------------------------------------------------------------------------------------------
    def search(self, index: str, body: Body) -> Body:
        """One answer, of all shards or of none."""
        with _told():
            answer: Body = self._nodes.search(index=index, body=body, params=self._whole)
        return answer

    def search_all(self, index: str, bodies: Sequence[Body]) -> list[Body]:
        """The answers to several requests in their order, at one go."""
        if not bodies:
            return []
        lines = [line for body in bodies for line in (self._whole, body)]
        with _told():
            answers = self._nodes.msearch(index=index, body=lines, params={"max_concurrent_searches": _AT_ONCE})
        for answer in answers["responses"]:
            if "error" in answer:
                raise EngineError(f"the search cluster cannot answer: {_reason(answer['error'])}")
        return list(answers["responses"])

    @contextmanager
    def snapshot(self, index: str) -> Iterator[Body]:
        """The index as it is now, for reading it in pages: what a request names in place of the index."""
        with _told():
            held = self._nodes.create_pit(index=index, params={"keep_alive": "5m"})
        try:
            yield {"id": held["pit_id"], "keep_alive": "5m"}
        finally:
            with _told():
                self._nodes.delete_pit(body={"pit_id": [held["pit_id"]]})

    def page(self, snapshot: Body, body: Body) -> Body:
        """One answer from a snapshot."""
        with _told():
            answer: Body = self._nodes.search(body={**body, "pit": snapshot}, params=self._whole)
        return answer

    # -- writing many ------------------------------------------------------------------------------------------
    def bulk(self, lines: Sequence[Body]) -> None:
        """Index documents, given as pairs of action and body; what is rejected for now is sent again.

        The same document may be sent twice: ids decide, so nothing is doubled.
        """
        started, pause = monotonic(), _FIRST_PAUSE
        while lines:
            lines, reason = self._bulk_once(lines)
            if lines:
                if monotonic() - started > _PERSISTENCE * self._seconds:
                    raise EngineError(f"the search cluster does not take what is indexed: {reason}")
                sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    def _bulk_once(self, lines: Sequence[Body]) -> tuple[Sequence[Body], str]:
        """The pairs that are to be sent again, and why."""
        try:
            answer = self._nodes.bulk(body=lines)
        except exceptions.TransportError as error:
            if error.status_code not in {*_PASSING, "N/A", "TIMEOUT"}:
                raise EngineError(_line(error)) from error
            return lines, _line(error)
        again: list[Body] = []
        reason = ""
        for place, item in enumerate(answer["items"]):
            done = item["index"]
            if done["status"] in _PASSING:
                reason = _reason(done["error"])
                again += lines[2 * place : 2 * place + 2]
            elif "error" in done:
                raise EngineError(f"the search cluster refuses a passage: {_reason(done['error'])}")
        return again, reason

    def purge(self, index: str, query: Body) -> None:
        """Take out all documents that answer a query, and make that visible."""
        params = {"conflicts": "proceed", "refresh": "true", "request_timeout": _LONG}
        with _told():
            done = self._nodes.delete_by_query(index=index, body={"query": query}, params=params)
        if done["failures"]:
            raise EngineError("the search cluster could not take away what was replaced; try again")

    def refresh(self, index: str) -> None:
        """Let searches see what was written."""
        with _told():
            answer = self._nodes.indices.refresh(index=index, params={"request_timeout": _LONG})
        if answer["_shards"]["failed"]:
            raise EngineError("the search cluster could not make all of its parts ready; try again")

    # -- indices -----------------------------------------------------------------------------------------------
    def exists(self, index: str) -> bool:
        """Whether there is such an index or alias."""
        with _told():
            return bool(self._nodes.indices.exists(index=index))

    def create(self, index: str, body: Body) -> None:
        """Make an index; one that is there already stays as it is."""
        try:
            with _told(exceptions.RequestError):
                self._nodes.indices.create(index=index, body=body)
        except exceptions.RequestError as error:
            if error.error != "resource_already_exists_exception":
                raise EngineError(_line(error)) from error

    def drop(self, index: str) -> None:
        """Take out an index; one that is not there is no error."""
        with _told():
            self._nodes.indices.delete(index=index, params={"ignore_unavailable": "true"})

    def named(self, pattern: str) -> list[str]:
        """The indices whose names match a pattern, or that an alias names."""
        with _told():
            return sorted(self._nodes.indices.get(index=pattern, params={"ignore_unavailable": "true"}))

    def point(self, alias: str, index: str) -> None:
        """Let an alias name this index and no other, in one step."""
        actions: list[Body] = [{"remove": {"index": held, "alias": alias}} for held in self.named(alias)]
        actions.append({"add": {"index": index, "alias": alias}})
        with _told():
            self._nodes.indices.update_aliases(body={"actions": actions})

    def status(self, index: str) -> str:
        """`green`, `yellow` (a copy is missing) or `red` (a part is missing)."""
        with _told():
            return str(self._nodes.cluster.health(index=index)["status"])


@contextmanager
def _told(*expected: type[Exception]) -> Iterator[None]:
    """Turns what goes wrong with the cluster into one line; what the caller expects is left as it is."""
    try:
        yield
    except expected:
        raise
    except (exceptions.OpenSearchException, ValueError) as error:
        raise _failure(error) from error


def _failure(error: Exception) -> EngineError:
    return (ClusterAway if isinstance(error, exceptions.ConnectionError) else EngineError)(_line(error))


def _line(error: Exception) -> str:
    match error:
        case exceptions.AuthenticationException() | exceptions.AuthorizationException():
            return "the search cluster refuses the user or the password: check PINCITE_OPENSEARCH"
        case exceptions.SSLError():
            return "the certificate of the search cluster is not trusted: check PINCITE_OPENSEARCH_CA"
        case exceptions.ConnectionTimeout():
            return "the search cluster does not answer in time; search is away for the moment"
        case exceptions.ConnectionError():
            return "the search cluster cannot be reached; search is away for the moment"
        case exceptions.TransportError():
            return f"the search cluster cannot answer: {_reason(error.info) or error.error}"
        case _:
            return f"the search cluster cannot be asked: {type(error).__name__}"


def _reason(error: Any) -> str:
    """The innermost reason that the cluster gives, as one line."""
    if isinstance(error, Mapping):
        inner = error.get("error") or error.get("caused_by") or next(iter(error.get("root_cause") or ()), None)
        return _reason(inner) if inner else " ".join(str(error.get("reason") or error.get("type") or "").split())
    return " ".join(str(error or "").split())
