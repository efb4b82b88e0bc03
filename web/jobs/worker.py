"""Workers in a process of their own, for installations whose list of work is in Redis or PostgreSQL.

Start it with the settings of the site and ``FINANCE_KIT_JOB_WORKERS=0`` for the site itself::

    huey_consumer web.jobs.worker.huey --workers 2 --worker-type thread
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from huey import Huey

__all__ = ["huey"]

huey: Huey


def __getattr__(name: str) -> Any:
    """The list of work of the application that the environment describes, opened when Huey's own command asks."""
    if name != "huey":
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from web.application import create_app

    desk = create_app().extensions["finance_kit_jobs"]
    desk.watch()
    return desk.queue.huey
