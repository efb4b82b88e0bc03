"""Background work on plans: who waits for what, how far it is, and the files it made.

A job goes from state to state by compare-and-set: of two who want to move it, one does. Its files are written in the
transaction in which it is done, so that there is never half a result.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from finance_kit.store.tables_plans import Job, JobFile
from finance_kit.store.upsert import changed_rows
from finance_kit.store.values import new_id, now

__all__ = [
    "KEPT",
    "FileLine",
    "JobView",
    "beat",
    "choose",
    "create",
    "drop_files",
    "file",
    "files",
    "get",
    "in_line",
    "keep_file",
    "move",
    "of",
    "stale",
    "waiting",
]

_UNFINISHED: Final = ("waiting", "working")

_AT_A_TIME: Final = 100  # of old ones: whoever asks for new work does not wait for thousands of files to go

KEPT: Final = 100
"""How many finished jobs of a kind are kept for a person, with their files: five times what a plan's page lists. Apart
by kind, so that many searches push out no document."""

_MADE_AGAIN: Final = ("word", "preview", "fixes")
"""Kinds that have this quota: what they made can be made again. A file as somebody sent it cannot, and stays."""


@dataclass(frozen=True, slots=True)
class JobView:
    """A job: ``state`` is ``waiting``, ``working``, ``done``, ``failed`` or ``cancelled``.

    ``user_id`` is ``None`` for who left.
    """

    id: str
    kind: str
    state: str
    user_id: str | None
    plan_id: str
    revision: int
    options: dict[str, Any]
    step: str
    problem: dict[str, Any] | None
    made_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file that a job made, without its content."""

    name: str
    media_type: str
    size: int
    sha256: str


def create(
    session: Session, kind: str, user_id: str, plan_id: str, revision: int, options: Mapping[str, Any], now: datetime
) -> JobView:
    """A new job that waits; for it the person's oldest finished ones beyond :data:`KEPT` go.

    Which document was made from which version stays written in the exports, and files as they were sent stay.
    """
    if kind in _MADE_AGAIN:
        _make_room(session, kind, user_id)
    number = session.scalar(select(func.max(Job.number))) or 0
    job = Job(
        id=new_id(),
        number=number + 1,
        kind=kind,
        state="waiting",
        user_id=user_id,
        plan_id=plan_id,
        revision=revision,
        options=json.dumps(dict(options), ensure_ascii=False),
        step="",
        problem=None,
        made_at=now,
        changed_at=now,
    )
    session.add(job)
    session.flush()
    return _view(job)


def _make_room(session: Session, kind: str, user_id: str) -> None:
    """Delete what a person has had made before the newest :data:`KEPT` of a kind; never what is being made."""
    finished = select(Job.id).where(Job.user_id == user_id, Job.kind == kind, Job.state.not_in(_UNFINISHED))
    older = session.scalars(finished.order_by(Job.number.desc(), Job.id).offset(KEPT).limit(_AT_A_TIME)).all()
    if older:
        session.execute(delete(Job).where(Job.id.in_(older), Job.state.not_in(_UNFINISHED)))


def get(session: Session, job_id: str) -> JobView | None:
    """The job with this id."""
    job = session.get(Job, job_id, populate_existing=True)
    return None if job is None else _view(job)


def of(session: Session, plan_id: str, kinds: Collection[str], limit: int = 20) -> list[JobView]:
    """The jobs of a plan that are of these kinds, the newest first: those of one kind push out none of another."""
    question = select(Job).where(Job.plan_id == plan_id, Job.kind.in_(kinds))
    question = question.order_by(Job.number.desc(), Job.id).limit(limit)
    return [_view(job) for job in session.scalars(question.execution_options(populate_existing=True))]


def waiting(session: Session, user_id: str | None = None) -> int:
    """How many jobs wait or are in hand, of everybody or of one person."""
    question = select(func.count()).select_from(Job).where(Job.state.in_(_UNFINISHED))
    return session.scalar(question if user_id is None else question.where(Job.user_id == user_id)) or 0


def in_line(session: Session) -> list[JobView]:
    """The jobs that nobody has taken yet, in the order in which they came."""
    question = select(Job).where(Job.state == "waiting").order_by(Job.number, Job.id)
    return [_view(job) for job in session.scalars(question.execution_options(populate_existing=True))]


def stale(session: Session, before: datetime) -> list[str]:
    """The jobs in hand of which nothing was heard since a moment."""
    return list(session.scalars(select(Job.id).where(Job.state == "working", Job.changed_at < before)))


def move(
    session: Session,
    job_id: str,
    states: Collection[str],
    to: str,
    now: datetime,
    step: str = "",
    problem: Mapping[str, Any] | None = None,
) -> bool:
    """Whether the job was in one of these states and is in the other now."""
    values = {
        "state": to,
        "changed_at": now,
        "step": step[:200],
        "problem": None if problem is None else json.dumps(dict(problem), ensure_ascii=False),
    }
    return changed_rows(session, update(Job).where(Job.id == job_id, Job.state.in_(states)).values(**values)) == 1


def beat(session: Session, job_id: str, now: datetime, step: str) -> str | None:
    """Note that the work goes on; the job's state, ``None`` when it is gone with its plan."""
    session.execute(
        update(Job).where(Job.id == job_id, Job.state == "working").values(step=step[:200], changed_at=now),
        execution_options={"synchronize_session": False},
    )
    return session.scalar(select(Job.state).where(Job.id == job_id))


def choose(session: Session, job: JobView, options: Mapping[str, Any]) -> None:
    """Keep other options with a job, if it is still in the state in which it was seen."""
    kept = json.dumps(dict(options), ensure_ascii=False)
    session.execute(
        update(Job).where(Job.id == job.id, Job.state == job.state).values(options=kept),
        execution_options={"synchronize_session": False},
    )


def keep_file(session: Session, job_id: str, name: str, media_type: str, content: bytes) -> FileLine:
    """Keep a file that a job made."""
    digest = hashlib.sha256(content).hexdigest()
    row = JobFile(
        job_id=job_id,
        name=name,
        media_type=media_type,
        size=len(content),
        sha256=digest,
        content=content,
        made_at=now(),
    )
    session.add(row)
    session.flush()
    return FileLine(name, media_type, len(content), digest)


def files(session: Session, job_id: str) -> list[FileLine]:
    """The files of a job by name."""
    question = select(JobFile.name, JobFile.media_type, JobFile.size, JobFile.sha256).where(JobFile.job_id == job_id)
    return [FileLine(*row) for row in session.execute(question.order_by(JobFile.name))]


def file(session: Session, job_id: str, name: str) -> bytes | None:
    """The content of a file of a job."""
    return session.scalar(select(JobFile.content).where(JobFile.job_id == job_id, JobFile.name == name))


def drop_files(session: Session, before: datetime, names_like: str) -> int:
    """Delete files that were made before a moment and whose name is like a pattern of SQL; how many there were."""
    return changed_rows(session, delete(JobFile).where(JobFile.made_at < before, JobFile.name.like(names_like)))


def _view(job: Job) -> JobView:
    return JobView(
        job.id,
        job.kind,
        job.state,
        job.user_id,
        job.plan_id,
        job.revision,
        json.loads(job.options),
        job.step,
        None if job.problem is None else json.loads(job.problem),
        job.made_at,
        job.changed_at,
    )
