"""The edge: a Flask application, a JSON API and a command line over one open library."""

from __future__ import annotations

import logging
from importlib import import_module

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import api, assets, compressing, failures, language, logs, observing, rates, security
from webapp.administration.starting import take_up
from webapp.resources import Library
from webapp.settings import Settings
from webapp.templating import prepare_templates
from webapp.views import BLUEPRINTS, admin

__all__ = ["MAX_BODY", "create_app"]

#: Bytes of a form or an uploaded file: a frozen set of long passages, with room to spare. Views may say otherwise.
MAX_BODY = 16 << 20


def create_app(settings: Settings | None = None, *, library: Library | None = None) -> Flask:
    """The application over `settings.library` or over an open `library`; raises `PinciteError` if none can be opened.

    The library is opened once and shared by the server's threads; `webapp.server` closes it.
    """
    settings = settings or Settings.from_environment()
    app = Flask(__name__, static_folder="static", static_url_path="/static")
    app.config.update(PINCITE=settings, SEND_FILE_MAX_AGE_DEFAULT=assets.MAX_AGE, MAX_CONTENT_LENGTH=MAX_BODY)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it; key order is part of the record
    app.extensions["library"] = library or _opened(settings)
    _observe(app, settings)
    administered = (admin.blueprint,) if settings.admin_token else ()
    for blueprint in (*BLUEPRINTS, *administered, api.blueprint):
        app.register_blueprint(blueprint)
    assets.init_app(app)
    compressing.init_app(app)
    language.init_app(app)
    prepare_templates(app)
    security.init_app(app)
    rates.init_app(app)
    failures.init_app(app)
    if (
        settings.proxies
    ):  # the Host that readers asked for is handed on as it is: X-Forwarded-Host is believed of nobody
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    return app


def _observe(app: Flask, settings: Settings) -> None:
    """Have every exchange logged, and counted where metrics are wanted."""
    observers = [logs.access_log(queries=settings.log_queries)]
    if settings.metrics:  # the library for them takes its time to load
        observers.append(import_module("webapp.metrics").init_app(app))
    observing.init_app(app, observers, behind_proxy=bool(settings.proxies))


def _opened(settings: Settings) -> Library:
    """The library for a server of another make, put in order while it serves."""
    library = Library.of(settings)
    library.mend_meanwhile(logging.getLogger(__name__).warning)
    take_up(settings)
    return library
