"""The key that lets one person into their own laptop's pages, as it stands in the address at the terminal.

The address stays in the browser's history. Signing out therefore makes a new key and tells it at the terminal: whoever
uses the browser next, and goes back, finds an address that opens nothing.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Final

from flask import current_app

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["StartKey", "attach", "new_key", "start_key"]

_NAME: Final = "finance_kit_start_key"


def new_key() -> str:
    """A key that nobody guesses."""
    return secrets.token_urlsafe(24)


class StartKey:
    """The key of this moment; none where people have accounts."""

    def __init__(self, value: str | None) -> None:
        self._value, self._lock = value, Lock()
        self._tell: Callable[[str], None] | None = None

    def fits(self, given: str) -> bool:
        """Whether this is the key, compared in a time that tells nothing about it."""
        return self._value is not None and hmac.compare_digest(self._value.encode(), given.encode())

    def tell_changes_to(self, tell: Callable[[str], None]) -> None:
        """Have somebody told each new key."""
        self._tell = tell

    def renew(self) -> None:
        """Make the key of before worthless."""
        with self._lock:
            if self._value is None:
                return
            self._value = new_key()
        if self._tell is not None:
            self._tell(self._value)


def attach(app: Flask) -> None:
    """Give the application its key."""
    app.extensions[_NAME] = StartKey(app.extensions["finance_kit_config"].start_key)


def start_key(app: Flask | None = None) -> StartKey:
    """The key of an application; of the one that answers now by default."""
    found: StartKey = (app or current_app).extensions[_NAME]
    return found
