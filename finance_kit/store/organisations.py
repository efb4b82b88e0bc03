"""Organisations and classes: who belongs to them, as what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from finance_kit.errors import StoreError
from finance_kit.plan.yaml_characters import FORBIDDEN
from finance_kit.store.tables_people import Membership, Organisation, User
from finance_kit.store.tables_plans import PlanRow
from finance_kit.store.upsert import changed_rows, put_if_missing
from finance_kit.store.values import new_id

__all__ = [
    "ROLES",
    "MemberLine",
    "OrganisationLine",
    "add",
    "create",
    "delete_one",
    "members",
    "of",
    "remove",
]

ROLES: Final = ("member", "adviser", "trainer", "manager")
"""A manager looks after the members; advisers, trainers and managers see the plans handed to the organisation."""


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation as one of its people sees it."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A person in an organisation."""

    user_id: str
    name: str
    role: str
    made_at: datetime


def create(session: Session, name: str, manager_id: str, now: datetime) -> OrganisationLine:
    """A new organisation with its first manager.

    Raises
    ------
    StoreError : ``user_name_unusable``
    """
    shown = " ".join(name.split())
    if not 0 < len(shown) <= 120 or FORBIDDEN.search(shown):
        raise StoreError("user_name_unusable")
    row = Organisation(id=new_id(), name=shown, made_at=now)
    session.add(row)
    session.flush()
    add(session, row.id, manager_id, "manager", now)
    return OrganisationLine(row.id, shown, "manager")


def of(session: Session, user_id: str) -> list[OrganisationLine]:
    """The organisations that a person belongs to, by name."""
    question = (
        select(Organisation.id, Organisation.name, Membership.role)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.user_id == user_id)
        .order_by(Organisation.name, Organisation.id)
    )
    return [OrganisationLine(*row) for row in session.execute(question)]


def members(session: Session, organisation_id: str) -> list[MemberLine]:
    """The people of an organisation by name."""
    question = (
        select(User.id, User.name, Membership.role, Membership.made_at)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == organisation_id)
        .order_by(User.name_key)
    )
    return [MemberLine(*row) for row in session.execute(question)]


def add(session: Session, organisation_id: str, user_id: str, role: str, now: datetime) -> None:
    """Take a person in, or give them another role.

    Raises
    ------
    StoreError : ``user_role_unknown``, ``organisation_not_found``
    """
    if role not in ROLES:
        raise StoreError("user_role_unknown", found=role, known=", ".join(ROLES))
    if session.get(Organisation, organisation_id) is None:
        raise StoreError("organisation_not_found")
    values = {"organisation_id": organisation_id, "user_id": user_id, "role": role}
    if not put_if_missing(session, Membership, made_at=now, **values):  # who is in already has been since they came
        one = (Membership.organisation_id == organisation_id, Membership.user_id == user_id)
        session.execute(update(Membership).where(*one).values(role=role))


def remove(session: Session, organisation_id: str, user_id: str) -> bool:
    """Let a person go; their plans that were handed to the organisation are theirs alone again."""
    session.execute(
        update(PlanRow)
        .where(PlanRow.owner_id == user_id, PlanRow.organisation_id == organisation_id)
        .values(organisation_id=None),
        execution_options={"synchronize_session": False},
    )
    gone = delete(Membership).where(Membership.organisation_id == organisation_id, Membership.user_id == user_id)
    return changed_rows(session, gone) == 1


def delete_one(session: Session, organisation_id: str) -> None:
    """Delete an organisation; plans that were handed to it stay with their owners."""
    session.execute(delete(Organisation).where(Organisation.id == organisation_id))
