"""`/export` and `/sets/<secret>/export`: passages as files, in every format of the pages."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from corpus.export import FORMATS
from webapp.api import parameters
from webapp.api.operations import route
from webapp.views.export import download
from webapp.views.sets import taken

#: The media types of all formats, without their own parameters.
_FILES = tuple(dict.fromkeys(form.media_type.partition(";")[0] for form in FORMATS.values()))


@route("GET", "/export", answer=_FILES, parameters=parameters.DOWNLOAD)
def export() -> ResponseReturnValue:
    """The passages that answer a search as a file, all of them unless `limit` cuts it; the file says what was cut."""
    return download()


@route("GET", "/sets/<secret>/export", answer=_FILES, parameters=parameters.FILE)
def export_set(secret: str) -> ResponseReturnValue:
    """The passages of a set as a file, in its order, by either of its links."""
    return taken(secret)
