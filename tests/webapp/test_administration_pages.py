"""The pages of administration: the token, every refusal, uploads and removals as an administrator sees them."""

import io
import logging
import os
import re
import time
from dataclasses import replace

import pytest
from click.testing import CliRunner
from lxml import html

from corpus.sets import PassageSet
from search.indexer import sync
from tests.webapp import web_library
from tests.webapp.conftest import ReadingClient
from webapp import MAX_BODY, create_app
from webapp.administration import session, starting, worker
from webapp.administration.session import COOKIE, MOST_WRONG, SECONDS
from webapp.administration.tasks import Queue, State
from webapp.cli import main
from webapp.resources import Library
from webapp.settings import Settings
from webapp.views import admin

TOKEN = "correct-horse-battery-staple"  # noqa: S105  # of no library but those of these tests
OWN = {"Sec-Fetch-Site": "same-origin"}
TALK = b"Speech on quokkas\n\nIn 2001 INTERPOL counted the quokkas of the harbour for a summer.\n"
ADDRESSES = ("/admin", "/admin/uploads", "/admin/remove/model-law")
FORMS = ("/admin/uploads", "/admin/uploads/clear", "/admin/remove/model-law", "/admin/leave")


class Desk:
    """A site of its own, which an administrator has opened."""

    def __init__(self, folder, **settings):
        self.settings = Settings(library=folder, model=False, admin_token=TOKEN, **settings)
        self.library = Library(folder)
        web_library.fill(self.library.store)
        sync(self.library.store, self.library.engine)
        self.queue = Queue(folder)
        self.client = self.browser()

    def browser(self):
        app = create_app(self.settings, library=self.library)
        return ReadingClient(app, app.response_class)

    def send(self, address, headers=OWN, **form):
        return self.client.post(address, data=form, headers=headers)

    def enter(self, token=TOKEN):
        return self.send("/admin/enter", token=token)

    def upload(self, *files, **form):
        return self.send("/admin/uploads", files=[(io.BytesIO(content), name) for name, content in files], **form)

    def page(self, address, status=200):
        answer = self.client.get(address)
        assert answer.status_code == status, answer.text[:500]
        return html.fromstring(answer.text)

    def rows(self, address="/admin/uploads"):
        return [" ".join(" ".join(row.itertext()).split()) for row in self.page(address).xpath("//tbody/tr")]

    def work(self):
        worker.work(self.settings)


@pytest.fixture
def started(monkeypatch):
    """How often a process was started to do the tasks; none is."""
    started = []
    monkeypatch.setattr(admin, "start", started.append)
    monkeypatch.setattr(starting, "start", started.append)
    return started


@pytest.fixture
def stranger(tmp_path, started):  # noqa: ARG001  # no process is started
    desk = Desk(tmp_path / "library")
    yield desk
    desk.library.close()


@pytest.fixture
def desk(stranger):
    assert stranger.enter().status_code == 303
    return stranger


def said(answer):
    """What the page says in its alerts."""
    found = html.fromstring(answer.text).xpath("//*[@role='alert']")
    return " ".join(" ".join(each.text_content() for each in found).split())


# -- without a token -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*ADDRESSES, "/admin/enter"])
def test_without_a_token_there_is_no_administration(client, address):
    assert client.get(address).status_code == 404
    assert client.post(address, headers=OWN).status_code == 404


def test_without_a_token_no_page_speaks_of_it(client, tmp_path):
    with Library(tmp_path) as empty:
        bare = create_app(Settings(library=tmp_path), library=empty).test_client()
        pages = [bare.get(address).text for address in ("/", "/documents")]
    pages += [
        client.get(address).text for address in ("/", "/documents", "/documents/model-law", "/sets", "/robots.txt")
    ]
    assert all("admin" not in page.casefold() for page in pages)


def test_with_a_token_pages_lead_to_it_and_robots_are_kept_out(stranger):
    assert stranger.page("/").xpath("//footer//a[@href='/admin']")
    assert "Disallow: /admin\n" in stranger.client.get("/robots.txt").text


@pytest.mark.parametrize("token", ["x" * 19, " " * 30, "short" + " " * 20])
def test_a_short_token_is_refused_with_the_way_to_a_good_one(token):
    with pytest.raises(
        ValueError, match=r"PINCITE_ADMIN_TOKEN must have 20 characters or more.*token_urlsafe"
    ) as caught:
        Settings.from_environment({"PINCITE_ADMIN_TOKEN": token})
    assert token.strip() not in str(caught.value) or not token.strip()


def test_the_command_line_refuses_a_short_token_in_one_line(monkeypatch):
    monkeypatch.setenv("PINCITE_ADMIN_TOKEN", "secret")
    outcome = CliRunner().invoke(main, ["serve"])
    assert outcome.exit_code == 2
    assert "PINCITE_ADMIN_TOKEN must have 20 characters" in outcome.output


def test_a_token_of_some_length_is_taken_and_printed_nowhere():
    settings = Settings.from_environment({"PINCITE_ADMIN_TOKEN": TOKEN})
    assert settings.admin_token == TOKEN
    assert TOKEN not in repr(settings)
    assert Settings.from_environment({"PINCITE_ADMIN_TOKEN": ""}).admin_token == ""


# -- the session -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_is_asked_for_the_token_and_sees_nothing(stranger, address):
    page = stranger.page(address)
    assert page.xpath("//input[@name='token']/@type") == ["password"]
    assert not page.xpath("//table")
    assert not page.xpath("//button[.='Log out']")


@pytest.mark.parametrize("address", FORMS)
def test_what_a_stranger_sends_changes_nothing(stranger, started, address):
    answer = stranger.send(address, files=(io.BytesIO(TALK), "talk.txt"))
    assert answer.status_code == 403
    assert "nothing was changed" in said(answer)
    assert stranger.queue.records() == []
    assert started == []


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "é" * 30, "x" * 100_000])
def test_a_wrong_token_opens_nothing(stranger, token):
    answer = stranger.enter(token)
    assert (answer.status_code, said(answer)) == (403, "That is not the token.")
    assert "Set-Cookie" not in answer.headers


def test_too_many_wrong_tokens_close_the_door_for_a_while(stranger):
    for _ in range(MOST_WRONG):
        assert stranger.enter("wrong").status_code == 403
    answer = stranger.enter()
    assert answer.status_code == 429
    assert re.fullmatch(r"There were too many wrong tokens\. Try again in \d+ seconds\.", said(answer))
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    elsewhere = stranger.client.post(
        "/admin/enter", data={"token": TOKEN}, headers=OWN, environ_overrides={"REMOTE_ADDR": "10.1.1.1"}
    )
    assert elsewhere.status_code == 303


def test_the_token_opens_a_session_of_two_hours_out_of_reach_of_scripts_and_other_sites(stranger):
    answer = stranger.enter(f" {TOKEN}\n")  # as it was copied
    assert (answer.status_code, answer.location) == (303, "/admin")
    parts = set(answer.headers["Set-Cookie"].split("; "))
    assert {"HttpOnly", "SameSite=Strict", "Path=/admin", f"Max-Age={SECONDS}"} <= parts
    assert "Secure" not in parts
    assert stranger.page("/admin").xpath("//button[.='Log out']")


def test_over_https_the_cookie_travels_encrypted_alone(tmp_path):
    desk = Desk(tmp_path, base_url="https://law.example.edu/library")
    try:
        assert "Secure" in desk.enter().headers["Set-Cookie"]
    finally:
        desk.library.close()


def test_a_session_holds_in_every_process(desk):
    other = desk.browser()
    other.set_cookie(COOKIE, desk.client.get_cookie(COOKIE, path="/admin").value, path="/admin")
    assert "Log out" in other.get("/admin").text


@pytest.mark.parametrize("other", ["forged", "", "e30.aaaa.bbbb", "IjEi", "x" * 4000])
def test_a_forged_cookie_opens_nothing(stranger, other):
    stranger.client.set_cookie(COOKIE, other, path="/admin")
    assert "Log out" not in stranger.client.get("/admin").text


def test_a_cookie_that_was_signed_with_another_token_opens_nothing(desk):
    stolen = desk.client.get_cookie(COOKIE, path="/admin").value
    app = create_app(Settings(library=desk.settings.library, admin_token=TOKEN + "2"), library=desk.library)
    changed = ReadingClient(app, app.response_class)
    changed.set_cookie(COOKIE, stolen, path="/admin")
    assert "Log out" not in changed.get("/admin").text


def test_a_session_ends_by_itself(desk, monkeypatch):
    monkeypatch.setattr(session, "SECONDS", -1)
    assert "Log out" not in desk.client.get("/admin").text
    assert desk.upload(("talk.txt", TALK)).status_code == 403
    assert desk.queue.records() == []


def test_who_logs_out_is_out_even_with_a_copy_of_the_cookie(desk):
    copy = desk.client.get_cookie(COOKIE, path="/admin").value
    assert desk.send("/admin/leave").location == "/admin"
    assert desk.client.get_cookie(COOKIE, path="/admin") is None
    desk.client.set_cookie(COOKIE, copy, path="/admin")
    assert "Log out" not in desk.client.get("/admin").text


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_forms_of_other_sites_are_refused(desk, started, headers):
    for address in (*FORMS, "/admin/enter"):
        assert desk.send(address, headers, token=TOKEN).status_code == 403
    assert desk.queue.records() == []
    assert started == []
    assert "Log out" in desk.client.get("/admin").text


def test_nothing_of_it_is_kept_by_caches_or_found_by_search_engines(desk):
    answers = [desk.client.get(address) for address in (*ADDRESSES, "/admin/remove/nowhere")]
    answers += [desk.enter("wrong"), desk.send("/admin/leave"), desk.client.get("/admin")]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]


# -- uploads -----------------------------------------------------------------------------------------------------


def test_files_are_taken_read_and_told_of(desk, started):
    assert "Nothing was uploaded or removed yet." in desk.client.get("/admin/uploads").text
    answer = desk.upload(("talk.txt", TALK), ("empty.md", b""), ("a.exe", b"MZ"), ("../../torn.pdf", b"%PDF-1.4 "))
    assert (answer.status_code, answer.location) == (303, "/admin/uploads")
    assert started == [desk.settings]
    waiting = desk.client.get("/admin/uploads")
    assert waiting.headers["Refresh"] == "3"
    assert "<title>2 to do" in waiting.text
    assert "Refresh" not in desk.client.get("/admin/uploads?hold=1").headers
    desk.work()
    done = desk.client.get("/admin/uploads")
    assert "Refresh" not in done.headers
    assert "All is done." in done.text
    torn, program, empty, talk = desk.rows()
    assert torn.startswith("torn.pdf upload Not added: it is damaged")
    assert program.startswith("a.exe upload Not added: it is of no type that is read here")
    assert empty == "empty.md upload Not added: it is empty."
    assert talk.startswith("talk.txt upload Done: 1 passage Speech on quokkas Read well: 1 passage, nothing missing")
    [link] = desk.page("/admin/uploads").xpath("//td//a[.='Speech on quokkas']/@href")
    assert desk.client.get(link).status_code == 200
    assert desk.client.get("/api/v1/search?q=quokkas").json["total"] == 1


def test_a_file_being_read_is_told_so_and_the_list_can_be_cleared(desk):
    desk.upload(("talk.txt", TALK), ("note.txt", b""))
    [waiting] = desk.queue.unfinished()
    desk.queue.put(replace(waiting, state=State.READING))
    assert desk.rows()[1] == "talk.txt upload Being read …"
    assert desk.send("/admin/uploads/clear").location == "/admin/uploads"
    assert desk.rows() == ["talk.txt upload Being read …"]


def test_a_process_that_died_is_replaced_by_who_looks(desk, monkeypatch):
    started = []
    monkeypatch.setattr(starting, "start", started.append)
    desk.upload(("talk.txt", TALK))
    desk.queue.mark_start()
    desk.client.get("/admin/uploads")
    assert started == []  # it may not have begun yet
    os.utime(desk.queue.folder / ".queue" / "started", (0, time.time() - 61))
    with desk.queue.alone():
        desk.client.get("/admin/uploads")
    assert started == []  # it is at work
    desk.client.get("/admin/uploads")
    assert started == [desk.settings]


def test_the_same_file_again_is_unchanged_and_another_of_its_name_must_be_allowed(desk):
    other = TALK.replace(b"quokkas", b"wombats")
    for content, form in ((TALK, {}), (TALK, {}), (other, {}), (other, {"replace": "1"})):
        desk.upload(("talk.txt", content), **form)
        desk.work()
    replaced, refused, unchanged, first = desk.rows()
    assert first.startswith("talk.txt upload Done: 1 passage")
    assert unchanged.startswith("talk.txt upload Unchanged: the library has had this file already")
    assert refused.startswith("talk.txt upload Not added: it differs from the file of this name that is here")
    assert replaced.startswith("talk.txt upload Done: 1 passage Speech on wombats")
    found = [desk.client.get(f"/api/v1/search?q={word}").json["total"] for word in ("quokkas", "wombats")]
    assert found == [0, 1]


@pytest.mark.parametrize("files", [(), (("", b""),)])
def test_a_form_without_a_file_says_so(desk, started, files):
    answer = desk.upload(*files)
    assert (answer.status_code, said(answer)) == (400, "Nothing was uploaded: choose a file first.")
    assert started == []


def form_of(size):
    """The body of a form with one file of so many bytes, as a browser sends it."""
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="long.txt"\r\n\r\n'
    return {"data": head + b"x" * size + b"\r\n--x--\r\n", "content_type": "multipart/form-data; boundary=x"}


def test_too_much_at_once_is_refused_with_the_limit(desk, monkeypatch):
    monkeypatch.setattr(admin, "MOST_FORM", 2_000_000)
    answer = desk.client.post("/admin/uploads", headers=OWN, **form_of(2_000_000))
    assert answer.status_code == 413
    assert said(answer) == "Nothing was uploaded: all files of one upload may have 2 MB together."
    assert desk.queue.records() == []


def test_other_forms_of_the_site_keep_their_limit(desk):
    assert desk.client.post("/sets/import", headers=OWN, **form_of(MAX_BODY)).status_code == 413


# -- removals ----------------------------------------------------------------------------------------------------


def test_an_upload_is_removed_after_asking(desk, started):
    desk.upload(("talk.txt", TALK))
    desk.work()
    [row] = [row for row in desk.rows("/admin") if "quokkas" in row]
    assert row == "Speech on quokkas talk.txt Upload Remove"
    asked = desk.page("/admin/remove/talk").text_content()
    assert "uploaded file talk.txt is deleted" in asked
    assert "sets keep their entries" in asked
    assert desk.send("/admin/remove/talk").location == "/admin/uploads"
    assert len(started) == 2
    assert [row for row in desk.rows("/admin") if "quokkas" in row] == [
        "Speech on quokkas talk.txt Upload being removed"
    ]
    desk.work()
    assert desk.rows()[0] == "Speech on quokkas removal Removed"
    assert "It has been removed since." in desk.rows()[1]
    assert desk.client.get("/documents/talk").status_code == 404
    assert desk.client.get("/api/v1/search?q=quokkas").json["total"] == 0
    assert not desk.queue.place("talk.txt").exists()
    assert desk.client.get("/admin/remove/talk").status_code == 404
    assert desk.send("/admin/remove/talk").status_code == 404


def test_a_document_of_the_command_line_is_removed_and_its_set_entries_stay(desk):
    made = desk.library.store.sets.create(PassageSet("Evidence").adding(["model-law/art-1-1"]))
    asked = desk.page("/admin/remove/model-law").text_content()
    assert "law.md" in asked
    assert "That file is not touched: the next pincite ingest of its folder brings the document back." in asked
    desk.send("/admin/remove/model-law")
    desk.work()
    assert desk.client.get("/documents/model-law").status_code == 404
    assert desk.library.store.sets.get(made.id).passage_ids == ("model-law/art-1-1",)


def test_what_is_being_replaced_is_not_removed_meanwhile(desk):
    desk.upload(("talk.txt", TALK))
    desk.work()
    desk.upload(("talk.txt", TALK + b"\nMore.\n"), replace="1")
    answer = desk.send("/admin/remove/talk")
    assert (answer.status_code, said(answer)) == (
        409,
        "Not removed: it is just being read anew; remove it when that is done.",
    )


def test_documents_are_found_by_words_of_title_or_file(desk, monkeypatch):
    assert len(desk.rows("/admin")) == 3
    assert [row.split()[0] for row in desk.rows("/admin?find=EVIDENCE")] == ["Evidence", "Model"]
    assert len(desk.rows("/admin?find=report.txt")) == 1
    assert "0 of 3 documents" in desk.page("/admin?find=<b>").text_content()
    monkeypatch.setattr(admin, "_LISTED", 2)
    assert "3 documents; the first 2 are shown" in desk.page("/admin").text_content()


# -- the log -----------------------------------------------------------------------------------------------------


def test_every_upload_and_removal_stands_in_the_log(stranger, caplog):
    caplog.set_level(logging.INFO, "webapp.administration")
    stranger.enter("wrong")
    stranger.enter()
    stranger.upload(("talk.txt", TALK), ("x\x1b.txt", b""))
    stranger.work()
    stranger.send("/admin/remove/talk")
    stranger.work()
    stranger.send("/admin/leave")
    lines = [record.getMessage() for record in caplog.records if record.name == "webapp.administration"]
    assert lines == [
        "wrong token, from 127.0.0.1",
        "session opened, from 127.0.0.1",
        f"upload 'talk.txt', {len(TALK)} bytes, from 127.0.0.1",
        "upload 'x.txt' refused: it is empty, from 127.0.0.1",
        "add 'talk.txt': done",
        "removal of talk asked for, from 127.0.0.1",
        "remove 'talk.txt': done",
        "session ended, from 127.0.0.1",
    ]
    assert TOKEN not in caplog.text


def test_the_log_comes_out_where_nobody_has_set_up_logging(monkeypatch, capsys):
    from webapp.administration import audit

    monkeypatch.setattr(audit, "_log", logging.Logger("by itself"))  # noqa: LOG001  # below no other
    audit.prepare()
    audit.prepare()
    audit.note("upload")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d [\d:,]+ pincite: upload\n", capsys.readouterr().err)
