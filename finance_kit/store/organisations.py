"""Organisations, the people in them, and the plans that members show to their advisers."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from finance_kit.store.tables import memberships, organisations, plans, users

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["Line", "Member", "ShownPlan", "create", "members", "of", "of_plan", "plans_shown", "put", "remove", "show"]


@dataclass(frozen=True)
class Line:
    """An organisation, and what the person who asks is in it."""

    id: str
    name: str
    role: str


@dataclass(frozen=True)
class Member:
    """A person of an organisation."""

    user_id: str
    name: str
    role: str


@dataclass(frozen=True)
class ShownPlan:
    """A plan that its owner shows to the advisers."""

    id: str
    title: str
    owner_name: str


def create(session: Session, name: str, head_id: str, now: datetime) -> str:
    """A new organisation with its head; returns its id."""
    made = secrets.token_urlsafe(16)
    session.execute(insert(organisations).values(id=made, name=name, made_at=now))
    session.execute(insert(memberships).values(organisation_id=made, user_id=head_id, role="head", made_at=now))
    return made


def of(session: Session, user_id: str) -> list[Line]:
    """The organisations of a person, in the order of their names."""
    found = session.execute(
        select(organisations.c.id, organisations.c.name, memberships.c.role)
        .join_from(memberships, organisations, memberships.c.organisation_id == organisations.c.id)
        .where(memberships.c.user_id == user_id)
        .order_by(organisations.c.name, organisations.c.id)
    )
    return [Line(row.id, row.name, row.role) for row in found]


def of_plan(session: Session, plan_id: str) -> Line | None:
    """The organisation to whose advisers a plan is shown."""
    row = session.execute(
        select(organisations.c.id, organisations.c.name)
        .join_from(plans, organisations, plans.c.organisation_id == organisations.c.id)
        .where(plans.c.id == plan_id)
    ).one_or_none()
    return Line(row.id, row.name, "") if row is not None else None


def members(session: Session, organisation_id: str) -> list[Member]:
    """The people of an organisation, in the order of their names."""
    found = session.execute(
        select(users.c.id, users.c.name, memberships.c.role)
        .join_from(memberships, users, memberships.c.user_id == users.c.id)
        .where(memberships.c.organisation_id == organisation_id)
        .order_by(users.c.name_key)
    )
    return [Member(row.id, row.name, row.role) for row in found]


def plans_shown(session: Session, organisation_id: str) -> list[ShownPlan]:
    """The plans that members show, by owner."""
    found = session.execute(
        select(plans.c.id, plans.c.title, users.c.name)
        .join_from(plans, users, plans.c.owner_id == users.c.id)
        .where(plans.c.organisation_id == organisation_id, plans.c.binned_at.is_(None))
        .order_by(users.c.name_key, plans.c.title, plans.c.id)
    )
    return [ShownPlan(row.id, row.title, row.name) for row in found]


def put(session: Session, organisation_id: str, user_id: str, role: str, now: datetime) -> bool:
    """Take a person in, or change what they are; ``False`` and nothing done when no head would be left."""
    there = (memberships.c.organisation_id == organisation_id, memberships.c.user_id == user_id)
    had = session.execute(select(memberships.c.role).where(*there)).scalar_one_or_none()
    if had is None:
        session.execute(
            insert(memberships).values(organisation_id=organisation_id, user_id=user_id, role=role, made_at=now)
        )
        return True
    if had == "head" and role != "head" and _heads(session, organisation_id) == 1:
        return False
    session.execute(update(memberships).where(*there).values(role=role))
    return True


def remove(session: Session, organisation_id: str, user_id: str) -> bool | None:
    """Take a person out, and their plans from the advisers' sight.

    Returns
    -------
    ``None`` when they were not in it; ``False`` and nothing done when others would be left without a head
    """
    there = (memberships.c.organisation_id == organisation_id, memberships.c.user_id == user_id)
    had = session.execute(select(memberships.c.role).where(*there)).scalar_one_or_none()
    if had is None:
        return None
    alone = len(members(session, organisation_id)) == 1
    if had == "head" and not alone and _heads(session, organisation_id) == 1:
        return False
    session.execute(delete(memberships).where(*there))
    hidden = update(plans).where(plans.c.organisation_id == organisation_id, plans.c.owner_id == user_id)
    session.execute(hidden.values(organisation_id=None))
    if alone:
        session.execute(delete(organisations).where(organisations.c.id == organisation_id))
    return True


def show(session: Session, plan_id: str, organisation_id: str | None) -> None:
    """Show a plan to the advisers of an organisation, or to none."""
    session.execute(update(plans).where(plans.c.id == plan_id).values(organisation_id=organisation_id))


def _heads(session: Session, organisation_id: str) -> int:
    counted = select(func.count()).select_from(memberships)
    return int(
        session.execute(
            counted.where(memberships.c.organisation_id == organisation_id, memberships.c.role == "head")
        ).scalar_one()
    )
