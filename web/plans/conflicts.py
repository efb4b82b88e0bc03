"""A field changed in two places: both sides are shown, and the person chooses."""

from __future__ import annotations

import json
import secrets
from typing import Any, Final

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from finance_kit.drafts import Change, lookup
from finance_kit.drafts.document import ABSENT
from finance_kit.errors import DraftError
from finance_kit.forms.reading import shown
from finance_kit.forms.schema_form import Field, Node
from finance_kit.forms.typed import node_at, typed_changes
from finance_kit.forms.view import GROWTH_PARTS
from finance_kit.store.plan_views import ConflictView
from web import words
from web.access import PlanAccess, plan_access
from web.depth import DEEPEST, depth
from web.languages import current_language, local_path
from web.plans.area import blueprint
from web.plans.saving import Conflicted, document_at, save
from web.plans.shown import choice_word, plan_frame

__all__ = ["both_sides", "conflict_page", "settle"]

_MOST: Final = 500
_MOST_FIELDS: Final = 12


def conflict_page(access: PlanAccess, outcome: Conflicted, step_id: str, language: str) -> ResponseReturnValue:
    """Both sides of every field that was changed in two places; 409, since these fields are not saved."""
    return _page(access, outcome, language, url_for("plans.step", plan_id=access.plan.id, step_id=step_id))


def _page(access: PlanAccess, outcome: Conflicted, language: str, following: str) -> ResponseReturnValue:
    """The choice is made from what is shown, so its base is the version of the outcome, not one saved since."""
    page = render_template(
        "plans/conflict.html",
        **plan_frame(access, "step") | {"seen": outcome.seen},
        base=outcome.revision,
        conflicts=[_sides(each, access.document, language) for each in outcome.conflicts],
        next=following,
    )
    return page, 409


@blueprint.post("/<plan_id>/conflict")
def settle(plan_id: str) -> ResponseReturnValue:
    """Save the fields for which "what you typed" was chosen; the others stay as they are."""
    access = plan_access(plan_id, "edit")
    base = request.form.get("base", type=int)
    if base is None:
        abort(428)
    seen = request.form.get("seen", "")
    paths, mine = request.form.getlist("path")[:_MOST], request.form.getlist("mine")[:_MOST]
    following = local_path(request.form.get("next", ""))
    if len(paths) != len(mine):
        abort(400)
    try:
        chosen = [
            _mine(path, _read(text), access.document)
            for number, (path, text) in enumerate(zip(paths, mine, strict=True))
            if request.form.get(f"choose-{number}") == "mine"
        ]
        changes = typed_changes(chosen, document_at(access, base, seen), current_language()).changes
        outcome = save(access, base, secrets.token_urlsafe(12), changes, seen) if changes else None
    except (DraftError, ValueError) as error:
        flash(words.sentence(error) if isinstance(error, DraftError) else gettext("This cannot be read."), "problem")
        return redirect(following, 303)
    if isinstance(outcome, Conflicted):
        return _page(plan_access(plan_id, "edit"), outcome, current_language(), following)
    return redirect(following, 303)


def both_sides(view: ConflictView, document: dict[str, Any], language: str) -> dict[str, str]:
    """A conflict in words for the page that is open: who, when, and what each typed."""
    sides = _sides(view, document, language)
    values = {"title": words.core(sides["title"]), "name": view.by, "time": words.clock(view.at) if view.at else ""}
    told = (
        gettext("%(title)s was changed by %(name)s too, %(time)s", **values)
        if view.by and view.at
        else gettext("%(title)s was changed in two places", **values)
    )
    if _is_removal(view):
        told = gettext("%(title)s: somebody took this entry out while you changed it", **values)
    return {"told": str(told), "theirs_text": sides["theirs_text"], "mine_text": sides["mine_text"]}


def _is_removal(view: ConflictView) -> bool:
    """Whether the entry that was changed is not there any more."""
    return view.conflict.theirs is None and view.conflict.path.rpartition("/")[2].startswith("@")


def _read(text: str) -> Any:
    if depth(text.encode("utf-8", "replace")) > DEEPEST:
        message = "too deep"
        raise ValueError(message)
    return json.loads(text)


def _mine(path: str, value: Any, document: dict[str, Any]) -> Change:
    """What was typed as a change of the plan as it stands now: a row that one side removed comes back or goes."""
    rows, is_row, name = path.rpartition("/@")
    if is_row and "/" not in name:
        if value is None:
            return Change.of({"op": "remove", "path": path})
        if lookup(document, path) is ABSENT:
            return Change.of({"op": "add", "path": rows, "value": value})
    return Change.of({"op": "set", "path": path, "value": value})


def _sides(view: ConflictView, document: dict[str, Any], language: str) -> dict[str, Any]:
    """A conflict in words: what it is about, what stood there, what stands there now, what was typed."""
    conflict = view.conflict
    node = node_at(conflict.path)
    return {
        "path": conflict.path,
        "title": node.title if node is not None else conflict.path,
        "place": _place(conflict.path, document),
        "mine": _value(conflict.mine),
        "mine_text": _text(node, conflict.mine, language),
        "theirs_text": _text(node, conflict.theirs, language),
        "base_text": _text(node, conflict.base, language),
        "by": view.by,
        "at": view.at,
    }


def _place(path: str, document: dict[str, Any]) -> str:
    """The names of the rows that a field lies in."""
    names: list[str] = []
    value: Any = document
    for step in path.split("/")[:-1]:
        if step.startswith("@"):
            rows = value if isinstance(value, list) else []
            value = next((row for row in rows if isinstance(row, dict) and row.get("_id") == step[1:]), None)
            label = next((each for key, each in (value or {}).items() if key != "_id" and isinstance(each, str)), "")
            names.append(label)
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return " / ".join(name for name in names if name)


def _text(node: Node | None, value: Any, language: str) -> str:
    """A value in words; of a row or part the fields that it has."""
    value = _value(value)
    if value is None:
        return ""
    if isinstance(node, Field) and node.kind == "growth":
        inner = value if isinstance(value, dict) else {"rate": value}
        return _fields(GROWTH_PARTS, inner, language)
    if isinstance(node, Field):
        if isinstance(value, list) and node.kind in ("season", "months_of_year"):
            return ", ".join(words.number(each, 6) if isinstance(each, int | float) else str(each) for each in value)
        return choice_word(node, str(value)) if node.kind == "choice" else shown(node, value, language, signed=True)
    if node is not None and isinstance(value, dict):
        return _fields(node.nodes, value, language)
    return json.dumps(value, ensure_ascii=False)[:300]


def _fields(nodes: tuple[Node, ...], part: dict[str, Any], language: str) -> str:
    stated = [node for node in nodes if isinstance(node, Field) and part.get(node.name) is not None]
    return "; ".join(
        f"{words.core(node.title)}: {_text(node, part[node.name], language)}" for node in stated[:_MOST_FIELDS]
    )


def _value(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list | dict) else None
