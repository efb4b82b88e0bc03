"""Opening a file on the page for it: plans are kept with their problems, everything else leaves nothing behind."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finance_kit import resources
from finance_kit.store import plans, users
from tests.plan.test_receiving_files import HOSTILE, OTHER_FILES
from tests.web.apps import token
from tests.web.documents.papers import send_file
from web.storage import store


def plans_of(app: Flask) -> int:
    with app.app_context(), store().session() as session:
        return len(plans.of(session, users.local(session).id))


@pytest.mark.parametrize(("content", "code"), OTHER_FILES.values(), ids=OTHER_FILES.keys())
def test_what_is_no_plan_is_refused_in_words(app: Flask, client: FlaskClient, content: bytes, code: str) -> None:
    answer = send_file(client, content, "../../plan.yaml")
    shown = answer.get_data(as_text=True)
    assert answer.status_code == (413 if code == "upload_too_large" else 422)
    assert "was not opened. Your file is unchanged." in shown
    assert "/../" not in shown
    assert plans_of(app) == 0


@pytest.mark.parametrize(("content", "word"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_refused_with_their_line(app: Flask, client: FlaskClient, content: bytes, word: str) -> None:
    answer = send_file(client, content)
    assert answer.status_code == 422
    assert re.search(r"Line \d+, column \d+:", answer.get_data(as_text=True)), word
    assert plans_of(app) == 0


def test_a_sample_becomes_a_plan_and_is_kept_as_received(app: Flask, client: FlaskClient) -> None:
    content = resources.sample_plan("th-pottery-kiln").read_bytes()
    answer = send_file(client, content, "ไห.yaml")
    assert answer.status_code == 303
    assert plans_of(app) == 1
    address = answer.headers["Location"].rstrip("/")
    kept = client.get(f"{address}/received/file")
    assert kept.data == content
    assert kept.headers["Content-Disposition"] == 'attachment; filename="received.yaml"'
    assert "ไห.yaml" in client.get(f"{address}/received").get_data(as_text=True)


def test_a_plan_with_problems_becomes_a_plan_with_line_column_and_step(app: Flask, client: FlaskClient) -> None:
    answer = send_file(client, b"title: Rice\ncluster:\n  name: <b>Mill</b>\n  country: XX\n", "rice.yaml")
    assert answer.status_code == 303
    address = answer.headers["Location"]
    assert address.endswith("/received")
    shown = client.get(address).get_data(as_text=True)
    plan = address.removesuffix("/received")
    found = rf'Line 4, column 12</span>\s*<a href="{plan}/steps/[a-z_]+#f-cluster-country">[^<]*KH, MM, TH, VN'
    assert re.search(found, shown)
    assert "<b>Mill" not in shown
    assert plans_of(app) == 1


def test_no_file_is_said(client: FlaskClient) -> None:
    answer = client.post("/open", data={"csrf_token": token(client)}, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "No file was chosen" in answer.get_data(as_text=True)


def test_a_request_beyond_all_limits_is_refused_before_it_is_read(app: Flask, client: FlaskClient) -> None:
    answer = send_file(client, b"a" * (10 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert plans_of(app) == 0


def test_without_the_forms_token_nothing_is_opened(app: Flask, client: FlaskClient) -> None:
    sample = resources.sample_plan("kh-homestay")
    with sample.open("rb") as stream:
        answer = client.post("/open", data={"file": (stream, "plan.yaml")}, content_type="multipart/form-data")
    answer.request.input_stream.close()
    assert answer.status_code == 400
    assert plans_of(app) == 0
