"""The log of administration: one line for everything that was handed in, removed, or tried with a wrong token."""

from __future__ import annotations

import logging

from flask import has_request_context, request

_log = logging.getLogger("webapp.administration")


def prepare() -> None:
    """See to it that the lines come out: on the standard error stream with their time, unless logging is set up."""
    _log.setLevel(logging.INFO)
    if not _log.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s pincite: %(message)s"))
        _log.addHandler(handler)


def note(line: str) -> None:
    """Write a line, with the address where a request asked for it; what else comes from outside, its writer quotes."""
    _log.info("%s%s", line, f", from {request.remote_addr}" if has_request_context() else "")
