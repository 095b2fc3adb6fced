"""What tests of ingests share."""

import pytest

from corpus.store import Store
from ingest import pipeline


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "library")
    yield opened
    opened.close()


@pytest.fixture
def here(monkeypatch):
    """Files are read in this process, where a test can step in between the reading and the storing."""

    def ordered(_job, tasks, _jobs):
        return ((task, pipeline.prepare(task)) for task in tasks)

    monkeypatch.setattr(pipeline.workers, "ordered", ordered)
