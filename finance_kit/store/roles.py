"""What a person may do with a plan: the one place that knows."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from finance_kit.errors import StoreError
from finance_kit.store.tables_people import Membership
from finance_kit.store.tables_plans import PlanRow, Share
from finance_kit.store.values import now

__all__ = ["CHANGES", "SHARED_ROLES", "permitted", "role_of"]

SHARED_ROLES: Final = ("viewer", "editor")
CHANGES: Final = ("owner", "editor")
_ADVISE: Final = ("adviser", "trainer", "manager")
_RANK: Final = {"owner": 4, "editor": 3, "adviser": 2, "viewer": 1}


def role_of(session: Session, plan: PlanRow, user_id: str) -> str | None:
    """The strongest role that a person has on a plan: as its owner, by a share, in the organisation it was handed to.

    An administrator has none by being one.
    """
    if plan.owner_id == user_id:
        return "owner"
    shares = select(Share).where(Share.plan_id == plan.id, Share.user_id == user_id)
    moment = now()
    roles = [share.role for share in session.scalars(shares) if share.expires_at is None or share.expires_at > moment]
    if plan.organisation_id is not None:
        member = session.get(Membership, (plan.organisation_id, user_id))
        if member is not None and member.role in _ADVISE:
            roles.append("adviser")
    return max(roles, key=_RANK.__getitem__, default=None)


def permitted(session: Session, plan_id: str, user_id: str, *roles: str, binned: bool = False) -> PlanRow:
    """The plan, if the person has one of these roles on it.

    Raises
    ------
    StoreError : ``plan_not_found``, it is not there, lies in the bin, or is not theirs to change
    """
    plan = session.get(PlanRow, plan_id, populate_existing=True)
    if plan is None or (plan.binned_at is not None and not binned) or role_of(session, plan, user_id) not in roles:
        raise StoreError("plan_not_found")
    return plan
