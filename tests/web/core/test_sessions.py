"""Who is let in, for how long, and what is left of it afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.apps import START_KEY, configuration, token
from web import create_app, sessions
from web.start_key import start_key

COOKIE = "finance_kit"
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def _cookie(client: FlaskClient) -> str:
    found = client.get_cookie(COOKIE)
    assert found is not None
    return found.value


def _replayed(app: Flask, cookie: str) -> int:
    """How the first page answers to a browser that presents this cookie."""
    other = app.test_client()
    other.set_cookie(COOKIE, cookie)
    return other.get("/").status_code


def test_the_key_in_the_address_lets_in_and_disappears_from_it(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/").status_code == 401
    answer = client.get(f"/start?key={START_KEY}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("query", ["", "?key=", "?key=guess", f"?key={START_KEY}x", "?key=%E1%9E%80"])
def test_another_key_opens_nothing(query: str, stranger: FlaskClient) -> None:
    assert stranger.get(f"/start{query}").status_code == 401
    assert stranger.get("/").status_code == 401


def test_where_people_have_accounts_no_key_opens_anything(tmp_path: Path) -> None:
    client = create_app(configuration(tmp_path, shared=True, start_key=None)).test_client()
    for query in ("?key=", "?key=None"):
        answer = client.get(f"/start{query}")
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/sign-in"), "shown the door of people with a passphrase"


def test_the_value_changes_at_sign_in_and_a_planted_one_is_not_adopted(app: Flask) -> None:
    attacker = app.test_client()
    attacker.get("/help/")
    planted = _cookie(attacker)
    victim = app.test_client()
    victim.set_cookie(COOKIE, planted)
    victim.get(f"/start?key={START_KEY}")
    assert _cookie(victim) != planted
    assert victim.get("/").status_code == 200
    assert _replayed(app, planted) == 401


def test_after_sign_out_the_cookie_is_dead_on_the_server(app: Flask, client: FlaskClient) -> None:
    stolen = _cookie(client)
    assert _replayed(app, stolen) == 200
    answer = client.post("/sign-out", data={"csrf_token": token(client)})
    assert answer.status_code == 200
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert client.get("/").status_code == 401
    assert _replayed(app, stolen) == 401


def test_after_sign_out_the_address_in_the_history_opens_nothing(app: Flask, client: FlaskClient) -> None:
    told: list[str] = []
    start_key(app).tell_changes_to(told.append)
    client.post("/sign-out", data={"csrf_token": token(client)})
    assert client.get(f"/start?key={START_KEY}").status_code == 401
    (new,) = told
    assert client.get(f"/start?key={new}").status_code == 303


def test_a_stranger_cannot_change_the_key(app: Flask, stranger: FlaskClient) -> None:
    stranger.post("/sign-out", data={"csrf_token": token(stranger)})
    assert app.test_client().get(f"/start?key={START_KEY}").status_code == 303


def test_signing_in_again_ends_the_session_of_before(app: Flask, client: FlaskClient) -> None:
    before = _cookie(client)
    client.get(f"/start?key={START_KEY}")
    assert _replayed(app, before) == 401


@pytest.mark.parametrize(
    ("uses", "expected"),
    [
        ([timedelta(minutes=59)], 200),
        ([timedelta(minutes=61)], 401),
        ([timedelta(minutes=50 * times) for times in range(1, 5)], 200),
        ([timedelta(minutes=50 * times) for times in range(1, 16)], 401),  # used all along, but 12 h 30 min old
        ([timedelta(days=400)], 401),
    ],
)
def test_a_session_ends_when_it_is_not_used_and_after_a_day_of_work(
    uses: list[timedelta], expected: int, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = NOON
    monkeypatch.setattr(sessions, "now", lambda: moment)
    client = app.test_client()
    client.get(f"/start?key={START_KEY}")
    status = 0
    for after in uses:
        moment = NOON + after
        status = client.get("/").status_code
    assert status == expected


def test_sessions_survive_a_restart_of_the_server(tmp_path: Path) -> None:
    client = create_app(configuration(tmp_path)).test_client()
    client.get(f"/start?key={START_KEY}")
    assert _replayed(create_app(configuration(tmp_path)), _cookie(client)) == 200


def test_the_cookie_holds_nothing_about_a_person(app: Flask, client: FlaskClient) -> None:
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    content = serializer.loads(_cookie(client))
    assert set(content) <= {"session", "csrf_token"}


def test_a_page_whose_session_ended_can_go_on_after_a_new_sign_in(app: Flask, client: FlaskClient) -> None:
    person = client.get("/session").get_json()["person"]
    client.delete_cookie(COOKIE)
    refused = client.get("/session", headers={"Accept": "application/json"})
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (401, "http_401")
    client.get(f"/start?key={START_KEY}")
    told = client.get("/session").get_json()
    assert told["person"] == person
    data = {"language": "en", "next": "/", "csrf_token": told["token"]}
    assert client.post("/language", data=data).status_code == 303
