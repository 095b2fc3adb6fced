"""Large exports: the memory that they take does not grow with the number of passages."""

import gc
import tempfile
import tracemalloc
import warnings

import pytest

from corpus.export import FORMATS, export
from corpus.model import Document, Passage, PassageKind

#: Formats that say that they collect: a DocBin can only be written whole, annotations end with what went out.
COLLECTING = {"docbin", "web-annotation"}
STREAMING = sorted(set(FORMATS) - COLLECTING)
#: Characters of a passage, passages of a document, passages: 10 MB in all, of which a document has 0.2 MB.
LENGTH, EACH, PASSAGES = 20_000, 10, 500
#: Bytes: the 1 MB that may wait in memory before it goes to a file, twice as it goes, and the notes of one document.
MOST = 4_000_000


def pairs(count):
    for number in range(count):
        document = Document(f"document-{number // EACH}", "A Talk")
        text = f"{number:07} " + "lorem " * (LENGTH // 6)
        yield document, Passage(f"{document.id}/para-{number + 1}", document.id, number, PassageKind.PARAGRAPH, text)


@pytest.mark.parametrize("form", STREAMING)
def test_memory_does_not_grow_with_the_passages(form, tmp_path):
    with (tmp_path / "out").open("wb") as stream:
        export(form, pairs(1), stream)  # what is loaded once
        tracemalloc.start()
        try:
            export(form, pairs(PASSAGES), stream)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < MOST


def broken():
    yield from pairs(2)
    raise RuntimeError("the library went away")


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_that_fails_leaves_nothing_behind(form, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with (tmp_path / "out").open("wb") as stream, warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(RuntimeError, match="went away"):
            export(form, broken(), stream)
        gc.collect()
    assert list((tmp_path / "temporary").iterdir()) == []
