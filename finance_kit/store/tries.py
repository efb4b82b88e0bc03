"""Tries that count against a limit, in the database that all workers share, so that a limit holds over all of them.

What was tried is kept as a digest that the caller makes: neither a name nor an address can be read here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from finance_kit.store.tables_people import Try

__all__ = ["KEPT", "drop_old", "forget", "note", "recent"]

KEPT: Final = timedelta(hours=2)
"""Longer than any limit looks back."""


def note(session: Session, digest: str, now: datetime, times: int = 1) -> None:
    """Count one try more, or several."""
    session.add_all(Try(digest=digest, at=now) for _ in range(times))


def recent(session: Session, digest: str, since: datetime, now: datetime, most: int) -> list[datetime]:
    """The moments of the latest tries, the newest first.

    Parameters
    ----------
    since, now : aware; after the first, up to the second: a clock that was set back must keep nobody out for a year
    most : more are not asked for
    """
    wanted = select(Try.at).where(Try.digest == digest, Try.at > since, Try.at <= now)
    return list(session.scalars(wanted.order_by(Try.at.desc()).limit(most)))


def forget(session: Session, digest: str | None = None) -> None:
    """Let bygones be bygones for one digest, or for all."""
    session.execute(delete(Try) if digest is None else delete(Try).where(Try.digest == digest))


def drop_old(session: Session, now: datetime) -> None:
    """Forget what no limit looks at any more."""
    session.execute(delete(Try).where(Try.at < now - KEPT))
