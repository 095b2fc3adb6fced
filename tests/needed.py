"""What tests need and a laptop may not have: CI has everything, so that no test is skipped there unseen."""

import os
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Fail in CI, skip elsewhere; `what` tells what is not here."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}, and CI demands it")
    pytest.skip(what)
