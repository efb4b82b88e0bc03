"""The open store: transactions whose end is the moment of saving, and questions about its health."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from finance_kit.errors import StoreError
from finance_kit.store.engine import PRAGMAS
from finance_kit.store.failures import store_error
from finance_kit.store.upsert import note_task
from finance_kit.store.values import now

__all__ = ["Store"]


class Store:
    """An open database. It may be shared by all threads of a process; each transaction has its own connection."""

    def __init__(self, engine: Engine, file: Path | None) -> None:
        self.engine, self.file = engine, file
        weakref.finalize(self, engine.dispose).atexit = False  # with it go the connections that nobody uses any more

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: committed when the block ends well, rolled back otherwise.

        Raises
        ------
        StoreError : ``store_full``, ``store_busy``, ``store_unreachable``, ``store_damaged``; nothing was saved
        """
        session = Session(self.engine, expire_on_commit=False)
        try:
            yield session
            session.commit()
        except Exception as error:
            _roll_back(session)
            known = store_error(error, self.folder)
            if known is None:
                raise
            raise known from error
        finally:
            _close(session)

    @property
    def folder(self) -> str | None:
        """Where the database file lies; ``None`` for a server."""
        return None if self.file is None else str(self.file.parent)

    def check(self) -> None:
        """Read and write something.

        Raises
        ------
        StoreError : it cannot be done
        """
        with self.session() as session:
            note_task(session, "check", now())

    def protections(self) -> dict[str, tuple[bool, str]]:
        """What keeps work from being lost here: name -> whether it holds, and a sentence.

        Raises
        ------
        StoreError : the database cannot be asked
        """
        with self.session() as session:
            if self.file is None:
                said = {
                    name: session.execute(text(f"SHOW {name}")).scalar() for name in ("fsync", "synchronous_commit")
                }
                return {
                    "confirmed saves survive a power cut": (
                        said["fsync"] == "on" and said["synchronous_commit"] != "off",
                        f"PostgreSQL: fsync is {said['fsync']}, synchronous_commit is {said['synchronous_commit']}.",
                    )
                }
            found = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in PRAGMAS}
        words = {
            "journal_mode": "changes go to a log first",
            "synchronous": "every save is synced to the disk before it is confirmed",
            "foreign_keys": "nothing refers to what is not there",
            "secure_delete": "what is deleted is overwritten",
            "busy_timeout": "writers wait for each other",
        }
        return {
            words[name]: (found[name] == needed, f"SQLite: {name} is {found[name]}, needed is {needed}.")
            for name, (_, needed) in PRAGMAS.items()
        }

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _roll_back(session: Session) -> None:
    """Roll back; a connection that is broken already has nothing left to undo."""
    try:
        session.rollback()
    except Exception as error:
        if store_error(error, None) is None:
            raise


def _close(session: Session) -> None:
    try:
        session.close()
    except Exception as error:
        known = store_error(error, None)
        if known is None:
            raise
        raise StoreError(known.code) from error
