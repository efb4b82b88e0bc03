"""Versions of a plan: list, go back, undo the last change; the bin."""

from __future__ import annotations

from typing import Any, Final

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from finance_kit.errors import StoreError
from finance_kit.forms.typed import node_at
from finance_kit.store import plans
from finance_kit.store.plan_views import VersionLine
from web import words
from web.access import PlanAccess, plan_access, require_person
from web.languages import local_path
from web.plans.area import blueprint
from web.plans.saving import NEWEST_POSSIBLE, restore_version
from web.plans.shown import plan_frame
from web.storage import store

__all__ = ["bin_page", "from_bin", "restore", "to_bin", "undo", "versions"]

_MOST_SHOWN: Final = 200


@blueprint.get("/<plan_id>/versions")
def versions(plan_id: str) -> ResponseReturnValue:
    """Every save, the newest first, with what it changed in words; so many on a page, older ones on the next."""
    access = plan_access(plan_id, "view")
    before = request.args.get("before", type=int)
    if before is not None and not 1 < before <= NEWEST_POSSIBLE:
        abort(404)
    with store().session() as session:
        kept = plans.versions(session, plan_id, access.user.id, limit=_MOST_SHOWN, before=before)
    return render_template(
        "plans/versions.html",
        **plan_frame(access, "versions"),
        versions=[_version(each) for each in kept],
        older=kept[-1].number if kept and kept[-1].number > 1 else None,
        newest_shown=before is None,
    )


@blueprint.post("/<plan_id>/versions/<int(max=2147483647):revision>/restore")
def restore(plan_id: str, revision: int) -> ResponseReturnValue:
    """Go back to a version, as a new one."""
    access = plan_access(plan_id, "edit")
    base = request.form.get("base", type=int)
    if base is None:
        abort(428)
    try:
        if not restore_version(access, revision, base, request.form.get("seen", "")):
            abort(404)
    except StoreError as error:
        if error.code != "plan_changed":
            raise
        flash(words.sentence(error), "warning")
        return redirect(url_for("plans.versions", plan_id=plan_id), 303)
    flash(gettext("This is version %(number)s again.", number=revision), "done")
    return redirect(url_for("plans.overview", plan_id=plan_id), 303)


@blueprint.post("/<plan_id>/undo")
def undo(plan_id: str) -> ResponseReturnValue:
    """Take back the last save that was not itself taken back; pressed again, the one before."""
    access = plan_access(plan_id, "edit")
    following = local_path(request.form.get("next", "")) if request.form.get("next") else ""
    following = following or url_for("plans.overview", plan_id=plan_id)
    seen = request.form.get("base", type=int)
    behind = seen != access.revision or request.form.get("seen", "") not in ("", access.plan.seen)
    if not behind:
        target = _before(access)
        try:
            undone = target is not None and restore_version(access, target, access.revision)
        except StoreError as error:
            behind = error.code == "plan_changed"
            if not behind:
                raise
    if behind:
        flash(gettext("The plan was changed meanwhile. Look at it first, then undo."), "warning")
    elif undone:
        flash(gettext("The last change is undone."), "done")
    else:
        flash(gettext("There is nothing to undo."), "note")
    return redirect(following, 303)


def _before(access: PlanAccess) -> int | None:
    """The version before the one that the head shows, by number; one that says the same would undo nothing."""
    with store().session() as session:
        number = plans.shown_by(session, access.plan.id, access.revision) - 1
        while number > 0 and plans.document_at(session, access.plan.id, number) == access.document:
            number = plans.shown_by(session, access.plan.id, number) - 1
    return number if number > 0 else None


def _version(kept: VersionLine) -> dict[str, Any]:
    return {"revision": kept.number, "at": kept.at, "by": kept.by, "words": _what(kept)}


def _what(kept: VersionLine) -> str:
    """What a save changed: the parts of the plan that it touched."""
    tops = list(dict.fromkeys(path.partition("/")[0] for path in kept.paths))
    titles = [words.core(node.title) if (node := node_at(top)) is not None else top for top in tops[:4]]
    named, more = ", ".join(titles), len(tops) - len(titles)
    if more:
        named = ngettext("%(parts)s and %(num)s more part", "%(parts)s and %(num)s more parts", more, parts=named)
    if kept.kind == "created":
        return str(gettext("The plan was begun"))
    if kept.kind == "restored":
        return str(gettext("An earlier version was brought back: %(parts)s", parts=named))
    return str(gettext("Changed: %(parts)s", parts=named))


@blueprint.post("/<plan_id>/bin")
def to_bin(plan_id: str) -> ResponseReturnValue:
    """Put a plan away."""
    access = plan_access(plan_id, "own")
    with store().session() as session:
        plans.bin(session, plan_id, access.user.id)
    flash(gettext("The plan lies in the bin now. It can be taken out again."), "done")
    return redirect(url_for("plans.bin_page"), 303)


@blueprint.post("/<plan_id>/unbin")
def from_bin(plan_id: str) -> ResponseReturnValue:
    """Take a plan out of the bin; only its owner finds it there."""
    person = require_person()
    with store().session() as session:
        if plan_id not in {plan.id for plan in plans.binned(session, person.id)}:
            abort(404)
        plans.unbin(session, plan_id, person.id)
    return redirect(url_for("plans.overview", plan_id=plan_id), 303)


@blueprint.get("/bin")
def bin_page() -> ResponseReturnValue:
    """Plans that were put away."""
    person = require_person()
    with store().session() as session:
        return render_template("plans/bin.html", plans=list(plans.binned(session, person.id)))
