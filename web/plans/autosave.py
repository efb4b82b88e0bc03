"""Saving as one types: changes of fields as JSON, each batch once, the answer with everything the page has to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from finance_kit.drafts import Change
from finance_kit.errors import DraftError, Issue
from finance_kit.forms.state import PlanState, listed
from finance_kit.forms.steps import steps
from finance_kit.forms.typed import typed_changes
from finance_kit.forms.view import FieldView, NodeView, fields_of
from web import words
from web.access import PlanAccess, plan_access
from web.depth import DEEPEST, depth
from web.languages import available, current_language
from web.plans.area import blueprint
from web.plans.conflicts import both_sides
from web.plans.pages import checked, views_of
from web.plans.saving import NEWEST_POSSIBLE, Conflicted, Saved, document_at, save
from web.plans.shown import reading_text, state_word

__all__ = ["changes"]

_LONGEST_BATCH: Final = 64
_MOST_CHANGES: Final = 2_000


@blueprint.post("/<plan_id>/changes")
def changes(plan_id: str) -> ResponseReturnValue:
    """Save changes.

    Returns
    -------
    200 saved (with what others changed since, the fields as they stand now, and the problems of the step); 409 some
    fields were changed by somebody else, and only the others are saved; 400 no changes of a plan; 413 too much at
    once, see :mod:`web.guard`; 428 without a base
    """
    access = plan_access(plan_id, "edit")
    body = request.get_json(silent=True) if depth(request.get_data()) <= DEEPEST else None
    if not isinstance(body, dict):
        return _refused(400, gettext("These are no changes of a plan."))
    base, batch, raw = body.get("base"), body.get("batch"), body.get("changes")
    if not isinstance(base, int) or isinstance(base, bool) or not 1 <= base <= NEWEST_POSSIBLE:
        return _refused(428, gettext("Say which version of the plan was changed."))
    if not isinstance(batch, str) or not 8 <= len(batch) <= _LONGEST_BATCH or not batch.isprintable():
        return _refused(400, gettext("The changes need a name of their own."))
    if not isinstance(raw, list) or not raw or len(raw) > _MOST_CHANGES:
        return _refused(400, gettext("These are no changes of a plan."))
    seen = body.get("seen", "")
    if not isinstance(seen, str):
        return _refused(400, gettext("These are no changes of a plan."))
    language = body.get("language")
    language = language if language in available() else current_language()
    try:
        typed = typed_changes([Change.of(each) for each in raw], document_at(access, base, seen), language)
        outcome = save(access, base, batch, typed.changes, seen)
    except DraftError as error:
        return _refused(400, words.sentence(error), path=str(error.params.get("path", "")))
    paths = [each["path"] for each in raw]
    return _answer(plan_access(plan_id, "edit"), outcome, paths, typed.problems, body.get("step"))


def _answer(
    access: PlanAccess, outcome: Saved | Conflicted, paths: list[str], problems: Mapping[str, Issue], step_id: Any
) -> ResponseReturnValue:
    """The answer to a save: the document was read again, so that the page shows what is really kept."""
    state = checked(access)
    shown = _steps_shown(access, state, paths, step_id)
    saved = isinstance(outcome, Saved)
    answer: dict[str, Any] = {
        **outcome.data(),
        "saved_words": gettext("Saved %(time)s", time=words.clock(outcome.saved_at)),
        "fields": _fields(shown, paths),
        "unread": {path: words.sentence(issue) for path, issue in problems.items()},
        "steps": [{"id": each.step.id, "state": each.state, "words": state_word(each)} for each in state.steps],
    }
    if isinstance(outcome, Conflicted):
        answer["conflicts"] = [
            {**told, **both_sides(each, access.document, current_language())}
            for told, each in zip(answer["conflicts"], outcome.conflicts, strict=True)
        ]
    if isinstance(step_id, str) and step_id in shown:
        answer |= _listed(shown[step_id])
    return jsonify(answer), 200 if saved else 409


def _steps_shown(
    access: PlanAccess, state: PlanState, paths: Iterable[str], step_id: Any
) -> dict[str, tuple[NodeView, ...]]:
    """The step that the page shows and those that hold the fields that were changed, by id."""
    tops = {path.partition("/")[0] for path in paths}
    return {
        step.id: views_of(step, access.document, state, current_language())
        for step in steps(state.depth)
        if step.id == step_id or tops.intersection(step.keys)
    }


def _fields(shown: Mapping[str, tuple[NodeView, ...]], paths: Iterable[str]) -> dict[str, Any]:
    """The fields that were changed as they are shown now: text, reading, problems."""
    wanted = set(paths)
    views = (view for step in shown.values() for view in fields_of(step))
    return {view.path: _field(view) for view in views if view.path in wanted}


def _field(view: FieldView) -> dict[str, Any]:
    """A field as it is shown now; ``notes`` is what stands in the box of its problems."""
    return {
        "text": view.text,
        "texts": list(view.texts),
        "ticked": list(view.ticked),
        "reading": reading_text(view),
        "wrong": any(issue.severity == "error" and issue.code != "missing_field" for issue in view.problems),
        "problems": [words.sentence(issue) for issue in view.problems],
        "notes": render_template("plans/_notes.html", problems=view.problems),
    }


def _listed(views: tuple[NodeView, ...]) -> dict[str, Any]:
    """All problems of the step that the page shows, as data and as what stands on top of the page."""
    found = listed(views)
    problems = [
        {
            "path": each.path,
            "title": words.core(each.title),
            "severity": each.issue.severity,
            "missing": each in found.missing,
            "sentence": words.sentence(each.issue),
        }
        for each in (*found.errors, *found.missing, *found.warnings)
    ]
    return {"problems": problems, "problems_html": render_template("plans/_problems.html", listed=found)}


def _refused(status: int, reason: str, **more: str) -> ResponseReturnValue:
    return jsonify(error=reason, **more), status
