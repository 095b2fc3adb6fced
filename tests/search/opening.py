"""Engines for tests: those over files by their folder, that over a cluster under a name of its own for each folder."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from search import engines
from search.engine import Engine
from search.engines.cluster import Cluster
from search.engines.opensearch_client import Client
from search.engines.patience import Patience

#: Address of the cluster of this test run, set by `tests.servers.search_cluster` for processes that tests start.
ADDRESSES = "PINCITE_TEST_CLUSTER"


def cluster_of(folder: Path) -> Cluster:
    """The cluster of this run with names that belong to the folder."""
    digest = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    return Cluster(os.environ.get(ADDRESSES, ""), f"test-{digest}", shards=3, replicas=1)


def open_engine(name: str, folder: Path, patience: Patience = Patience()) -> Engine:  # noqa: B008  (a frozen value)
    """The engine `name` of the library `folder`."""
    return engines.open_engine(name, folder, patience, cluster_of(folder))


def forget(name: str, folder: Path, pattern: str = "-*") -> None:
    """Take away what the engine keeps elsewhere than in the folder, or a part of it."""
    if name == "opensearch":
        cluster = cluster_of(folder)
        client = Client(cluster)
        for index in client.named(f"{cluster.index}{pattern}"):
            client.drop(index)
        client.close()
