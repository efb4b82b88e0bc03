"""Where the plans of this machine lie, unless somebody named another place."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

__all__ = ["data_folder", "database_url"]


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of this person's data, where their system keeps such things, or ``FINANCE_KIT_DATA``."""
    if named := environment.get("FINANCE_KIT_DATA"):
        return Path(named).expanduser().absolute()
    home = Path.home()
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Finance Kit"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "Finance Kit"
    return Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share") / "finance-kit"


def database_url(environment: Mapping[str, str] = os.environ) -> str:
    """``FINANCE_KIT_DATABASE_URL`` or ``DATABASE_URL``, or the file in the data folder."""
    named = environment.get("FINANCE_KIT_DATABASE_URL") or environment.get("DATABASE_URL")
    return named or f"sqlite:///{(data_folder(environment) / 'finance-kit.sqlite3').as_posix()}"
