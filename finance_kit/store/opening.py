"""Opening a store: the folder made private, the file looked at, the tables brought up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

from finance_kit.errors import StoreError
from finance_kit.store.copies import newest_copy
from finance_kit.store.engine import database_file, engine_of, parsed
from finance_kit.store.failures import store_error
from finance_kit.store.service import Store
from finance_kit.store.upgrade import upgrade

__all__ = ["open_store"]


def open_store(url: str) -> Store:
    """The store at an address, ready to be used.

    Parameters
    ----------
    url : ``sqlite:///`` and the path of a file, or ``postgresql+psycopg://…``

    Raises
    ------
    StoreError : ``store_address``, ``store_driver_missing``, ``store_unreachable``, ``store_damaged`` (the file stays
        as it is), ``store_gone`` (it is not there, but copies are), ``store_newer`` (a newer Finance Kit wrote it)
    """
    address = parsed(url)
    file = database_file(address)
    _refuse_to_begin_anew(file)
    engine = engine_of(address)
    try:
        if file is not None:
            with engine.connect() as connection:
                _look_for_damage(connection)
        upgrade(engine, file)
    except Exception as error:
        engine.dispose()
        known = (
            error if isinstance(error, StoreError) else store_error(error, None if file is None else str(file.parent))
        )
        if known is None:
            raise
        params = {"file": str(file), **known.params} if file is not None else dict(known.params)
        raise StoreError(known.code, **params) from error
    return Store(engine, file)


def _refuse_to_begin_anew(file: Path | None) -> None:
    """A file that has vanished is not made anew: that would look as if all plans were lost, and push out the copies."""
    if file is None or (file.exists() and file.stat().st_size > 0):
        return
    copy = newest_copy(file)
    if copy is not None:
        raise StoreError("store_gone", file=str(file), folder=str(copy.parent))


def _look_for_damage(connection: Connection) -> None:
    """A quick look at every page: better to stop at the door than to save into a file that falls apart."""
    found = connection.execute(text("PRAGMA quick_check(1)")).scalar()
    if found != "ok":
        raise StoreError("store_damaged")
