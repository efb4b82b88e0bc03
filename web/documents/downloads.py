"""Files that go out: finished documents, the plan as YAML, its figures as JSON, its loans as workbook or CSV."""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from flask import abort
from flask.typing import ResponseReturnValue

from finance_kit import drafts, service, service_documents
from web import jobs, working
from web.access import PlanAccess, plan_access
from web.documents.choices import may_see
from web.documents.site import attachment, blueprint, inline_picture, note
from web.jobs.kinds import DOCUMENTS
from web.storage import store

__all__ = ["figures_json", "job_file", "loan_file", "plan_yaml"]

_LOAN_TYPES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@blueprint.get("/plans/<plan_id>/documents/<job_id>/files/<name>")
def job_file(plan_id: str, job_id: str, name: str) -> ResponseReturnValue:
    """A file of a finished document; the pictures of its pages are shown, all else is saved."""
    from finance_kit.store import jobs as kept

    found = plan_access(plan_id, "view")
    job = jobs.find(plan_id, job_id)
    if job is None or job.state != "done" or job.kind not in DOCUMENTS:
        abort(404)
    if not may_see(found, job.options):
        abort(403)
    with store().session() as session:
        line = next((each for each in kept.files(session, job_id) if each.name == name), None)
        content = kept.file(session, job_id, name) if line is not None else None
    if line is None or content is None:
        abort(404)
    if line.media_type == "image/png":
        return inline_picture(content)
    note(found.user, plan_id, "document.downloaded", revision=job.revision, file=line.name, sha256=line.sha256)
    return attachment(content, line.name, line.media_type)


@blueprint.get("/plans/<plan_id>/plan.yaml")
def plan_yaml(plan_id: str) -> ResponseReturnValue:
    """The plan as a file, which can be opened again here or on the command line; it needs not to be complete."""
    found = plan_access(plan_id, "view")
    note(found.user, plan_id, "plan.downloaded", revision=found.revision, kind="yaml")
    content = drafts.plan_text(found.document).encode()
    return attachment(content, _name(found, "plan", "yaml"), "application/yaml")


@blueprint.get("/plans/<plan_id>/figures.json")
def figures_json(plan_id: str) -> ResponseReturnValue:
    """Every figure of the plan, for other programs; a plan that cannot be calculated has none."""
    found, opened = _opened(plan_id)
    note(found.user, plan_id, "plan.downloaded", revision=found.revision, kind="json")
    content = json.dumps(service.as_json(opened), ensure_ascii=False, allow_nan=False, indent=1).encode()
    return attachment(content, _name(found, "figures", "json"), "application/json")


@blueprint.get("/plans/<plan_id>/loans/<int:number>.<kind>")
def loan_file(plan_id: str, number: int, kind: str) -> ResponseReturnValue:
    """The schedule of one of the plan's loans, counted from 1."""
    found, opened = _opened(plan_id)
    if kind not in _LOAN_TYPES or not 1 <= number <= len(service_documents.loan_names(opened)):
        abort(404)
    with tempfile.TemporaryDirectory(prefix="finance-kit-loan-") as scratch:
        made = service_documents.write_loan_file(opened, number - 1, kind, Path(scratch))
        content, name = made.read_bytes(), made.name
    note(found.user, plan_id, "plan.downloaded", revision=found.revision, kind=kind, loan=number)
    return attachment(content, name, _LOAN_TYPES[kind])


def _opened(plan_id: str) -> tuple[PlanAccess, Any]:
    """A plan that can be calculated; there are no figures of any other."""
    found = plan_access(plan_id, "view")
    run = working.opened(found).run
    return (found, run) if run is not None else abort(404)


def _name(found: PlanAccess, what: str, ending: str) -> str:
    cluster = found.document.get("cluster")
    name = cluster.get("name") if isinstance(cluster, dict) else None
    day = datetime.now().astimezone().date().isoformat()
    shown = name if isinstance(name, str) and name.strip() else found.plan.title
    return service_documents.document_name(str(shown or ""), what, day, ending)
