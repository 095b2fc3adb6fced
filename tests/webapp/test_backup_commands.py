"""`pincite backup` and `pincite restore`, as one would move a library to another machine."""

import pytest
from click.testing import CliRunner

from webapp.cli import main

TEXT = "# Note\n\nThe lighthouse keepers met at the harbour in 1999.\n\nThey adopted A/RES/55/63.\n"


def pincite(*arguments, code=0):
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output + result.stderr
    return result


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """The folder of a library `old`, its backup, and a library `new` made of that."""
    folder = tmp_path_factory.mktemp("moved")
    (folder / "files").mkdir()
    (folder / "files" / "note.md").write_text(TEXT)
    pincite("ingest", folder / "files", "--no-model", "--library", folder / "old", "--jobs", 1)
    told = pincite("backup", folder / "old.zip", "--library", folder / "old").stdout
    assert "1 document, " in told
    return folder


def test_a_library_is_moved(moved):
    told = pincite("restore", moved / "old.zip", "--library", moved / "new")
    assert "indexed by whoosh" in told.stdout
    for command in (["export", "--all", "--format", "jsonl"], ["search", "lighthouse"]):
        old, new = (pincite(*command, "--library", moved / name) for name in ("old", "new"))
        assert (new.stdout, new.stderr) == (old.stdout, "")
    again = pincite("ingest", moved / "files", "--no-model", "--library", moved / "new", "--jobs", 1)
    assert "1 unchanged" in again.output


def test_a_backup_is_checked_without_a_library(moved):
    assert "is whole: 1 document" in pincite("restore", "--check", moved / "old.zip").stdout
    (moved / "cut.zip").write_bytes((moved / "old.zip").read_bytes()[:-9])
    assert "cut.zip is no backup, or is cut off" in pincite("restore", "--check", moved / "cut.zip", code=1).stderr


def test_refusals_are_one_line(moved):
    held = pincite("restore", moved / "old.zip", "--library", moved / "old", code=1).stderr
    assert "is not empty" in held
    assert held.count("\n") == 1
    assert "is there already" in pincite("backup", moved / "old.zip", "--library", moved / "old", code=1).stderr
    none = pincite("backup", moved / "none.zip", "--library", moved / "nowhere", code=1).stderr
    assert "there is no library" in none
    nowhere = moved / "no folder" / "x.zip"
    assert "no folder" in pincite("backup", nowhere, "--library", moved / "old", code=1).stderr


def test_with_replace_a_library_is_given_up(moved, tmp_path):
    (tmp_path / "other.md").write_text("# Other\n\nQuokkas met.\n")
    pincite("ingest", tmp_path / "other.md", "--no-model", "--library", tmp_path / "library", "--jobs", 1)
    pincite("restore", moved / "old.zip", "--replace", "--library", tmp_path / "library")
    assert "0 passages" in pincite("search", "quokkas", "--library", tmp_path / "library").stdout
    assert "1 passage in" in pincite("search", "lighthouse", "--library", tmp_path / "library").stdout
