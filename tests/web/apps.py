"""An installation in a temporary folder, and the small things a test does with it."""

from __future__ import annotations

import re
from pathlib import Path

from flask.testing import FlaskClient

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


def token(client: FlaskClient, page: str = "/help/") -> str:
    """The form token of a client's session, as it stands in every page."""
    found = re.search(r'name="csrf-token" content="([^"]+)"', client.get(page).get_data(as_text=True))
    assert found
    return found[1]
