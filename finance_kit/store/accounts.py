"""Accounts: names, passphrase hashes, roles, and whether they are open. What a passphrase must be is not known here."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from finance_kit.store.names import name_key
from finance_kit.store.tables import users

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = [
    "Account",
    "by_name",
    "count",
    "create",
    "disable",
    "enable",
    "every",
    "get",
    "is_last_administrator",
    "passphrase_of",
    "set_passphrase",
    "set_role",
]


@dataclass(frozen=True)
class Account:
    """An account as sign-in and administration need it; ``passphrase`` is the hash and left out of every print."""

    id: str
    name: str
    role: str
    disabled: bool
    made_at: datetime
    passphrase: str | None = None

    def __repr__(self) -> str:
        return f"Account(id={self.id!r}, role={self.role!r}, disabled={self.disabled})"


def create(session: Session, name: str, passphrase: str, role: str, now: datetime) -> Account | None:
    """A new account, or ``None`` when the name is taken, in whatever spelling."""
    made = {"id": secrets.token_urlsafe(16), "name": name, "role": role, "made_at": now}
    try:
        with session.begin_nested():
            session.execute(
                insert(users).values(**made, name_key=name_key(name), passphrase=passphrase, language="en")
            )
    except IntegrityError:
        return None
    return Account(made["id"], name, role, False, now)  # type: ignore[arg-type]


def count(session: Session) -> int:
    """How many accounts there are; the one person of a laptop has none."""
    return int(session.execute(select(func.count()).select_from(users).where(users.c.passphrase.is_not(None))).scalar_one())


def by_name(session: Session, name: str) -> Account | None:
    """The account of a name as somebody typed it."""
    return _one(session, users.c.name_key == name_key(name))


def get(session: Session, user_id: str) -> Account | None:
    """The account of an id, closed ones too."""
    return _one(session, users.c.id == user_id)


def every(session: Session) -> list[Account]:
    """All accounts in the order of their names."""
    found = session.execute(select(users).where(users.c.passphrase.is_not(None)).order_by(users.c.name_key))
    return [_account(row) for row in found]


def passphrase_of(session: Session, user_id: str) -> str | None:
    """The hash that is kept for a person."""
    found = _one(session, users.c.id == user_id)
    return found.passphrase if found is not None else None


def set_passphrase(session: Session, user_id: str, passphrase: str) -> None:
    """Keep another hash."""
    session.execute(update(users).where(users.c.id == user_id).values(passphrase=passphrase))


def set_role(session: Session, user_id: str, role: str) -> None:
    """Make somebody an administrator, or not any more."""
    session.execute(update(users).where(users.c.id == user_id).values(role=role))


def disable(session: Session, user_id: str, now: datetime) -> None:
    """Close an account."""
    session.execute(update(users).where(users.c.id == user_id).values(disabled_at=now))


def enable(session: Session, user_id: str) -> None:
    """Open it again."""
    session.execute(update(users).where(users.c.id == user_id).values(disabled_at=None))


def is_last_administrator(session: Session, user_id: str) -> bool:
    """Whether nobody else administers this installation."""
    able = select(users.c.id).where(users.c.role == "administrator", users.c.disabled_at.is_(None))
    return set(session.execute(able).scalars()) == {user_id}


def _one(session: Session, condition: Any) -> Account | None:
    row = session.execute(select(users).where(condition, users.c.passphrase.is_not(None))).one_or_none()
    return _account(row) if row is not None else None


def _account(row: Any) -> Account:
    return Account(row.id, row.name, row.role, row.disabled_at is not None, row.made_at, row.passphrase)
