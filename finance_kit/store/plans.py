"""Plans: made, found, listed, kept in versions, put into the bin; and the one way to save a change."""

from __future__ import annotations

import json
from typing import Any, Final

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from finance_kit.errors import StoreError
from finance_kit.store.plan_views import PlanLine, PlanView
from finance_kit.store.revisions import add_revision, document_of, label, mark_of
from finance_kit.store.roles import permitted, role_of
from finance_kit.store.saving import save
from finance_kit.store.tables_people import Membership, User
from finance_kit.store.tables_plans import PlanRow, Revision, Share
from finance_kit.store.values import new_id, now, unpacked
from finance_kit.store.versions import number_suffices, restore, shown_by, version, versions

__all__ = [
    "MOST_PLANS",
    "bin",
    "binned",
    "create",
    "document_at",
    "get",
    "hand_to",
    "mark_of",
    "number_suffices",
    "of",
    "of_organisation",
    "restore",
    "save",
    "shown_by",
    "unbin",
    "version",
    "versions",
]

MOST_PLANS: Final = 500
"""Plans that one person may have: more than anybody writes, and a bound for who fills the disk."""


def create(session: Session, owner_id: str, document: dict[str, Any], title: str = "") -> PlanView:
    """A new plan with its first version.

    Parameters
    ----------
    document : with row ids, as :func:`finance_kit.drafts.new_document` gives it
    title : for lists as long as the document has none

    Raises
    ------
    DraftError : ``draft_too_large``
    StoreError : ``plan_too_many``, this person has :data:`MOST_PLANS` already
    """
    own = session.scalar(select(func.count()).select_from(PlanRow).where(PlanRow.owner_id == owner_id)) or 0
    if own >= MOST_PLANS:
        raise StoreError("plan_too_many", limit=MOST_PLANS)
    moment = now()
    shown, country = label(document, title)
    plan = PlanRow(
        id=new_id(),
        owner_id=owner_id,
        title=shown,
        country=country,
        head=1,
        made_at=moment,
        changed_at=moment,
    )
    session.add(plan)
    session.flush()
    sha256 = add_revision(session, plan, 1, document, "created", [], owner_id, moment)
    owner = session.get_one(User, owner_id).name
    return _view(plan, "owner", owner, json.loads(json.dumps(document)), sha256)


def get(session: Session, plan_id: str, user_id: str, *, binned: bool = False) -> PlanView | None:
    """The plan with its newest version, if this person may see it.

    Parameters
    ----------
    binned : whether a plan in the bin counts as well, for its owner

    Raises
    ------
    StoreError : ``store_damaged``, the version is not what was written
    """
    newest = and_(Revision.plan_id == PlanRow.id, Revision.number == PlanRow.head)
    named = (
        select(PlanRow, User.name, Revision.document, Revision.sha256)
        .join(User, User.id == PlanRow.owner_id)
        .outerjoin(Revision, newest)
        .where(PlanRow.id == plan_id)
    )
    found = session.execute(named, execution_options={"populate_existing": True}).first()
    if found is None:
        return None
    plan = found.PlanRow
    role = role_of(session, plan, user_id)
    if role is None or (plan.binned_at is not None and not (binned and role == "owner")):
        return None
    if found.sha256 is None:
        raise StoreError("store_damaged")
    return _view(plan, role, found.name, json.loads(unpacked(found.document, found.sha256)), found.sha256)


def of(session: Session, user_id: str) -> list[PlanLine]:
    """Every plan that a person may see, the one changed last first; those in the bin are not among them."""
    handed = select(Membership.organisation_id).where(Membership.user_id == user_id)
    shared = select(Share.plan_id).where(Share.user_id == user_id)
    question = select(PlanRow).where(
        or_(PlanRow.owner_id == user_id, PlanRow.id.in_(shared), PlanRow.organisation_id.in_(handed)),
        PlanRow.binned_at.is_(None),
    )
    return _lines(session, user_id, question)


def of_organisation(session: Session, organisation_id: str, user_id: str) -> list[PlanLine]:
    """The plans handed to an organisation that this person may see."""
    question = select(PlanRow).where(PlanRow.organisation_id == organisation_id, PlanRow.binned_at.is_(None))
    return _lines(session, user_id, question)


def binned(session: Session, user_id: str) -> list[PlanLine]:
    """A person's own plans that lie in the bin."""
    question = select(PlanRow).where(PlanRow.owner_id == user_id, PlanRow.binned_at.is_not(None))
    return _lines(session, user_id, question)


def document_at(session: Session, plan_id: str, revision: int) -> dict[str, Any] | None:
    """The document of a version, for work that was permitted before; ``None`` when there is no such version.

    Raises
    ------
    StoreError : ``store_damaged``
    """
    document: dict[str, Any] | None = document_of(session, plan_id, revision, missing=None)
    return document


def hand_to(session: Session, plan_id: str, user_id: str, organisation_id: str | None) -> None:
    """Hand one's own plan to an organisation that one belongs to, or take it back (``None``).

    Raises
    ------
    StoreError : ``plan_not_found``, ``organisation_not_found``
    """
    plan = permitted(session, plan_id, user_id, "owner")
    if organisation_id is not None and session.get(Membership, (organisation_id, user_id)) is None:
        raise StoreError("organisation_not_found")
    plan.organisation_id = organisation_id
    session.flush()


def bin(session: Session, plan_id: str, user_id: str) -> None:
    """Put one's own plan into the bin; after 30 days it is deleted.

    Raises
    ------
    StoreError : ``plan_not_found``
    """
    permitted(session, plan_id, user_id, "owner")
    session.execute(update(PlanRow).where(PlanRow.id == plan_id).values(binned_at=now()))


def unbin(session: Session, plan_id: str, user_id: str) -> None:
    """Take one's own plan out of the bin.

    Raises
    ------
    StoreError : ``plan_not_found``
    """
    permitted(session, plan_id, user_id, "owner", binned=True)
    session.execute(update(PlanRow).where(PlanRow.id == plan_id).values(binned_at=None))


def _lines(session: Session, user_id: str, question: Any) -> list[PlanLine]:
    lines = []
    names: dict[str, str] = {}
    for plan in session.scalars(question.order_by(PlanRow.changed_at.desc(), PlanRow.id)):
        role = role_of(session, plan, user_id)
        if role is None:
            continue
        if plan.owner_id not in names:
            names[plan.owner_id] = session.get_one(User, plan.owner_id).name
        lines.append(
            PlanLine(
                plan.id,
                plan.title,
                plan.head,
                role,
                plan.changed_at,
                names[plan.owner_id],
                plan.country,
                plan.organisation_id,
                plan.binned_at,
            )
        )
    return lines


def _view(plan: PlanRow, role: str, owner: str, document: dict[str, Any], sha256: str) -> PlanView:
    return PlanView(
        plan.id,
        plan.title,
        document,
        plan.head,
        role,
        plan.owner_id,
        owner,
        plan.organisation_id,
        plan.country,
        plan.changed_at,
        plan.binned_at,
        sha256,
    )
