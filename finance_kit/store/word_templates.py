"""Word templates that people supply for their plans: each person's own, never changed, gone with the person."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from finance_kit.errors import StoreError
from finance_kit.store.tables_people import User
from finance_kit.store.tables_plans import WordTemplate
from finance_kit.store.upsert import changed_rows
from finance_kit.store.values import new_id

__all__ = ["MOST", "TemplateLine", "add", "content", "get", "hand_over", "of", "remove"]

MOST: Final = 5
"""Templates that one person may keep."""


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template without its content."""

    id: str
    name: str
    size: int
    sha256: str
    made_at: datetime


def add(session: Session, user_id: str, name: str, content: bytes, now: datetime) -> TemplateLine:
    """Keep a template; the same content again is the one that is there.

    Raises
    ------
    StoreError : ``template_too_many``
    """
    digest = hashlib.sha256(content).hexdigest()
    # Two uploads at one moment wait for each other here, so that none is counted too few.
    session.execute(select(User.id).where(User.id == user_id).with_for_update())
    same = select(WordTemplate).where(WordTemplate.user_id == user_id, WordTemplate.sha256 == digest)
    row = session.scalars(same).first()
    if row is None:
        kept = session.scalar(select(func.count()).where(WordTemplate.user_id == user_id)) or 0
        if kept >= MOST:
            raise StoreError("template_too_many", limit=MOST)
        row = WordTemplate(
            id=new_id(), user_id=user_id, name=name, size=len(content), sha256=digest, content=content, made_at=now
        )
        session.add(row)
        session.flush()
    return TemplateLine(row.id, row.name, row.size, row.sha256, row.made_at)


def of(session: Session, user_id: str) -> list[TemplateLine]:
    """The templates of a person, the newest first."""
    question = (
        select(WordTemplate.id, WordTemplate.name, WordTemplate.size, WordTemplate.sha256, WordTemplate.made_at)
        .where(WordTemplate.user_id == user_id)
        .order_by(WordTemplate.made_at.desc(), WordTemplate.id)
    )
    return [TemplateLine(*row) for row in session.execute(question)]


def get(session: Session, user_id: str, template_id: str) -> TemplateLine | None:
    """A template of this person; ``None`` for another's, as for one that is not there."""
    return next((line for line in of(session, user_id) if line.id == template_id), None)


def content(session: Session, user_id: str, template_id: str) -> bytes | None:
    """The file, for the person whose it is."""
    wanted = select(WordTemplate.content).where(WordTemplate.id == template_id, WordTemplate.user_id == user_id)
    return session.scalar(wanted)


def remove(session: Session, user_id: str, template_id: str) -> bool:
    """Delete a template of this person; whether it was there."""
    mine = delete(WordTemplate).where(WordTemplate.id == template_id, WordTemplate.user_id == user_id)
    return changed_rows(session, mine) == 1


def hand_over(session: Session, user_id: str, to: str) -> None:
    """Give all templates of one person to another."""
    session.execute(update(WordTemplate).where(WordTemplate.user_id == user_id).values(user_id=to))
