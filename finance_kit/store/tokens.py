"""Tokens of the programming interface: a secret shown once, kept as its SHA-256."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from finance_kit.errors import StoreError
from finance_kit.store.tables_people import ApiToken
from finance_kit.store.upsert import changed_rows
from finance_kit.store.values import fingerprint, new_id, secret

__all__ = ["SCOPES", "TokenLine", "TokenView", "create", "end", "end_all", "find", "of"]

SCOPES: Final = ("read", "write")


@dataclass(frozen=True, slots=True)
class TokenView:
    """Whom a token stands for, and what it may: ``read`` or ``write``."""

    user_id: str
    scope: str


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token in a list."""

    id: str
    label: str
    scope: str
    made_at: datetime
    expires_at: datetime | None


def create(
    session: Session, user_id: str, label: str, scope: str, now: datetime, expires_at: datetime | None = None
) -> tuple[TokenLine, str]:
    """A new token and its secret, which is kept nowhere.

    Raises
    ------
    StoreError : ``token_scope_unknown``
    """
    if scope not in SCOPES:
        raise StoreError("token_scope_unknown", found=scope, known=", ".join(SCOPES))
    token = secret()
    row = ApiToken(
        id=new_id(),
        token_hash=fingerprint(token),
        user_id=user_id,
        label=label[:80],
        scope=scope,
        made_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return _line(row), token


def find(session: Session, token: str, now: datetime) -> TokenView | None:
    """Whom a secret stands for; ``None`` when it is unknown or its time is over."""
    row = session.scalar(select(ApiToken).where(ApiToken.token_hash == fingerprint(token)))
    if row is None or (row.expires_at is not None and row.expires_at <= now):
        return None
    return TokenView(row.user_id, row.scope)


def of(session: Session, user_id: str) -> list[TokenLine]:
    """A person's tokens, the newest first."""
    rows = session.scalars(select(ApiToken).where(ApiToken.user_id == user_id).order_by(ApiToken.made_at.desc()))
    return [_line(row) for row in rows]


def end(session: Session, user_id: str, token_id: str) -> bool:
    """End one of a person's tokens; whether it was there."""
    return changed_rows(session, delete(ApiToken).where(ApiToken.user_id == user_id, ApiToken.id == token_id)) == 1


def end_all(session: Session, user_id: str) -> None:
    """End every token of a person."""
    session.execute(delete(ApiToken).where(ApiToken.user_id == user_id))


def _line(row: ApiToken) -> TokenLine:
    return TokenLine(row.id, row.label, row.scope, row.made_at, row.expires_at)
