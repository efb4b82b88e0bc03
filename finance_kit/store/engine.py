"""Connections to the two databases, set so that what was confirmed is on the disk.

SQLite: write-ahead log, every commit synced (``synchronous=FULL``; with ``NORMAL`` a power cut loses confirmed saves),
references enforced, deleted content overwritten. Reading needs no transaction, and the first write begins one at once
(``BEGIN IMMEDIATE``), so both databases behave alike: each statement sees what is committed, writers wait in line.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from finance_kit.errors import StoreError

__all__ = ["BUSY_SECONDS", "PRAGMAS", "database_file", "engine_of", "parsed"]

BUSY_SECONDS: Final = 5
PRAGMAS: Final[dict[str, tuple[str, Any]]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "secure_delete": ("ON", 1),
    "busy_timeout": (str(BUSY_SECONDS * 1000), BUSY_SECONDS * 1000),
}
"""Setting of SQLite -> what it is set to, and what it then says."""

_POSTGRESQL_OPTIONS: Final = "-c lock_timeout=5s -c statement_timeout=30s -c synchronous_commit=on -c timezone=UTC"


def parsed(url: str) -> URL:
    """The address of a database.

    Raises
    ------
    StoreError : ``store_address``, it is none that can be used here
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError("store_address") from error
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    in_file = address.drivername == "sqlite" and address.database not in (None, "", ":memory:")
    if not in_file and address.drivername != "postgresql+psycopg":
        raise StoreError("store_address")
    return address


def database_file(address: URL) -> Path | None:
    """The file of an SQLite database; ``None`` for a server."""
    return Path(address.database or "").absolute() if address.drivername == "sqlite" else None


def engine_of(address: URL) -> Engine:
    """Connections to a database; a file is made first, closed to other accounts.

    Raises
    ------
    StoreError : ``store_unreachable``, the file cannot be made; ``store_driver_missing``
    """
    file = database_file(address)
    if file is None:
        return _postgresql(address)
    try:
        make_private(file)
    except OSError as error:
        raise StoreError("store_unreachable", file=str(file)) from error
    engine = create_engine(
        f"sqlite:///{file.as_posix()}",
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": "IMMEDIATE", "check_same_thread": False},
        pool_size=16,
        max_overflow=48,
        pool_timeout=10,
    )
    event.listen(engine, "connect", _set_pragmas)
    return engine


def make_private(file: Path) -> None:
    """A file and its folder, both for their owner alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    if os.name == "posix" and file.stat().st_mode & 0o077:
        file.chmod(0o600)


def _postgresql(address: URL) -> Engine:
    try:
        return create_engine(
            address,
            connect_args={"connect_timeout": 5, "options": _POSTGRESQL_OPTIONS, "tcp_user_timeout": 10_000},
            pool_pre_ping=True,
            pool_size=16,
            max_overflow=16,
            pool_timeout=10,
        )
    except ImportError as error:
        raise StoreError("store_driver_missing", extra="finance-kit[postgresql]") from error


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    """Set each connection up, and refuse one that did not take a setting."""
    cursor = connection.cursor()
    for name, (value, said) in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
        found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        if found != said:
            cursor.close()
            raise StoreError("store_setting", setting=name, found=found, needed=said)
    cursor.close()
