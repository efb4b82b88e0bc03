"""A server that can be stopped and started again on the same address with the same plans, and a plan to type into."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import BaseWSGIServer, make_server

from finance_kit import drafts
from finance_kit.forms.start import blank
from finance_kit.store import plans, users
from tests.web.apps import START_KEY, configuration
from web import create_app
from web.storage import store


class Server:
    """The application of one person on their own laptop, in a thread."""

    def __init__(self, folder: Path, **choices: object) -> None:
        self.folder, self.choices, self.port = folder, choices, 0
        self.person = ""
        self._server: BaseWSGIServer | None = None
        self.app: Flask
        self.start()

    def start(self) -> None:
        """Run, on the port of the first time."""
        self.app = create_app(configuration(self.folder, **self.choices))
        self._server = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        """Answer nobody any more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def address(self, host: str = "127.0.0.1") -> str:
        """Where a browser finds it; ``lan.test`` is plain http as in a classroom."""
        return f"http://{host}:{self.port}"

    def new_plan(self, depth: str = "profile", **stated: Any) -> str:
        """The id of a new plan of the local person."""
        document = drafts.new_document(blank("Pepper growers", "KH", depth) | stated)
        with self.app.app_context(), store().session() as session:
            self.person = users.local(session).id
            return str(plans.create(session, self.person, document, "Pepper growers").id)

    def kept(self, plan_id: str, path: str) -> Any:
        """What the store itself holds at a field now."""
        found = drafts.lookup(self._view(plan_id).document, path)
        return found or None

    def revision(self, plan_id: str) -> int:
        """The number of the newest version."""
        return int(self._view(plan_id).revision)

    def _view(self, plan_id: str) -> Any:
        with self.app.app_context(), store().session() as session:
            return plans.get(session, plan_id, self.person)


def sign_in(page: Page, server: Server, host: str = "127.0.0.1") -> None:
    """Open the address that the server printed."""
    page.goto(f"{server.address(host)}/start?key={START_KEY}")


def open_step(page: Page, server: Server, plan_id: str, step: str = "who", host: str = "127.0.0.1") -> None:
    """A step of a plan, with its script running."""
    page.goto(f"{server.address(host)}/plans/{plan_id}/steps/{step}")
    page.wait_for_selector("html[data-autosave]")


def field(page: Page, path: str) -> Any:
    """The input of a field."""
    return page.locator(f'[data-path="{path}"]')


def said(page: Page, text: str) -> None:
    """Wait until the line about saving says so."""
    page.locator("[data-save-words]", has_text=text).wait_for()


def held(page: Page, server: Server, plan_id: str, path: str, value: Any) -> None:
    """Wait until the store holds this at a field."""
    for _ in range(150):
        if server.kept(plan_id, path) == value:
            break
        page.wait_for_timeout(100)
    assert server.kept(plan_id, path) == value


def arrives(page: Page, server: Server, plan_id: str, path: str, value: Any) -> None:
    """Wait until the store holds this at a field, and the page says that it is saved."""
    held(page, server, plan_id, path, value)
    page.locator('#save-state[data-state="saved"]', has_text="Saved").wait_for()
