"""From a cookie to a person. The signed cookie holds a random value; what it stands for is kept, and ended, here.

One person on their own laptop has no account: the address that the server printed carries a start key, and whoever
has it is that person. With accounts, :mod:`web.people` calls ``begin`` after a successful sign-in.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from flask import current_app, g, request, session

from web.config import WebConfig
from web.storage import store

__all__ = ["begin", "config", "end", "now", "person", "this_session"]

_SESSION: Final = "session"
# The first that is found: every Edge says Chrome, every Chrome says Safari, every Android says Linux.
_BROWSERS: Final = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def config() -> WebConfig:
    """The choices of this installation."""
    chosen: WebConfig = current_app.extensions["finance_kit_config"]
    return chosen


def now() -> datetime:
    """The time, for limits of sessions; versions of plans never depend on it."""
    return datetime.now(UTC)


def person() -> Any:
    """The user that the cookie stands for, or ``None`` when there is none or the session has ended."""
    token = session.get(_SESSION)
    if not isinstance(token, str):
        return None
    from finance_kit.store import sessions

    chosen = config()
    with store().session() as opened:
        return sessions.person(opened, token, now(), chosen.idle, chosen.absolute)


def begin(user_id: str) -> None:
    """Start a session for a user. Whatever cookie was there before is worth nothing afterwards."""
    from finance_kit.store import sessions

    old = session.get(_SESSION)
    session.clear()
    with store().session() as opened:
        if isinstance(old, str):
            sessions.end(opened, old)
        session[_SESSION] = sessions.start(opened, user_id, now(), _browser())
    g.pop("person", None)


def end() -> None:
    """End the session on the server and in the cookie."""
    token = session.get(_SESSION)
    session.clear()
    g.pop("person", None)
    if isinstance(token, str):
        from finance_kit.store import sessions

        with store().session() as opened:
            sessions.end(opened, token)


def this_session() -> Any:
    """The store's view of the session that asks, or ``None``."""
    token = session.get(_SESSION)
    if not isinstance(token, str):
        return None
    from finance_kit.store import sessions

    chosen = config()
    with store().session() as opened:
        return sessions.find(opened, token, now(), chosen.idle, chosen.absolute)


def _browser() -> str:
    """Browser and system in two words, so that a person knows the device again; never the whole line it sends."""
    line = request.user_agent.string
    browser = next((name for mark, name in _BROWSERS if mark in line), "")
    system = next((name for mark, name in _SYSTEMS if mark in line), "")
    return ", ".join(word for word in (browser, system) if word)
