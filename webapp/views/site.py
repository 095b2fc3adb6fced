"""The page of help, and what machines ask a site for: health, robots, the browser's search plug-in."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from webapp.links import absolute
from webapp.readiness import condition
from webapp.views.access import library, settings

blueprint = Blueprint("site", __name__)


@blueprint.get("/help")
def help_page() -> str:
    """How to search, read, cite and collect, and the keys."""
    return render_template("help.html")


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """200 as long as this process answers at all; whoever watches it may end it where it does not."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def readiness() -> ResponseReturnValue:
    """200 when store and index can answer readers, 503 with the reason when not; what both hold, and what is behind."""
    now = condition(library())
    return now.json, HTTPStatus.SERVICE_UNAVAILABLE if now.trouble else HTTPStatus.OK


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Documents may be indexed; the endless combinations of filters may not."""
    closed: tuple[str, ...] = ("/?", "/facets/", "/export", "/feed.atom", "/unapi", "/api/", "/check", "/sets")
    if settings().admin_token:
        closed = (*closed, "/admin")
    lines = ("User-agent: *", *(f"Disallow: {path}" for path in closed))
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """The description that lets a browser search the library from its address bar."""
    text = render_template("opensearch.xml", home=absolute(""))
    return Response(text, mimetype="application/opensearchdescription+xml")
