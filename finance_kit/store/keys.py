"""Secrets that are handed out once and kept only as a digest: recovery codes, invitations, links, tokens.

Each has at least 120 random bits, so that a plain SHA-256 of it can be kept (OWASP ASVS 5.0, 6.5.2): whoever reads the
database finds nothing that opens a door.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import delete, insert, or_, select, update

from finance_kit.store.tables import keys

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = [
    "Key",
    "Kind",
    "digest",
    "end_all",
    "find",
    "new_code",
    "new_link",
    "new_recovery_codes",
    "new_secret",
    "of",
    "revoke",
    "use",
]

Kind = Literal["first", "invitation", "reset", "recovery", "link", "token"]

RECOVERY_CODES: Final = 10
_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that are taken for another on paper: 0 and o, 1, i and l."""
_GROUPS, _IN_GROUP = 6, 4
_OFTEN: Final = ("link", "token")
"""Kinds that may be used more than once."""


@dataclass(frozen=True)
class Key:
    """What is known of a secret; the secret itself is not.

    ``role`` is what it gives: a role in a plan for a link, the scope of a token.
    """

    id: str
    kind: str
    user_id: str | None
    plan_id: str | None
    role: str
    label: str
    by_id: str | None
    made_at: datetime
    expires_at: datetime | None


def new_code(
    session: Session,
    kind: Kind,
    now: datetime,
    *,
    expires: datetime | None,
    user_id: str | None = None,
    by_id: str | None = None,
    label: str = "",
) -> str:
    """A code that a person types, in groups of four letters and digits. A new one for the same person ends the last."""
    if user_id is not None:
        _end(session, now, keys.c.kind == kind, keys.c.user_id == user_id)
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))
    _keep(session, kind, code, now, expires, user_id=user_id, by_id=by_id, label=label)
    return code


def new_recovery_codes(session: Session, user_id: str, now: datetime) -> list[str]:
    """Ten codes for one person; those from before are deleted."""
    session.execute(delete(keys).where(keys.c.kind == "recovery", keys.c.user_id == user_id))
    codes = []
    for _ in range(RECOVERY_CODES):
        code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))
        _keep(session, "recovery", code, now, None, user_id=user_id)
        codes.append(code)
    return codes


def new_link(session: Session, plan_id: str, role: str, by_id: str, days: int, now: datetime) -> str:
    """The secret part of a link to a plan."""
    secret = secrets.token_urlsafe(24)
    _keep(session, "link", secret, now, now + timedelta(days=days), plan_id=plan_id, by_id=by_id, role=role)
    return secret


def new_secret(session: Session, user_id: str, label: str, scope: str, days: int, now: datetime) -> str:
    """A token for a program, with a beginning by which it is recognised where it should not be."""
    secret = f"fk_{secrets.token_urlsafe(32)}"
    _keep(session, "token", secret, now, now + timedelta(days=days), user_id=user_id, role=scope, label=label)
    return secret


def find(session: Session, kinds: Sequence[Kind], secret: str, now: datetime) -> Key | None:
    """The key that a secret opens now, if it does."""
    wanted = [digest(kind, secret) for kind in kinds]
    row = session.execute(select(keys).where(keys.c.hash.in_(wanted), *_works(now))).one_or_none()
    return _key(row) if row is not None else None


def use(session: Session, key_id: str, now: datetime) -> bool:
    """Use up a key; of two who try at once, one is told that it worked."""
    done = session.execute(update(keys).where(keys.c.id == key_id, *_works(now)).values(used_at=now))
    return bool(done.rowcount)  # type: ignore[attr-defined]


def of(session: Session, kind: Kind, now: datetime, **owner: str) -> list[Key]:
    """Keys of a kind that work, of the person or plan named (``user_id=``, ``plan_id=``) or all of them; newest first."""
    mine = [keys.c[column] == value for column, value in owner.items()]
    found = session.execute(select(keys).where(keys.c.kind == kind, *mine, *_works(now)).order_by(keys.c.made_at.desc()))
    return [_key(row) for row in found]


def revoke(session: Session, key_id: str, now: datetime, **whose: str) -> bool:
    """End one key, if it is of the person, plan or kind that is named. Whether there was one."""
    mine = [keys.c[column] == value for column, value in whose.items()]
    return _end(session, now, keys.c.id == key_id, *mine) > 0


def end_all(session: Session, kind: Kind, now: datetime) -> None:
    """End every key of a kind."""
    _end(session, now, keys.c.kind == kind)


def digest(kind: str, secret: str) -> str:
    """What is kept of a secret. Codes may be typed in capitals and with or without dashes."""
    text = secret if kind in _OFTEN else secret.strip().lower().replace("-", "").replace(" ", "")
    return hashlib.sha256(f"{kind}:{text}".encode()).hexdigest()


def _keep(
    session: Session,
    kind: Kind,
    secret: str,
    now: datetime,
    expires: datetime | None,
    *,
    user_id: str | None = None,
    plan_id: str | None = None,
    by_id: str | None = None,
    role: str = "",
    label: str = "",
) -> None:
    session.execute(
        insert(keys).values(
            id=secrets.token_urlsafe(16),
            kind=kind,
            hash=digest(kind, secret),
            user_id=user_id,
            plan_id=plan_id,
            role=role,
            label=label,
            by_id=by_id,
            made_at=now,
            expires_at=expires,
        )
    )


def _works(now: datetime) -> list[Any]:
    """Conditions of a key that opens something now."""
    in_time = or_(keys.c.expires_at.is_(None), keys.c.expires_at > now)
    return [keys.c.used_at.is_(None), keys.c.revoked_at.is_(None), in_time]


def _end(session: Session, now: datetime, *which: Any) -> int:
    done = session.execute(update(keys).where(*which, *_works(now)).values(revoked_at=now))
    return int(done.rowcount)  # type: ignore[attr-defined]


def _key(row: Any) -> Key:
    return Key(
        row.id,
        row.kind,
        row.user_id,
        row.plan_id,
        row.role,
        row.label,
        row.by_id,
        row.made_at,
        row.expires_at,
    )
