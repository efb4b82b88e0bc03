"""Which protections hold on this machine, in words, each with what to do where one does not."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from finance_kit.errors import FinanceKitError
from web.assets import FOLDER
from web.config import LOOPBACK, WebConfig
from web.languages import NAMES, available
from web.network import lan_address

__all__ = ["Finding", "examine"]

State = Literal["good", "look", "bad"]

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_DAY: Final = 86_400
_LEAST_SPACE: Final = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One check: its name, how it stands (``bad`` endangers plans, ``look`` may be meant so), and a sentence."""

    name: str
    state: State
    words: str


def examine(config: WebConfig, now: float | None = None) -> tuple[Finding, ...]:
    """Every check, in the order in which to mend things.

    Parameters
    ----------
    config : choices of this installation
    now : seconds since 1970, for the age of backups; this machine's clock by default
    """
    found: list[Finding] = []
    for check in _CHECKS:
        found.extend(check(config))
    return (*found, _backups(config, time.time() if now is None else now))


def _write_access(config: WebConfig) -> Iterator[Finding]:
    folder = config.data_folder
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"x")
    except OSError as problem:
        yield Finding("folder of plans", "bad", f"{folder} cannot be written: {problem.strerror}.")
        return
    yield Finding("folder of plans", "good", f"{folder} can be written.")
    free = shutil.disk_usage(folder).free
    state: State = "good" if free >= _LEAST_SPACE else "look"
    yield Finding("free space", state, f"{free // (1024 * 1024):,} MiB free; below 500 MiB saving may soon fail.")


def _modes(config: WebConfig) -> Iterator[Finding]:
    """Files with plans or keys must be closed to other accounts of this machine."""
    if os.name != "posix":
        yield Finding("file modes", "look", "This system has no file modes; keep the folder inside your own account.")
        return
    files = [path for path in config.data_folder.rglob("*") if path.is_file()]
    open_ones = [path for path in [config.data_folder, *files] if path.stat().st_mode & _OTHERS]
    if open_ones:
        names = ", ".join(str(path) for path in open_ones[:5])
        advice = f"Close with: chmod -R go-rwx {config.data_folder}"
        yield Finding("file modes", "bad", f"Other accounts of this machine can open {names}. {advice}")
    else:
        yield Finding("file modes", "good", f"{len(files)} files, all closed to other accounts.")


def _database(config: WebConfig) -> Iterator[Finding]:
    from finance_kit.store import open_store

    try:
        store = open_store(config.database_url)
        store.check()
    except FinanceKitError as problem:
        from finance_kit.i18n.catalog import message

        yield Finding("database", "bad", message(problem))
        return
    yield Finding("database", "good", "Plans can be read and written.")
    for name, (holds, words) in store.protections().items():
        yield Finding(name, "good" if holds else "bad", words)


def _transport(config: WebConfig) -> Iterator[Finding]:
    if config.tls:
        yield Finding("encryption", "good", "Browsers reach this server by https; cookies are sent over it only.")
        yield from _behind_a_proxy(config)
    elif config.shared:
        words = "Several people share this server without TLS: whoever is in the same network can read along."
        yield Finding("encryption", "look", f"{words} See docs/production.md.")
    else:
        yield Finding("encryption", "good", "One person on this machine: nothing travels over a network.")
    address = lan_address()
    yield Finding("network", "good", f"Address in this network: {address}." if address else "Not in a network.")


def _behind_a_proxy(config: WebConfig) -> Iterator[Finding]:
    """What has to be known of a proxy that holds the certificate: its name, and that it tells where browsers are."""
    if set(config.hosts) <= set(LOOPBACK):
        words = "FINANCE_KIT_HOSTS names no site: browsers that come by its name are refused."
        yield Finding("name of the site", "look", words)
    else:
        yield Finding("name of the site", "good", f"Browsers may come by {', '.join(config.hosts)}.")
    if not config.proxies:
        words = "FINANCE_KIT_PROXIES is 0: everybody counts as one address, and wrong passphrases of one slow all down."
        yield Finding("proxy", "look", words)
    else:
        words = f"{config.proxies} in front; wrong passphrases are counted by the addresses it tells, over all workers."
        yield Finding("proxy", "good", words)


def _programs(_config: WebConfig) -> Iterator[Finding]:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office:
        yield Finding("LibreOffice", "good", f"{office}: documents can be shown as pages and saved as PDF.")
    else:
        yield Finding("LibreOffice", "look", "Not found. Word files work; showing them as pages and PDF do not.")


def _own_files(_config: WebConfig) -> Iterator[Finding]:
    """Fonts and scripts that came with the program are there and unchanged."""
    vendored = FOLDER / "vendor"
    listed = json.loads((vendored / "VENDORED.json").read_text(encoding="utf-8"))["packages"]
    wrong = [
        name
        for package in listed
        for name, digest in package["files"].items()
        if not (vendored / name).is_file() or _digest(vendored / name) != digest
    ]
    if wrong:
        words = f"Missing or changed: {', '.join(wrong)}. Install Finance Kit again."
        yield Finding("fonts and scripts", "bad", words)
    else:
        yield Finding("fonts and scripts", "good", "Khmer, Burmese and Thai letters and all scripts are as published.")


def _languages(_config: WebConfig) -> Iterator[Finding]:
    yield Finding("languages", "good", f"Pages in {', '.join(NAMES[code] for code in available())}.")


def _backups(config: WebConfig, now: float) -> Finding:
    """How old the newest copy is: the store's own of a file, or what the database's own means left beside it."""
    from finance_kit.store.copies import newest_copy
    from finance_kit.store.engine import database_file, parsed

    file = database_file(parsed(config.database_url))
    if file is None:
        dumps = (config.data_folder / "backups").glob("*.dump")
        newest = max(dumps, key=lambda path: path.stat().st_mtime, default=None)
        missing = "There is no copy (backups/*.dump) of the database. Make one a day as docs/production.md says."
    else:
        newest = newest_copy(file)
        missing = "There is no copy of the plans yet. Make one with: finance-kit store backup"
    if newest is None:
        return Finding("backup", "look", missing)
    days = int((now - newest.stat().st_mtime) // _DAY)
    return Finding("backup", "good" if days <= 2 else "look", f"The newest copy, {newest}, is {days} days old.")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


_CHECKS: Final[tuple[Callable[[WebConfig], Iterator[Finding]], ...]] = (
    _write_access,
    _modes,  # before the store is opened, which closes its own files
    _database,
    _transport,
    _programs,
    _own_files,
    _languages,
)
