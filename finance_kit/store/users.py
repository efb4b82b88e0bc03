"""Accounts: the one person of a laptop, and the people of a shared server.

Passphrases are hashed above; here only the hash is kept. Names are compared in one Unicode form without capitals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from finance_kit.errors import StoreError
from finance_kit.plan.checks_base import clean_name
from finance_kit.plan.yaml_characters import FORBIDDEN
from finance_kit.store.tables_people import ApiToken, RecoveryCode, SignIn, User
from finance_kit.store.upsert import changed_rows, put_if_missing
from finance_kit.store.values import fingerprint, new_id, now

__all__ = [
    "ROLES",
    "UserView",
    "all_of_them",
    "by_name",
    "count",
    "create",
    "disable",
    "enable",
    "get",
    "keep_recovery_codes",
    "local",
    "passphrase_hash",
    "recovery_codes_left",
    "set_passphrase",
    "set_role",
    "use_recovery_code",
]

ROLES: Final = ("member", "trainer", "adviser", "administrator")
_LOCAL_KEY: Final = "(local)\n"  # a line end: no name is compared as this


@dataclass(frozen=True, slots=True)
class UserView:
    """A person; ``role`` is one of :data:`ROLES`."""

    id: str
    name: str
    language: str | None
    role: str
    made_at: datetime
    disabled_at: datetime | None = None


def local(session: Session) -> UserView:
    """The one person of a laptop, made on first use; nobody can sign in as them with a name."""
    found = session.scalar(select(User).where(User.name_key == _LOCAL_KEY))
    if found is None:
        put_if_missing(
            session,
            User,
            id=new_id(),
            name="",
            name_key=_LOCAL_KEY,
            passphrase_hash=None,
            role="member",
            language=None,
            made_at=now(),
            disabled_at=None,
        )
        found = session.scalars(select(User).where(User.name_key == _LOCAL_KEY)).one()
    return _view(found)


def create(
    session: Session, name: str, passphrase_hash: str, role: str = "member", language: str | None = None
) -> UserView:
    """A new account.

    Raises
    ------
    StoreError : ``user_name_taken``, ``user_name_unusable``, ``user_role_unknown``
    """
    _known_role(role)
    shown, key = _names(name)
    user_id = new_id()
    made = put_if_missing(
        session,
        User,
        id=user_id,
        name=shown,
        name_key=key,
        passphrase_hash=passphrase_hash,
        role=role,
        language=language,
        made_at=now(),
        disabled_at=None,
    )
    if not made:
        raise StoreError("user_name_taken", name=shown)
    return _existing(session, user_id)


def get(session: Session, user_id: str) -> UserView | None:
    """The person with this id; ``None`` when there is none or the account is closed."""
    found = session.get(User, user_id)
    return None if found is None else open_account(found)


def open_account(row: User) -> UserView | None:
    """The person of a row; ``None`` when the account is closed."""
    return None if row.disabled_at is not None else _view(row)


def by_name(session: Session, name: str) -> UserView | None:
    """The account with this name, closed ones as well; ``None`` when there is none."""
    key = clean_name(name)[:240]
    if "\0" in key:
        return None  # which PostgreSQL cannot even be asked for
    found = session.scalar(select(User).where(User.name_key == key, User.name_key != _LOCAL_KEY))
    return None if found is None else _view(found)


def passphrase_hash(session: Session, user_id: str) -> str | None:
    """The hash of a person's passphrase; ``None`` where none was set."""
    return session.scalar(select(User.passphrase_hash).where(User.id == user_id))


def all_of_them(session: Session) -> list[UserView]:
    """Every account by name, closed ones as well."""
    return [_view(user) for user in session.scalars(select(User).order_by(User.name_key))]


def count(session: Session, role: str | None = None) -> int:
    """How many open accounts there are, of a role if one is given; the one person of a laptop does not count."""
    question = select(func.count()).select_from(User).where(User.disabled_at.is_(None), User.name_key != _LOCAL_KEY)
    return session.scalar(question if role is None else question.where(User.role == role)) or 0


def set_passphrase(session: Session, user_id: str, passphrase_hash: str) -> None:
    """Keep another hash; every session and token of the person ends."""
    session.execute(update(User).where(User.id == user_id).values(passphrase_hash=passphrase_hash))
    _end_everything(session, user_id)


def set_role(session: Session, user_id: str, role: str) -> None:
    """Give a person another role.

    Raises
    ------
    StoreError : ``user_role_unknown``
    """
    _known_role(role)
    session.execute(update(User).where(User.id == user_id).values(role=role))


def disable(session: Session, user_id: str) -> None:
    """Close an account; every session and token of the person ends, and their plans stay."""
    session.execute(update(User).where(User.id == user_id).values(disabled_at=now()))
    _end_everything(session, user_id)


def enable(session: Session, user_id: str) -> None:
    """Open an account again."""
    session.execute(update(User).where(User.id == user_id).values(disabled_at=None))


# -------------------------------------------------------------------------------------------------- recovery codes


def keep_recovery_codes(session: Session, user_id: str, codes: Iterable[str]) -> None:
    """Keep these codes, as fingerprints, in place of all earlier ones; each must be random and long."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    made_at = now()
    session.add_all(RecoveryCode(user_id=user_id, code_hash=fingerprint(code), made_at=made_at) for code in codes)
    session.flush()


def recovery_codes_left(session: Session, user_id: str) -> int:
    """How many codes can still be used."""
    return session.scalar(select(func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user_id)) or 0


def use_recovery_code(session: Session, user_id: str, code: str) -> bool:
    """Whether this was an unused code of the person; it is used up by the question."""
    wanted = (RecoveryCode.user_id == user_id, RecoveryCode.code_hash == fingerprint(code))
    return changed_rows(session, delete(RecoveryCode).where(*wanted)) == 1


# ------------------------------------------------------------------------------------------------------------------


def _end_everything(session: Session, user_id: str) -> None:
    session.execute(delete(SignIn).where(SignIn.user_id == user_id))
    session.execute(delete(ApiToken).where(ApiToken.user_id == user_id))


def _names(name: str) -> tuple[str, str]:
    """A name as it is shown and as it is compared."""
    shown, key = " ".join(name.split()), clean_name(name)
    if not key or len(shown) > 120 or len(key) > 240 or FORBIDDEN.search(shown):
        raise StoreError("user_name_unusable")
    return shown, key


def _known_role(role: str) -> None:
    if role not in ROLES:
        raise StoreError("user_role_unknown", found=role, known=", ".join(ROLES))


def _existing(session: Session, user_id: str) -> UserView:
    return _view(session.get_one(User, user_id, populate_existing=True))


def _view(user: User) -> UserView:
    return UserView(user.id, user.name, user.language, user.role, user.made_at, user.disabled_at)
