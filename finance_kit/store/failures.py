"""What a database library raises, as the few kinds of trouble that a person can do something about.

``store_full``: the disk is full. ``store_busy``: others hold the lock, try again. ``store_unreachable``: the database
is away or cannot be opened. ``store_damaged``: the file is not what was written. Anything else is a mistake of ours and
stays what it is.
"""

from __future__ import annotations

import errno
import os
from typing import Any, Final

from sqlalchemy import exc

from finance_kit.errors import StoreError

__all__ = ["store_error"]

_LEAST_FREE: Final = 256 * 1024
_SQLITE: Final[dict[str, str]] = {
    "SQLITE_FULL": "store_full",
    "SQLITE_BUSY": "store_busy",
    "SQLITE_LOCKED": "store_busy",
    "SQLITE_PROTOCOL": "store_busy",
    "SQLITE_CORRUPT": "store_damaged",
    "SQLITE_NOTADB": "store_damaged",
    "SQLITE_CANTOPEN": "store_unreachable",
    "SQLITE_READONLY": "store_unreachable",
    "SQLITE_PERM": "store_unreachable",
    "SQLITE_AUTH": "store_unreachable",
    "SQLITE_IOERR": "store_unreachable",
    "SQLITE_NOMEM": "store_busy",
}
_POSTGRESQL: Final[tuple[tuple[str, str], ...]] = (
    ("53100", "store_full"),
    ("53", "store_busy"),  # out of memory, too many connections
    ("40001", "store_busy"),
    ("40P01", "store_busy"),
    ("55P03", "store_busy"),
    ("57014", "store_busy"),  # a time limit of ours
    ("57P", "store_unreachable"),
    ("58", "store_unreachable"),
    ("08", "store_unreachable"),
    ("28", "store_unreachable"),
    ("3D000", "store_unreachable"),
    ("25006", "store_unreachable"),  # a standby, read only
    ("XX00", "store_damaged"),
)


def store_error(error: BaseException, folder: str | None) -> StoreError | None:
    """The trouble that an exception stands for; ``None`` when it is none of the database.

    Parameters
    ----------
    error : as SQLAlchemy or the system raised it
    folder : where the database file lies, to tell a full disk from a broken one; ``None`` for a server
    """
    if isinstance(error, exc.TimeoutError):
        return StoreError("store_busy")
    if isinstance(error, OSError):
        return StoreError(
            "store_full" if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else "store_unreachable"
        )
    if not isinstance(error, exc.DBAPIError) or isinstance(error, exc.IntegrityError | exc.DataError):
        return None
    origin: Any = error.orig
    name = getattr(origin, "sqlite_errorname", None)
    if isinstance(name, str):
        code = _SQLITE.get("_".join(name.split("_")[:2]))
        if code == "store_unreachable" and name.startswith("SQLITE_IOERR") and _is_full(folder):
            code = "store_full"
        return StoreError(code) if code else None
    state = getattr(origin, "sqlstate", None)
    if isinstance(state, str):
        return next((StoreError(code) for start, code in _POSTGRESQL if state.startswith(start)), None)
    gone = error.connection_invalidated or isinstance(error, exc.OperationalError | exc.InterfaceError)
    return StoreError("store_unreachable") if gone else None


def _is_full(folder: str | None) -> bool:
    """Whether the disk of a folder has no room left: some full disks show as failed writes only."""
    if folder is None or not hasattr(os, "statvfs"):
        return False
    state = os.statvfs(folder)
    return state.f_bavail * state.f_frsize < _LEAST_FREE
