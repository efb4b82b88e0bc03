"""A line of JSON for each request: what kind of page, how it ended, how long it took. Never what stood in it.

Addresses are written as their pattern (``/plans/<plan_id>``), so that no id, name or question mark part reaches the
log. Of a failure, the log holds its kind and the places in our source that it came through, not its words: these could
quote a plan.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TextIO

from flask import g, has_request_context, request

if TYPE_CHECKING:
    from flask import Flask, Response

__all__ = ["attach", "failure", "to_stream"]

LOGGER: Final = logging.getLogger("finance_kit.web")
_QUIET: Final = ("assets.send", "health.live", "health.ready")


class _JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds")
        told = {"time": moment, "level": record.levelname.lower(), "event": record.getMessage()}
        return json.dumps(told | getattr(record, "fields", {}), ensure_ascii=True)


def to_stream(stream: TextIO = sys.stderr, level: int = logging.INFO) -> None:
    """Write the lines to a stream; by default to standard error, where systemd or a terminal picks them up."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_JsonLines())
    LOGGER.handlers[:] = [handler]
    LOGGER.setLevel(level)
    LOGGER.propagate = False


def attach(app: Flask) -> None:
    """Time every request and write it down when it has been answered."""
    app.before_request(_begin)
    app.after_request(_note)


def failure(error: BaseException) -> str:
    """Write down a failure of ours; returns the number under which a person can report it."""
    number = secrets.token_hex(4)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    _write(logging.ERROR, "failure", number=number, kind=type(error).__name__, places=places[-12:], **_what())
    return number


def _begin() -> None:
    g.began = time.perf_counter()


def _note(response: Response) -> Response:
    level = logging.DEBUG if request.endpoint in _QUIET and response.status_code < 500 else logging.INFO
    took = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
    size = response.content_length
    _write(level, "request", **_what(), status=response.status_code, milliseconds=took, bytes=size)
    return response


def _what() -> dict[str, Any]:
    """Method and pattern of the request; nothing for work that nobody asked for."""
    if not has_request_context():
        return {}
    return {"method": request.method, "route": request.url_rule.rule if request.url_rule else None}


def _write(level: int, event: str, **fields: Any) -> None:
    LOGGER.log(level, event, extra={"fields": fields})
