"""What tests of ingests share."""

import pytest

from corpus.store import Store


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "library")
    yield opened
    opened.close()
