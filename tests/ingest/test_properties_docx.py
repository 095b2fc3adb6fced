"""Properties of the DOCX reader with the structure stage, on generated documents and on damaged ones."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.document_checks import faults, passages_of, read_or_refuse
from tests.ingest.document_renderers import to_docx
from tests.ingest.document_strategies import CI, damaged, reports, treaties

documents = st.one_of(reports(), treaties())


@settings(CI, max_examples=40)
@given(documents)
def test_a_word_document_is_read_as_it_was_written(tree):
    assert faults(tree, passages_of(to_docx(tree), ".docx")) == []


@settings(CI, max_examples=40)
@given(reports().map(to_docx).flatmap(damaged))
def test_a_damaged_archive_is_read_or_refused(data):
    read_or_refuse(data, ".docx")


@settings(CI, max_examples=60)
@given(documents, st.data())
def test_damaged_xml_inside_is_read_or_refused(tree, data):
    read_or_refuse(_with_damaged_part(to_docx(tree), data), ".docx")


def _with_damaged_part(archive: bytes, data) -> bytes:
    """The archive with one of its parts damaged, checksums in order, so that the damage reaches the reader."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(out, "w") as target:
        hit = data.draw(st.sampled_from(sorted(source.namelist())))
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, data.draw(damaged(content)) if name == hit else content)
    return out.getvalue()
