"""Saving a plan and reading it back, as tests of the store do it."""

from __future__ import annotations

from typing import Any

from finance_kit.drafts import Change
from finance_kit.store import Conflicted, Saved, Store, plans
from finance_kit.store.plan_views import PlanView

__all__ = ["document_of", "read_as", "save_as", "set_to"]


def set_to(path: str, value: Any) -> Change:
    """A field that gets a value."""
    return Change("set", path, value)


def save_as(store: Store, plan_id: str, user: str, base: int, batch: str, *changes: Change) -> Saved | Conflicted:
    """Changes saved by a person, from a version, as pages do it: the plan is read a moment before. The answer."""
    known = read_as(store, plan_id, user)
    with store.session() as session:
        return plans.save(session, plan_id, user, base, batch, changes, known=known)


def read_as(store: Store, plan_id: str, user: str) -> PlanView | None:
    """The plan as a person may see it now."""
    with store.session() as session:
        return plans.get(session, plan_id, user)


def document_of(store: Store, plan_id: str, user: str) -> dict[str, Any]:
    """The plan as a person sees it now."""
    with store.session() as session:
        plan = plans.get(session, plan_id, user)
        assert plan is not None
        return plan.document
