"""The page of a plan's documents, and the page of one that is being made or was made."""

from __future__ import annotations

import json
from typing import Any, Final

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from finance_kit import service_documents, service_lenders
from web import jobs
from web.access import PlanAccess, plan_access
from web.documents.choices import Choices, country_of, lenders_of, may_see, read_choices
from web.documents.gaps import gaps, open_run
from web.documents.own_templates import templates_of
from web.documents.site import blueprint, note
from web.jobs.kinds import DOCUMENTS
from web.jobs.page_numbers import left_out
from web.plans.shown import plan_frame
from web.storage import store

__all__ = ["build", "cancel", "job_page", "job_state", "show"]

_KINDS: Final = DOCUMENTS
_GAPS: Final = "gaps"
_RECEIVED: Final = "received"
_POLL_SECONDS: Final = 2


@blueprint.get("/plans/<plan_id>/documents")
def show(plan_id: str) -> ResponseReturnValue:
    """Gaps first, then the choices, then what was made before and what can be downloaded."""
    found = plan_access(plan_id, "view")
    country = country_of(found.document)
    lenders = lenders_of(country)
    loaded, opened = open_run(found.document, found.plan.title)
    usual = {"lender": service_lenders.desk_profile(opened.plan)[0].id} if opened is not None else {}
    templates = templates_of(found.user.id)
    ids = [line.id for line in templates]
    choices, problem = read_choices(usual | request.args.to_dict(), lenders, ids)
    if choices is None and request.args:
        flash(problem, "problem")
        choices, _ = read_choices(usual, lenders)
    made = [job for job in jobs.of_plan(plan_id, _KINDS) if may_see(found, job.options)]
    return render_template(
        "documents/index.html",
        **plan_frame(found, "documents"),
        usable=opened is not None,
        country=country,
        lenders=lenders,
        choices=choices or Choices("bank_plan", "", "full"),
        gaps=gaps(plan_id, found.document, loaded.issues, opened, choices.lender if choices else ""),
        kits=service_documents.KITS,
        depths=service_documents.DEPTHS,
        made=made,
        names={line.id: line.title for line in lenders},
        loans=service_documents.loan_names(opened) if opened is not None else (),
        templates=templates,
        office=service_documents.office_is_here(),
        received=_received(plan_id) if found.may("edit") else None,
        may_score=found.may("edit"),
    )


@blueprint.post("/plans/<plan_id>/documents")
def build(plan_id: str) -> ResponseReturnValue:
    """Ask for a document to be made."""
    found = plan_access(plan_id, "view")
    own = [line.id for line in templates_of(found.user.id)]
    choices, problem = read_choices(request.form, lenders_of(country_of(found.document)), own)
    here = url_for("documents.show", plan_id=plan_id)
    kind = request.form.get("make", "word")
    if choices is not None and kind == _GAPS:
        own_one = choices.template or None
        kept = url_for("documents.show", plan_id=plan_id, lender=choices.lender, depth=choices.depth, template=own_one)
        return redirect(kept, 303)
    if choices is None or kind not in _KINDS:
        flash(problem or gettext("Choose what is to be made."), "problem")
        return redirect(here, 303)
    if not may_see(found, choices.as_options()):
        abort(403)
    _, opened = open_run(found.document, found.plan.title)
    if opened is None:
        flash(gettext("The plan still has problems that must be mended first. They are listed below."), "problem")
        return redirect(here, 303)
    try:
        job = jobs.submit(found.user.id, plan_id, found.revision, kind, choices.as_options())
    except jobs.JobBusyError as busy:
        flash(jobs.busy_words(busy), "problem")
        return redirect(here, 303)
    template = {"template": choices.template} if choices.template else {}
    note(found.user, plan_id, "document.asked", revision=found.revision, lender=choices.lender, kind=kind, **template)
    return redirect(url_for("documents.job_page", plan_id=plan_id, job_id=job.id), 303)


@blueprint.get("/plans/<plan_id>/documents/<job_id>")
def job_page(plan_id: str, job_id: str) -> ResponseReturnValue:
    """One document: being made, made, or why not."""
    found = plan_access(plan_id, "view")
    return render_template("documents/job.html", **plan_frame(found, "documents"), **_shown(found, job_id))


@blueprint.get("/plans/<plan_id>/documents/<job_id>/state")
def job_state(plan_id: str, job_id: str) -> ResponseReturnValue:
    """The changing part of that page, fetched every other second while it changes."""
    found = plan_access(plan_id, "view")
    return render_template("documents/_job.html", plan=found.plan, **_shown(found, job_id))


@blueprint.post("/plans/<plan_id>/documents/<job_id>/cancel")
def cancel(plan_id: str, job_id: str) -> ResponseReturnValue:
    """Stop making a document; whoever asked for it may, and whoever may edit the plan."""
    found = plan_access(plan_id, "view")
    job = jobs.find(plan_id, job_id) or abort(404)
    if job.user_id != found.user.id and not found.may("edit"):
        abort(403)
    if jobs.cancel(plan_id, job_id):
        flash(gettext("Stopped. Nothing was kept of it."), "done")
    return redirect(url_for("documents.job_page", plan_id=plan_id, job_id=job_id), 303)


def _shown(found: PlanAccess, job_id: str) -> dict[str, Any]:
    """What the page of a document shows."""
    from finance_kit.store import jobs as kept

    job = jobs.find(found.plan.id, job_id)
    if job is None or job.kind not in _KINDS:
        abort(404)
    if not may_see(found, job.options):
        abort(403)
    with store().session() as session:
        files = kept.files(session, job_id) if job.state == "done" else []
        reason = kept.file(session, job_id, "pages.json") if job.state == "done" else None
    lenders = {line.id: line.title for line in lenders_of(country_of(found.document))}
    return {
        "job": job,
        "open": job.state in ("waiting", "working"),
        "poll": _POLL_SECONDS,
        "newer": found.revision > job.revision,
        "word": next((each for each in files if each.name.endswith(".docx")), None),
        "pdf": next((each for each in files if each.name.endswith(".pdf")), None),
        "pictures": [each for each in files if each.name.endswith(".png")],
        "no_pictures": _why_none(job, files, reason),
        "problem": jobs.problem_words(job.problem) if job.problem else "",
        "lender": lenders.get(job.options.get("lender", ""), ""),
        "depth": service_documents.DEPTHS.get(job.options.get("depth", "full"), ""),
        "unnumbered": job.state == "done" and left_out(job.options),
        "may_again": not job.options.get("template") or job.user_id == found.user.id,
        "may_cancel": job.user_id == found.user.id or found.may("edit"),
    }


def _why_none(job: Any, files: Any, reason: bytes | None) -> str:
    """Why a preview that was made shows no pages: it could not draw them, or that is too long ago."""
    if reason:
        return str(json.loads(reason)["message"])
    drawn = any(each.name.endswith(".png") for each in files)
    if job.kind != "preview" or job.state != "done" or drawn:
        return ""
    return str(gettext("The pictures of the pages are kept for seven days. Make the preview again to see them."))


def _received(plan_id: str) -> Any:
    """The file that this plan was opened from, if it was."""
    return next(iter(jobs.of_plan(plan_id, (_RECEIVED,))), None)
