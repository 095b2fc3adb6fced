"""Engines for the contract suite: every engine that is listed here must pass all of it."""

from pathlib import Path

import pytest

from tests.factories import document, library, passage
from tests.search.opening import forget, open_engine

pytest.register_assert_rewrite("tests.search.engine_contract")

ENGINES = ["whoosh", "tantivy", "opensearch"]


@pytest.fixture(params=ENGINES)
def engine_name(request) -> str:
    if request.param == "opensearch":
        request.getfixturevalue("search_cluster")
    return request.param


@pytest.fixture
def folder(tmp_path) -> Path:
    """The library folder of `engine`."""
    return tmp_path


@pytest.fixture
def engine(engine_name, folder):
    opened = open_engine(engine_name, folder)
    yield opened
    opened.close()
    forget(engine_name, folder)


@pytest.fixture
def mixed(engine):
    """Three documents: two organisations, three years, two countries, three kinds."""
    engine.add(
        document("annual-report", "Annual report", kind="report", date="2012-05"),
        [
            passage("Police officers trade evidence.", "annual-report", 1, organisations=["INTERPOL"], years=[2001]),
            passage("Evidence stays at home.", "annual-report", 2, organisations=["Europol"], years=[2004, 2010]),
            passage("Evidence note.", "annual-report", 3, kind="footnote", organisations=["INTERPOL", "Europol"]),
        ],
        "r1",
    )
    engine.add(
        document("old-speech", "Old speech", kind="speech", date="1999"),
        [
            passage("Evidence from Jordan.", "old-speech", 1, countries=["Jordan"], years=[2004]),
            passage("Nothing of the sort.", "old-speech", 2, organisations=["INTERPOL"], countries=["Norway"]),
        ],
        "r1",
    )
    engine.add(
        document("undated", "Undated", kind="treaty", date=""),
        library("Evidence evidence.", document_id="undated"),
        "r1",
    )
    engine.commit()
    return engine
