"""What the child process does: a Word file, its pages as pictures, fixes that were searched."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

from finance_kit import drafts, service, service_documents, service_fixes
from finance_kit.errors import PlanError
from finance_kit.i18n.catalog import message
from web.jobs.kinds import MadeFile, Task
from web.jobs.page_numbers import left_out

__all__ = ["DOCX", "make_fixes", "make_preview", "make_word"]

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_JSON: Final = "application/json"


def make_word(task: Task) -> list[MadeFile]:
    """The Word file."""
    return [_word(task, count_pages=not left_out(task.options))]


def make_preview(task: Task) -> list[MadeFile]:
    """The Word file, its pages as PDF and as pictures, and in ``pages.json`` why there are none, if so."""
    word = _word(task, count_pages=True)
    found = service_documents.pages_of(task.folder / word.name, task.folder, task.tell)
    files = [word]
    if found.pdf is not None:
        files.append(MadeFile(found.pdf.name, "application/pdf"))
    files += [MadeFile(picture.name, "image/png") for picture in found.pictures]
    if found.missing is not None:
        reason = {"code": found.missing.reason, "message": message(found.missing)}
        (task.folder / "pages.json").write_text(json.dumps(reason), "utf-8")
        files.append(MadeFile("pages.json", _JSON))
    return files


def make_fixes(task: Task) -> list[MadeFile]:
    """The smallest changes that would make the plan ready for a lender."""
    task.tell("Looking for changes that would help")
    plan = task.folder / "plan.yaml"
    plan.write_text(drafts.plan_text(task.document), "utf-8")
    lender = task.options.get("lender") or None
    found = service_fixes.fixes(plan, lender)
    plan.unlink()
    (task.folder / "fixes.json").write_text(json.dumps(service_fixes.fixes_as_data(found), ensure_ascii=False), "utf-8")
    return [MadeFile("fixes.json", _JSON)]


def _word(task: Task, *, count_pages: bool) -> MadeFile:
    options = task.options
    opened = _opened(task)
    path = service_documents.write_word(
        opened,
        task.folder,
        lender=str(options["lender"]),
        depth="summary" if options["depth"] == "summary" else "full",
        with_score=options["score"] is True,
        template=task.template,
        count_pages=count_pages,
        progress=task.tell,
    )
    return MadeFile(path.name, DOCX)


def _opened(task: Task) -> Any:
    """The plan, worked out as of the day on which it was asked for."""
    loaded = drafts.loaded(task.document, task.title or "plan")
    if not loaded.usable:
        raise PlanError("plan_has_errors", loaded.issues, file=task.title or "plan", count=len(loaded.errors))
    day = date.fromisoformat(str(task.options["day"])).isoformat()
    return service.Run(loaded, day, lenders=(str(task.options["lender"]),))
