"""Refusals of what can be read but not done: their status is another than that of what cannot be read."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from flask.typing import ResponseReturnValue

from corpus.errors import PinciteError
from corpus.sets import NotInSetError, SetError
from ingest.errors import UnreadableFile
from search.checking import CheckError
from webapp.api.operations import blueprint
from webapp.failures import failure_of, respond

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


class Unprocessable(PinciteError):
    """A request that fits its description and still cannot be met; the message says why."""


def _undone(error: PinciteError) -> ResponseReturnValue:
    failure = failure_of(error)
    if failure.status != HTTPStatus.BAD_REQUEST:
        return respond(failure)
    status = HTTPStatus.NOT_FOUND if isinstance(error, NotInSetError) else UNPROCESSABLE
    return respond(replace(failure, status=status))


for _kind in (Unprocessable, SetError, CheckError, UnreadableFile):
    blueprint.register_error_handler(_kind, _undone)
