"""What others did with a plan, for its owner: who opened it, who changed it, who took a document out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from flask import Response, after_this_request, request
from flask.typing import ResponseReturnValue

from finance_kit.errors import StoreError
from finance_kit.store import audit, revisions
from web import access, logs
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
_SAFE: Final = ("GET", "HEAD", "OPTIONS")


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
    """Note the opening now, and a change once it is known whether there was one."""
    if plan.role == "owner":
        return
    if right != "edit" or request.method in _SAFE:
        _write(person, plan, "viewed")
        return

    @after_this_request
    def _note_the_change(response: Response) -> Response:
        _write(person, plan, "changed")
        return response


def _write(person: Any, plan: Any, action: str) -> None:
    """Write a note; a full disk keeps nobody from reading, nor takes back what was said to be saved."""
    try:
        with store().session() as opened:
            if action == "changed" and not revisions.changed_since(opened, plan.id, plan.revision, person.id):
                return
            lately = audit.of_user(opened, person.id, limit=50)
            same = (line for line in lately if line.plan_id == plan.id and line.action == action)
            if not any(abs(now() - line.at) < _ONCE_IN for line in same):
                audit.note(opened, now(), person.id, plan.id, action)
    except StoreError as problem:
        logs.failure(problem)
