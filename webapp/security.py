"""What holds for every request and response: known hosts, changes only from our own pages, headers that forbid.

Pages load nothing from elsewhere, run nothing inline, and are framed by nobody.
"""

from __future__ import annotations

from flask import Flask, Response, current_app, request

from webapp.origin import refuse_foreign

# Nothing is allowed but what the site itself serves (Content Security Policy Level 3, W3C).
_POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
#: Browser features that a reading site never needs; copying to the clipboard is the one it does.
_UNUSED_FEATURES = ("camera", "microphone", "geolocation", "payment", "usb", "display-capture")

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in _POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join([*(f"{name}=()" for name in _UNUSED_FEATURES), "clipboard-write=(self)"]),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: Half a year, told only to those who reach the site over https.
_TRANSPORT = "max-age=15552000"


#: Methods that change nothing (RFC 9110, 9.2.1).
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
#: Names of this machine, under which health checks ask.
_HERE = ("localhost", "127.0.0.1")


def init_app(app: Flask) -> None:
    """Refuse foreign hosts and forms, and add the headers to every response of the application."""
    hosts = [name.strip() for name in app.config["PINCITE"].hosts.split(",") if name.strip()]
    app.config["TRUSTED_HOSTS"] = [*hosts, *_HERE] if hosts else None
    app.before_request(_refuse_foreign)
    app.after_request(add_headers)


def _refuse_foreign() -> None:
    """No view, of today or of later, changes anything for a page of another site."""
    if request.endpoint and request.method not in _SAFE:
        refuse_foreign()


def add_headers(response: Response) -> Response:
    """The response with our headers; pages are revalidated at every visit, because the library may have changed."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-cache"
    if current_app.config["PINCITE"].base_url.startswith("https://"):
        response.headers.setdefault("Strict-Transport-Security", _TRANSPORT)
    return response
