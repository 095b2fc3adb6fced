"""The one place that turns errors into responses: a page for readers, one JSON shape for programs.

{"error": {"status": 400, "kind": "QueryError", "message": "...", "position": 7}}
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from flask import Flask, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, MethodNotAllowed, TooManyRequests

from corpus.errors import LibraryError, LocatorError, NotFound, PinciteError
from corpus.model import Document, Passage
from corpus.sets import FrozenSetError
from search.errors import ClusterAway, EngineError, QueryError
from webapp.drafts import TooMuch
from webapp.language import gettext
from webapp.links import API_PREFIX, Selection, arguments
from webapp.observing import route

logger = logging.getLogger(__name__)

#: Status of each error family, the most special first; a `PinciteError` of another kind is a request we cannot serve.
_STATUS: tuple[tuple[type[PinciteError], HTTPStatus], ...] = (
    (QueryError, HTTPStatus.BAD_REQUEST),
    (NotFound, HTTPStatus.NOT_FOUND),
    (LocatorError, HTTPStatus.NOT_FOUND),
    (FrozenSetError, HTTPStatus.CONFLICT),
    (TooMuch, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (EngineError, HTTPStatus.SERVICE_UNAVAILABLE),
    (LibraryError, HTTPStatus.SERVICE_UNAVAILABLE),
    (PinciteError, HTTPStatus.BAD_REQUEST),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, as the page and the JSON tell it.

    `position` is the 0-based place in the query, if there is one, and `suggestion` a query that can be read. For an
    unknown passage of a known document, `nearby` holds the first and the last passage of that kind that it does hold.
    """

    status: HTTPStatus
    kind: str
    message: str
    position: int | None = None
    suggestion: str = ""
    document: Document | None = None
    nearby: tuple[Passage, ...] = ()

    @property
    def sentence(self) -> str:
        """The message as a sentence of the page."""
        closed = self.message if self.message.endswith((".", "?", "!")) else f"{self.message}."
        return closed[:1].upper() + closed[1:]

    @property
    def json(self) -> dict[str, Any]:
        """The error shape of the API."""
        place = {} if self.position is None else {"position": self.position}
        meant = {"suggestion": self.suggestion} if self.suggestion else {}
        return {"error": {"status": int(self.status), "kind": self.kind, "message": self.message, **place, **meant}}


class PassageNotFound(NotFound):
    """A permalink into a document of the library that leads to no passage."""

    def __init__(self, message: str, document: Document, nearby: tuple[Passage, ...]) -> None:
        super().__init__(message)
        self.document, self.nearby = document, nearby


def init_app(app: Flask) -> None:
    """Answer every error of the application from here."""
    app.register_error_handler(PinciteError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def failure_of(error: PinciteError) -> Failure:
    """Status, message and place of one of our own errors."""
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    failure = Failure(status, _kind(error), str(error))
    if isinstance(error, QueryError):
        return replace(failure, position=error.position, suggestion=error.suggestion)
    if isinstance(error, PassageNotFound):
        return replace(failure, document=error.document, nearby=error.nearby)
    return failure


def _kind(error: PinciteError) -> str:
    """The name of the error, or of the family of which only the message tells more."""
    family = next((each for each in (NotFound, EngineError) if isinstance(error, each)), type(error))
    return family.__name__


def _refused(error: PinciteError) -> ResponseReturnValue:
    failure = failure_of(error)
    if failure.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.error("%s %s: %s", request.method, route(), failure.message)
    if isinstance(error, EngineError) and not isinstance(error, ClusterAway):
        current_app.extensions["library"].mend_again(logger.warning)
    return respond(failure)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    response = make_response(respond(Failure(HTTPStatus(error.code), _word(error), error.description or error.name)))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    if isinstance(error, TooManyRequests) and error.retry_after:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _word(error: HTTPException) -> str:
    return error.name.replace(" ", "")


def _unforeseen(error: Exception) -> ResponseReturnValue:
    logger.error("%s %s failed", request.method, route(), exc_info=error)
    message = gettext("Something went wrong on our side. The error has been logged.")
    return respond(Failure(HTTPStatus.INTERNAL_SERVER_ERROR, "InternalError", message))


def respond(failure: Failure) -> ResponseReturnValue:
    """What is sent: JSON to programs, a page to readers."""
    if request.path.startswith(API_PREFIX):
        return failure.json, failure.status
    selection = Selection.from_args(arguments())
    return render_template("failure.html", failure=failure, selection=selection), failure.status
