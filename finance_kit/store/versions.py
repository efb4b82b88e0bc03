"""Earlier versions of a plan: listed by number, looked at, and brought back as a new version."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from finance_kit.drafts import difference
from finance_kit.errors import StoreError
from finance_kit.store.plan_views import SEEN, PlanView, Saved, VersionLine
from finance_kit.store.revisions import add_revision, changes_of, document_of, mark_of, version_of
from finance_kit.store.roles import CHANGES, permitted, role_of
from finance_kit.store.saving import lock, move_head
from finance_kit.store.tables_people import User
from finance_kit.store.tables_plans import BROUGHT_BACK, PlanRow, Revision, Upkeep
from finance_kit.store.values import now

__all__ = ["number_suffices", "restore", "shown_by", "version", "versions"]

_ROLES = ("owner", "editor", "adviser", "viewer")


def versions(
    session: Session, plan_id: str, user_id: str, limit: int = 200, before: int | None = None
) -> list[VersionLine]:
    """The versions of a plan, the newest first, in the order of their numbers whatever the clock said.

    Parameters
    ----------
    limit : most of them to give
    before : only those with a lower number

    Raises
    ------
    StoreError : ``plan_not_found``
    """
    permitted(session, plan_id, user_id, *_ROLES)
    question = (
        select(Revision.number, Revision.kind, Revision.at, Revision.changes, User.name)
        .outerjoin(User, User.id == Revision.user_id)
        .where(Revision.plan_id == plan_id)
        .order_by(Revision.number.desc())
        .limit(limit)
    )
    rows = session.execute(question if before is None else question.where(Revision.number < before))
    return [
        VersionLine(row.number, row.kind, row.name, row.at, tuple(change.path for change in changes_of(row.changes)))
        for row in rows
    ]


def version(session: Session, plan_id: str, user_id: str, number: int) -> PlanView | None:
    """The plan as it was in a version; ``None`` when there is none or it is not this person's to see.

    Raises
    ------
    StoreError : ``store_damaged``
    """
    plan = session.get(PlanRow, plan_id, populate_existing=True)
    role = role_of(session, plan, user_id) if plan is not None and plan.binned_at is None else None
    found = version_of(session, plan_id, number) if role is not None else None
    if plan is None or role is None or found is None:
        return None
    document, sha256 = found
    owner = session.get_one(User, plan.owner_id)
    at = session.scalars(select(Revision.at).where(Revision.plan_id == plan_id, Revision.number == number)).one()
    return PlanView(
        plan.id,
        plan.title,
        document,
        number,
        role,
        plan.owner_id,
        owner.name,
        plan.organisation_id,
        plan.country,
        at,
        plan.binned_at,
        sha256,
    )


def shown_by(session: Session, plan_id: str, number: int) -> int:
    """The version that a restored one brought back, as it was when it was made first; any other shows itself."""
    named = (Revision.plan_id == plan_id, Revision.number == number)
    return session.scalar(select(Revision.shows).where(*named)) or number


def number_suffices(session: Session, plan_id: str, number: int) -> bool:
    """Whether nobody can have seen another version of this number: it was there when a copy was brought back last."""
    brought_back = session.scalar(select(Upkeep.at).where(Upkeep.task == BROUGHT_BACK))
    if brought_back is None:
        return True
    at = session.scalar(select(Revision.at).where(Revision.plan_id == plan_id, Revision.number == number))
    return at is not None and at <= brought_back


def restore(
    session: Session, plan_id: str, user_id: str, number: int, head: int | None = None, seen: str = ""
) -> Saved:
    """Bring an earlier version back, as a new one: nothing that came after it is lost.

    Parameters
    ----------
    head : the newest version that the person has seen; what others saved after it is not covered up unseen
    seen : the mark of that version, where it is known

    Raises
    ------
    StoreError : ``plan_not_found``, ``plan_changed``, ``version_not_found``, ``store_busy``
    """
    lock(session, plan_id)
    plan = permitted(session, plan_id, user_id, *CHANGES)
    if head is not None and (plan.head != head or (seen and mark_of(session, plan_id, head) != seen)):
        raise StoreError("plan_changed", found=plan.head, seen=head)
    document = document_of(session, plan_id, number, missing=None)
    if document is None:
        raise StoreError("version_not_found", number=number)
    changes = difference(document_of(session, plan_id, plan.head), document)
    at, head = now(), plan.head
    if not changes:
        return Saved(head, at, seen=mark_of(session, plan_id, head))
    if not move_head(session, plan, document, at):
        raise StoreError("store_busy")
    sha256 = add_revision(
        session, plan, head + 1, document, "restored", changes, user_id, at, shown_by(session, plan_id, number)
    )
    return Saved(head + 1, at, tuple(changes), seen=sha256[:SEEN])
