"""All of a person's data: taken out as files that any program reads, and deleted for good."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from finance_kit import drafts
from finance_kit.store import audit, exports, organisations, sessions, shares, tokens, word_templates
from finance_kit.store.revisions import document_of
from finance_kit.store.tables_people import User
from finance_kit.store.tables_plans import PlanRow
from finance_kit.store.versions import versions

__all__ = ["delete_all", "take_out"]

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_READ_ME: Final = """\
Everything that Finance Kit keeps about you.

account.json      your account, sessions, tokens (never their secrets), organisations, and what you did
plans/NN.yaml     each of your plans as a plan file that Finance Kit opens; plans in the bin as well
plans/NN.json     the same as JSON, with the lists of versions, of documents made, of people who may see it and
                  of what was done with it
templates/NN.docx the Word templates that you sent; account.json says what you call them

Plans that others shared with you belong to them and are not here.
"""


def take_out(session: Session, user_id: str) -> bytes:
    """A zip file of everything that is kept about a person. Names in it are ours; no title becomes a path.

    Raises
    ------
    StoreError : ``store_damaged``, a plan is not what was written
    """
    plans = session.scalars(select(PlanRow).where(PlanRow.owner_id == user_id).order_by(PlanRow.made_at, PlanRow.id))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "README.txt", _READ_ME)
        _put(archive, "account.json", _json(_account(session, user_id)))
        for number, plan in enumerate(plans, 1):
            document = document_of(session, plan.id, plan.head)
            _put(archive, f"plans/{number:02}.yaml", drafts.plan_text(document))
            _put(archive, f"plans/{number:02}.json", _json(_plan(session, user_id, plan, document)))
        for number, line in enumerate(word_templates.of(session, user_id), 1):
            kept = word_templates.content(session, user_id, line.id)
            _put(archive, f"templates/{number:02}.docx", kept or b"")
    return buffer.getvalue()


def delete_all(session: Session, user_id: str) -> None:
    """Delete a person with every plan and Word template of theirs, at once and for good.

    What they changed in plans of others stays there, without their name. Copies of the database that were made before
    keep what they hold until they are thrown away, 14 days later by default.
    """
    session.execute(delete(PlanRow).where(PlanRow.owner_id == user_id))
    session.execute(delete(User).where(User.id == user_id))


def _account(session: Session, user_id: str) -> dict[str, Any]:
    user = session.get_one(User, user_id)
    return {
        "name": user.name,
        "role": user.role,
        "language": user.language,
        "made_at": user.made_at.isoformat(),
        "sessions": [
            {"started_at": each.started_at.isoformat(), "seen_at": each.seen_at.isoformat(), "device": each.device}
            for each in sessions.of(session, user_id)
        ],
        "tokens": [
            {"label": each.label, "scope": each.scope, "made_at": each.made_at.isoformat()}
            for each in tokens.of(session, user_id)
        ],
        "templates": [
            {"name": each.name, "made_at": each.made_at.isoformat(), "sha256": each.sha256}
            for each in word_templates.of(session, user_id)
        ],
        "organisations": [{"name": each.name, "role": each.role} for each in organisations.of(session, user_id)],
        "done": [
            {"at": each.at.isoformat(), "action": each.action, "plan": each.plan_id, **each.details}
            for each in audit.of_user(session, user_id, limit=100_000)
        ],
    }


def _plan(session: Session, user_id: str, plan: PlanRow, document: dict[str, Any]) -> dict[str, Any]:
    history = [] if plan.binned_at is not None else versions(session, plan.id, user_id, limit=100_000)
    return {
        "id": plan.id,
        "title": plan.title,
        "made_at": plan.made_at.isoformat(),
        "changed_at": plan.changed_at.isoformat(),
        "in_bin_since": None if plan.binned_at is None else plan.binned_at.isoformat(),
        "plan": drafts.plain(document),
        "versions": [
            {"number": each.number, "kind": each.kind, "by": each.by, "at": each.at.isoformat(), "fields": each.paths}
            for each in history
        ],
        "documents": [
            {"version": each.revision, "lender": each.lender, "file": each.file_name, "sha256": each.sha256}
            for each in exports.of(session, plan.id, limit=100_000)
        ],
        "shared_with": [
            {
                "name": each.name,  # nobody's where it is a link
                "role": each.role,
                "since": each.made_at.isoformat(),
                "until": None if each.expires_at is None else each.expires_at.isoformat(),
            }
            for each in ([] if plan.binned_at is not None else shares.of_plan(session, plan.id, user_id))
        ],
        "done": [
            {"at": each.at.isoformat(), "by": each.by, "action": each.action, **each.details}
            for each in audit.of_plan(session, plan.id, limit=100_000)
        ],
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _put(archive: zipfile.ZipFile, name: str, content: str | bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content.encode("utf-8") if isinstance(content, str) else content)
