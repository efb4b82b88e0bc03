"""What has to be done once a day: the bin emptied, old answers and sessions forgotten, a copy made.

How old something is, only a clock can say. A clock that has jumped must not delete anything: a jump is written down,
and what is over is deleted only by a round that comes a whole day after it while the clock went on as clocks do.
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

__all__ = ["IN_BIN", "clock_is_credible", "daily", "empty_bin"]

IN_BIN: Final = timedelta(days=30)
_ROUND: Final = "bin"
_JUMP: Final = "jump"
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
        if not clock_is_credible(session, now):
            return
        empty_bin(session, now)
        session.execute(delete(Batch).where(Batch.at < now - _ANSWERS))
        session.execute(delete(SignIn).where(SignIn.seen_at < now - _SESSIONS))
        session.execute(delete(Share).where(Share.expires_at < now - _ANSWERS))
        audit.drop_old(session, now, _NOTES)
        tries.drop_old(session, now)


def clock_is_credible(session: Session, now: datetime) -> bool:
    """Note that there was a round now; whether it may delete what is over.

    When the clock says that weeks have gone by since the last round, or that it was later then, it may have jumped.
    From then on, as with the first round of all, a whole day must be seen to pass.
    """
    noted = session.execute(select(Upkeep.task, Upkeep.at).where(Upkeep.task.in_((_ROUND, _JUMP))))
    known = {row.task: row.at for row in noted}
    last, jump = known.get(_ROUND), known.get(_JUMP)
    note_task(session, _ROUND, now)
    if last is None or not -_DAY < now - last <= _CREDIBLE:
        note_task(session, _JUMP, now)
        return False
    return jump is None or now - jump >= _DAY


def empty_bin(session: Session, now: datetime) -> int:
    """Delete, for good, the plans that have been in the bin for 30 days; how many there were."""
    return changed_rows(session, delete(PlanRow).where(PlanRow.binned_at < now - IN_BIN))
