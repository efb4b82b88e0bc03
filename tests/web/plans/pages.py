"""What a test of the plan pages does over and over: open a sample, read a form as a browser would, send it, look."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from finance_kit.store import plans, users
from tests.web.apps import token
from web.storage import store

SAMPLES = ("kh-homestay", "kh-pepper-drying", "mm-dried-fish", "th-pottery-kiln", "vn-coconut-export")


class FormReader(HTMLParser):
    """The successful controls of the step's form, as a browser would send them when no button is pressed."""

    def __init__(self, action: str = "/steps/") -> None:
        super().__init__()
        self._action = action
        self.controls: MultiDict[str, str] = MultiDict()
        self.buttons: list[str] = []
        self._inside = False
        self._area: tuple[str, list[str]] | None = None
        self._select: str | None = None
        self._chosen: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a control of the form."""
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = self._action in known.get("action", "")
        if not self._inside:
            return
        if (
            tag == "input"
            and "name" in known
            and (known.get("type") not in ("checkbox", "radio") or "checked" in known)
        ):
            self.controls.add(known["name"], known.get("value", ""))
        elif tag == "button" and "value" in known:
            self.buttons.append(known["value"])
        elif tag == "textarea":
            self._area = (known["name"], [])
        elif tag == "select":
            self._select, self._chosen = known["name"], None
        elif tag == "option" and self._select is not None and ("selected" in known or self._chosen is None):
            self._chosen = known.get("value", "")

    def handle_data(self, data: str) -> None:
        """The text of a text field."""
        if self._area is not None:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        """A control is complete."""
        if tag == "form":
            self._inside = False
        elif tag == "textarea" and self._area is not None:
            name, parts = self._area
            # A browser drops the line break behind the tag and sends a carriage return before each other one.
            text = "".join(parts)
            self.controls.add(name, text.removeprefix("\n").replace("\n", "\r\n"))
            self._area = None
        elif tag == "select" and self._select is not None:
            self.controls.add(self._select, self._chosen or "")
            self._select = None


def open_sample(client: FlaskClient, name: str = "kh-pepper-drying") -> str:
    """The id of a copy of a sample."""
    answer = client.post(f"/samples/{name}", data={"csrf_token": token(client)})
    assert answer.status_code == 303
    return answer.headers["Location"].rpartition("/")[2]


def begin(client: FlaskClient, depth: str = "profile", name: str = "Pepper growers") -> str:
    """The id of a new plan."""
    data = {"csrf_token": token(client), "name": name, "country": "KH", "depth": depth}
    answer = client.post("/plans/new", data=data)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"].rpartition("/")[2]


def form_of(client: FlaskClient, plan_id: str, step_id: str) -> FormReader:
    """The form of a step."""
    answer = client.get(f"/plans/{plan_id}/steps/{step_id}")
    assert answer.status_code == 200
    reader = FormReader()
    reader.feed(answer.get_data(as_text=True))
    return reader


def send(client: FlaskClient, plan_id: str, step_id: str, controls: Any, do: str = "save") -> TestResponse:
    """Send a step with a button pressed."""
    data = MultiDict(controls)
    data["do"] = do
    return client.post(f"/plans/{plan_id}/steps/{step_id}", data=data)


def typed(client: FlaskClient, plan_id: str, step_id: str, **values: str) -> TestResponse:
    """Type into fields, named by the end of their path (``price`` or ``loans__annual_rate`` …), and send the step."""
    controls = form_of(client, plan_id, step_id).controls
    for name, text in values.items():
        paths = [path for path in controls if path.split("/")[-1] == name]
        assert len(paths) == 1, (name, paths)
        controls[paths[0]] = text
    return send(client, plan_id, step_id, controls)


def kept(app: Flask, plan_id: str) -> tuple[dict[str, Any], int]:
    """The document and the number of its newest version, from the store itself."""
    with app.app_context(), store().session() as session:
        view = plans.get(session, plan_id, users.local(session).id, binned=True)
        assert view is not None
        return view.document, view.revision


def changes(client: FlaskClient, plan_id: str, body: Any) -> TestResponse:
    """Send changes as the script of a page does."""
    return client.post(f"/plans/{plan_id}/changes", json=body, headers={"X-CSRFToken": token(client)})
