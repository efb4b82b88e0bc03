"""A shared installation with an administrator, an owner of a plan, and somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.accounts import administrator, new_plan, register, shared


@dataclass(frozen=True)
class Place:
    """The installation, its people, and the owner's plan."""

    app: Flask
    folder: Path
    admin: FlaskClient
    owner: FlaskClient
    other: FlaskClient
    plan: str

    def stranger(self) -> FlaskClient:
        """A browser in which nobody has signed in."""
        return self.app.test_client()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Everybody signed in, in a browser of their own."""
    app = shared(tmp_path)
    admin, owner, other = administrator(app), register(app, "Ann Sok"), register(app, "Ben Dara")
    return Place(app, tmp_path, admin, owner, other, new_plan(owner))


@pytest.fixture
def stranger_site(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Somebody in front of an installation that has no account yet."""
    return shared(tmp_path_factory.mktemp("new")).test_client()
