"""Opening a store: the folder made private, the tables brought up to date, the day's copy taken."""

from __future__ import annotations

from finance_kit.errors import StoreError
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
    StoreError : ``store_address``, ``store_unreachable``, ``store_damaged`` (the file stays as it is), ``store_newer``
        (a newer Finance Kit wrote it), ``store_driver_missing``
    """
    address = parsed(url)
    file = database_file(address)
    engine = engine_of(address)
    try:
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
