"""`/check`: a text or a Word document whose citations and quotations are held against the library."""

from __future__ import annotations

from contextlib import closing
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from ingest.errors import UnreadableFile
from search.checking import MAX_TEXT, CheckError, Report, Works, check
from webapp import checkview
from webapp.drafts import MAX_UPLOAD, TooMuch, text_of_word
from webapp.language import gettext
from webapp.views.access import library, settings
from webapp.wording import number

blueprint = Blueprint("check", __name__, url_prefix="/check")

#: Bytes of a pasted text: letters of four bytes at worst, and what a form adds.
_MAX_FIELD = 4 * MAX_TEXT + 100_000
#: What the form tells.
_FORM = {"verdicts": checkview.VERDICTS, "most": MAX_TEXT, "most_uploaded": MAX_UPLOAD // 1_000_000}


@blueprint.get("")
def form() -> str:
    """The form, empty."""
    return render_template("check.html", **_FORM)


@blueprint.post("")
def checked() -> ResponseReturnValue:
    """The text with its marks and the findings; with one sentence above the form where it cannot be checked."""
    text = ""
    try:
        text = submitted()
        report = examined(text)
    except (CheckError, UnreadableFile) as error:
        return render_template("check.html", text=text, trouble=str(error), **_FORM), HTTPStatus.BAD_REQUEST
    return render_template(
        "check.html",
        text=text,
        report=report,
        pieces=list(checkview.pieces(text, report.findings)),
        items=checkview.items(text, report, library().store, settings().style),
        **_FORM,
    )


def submitted() -> str:
    """The text of the request: a Word document in `file`, else the field `text`; raises `CheckError`."""
    request.max_content_length = MAX_UPLOAD + _MAX_FIELD
    request.max_form_memory_size = _MAX_FIELD
    try:
        return _form_text()
    except RequestEntityTooLarge as error:
        message = gettext(
            "that is too much to check at once: at most %(most)s characters of text, "
            "or a Word document of %(megabytes)s MB",
            most=number(MAX_TEXT),
            megabytes=MAX_UPLOAD // 1_000_000,
        )
        raise TooMuch(message) from error


def examined(text: str) -> Report:
    """The findings about a text in the open library; raises `CheckError`."""
    opened = library()
    works = opened.remembered("works", lambda: Works(opened.store.documents()))
    return check(text, opened.store, opened.engine, works)


def _form_text() -> str:
    file = request.files.get("file")
    if not file or not file.filename:
        return request.form.get("text", "").replace("\r\n", "\n")
    with closing(file):
        content = file.read(MAX_UPLOAD + 1)
    if len(content) > MAX_UPLOAD:
        megabytes = MAX_UPLOAD // 1_000_000
        raise TooMuch(gettext("%(file)s has more than %(megabytes)s MB", file=file.filename, megabytes=megabytes))
    return text_of_word(content, file.filename, settings().reader_memory)
