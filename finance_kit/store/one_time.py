"""Codes that open a door once: the key to the first account, an invitation, a new passphrase given by an administrator.

A person types them, so they are letters and digits in groups of four. Each has 118 random bits, so that a plain SHA-256
of it can be kept (OWASP ASVS 5.0, 6.5.2 asks for 112): whoever reads the database finds nothing that opens a door.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from finance_kit.store.tables_people import OneTimeCode
from finance_kit.store.upsert import changed_rows
from finance_kit.store.values import fingerprint

__all__ = ["CodeView", "Kind", "drop", "fresh_code", "issue", "of", "plain_code", "use", "works"]

Kind = Literal["first", "invitation", "reset"]

_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that are taken for another on paper: 0 and o, 1, i and l."""
_GROUPS: Final = 6
_IN_GROUP: Final = 4


@dataclass(frozen=True, slots=True)
class CodeView:
    """What is known of a code; the code itself is not. ``id`` names it in a list and opens nothing."""

    id: str
    label: str
    user_id: str | None
    made_at: datetime
    expires_at: datetime | None


def fresh_code() -> str:
    """A random code as it is shown: ``7mfk-2xqp-…``."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))


def plain_code(typed: str) -> str:
    """A code as it is compared: capitals, dashes and spaces do not matter.

    Examples
    --------
    >>> plain_code(" 7MFK-2xqp ")
    '7mfk2xqp'
    """
    return "".join(typed.lower().replace("-", "").split())


def issue(
    session: Session,
    kind: Kind,
    now: datetime,
    lasting: timedelta | None,
    *,
    user_id: str | None = None,
    label: str = "",
) -> str:
    """A new code, told this once. An earlier one of the same kind for the same person ends; ``first`` is one for all.

    Parameters
    ----------
    now : aware
    lasting : how long it works; ``None`` until it is used
    user_id : whom it is for, when they have an account
    label : whom it is for, in the words of who gave it
    """
    if kind != "invitation":
        session.execute(delete(OneTimeCode).where(OneTimeCode.kind == kind, _for(user_id)))
    code = fresh_code()
    expires = None if lasting is None else now + lasting
    session.add(
        OneTimeCode(
            code_hash=_digest(kind, code), kind=kind, user_id=user_id, label=label, made_at=now, expires_at=expires
        )
    )
    session.flush()
    return code


def works(session: Session, kind: Kind, code: str, now: datetime) -> bool:
    """Whether a code opens something now; it is not used up."""
    wanted = (OneTimeCode.code_hash == _digest(kind, code), *_in_time(now))
    return bool(session.scalar(select(func.count()).select_from(OneTimeCode).where(*wanted)))


def use(session: Session, kind: Kind, code: str, now: datetime, user_id: str | None = None) -> bool:
    """Whether a code opened something; it is used up by it, and of two who try at once one is told so."""
    wanted = (OneTimeCode.code_hash == _digest(kind, code), _for(user_id), *_in_time(now))
    return changed_rows(session, delete(OneTimeCode).where(*wanted)) == 1


def of(session: Session, kind: Kind, now: datetime) -> list[CodeView]:
    """The codes of a kind that work, the newest first."""
    found = session.scalars(
        select(OneTimeCode).where(OneTimeCode.kind == kind, *_in_time(now)).order_by(OneTimeCode.made_at.desc())
    )
    return [CodeView(row.code_hash[:22], row.label, row.user_id, row.made_at, row.expires_at) for row in found]


def drop(session: Session, kind: Kind, code_id: str) -> bool:
    """End a code by the id that a list shows; whether there was one."""
    wanted = (OneTimeCode.kind == kind, func.substr(OneTimeCode.code_hash, 1, 22) == code_id)
    return changed_rows(session, delete(OneTimeCode).where(*wanted)) == 1


def _digest(kind: str, code: str) -> str:
    return fingerprint(f"{kind}:{plain_code(code)}")


def _for(user_id: str | None) -> Any:
    return OneTimeCode.user_id.is_(None) if user_id is None else OneTimeCode.user_id == user_id


def _in_time(now: datetime) -> tuple[Any, ...]:
    return (or_(OneTimeCode.expires_at.is_(None), OneTimeCode.expires_at > now),)
