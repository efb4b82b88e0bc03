"""Word templates of one's own: sent in, tried at once, listed, fetched again, removed. Each person sees theirs only."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime
from typing import Any, Final

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from finance_kit import service_documents, service_upload
from finance_kit.errors import FinanceKitError, StoreError, TemplateError
from web.access import require_person
from web.documents.site import attachment, blueprint, note
from web.jobs.making import DOCX
from web.storage import store
from web.words import sentence

__all__ = ["add", "own_file", "remove", "shipped", "show_templates", "templates_of"]

_SHIPPED_NAME: Final = "finance-kit_bank-plan-template.docx"
_PLAN: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")
_LONGEST_NAME: Final = 60
_TRYING: Final = threading.BoundedSemaphore(2)
"""Templates that are tried at one moment: each takes a process of its own, for seconds at most."""
_PATIENCE: Final = 5.0  # seconds that a request may wait for its turn


@blueprint.get("/templates")
def show_templates() -> ResponseReturnValue:
    """One's own templates, the one to begin from, and what a template may hold."""
    return _page(None)


@blueprint.get("/templates/shipped")
def shipped() -> ResponseReturnValue:
    """The template of the package, to be restyled in Word."""
    require_person()
    return attachment(service_documents.shipped_template(), _SHIPPED_NAME, DOCX)


@blueprint.post("/templates")
def add() -> ResponseReturnValue:
    """Take a template in, if a plan can be written in it."""
    from finance_kit.store import word_templates

    person = require_person()
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _page(TemplateError("template_none")), 400
    with sent.stream as stream:
        content = stream.read()  # the whole request is bounded, see max_content_length
    name = service_upload.shown_name(sent.filename)[-_LONGEST_NAME:]
    if not _TRYING.acquire(timeout=_PATIENCE):
        return _page(TemplateError("template_busy")), 503
    try:
        service_documents.try_template(name, content)
    except TemplateError as refused:
        return _page(refused), 413 if refused.code == "template_too_large" else 422
    finally:
        _TRYING.release()
    try:
        with store().session() as session:
            line = word_templates.add(session, person.id, name, content, datetime.now(UTC))
    except StoreError as full:
        if full.code != "template_too_many":
            raise
        return _page(full), 409
    note(person, None, "template.added", template=line.id, size=line.size, sha256=line.sha256)
    flash(gettext("“%(name)s” can be used: choose it where you make a document.", name=line.name), "done")
    return redirect(url_for("documents.show_templates", plan=_plan(), added=line.id), 303)


@blueprint.get("/templates/<template_id>")
def own_file(template_id: str) -> ResponseReturnValue:
    """A template of one's own as it was sent."""
    from finance_kit.store import word_templates

    person = require_person()
    with store().session() as session:
        content = word_templates.content(session, person.id, template_id)
    return attachment(content, "word-template.docx", DOCX) if content is not None else abort(404)


@blueprint.post("/templates/<template_id>/remove")
def remove(template_id: str) -> ResponseReturnValue:
    """Delete a template of one's own; documents that were made with it stay."""
    from finance_kit.store import word_templates

    person = require_person()
    with store().session() as session:
        gone = word_templates.remove(session, person.id, template_id)
    if not gone:
        abort(404)
    note(person, None, "template.removed", template=template_id)
    flash(gettext("Removed. Documents that were made with it stay."), "done")
    return redirect(url_for("documents.show_templates", plan=_plan()), 303)


def templates_of(user_id: str) -> list[Any]:
    """The templates of a person, the newest first."""
    from finance_kit.store import word_templates

    with store().session() as session:
        return list(word_templates.of(session, user_id))


def _page(problem: FinanceKitError | None) -> str:
    from finance_kit.store.word_templates import MOST

    return render_template(
        "documents/own_templates.html",
        lines=templates_of(require_person().id),
        problem=sentence(problem) if problem else "",
        most=MOST,
        limit=service_documents.TEMPLATE_BYTES // 1024**2,
        tags=service_documents.TEMPLATE_TAGS,
        plan_id=_plan(),
        added=request.args.get("added", "")[:40],
    )


def _plan() -> str | None:
    """The plan from whose documents somebody came, to lead back to; whether they may see it is asked there."""
    found = request.values.get("plan", "")
    return found if _PLAN.fullmatch(found) else None
