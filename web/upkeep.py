"""The day's round while the pages are served: a copy of the plans, the bin emptied, what is over forgotten.

It runs in a thread of its own, at the start and then every hour: the store itself knows what is due. Several workers
may run it beside each other.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from web import logs
from web.sessions import now
from web.storage import store

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["once", "start"]

_EVERY: Final = 3_600.0  # seconds


def start(app: Flask) -> threading.Event:
    """Begin the rounds; setting the event that is returned ends them."""
    ended = threading.Event()

    def rounds() -> None:
        while True:
            once(app)
            if ended.wait(_EVERY):
                return

    threading.Thread(target=rounds, name="upkeep", daemon=True).start()
    return ended


def once(app: Flask) -> bool:
    """One round; whether it went well. Trouble is written down, and the next round tries again."""
    from finance_kit.store.upkeep import daily

    with app.app_context():
        try:
            daily(store(), now())
        except Exception as problem:  # noqa: BLE001 - whatever it was, tomorrow's copy must still be made
            logs.failure(problem)
            return False
    return True
