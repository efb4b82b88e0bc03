"""The store's saving as the pages of a plan use it: save changes, an older document, going back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from flask import abort

from finance_kit.drafts import compare
from finance_kit.errors import StoreError
from finance_kit.store import plans
from finance_kit.store.plan_views import Conflicted, ConflictView, Saved
from web.storage import store

if TYPE_CHECKING:
    from finance_kit.drafts import Change
    from web.access import PlanAccess

__all__ = ["NEWEST_POSSIBLE", "Conflicted", "Saved", "document_at", "has_revision", "restore_version", "save"]


NEWEST_POSSIBLE: Final = 2**31 - 1
"""The largest number that the store keeps for a version."""


def save(access: PlanAccess, base: int, batch: str, changes: Sequence[Change], seen: str = "") -> Saved | Conflicted:
    """Save changes that were made from a revision; committed when this returns.

    Changes made from a revision that the plan does not have, as after an older copy of the store was brought back, are
    not saved: each field that they want otherwise is a conflict, and the person chooses. Its number may have come again
    by then; ``seen`` is its mark, empty for pages from before there were marks.

    Raises
    ------
    DraftError : a change does not fit the plan
    StoreError : the store is full, locked or away
    """
    if has_revision(access, base, seen):
        with store().session() as session:
            known = access.plan
            return plans.save(session, known.id, access.user.id, base, batch, changes, seen=seen, known=known)
    found = tuple(ConflictView(each, None, None) for each in compare(access.document, changes))
    told = access.revision, access.plan.changed_at
    return Conflicted(*told, found, seen=access.plan.seen) if found else Saved(*told, seen=access.plan.seen)


def has_revision(access: PlanAccess, revision: int, seen: str) -> bool:
    """Whether the plan has this revision and it is the one of this mark; without a mark, the only one of its number."""
    if revision > access.revision:
        return False
    if seen and revision == access.revision:
        return bool(seen == access.plan.seen)
    with store().session() as session:
        if not seen:
            return plans.number_suffices(session, access.plan.id, revision)
        return plans.mark_of(session, access.plan.id, revision) == seen


def document_at(access: PlanAccess, revision: int, seen: str = "") -> dict[str, Any]:
    """The plan as it was at a revision; as it is for one that it does not have; 404 for what is no revision."""
    if not 1 <= revision <= NEWEST_POSSIBLE:
        abort(404)
    if revision == access.revision or not has_revision(access, revision, seen):
        return access.document
    with store().session() as session:
        document = plans.document_at(session, access.plan.id, revision)
    return document if document is not None else abort(404)


def restore_version(access: PlanAccess, revision: int, head: int, seen: str = "") -> bool:
    """Go back to a version; whether there is one of this number.

    Raises
    ------
    StoreError : ``plan_changed``, the plan is not at version ``head`` of the mark ``seen`` any more; the store is full,
        locked or away
    """
    try:
        with store().session() as session:
            plans.restore(session, access.plan.id, access.user.id, revision, head, seen)
    except StoreError as error:
        if error.code == "version_not_found":
            return False
        raise
    return True
