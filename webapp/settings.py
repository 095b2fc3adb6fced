"""Settings: every environment variable that Pincite reads, and nothing else reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.limits import Limits
from search.engines.cluster import Cluster

#: Characters of an administrator's token at least: at random, these are more than anybody can try.
LEAST_TOKEN = 20
#: Forms of the log.
LOGS = ("quiet", "text", "json")
#: The variable by which the library for metrics knows where processes count together.
_SHARED_METRICS = "PROMETHEUS_MULTIPROC_DIR"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation can decide; the comment beside each field names its variable."""

    library: Path = Path("library")  # PINCITE_LIBRARY: folder of library.sqlite and index/
    engine: str = ""  # PINCITE_ENGINE: whoosh | tantivy | opensearch; unset: what the library was moved to by --engine
    store: str = field(default="", repr=False)  # PINCITE_STORE: postgresql://USER:PASSWORD@HOST/NAME; unset: the file
    opensearch: str = field(default="", repr=False)  # PINCITE_OPENSEARCH: URLs of the cluster, with commas between
    opensearch_index: str = "pincite"  # PINCITE_OPENSEARCH_INDEX: begins the names of the indices of this library
    opensearch_shards: int = 3  # PINCITE_OPENSEARCH_SHARDS: parts of an index; taken up by a rebuild
    opensearch_replicas: int = 1  # PINCITE_OPENSEARCH_REPLICAS: copies of each part on other nodes
    opensearch_ca: str = ""  # PINCITE_OPENSEARCH_CA: file of certificates that https is checked against
    opensearch_timeout: int = 30  # PINCITE_OPENSEARCH_TIMEOUT: seconds that an answer of the cluster is waited for
    lock_timeout: int = 600  # PINCITE_LOCK_TIMEOUT: seconds that ingest and reindex wait for another one to finish
    host: str = "127.0.0.1"  # PINCITE_HOST: address that `pincite serve` listens on
    port: int = 8765  # PINCITE_PORT
    threads: int = 4  # PINCITE_THREADS: threads of the web server
    workers: int = 0  # PINCITE_WORKERS: processes of the web server; 0: one a processor, four at most
    proxies: int = 0  # PINCITE_PROXIES: proxies in front whose X-Forwarded-For and -Proto are believed; 0: none
    log: str = "quiet"  # PINCITE_LOG: json | text, a line a request on the error stream; quiet: what went wrong alone
    log_queries: bool = False  # PINCITE_LOG_QUERIES: 1 | 0, whether these lines tell what was searched for
    metrics: bool = False  # PINCITE_METRICS: 1 | 0, whether there is /metrics; a proxy should keep it from the public
    base_url: str = ""  # PINCITE_BASE_URL: public address for permalinks, as "https://pincite.example.edu"
    hosts: str = ""  # PINCITE_HOSTS: names that the site is asked by, with commas between; unset: any
    rate_readers: int = 60  # PINCITE_RATE_READERS: readers behind one address that limits are made for; 0: no limits
    max_sets: int = 20_000  # PINCITE_MAX_SETS: passage sets that the library holds
    style: str = "oscola"  # PINCITE_STYLE: default citation style
    language: str = ""  # PINCITE_LANGUAGE: of the pages; unset: the one of ours that the reader's browser likes best
    site_name: str = "Pincite"  # PINCITE_SITE_NAME: name in the page head
    shared: Path = Path("../shared")  # PINCITE_SHARED: real documents and gold for tests and `pincite evaluate`
    model: bool = True  # PINCITE_MODEL: 1 | 0, whether ingest asks the statistical model about doubtful names
    reader_memory: int = 1000  # PINCITE_READER_MEMORY: megabytes that reading one file may take
    reader_seconds: int = 120  # PINCITE_READER_SECONDS: seconds for one file, and again for each megabyte of it
    max_query: int = 1000  # PINCITE_MAX_QUERY: characters of a query
    max_page_size: int = 100  # PINCITE_MAX_PAGE_SIZE: hits on one page
    admin_token: str = field(default="", repr=False)  # PINCITE_ADMIN_TOKEN: opens /admin; unset: there is no such page

    def __post_init__(self) -> None:
        """Raise `ValueError` for a token that could be guessed, a log of no form of ours, fewer proxies than none."""
        if self.admin_token and len(self.admin_token.strip()) < LEAST_TOKEN:
            raise ValueError(
                f"PINCITE_ADMIN_TOKEN must have {LEAST_TOKEN} characters or more; make one with: "
                'python3 -c "import secrets; print(secrets.token_urlsafe())"'
            )
        if self.log not in LOGS:
            raise ValueError(f"PINCITE_LOG must be one of {', '.join(LOGS)}, not {self.log!r}")
        if self.proxies < 0:
            raise ValueError(f"PINCITE_PROXIES must be 0 or more, not {self.proxies}")

    @property
    def limits(self) -> Limits:
        """What reading one file may cost."""
        return Limits(self.reader_memory, self.reader_seconds)

    @property
    def cluster(self) -> Cluster:
        """What these settings say of the cluster."""
        return Cluster(
            self.opensearch,
            self.opensearch_index,
            self.opensearch_shards,
            self.opensearch_replicas,
            self.opensearch_ca,
            self.opensearch_timeout,
        )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Defaults overridden by `PINCITE_<NAME>`; raises `ValueError` naming a variable that cannot be read.

        `PINCITE_<NAME>_FILE` names a file that holds the value, so that no secret need stand in the environment.
        """
        values: dict[str, object] = {}
        for name, default in _defaults().items():
            variable = f"PINCITE_{name.upper()}"
            text = _read(variable, environ) if f"{variable}_FILE" in environ else environ.get(variable)
            if text is not None:
                values[name] = _convert(variable, text, type(default))
        return cls(**values)  # type: ignore[arg-type]  # names and types come from the fields themselves


def share_metrics(folder: str) -> None:
    """Have this process, and those that it starts, count in files of the folder; before `webapp.metrics` is loaded."""
    os.environ[_SHARED_METRICS] = folder


def metrics_are_shared() -> bool:
    """Whether several processes count together."""
    return _SHARED_METRICS in os.environ


def _defaults() -> dict[str, object]:
    defaults = Settings()
    return {name: getattr(defaults, name) for name in Settings.__dataclass_fields__}


def _read(variable: str, environ: Mapping[str, str]) -> str:
    if variable in environ:
        raise ValueError(f"{variable} and {variable}_FILE are both set; leave one out")
    file = environ[f"{variable}_FILE"]
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{variable}_FILE: {file} cannot be read ({error})") from error


def _convert(variable: str, text: str, kind: type) -> object:
    if issubclass(kind, Path):
        return Path(text)
    if kind is bool:
        if text not in {"0", "1"}:
            raise ValueError(f"{variable} must be 1 or 0, not {text!r}")
        return text == "1"
    if kind is int:
        try:
            return int(text)
        except ValueError:
            raise ValueError(f"{variable} must be a whole number, not {text!r}") from None
    return text
