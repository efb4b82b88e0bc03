"""Versions as they are written and read: whole documents that never change, each known by its SHA-256."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from finance_kit.drafts import Change
from finance_kit.errors import StoreError
from finance_kit.plan.schema import SCHEMA_VERSION
from finance_kit.plan.yaml_characters import FORBIDDEN
from finance_kit.store.plan_views import SEEN
from finance_kit.store.tables_plans import PlanRow, Revision
from finance_kit.store.values import canonical, digest, packed, unpacked

__all__ = [
    "add_revision",
    "changed_since",
    "changes_of",
    "document_of",
    "label",
    "mark_of",
    "sum_of",
    "version_of",
    "written",
]

_NEEDED: Final = object()
_LONGEST_TITLE: Final = 120
_COUNTRIES: Final = frozenset({"KH", "MM", "TH", "VN"})


def add_revision(
    session: Session,
    plan: PlanRow,
    number: int,
    document: dict[str, Any],
    kind: str,
    changes: Sequence[Change],
    user_id: str,
    at: datetime,
    shows: int | None = None,
) -> str:
    """Write a version; two of one number cannot both be written. The SHA-256 of its document is given back."""
    version = written(document, kind, changes, user_id, at)
    session.execute(insert(Revision).values(plan_id=plan.id, number=number, shows=shows, **version))
    sha256: str = version["sha256"]
    return sha256


def written(
    document: dict[str, Any], kind: str, changes: Sequence[Change], user_id: str, at: datetime
) -> dict[str, Any]:
    """A version as its row holds it, but for plan and number: what takes time can be done before anybody has to wait.

    Raises
    ------
    DraftError : ``draft_too_large``
    """
    text = canonical(document)
    version = document.get("schema_version")
    return {
        "document": packed(text),
        "sha256": digest(text),
        "schema_version": version if type(version) is int and 0 < version < 1_000 else SCHEMA_VERSION,
        "kind": kind,
        "changes": packed(json.dumps([change.data() for change in changes], ensure_ascii=False)),
        "user_id": user_id,
        "at": at,
    }


def mark_of(session: Session, plan_id: str, number: int) -> str:
    """What tells a version from another one of its number, as there is after an older copy came back; empty: none."""
    return sum_of(session, plan_id, number)[:SEEN]


def sum_of(session: Session, plan_id: str, number: int) -> str:
    """The SHA-256 of a version's document; empty: there is no such version."""
    named = (Revision.plan_id == plan_id, Revision.number == number)
    return session.scalar(select(Revision.sha256).where(*named)) or ""


def changed_since(session: Session, plan_id: str, number: int, user_id: str) -> bool:
    """Whether a person wrote a version of a plan that is newer than this one."""
    written = (Revision.plan_id == plan_id, Revision.number > number, Revision.user_id == user_id)
    return session.scalar(select(Revision.number).where(*written).limit(1)) is not None


def document_of(session: Session, plan_id: str, number: int, missing: Any = _NEEDED) -> Any:
    """The document of a version.

    Parameters
    ----------
    missing : what to give back when there is no such version

    Raises
    ------
    StoreError : ``store_damaged``, the version is not what was written, or is gone though it is needed
    """
    found = version_of(session, plan_id, number)
    if found is not None:
        return found[0]
    if missing is _NEEDED:
        raise StoreError("store_damaged")
    return missing


def version_of(session: Session, plan_id: str, number: int) -> tuple[dict[str, Any], str] | None:
    """The document of a version and its SHA-256; ``None`` when there is no such version.

    Raises
    ------
    StoreError : ``store_damaged``, the version is not what was written
    """
    found = session.execute(
        select(Revision.document, Revision.sha256).where(Revision.plan_id == plan_id, Revision.number == number)
    ).first()
    return (json.loads(unpacked(found.document, found.sha256)), found.sha256) if found is not None else None


def changes_of(content: bytes) -> list[Change]:
    """The changes that a version was made by."""
    return [Change(**change) for change in json.loads(unpacked(content))]


def label(document: dict[str, Any], otherwise: str = "") -> tuple[str, str | None]:
    """Title and country of a plan for lists; what a person typed is shown on one line, without hidden characters."""
    title = document.get("title")
    text = title if isinstance(title, str) and title.strip() else otherwise
    shown = " ".join(FORBIDDEN.sub(" ", text).split())[:_LONGEST_TITLE]
    cluster = document.get("cluster")
    country = cluster.get("country") if isinstance(cluster, dict) else None
    return shown, country if isinstance(country, str) and country in _COUNTRIES else None
