"""An application of one's own for each test: one person on a laptop, plans in a temporary folder."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from tests.web.apps import START_KEY, begun, configuration
from tests.web.browsers import chromium
from web import create_app


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """The application as one person on their own laptop runs it."""
    return create_app(configuration(begun(tmp_path)))


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """Somebody without a key."""
    return app.test_client()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """The person whose laptop it is."""
    signed_in = app.test_client()
    assert signed_in.get(f"/start?key={START_KEY}").status_code == 303
    return signed_in


@pytest.fixture
def live(app: Flask) -> Iterator[str]:
    """Address of a running server, for a browser; ``/start?key=`` with ``START_KEY`` lets it in."""
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser; without one the test is left out, which fails where CI=true."""
    with chromium() as opened:
        yield opened
