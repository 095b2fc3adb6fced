"""Files of every format with several places of theirs damaged: passages, or one message that names the file."""

from __future__ import annotations

from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import PinciteError
from corpus.store import SourceState, Store
from search.checking import check
from search.engines import open_engine
from search.indexer import sync
from tests.conftest import examples
from tests.factories import document, library
from tests.fuzz.test_fuzz_grammars import TYPED, refusal
from tests.ingest.document_checks import read_or_refuse
from tests.ingest.document_renderers import Layout, to_docx, to_html, to_pdf, to_text
from tests.ingest.document_strategies import damaged, reports, treaties

FORMATS = {
    ".txt": lambda tree: to_text(tree, Layout(), marked=False),
    ".md": lambda tree: to_text(tree, Layout(), marked=True),
    ".html": to_html,
    ".docx": to_docx,
    ".pdf": to_pdf,
}
#: Pieces of one format within another, and what no text holds.
STRANGE = st.sampled_from(
    [
        b"\0" * 50,
        b"\xff\xfe",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"<!DOCTYPE",
        b"<table>" * 200,
        b"<?xml",
        b"&#x110000;",
        b"\n# ",
    ]
)


@st.composite
def broken(draw, data):
    for _ in range(draw(st.integers(1, 4))):
        data = draw(damaged(data))
        if draw(st.booleans()):
            at = draw(st.integers(0, len(data)))
            data = data[:at] + draw(STRANGE) + data[at:]
    return data


@pytest.mark.parametrize("suffix", FORMATS)
def test_broken_files(suffix):
    @examples(15)
    @given(st.one_of(reports(), treaties()).map(FORMATS[suffix]).flatmap(broken))
    def read(data):
        read_or_refuse(data, suffix)

    read()


def test_drafts_are_checked(tmp_path):
    with closing(Store.open(tmp_path)) as store, closing(open_engine("whoosh", tmp_path)) as engine:
        store.replace(document(), library("The harbour.", "A lamp at sea."), SourceState("/lecture", "f", "lecture"))
        sync(store, engine)

        @examples(40)
        @given(TYPED)
        def checked(text):
            refusal(PinciteError, check, f"{text} “The harbour.” A lecture, para 1. {text}", store, engine)

        checked()
