"""The log of the server: a line a record on the error stream, as text or as JSON, without what readers asked.

An exchange is one line of the logger `webapp.access`; an error is one record with its traceback.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from webapp.observing import Exchange, Observer, request_number
from webapp.settings import Settings

_access = logging.getLogger("webapp.access")
_TEXT = "%(asctime)s %(levelname)s %(message)s"
#: Behind these words of waitress's messages stands the address, which may hold the secret of a set.
_SERVING = " while serving "


def prepare(settings: Settings) -> None:
    """Set up the log of this process in the form of the settings; a quiet one is Python's own, with warnings alone."""
    logging.getLogger("waitress").addFilter(_without_address)
    # a line for every request that waits for its turn says nothing that could be acted on
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    if settings.log == "quiet":
        return
    stream = logging.StreamHandler()
    stream.setFormatter(Json() if settings.log == "json" else logging.Formatter(_TEXT))
    logging.basicConfig(handlers=[stream], level=logging.WARNING, force=True)
    logging.getLogger("webapp").setLevel(logging.INFO)


def access_log(*, queries: bool) -> Observer:
    """Writes a line for every exchange; what was searched for, if anything, only with `queries`."""

    def write(exchange: Exchange) -> None:
        told = {
            "request": exchange.number,
            "method": exchange.method,
            "route": exchange.route,
            "status": exchange.status,
            "milliseconds": round(exchange.seconds * 1000, 1),
            "bytes": exchange.size,
            **({"query": exchange.query} if queries and exchange.query else {}),
        }
        line = " ".join(str(value) for value in told.values() if value != "")
        _access.info("%s", " ".join(line.split()), extra={"told": told})

    return write


class Json(logging.Formatter):
    """A record as one JSON object on a line: time, level, logger, message, then what belongs to it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; `request` is the number of the request that the record was written for."""
        written = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        told = getattr(record, "told", None) or {"message": record.getMessage()}
        number = {"request": request_number()} if request_number() else {}
        trace = {"error": self.formatException(record.exc_info)} if record.exc_info else {}
        return json.dumps(written | number | told | trace, ensure_ascii=False)


def _without_address(record: logging.LogRecord) -> bool:
    said, serving, _ = str(record.msg).partition(_SERVING)
    if serving:
        record.msg, record.args = f"{said}{serving}a request", ()
    return True
