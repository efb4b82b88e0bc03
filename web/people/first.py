"""The key to the first account: whoever can read the server's window makes it, and nobody else in the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finance_kit.store import accounts, keys
from web.sessions import now

if TYPE_CHECKING:
    from finance_kit.store import Store

__all__ = ["first_key"]


def first_key(store: Store) -> str | None:
    """A key for ``/set-up``, or ``None`` where there is an account already. An earlier one stops working."""
    with store.session() as opened:
        if accounts.count(opened):
            return None
        keys.end_all(opened, "first", now())
        return keys.new_code(opened, "first", now(), expires=None)
