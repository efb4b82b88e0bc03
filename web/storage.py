"""The open store of this application, opened when it is first needed.

Opening late keeps a database that is away for a moment from keeping the whole application away: the page says so, and
the next request tries again.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from flask import current_app

if TYPE_CHECKING:
    from flask import Flask

    from finance_kit.store import Store

__all__ = ["attach", "close", "store"]

_NAME: Final = "finance_kit_store"


class _Holder:
    """The store, or where to find it."""

    def __init__(self, url: str, store: Any) -> None:
        self._url, self._store, self._lock = url, store, Lock()

    def open(self) -> Any:
        """The store, opened once."""
        if self._store is None:
            from finance_kit.store import open_store

            with self._lock:
                if self._store is None:
                    self._store = open_store(self._url)
        return self._store

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            if self._store is not None:
                self._store.engine.dispose()
                self._store = None


def attach(app: Flask, store: Any = None) -> None:
    """Give the application its store."""
    app.extensions[_NAME] = _Holder(app.extensions["finance_kit_config"].database_url, store)


def close(app: Flask) -> None:
    """Close the store of an application; whoever asks for it again finds it opened anew."""
    app.extensions[_NAME].close()


def store() -> Store:
    """The store of the application that answers now.

    Raises
    ------
    StoreError : the database cannot be opened
    """
    opened: Store = current_app.extensions[_NAME].open()
    return opened
