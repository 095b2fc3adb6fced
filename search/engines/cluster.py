"""Which cluster holds an index that does not lie in the library's folder, and how it is kept there."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cluster:
    """How a cluster is reached and what is asked of it.

    `addresses` are URLs with commas between them, each with user and password if the cluster wants them; `index` begins
    the names of all that is made there, so that several libraries may share a cluster. `authorities` is the file of the
    certificates that `https` is checked against, "" for those that Python knows. `seconds` is waited for an answer.
    """

    addresses: str = field(default="", repr=False)
    index: str = "pincite"
    shards: int = 3
    replicas: int = 1
    authorities: str = ""
    seconds: int = 30
