"""What others did with a plan, for its owner: who opened it, who changed it, who took a document out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from flask.typing import ResponseReturnValue

from finance_kit.store import audit
from web import access
from web.people.area import blueprint
from web.people.asking import ask
from web.people.wording import ACTIONS, SHORT_ROLES
from web.sessions import now
from web.storage import store

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["attach"]

_ONCE_IN: Final = timedelta(hours=1)
"""Somebody who works in a plan for an afternoon is a line an hour, not a thousand."""


@blueprint.get("/plans/<plan_id>/log")
def plan_log(plan_id: str) -> ResponseReturnValue:
    """The newest two hundred notes."""
    plan = access.plan_access(plan_id, "own").plan
    with store().session() as opened:
        lines = audit.of_plan(opened, plan_id)
    return ask("people/plan_log.html", plan=plan, lines=lines, actions=ACTIONS, short_roles=SHORT_ROLES)


def attach(app: Flask) -> None:
    """Have every use of a plan by somebody else written down."""
    access.tell_also(app, _note)


def _note(person: Any, plan: Any, right: str) -> None:
    if plan.role == "owner":
        return
    action = "changed" if right == "edit" else "viewed"
    with store().session() as opened:
        lately = audit.of_user(opened, person.id, limit=50)
        same = (line for line in lately if line.plan_id == plan.id and line.action == action)
        if not any(abs(now() - line.at) < _ONCE_IN for line in same):
            audit.note(opened, now(), person.id, plan.id, action)
