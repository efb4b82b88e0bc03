"""Counts of tries in the store, as a place where the throttle's library can keep them.

All workers of an installation share the store, so that a limit holds over all of them and over a restart, and nothing
besides the database is needed. Windows move, so each try is kept with its moment until no limit looks back at it.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import Any, Final

from flask import current_app
from limits.storage import MovingWindowSupport, Storage

from finance_kit.errors import StoreError
from finance_kit.store import tries
from web.sessions import now
from web.storage import store

__all__ = ["ADDRESS", "StoreCounts"]

_SCHEME: Final = "finance-kit-store"
ADDRESS: Final = f"{_SCHEME}://"
"""What the library is told instead of the address of a database: that of the application is meant."""


class StoreCounts(Storage, MovingWindowSupport):
    """Moving windows in the store of the application that answers now."""

    STORAGE_SCHEME = [_SCHEME]  # noqa: RUF012 - as the library declares it

    @property
    def base_exceptions(self) -> type[Exception]:
        """What is raised when the counts cannot be reached; the pages answer it in words, and nobody gets in."""
        return StoreError

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count, unless that would be beyond the limit; whether it was counted."""
        moment, digest = now(), _digest(key)
        with store().session() as opened:
            found = tries.recent(opened, digest, moment - timedelta(seconds=expiry), moment, limit)
            if len(found) + amount > limit:
                return False
            tries.note(opened, digest, moment, amount)
        return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """When the oldest try that counts was made, and how many count."""
        moment = now()
        with store().session() as opened:
            found = tries.recent(opened, _digest(key), moment - timedelta(seconds=expiry), moment, limit)
        return (found[-1] if found else moment).timestamp(), len(found)

    def check(self) -> bool:
        """Whether the store can be used."""
        try:
            store().check()
        except StoreError:
            return False
        return True

    def reset(self) -> None:
        """Forget all counts."""
        with store().session() as opened:
            tries.forget(opened)

    def clear(self, key: str) -> None:
        """Forget the counts of a key."""
        with store().session() as opened:
            tries.forget(opened, _digest(key))

    def _fixed(self, *_given: Any, **_named: Any) -> Any:
        """Windows that stand still, which the library may ask of a storage and no limit of ours uses."""
        raise NotImplementedError

    incr = get = get_expiry = _fixed


def _digest(key: str) -> str:
    """The name under which a key is kept: without the installation's secret nobody can tell an address from it."""
    secret = str(current_app.config["SECRET_KEY"])
    return hmac.new(secret.encode(), key.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
