"""Hosts, origins, form tokens and sizes: refused before a page looks at the request."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from tests.web.apps import configuration, token
from web import create_app
from web.access import public


@pytest.fixture
def changed(app: Flask) -> list[str]:
    """What got through to a page that changes something."""
    done: list[str] = []

    def change() -> str:
        done.append(request.form.get("text", "") or str(request.get_json(silent=True)))
        return "done"

    app.add_url_rule("/change", "change", public(change), methods=["POST"])
    return done


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8765", "LOCALHOST", "[::1]:80"])
def test_our_own_names_are_answered(host: str, stranger: FlaskClient) -> None:
    assert stranger.get("/help/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "192.0.2.7", "[::2]"]
)
def test_a_foreign_name_is_refused_and_not_repeated(host: str, stranger: FlaskClient) -> None:
    answer = stranger.get("/help/", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.get_data(as_text=True)
    assert "evil" not in str(answer.headers)


def test_a_change_needs_the_token_of_its_own_session(app: Flask, stranger: FlaskClient, changed: list[str]) -> None:
    other = token(app.test_client())
    for given in (None, "", "made-up", other):
        data = {"text": "x"} if given is None else {"text": "x", "csrf_token": given}
        assert stranger.post("/change", data=data).status_code == 400
    assert changed == []
    assert stranger.post("/change", data={"text": "x", "csrf_token": token(stranger)}).status_code == 200
    assert changed == ["x"]


def test_json_carries_the_token_in_a_header(stranger: FlaskClient, changed: list[str]) -> None:
    refused = stranger.post("/change", json={"a": 1})
    assert refused.status_code == 400
    assert refused.get_json()["error"]["code"] == "stale_form"
    assert stranger.post("/change", json={"a": 1}, headers={"X-CSRFToken": token(stranger)}).status_code == 200
    assert changed == ["{'a': 1}"]


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost.evil.example", "http://localhost:81"]
)
def test_another_site_changes_nothing_even_with_the_token(
    origin: str, stranger: FlaskClient, changed: list[str]
) -> None:
    data = {"text": "x", "csrf_token": token(stranger)}
    assert stranger.post("/change", data=data, headers={"Origin": origin}).status_code == 400
    assert changed == []
    assert stranger.post("/change", data=data, headers={"Origin": "http://localhost"}).status_code == 200


def test_what_is_too_large_is_refused_in_words(tmp_path: Path) -> None:
    app = create_app(configuration(tmp_path, max_content_length=20_000, max_form_memory_size=5_000, max_form_parts=10))
    app.add_url_rule("/change", "change", public(lambda: str(len(request.form))), methods=["POST"])
    client = app.test_client()
    header = {"X-CSRFToken": token(client)}
    body = client.post("/change", data=b"x" * 30_000, headers=header, content_type="application/x-www-form-urlencoded")
    field = client.post("/change", data={"text": "x" * 9_000}, headers=header)
    parts = client.post(
        "/change", data={f"f{n}": "x" for n in range(20)}, headers=header, content_type="multipart/form-data"
    )
    assert [answer.status_code for answer in (body, field)] == [413, 413]
    assert "too large" in body.get_data(as_text=True)
    assert parts.status_code == 413


def test_fifty_thousand_fields_do_not_break_the_server(stranger: FlaskClient, changed: list[str]) -> None:
    header = {"X-CSRFToken": token(stranger)}
    body = "&".join(f"f{n}=x" for n in range(50_000))
    kind = "application/x-www-form-urlencoded"
    assert stranger.post("/change", data=body, headers=header, content_type=kind).status_code < 500
