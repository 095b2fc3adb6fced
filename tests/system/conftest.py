"""What tests of the whole share: commands that start at once, and collections that are quickly read."""

import sys

import pytest

from tests.needed import missing
from tests.system.material import WHOLE, written


@pytest.fixture(scope="session")
def commands():
    """Commands that fork from one loaded process."""
    if sys.platform != "linux":
        missing("processes are killed and limited as Linux does it")
    from tests.system.forked import Commands

    started = Commands()
    yield started
    started.close()


@pytest.fixture(scope="session")
def texts(tmp_path_factory):
    """The collection as it is."""
    return written(tmp_path_factory.mktemp("texts"), WHOLE)
