"""A PostgreSQL server for tests, of this machine's own programs or the one that PINCITE_TEST_POSTGRES names.

Ours listens on the loopback alone, on a free port, keeps nothing safe (a crash may cost it all), and orders texts by a
language, so that whatever leaves the order to the server is found out. It ends with the session, by its process id.
Where the tests run as root, it runs as somebody else, as PostgreSQL demands.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest

from tests.needed import missing

#: In every address; no message may ever show it.
PASSWORD = "s3cret-of-the-store"  # noqa: S105  (of a server that lives for a minute)
SECONDS = 60
_NUMBERS = count()


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`, of the newest version; Debian keeps them off the path."""
    debian = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if debian:
        return max(debian, key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def somebody() -> dict:
    """Who runs the server, as `subprocess` takes it."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return missing("no user but root is here, as whom PostgreSQL does not run")


class Server:
    """A server and the way to new databases on it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def execute(self, *statements: str) -> None:
        import psycopg

        with psycopg.connect(self.address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    @contextmanager
    def database(self, template: str = "template0"):
        """The address of a new database, a copy of the template."""
        name = f"pincite_test_{os.getpid()}_{next(_NUMBERS)}"
        self.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE {template}")
        try:
            yield f"{self.address.rpartition('/')[0]}/{name}"
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running(folder: Path):
    """A server whose files lie in the folder."""
    bin_folder, user = programs(), somebody()
    if bin_folder is None:
        missing("no PostgreSQL server is here (Debian: postgresql; or set PINCITE_TEST_POSTGRES)")
    if user:
        os.chown(folder, user["user"], user["group"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    secret, data, log = folder / "secret", folder / "data", folder / "log"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    made = [bin_folder / "initdb", "-D", data, "-U", "pincite", "-E", "UTF8", "--auth=scram-sha-256", "--no-sync"]
    language = ["--locale=C", "--locale-provider=icu", "--icu-locale=en-US"]
    subprocess.run([*made, *language, f"--pwfile={secret}"], check=True, stdout=subprocess.DEVNULL, cwd=folder, **user)
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "shared_buffers": "32MB",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [bin_folder / "postgres", "-D", data, *options], stdout=output, stderr=output, cwd=folder, **user
        )
    try:
        yield awaited(Server(f"postgresql://pincite:{PASSWORD}@127.0.0.1:{port}/postgres"), process, log)
    finally:
        process.send_signal(signal.SIGINT)  # ends sessions and stops
        process.wait(SECONDS)


def awaited(server: Server, process: subprocess.Popen, log: Path) -> Server:
    import psycopg

    deadline = time.monotonic() + SECONDS
    while True:
        try:
            server.execute("SELECT 1")
        except psycopg.OperationalError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        else:
            return server


@pytest.fixture(scope="session")
def postgres_server():
    """A server, with the right to make databases."""
    if find_spec("psycopg") is None:
        missing("psycopg is not installed")
    address = os.environ.get("PINCITE_TEST_POSTGRES")
    if address:
        yield Server(address)
        return
    folder = Path(tempfile.mkdtemp(prefix="pincite-postgres-"))
    try:
        with running(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_template(postgres_server, tmp_path_factory):
    """The name of a database that holds an empty library; to copy it takes less than to make its tables."""
    from corpus.store import Store

    with postgres_server.database() as address:
        Store.open(tmp_path_factory.mktemp("template"), address).close()
        yield address.rpartition("/")[2]


@pytest.fixture
def postgres(postgres_server, postgres_template):
    """The address of an empty library of this test's own."""
    with postgres_server.database(postgres_template) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request) -> str:
    """The address of an empty store, once for each kind that there is; "" stands for the file in the folder."""
    return request.getfixturevalue("postgres") if request.param == "postgresql" else ""
