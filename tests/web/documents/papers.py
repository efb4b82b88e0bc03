"""Plans of samples, other people, and waiting for work, for tests of documents."""

from __future__ import annotations

import time
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from finance_kit import drafts, resources
from finance_kit.store import plans, users
from tests.web.apps import token
from web.storage import store

PATIENCE = 90


def document_of(name: str = "kh-pepper-drying") -> dict[str, Any]:
    """The document of a sample."""
    document, _ = drafts.read_text(resources.sample_plan(name).read_text("utf-8"), name)
    assert document is not None
    return document


def plan_of(app: Flask, document: dict[str, Any] | None = None, owner: str | None = None) -> str:
    """Id of a new plan of the person whose laptop it is, or of another account."""
    with app.app_context(), store().session() as session:
        if owner is None:
            owner_id = users.local(session).id
        else:
            owner_id = users.create(session, owner, "no-one-signs-in-with-this").id
        return str(plans.create(session, owner_id, document or document_of(), "A plan").id)


def post(client: FlaskClient, address: str, **fields: Any) -> TestResponse:
    """A form that is sent as a page sends it."""
    return client.post(address, data={"csrf_token": token(client), **fields})


def send_file(client: FlaskClient, content: bytes, name: str = "plan.yaml") -> TestResponse:
    """A file that is opened on the page for it."""
    fields = {"csrf_token": token(client), "file": (BytesIO(content), name)}
    answer = client.post("/open", data=fields, content_type="multipart/form-data")
    answer.request.input_stream.close()  # a large body lies in a file
    return answer


def ask(client: FlaskClient, plan_id: str, **choices: str) -> str:
    """Address of the page of a document that was asked for."""
    wanted = {"make": "word", "lender": "kh_generic_bank", "depth": "summary", **choices}
    answer = post(client, f"/plans/{plan_id}/documents", **wanted)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.headers["Location"])


def finished(client: FlaskClient, address: str) -> str:
    """The page of a document once nothing changes on it any more."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        shown = client.get(f"{address}/state").get_data(as_text=True)
        if "hx-get" not in shown:
            return client.get(address).get_data(as_text=True)
        time.sleep(0.3)
    raise AssertionError(shown)
