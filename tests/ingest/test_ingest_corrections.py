"""Corrections and the statistical model during an ingest: what takes effect, and what is not done again for it."""

import pytest

from corpus.corrections import FILE_NAME
from corpus.errors import CorrectionsError
from corpus.model import Found
from corpus.store import Store
from ingest import pipeline
from ingest.annotate import organisation_model
from ingest.corrections import refresh
from ingest.pipeline import ingest
from ingest.sources import WITHOUT_MODEL

LAMPS = "# Lamps\n\nIn 2003 the United Nations and the keepers of {} looked at every lamp along the coast of Norway.\n"
ADD = '[[add]]\npassage = "a/p-1"\ntext = "keepers"\ntype = "organisation"\nvalue = "Union of Keepers"\n'
RENAME = '[[rename]]\ntype = "organisation"\nfrom = "United Nations"\nto = "United Nations Organization"\n'


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.md").write_text(LAMPS.format(name.upper() * 3), encoding="utf-8")
    return folder


def correct(store, *rules):
    (store.folder / FILE_NAME).write_text("\n".join(rules), encoding="utf-8")


def named(store, document_id):
    return store.passages(document_id)[-1].organisations


@pytest.fixture
def no_reading(monkeypatch):
    def forbid():
        monkeypatch.setattr(pipeline, "prepare", lambda task: pytest.fail(f"{task.source.name} was read again"))

    return forbid


def test_corrections_are_put_on_what_comes_in(store, folder):
    correct(store, ADD, RENAME)
    report = ingest([folder], store, jobs=1)
    assert named(store, "a") == ("United Nations Organization", "Union of Keepers")
    assert named(store, "b") == ("United Nations Organization",)
    assert (report.corrected, report.unmet) == ((), ())
    assert {ann.found for ann in store.passages("b")[-1].annotations if "Organization" in ann.value} == {
        Found.CORRECTION
    }


def test_they_take_effect_on_what_is_there_without_reading_and_only_where_they_concern(store, folder, no_reading):
    ingest([folder], store, jobs=1)
    before = store.revisions()
    no_reading()
    correct(store, ADD)
    report = ingest([folder], store, jobs=1)
    assert report.corrected == ("a",)
    assert report.changed == ()
    assert named(store, "a") == ("United Nations", "Union of Keepers")
    assert store.revisions()["b"] == before["b"]
    assert ingest([folder], store, jobs=1).corrected == ()


def test_a_rule_that_is_taken_out_takes_its_effect_along(store, folder, no_reading):
    ingest([folder], store, jobs=1)
    before = store.revisions()
    no_reading()
    correct(store, ADD, RENAME)
    assert ingest([folder], store, jobs=1).corrected == ("a", "b")
    correct(store)
    assert ingest([folder], store, jobs=1).corrected == ("a", "b")
    assert store.revisions() == before


def test_documents_corrected_later_are_the_same_as_documents_corrected_at_once(store, folder, tmp_path):
    ingest([folder / "a.md"], store, jobs=1)  # as if the run had been killed behind it
    correct(store, ADD, RENAME)
    ingest([folder], store, jobs=1)
    other = Store.open(tmp_path / "other")
    correct(other, ADD, RENAME)
    ingest([folder], other, jobs=1)
    assert list(store.iterate()) == list(other.iterate())
    assert store.revisions() == other.revisions()
    other.close()


def test_corrections_survive_a_change_of_the_source(store, folder):
    correct(store, ADD)
    ingest([folder], store, jobs=1)
    (folder / "a.md").write_text(LAMPS.format("the far") + "\nA paragraph was added.\n", encoding="utf-8")
    assert ingest([folder], store, jobs=1).changed == ("a.md",)
    assert store.passage("a/p-1").organisations == ("United Nations", "Union of Keepers")


def test_they_reach_documents_whose_source_is_not_at_hand(store, folder):
    ingest([folder], store, jobs=1)
    correct(store, ADD)
    (folder / "a.md").unlink()
    assert ingest([folder / "b.md"], store, jobs=1).corrected == ("a",)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (ADD.replace("a/p-1", "z/p-1"), "the library holds no document 'z'"),
        (ADD.replace("a/p-1", "a/p-9"), "the document has no passage 'a/p-9'"),
        (ADD.replace('"keepers"', '"kippers"'), "a/p-1 does not hold the words 'kippers'"),
        ('[[remove]]\nvalue = "Moon Club"\n', "nothing is tagged so in the library"),
    ],
)
def test_a_correction_in_vain_is_told_at_every_ingest(store, folder, rule, reason):
    correct(store, RENAME, rule)
    assert ingest([folder], store, jobs=1).unmet == (f"corrections.toml, line 6: {reason}",)
    assert ingest([folder], store, jobs=1).unmet == (f"corrections.toml, line 6: {reason}",)


def test_a_malformed_file_stops_the_ingest_before_anything_is_done(store, folder):
    correct(store, ADD, "[[remove]]\n")
    with pytest.raises(CorrectionsError, match=r"corrections\.toml, line 7: \[\[remove\]\] needs a value"):
        ingest([folder], store, jobs=1)
    assert store.documents() == []


def test_a_look_changes_nothing(store, folder):
    ingest([folder], store, jobs=1)
    before = store.revisions()
    correct(store, ADD)
    from corpus.corrections import load

    assert refresh(store, load(store.folder), write=False).changed == ("a",)
    assert store.revisions() == before


# -- the model -------------------------------------------------------------------------------------------------------

DOUBTFUL = "# Talks\n\nThe Truth and Reconciliation Commission heard the keepers of the lamps for three days in 2003.\n"


@pytest.fixture
def doubtful(tmp_path):
    file = tmp_path / "talks.md"
    file.write_text(DOUBTFUL, encoding="utf-8")
    return file


def test_without_the_model_it_is_not_loaded_and_a_later_run_with_it_upgrades(store, doubtful, monkeypatch, no_reading):
    with monkeypatch.context() as patch:
        patch.setattr(organisation_model, "model_pipeline", lambda: pytest.fail("the model was loaded"))
        ingest([doubtful], store, jobs=1, model=False)
    (state,) = store.sources().values()
    assert state.fingerprint.endswith(WITHOUT_MODEL)
    plain = named(store, "talks")
    assert ingest([doubtful], store, jobs=1, model=False).unchanged == ("talks.md",)
    assert ingest([doubtful], store, jobs=1).changed == ("talks.md",)
    assert len(named(store, "talks")) > len(plain)
    # what has been annotated with the model is not made worse
    no_reading()
    assert ingest([doubtful], store, jobs=1, model=False).unchanged == ("talks.md",)
    assert ingest([doubtful], store, jobs=1).unchanged == ("talks.md",)
