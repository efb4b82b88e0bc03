"""One browser for all tests here; a server and a plan of one's own for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.web.browser.server import Server, sign_in
from tests.web.browsers import chromium


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """One person on their own laptop; the browser may call it ``lan.test`` too."""
    running = Server(tmp_path, hosts=("127.0.0.1", "lan.test"))
    yield running
    running.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that nobody used before, of the size of a small phone."""
    opened = browser.new_context(viewport={"width": 360, "height": 740})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, server: Server) -> Page:
    """A window of somebody who is signed in."""
    opened = context.new_page()
    sign_in(opened, server)
    return opened
