"""The one way to save changes of a plan: merged into the newest version, one new version, all in one transaction.

The plan's row is locked by the first statement that writes, so that two who save at once do so one after the other. The
new version is put in only if the newest one is still the one that was merged with; a lost race is run again. A batch
that was saved before gets its first answer again. Nothing is saved before the transaction around this is committed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from finance_kit.drafts import Change, Merged, difference, merge, plain
from finance_kit.drafts.changes import MOST_CHANGES
from finance_kit.errors import DraftError, StoreError
from finance_kit.store.plan_views import SEEN, Conflicted, ConflictView, PlanView, Saved
from finance_kit.store.revisions import add_revision, changes_of, document_of, label, mark_of, sum_of, written
from finance_kit.store.roles import CHANGES, permitted
from finance_kit.store.tables_people import User
from finance_kit.store.tables_plans import Batch, PlanRow, Revision
from finance_kit.store.upsert import changed_rows, put_if_missing
from finance_kit.store.values import now, packed, unpacked

__all__ = ["lock", "move_head", "save"]

_TRIES: Final = 5
_LONGEST_BATCH: Final = 64


def save(
    session: Session,
    plan_id: str,
    user_id: str,
    base: int,
    batch: str,
    changes: Sequence[Change | Mapping[str, Any]],
    *,
    seen: str = "",
    whole: bool = False,
    known: PlanView | None = None,
) -> Saved | Conflicted:
    """Bring changes into a plan as one new version.

    Parameters
    ----------
    base : number of the version that the changes were made to
    seen : the mark of that version, as the plan's view or the last answer gave it; empty when it is not known, as of
        pages from before there were marks, and then the number alone decides
    batch : random name that the sender gives to these changes, at most 64 characters
    changes : in the order in which they were made
    whole : the changes only make sense together: a conflict in one leaves all of them out
    known : the plan as this person read it a moment ago, unaltered. The owner's changes to its version are merged with
        it before anything is locked; else its document at least is not read again if no other version came since

    Returns
    -------
    :class:`Saved`, or :class:`Conflicted` when others changed some of the fields since ``base``; then everything but
    these fields was saved (nothing, if ``whole``). Either is true once the transaction is committed

    Raises
    ------
    DraftError : the changes do not fit the plan, ``draft_base_unknown``, ``draft_batch``, ``draft_batch_reused``,
        ``draft_too_many_changes``, ``draft_too_large``; nothing was saved
    StoreError : ``plan_not_found``, it is not there or not this person's to change; ``store_busy``
    """
    wanted = _checked(base, batch, changes)
    content = _content(base, wanted)
    if known is not None and _is_usual(known, plan_id, user_id, base, seen):
        saved = _saved_at_once(session, known, batch, wanted, content)
        if saved is not None:
            return saved
    for _ in range(_TRIES):
        lock(session, plan_id)
        plan = permitted(session, plan_id, user_id, *CHANGES)
        before = session.get(Batch, (plan_id, user_id, batch))
        if before is not None:
            return _answered(before, content)
        newest = sum_of(session, plan_id, plan.head)
        mark = newest[:SEEN] if base == plan.head else mark_of(session, plan_id, base)
        if base > plan.head or (seen and seen != mark):
            raise DraftError("draft_base_unknown", path="", base=base, head=plan.head)
        same = known is not None and (known.id, known.revision, known.sha256) == (plan_id, plan.head, newest)
        head = known.document if known is not None and same else document_of(session, plan_id, plan.head)
        answer = _brought_in(session, plan, user_id, base, wanted, head, newest[:SEEN], whole=whole)
        if answer is not None:
            session.execute(
                insert(Batch).values(
                    plan_id=plan_id, user_id=user_id, batch=batch, answer=_packed(answer, content), at=answer.saved_at
                )
            )
            return answer
    raise StoreError("store_busy")


def _is_usual(known: PlanView, plan_id: str, user_id: str, base: int, seen: str) -> bool:
    """Whether the owner saves changes to the very version that was just read, as nearly always."""
    return (known.id, known.owner_id, known.revision) == (plan_id, user_id, base) and seen in ("", known.seen)


def _saved_at_once(session: Session, known: PlanView, batch: str, changes: list[Change], content: str) -> Saved | None:
    """The usual save, all of it made ready before the lock is taken; ``None``, nothing written, where it is another."""
    merged = merge(known.document, known.document, changes)
    if not merged.applied or merged.conflicts:
        return None
    user_id, at = known.owner_id, now()
    version = written(merged.document, "changed", merged.applied, user_id, at)
    title, country = label(merged.document, known.title)
    answer = Saved(known.revision + 1, at, seen=version["sha256"][:SEEN])
    as_read = (Revision.plan_id == known.id, Revision.number == known.revision, Revision.sha256 == known.sha256)
    moved = update(PlanRow).where(
        PlanRow.id == known.id,
        PlanRow.head == known.revision,
        PlanRow.owner_id == user_id,
        PlanRow.binned_at.is_(None),
        select(Revision.number).where(*as_read).exists(),
    )
    values = {"head": answer.revision, "changed_at": at, "title": title, "country": country}
    # The batch comes first: who sends one twice at the same moment waits here, and then finds it.
    named = {"plan_id": known.id, "user_id": user_id, "batch": batch}
    if not put_if_missing(session, Batch, **named, answer=_packed(answer, content), at=at):
        return None
    if changed_rows(session, moved.values(**values)) != 1:
        session.execute(delete(Batch).filter_by(**named))
        return None
    session.execute(insert(Revision).values(plan_id=known.id, number=answer.revision, **version))
    return answer


def lock(session: Session, plan_id: str) -> None:
    """Let nobody else save this plan until the transaction ends (SQLite: any plan)."""
    session.execute(
        update(PlanRow).where(PlanRow.id == plan_id).values(head=PlanRow.head),
        execution_options={"synchronize_session": False},
    )


def move_head(session: Session, plan: PlanRow, document: dict[str, Any], at: datetime) -> bool:
    """Make the next version the newest; ``False`` when another one became it meanwhile."""
    title, country = label(document, plan.title)
    moved = update(PlanRow).where(PlanRow.id == plan.id, PlanRow.head == plan.head)
    values = {"head": plan.head + 1, "changed_at": at, "title": title, "country": country}
    return changed_rows(session, moved.values(**values)) == 1


def _checked(base: int, batch: str, changes: Sequence[Change | Mapping[str, Any]]) -> list[Change]:
    """The changes, each with line ends and row names put right."""
    if type(base) is not int or base < 1:
        raise DraftError("draft_base_unknown", path="", base=str(base)[:20])
    if not 0 < len(batch) <= _LONGEST_BATCH or not batch.isascii() or not batch.isprintable():
        raise DraftError("draft_batch", path="")
    if len(changes) > MOST_CHANGES:
        raise DraftError("draft_too_many_changes", path="", count=len(changes), limit=MOST_CHANGES)
    return [change.checked() if isinstance(change, Change) else Change.of(change) for change in changes]


def _brought_in(
    session: Session,
    plan: PlanRow,
    user_id: str,
    base: int,
    changes: list[Change],
    head: dict[str, Any],
    mark: str,
    *,
    whole: bool,
) -> Saved | Conflicted | None:
    """The answer to changes that are merged into the newest version and written; ``None`` when the race was lost."""
    begun = head if base == plan.head else document_of(session, plan.id, base)
    merged = merge(begun, head, changes)
    others = tuple(difference(begun, head)) if base != plan.head else ()
    at, revision = now(), plan.head
    if merged.applied and not (whole and merged.conflicts):
        if not move_head(session, plan, merged.document, at):
            return None
        revision = plan.head + 1
        sha256 = add_revision(session, plan, revision, merged.document, "changed", merged.applied, user_id, at)
        mark = sha256[:SEEN]
    if not merged.conflicts:
        return Saved(revision, at, others, seen=mark)
    return Conflicted(revision, at, _with_names(session, plan, base, merged), others, seen=mark)


def _with_names(session: Session, plan: PlanRow, base: int, merged: Merged) -> tuple[ConflictView, ...]:
    """Each conflict with the person who changed the field last, and when."""
    since = session.execute(
        select(Revision.changes, Revision.at, User.name)
        .outerjoin(User, User.id == Revision.user_id)
        .where(Revision.plan_id == plan.id, Revision.number > base, Revision.number <= plan.head)
        .order_by(Revision.number.desc())
    ).all()
    touched = [({change.path for change in changes_of(row.changes)}, row.name, row.at) for row in since]
    views = []
    for conflict in merged.conflicts:
        found = next(((by, at) for paths, by, at in touched if _touches(paths, conflict.path)), (None, None))
        views.append(ConflictView(conflict, *found))
    return tuple(views)


def _touches(paths: set[str], path: str) -> bool:
    return any(path == each or path.startswith(f"{each}/") or each.startswith(f"{path}/") for each in paths)


def _content(base: int, changes: Sequence[Change]) -> str:
    """What a batch holds, as a short sum; names of rows are left out, since rows that came without one get new ones."""
    told = [base, [{key: plain([value]) for key, value in change.data().items()} for change in changes]]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode("ascii")).hexdigest()


def _packed(answer: Saved | Conflicted, content: str) -> bytes:
    return packed(json.dumps({**answer.data(), "content": content}, ensure_ascii=False))


def _answered(known: Batch, content: str) -> Saved | Conflicted:
    """The first answer to a batch that came again; other changes under its name must not look as if they were saved."""
    data = json.loads(unpacked(known.answer))
    if data.get("content", content) != content:
        raise DraftError("draft_batch_reused", path="")
    return Conflicted.of(data).repeated() if "conflicts" in data else Saved.of(data).repeated()
