"""Plans: list, make, read, change from a version that is named, and put into the bin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response, jsonify

from finance_kit import drafts
from finance_kit.errors import DraftError
from web.access import PlanAccess, plan_access, require_person
from web.api.answers import body_of, problems_of, refuse
from web.api.models import ChangesIn, ConflictOut, NoQuery, PlanIn, PlanLineOut, PlanListOut, PlanOut, SavedOut
from web.api.site import answers, blueprint, spec
from web.storage import store

__all__ = ["bin_plan", "change_plan", "create_plan", "list_plans", "read_plan"]


@blueprint.get("/plans")
@spec.validate(resp=answers(PlanListOut), tags=["plans"])
def list_plans(query: NoQuery) -> PlanListOut:
    """List the plans that this person may see."""
    from finance_kit.store import plans

    person = require_person()
    with store().session() as session:
        lines = [_line(each) for each in plans.of(session, person.id)]
    return PlanListOut(plans=lines)


@blueprint.post("/plans")
@spec.validate(resp=answers(PlanOut, status=201, body=True), tags=["plans"])
def create_plan(json: PlanIn, query: NoQuery) -> tuple[PlanOut, int]:
    """Make a plan, also one with problems; a plan whose form cannot be read is refused."""
    from finance_kit.store import plans

    person = require_person()
    loaded = drafts.loaded(json.plan, "plan")
    broken = [issue for issue in loaded.source.issues if issue.severity == "error"]
    if broken:
        refuse(422, "plan_not_usable", problems_of(broken))
    document = drafts.new_document(json.plan)
    title = document.get("title")
    with store().session() as session:
        made = plans.create(session, person.id, document, title if isinstance(title, str) else "")
        plan = plans.get(session, made.id, person.id)
    return _plan(plan, loaded), 201


@blueprint.get("/plans/<plan_id>")
@spec.validate(resp=answers(PlanOut), tags=["plans"])
def read_plan(plan_id: str, query: NoQuery) -> PlanOut:
    """Read a plan, with everything that is wrong with it."""
    found = plan_access(plan_id, "view")
    return _plan(found.plan, _loaded(found))


@blueprint.post("/plans/<plan_id>/changes")
@spec.validate(resp=answers(SavedOut, body=True, conflict=ConflictOut), tags=["plans"])
def change_plan(plan_id: str, json: ChangesIn, query: NoQuery) -> Response:
    """Save changes made from a version; changes that others made to other fields are kept beside them.

    Where others changed the same fields, the answer is 409 with both values, and the other changes are saved.
    """
    from finance_kit.store import Conflicted, plans

    found = plan_access(plan_id, "edit")
    try:
        changes = [drafts.Change.of(each.model_dump(exclude_unset=True)) for each in json.changes]
        with store().session() as session:
            known = found.plan
            saved = plans.save(
                session, plan_id, found.user.id, json.base, json.batch, changes, seen=json.seen, known=known
            )
    except DraftError as wrong:
        refuse(422, wrong.code, path=str(wrong.params.get("path", "")), **_rest(wrong))
    merged = [each.data() for each in saved.merged]
    if isinstance(saved, Conflicted):
        error = body_of(409, "plan_changed_by_others")
        conflicts = [each.data() for each in saved.conflicts]
        told = ConflictOut(error=error, revision=saved.revision, seen=saved.seen, conflicts=conflicts, merged=merged)
        answer = jsonify(told.model_dump())
        answer.status_code = 409
        return answer
    done = SavedOut(revision=saved.revision, seen=saved.seen, saved_at=_moment(saved.saved_at), merged=merged)
    return jsonify(done.model_dump())


@blueprint.delete("/plans/<plan_id>")
@spec.validate(resp=answers(None, status=204, also=(403,)), tags=["plans"])
def bin_plan(plan_id: str, query: NoQuery) -> Response:
    """Put a plan into the bin, from where its owner can take it out again."""
    from finance_kit.store import plans

    found = plan_access(plan_id, "own")
    with store().session() as session:
        plans.bin(session, plan_id, found.user.id)
    return Response(status=204)


def _loaded(found: PlanAccess) -> Any:
    return drafts.loaded(found.document, found.plan.title or "plan")


def _plan(plan: Any, loaded: Any) -> PlanOut:
    return PlanOut(
        id=plan.id,
        title=plan.title or "",
        revision=plan.revision,
        seen=plan.seen,
        role=plan.role,
        document=plan.document,
        usable=loaded.usable,
        problems=problems_of(loaded.issues),
    )


def _line(each: Any) -> PlanLineOut:
    return PlanLineOut(
        id=each.id,
        title=each.title or "",
        revision=each.revision,
        role=each.role,
        changed_at=_moment(each.changed_at),
        owner=each.owner_name or "",
    )


def _moment(value: Any) -> str:
    return value if isinstance(value, str) else str(value.isoformat())


def _rest(wrong: DraftError) -> dict[str, Any]:
    """The parameters of a problem beside its path."""
    reserved: Iterable[str] = ("path", "status", "code", "problems")
    return {name: value for name, value in wrong.params.items() if name not in reserved}
