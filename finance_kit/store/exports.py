"""Which document was made from which version of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from finance_kit.store.tables_people import User
from finance_kit.store.tables_plans import Export
from finance_kit.store.values import new_id

__all__ = ["ExportLine", "of", "record"]


@dataclass(frozen=True, slots=True)
class ExportLine:
    """A document that was made; ``by`` is ``None`` for a person who left."""

    id: str
    revision: int
    kind: str
    lender: str
    file_name: str
    sha256: str
    by: str | None
    at: datetime


def record(
    session: Session,
    user_id: str | None,
    plan_id: str,
    revision: int,
    kind: str,
    lender: str,
    file_name: str,
    sha256: str,
    now: datetime,
) -> None:
    """Write down that a document was made."""
    row = Export(
        id=new_id(),
        plan_id=plan_id,
        user_id=user_id,
        revision=revision,
        kind=kind,
        lender=lender[:80],
        file_name=file_name,
        sha256=sha256,
        at=now,
    )
    session.add(row)
    session.flush()


def of(session: Session, plan_id: str, limit: int = 50) -> list[ExportLine]:
    """The documents made of a plan, those of the newest version first."""
    question = (
        select(Export, User.name)
        .outerjoin(User, User.id == Export.user_id)
        .where(Export.plan_id == plan_id)
        .order_by(Export.revision.desc(), Export.at.desc(), Export.id)
        .limit(limit)
    )
    return [
        ExportLine(row.id, row.revision, row.kind, row.lender, row.file_name, row.sha256, by, row.at)
        for row, by in session.execute(question)
    ]
