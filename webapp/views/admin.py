"""`/admin`: whoever has the token adds documents to the library and takes them out; without a token it is not there."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, current_app, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from corpus.model import Document
from ingest.sources import SUFFIXES
from webapp.administration import audit, session
from webapp.administration.intake import MOST_FILE, remove, take
from webapp.administration.names import UploadError
from webapp.administration.session import Attempts
from webapp.administration.starting import go_on, start
from webapp.administration.tasks import Queue, Task
from webapp.language import gettext, ngettext
from webapp.links import path
from webapp.views.access import library, settings

blueprint = Blueprint("administration", __name__, url_prefix="/admin")

#: Where files are sent to.
UPLOADS = "/admin/uploads"

#: Bytes of all files of one form.
MOST_FORM = 250_000_000
#: Seconds between two looks at tasks under way: a page of text takes less to read.
REFRESH = 3
#: Documents listed at once; a box finds the others.
_LISTED = 200
#: The one endpoint that needs no session.
_OPEN = "administration.enter"
_WRONG = "admin_attempts"


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    audit.prepare()
    state.app.extensions[_WRONG] = Attempts(state.app.config["PINCITE"].library)


@blueprint.before_request
def _admit() -> ResponseReturnValue | None:
    """Only in a session; whoever is in none is asked for the token."""
    if request.endpoint == _OPEN or session.is_open():
        return None
    if request.method == "POST":
        trouble = gettext("Your session has ended, so nothing was changed. Enter the token and try again.")
        return _entry(trouble, HTTPStatus.FORBIDDEN)
    return _entry()


@blueprint.after_request
def _keep_private(response: Response) -> Response:
    """What administrators see is for nobody's cache and no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@blueprint.post("/enter")
def enter() -> ResponseReturnValue:
    """Begin a session for the right token; after some wrong ones an address must wait."""
    wrong = cast("Attempts", current_app.extensions[_WRONG])
    address = request.remote_addr or ""
    if seconds := wrong.wait(address):
        trouble = ngettext(
            "There were too many wrong tokens. Try again in %(num)s second.",
            "There were too many wrong tokens. Try again in %(num)s seconds.",
            seconds,
            num=seconds,
        )
        response = _entry(trouble, HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(seconds)
        return response
    if not session.is_token(request.form.get("token", "")):
        wrong.count(address)
        audit.note("wrong token")
        return _entry(gettext("That is not the token."), HTTPStatus.FORBIDDEN)
    audit.note("session opened")
    return session.opened(_see("administration.desk"))


@blueprint.post("/leave")
def leave() -> Answer:
    """End the session."""
    audit.note("session ended")
    return session.closed(_see("administration.desk"))


@blueprint.get("")
def desk() -> str:
    """The form that takes files, and the documents of the library."""
    return _desk()


@blueprint.post("/uploads")
def upload() -> ResponseReturnValue:
    """Keep the files of the form until they are read; each that is refused is told of among them."""
    request.max_content_length = MOST_FORM
    try:
        files = [file for file in request.files.getlist("files") if file.filename]
    except RequestEntityTooLarge:
        trouble = gettext(
            "Nothing was uploaded: all files of one upload may have %(megabytes)s MB together.",
            megabytes=MOST_FORM // 1_000_000,
        )
        return _desk(trouble), HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if not files:
        return _desk(gettext("Nothing was uploaded: choose a file first.")), HTTPStatus.BAD_REQUEST
    for file in files:
        _take(file)
    start(settings())
    return _see("administration.progress")


def _take(file: FileStorage) -> None:
    replaces = request.form.get("replace") == "1"
    take(_queue(), file.stream, file.filename or "", replaces=replaces)
    file.close()


@blueprint.get("/uploads")
def progress() -> Response:
    """What was handed in and how far it is; the page comes again until all is done, unless it is held."""
    queue = _queue()
    go_on(settings())
    store = library().store
    records = queue.records()[::-1]
    added = [record.document for record in records if record.task is Task.ADD and record.document]
    documents = {document.id: document for document in store.documents_by_id(list(dict.fromkeys(added)))}
    left = sum(not record.state.finished for record in records)
    held = request.args.get("hold") == "1"
    page = render_template(
        "admin_progress.html",
        records=records,
        left=left,
        held=held,
        documents=documents,
        reports={name: store.report(name) for name in documents},
    )
    response = Response(page)
    if left and not held:
        response.headers["Refresh"] = str(REFRESH)
    return response


@blueprint.post("/uploads/clear")
def clear() -> Answer:
    """Forget the tasks that are finished; the documents stay."""
    _queue().clear()
    return _see("administration.progress")


@blueprint.get("/remove/<document_id>")
def confirm(document_id: str) -> str:
    """Ask whether the document is to be taken out, and tell what that means; raises `NotFound`."""
    return _removal(library().store.document(document_id))


@blueprint.post("/remove/<document_id>")
def take_out(document_id: str) -> ResponseReturnValue:
    """Have the document taken out; raises `NotFound`."""
    document = library().store.document(document_id)
    try:
        remove(_queue(), document, _queue().file_of(_sources().get(document_id, "")))
    except UploadError as error:
        return _removal(document, gettext("Not removed: %(reason)s.", reason=f"it {error}")), HTTPStatus.CONFLICT
    start(settings())
    return _see("administration.progress")


def _entry(trouble: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
    page = render_template("admin_entry.html", trouble=trouble, hours=session.SECONDS // 3600)
    return Response(page, status)


def _desk(trouble: str = "") -> str:
    queue, find = _queue(), " ".join(request.args.get("find", "").split())
    left, sources = queue.unfinished(), _sources()
    documents = sorted(library().store.documents(), key=lambda document: document.title.casefold())
    found = [each for each in documents if find.casefold() in f"{each.title}\n{each.source}".casefold()]
    return render_template(
        "admin.html",
        trouble=trouble,
        left=len(left),
        find=find,
        documents=found[:_LISTED],
        found=len(found),
        total=len(documents),
        uploaded={name for name, source in sources.items() if queue.file_of(source)},
        leaving={record.document for record in left if record.task is Task.REMOVE},
        types=",".join(sorted(SUFFIXES)),
        most_file=MOST_FILE // 1_000_000,
        most_form=MOST_FORM // 1_000_000,
    )


def _removal(document: Document, trouble: str = "") -> str:
    source = _sources().get(document.id, "")
    return render_template(
        "admin_remove.html",
        document=document,
        trouble=trouble,
        source=source,
        file=_queue().file_of(source),
        passages=len(library().store.passages(document.id)),
    )


def _sources() -> dict[str, str]:
    """By document, the path of the file that it came from."""
    states = library().store.sources().values()
    return {state.document_id: state.path for state in states if state.document_id}


def _queue() -> Queue:
    return Queue(library().folder)


def _see(endpoint: str) -> Answer:
    return redirect(path(endpoint), HTTPStatus.SEE_OTHER)
