"""Sessions: what the random value in a cookie stands for, until it is ended or its time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from finance_kit.store import users
from finance_kit.store.failures import store_error
from finance_kit.store.tables_people import SignIn, User
from finance_kit.store.users import UserView
from finance_kit.store.values import fingerprint, new_id, secret

__all__ = ["SessionView", "end", "end_all", "end_one", "find", "of", "person", "start"]

_NOTED_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session; ``device`` are plain words about the browser it began in."""

    id: str
    user_id: str
    started_at: datetime
    seen_at: datetime
    device: str


def start(session: Session, user_id: str, now: datetime, device: str = "") -> str:
    """A new session; the random value that stands for it, which is kept nowhere."""
    token = secret()
    row = SignIn(
        token_hash=fingerprint(token), id=new_id(), user_id=user_id, started_at=now, seen_at=now, device=device[:80]
    )
    session.add(row)
    session.flush()
    return token


def find(session: Session, token: str, now: datetime, idle: timedelta, absolute: timedelta) -> SessionView | None:
    """The session of a value; ``None`` when there is none or its time is over.

    Parameters
    ----------
    now : aware
    idle : longest time without use
    absolute : longest time at all
    """
    row = session.get(SignIn, fingerprint(token))
    return _view(row) if row is not None and _lasts(session, row, now, idle, absolute) else None


def person(session: Session, token: str, now: datetime, idle: timedelta, absolute: timedelta) -> UserView | None:
    """Whose session it is, asked for with every page: ``None`` where :func:`find` finds none or the account is closed.

    Parameters
    ----------
    now, idle, absolute : as of :func:`find`
    """
    named = select(SignIn, User).join(User, User.id == SignIn.user_id).where(SignIn.token_hash == fingerprint(token))
    found = session.execute(named).first()
    if found is None or not _lasts(session, found.SignIn, now, idle, absolute):
        return None
    return users.open_account(found.User)


def _lasts(session: Session, row: SignIn, now: datetime, idle: timedelta, absolute: timedelta) -> bool:
    """Whether a session is not over; that it is in use is noted now and then."""
    unused, age = now - row.seen_at, now - row.started_at
    if unused > idle or age > absolute:
        return False
    if abs(unused) >= _NOTED_EVERY:
        _note_use(session, row.token_hash, now)
    return True


def of(session: Session, user_id: str) -> list[SessionView]:
    """Every session of a person, the one used last first."""
    rows = session.scalars(select(SignIn).where(SignIn.user_id == user_id).order_by(SignIn.seen_at.desc()))
    return [_view(row) for row in rows]


def end(session: Session, token: str) -> None:
    """End the session of a value."""
    session.execute(delete(SignIn).where(SignIn.token_hash == fingerprint(token)))


def end_one(session: Session, user_id: str, session_id: str) -> None:
    """End one of a person's sessions by the id that a list shows."""
    session.execute(delete(SignIn).where(SignIn.user_id == user_id, SignIn.id == session_id))


def end_all(session: Session, user_id: str, but: str | None = None) -> None:
    """End every session of a person, but the one of this value if it is given."""
    wanted = delete(SignIn).where(SignIn.user_id == user_id)
    session.execute(wanted if but is None else wanted.where(SignIn.token_hash != fingerprint(but)))


def _note_use(session: Session, token_hash: str, now: datetime) -> None:
    """Note that a session is in use, in a transaction of its own: with a full disk people can still read."""
    engine = session.get_bind()
    assert isinstance(engine, Engine)  # noqa: S101 - every session of ours is bound to one
    try:
        with Session(engine) as own:
            own.execute(update(SignIn).where(SignIn.token_hash == token_hash).values(seen_at=now))
            own.commit()
    except DBAPIError as error:
        if store_error(error, None) is None:
            raise


def _view(row: SignIn) -> SessionView:
    return SessionView(row.id, row.user_id, row.started_at, row.seen_at, row.device)
