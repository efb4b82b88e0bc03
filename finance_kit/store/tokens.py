"""Tokens of the programming interface: a person's own, limited in what they may do and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from finance_kit.store import keys, users

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["TokenView", "create", "find", "of", "revoke"]


@dataclass(frozen=True)
class TokenView:
    """Who a token speaks for. ``scope`` is ``read`` or ``write``."""

    user_id: str
    scope: str


def create(session: Session, user_id: str, label: str, scope: str, days: int, now: datetime) -> str:
    """A new token; only its digest is kept, so that it can be shown this once."""
    return keys.new_secret(session, user_id, label, scope, days, now)


def find(session: Session, token: str, now: datetime) -> TokenView | None:
    """Who a token speaks for, or ``None`` when it has ended, was taken back, or its person's account is closed."""
    key = keys.find(session, ("token",), token, now)
    if key is None or key.user_id is None or users.get(session, key.user_id) is None:
        return None
    return TokenView(key.user_id, key.role)


def of(session: Session, user_id: str, now: datetime) -> list[keys.Key]:
    """The tokens of a person that work."""
    return keys.of(session, "token", now, user_id=user_id)


def revoke(session: Session, user_id: str, token_id: str, now: datetime) -> bool:
    """Take a token of this person back; whether there was one."""
    return keys.revoke(session, token_id, now, kind="token", user_id=user_id)
