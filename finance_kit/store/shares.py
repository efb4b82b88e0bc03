"""Plans shared with a person, or by a link that expires. Only the owner shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from finance_kit.errors import StoreError
from finance_kit.store.roles import SHARED_ROLES, permitted
from finance_kit.store.tables_people import User
from finance_kit.store.tables_plans import PlanRow, Share
from finance_kit.store.upsert import changed_rows
from finance_kit.store.values import fingerprint, new_id, secret

__all__ = ["ShareLine", "accept", "find_link", "leave", "make_link", "of_plan", "take_back", "with_person"]


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A share: with a person, or a link (then ``user_id`` and ``name`` are ``None``)."""

    id: str
    plan_id: str
    role: str
    user_id: str | None
    name: str | None
    made_at: datetime
    expires_at: datetime | None


def with_person(
    session: Session,
    plan_id: str,
    owner_id: str,
    user_id: str,
    role: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> ShareLine:
    """Share one's own plan with a person, or change what they may do, whatever they had before by name or by a link.

    Raises
    ------
    StoreError : ``plan_not_found``, ``share_role_unknown``, ``share_expiry_needed`` for an end that is past
    """
    _checked(role, now, expires_at)
    permitted(session, plan_id, owner_id, "owner")
    if user_id == owner_id:
        raise StoreError("share_not_found")
    leave(session, plan_id, user_id)
    return _line(session, _given(session, plan_id, user_id, role, now, expires_at, None))


def make_link(
    session: Session, plan_id: str, owner_id: str, role: str, now: datetime, expires_at: datetime
) -> tuple[ShareLine, str]:
    """A link to one's own plan, and the secret in it, which is kept nowhere.

    Raises
    ------
    StoreError : as :func:`with_person`
    """
    _checked(role, now, expires_at)
    permitted(session, plan_id, owner_id, "owner")
    token = secret()
    row = Share(
        id=new_id(),
        plan_id=plan_id,
        user_id=None,
        token_hash=fingerprint(token),
        through_id=None,
        role=role,
        made_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return _line(session, row), token


def find_link(session: Session, token: str, now: datetime) -> ShareLine | None:
    """The link with this secret; ``None`` when there is none, its time is over, or its plan lies in the bin."""
    row = session.scalar(select(Share).where(Share.token_hash == fingerprint(token)))
    if row is None or row.expires_at is None or row.expires_at <= now:
        return None
    return None if session.get_one(PlanRow, row.plan_id).binned_at is not None else _line(session, row)


def accept(session: Session, token: str, user_id: str, now: datetime) -> str:
    """Open the plan of a link to the person who followed it, as long as the link is open; the plan's id.

    What they have by name or by another link stays: the strongest of it holds, each for its time.

    Raises
    ------
    StoreError : ``share_not_found``
    """
    link = find_link(session, token, now)
    if link is None:
        raise StoreError("share_not_found")
    if session.get_one(PlanRow, link.plan_id).owner_id == user_id:
        return link.plan_id
    session.execute(delete(Share).where(Share.through_id == link.id, Share.user_id == user_id))
    _given(session, link.plan_id, user_id, link.role, now, link.expires_at, link.id)
    return link.plan_id


def of_plan(session: Session, plan_id: str, owner_id: str) -> list[ShareLine]:
    """The shares of one's own plan.

    Raises
    ------
    StoreError : ``plan_not_found``
    """
    permitted(session, plan_id, owner_id, "owner")
    rows = session.scalars(select(Share).where(Share.plan_id == plan_id).order_by(Share.made_at, Share.id))
    return [_line(session, row) for row in rows]


def take_back(session: Session, plan_id: str, owner_id: str, share_id: str) -> None:
    """End a share of one's own plan; a link ends for everybody who came through it.

    Raises
    ------
    StoreError : ``plan_not_found``, ``share_not_found``
    """
    permitted(session, plan_id, owner_id, "owner")
    if changed_rows(session, delete(Share).where(Share.plan_id == plan_id, Share.id == share_id)) != 1:
        raise StoreError("share_not_found")


def leave(session: Session, plan_id: str, user_id: str) -> None:
    """Give up a plan that somebody shared with oneself."""
    session.execute(delete(Share).where(Share.plan_id == plan_id, Share.user_id == user_id))


def _given(
    session: Session,
    plan_id: str,
    user_id: str,
    role: str,
    now: datetime,
    expires_at: datetime | None,
    through: str | None,
) -> Share:
    """A share of a plan with a person, by name or through a link."""
    row = Share(
        id=new_id(),
        plan_id=plan_id,
        user_id=user_id,
        token_hash=None,
        through_id=through,
        role=role,
        made_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return row


def _checked(role: str, now: datetime, expires_at: datetime | None) -> None:
    if role not in SHARED_ROLES:
        raise StoreError("share_role_unknown", found=role, known=", ".join(SHARED_ROLES))
    if expires_at is not None and expires_at <= now:
        raise StoreError("share_expiry_needed")


def _line(session: Session, row: Share) -> ShareLine:
    person = session.get(User, row.user_id) if row.user_id is not None else None
    name = None if person is None else person.name
    return ShareLine(row.id, row.plan_id, row.role, row.user_id, name, row.made_at, row.expires_at)
