"""Documents and fixes as jobs: ask, look, cancel, fetch."""

from __future__ import annotations

from typing import Any

from flask import Response, abort

from finance_kit.errors import FinanceKitError
from finance_kit.i18n.catalog import message
from web import jobs
from web.access import PlanAccess, plan_access
from web.api.answers import refuse
from web.api.models import ExportIn, FileOut, FixesIn, JobOut, NoQuery, ProblemOut
from web.api.results import opened_plan
from web.api.site import answers, blueprint, spec
from web.documents.choices import country_of, lenders_of, may_see, read_choices
from web.documents.site import attachment, note
from web.jobs.page_numbers import left_out
from web.storage import store
from web.words import core

__all__ = ["ask_export", "ask_fixes", "cancel_job", "job_file", "job_state"]

_KINDS = ("word", "preview", "fixes")


@blueprint.post("/plans/<plan_id>/exports")
@spec.validate(resp=answers(JobOut, status=202, body=True, also=(429,)), tags=["jobs"])
def ask_export(plan_id: str, json: ExportIn, query: NoQuery) -> tuple[JobOut, int]:
    """Have a Word document made; asked again for the same version on the same day, it is the same job."""
    return _asked(plan_id, json.kind, json.model_dump(exclude={"kind"})), 202


@blueprint.post("/plans/<plan_id>/fixes")
@spec.validate(resp=answers(JobOut, status=202, body=True, also=(429,)), tags=["jobs"])
def ask_fixes(plan_id: str, json: FixesIn, query: NoQuery) -> tuple[JobOut, int]:
    """Have the smallest changes looked for that would make the plan ready for a lender."""
    return _asked(plan_id, "fixes", json.model_dump()), 202


@blueprint.get("/plans/<plan_id>/jobs/<job_id>")
@spec.validate(resp=answers(JobOut, also=(403,)), tags=["jobs"])
def job_state(plan_id: str, job_id: str, query: NoQuery) -> JobOut:
    """Look after a job."""
    return _told(_found(plan_access(plan_id, "view"), job_id))


@blueprint.post("/plans/<plan_id>/jobs/<job_id>/cancel")
@spec.validate(resp=answers(JobOut, body=True), tags=["jobs"])
def cancel_job(plan_id: str, job_id: str, query: NoQuery) -> JobOut:
    """Stop a job; one that is over stays as it is."""
    found = plan_access(plan_id, "view")
    job = _found(found, job_id)
    if job.user_id != found.user.id and not found.may("edit"):
        abort(403)
    jobs.cancel(plan_id, job_id)
    return _told(_found(found, job_id))


@blueprint.get("/plans/<plan_id>/jobs/<job_id>/files/<name>")
@spec.validate(resp=answers(None, also=(403,)), tags=["jobs"])
def job_file(plan_id: str, job_id: str, name: str, query: NoQuery) -> Response:
    """Fetch a finished file."""
    from finance_kit.store import jobs as kept

    found = plan_access(plan_id, "view")
    job = _found(found, job_id)
    with store().session() as session:
        line = next((each for each in kept.files(session, job_id) if each.name == name), None)
        content = kept.file(session, job_id, name) if line is not None and job.state == "done" else None
    if line is None or content is None:
        abort(404)
    note(found.user, plan_id, "document.downloaded", revision=job.revision, file=line.name, sha256=line.sha256)
    return attachment(content, line.name, line.media_type)


def _asked(plan_id: str, kind: str, sent: dict[str, Any]) -> JobOut:
    found, _ = opened_plan(plan_id)
    choices, _ = read_choices(sent, lenders_of(country_of(found.document)))
    if choices is None:
        refuse(422, "lender_not_of_country", path="lender")
    if not may_see(found, choices.as_options()):
        abort(403)
    try:
        job = jobs.submit(found.user.id, plan_id, found.revision, kind, choices.as_options())
    except jobs.JobBusyError as busy:
        refuse(429, busy.code, **dict(busy.params))
    note(found.user, plan_id, "document.asked", revision=found.revision, lender=choices.lender, kind=kind)
    return _told(job)


def _found(found: PlanAccess, job_id: str) -> Any:
    job = jobs.find(found.plan.id, job_id)
    if job is None or job.kind not in _KINDS:
        abort(404)
    return job if may_see(found, job.options) else abort(403)


def _told(job: Any) -> JobOut:
    from finance_kit.store import jobs as kept

    with store().session() as session:
        lines = kept.files(session, job.id) if job.state == "done" else []
    problem = None
    if job.problem:
        failure = FinanceKitError(job.problem["code"], **job.problem.get("params", {}))
        problem = ProblemOut(code=failure.code, sentence=core(message(failure)))
    return JobOut(
        id=job.id,
        kind=job.kind,
        state=job.state,
        plan_id=job.plan_id,
        revision=job.revision,
        step=core(job.step or ""),
        problem=problem,
        page_numbers_left_out=left_out(job.options),
        files=[FileOut(name=e.name, media_type=e.media_type, size=e.size, sha256=e.sha256) for e in lines],
    )
