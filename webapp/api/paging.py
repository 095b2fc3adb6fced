"""Pages of long lists: which part is asked for, and where its neighbours are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from webapp import links
from webapp.api.operations import answered
from webapp.request import whole_number
from webapp.views.access import settings


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a list that the request asks for."""

    offset: int
    limit: int

    @property
    def part(self) -> slice:
        """What to cut out of the whole list."""
        return slice(self.offset, self.offset + self.limit)


def window(default: int | None = None) -> Window:
    """What `offset` and `limit` ask for, without `limit` the default, at most the largest page."""
    given, most = links.arguments(), settings().max_page_size
    limit = whole_number(given, "limit", most if default is None else default)
    return Window(whole_number(given, "offset", 0), min(limit, most))


def paged(value: Any, asked: Window, total: int) -> Response:
    """The answer with the addresses of the pages beside it in the header `Link` (RFC 8288)."""
    response = answered(value)
    if asked.limit and asked.offset + asked.limit < total:
        response.headers.add("Link", _link(asked.offset + asked.limit, "next"))
    if asked.limit and asked.offset:
        response.headers.add("Link", _link(max(asked.offset - asked.limit, 0), "prev"))
    return response


def _link(offset: int, relation: str) -> str:
    given = {name: values for name, values in links.arguments().items() if name not in {"offset", "page"}}
    query = urlencode({**given, "offset": offset}, doseq=True)
    address = links.path(str(request.endpoint), **(request.view_args or {}))
    return f'<{links.absolute(address)}?{query}>; rel="{relation}"'
