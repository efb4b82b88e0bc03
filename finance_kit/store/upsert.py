"""Rows that are put in only when they are not there, without a race, on both databases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from finance_kit.store.base import Base
from finance_kit.store.tables_plans import Upkeep

__all__ = ["changed_rows", "note_task", "put_if_missing"]


def put_if_missing(session: Session, table: type[Base], **values: Any) -> bool:
    """Whether the row was put in; ``False`` when one with the same key or unique value was there."""
    statement: Any
    if session.get_bind().dialect.name == "postgresql":
        statement = postgresql.insert(table).values(**values).on_conflict_do_nothing()
    else:
        statement = sqlite.insert(table).values(**values).on_conflict_do_nothing()
    return changed_rows(session, statement) == 1


def note_task(session: Session, task: str, at: datetime) -> None:
    """Write down when a regular task was done; several workers may do so at the same moment."""
    if not put_if_missing(session, Upkeep, task=task, at=at):
        session.execute(update(Upkeep).where(Upkeep.task == task).values(at=at))


def changed_rows(session: Session, statement: Any) -> int:
    """How many rows an insert, update or delete touched."""
    options = {"synchronize_session": False, "preserve_rowcount": True}
    result = session.execute(statement, execution_options=options)
    assert isinstance(result, CursorResult)  # noqa: S101 - what SQLAlchemy gives for such statements
    return int(result.rowcount)
