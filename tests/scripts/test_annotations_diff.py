"""The gains and losses report, on a tiny repository of its own whose annotators tag words of a list."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.needed import missing

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "annotations_diff.py"

#: As much of the packages as the script needs: a file is a document, a line is a passage.
SOURCES = """
from collections import namedtuple
Source = namedtuple("Source", "path name")
def find(paths):
    files = sorted(path for path in paths[0].rglob("*") if path.is_file())
    return [Source(path, path.relative_to(paths[0]).as_posix()) for path in files], []
def assign_ids(sources, held):
    return [source.path.stem for source in sources]
"""
PIPELINE = """
from collections import namedtuple
from pathlib import Path
Task = namedtuple("Task", "source document_id")
Passage = namedtuple("Passage", "id text annotations")
Annotation = namedtuple("Annotation", "start end type value articles subtype")
Prepared = namedtuple("Prepared", "passages reason")
WORDS = Path(__file__).with_name("words.txt").read_text().split()
def prepare(task):
    passages = []
    for number, line in enumerate(task.source.path.read_text().splitlines(), FIRST):
        found = [Annotation(line.find(word), line.find(word) + len(word), "organisation", word.upper(), "", "")
                 for word in WORDS if word in line]
        passages.append(Passage(f"{task.document_id}/p-{number}", line, found))
    return Prepared(passages, "")
FIRST = 1
"""


@pytest.fixture
def repository(tmp_path):
    if shutil.which("git") is None:
        missing("git is not installed")
    folder = tmp_path / "repository"
    (folder / "ingest").mkdir(parents=True)
    for name, text in {"__init__": "", "sources": SOURCES, "pipeline": PIPELINE}.items():
        (folder / "ingest" / f"{name}.py").write_text(text)
    (folder / "ingest" / "words.txt").write_text("lamp tower\n")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    commit(folder)
    return folder


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    (folder / "nasty").mkdir(parents=True)
    (folder / "one.txt").write_text("a lamp\na tower and a buoy\n")
    (folder / "two.md").write_text("a buoy\n")
    (folder / "nasty" / "three.txt").write_text("a buoy\n")
    (folder / "four.pdf").write_text("a buoy\n")
    return folder


def git(folder, *arguments):
    identity = ["-c", "user.name=A Keeper", "-c", "user.email=keeper@example.org"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def commit(folder):
    git(folder, "commit", "--quiet", "--all", "--message", "A change", "--no-gpg-sign")


def diff(repository, texts, *options):
    command = [sys.executable, str(SCRIPT), "--repository", str(repository), "--folder", str(texts), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def retag(repository, words):
    (repository / "ingest" / "words.txt").write_text(words)


def test_what_appeared_and_disappeared_is_told_with_its_places(repository, texts):
    retag(repository, "lamp buoy\n")
    lines = diff(repository, texts)
    assert lines[:-1] == [
        "organisation: 2 appeared, 1 disappeared",
        "  +    2  BUOY: one/p-2 “buoy”, two/p-1 “buoy”",
        "  -    1  TOWER: one/p-2 “tower”",
        "2 annotations before, 3 after",
    ]
    assert lines[-1].startswith("2 documents, HEAD against this tree, ")


def test_a_clean_tree_is_compared_with_the_commit_before(repository, texts):
    retag(repository, "lamp\n")
    commit(repository)
    lines = diff(repository, texts)
    assert lines[1] == "  -    1  TOWER: one/p-2 “tower”"
    assert "HEAD~1 against this tree" in lines[-1]
    assert diff(repository, texts, "--ref", "HEAD")[0] == "no annotation appeared or disappeared"


def test_documents_cut_otherwise_are_compared_by_their_words(repository, texts):
    pipeline = repository / "ingest" / "pipeline.py"
    pipeline.write_text(pipeline.read_text().replace("FIRST = 1", "FIRST = 7"))
    retag(repository, "lamp tower buoy\n")
    lines = diff(repository, texts)
    assert lines[1] == "  +    2  BUOY: one “buoy”, two “buoy”"
    assert "cut into other passages, compared by their words: one.txt, two.md" in lines


def test_a_sample_and_a_limit_make_it_short(repository, texts):
    retag(repository, "a buoy and an\n")
    lines = diff(repository, texts, "--every", "2", "--limit", "1")
    assert lines[0] == "organisation: 5 appeared, 2 disappeared"
    assert "  +    3  in 3 more values" in lines
    assert lines[-1].startswith("1 documents, ")


def test_nothing_is_left_behind(repository, texts):
    before = sorted(path.name for path in repository.iterdir())
    diff(repository, texts, "--ref", "HEAD")
    assert len(git(repository, "worktree", "list").splitlines()) == 1
    assert sorted(path.name for path in repository.iterdir()) == before


def test_an_unknown_commit_is_told(repository, texts):
    command = [sys.executable, str(SCRIPT), "--repository", str(repository), "--folder", str(texts), "--ref", "moon"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "git worktree" in done.stderr


def test_the_dump_reads_this_tree(tmp_path):
    (tmp_path / "talk.txt").write_text("The Council of Europe met in 2003 and spoke of lamps for a long time.\n")
    command = [sys.executable, str(ROOT / "scripts" / "annotations_dump.py"), str(tmp_path)]
    done = subprocess.run(
        command,
        input='["talk.txt"]',
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    (row,) = map(json.loads, done.stdout.splitlines())
    assert ["organisation", "Council of Europe", "", "", "Council of Europe", "p-1"] in row["annotations"]
