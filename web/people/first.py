"""The key to the first account: whoever can read the server's window makes it, and nobody else in the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finance_kit.errors import StoreError
from finance_kit.store import one_time, users
from web.sessions import now
from web.storage import store

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["first_key"]


def first_key(app: Flask) -> str | None:
    """A key for ``/set-up``; ``None`` where there is an administrator already, or the database is away at this moment.

    An earlier key stops working.
    """
    with app.app_context():
        try:
            with store().session() as opened:
                return None if users.count(opened, "administrator") else one_time.issue(opened, "first", now(), None)
        except StoreError:
            return None  # the pages say so; the next start makes a key
