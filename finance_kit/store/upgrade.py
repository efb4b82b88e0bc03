"""Bringing the tables of a database up to date: in one transaction, after a copy, or not at all."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.pool import NullPool

from finance_kit.errors import StoreError
from finance_kit.store.engine import BUSY_SECONDS

__all__ = ["HEAD", "migrations_config", "schema_version", "upgrade"]

HEAD: Final = "0004"
"""The newest migration; a test compares it with the folder."""

_LOCK: Final = 0x66696E6B  # any number that all processes of ours agree on


def upgrade(engine: Engine, file: Path | None) -> bool:
    """Bring the tables up to date; whether anything had to be done.

    A file is copied first (``backups/before-<version>-….sqlite3``). Whoever kills the process meanwhile finds the old
    tables or the new ones. Processes that start together wait for each other.

    Raises
    ------
    StoreError : ``store_newer``, the tables are those of a newer Finance Kit; ``store_damaged``
    """
    with engine.connect() as connection:
        found = schema_version(connection)
    if found == HEAD:
        return False
    _refuse_newer(found)
    if file is not None and found is not None:
        from finance_kit.store.copies import copy_before_upgrade

        copy_before_upgrade(file, found)
    if file is None:
        _upgrade_with(engine)
        return True
    own = _transactional(file)
    try:
        _upgrade_with(own)
    finally:
        own.dispose()
    return True


def schema_version(connection: Connection) -> str | None:
    """The migration that the tables stand at; ``None`` for an empty database.

    Raises
    ------
    StoreError : ``store_not_ours``, there are tables, but none of ours
    """
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables:
            raise StoreError("store_not_ours", tables=", ".join(sorted(tables)[:5]))
        return None
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(version) if version is not None else None


def migrations_config(connection: Connection | None = None) -> Any:
    """The settings of Alembic, made here: there is no file of settings that could be lost or differ."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    return config


def _upgrade_with(engine: Engine) -> None:
    from alembic import command

    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        found = schema_version(connection)
        if found == HEAD:
            return  # another process did it while this one waited
        _refuse_newer(found)
        command.upgrade(migrations_config(connection), HEAD)


def _refuse_newer(found: str | None) -> None:
    if found is None:
        return
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(migrations_config()).walk_revisions()}
    if found not in known:
        raise StoreError("store_newer", found=found, known=HEAD)


def _transactional(file: Path) -> Engine:
    """A connection on which changes of tables are part of the transaction, as Python's driver does not have them."""
    engine = create_engine(
        f"sqlite:///{file.as_posix()}",
        connect_args={"timeout": BUSY_SECONDS * 6, "isolation_level": None},
        poolclass=NullPool,
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        # References cannot be enforced while a table is made anew and renamed; they are checked at the end.
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
