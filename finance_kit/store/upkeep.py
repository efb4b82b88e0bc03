"""What has to be done once a day: the bin emptied, old answers and sessions forgotten, a copy made.

How old something is, only a clock can say. A clock that has jumped must not empty the bin: plans are deleted only when
the day before was seen not long ago, otherwise at the next day's round.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from finance_kit.store import audit, tries
from finance_kit.store.copies import daily_copy
from finance_kit.store.service import Store
from finance_kit.store.tables_people import SignIn
from finance_kit.store.tables_plans import Batch, PlanRow, Share, Upkeep
from finance_kit.store.upsert import changed_rows, note_task

__all__ = ["IN_BIN", "daily", "empty_bin"]

IN_BIN: Final = timedelta(days=30)
_TASK: Final = "bin"
_DAY: Final = timedelta(days=1)
_CREDIBLE: Final = timedelta(days=20)
_ANSWERS: Final = timedelta(days=30)
_SESSIONS: Final = timedelta(days=7)
_NOTES: Final = timedelta(days=365)


def daily(store: Store, now: datetime) -> None:
    """Do the day's round: at every start, and once a day while the server runs.

    Raises
    ------
    StoreError : the copy cannot be made, or the database not be written
    """
    if store.file is not None:
        daily_copy(store.file, now)
    with store.session() as session:
        empty_bin(session, now)
        session.execute(delete(Batch).where(Batch.at < now - _ANSWERS))
        session.execute(delete(SignIn).where(SignIn.seen_at < now - _SESSIONS))
        session.execute(delete(Share).where(Share.expires_at < now - _ANSWERS))
        audit.drop_old(session, now, _NOTES)
        tries.drop_old(session, now)


def empty_bin(session: Session, now: datetime) -> int:
    """Delete, for good, the plans that have been in the bin for 30 days; how many there were.

    When the clock says that weeks have gone by since the last round, it may have jumped: then nothing is deleted before
    the next day's round confirms it.
    """
    last = session.scalar(select(Upkeep.at).where(Upkeep.task == _TASK))
    since = None if last is None else now - last
    if since is None or abs(since) >= _DAY:
        note_task(session, _TASK, now)
    if since is None or not timedelta(0) <= since <= _CREDIBLE:
        return 0
    return changed_rows(session, delete(PlanRow).where(PlanRow.binned_at < now - IN_BIN))
