"""The first account taking over from the one person of a laptop, and a person leaving with all that is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, select, text, update
from sqlalchemy.orm import Session

from finance_kit.store import organisations, own_data, sessions, users, word_templates
from finance_kit.store.service import Store
from finance_kit.store.tables_people import AuditEntry
from finance_kit.store.tables_plans import PlanRow, Revision, Share

__all__ = ["Amount", "amount", "leave", "leave_nothing", "leave_organisation", "take_over"]


@dataclass(frozen=True, slots=True)
class Amount:
    """How much a person would take along: own plans, those in the bin too, and how many are open to others."""

    plans: int
    shared: int


def amount(session: Session, user_id: str) -> Amount:
    """How much a deletion would delete."""
    own = select(func.count()).select_from(PlanRow).where(PlanRow.owner_id == user_id)
    shared = select(Share.plan_id).where(Share.user_id.is_not(None))
    opened = or_(PlanRow.id.in_(shared), PlanRow.organisation_id.is_not(None))
    return Amount(session.scalar(own) or 0, session.scalar(own.where(opened)) or 0)


def leave(session: Session, user_id: str, now: datetime) -> None:
    """Delete a person with everything of theirs, for good; the notes about their plans as well."""
    own = select(PlanRow.id).where(PlanRow.owner_id == user_id)
    session.execute(delete(AuditEntry).where(AuditEntry.plan_id.in_(own)))
    for line in organisations.of(session, user_id):
        leave_organisation(session, line.id, user_id, now)
    own_data.delete_all(session, user_id)


def leave_organisation(session: Session, organisation_id: str, user_id: str, now: datetime) -> bool:
    """Let a person go; whether they were in it.

    An organisation is never left without a manager: of the advisers and trainers who stay, the one who was there first
    becomes it. With the last of them it ends, and the plans that were shown to it are their owners' alone again: a
    member was never meant to see the plans of other members.
    """
    people = organisations.members(session, organisation_id)
    if user_id not in {person.user_id for person in people}:
        return False
    staff = [person for person in people if person.user_id != user_id and person.role != "member"]
    if not staff:
        organisations.delete_one(session, organisation_id)
        return True
    if not any(person.role == "manager" for person in staff):
        heir = min(staff, key=lambda person: (person.made_at, person.user_id))
        organisations.add(session, organisation_id, heir.user_id, "manager", now)
    return organisations.remove(session, organisation_id, user_id)


def leave_nothing(store: Store) -> None:
    """Empty the log of an SQLite database, in which deleted text would otherwise stand until it is written over."""
    if store.file is None:
        return
    with store.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def take_over(session: Session, user_id: str) -> None:
    """Give the plans and Word templates of the one person of this machine to the first person with an account."""
    alone = users.local(session)
    session.execute(update(PlanRow).where(PlanRow.owner_id == alone.id).values(owner_id=user_id))
    session.execute(update(Revision).where(Revision.user_id == alone.id).values(user_id=user_id))
    word_templates.hand_over(session, alone.id, user_id)
    sessions.end_all(session, alone.id)
