"""A step sent as an ordinary form: whatever was typed is saved, then a row is added, copied, moved or taken out."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, Final

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from finance_kit.drafts import Change, apply, lookup, new_id
from finance_kit.errors import DraftError
from finance_kit.forms.steps import steps
from finance_kit.forms.typed import copy_of_row, node_at, typed_step
from finance_kit.forms.view import Here, step_view
from web.access import PlanAccess, plan_access
from web.languages import available, current_language
from web.plans.area import blueprint
from web.plans.conflicts import conflict_page
from web.plans.pages import find_step
from web.plans.saving import Conflicted, document_at, has_revision, save
from web.plans.shown import field_id
from web.words import sentence

__all__ = ["send_step"]


@blueprint.post("/<plan_id>/steps/<step_id>")
def send_step(plan_id: str, step_id: str) -> ResponseReturnValue:
    """Save a step, do what the pressed button says, and show where that leads."""
    access = plan_access(plan_id, "edit")
    depth = "profile" if access.document.get("depth") == "profile" else "full"
    found = find_step(step_id, depth)
    base = request.form.get("base", type=int)
    if base is None:
        abort(428)
    mark = request.form.get("seen", "")
    seen = document_at(access, base, mark)
    language = request.form.get("language", "")
    language = language if language in available() else current_language()
    action, _, path = request.form.get("do", "save").partition(":")
    try:
        views = step_view(found, Here(seen, {}, language, depth))
        typed = typed_step(views, request.form.to_dict(flat=False), seen, language)
        known = has_revision(access, base, mark)  # else first choose what holds, then press again
        extra, open_row = _pressed(action, path, access.document, typed.changes) if known else ((), "")
        changes = (*typed.changes, *extra)
        outcome = save(access, base, secrets.token_urlsafe(12), changes, mark) if changes else None
    except DraftError as error:
        flash(sentence(error), "problem")
        return redirect(url_for("plans.step", plan_id=plan_id, step_id=step_id), 303)
    if isinstance(outcome, Conflicted):
        return conflict_page(plan_access(plan_id, "edit"), outcome, step_id, language)
    if action == "remove":
        flash(gettext("Taken out. “Undo the last change” brings it back."), "done")
    return _onwards(access, found.id, depth, action, path, open_row)


def _onwards(access: PlanAccess, step_id: str, depth: str, action: str, path: str, open_row: str) -> Response:
    plan_id = access.plan.id
    order = [each.id for each in steps(depth)]
    if action == "overview":
        return redirect(url_for("plans.overview", plan_id=plan_id), 303)
    if action == "next":
        following = order[order.index(step_id) + 1 : order.index(step_id) + 2]
        if following:
            return redirect(url_for("plans.step", plan_id=plan_id, step_id=following[0]), 303)
        return redirect(url_for("plans.overview", plan_id=plan_id), 303)
    address = url_for("plans.step", plan_id=plan_id, step_id=step_id)
    if open_row:
        rows = [part[1:] for part in open_row.split("/") if part.startswith("@")]
        address = url_for("plans.step", plan_id=plan_id, step_id=step_id, open=rows)
        return redirect(f"{address}#{field_id(open_row)}", 303)
    if action in _ACTIONS and path:
        return redirect(f"{address}#{field_id(path.rpartition('/@')[0] or path)}", 303)
    return redirect(address, 303)


# ------------------------------------------------------------------------------------------------- what a button does

Done = tuple[tuple[Change, ...], str]


def _pressed(action: str, path: str, document: dict[str, Any], typed: tuple[Change, ...]) -> Done:
    """What the pressed button adds to what was typed; a button whose row is gone must not cost what was typed."""
    if action not in _ACTIONS:
        return (), ""
    try:
        document = apply(document, typed)
        done = _ACTIONS[action](document, path)
        apply(document, done[0])
    except DraftError as error:
        flash(sentence(error), "problem")
        return (), ""
    return done


def _add(_document: dict[str, Any], path: str) -> Done:
    row = new_id()
    return (Change("add", path, {"_id": row}),), f"{path}/@{row}"


def _copy(document: dict[str, Any], path: str) -> Done:
    row = lookup(document, path)
    if not isinstance(row, dict):
        raise DraftError("draft_row_missing", path=path)
    copied = copy_of_row(row)
    rows, _, own = path.rpartition("/@")
    return (Change("add", rows, copied, after=own),), f"{rows}/@{copied['_id']}"


def _remove(_document: dict[str, Any], path: str) -> Done:
    return (Change("remove", path),), ""


def _clear(_document: dict[str, Any], path: str) -> Done:
    return (Change("set", path, None),), ""


def _up(document: dict[str, Any], path: str) -> Done:
    return _moved(document, path, -2)


def _down(document: dict[str, Any], path: str) -> Done:
    return _moved(document, path, 1)


def _moved(document: dict[str, Any], path: str, behind: int) -> Done:
    """Put a row behind the one so many places away; behind nothing is the beginning."""
    rows_path, _, own = path.rpartition("/@")
    rows = lookup(document, rows_path)
    ids = [row.get("_id") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if own not in ids:
        raise DraftError("draft_row_missing", path=path)
    place = ids.index(own) + behind
    return (Change("move", path, after=ids[place] if 0 <= place < len(ids) else None),), path


def _known(action: Callable[[dict[str, Any], str], Done]) -> Callable[[dict[str, Any], str], Done]:
    def checked(document: dict[str, Any], path: str) -> Done:
        if node_at(path) is None:
            raise DraftError("draft_path", path=path[:200])
        return action(document, path)

    return checked


_ACTIONS: Final = {
    "add": _known(_add),
    "copy": _known(_copy),
    "remove": _known(_remove),
    "clear": _known(_clear),
    "up": _known(_up),
    "down": _known(_down),
}
