"""A look at everything that is kept: pages, references, and each version of each plan against its SHA-256."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from finance_kit.errors import StoreError
from finance_kit.store.copies import problem_of
from finance_kit.store.revisions import changes_of, document_of
from finance_kit.store.service import Store
from finance_kit.store.tables_plans import PlanRow, Revision

__all__ = ["Health", "examine"]


@dataclass(frozen=True, slots=True)
class Health:
    """What was looked at, and each thing that is wrong."""

    plans: int
    versions: int
    problems: tuple[StoreError, ...]


def examine(store: Store) -> Health:
    """Look at everything; nothing is changed.

    Raises
    ------
    StoreError : the database cannot be read at all
    """
    problems = []
    if store.file is not None and (reason := problem_of(store.file)):
        problems.append(StoreError("store_copy_damaged", file=str(store.file), reason=reason))
    with store.session() as session:
        heads = {row.id: row.head for row in session.execute(select(PlanRow.id, PlanRow.head))}
        known = session.execute(select(Revision.plan_id, Revision.number).order_by(Revision.plan_id)).all()
        for plan_id, number in known:
            try:
                document_of(session, plan_id, number)
                packed = select(Revision.changes).where(Revision.plan_id == plan_id, Revision.number == number)
                changes_of(session.scalars(packed).one())
            except StoreError:
                problems.append(StoreError("version_damaged", plan=plan_id, number=number))
        newest = select(Revision.plan_id, func.max(Revision.number).label("number")).group_by(Revision.plan_id)
        counted = {row.plan_id: row.number for row in session.execute(newest)}
    problems += [
        StoreError("version_damaged", plan=plan, number=head)
        for plan, head in heads.items()
        if counted.get(plan) != head
    ]
    return Health(len(heads), len(known), tuple(problems))
