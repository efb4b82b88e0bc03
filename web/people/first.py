"""The key to the first account: whoever can read the server's window makes it, and nobody else in the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finance_kit.store import one_time, users
from web.sessions import now

if TYPE_CHECKING:
    from finance_kit.store import Store

__all__ = ["first_key"]


def first_key(store: Store) -> str | None:
    """A key for ``/set-up``, or ``None`` where there is an account already. An earlier one stops working."""
    with store.session() as opened:
        return None if users.count(opened) else one_time.issue(opened, "first", now(), None)
