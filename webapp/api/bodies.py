"""The bodies of writing requests: JSON of one shape, read strictly."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import Annotated, TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic.json_schema import SkipJsonSchema
from werkzeug.exceptions import UnsupportedMediaType

from corpus.errors import PinciteError
from search.checking import MAX_TEXT
from webapp.api.parameters import SOMETHING

#: Bytes of a body: a thousand passages of a frozen set, each with its text and a page or two of notes.
MAX_BODY = 10_000_000
#: Faults that a message names; who sends a wrong body sees the others after mending these.
_TOLD = 3


class BodyError(PinciteError):
    """A body that is no JSON of the shape that is asked for; the message names the place."""


class Body(BaseModel):
    """Base of what requests send: unknown keys are refused, because they are slips."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


Shape = TypeVar("Shape", bound=BaseModel)


def read(shape: type[Shape]) -> Shape:
    """The body of the request; raises `BodyError`, `UnsupportedMediaType` and `RequestEntityTooLarge`."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send a JSON body, with the header Content-Type: application/json.")
    request.max_content_length = MAX_BODY
    try:
        # a mark that some editors put before a file is no part of it (RFC 8259, 8.1)
        return shape.model_validate_json(request.get_data().removeprefix(BOM_UTF8))
    except ValidationError as error:
        raise BodyError(_told(error)) from error


def _told(error: ValidationError) -> str:
    faults = [f"{_place(each['loc'])}{each['msg']}" for each in error.errors(include_url=False, include_input=False)]
    more = f" (and {len(faults) - _TOLD} more)" if len(faults) > _TOLD else ""
    return "; ".join(faults[:_TOLD]) + more


def _place(steps: tuple[int | str, ...]) -> str:
    return f"{'.'.join(map(str, steps))}: " if steps else ""


class Text(Body):
    """A text to check."""

    text: str = Field(min_length=1, max_length=MAX_TEXT, pattern=SOMETHING)


class Upload(Body):
    """A text to check, or a Word document (.docx) with its notes, which goes before the text."""

    text: Annotated[str, Field(max_length=MAX_TEXT, pattern=SOMETHING)] | SkipJsonSchema[None] = None
    file: Annotated[bytes | None, WithJsonSchema({"type": "string", "format": "binary"})] = None
