"""Properties of the PDF reader with the structure stage, on generated documents and on damaged ones."""

from __future__ import annotations

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.ingest.document_checks import faults, passages_of, read_or_refuse
from tests.ingest.document_renderers import to_pdf
from tests.ingest.document_strategies import CI, damaged, reports, treaties

documents = st.one_of(reports(marked=False), treaties())
#: A printed example takes a second to read: failing ones are shown as they are, not made smaller.
AS_DRAWN = (Phase.explicit, Phase.generate)


@settings(CI, max_examples=25, phases=AS_DRAWN)
@given(documents)
def test_a_pdf_is_read_as_it_was_printed(tree):
    assert faults(tree, passages_of(to_pdf(tree), ".pdf")) == []


@settings(CI, max_examples=25, phases=AS_DRAWN)
@given(documents.map(to_pdf).flatmap(damaged))
def test_a_damaged_pdf_is_read_or_refused(data):
    read_or_refuse(data, ".pdf")
