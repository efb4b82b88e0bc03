"""What people keep: accounts, plans with all their versions, shares, documents made, and who did what.

One database, SQLite in a file or PostgreSQL, is opened with :func:`open_store`. Each module of this package is a
repository: functions that take the open session first and give frozen views back::

    store = open_store("sqlite:////home/me/plans.sqlite3")
    with store.session() as session:
        plan = plans.create(session, owner_id, document, "Rice mill")

The session is one transaction: it is committed, and synced to the disk, when the block ends, and only then is anything
saved. What goes wrong is a :class:`~finance_kit.errors.StoreError` whose code says of what kind it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from finance_kit.store.opening import open_store
    from finance_kit.store.plan_views import Conflicted, PlanLine, PlanView, Saved, VersionLine
    from finance_kit.store.service import Store

__all__ = ["Conflicted", "PlanLine", "PlanView", "Saved", "Store", "VersionLine", "open_store"]

_HOME = {
    "Conflicted": "plan_views",
    "PlanLine": "plan_views",
    "PlanView": "plan_views",
    "Saved": "plan_views",
    "Store": "service",
    "VersionLine": "plan_views",
    "open_store": "opening",
}


def __getattr__(name: str) -> Any:
    """The public names of this package, imported when they are first asked for: a database library is heavy."""
    from importlib import import_module

    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
