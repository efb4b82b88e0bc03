"""People of a shared installation, made as browsers make them: through the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.apps import configuration, token
from web import create_app
from web.people.first import first_key
from web.storage import store

PASSPHRASE = "coconut rope ferry"  # noqa: S105 - of people who exist in tests only
SAMPLE = "kh-pepper-drying"


def shared(folder: Path, **changes: object) -> Flask:
    """An installation for several people, where everybody may register."""
    return create_app(configuration(folder, **({"shared": True, "start_key": None, "registration": "open"} | changes)))


@contextmanager
def database(app: Flask) -> Iterator[Any]:
    """A transaction of the installation's own store."""
    with app.app_context(), store().session() as session:
        yield session


def send(client: FlaskClient, address: str, **fields: object) -> TestResponse:
    """Send a form with its token."""
    return client.post(address, data=fields | {"csrf_token": token(client)})


def administrator(app: Flask, name: str = "Head Office") -> FlaskClient:
    """The first account, made with the key that the server's window shows."""
    key = first_key(app)
    client = app.test_client()
    made = send(client, "/set-up", key=key, name=name, passphrase=PASSPHRASE, again=PASSPHRASE)
    assert made.status_code == 303, made.text
    return client


def register(app: Flask, name: str, passphrase: str = PASSPHRASE, **fields: object) -> FlaskClient:
    """A new account, signed in."""
    client = app.test_client()
    made = send(client, "/register", name=name, passphrase=passphrase, again=passphrase, **fields)
    assert made.status_code == 303, made.text
    return client


def sign_in(client: FlaskClient, name: str, passphrase: str = PASSPHRASE, **fields: object) -> TestResponse:
    """Try to sign in."""
    return send(client, "/sign-in", name=name, passphrase=passphrase, **fields)


def new_plan(client: FlaskClient) -> str:
    """The id of a plan of one's own, a copy of a sample."""
    made = send(client, f"/samples/{SAMPLE}")
    assert made.status_code == 303, made.text
    return made.headers["Location"].rsplit("/", 1)[-1]


def is_in(client: FlaskClient) -> bool:
    """Whether a browser is signed in."""
    return client.get("/account").status_code == 200


def shown(page: TestResponse, mark: str) -> str:
    """What a page shows this once, in the element of an id."""
    found = re.search(rf'id="{mark}">([^<]+)<', page.text)
    assert found, page.text
    return found[1]
