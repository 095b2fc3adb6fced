"""Fixtures that several rooms share.

Strategy: units are tested on values built by small factories (`tests/factories.py`) or on texts written for the test;
structure on golden files, one phenomenon each (`tests/ingest/golden/`); engines by one contract suite; the whole by the
sample collection. Nothing is mocked that can be had for real. Tests that need the real documents read their place from
PINCITE_SHARED, are marked `shared`, skip on a laptop without them and fail in CI.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.needed import missing
from tests.search.opening import ADDRESSES
from tests.servers.postgres import database, postgres, postgres_server, postgres_template  # noqa: F401  (fixtures)
from tests.servers.search_cluster import Unavailable, shared_cluster

ROOT = Path(__file__).parent.parent
#: Whether hours may be spent, as at night: many more kills, damages and generated examples, and new ones every time.
THOROUGH = "PINCITE_THOROUGH" in os.environ

#: Names under which systems install Chromium.
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")

#: Generated examples at night for each one in CI.
NIGHT = 50

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("nightly", max_examples=100 * NIGHT, deadline=None, print_blob=True)
settings.load_profile("nightly" if THOROUGH else "ci")


def examples(few: int, **options: Any) -> settings:
    """So many generated examples, the same ones every time; at night many more, which are new every time."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(max_examples=few * (NIGHT if THOROUGH else 1), suppress_health_check=slow, **options)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and gold beside the repository."""
    folder = Path(os.environ.get("PINCITE_SHARED") or ROOT.parent / "shared").resolve()
    if not (folder / "sources").is_dir():
        missing(f"the real documents are not at {folder} (set PINCITE_SHARED)")
    return folder


@pytest.fixture(scope="session")
def search_cluster(tmp_path_factory, worker_id) -> Iterator[str]:
    """Addresses of a real search cluster, which processes that tests start find too."""
    place = tmp_path_factory.getbasetemp()
    folder = (place if worker_id == "master" else place.parent) / "search-cluster"
    try:
        with shared_cluster(folder) as addresses, pytest.MonkeyPatch.context() as patch:
            patch.setenv(ADDRESSES, addresses)
            yield addresses
    except Unavailable as error:
        missing(str(error))


@pytest.fixture(autouse=True)
def priority(monkeypatch) -> list[int]:
    """What commands give up of their priority; the process of the tests keeps its own, for it has more to do."""
    given_up: list[int] = []
    if hasattr(os, "nice"):
        monkeypatch.setattr(os, "nice", lambda steps: given_up.append(steps) or sum(given_up))
    return given_up


@pytest.fixture(scope="session")
def sample_folder() -> Path:
    """The sample collection."""
    return ROOT / "corpus" / "sample"


def pytest_addoption(parser):
    parser.addoption("--regenerate", action="store_true", help="write golden files anew (read the difference after)")


@pytest.fixture(scope="session")
def chromium():
    """A running Chromium."""
    try:
        from playwright.sync_api import sync_playwright  # a laptop may be without it
    except ImportError:
        missing("Playwright is not installed")
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None:
        missing("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
