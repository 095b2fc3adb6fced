"""What administrators hand in: names made safe, tasks in files, one process that does them, whatever breaks."""

import io
import os
import re
import sys
import time
from dataclasses import replace

import pytest

from corpus.sets import PassageSet
from search.indexer import difference
from webapp.administration import intake, starting, worker
from webapp.administration.names import UploadError, safe_name
from webapp.administration.session import MOST_WRONG, Attempts
from webapp.administration.tasks import KEPT, Queue, State, Task
from webapp.resources import Library
from webapp.settings import Settings

TALK = b"Speech on harbours\n\nIn 2001 INTERPOL watched the harbour and its cranes for a summer.\n"
NOTE = b"Another speech\n\nNothing at all was said of harbours in this one, only of lighthouses.\n"


class House:
    """A library with what is handed in to it and what comes of that."""

    def __init__(self, folder):
        self.settings = Settings(library=folder, model=False, admin_token="x" * 20)
        self.queue = Queue(folder)

    def hand_in(self, content=TALK, name="talk.txt", *, replaces=False):
        return intake.take(self.queue, io.BytesIO(content), name, replaces=replaces)

    def remove(self, name):
        with Library(self.settings.library) as library:
            source = {state.document_id: path for path, state in library.store.sources().items()}[name]
            return intake.remove(self.queue, library.store.document(name), self.queue.file_of(source))

    def done(self):
        """Do what waits; the last task as it ended."""
        worker.work(self.settings)
        return self.queue.records()[-1]

    def held(self):
        """The ids of the documents, on which store and index agree."""
        with Library(self.settings.library) as library:
            assert difference(library.store, library.engine) == ([], [])
            return [document.id for document in library.store.documents()]


@pytest.fixture
def house(tmp_path):
    return House(tmp_path / "library")


# -- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("lecture 3.pdf", "lecture 3.pdf"),
        ("Völkerrecht – Übung.DOCX", "Völkerrecht – Übung.DOCX"),
        ("国際法.txt", "国際法.txt"),
        ("U\u0308bung.md", "Übung.md"),  # composed and decomposed letters are one name
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\ada\\talk.html", "talk.html"),
        ("/absolute.txt", "absolute.txt"),
        ("..\\..\\up.md", "up.md"),
        ("....txt.txt", "txt.txt"),
        (".hidden.md", "hidden.md"),
        ("~$letter.docx", "letter.docx"),  # Word's lock files
        ('a<b>:"c|d?*.txt', "a-b---c-d--.txt"),
        ("new\nline\x00\u202e.txt", "newline.txt"),
        ("-rf.txt", "-rf.txt"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
        ("é" * 300 + ".pdf", "é" * 98 + ".pdf"),
    ],
)
def test_a_name_is_made_plain(given, expected):
    assert safe_name(given) == expected


@pytest.mark.parametrize("given", ["", "..", "talk", ".txt", "talk.exe", "talk.txt/", "talk.zip", "a.doc", "x.toml"])
def test_a_name_of_no_known_type_is_refused(given):
    with pytest.raises(UploadError, match=r"^is of no type that is read here; take \.txt, \.md"):
        safe_name(given)


# -- handing in --------------------------------------------------------------------------------------------------


def test_a_file_waits_and_becomes_a_document(house):
    record = house.hand_in()
    assert (record.state, record.file) == (State.WAITING, "talk.txt")
    assert house.queue.unfinished() == [record]
    ended = house.done()
    assert (ended.state, ended.document, ended.passages) == (State.DONE, "talk", 1)
    assert house.queue.unfinished() == []
    assert house.held() == ["talk"]
    assert house.queue.place("talk.txt").read_bytes() == TALK
    assert sorted(path.name for path in house.queue.folder.iterdir()) == [".incoming", ".queue", "talk.txt"]
    assert list(house.queue.folder.joinpath(".incoming").iterdir()) == []
    with Library(house.settings.library) as library:
        assert library.store.report("talk").passages == 1


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "empty.txt", "it is empty"),
        (TALK, "talk.exe", "it is of no type that is read here; take .txt, .md, .pdf, .docx or .html"),
        (b"x" * 101, "long.txt", "it has more than 0 MB"),
    ],
)
def test_what_is_refused_at_once_is_told_like_a_task(house, monkeypatch, content, name, reason):
    monkeypatch.setattr(intake, "MOST_FILE", 100)
    record = house.hand_in(content, name)
    assert (record.name, record.state, record.reason) == (name, State.FAILED, reason)
    assert house.queue.records() == [record]
    assert list(house.queue.folder.rglob("*.txt")) == []


def test_a_full_disk_is_one_refusal(house, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(intake.shutil, "copyfileobj", full)
    assert house.hand_in().reason == "it could not be kept (No space left on device)"
    assert list(house.queue.folder.joinpath(".incoming").iterdir()) == []


def test_a_refused_name_is_told_without_its_tricks(house):
    assert house.hand_in(name="../\x1b[2J\nzip.exe").name == "../ [2J zip.exe"
    assert house.hand_in(name="\n").name == "a file"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"%PDF-1.7\nnothing of a PDF follows", "torn.pdf", "it is damaged"),
        (b"PK\x03\x04 no archive", "torn.docx", "it is damaged (an archive that cannot be opened)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "locked.docx", "it is encrypted; remove the password"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 600, "picture.txt", "it is a picture; its text must be recognised first"),
        (b"MZ\x00\x01\x00\xff" * 50, "program.txt", "it is a binary file"),
        (b" \n\t\n", "blank.txt", "it is empty"),
    ],
)
def test_a_bad_file_costs_nothing_that_is_there(house, content, name, reason):
    house.hand_in()
    house.done()
    house.queue.place(name).write_bytes(b"An older file of this name.")
    house.hand_in(content, name, replaces=True)
    house.hand_in(NOTE, "note.txt")
    house.done()
    _, bad, good = house.queue.records()
    assert bad.state is State.FAILED
    assert bad.reason.startswith(reason)
    assert good.state is State.DONE
    assert house.queue.place(name).read_bytes() == b"An older file of this name."
    assert house.held() == ["note", "talk"]


def test_the_same_file_twice_is_unchanged(house):
    house.hand_in()
    house.done()
    house.hand_in()
    assert (again := house.done()).state is State.UNCHANGED
    assert (again.document, again.passages) == ("talk", 1)
    house.hand_in(name="another name.txt")
    assert ((twin := house.done()).state, twin.document) == (State.UNCHANGED, "talk")
    assert house.held() == ["talk"]


def test_another_file_of_the_same_name_takes_its_place_only_if_that_was_asked_for(house):
    house.hand_in()
    house.done()
    house.hand_in(NOTE)
    refused = house.done()
    assert (refused.state, "tick “Replace”" in refused.reason) == (State.FAILED, True)
    assert house.queue.place("talk.txt").read_bytes() == TALK
    house.hand_in(NOTE, replaces=True)
    assert house.done().state is State.DONE
    assert house.queue.place("talk.txt").read_bytes() == NOTE
    with Library(house.settings.library) as library:
        assert [document.title for document in library.store.documents()] == ["Another speech"]


def test_two_files_of_one_name_at_once_come_in_one_after_the_other(house):
    house.hand_in()
    house.hand_in(NOTE)
    house.done()
    assert [record.state for record in house.queue.records()] == [State.DONE, State.FAILED]
    assert house.queue.place("talk.txt").read_bytes() == TALK


def test_corrections_that_cannot_be_read_cost_no_document(house):
    house.hand_in()
    house.done()
    (house.settings.library / "corrections.toml").write_text("[[add", encoding="utf-8")
    house.hand_in(NOTE, replaces=True)
    assert "corrections.toml" in house.done().reason
    assert house.queue.place("talk.txt").read_bytes() == TALK
    assert house.held() == ["talk"]


def test_a_file_that_fails_after_it_was_read_leaves_nothing(house, monkeypatch):
    monkeypatch.setattr(worker, "try_reading", lambda *_, **__: None)  # as if the file had changed since
    house.hand_in(b"\x89PNG\r\n\x1a\n", "picture.txt")
    assert house.done().reason == "it is a picture; its text must be recognised first"
    assert not house.queue.place("picture.txt").exists()
    assert house.held() == []


# -- removing ----------------------------------------------------------------------------------------------------


def test_a_removed_upload_leaves_no_trace_and_sets_keep_their_entries(house, sample_folder):
    sample = next(sample_folder.glob("report-electronic-evidence.pdf"))
    house.hand_in(sample.read_bytes(), sample.name)
    name = house.done().document
    cached = list((house.settings.library / "cache").iterdir())
    assert len(cached) == 1
    with Library(house.settings.library) as library:
        passage = library.store.passages(name)[3].id
        made = library.store.sets.create(PassageSet("Evidence").adding([passage]))
    assert house.remove(name).file == sample.name
    assert (house.done().task, house.done().state) == (Task.REMOVE, State.DONE)
    assert house.held() == []
    assert not house.queue.place(sample.name).exists()
    assert not cached[0].exists()
    with Library(house.settings.library) as library:
        assert library.store.sets.get(made.id).passage_ids == (passage,)


def test_a_removed_document_of_the_command_line_keeps_its_file(house, tmp_path):
    from ingest.pipeline import ingest

    source = tmp_path / "talk.txt"
    source.write_bytes(TALK)
    with Library(house.settings.library) as library:
        ingest([source], library.store, model=False)
    assert house.remove("talk").file == ""
    assert house.done().state is State.DONE
    assert house.held() == []
    assert source.read_bytes() == TALK


def test_removals_go_first_and_one_is_asked_for_once(house):
    house.hand_in()
    house.done()
    house.hand_in(NOTE, "note.txt")
    asked = house.remove("talk")
    assert house.remove("talk") == asked
    assert [record.task for record in house.queue.unfinished()] == [Task.REMOVE, Task.ADD]


def test_a_document_that_is_being_replaced_is_not_removed_meanwhile(house):
    house.hand_in()
    house.done()
    house.hand_in(NOTE, replaces=True)
    with pytest.raises(UploadError, match="is just being read anew"):
        house.remove("talk")


def test_an_upload_is_known_as_one_in_a_library_that_was_moved(house, tmp_path):
    house.hand_in()
    house.done()
    with Library(house.settings.library) as library:
        [source] = library.store.sources()
    house.settings.library.rename(tmp_path / "moved")
    assert Queue(tmp_path / "moved").file_of(source) == "talk.txt"
    assert Queue(tmp_path / "moved").file_of(str(tmp_path / "other.txt")) == ""


# -- what crashes leave ------------------------------------------------------------------------------------------


def begun(queue, record, attempts=1):
    queue.put(replace(record, state=State.READING, attempts=attempts))


def test_a_task_that_a_crash_left_is_begun_again(house):
    begun(house.queue, house.hand_in())
    assert house.queue.is_left()
    assert (ended := house.done()).state is State.DONE
    assert ended.attempts == 2
    brought = house.hand_in(NOTE, "note.txt")
    begun(house.queue, brought)
    house.queue.incoming(brought).replace(house.queue.place("note.txt"))  # the crash came after this
    assert house.done().state is State.DONE
    assert house.held() == ["note", "talk"]


def test_a_removal_that_a_crash_left_half_done_is_ended(house):
    house.hand_in()
    house.done()
    begun(house.queue, house.remove("talk"))
    with Library(house.settings.library) as library:
        library.store.remove("talk")
    house.queue.place("talk.txt").unlink()
    assert house.done().state is State.DONE
    assert house.held() == []


def test_a_file_that_kills_its_reader_every_time_is_given_up(house):
    record = house.hand_in()
    begun(house.queue, record, attempts=worker.MOST_ATTEMPTS)
    assert "every time that this was tried" in (ended := house.done()).reason
    assert ended.state is State.FAILED
    assert not house.queue.incoming(record).exists()


def test_a_task_that_is_interrupted_waits_again(house, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(worker, "ingest", interrupt)
    house.hand_in()
    with pytest.raises(KeyboardInterrupt):
        worker.work(house.settings)
    [left] = house.queue.records()
    assert (left.state, left.attempts) == (State.WAITING, 0)
    assert house.queue.is_left()


def test_what_belongs_to_no_task_is_swept_when_it_is_old(house):
    waiting = house.hand_in()
    folder = house.queue.folder / ".incoming"
    old, new, part = folder / "1-a.pdf", folder / "2-b.pdf", house.queue.folder / ".queue" / "3-c.9.part"
    for file in (old, new, part):
        file.write_bytes(b"half of a")
    for file in (old, part, house.queue.incoming(waiting)):
        os.utime(file, (0, time.time() - 3600))
    house.queue.sweep()
    assert (old.exists(), new.exists(), part.exists(), house.queue.incoming(waiting).exists()) == (
        False,
        True,
        False,
        True,
    )


def test_tasks_of_long_ago_are_dropped_and_damaged_records_passed_over(house):
    for number in range(KEPT + 5):
        house.hand_in(b"", f"{number}.txt")
    (house.queue.folder / ".queue" / "0-broken.json").write_text('{"key": ', encoding="utf-8")
    (house.queue.folder / ".queue" / "0-strange.json").write_text('{"task": "fly"}', encoding="utf-8")
    assert len(house.queue.records()) == KEPT + 5
    house.queue.sweep()
    assert [house.queue.records()[place].name for place in (0, -1)] == ["5.txt", f"{KEPT + 4}.txt"]
    house.queue.clear()
    assert house.queue.records() == []


# -- one at a time -----------------------------------------------------------------------------------------------


def test_only_one_process_works(house, monkeypatch):
    monkeypatch.setattr("webapp.administration.tasks._LOOK", 0)
    house.hand_in()
    with house.queue.alone() as first:
        assert first
        with Queue(house.settings.library).alone() as second:
            assert not second
        worker.work(house.settings)  # finds the other at work
        assert not house.queue.is_left()
    assert house.queue.unfinished()
    assert house.queue.is_left()


def test_a_process_of_its_own_does_it(house):
    house.hand_in()
    starting.take_up(house.settings)
    for _ in range(3000):  # of the lowest priority, on a busy machine
        if not house.queue.unfinished():
            break
        time.sleep(0.1)
    assert house.queue.records()[0].state is State.DONE
    assert house.held() == ["talk"]


@pytest.mark.parametrize(("token", "left", "started"), [("x" * 20, True, 1), ("x" * 20, False, 0), ("", True, 0)])
def test_what_is_left_is_taken_up_at_the_start(house, monkeypatch, token, left, started):
    commands = []
    monkeypatch.setattr(starting, "start", commands.append)
    if left:
        house.hand_in()
    starting.take_up(replace(house.settings, admin_token=token))
    assert len(commands) == started


def test_the_process_is_told_of_library_engine_and_model(monkeypatch, tmp_path):
    class Ended:
        def __init__(self, command, **_):
            commands.append(command)

        def wait(self):
            return 0

    commands = []
    monkeypatch.setattr(starting.subprocess, "Popen", Ended)
    starting.start(Settings(library=tmp_path, engine="whoosh", model=False))
    before = Queue(tmp_path).last_start()
    starting.start(Settings(library=tmp_path))
    assert Queue(tmp_path / "none").last_start() == 0 < before <= Queue(tmp_path).last_start()
    first, second = commands
    assert first[0] == sys.executable
    assert first[-3:] == [f"--library={tmp_path}", "--engine=whoosh", "--no-model"]
    assert second[-1] == f"--library={tmp_path}"


def test_the_process_gives_way_and_tells_what_it_cannot_do(tmp_path, priority, caplog):
    from click.testing import CliRunner

    (tmp_path / "library.sqlite").write_bytes(b"no database at all" * 100)
    intake.take(Queue(tmp_path), io.BytesIO(TALK), "talk.txt", replaces=False)
    assert CliRunner().invoke(worker.main, ["--library", str(tmp_path), "--no-model"]).exit_code == 1
    assert sum(priority) == 19
    assert re.search("uploads cannot be read now: cannot open the library", caplog.text)


@pytest.fixture
def now(monkeypatch):
    """A clock that the test turns."""
    hands = [1000.0]
    monkeypatch.setattr("webapp.administration.session.time.time", lambda: hands[0])
    monkeypatch.setattr("webapp.administration.session.time.time_ns", lambda: int(hands[0] * 1e9))
    return hands


def test_an_address_that_tried_too_often_waits_a_while_whichever_process_it_asks(tmp_path, now):
    for _ in range(MOST_WRONG):
        assert Attempts(tmp_path).wait("10.0.0.1") == 0
        Attempts(tmp_path).count("10.0.0.1")
        now[0] += 1
    assert Attempts(tmp_path).wait("10.0.0.1") == 61 - MOST_WRONG
    assert Attempts(tmp_path).wait("10.0.0.2") == 0
    now[0] += 61
    assert Attempts(tmp_path).wait("10.0.0.1") == 0


def test_nobody_waits_for_a_clock_that_was_set_back(tmp_path, now):
    for _ in range(MOST_WRONG):
        Attempts(tmp_path).count("10.0.0.1")
    now[0] -= 3600
    assert Attempts(tmp_path).wait("10.0.0.1") == 0
    Attempts(tmp_path).count("10.0.0.1")
    assert len(list(tmp_path.rglob(".wrong/*"))) == 1


def test_a_process_is_started_again_after_the_clock_was_set_back(house, monkeypatch):
    commands = []
    monkeypatch.setattr(starting, "start", commands.append)
    house.hand_in()
    house.queue.mark_start()
    starting.go_on(house.settings)
    assert commands == []  # it was started just now
    [mark] = house.settings.library.rglob("started")
    os.utime(mark, (mark.stat().st_mtime + 3600,) * 2)
    starting.go_on(house.settings)
    assert len(commands) == 1


def test_many_wrong_tokens_from_everywhere_stop_all_and_fill_no_disk(tmp_path, now, monkeypatch):
    monkeypatch.setattr("webapp.administration.session._MOST_ALL", 20)
    attempts = Attempts(tmp_path)
    for number in range(20):
        assert attempts.wait("10.0.0.1") == 0
        attempts.count(f"10.0.1.{number}")
        now[0] += 1
    assert attempts.wait("10.0.0.1") > 0
    now[0] += 61
    attempts.count("10.0.0.9")
    assert len(list(tmp_path.rglob(".wrong/*"))) == 1
