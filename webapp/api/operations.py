"""Routes that describe themselves: each is declared once, served by Flask, and told of by `webapp.api.description`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify
from pydantic import BaseModel

from webapp.api.bodies import read
from webapp.api.parameters import Parameter
from webapp.links import arguments

#: The media type of bodies and answers.
JSON = "application/json"

#: Where every route of the API hangs.
blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
#: Every route.
OPERATIONS: list[Operation] = []


@dataclass(frozen=True, slots=True)
class Operation:
    """One route: what it takes, what it answers, and which refusals are its own.

    `rule` is Flask's. `answer` is a shape, None for an empty answer, or the media types of files. `told` is the
    docstring of its view, whose first sentence is the summary.
    """

    method: str
    rule: str
    name: str
    told: str
    answer: type[BaseModel] | tuple[str, ...] | None
    status: HTTPStatus
    parameters: tuple[Parameter, ...]
    bodies: Mapping[str, type[BaseModel]]
    refusals: tuple[HTTPStatus, ...]

    @property
    def group(self) -> str:
        """What it is about: the first part of its path."""
        return self.rule.split("/")[1]


def route(
    method: str,
    rule: str,
    *,
    answer: type[BaseModel] | tuple[str, ...] | None,
    status: HTTPStatus = HTTPStatus.OK,
    parameters: tuple[Parameter, ...] = (),
    body: type[BaseModel] | None = None,
    forms: Mapping[str, type[BaseModel]] | None = None,
    refusals: tuple[HTTPStatus, ...] = (),
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a view.

    Its parameters are checked before it is called, and a `body` is handed over as read. A view that takes `forms`, by
    their media types, reads them itself.
    """

    def declared(view: Callable[..., Any]) -> Callable[..., Any]:
        bodies = {JSON: body} if body else dict(forms or {})
        operation = Operation(
            method, rule, view.__name__, view.__doc__ or "", answer, status, parameters, bodies, refusals
        )
        OPERATIONS.append(operation)
        # a doubled slash in a path is what was asked for: it leads to nothing, and not to another address
        blueprint.add_url_rule(
            rule, view.__name__, _served(operation, body, view), methods=[method], merge_slashes=False
        )
        return view

    return declared


def answered(value: Any) -> Response:
    """A shape, or plain data in its form, as JSON; nothing as an empty answer."""
    if isinstance(value, Response):
        return value
    if value is None:
        return Response(status=HTTPStatus.NO_CONTENT)
    return jsonify(value.model_dump(mode="json") if isinstance(value, BaseModel) else value)


def _served(operation: Operation, body: type[BaseModel] | None, view: Callable[..., Any]) -> Callable[..., Response]:
    @wraps(view)
    def serve(**places: str) -> Response:
        given = arguments()
        for parameter in operation.parameters:
            parameter.check(given)
        response = answered(view(**places, **({"body": read(body)} if body else {})))
        if response.status_code == HTTPStatus.OK:
            response.status_code = operation.status
        return response

    return serve
