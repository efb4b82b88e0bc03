"""Opening a plan file that somebody sends: looked at by its content, kept as received, mended in the form."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from finance_kit import service_upload
from finance_kit.errors import Issue, Where
from web import jobs
from web.access import plan_access, require_person
from web.documents.site import attachment, blueprint, note
from web.frame import plan_address
from web.plans.addresses import field_address
from web.plans.shown import plan_frame
from web.storage import store

__all__ = ["open_file", "open_form", "received", "received_file"]

_TYPES: Final = {"yaml": "application/yaml", "json": "application/json"}
_MOST_SHOWN: Final = 50


@blueprint.get("/open")
def open_form() -> ResponseReturnValue:
    """A page to choose a file on."""
    require_person()
    return render_template("documents/open.html", name="", issues=(), limit=service_upload.MOST_BYTES // 1024**2)


@blueprint.post("/open")
def open_file() -> ResponseReturnValue:
    """A plan from a file: also one with problems, as long as a form can mend them."""
    person = require_person()
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _refused("", (Issue("upload_none", Where()),), 400)
    with sent.stream as stream:
        content = stream.read()  # the whole request is bounded, see max_content_length
    found = service_upload.receive(content, sent.filename)
    if found.document is None:
        too_large = any(issue.code in ("upload_too_large", "file_too_large") for issue in found.issues)
        return _refused(found.name, found.issues, 413 if too_large else 422)
    plan_id = _kept(person, found, content)
    note(person, plan_id, "plan.opened_from_file", problems=len(found.issues))
    if any(issue.severity == "error" for issue in found.issues):
        return redirect(url_for("documents.received", plan_id=plan_id), 303)
    return redirect(plan_address(plan_id), 303)


@blueprint.get("/plans/<plan_id>/received")
def received(plan_id: str) -> ResponseReturnValue:
    """What was found in the file that the plan was opened from, by line and column of that file.

    It may hold what was taken out of the plan since: for those who can look into earlier versions and bring them back.
    """
    found = plan_access(plan_id, "edit")
    _, name, content = _file(plan_id)
    read = service_upload.receive(content, name)
    lines = [(issue, field_address(plan_id, found.document, issue.where.path)) for issue in read.issues[:_MOST_SHOWN]]
    return render_template("documents/received.html", **plan_frame(found, "documents"), name=name, lines=lines)


@blueprint.get("/plans/<plan_id>/received/file")
def received_file(plan_id: str) -> ResponseReturnValue:
    """The file exactly as it was received."""
    found = plan_access(plan_id, "edit")
    line, _, content = _file(plan_id)
    note(found.user, plan_id, "document.downloaded", file=line.name)
    return attachment(content, line.name, line.media_type)


def _refused(name: str, issues: Any, status: int) -> ResponseReturnValue:
    limit = service_upload.MOST_BYTES // 1024**2
    page = render_template("documents/open.html", name=name, issues=issues[:_MOST_SHOWN], limit=limit)
    return page, status


def _kept(person: Any, found: service_upload.Received, content: bytes) -> str:
    """The new plan and the file it came from, written together or not at all."""
    from finance_kit.store import jobs as kept
    from finance_kit.store import plans

    document: dict[str, Any] = found.document or {}
    title = document.get("title")
    now = datetime.now(UTC)
    with store().session() as session:
        plan = plans.create(session, person.id, document, title if isinstance(title, str) else "")
        job = kept.create(session, "received", person.id, plan.id, plan.revision, {"name": found.name}, now)
        kept.keep_file(session, job.id, f"received.{found.kind}", _TYPES[found.kind], content)
        kept.move(session, job.id, ("waiting",), "done", now)
    return str(plan.id)


def _file(plan_id: str) -> tuple[Any, str, bytes]:
    """The file that a plan was opened from: how it is kept, its name as received, its content."""
    from finance_kit.store import jobs as kept

    job = next(iter(jobs.of_plan(plan_id, ("received",))), None)
    if job is None:
        abort(404)
    with store().session() as session:
        line = next(iter(kept.files(session, job.id)), None)
        content = kept.file(session, job.id, line.name) if line is not None else None
    if line is None or content is None:
        abort(404)
    return line, str(job.options.get("name") or line.name), content
