"""Tables of plans: versions that never change, batches already saved, shares, documents, templates, work on them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from finance_kit.store.base import Base, Moment

__all__ = [
    "BROUGHT_BACK",
    "Batch",
    "Export",
    "Job",
    "JobFile",
    "PlanRow",
    "Revision",
    "Share",
    "Upkeep",
    "WordTemplate",
]

Id = String(22)
Digest = String(64)
_PLAN = "plans.id"
_USER = "users.id"
BROUGHT_BACK = "brought back"
"""The task of :class:`Upkeep` that says when an older copy of the database came in place of it."""


class PlanRow(Base):
    """A plan: whose it is, and the number of its newest version. Title and country are copies, for lists."""

    __tablename__ = "plans"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey(_USER, ondelete="CASCADE"), index=True)
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id", ondelete="SET NULL"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    country: Mapped[str | None] = mapped_column(String(2))
    head: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    binned_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (CheckConstraint("head >= 1", name="head"),)


class Revision(Base):
    """One version of a plan, never changed. ``document`` and ``changes`` are packed JSON, ``sha256`` of the document.

    ``kind`` is how it came about: ``created``, ``changed``, ``restored``; ``shows`` is the version that a restored one
    brought back, as it was when it was made first.
    """

    __tablename__ = "revisions"

    plan_id: Mapped[str] = mapped_column(ForeignKey(_PLAN, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(Digest)
    schema_version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    shows: Mapped[int | None]
    changes: Mapped[bytes] = mapped_column(LargeBinary)
    user_id: Mapped[str | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)


class Batch(Base):
    """The answer that a batch of changes got: when it comes again because the answer was lost, it gets the same."""

    __tablename__ = "batches"

    plan_id: Mapped[str] = mapped_column(ForeignKey(_PLAN, ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey(_USER, ondelete="CASCADE"), primary_key=True, index=True)
    batch: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)


class Share(Base):
    """A plan shared with a person, or with whoever has a link (``token_hash``) until it expires.

    A person has a share by name, and one for each link they came through (``through_id``): none makes another less.
    """

    __tablename__ = "shares"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey(_PLAN, ondelete="CASCADE"), index=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey(_USER, ondelete="CASCADE"), index=True)
    token_hash: Mapped[str | None] = mapped_column(Digest, unique=True)
    through_id: Mapped[str | None] = mapped_column(ForeignKey("shares.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (token_hash IS NULL)", name="person_or_link"),
        CheckConstraint("token_hash IS NULL OR expires_at IS NOT NULL", name="links_expire"),
        Index(
            "uq_shares_plan_id_user_id",
            "plan_id",
            "user_id",
            unique=True,
            sqlite_where=text("through_id IS NULL"),
            postgresql_where=text("through_id IS NULL"),
        ),
        Index("uq_shares_through_id_user_id", "through_id", "user_id", unique=True),
    )


class Job(Base):
    """Background work on a plan: ``waiting``, ``working``, then ``done``, ``failed`` or ``cancelled``.

    What was made stays with the plan when the person who asked for it leaves.
    """

    __tablename__ = "jobs"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16), index=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"), index=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey(_PLAN, ondelete="CASCADE"), index=True)
    revision: Mapped[int]
    options: Mapped[str] = mapped_column(Text)
    step: Mapped[str] = mapped_column(String(200))
    problem: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)


class JobFile(Base):
    """A file that a job made, whole, in the same database as the plan: copied with it, gone with it."""

    __tablename__ = "job_files"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(Digest)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Moment)


class WordTemplate(Base):
    """A Word file that a person supplied to have their plans written in; ``name`` is what they call it."""

    __tablename__ = "word_templates"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey(_USER, ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(Digest)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Moment)


class Export(Base):
    """Which document was made from which version, so that a lender's question about a figure can be answered."""

    __tablename__ = "exports"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey(_PLAN, ondelete="CASCADE"), index=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"), index=True)
    revision: Mapped[int]
    kind: Mapped[str] = mapped_column(String(32))
    lender: Mapped[str] = mapped_column(String(80))
    file_name: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(Digest)
    at: Mapped[datetime] = mapped_column(Moment)


class Upkeep(Base):
    """When a regular task was last done."""

    __tablename__ = "upkeep"

    task: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
