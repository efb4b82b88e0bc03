"""What somebody who holds a link is told about the plan behind it before they accept: its title and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from finance_kit.store.tables_people import User
from finance_kit.store.tables_plans import PlanRow

__all__ = ["Introduction", "of_plan"]


@dataclass(frozen=True, slots=True)
class Introduction:
    """Title and owner of a plan; nothing of what stands in it."""

    title: str
    owner_id: str
    owner_name: str


def of_plan(session: Session, plan_id: str) -> Introduction | None:
    """The introduction of a plan whose link was found; ``None`` when its owner's account is closed."""
    row = session.execute(
        select(PlanRow.title, User.id, User.name)
        .join(User, User.id == PlanRow.owner_id)
        .where(PlanRow.id == plan_id, User.disabled_at.is_(None))
    ).one_or_none()
    return None if row is None else Introduction(*row)
