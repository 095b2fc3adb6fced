"""The description of the API (OpenAPI 3.1), made from its routes, parameters and shapes."""

from __future__ import annotations

import re
from functools import cache
from http import HTTPStatus
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema

from webapp.api.operations import JSON, OPERATIONS, Operation, blueprint
from webapp.api.parameters import PLACES, Schema
from webapp.api.set_shapes import SetLink
from webapp.api.shapes import Failure
from webapp.settings import Settings

#: Whether a shape is described as it is sent to us, or as we answer it.
Mode: TypeAlias = Literal["validation", "serialization"]
#: Where a schema of the components stands.
_SCHEMA = "#/components/schemas/{model}"
#: `<path:passage_id>` of a rule of Flask.
_PLACE = re.compile(r"<(?:path:)?(?P<name>\w+)>")
#: What the refusals mean here.
_REFUSALS = {
    HTTPStatus.BAD_REQUEST: "A parameter or the body cannot be read",
    HTTPStatus.NOT_FOUND: "The library or the set holds nothing of that name, or the link opens nothing",
    HTTPStatus.CONFLICT: "The set is frozen",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The body is of another media type",
    HTTPStatus.UNPROCESSABLE_ENTITY: "The request can be read, but what it asks for cannot be done",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests have come from this address; Retry-After says how long to wait",
    HTTPStatus.SERVICE_UNAVAILABLE: "The library or its index cannot be reached",
}
_TOLD = (
    "Passages of a library of lectures, speeches, reports and treaties, found by words and facets, cited, collected in "
    "sets and exported. No key is needed: what may be changed, passage sets, is changed by whoever has the secret of a "
    "set's edit link. Lists come in pages (offset, limit), with the neighbouring pages in the header Link. Every "
    "refusal has one shape, Failure."
)


class _Schemas(GenerateJsonSchema):
    """JSON Schema without titles that only repeat the key, and without null as the default of a key left out."""

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        found = super().default_schema(schema)
        return {name: value for name, value in found.items() if (name, value) != ("default", None)}

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  # the base asks
        return False


def described(settings: Settings, home: str) -> dict[str, Any]:
    """The whole description, for an installation at the address `home`."""
    paths: dict[str, Any] = {}
    for operation in sorted(OPERATIONS, key=lambda each: each.rule):
        paths.setdefault(_path(operation), {})[operation.method.lower()] = _operation(operation, settings)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{settings.site_name} API", "version": "1", "description": _TOLD},
        "servers": [{"url": home}],
        "paths": paths,
        "components": {"responses": {_name(s): _refusal(s) for s in _REFUSALS}, "schemas": _schemas()[1]},
    }


def _operation(operation: Operation, settings: Settings) -> dict[str, Any]:
    summary, _, more = " ".join(operation.told.split()).partition(". ")
    places = [PLACES[name].described(settings, "path") for name in _PLACE.findall(operation.rule)]
    parameters = [*places, *(each.described(settings) for each in operation.parameters)]
    return {
        "operationId": operation.name,
        "tags": [operation.group],
        "summary": summary.rstrip("."),
        **({"description": more} if more else {}),
        **({"parameters": parameters} if parameters else {}),
        **({"requestBody": {"required": True, "content": _bodies(operation)}} if operation.bodies else {}),
        "responses": _responses(operation),
    }


def _responses(operation: Operation) -> dict[str, Any]:
    content = _content(operation)
    follow = _links() if operation.answer is SetLink else {}
    parts = {"content": content, "links": follow}
    answer = {"description": operation.status.phrase, **{name: part for name, part in parts.items() if part}}
    refused = {str(int(s)): {"$ref": f"#/components/responses/{_name(s)}"} for s in _refusals(operation)}
    return {str(int(operation.status)): answer, **refused}


def _links() -> dict[str, Any]:
    """What can be done with the secret that an answer tells."""
    secret = {"secret": "$response.body#/secret"}
    there = (operation for operation in OPERATIONS if "<secret>" in operation.rule)
    return {each.name: {"operationId": each.name, "parameters": secret} for each in there}


def _content(operation: Operation) -> dict[str, Any]:
    if isinstance(operation.answer, tuple):
        return {media_type: {} for media_type in operation.answer}
    return {JSON: {"schema": _reference(operation.answer, "serialization")}} if operation.answer else {}


def _bodies(operation: Operation) -> dict[str, Any]:
    return {media: {"schema": _reference(model, "validation")} for media, model in operation.bodies.items()}


def _refusals(operation: Operation) -> list[HTTPStatus]:
    """What the route itself declares, and what follows from what it takes."""
    found = {*operation.refusals, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}
    found |= {HTTPStatus.BAD_REQUEST} if operation.parameters or operation.bodies else set()
    found |= {HTTPStatus.NOT_FOUND} if _PLACE.search(operation.rule) else set()
    if operation.bodies:
        found |= {HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE}
    return sorted(found)


def _refusal(status: HTTPStatus) -> dict[str, Any]:
    content = {JSON: {"schema": _reference(Failure, "serialization")}}
    return {"description": _REFUSALS[status], "content": content}


def _path(operation: Operation) -> str:
    path = _PLACE.sub(lambda place: f"{{{PLACES[place['name']].name}}}", operation.rule)
    return f"{blueprint.url_prefix}{path}"


def _name(status: HTTPStatus) -> str:
    return status.name.title().replace("_", "")


def _reference(model: type[BaseModel], mode: Mode) -> Schema:
    return _schemas()[0][model, mode]


@cache
def _schemas() -> tuple[dict[Any, Schema], dict[str, Schema]]:
    """References to the shapes of answers and bodies, and all shapes by name."""
    answers = {operation.answer for operation in OPERATIONS if isinstance(operation.answer, type)} | {Failure}
    bodies = {model for operation in OPERATIONS for model in operation.bodies.values()}
    asked: list[tuple[type[BaseModel], Mode]] = [(each, "serialization") for each in answers]
    asked += [(each, "validation") for each in bodies]
    asked.sort(key=lambda pair: pair[0].__name__)
    references, definitions = models_json_schema(asked, ref_template=_SCHEMA, schema_generator=_Schemas)
    return references, definitions["$defs"]
