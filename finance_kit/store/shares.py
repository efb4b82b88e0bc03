"""Who besides its owner may use a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select, update

from finance_kit.store.tables import plans, shares, users

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["Offer", "Share", "grant", "of", "offer", "remove"]

_RANK: Final = {"viewer": 0, "editor": 1}


@dataclass(frozen=True)
class Share:
    """A person with access to a plan."""

    user_id: str
    name: str
    role: str
    made_at: datetime


@dataclass(frozen=True)
class Offer:
    """What the page of a link says about the plan behind it."""

    plan_id: str
    title: str
    owner_id: str
    owner_name: str


def grant(
    session: Session,
    plan_id: str,
    user_id: str,
    role: str,
    by_id: str | None,
    now: datetime,
    *,
    never_less: bool = False,
) -> None:
    """Give a person a role in a plan, or another one; ``never_less`` leaves an editor who opens a viewer's link alone."""
    there = (shares.c.plan_id == plan_id, shares.c.user_id == user_id)
    had = session.execute(select(shares.c.role).where(*there)).scalar_one_or_none()
    if had is None:
        session.execute(insert(shares).values(plan_id=plan_id, user_id=user_id, role=role, by_id=by_id, made_at=now))
    elif not (never_less and _RANK[had] >= _RANK[role]):
        session.execute(update(shares).where(*there).values(role=role, by_id=by_id, made_at=now))


def of(session: Session, plan_id: str) -> list[Share]:
    """The people of a plan, in the order of their names."""
    chosen = select(users.c.id, users.c.name, shares.c.role, shares.c.made_at).join_from(
        shares, users, shares.c.user_id == users.c.id
    )
    found = session.execute(chosen.where(shares.c.plan_id == plan_id).order_by(users.c.name_key))
    return [Share(row.id, row.name, row.role, row.made_at) for row in found]


def remove(session: Session, plan_id: str, user_id: str) -> str | None:
    """Take a person's access away; their name, or ``None`` when they had none."""
    name = session.execute(
        select(users.c.name)
        .join_from(shares, users, shares.c.user_id == users.c.id)
        .where(shares.c.plan_id == plan_id, shares.c.user_id == user_id)
    ).scalar_one_or_none()
    session.execute(delete(shares).where(shares.c.plan_id == plan_id, shares.c.user_id == user_id))
    return name


def offer(session: Session, plan_id: str) -> Offer | None:
    """Title and owner of a plan that is not in the bin, for somebody who holds a link to it."""
    row = session.execute(
        select(plans.c.id, plans.c.title, users.c.id.label("owner_id"), users.c.name)
        .join_from(plans, users, plans.c.owner_id == users.c.id)
        .where(plans.c.id == plan_id, plans.c.binned_at.is_(None))
    ).one_or_none()
    return Offer(row.id, row.title, row.owner_id, row.name) if row is not None else None
