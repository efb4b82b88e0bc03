"""An installation in a temporary folder, and the small things a test does with it."""

from __future__ import annotations

import functools
import re
import tempfile
from pathlib import Path

from flask.testing import FlaskClient

from finance_kit.store import open_store
from web.config import WebConfig

START_KEY = "start-key-of-the-tests"


def configuration(folder: Path, **changes: object) -> WebConfig:
    """Choices of an installation in a temporary folder."""
    chosen: dict[str, object] = {
        "database_url": f"sqlite:///{(folder / 'plans.sqlite3').as_posix()}",
        "data_folder": folder,
        "secret_key": "k" * 64,
        "start_key": START_KEY,
    }
    return WebConfig(**(chosen | changes))  # type: ignore[arg-type]


@functools.cache
def _empty_store() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plans.sqlite3"
        open_store(f"sqlite:///{file.as_posix()}").close()
        return file.read_bytes()


def begun(folder: Path) -> Path:
    """A folder with the store of an installation that was started once: tables are made once and not for each test."""
    file = folder / "plans.sqlite3"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_bytes(_empty_store())
    return folder


def token(client: FlaskClient, page: str = "/help/") -> str:
    """The form token of a client's session, as it stands in every page."""
    found = re.search(r'name="csrf-token" content="([^"]+)"', client.get(page).get_data(as_text=True))
    assert found
    return found[1]
