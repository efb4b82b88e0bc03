"""What an installation can choose: where data lie, who may reach it, and the limits on what is sent to it."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

from finance_kit.errors import FinanceKitError
from finance_kit.store.location import data_folder, database_url
from web.start_key import new_key

__all__ = ["LOOPBACK", "WebConfig", "data_folder", "database_url", "from_environment", "secret_key"]

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
_KEY_LETTERS: Final = 64
_MIB: Final = 1024 * 1024


@dataclass(frozen=True)
class WebConfig:
    """Choices of one installation; made once at the start and never changed.

    ``shared`` turns accounts on; without it there is one person, let in by ``start_key``. ``hosts`` are the names
    under which a browser may call us, without port. ``tls`` says that browsers reach us by https only, which makes
    cookies ``Secure``. ``proxies`` is the number of proxies of one's own in front of us whose forwarding headers count.
    ``jobs_url`` is where the list of background work is kept (Redis or PostgreSQL; else a file in the data folder),
    ``job_workers`` how many of them this process does at a time, 0 where workers of their own do them.
    ``max_form_memory_size`` bounds all fields of a form together, ``max_form_parts`` their number in an upload.
    ``registration`` says who may make an account: ``open``, ``invitation`` or ``closed``.
    """

    database_url: str = field(repr=False)
    data_folder: Path
    secret_key: str = field(repr=False)
    shared: bool = False
    start_key: str | None = field(default=None, repr=False)
    hosts: tuple[str, ...] = LOOPBACK
    tls: bool = False
    proxies: int = 0
    jobs_url: str | None = field(default=None, repr=False)
    job_workers: int = 2
    max_content_length: int = 10 * _MIB
    max_form_memory_size: int = 2 * _MIB
    max_form_parts: int = 2_000
    registration: str = "invitation"
    idle: timedelta = timedelta(minutes=60)
    absolute: timedelta = timedelta(hours=12)


def from_environment(environment: Mapping[str, str] = os.environ) -> WebConfig:
    """The choices that environment variables make; anything not named there is as for one person on a laptop.

    ``FINANCE_KIT_DATA`` (folder), ``FINANCE_KIT_DATABASE_URL`` (or ``DATABASE_URL``), ``FINANCE_KIT_SECRET_KEY_FILE``,
    ``FINANCE_KIT_SHARED`` and ``FINANCE_KIT_TLS`` (1 or 0), ``FINANCE_KIT_HOSTS`` (names separated by commas),
    ``FINANCE_KIT_PROXIES`` (number), ``FINANCE_KIT_START_KEY`` (one person only), ``FINANCE_KIT_JOBS_URL`` (or
    ``JOBS_URL``), ``FINANCE_KIT_JOB_WORKERS`` (number), ``FINANCE_KIT_REGISTRATION`` (``open``, ``invitation`` or
    ``closed``).

    Raises
    ------
    FinanceKitError : ``setting_wrong`` for a value that cannot be meant
    """
    folder = data_folder(environment)
    key_file = Path(environment.get("FINANCE_KIT_SECRET_KEY_FILE") or folder / "secret.key")
    hosts = tuple(name.strip().lower() for name in environment.get("FINANCE_KIT_HOSTS", "").split(",") if name.strip())
    shared = _switch(environment, "FINANCE_KIT_SHARED")
    return WebConfig(
        database_url=database_url(environment),
        data_folder=folder,
        secret_key=secret_key(key_file),
        shared=shared,
        start_key=None if shared else environment.get("FINANCE_KIT_START_KEY") or new_key(),
        hosts=hosts or LOOPBACK,
        tls=_switch(environment, "FINANCE_KIT_TLS"),
        proxies=_count(environment, "FINANCE_KIT_PROXIES"),
        jobs_url=environment.get("FINANCE_KIT_JOBS_URL") or environment.get("JOBS_URL") or None,
        job_workers=_count(environment, "FINANCE_KIT_JOB_WORKERS", "2"),
        registration=_one_of(environment, "FINANCE_KIT_REGISTRATION", ("invitation", "open", "closed")),
    )


def secret_key(file: Path) -> str:
    """The key that signs cookies, made on first use in a file that only its owner can read.

    Raises
    ------
    FinanceKitError : ``secret_key_short`` when the file holds something else
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _existing_key(file)
    key = secrets.token_hex(_KEY_LETTERS // 2)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(key)
        stream.flush()
        os.fsync(stream.fileno())
    return key


def _existing_key(file: Path) -> str:
    """The key of a file that is there; another worker may be writing it at this moment."""
    for _ in range(20):
        key = file.read_text(encoding="utf-8", errors="replace").strip()
        if len(key) >= _KEY_LETTERS:
            return key
        time.sleep(0.05)
    raise FinanceKitError("secret_key_short", path=str(file), letters=_KEY_LETTERS)


def _switch(environment: Mapping[str, str], name: str) -> bool:
    found = environment.get(name, "").strip().lower()
    if found in ("1", "true", "yes", "on"):
        return True
    if found in ("", "0", "false", "no", "off"):
        return False
    raise FinanceKitError("setting_wrong", name=name, found=found, wanted="1 or 0")


def _count(environment: Mapping[str, str], name: str, otherwise: str = "0") -> int:
    found = environment.get(name, "").strip() or otherwise
    if found.isascii() and found.isdigit() and int(found) <= 5:
        return int(found)
    raise FinanceKitError("setting_wrong", name=name, found=found, wanted="a number from 0 to 5")


def _one_of(environment: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    found = environment.get(name, "").strip().lower() or known[0]
    if found in known:
        return found
    raise FinanceKitError("setting_wrong", name=name, found=found, wanted=" or ".join(known))
