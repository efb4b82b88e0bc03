"""Copies of a database in a file: made while it is in use, checked, brought back without overwriting anything.

A copy is made by SQLite itself (its online backup), under another name, synced and then renamed: a copy that is there
is whole. For a database server its own tools do this.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from finance_kit.errors import StoreError
from finance_kit.store.tables_plans import BROUGHT_BACK

__all__ = ["KEPT", "backup", "copy_before_upgrade", "daily_copy", "newest_copy", "problem_of", "restore"]

KEPT: Final = 14
"""Daily copies that are kept."""
_FOLDER: Final = "backups"
_DAILY: Final = "daily-"
_NO_LINKS: Final = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EMLINK)
_PAGES: Final = 2_000  # copied at a time, so that savers get their turn


def backup(file: Path, target: Path | None = None) -> Path:
    """Copy a database while it is in use.

    Parameters
    ----------
    file : the database
    target : where to; a new name in ``backups/`` beside the database by default

    Returns
    -------
    the copy, whole, checked and synced

    Raises
    ------
    StoreError : ``store_file_missing``, ``store_damaged``, ``store_copy_exists``, ``store_full``,
        ``store_unreachable``
    """
    if not file.is_file():
        raise StoreError("store_file_missing", file=str(file))
    target = target or _folder_of(file) / f"{_stamp()}.sqlite3"
    if target.exists():
        raise StoreError("store_copy_exists", file=str(target))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        _copy(file, part)
        wrong = problem_of(part)
        if wrong:
            raise StoreError("store_damaged", file=str(file))
        _sync(part)
        _name(part, target)
        _sync(target.parent)
    except FileExistsError as error:
        raise StoreError("store_copy_exists", file=str(target)) from error
    except (OSError, sqlite3.Error) as error:
        raise _trouble(error, file) from error
    finally:
        _remove(part)
    return target


def restore(copy: Path, file: Path) -> Path | None:
    """Bring a copy back in place of a database.

    What was there is moved aside under a name that says so, never deleted; the copy itself stays.

    Parameters
    ----------
    copy : made by :func:`backup`
    file : the database, which nobody may be using

    Returns
    -------
    where the database that was there lies now; ``None`` when there was none

    Raises
    ------
    StoreError : ``store_file_missing``, ``store_copy_damaged``, ``store_in_use``, ``store_full``,
        ``store_unreachable``
    """
    if not copy.is_file():
        raise StoreError("store_file_missing", file=str(copy))
    wrong = problem_of(copy)
    if wrong:
        raise StoreError("store_copy_damaged", file=str(copy), reason=wrong)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _copy(copy, part)
        _note_return(part)
        _sync(part)
        aside = _set_aside(file)
        part.rename(file)
        _sync(file.parent)
    except (OSError, sqlite3.Error) as error:
        raise _trouble(error, file) from error
    finally:
        _remove(part)
    return aside


def daily_copy(file: Path, today: datetime) -> Path | None:
    """The day's copy beside the database, unless there is one; of these only the newest 14 are kept.

    Raises
    ------
    StoreError : as :func:`backup`
    """
    folder = _folder_of(file)
    target = folder / f"{_DAILY}{today:%Y-%m-%d}.sqlite3"
    if target.exists():
        return None
    try:
        backup(file, target)
    except StoreError as error:
        if error.code != "store_copy_exists":  # another process was quicker
            raise
    # By the time of writing: a clock that was wrong for a day has left a name that sorts wrongly.
    copies = sorted(folder.glob(f"{_DAILY}*.sqlite3"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for old in copies[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def newest_copy(file: Path) -> Path | None:
    """The copy beside a database that was written last."""
    copies = [path for path in _folder_of(file).glob("*.sqlite3") if path.is_file()]
    return max(copies, key=lambda path: path.stat().st_mtime_ns, default=None)


def copy_before_upgrade(file: Path, version: str) -> Path:
    """A copy of a database whose tables are about to change.

    Raises
    ------
    StoreError : as :func:`backup`
    """
    return backup(file, _folder_of(file) / f"before-upgrade-from-{version}-{_stamp()}.sqlite3")


def problem_of(file: Path) -> str:
    """What is wrong with a database file, in SQLite's words; empty when its pages and references are sound."""
    try:
        with closing(_opened(file)) as database:
            found = [str(row[0]) for row in database.execute("PRAGMA integrity_check(3)")]
            if found != ["ok"]:
                return "; ".join(found)
            dangling = database.execute("PRAGMA foreign_key_check").fetchmany(3)
            if dangling:
                return "; ".join(f"{table} refers to {parent}, which is not there" for table, _, parent, _ in dangling)
            tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            return "" if {"plans", "revisions"} <= tables else "it holds no plans"
    except (OSError, sqlite3.Error) as error:
        return str(error)


# ------------------------------------------------------------------------------------------------------------------


def _copy(source: Path, target: Path) -> None:
    """Copy page by page into a new file that is closed to other accounts."""
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
    with (
        closing(_opened(source)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new, pages=_PAGES, sleep=0.01)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, no log beside it


def _note_return(file: Path) -> None:
    """Write into a copy when it was brought back: numbers of versions that it does not hold may have been seen."""
    moment = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("INSERT OR REPLACE INTO upkeep (task, at) VALUES (?, ?)", (BROUGHT_BACK, moment))


def _opened(file: Path) -> sqlite3.Connection:
    """A database that is only read. One with a write-ahead log cannot be opened so unless somebody has it open."""
    with file.open("rb") as stream:
        has_log = stream.read(20)[18:20] == b"\x02\x02"
    address = f"{file.absolute().as_uri()}?mode={'rw' if has_log else 'ro'}"
    return sqlite3.connect(address, uri=True, timeout=30)


def _set_aside(file: Path) -> Path | None:
    """Move a database away, its log with it."""
    if not file.exists():
        return None
    _refuse_if_used(file)
    aside = file.with_name(f"{file.stem}-before-restore-{_stamp()}{file.suffix}")
    for ending in ("", "-wal", "-shm"):
        there = file.with_name(file.name + ending)
        if there.exists():
            there.rename(aside.with_name(aside.name + ending))
    return aside


def _refuse_if_used(file: Path) -> None:
    """Only one who is alone can leave the write-ahead log; a file that is damaged is in nobody's use."""
    try:
        with closing(sqlite3.connect(file, timeout=0.5)) as database:
            database.execute("PRAGMA locking_mode=EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            database.execute("ROLLBACK")
            mode = database.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        if mode != "delete":
            raise StoreError("store_in_use", file=str(file))
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise StoreError("store_in_use", file=str(file)) from error
    except sqlite3.DatabaseError:
        return


def _folder_of(file: Path) -> Path:
    return file.parent / _FOLDER


def _stamp() -> str:
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"


def _name(part: Path, target: Path) -> None:
    """Give a copy its name, which must be free."""
    try:
        target.hardlink_to(part)  # unlike a rename it never replaces what is there
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
    else:
        return
    # A memory stick knows no links. The copy is whole, so that of two who take one name at one moment either may stay.
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    part.rename(target)


def _sync(path: Path) -> None:
    """Make sure that a file, or the names in a folder, are on the disk."""
    if path.is_dir() and os.name != "posix":
        return  # Windows has no such call for folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(part: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        part.with_name(part.name + ending).unlink(missing_ok=True)


def _trouble(error: OSError | sqlite3.Error, file: Path) -> StoreError:
    name = getattr(error, "sqlite_errorname", "")
    full = name == "SQLITE_FULL" or (isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT))
    if full:
        return StoreError("store_full")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreError("store_damaged", file=str(file))
    return (
        StoreError("store_busy") if name.startswith("SQLITE_BUSY") else StoreError("store_unreachable", file=str(file))
    )
