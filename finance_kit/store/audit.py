"""Who did what with which plan, and when. Never a word or a figure of a plan."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from finance_kit.store.tables_people import AuditEntry, User
from finance_kit.store.upsert import changed_rows

__all__ = ["AuditLine", "drop_old", "note", "of_plan", "of_user"]

_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One note; ``by`` is ``None`` for a person who left, or where nobody had signed in.

    ``details["with"]`` is the name of the person it was done with, ``None`` when that person left.
    """

    number: int
    at: datetime
    by: str | None
    user_id: str | None
    plan_id: str | None
    action: str
    details: dict[str, Any]


def note(
    session: Session,
    now: datetime,
    user_id: str | None,
    plan_id: str | None,
    action: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write down what was done.

    Parameters
    ----------
    action : a word of the program, such as ``export``, ``view``, ``share``
    details : numbers and short words of the program, such as the lender and the kind of file; nothing of the plan.
        Whom it was done with is ``person``, an id and never a name: readers get the name of today as ``with``
    """
    kept = {
        key: each if isinstance(each, bool | int) else str(each)[:_LONGEST] for key, each in (details or {}).items()
    }
    row = AuditEntry(
        at=now,
        user_id=user_id,
        plan_id=plan_id,
        action=action[:40],
        details=json.dumps(kept, ensure_ascii=False),
    )
    session.add(row)
    session.flush()


def of_plan(session: Session, plan_id: str, limit: int = 200) -> list[AuditLine]:
    """What was done with a plan, the latest first."""
    return _lines(session, _question(limit).where(AuditEntry.plan_id == plan_id))


def of_user(session: Session, user_id: str, limit: int = 200) -> list[AuditLine]:
    """What a person did, the latest first."""
    return _lines(session, _question(limit).where(AuditEntry.user_id == user_id))


def drop_old(session: Session, now: datetime, age: timedelta) -> int:
    """Delete the notes that are older than an age; how many there were."""
    return changed_rows(session, delete(AuditEntry).where(AuditEntry.at < now - age))


def _question(limit: int) -> Select[AuditEntry, str]:
    return (
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.user_id)
        .order_by(AuditEntry.number.desc())
        .limit(limit)
    )


def _lines(session: Session, question: Select[AuditEntry, str]) -> list[AuditLine]:
    rows = [(row, by, json.loads(row.details)) for row, by in session.execute(question)]
    names = _names(session, {details["person"] for _, _, details in rows if "person" in details})
    return [
        AuditLine(row.number, row.at, by, row.user_id, row.plan_id, row.action, _named(details, names))
        for row, by, details in rows
    ]


def _names(session: Session, ids: set[str]) -> dict[str, str]:
    """Names by id, of those who are still here."""
    people = session.execute(select(User.id, User.name).where(User.id.in_(ids))) if ids else ()
    return {person.id: person.name for person in people}


def _named(details: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    if "person" not in details:
        return details
    return {key: each for key, each in details.items() if key != "person"} | {"with": names.get(details["person"])}
