"""A real search cluster on the loopback: three nodes, each a process of its own, from the artifacts of Maven Central.

`OPENSEARCH_URL` points the tests at another cluster instead, such as that of `tests/servers/opensearch/compose.yaml`.
The nodes are shared by all processes of a test run: the first that needs them starts them, the last that has done ends
them.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from time import monotonic, sleep

from filelock import FileLock

HERE = Path(__file__).parent / "opensearch"
#: Names another cluster.
URL = "OPENSEARCH_URL"
NODES = 3
#: Seconds until all nodes have found each other; a busy machine takes a minute.
_PATIENCE = 300
_LOGGING = """status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


class Unavailable(Exception):
    """Why there is no cluster here."""


class SearchCluster:
    """Nodes below one folder, by their numbers from 0."""

    def __init__(self, folder: Path, *, heap: str = "512m") -> None:
        self.folder, self.heap = folder, heap
        self.jars = jars()
        self.http, self.transport = _free_ports(NODES), _free_ports(NODES)
        self.processes: dict[int, int] = {}

    @property
    def addresses(self) -> str:
        """URLs of all nodes, with commas between them."""
        return ",".join(f"http://127.0.0.1:{port}" for port in self.http)

    def start(self, *numbers: int) -> None:
        """Start nodes (all if none is named) and wait until every one that runs has found the others."""
        for number in numbers or range(NODES):
            self.processes[number] = self._started(number)
        self.wait(f"number_of_nodes={len(self.processes)}")

    def wait(self, wanted: str) -> None:
        """Wait for what the cluster's health says, such as `status=green`."""
        name, _, value = wanted.partition("=")
        ends = monotonic() + _PATIENCE
        while monotonic() < ends:
            held = [health.get(name) for health in map(self._health, self.processes)]
            if all(str(each) == value for each in held):
                return
            sleep(0.5)
        raise Unavailable(f"the nodes of the search cluster did not come to {wanted}; their words are in {self.folder}")

    def kill(self, number: int) -> None:
        """End a node without warning."""
        os.kill(self.processes.pop(number), signal.SIGKILL)

    def close(self) -> None:
        """End all nodes."""
        for number in list(self.processes):
            self.kill(number)

    def _started(self, number: int) -> int:
        home = self.folder / f"node-{number}"
        (home / "config").mkdir(parents=True, exist_ok=True)
        (home / "config" / "log4j2.properties").write_text(_LOGGING, encoding="utf-8")
        settings = {
            "path.home": home,
            "path.data": home / "data",
            "path.logs": home / "logs",
            "node.name": f"node-{number}",
            "cluster.name": f"pincite-tests-{self.transport[0]}",
            "network.host": "127.0.0.1",
            "http.port": self.http[number],
            "transport.port": self.transport[number],
            "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in self.transport),
            "cluster.initial_cluster_manager_nodes": ",".join(f"node-{each}" for each in range(NODES)),
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "cluster.max_shards_per_node": 5000,
        }
        command = ["java", f"-Xms{self.heap}", f"-Xmx{self.heap}", "-XX:+UseSerialGC"]
        command += [f"-Dlog4j.configurationFile={home}/config/log4j2.properties", "-cp", f"{self.jars}:{self.jars}/*"]
        command += ["SearchNode", *(f"{name}={value}" for name, value in settings.items())]
        # a shell leaves it to the system, for it may outlive the process of the tests that starts it
        start = ["sh", "-c", 'setsid "$@" >> "$0" 2>&1 < /dev/null & echo $!', home / "output.txt", *command]
        return int(subprocess.run(start, stdout=subprocess.PIPE, text=True, check=True).stdout)

    def _health(self, number: int) -> dict[str, object]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http[number]}/_cluster/health", timeout=5) as answer:
                return dict(json.load(answer))
        except OSError:
            return {}


def jars() -> Path:
    """The folder of the server's jars, fetched once for an environment of Python; raises `Unavailable`."""
    folder = Path(sys.prefix) / "search-node"
    absent = [name for name in ("mvn", "java", "javac") if not shutil.which(name)]
    if absent:
        raise Unavailable(f"there is no search cluster here: {', '.join(absent)} not found, and {URL} is not set")
    with FileLock(f"{folder}.lock"):
        if not (folder / "SearchNode.class").exists():
            copy = ["mvn", "-q", "-B", "-f", HERE / "pom.xml", "dependency:copy-dependencies"]
            _run([*copy, f"-DoutputDirectory={folder}"])
            _run(["javac", "-cp", f"{folder}/*", "-d", folder, HERE / "SearchNode.java"])
    return folder


def _run(command: list[object]) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable(f"the search cluster cannot be had: {' '.join((done.stdout + done.stderr).split())[-300:]}")


def _free_ports(count: int) -> list[int]:
    held = [socket() for _ in range(count)]
    try:
        for each in held:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in held]
    finally:
        for each in held:
            each.close()


@contextmanager
def shared_cluster(folder: Path) -> Iterator[str]:
    """The addresses of the cluster of this test run, whose processes all name the same folder."""
    if os.environ.get(URL):
        yield os.environ[URL]
        return
    folder.mkdir(exist_ok=True)
    users, lock = folder / "users.json", FileLock(folder / "lock")
    with lock:
        held = json.loads(users.read_text()) if users.exists() else {"users": 0}
        if not held["users"]:
            cluster = SearchCluster(folder)
            cluster.start()
            held = {"users": 0, "addresses": cluster.addresses, "nodes": list(cluster.processes.values())}
        held["users"] += 1
        users.write_text(json.dumps(held))
    try:
        yield held["addresses"]
    finally:
        with lock:
            held = json.loads(users.read_text())
            held["users"] -= 1
            users.write_text(json.dumps(held))
            if not held["users"]:
                for process in held["nodes"]:
                    os.kill(process, signal.SIGKILL)
