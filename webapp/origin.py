"""Requests that change something must come from our own pages, by what the browser itself says of their origin.

`Sec-Fetch-Site` is asked first (W3C Fetch Metadata; a page cannot forge it). Browsers leave it out over plain http, as
on a faculty network: there `Origin` tells it, else `Referer`. A request without all three is refused, since every
browser of the last years sends one of them with a form. So no page needs a token of its own.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import Forbidden

from webapp.language import gettext
from webapp.links import API_PREFIX
from webapp.views.access import settings


def refuse_foreign() -> None:
    """Raise `Forbidden` unless one of our own pages, or at the API a program, has sent the request."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if request.path.startswith(API_PREFIX) and not site and "Origin" not in request.headers:
        return  # no browser: there are no cookies at the API that a page could abuse
    if not (site == "same-origin" if site else _stated_host() in _own_hosts()):
        raise Forbidden(gettext("This form was not sent from a page of this site, so nothing was changed."))


def _stated_host() -> str:
    """The host that the browser names; one that it keeps to itself is "null"."""
    try:
        return urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "").netloc or "null"
    except ValueError:
        return "null"


def _own_hosts() -> set[str]:
    # a server in front may speak https for us and hand on another host name: the scheme says nothing here
    return {request.host, urlsplit(settings().base_url).netloc}
