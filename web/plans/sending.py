"""A step sent as an ordinary form: what was typed and fits is saved, then a row is added, copied, moved, taken out."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from finance_kit.drafts import Change, apply, lookup, new_id
from finance_kit.errors import DraftError, Issue, Where
from finance_kit.forms.steps import steps
from finance_kit.forms.typed import copy_of_row, node_at, typed_step
from finance_kit.forms.view import Here, step_view
from web.access import PlanAccess, plan_access
from web.languages import available, current_language
from web.plans.area import blueprint
from web.plans.conflicts import conflict_page
from web.plans.pages import Unsaved, find_step, step_page
from web.plans.saving import Conflicted, Saved, document_at, has_revision, save
from web.plans.shown import field_id
from web.words import sentence

__all__ = ["send_step"]

_NO_FIELDS: Final = ("csrf_token", "base", "seen", "language", "do")


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
    views = step_view(found, Here(seen, {}, language, depth))
    typed = typed_step(views, request.form.to_dict(flat=False), seen, language).changes
    fitting, refused = _sorted(seen, typed)
    known = has_revision(access, base, mark)  # else first choose what holds, then press again
    pressed = known and not refused
    extra, open_row = _pressed(action, path, access.document, fitting) if pressed else ((), "")
    changes = (*fitting, *extra)
    try:
        outcome = save(access, base, secrets.token_urlsafe(12), changes, mark) if changes else None
    except DraftError as error:  # they fit one by one, but not together
        flash(sentence(error), "problem")
        return _once_more(plan_id, found.id, (base, mark), seen, {change.path: None for change in typed}, None), 422
    if refused:
        return _once_more(plan_id, found.id, (base, mark), seen, refused, outcome), 422
    if isinstance(outcome, Conflicted):
        return conflict_page(plan_access(plan_id, "edit"), outcome, step_id, language)
    if action == "remove":
        flash(gettext("Taken out. “Undo the last change” brings it back."), "done")
    return _onwards(access, found.id, depth, action, path, open_row)


def _sorted(seen: dict[str, Any], typed: Iterable[Change]) -> tuple[tuple[Change, ...], dict[str, Issue | None]]:
    """The changes that a plan can hold, and why it cannot hold the others."""
    fitting: list[Change] = []
    refused: dict[str, Issue | None] = {}
    for change in typed:
        try:
            seen = apply(seen, [change.checked()])
            fitting.append(change)
        except DraftError as error:
            refused[change.path] = Issue(error.code, Where(change.path), dict(error.params))
    return tuple(fitting), refused


def _once_more(
    plan_id: str,
    step_id: str,
    sent_from: tuple[int, str],
    seen: dict[str, Any],
    refused: Mapping[str, Issue | None],
    outcome: Saved | Conflicted | None,
) -> str:
    """The form as it was sent, with what could not be saved in its fields and the reason beside them.

    It is shown from the newest version. Where others changed the same meanwhile, it is shown from the version that it
    was sent from, and whole: sent again, it comes to the choice between both sides.
    """
    access = plan_access(plan_id, "edit")
    problems = {path: issue for path, issue in refused.items() if issue is not None}
    form = {name: texts for name, texts in request.form.lists() if name not in _NO_FIELDS}
    same = all(lookup(seen, path) == lookup(access.document, path) for path in refused)
    if isinstance(outcome, Conflicted) or not same:
        flash(gettext("Somebody else changed this too: nothing is overwritten."), "warning")
        return step_page(access, step_id, Unsaved(seen, *sent_from, form, problems))
    if problems:
        told = gettext("Some of it could not be saved and still stands in the form. Everything else is saved.")
        flash(told, "problem")
    sent = {
        name: texts
        for name, texts in form.items()
        if any(name == path or name.startswith(f"{path}/") for path in refused)
    }
    return step_page(access, step_id, Unsaved(access.document, access.revision, access.plan.seen, sent, problems))


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
