"""A process makes one page at a time, and neither a stream nor a slow page holds the others up."""

import threading

import pytest

from webapp import turns
from webapp.turns import Turns


def called(application):
    """A thread that calls the application, started."""
    thread = threading.Thread(target=application, args=({}, lambda *_: None))
    thread.start()
    return thread


def test_pages_are_made_one_after_the_other(monkeypatch):
    monkeypatch.setattr(turns, "_PATIENCE", 30)
    inside, most, watch = [], [], threading.Lock()

    def page(*_):
        with watch:
            inside.append(1)
            most.append(len(inside))
        threading.Event().wait(0.01)
        with watch:
            inside.pop()
        return [b""]

    application = Turns(page)
    for thread in [called(application) for _ in range(8)]:
        thread.join()
    assert most == [1] * 8


def test_a_page_that_takes_long_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(turns, "_PATIENCE", 0.01)
    slow, done = threading.Event(), threading.Event()

    def page(environ, _):
        if environ.get("slow"):
            slow.wait(30)
        else:
            done.set()
        return [b""]

    application = Turns(page)
    first = threading.Thread(target=application, args=({"slow": True}, lambda *_: None))
    first.start()
    second = called(application)
    assert done.wait(30)
    slow.set()
    first.join()
    second.join()


def test_what_is_streamed_holds_nobody_up(monkeypatch):
    monkeypatch.setattr(turns, "_PATIENCE", 30)
    application = Turns(lambda *_: iter([b"one", b"two"]))
    stream = iter(application({}, None))
    assert next(stream) == b"one"
    assert b"".join(application({}, None)) == b"onetwo"
    assert next(stream) == b"two"


def test_a_fault_gives_the_turn_back(monkeypatch):
    monkeypatch.setattr(turns, "_PATIENCE", 30)

    def fault(*_):
        raise RuntimeError

    application = Turns(fault)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            application({}, None)
