"""Tables of people: accounts and their ways in, organisations, and who did what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from finance_kit.store.base import Base, Moment

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Membership",
    "OneTimeCode",
    "Organisation",
    "RecoveryCode",
    "SignIn",
    "Try",
    "User",
]

Id = String(22)
Digest = String(64)


class User(Base):
    """A person. ``name_key`` is the name as names are compared; ``passphrase_hash`` is empty on one's own laptop."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(240), unique=True)
    passphrase_hash: Mapped[str | None] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(16))
    language: Mapped[str | None] = mapped_column(String(8))
    made_at: Mapped[datetime] = mapped_column(Moment)
    disabled_at: Mapped[datetime | None] = mapped_column(Moment)


class RecoveryCode(Base):
    """A printed code that lets a person in once when the passphrase is lost; only its SHA-256."""

    __tablename__ = "recovery_codes"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(Digest, primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Moment)


class SignIn(Base):
    """A session: what a cookie stands for. ``device`` are plain words about the browser."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(Digest, primary_key=True)
    id: Mapped[str] = mapped_column(Id, unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    device: Mapped[str] = mapped_column(String(80))


class ApiToken(Base):
    """A token of the programming interface; only its SHA-256."""

    __tablename__ = "api_tokens"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[str] = mapped_column(Digest, unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(80))
    scope: Mapped[str] = mapped_column(String(8))
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)


class OneTimeCode(Base):
    """A code that opens a door once: ``first`` account, ``invitation``, ``reset`` of a passphrase; only its SHA-256."""

    __tablename__ = "one_time_codes"

    code_hash: Mapped[str] = mapped_column(Digest, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)


class Organisation(Base):
    """A cooperative union, a programme, a class: people, and the plans that were handed to them."""

    __tablename__ = "organisations"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(Moment)


class Membership(Base):
    """A person in an organisation: ``member``, ``adviser``, ``trainer`` or ``manager``."""

    __tablename__ = "memberships"

    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime] = mapped_column(Moment)


class AuditEntry(Base):
    """Who did what with which plan, and when; never a word or figure of the plan.

    The plan's id is no reference: the note outlives the plan. A deleted person's notes lose their name.
    """

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Moment)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    plan_id: Mapped[str | None] = mapped_column(Id, index=True)
    action: Mapped[str] = mapped_column(String(40))
    details: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("ix_audit_at", "at"),)


class Try(Base):
    """A try that counts against a limit, such as a wrong passphrase; ``digest`` says of what, and to nobody else."""

    __tablename__ = "tries"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    digest: Mapped[str] = mapped_column(Digest)
    at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (Index("ix_tries_digest_at", "digest", "at"), Index("ix_tries_at", "at"))
