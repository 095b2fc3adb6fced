"""`/openapi.json`: the API tells what it is."""

from __future__ import annotations

from typing import Any

from webapp import links
from webapp.api.description import described
from webapp.api.operations import JSON, route
from webapp.views.access import settings


@route("GET", "/openapi.json", answer=(JSON,))
def description() -> dict[str, Any]:
    """The description that you read (OpenAPI 3.1)."""
    return described(settings(), links.absolute(links.path("search.page").rstrip("/")))
