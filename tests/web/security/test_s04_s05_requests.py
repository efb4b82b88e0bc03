"""S4 and S5: a page of another site changes nothing, and the cookie is of no use to it."""

from __future__ import annotations

import base64
import zlib
from pathlib import Path
from typing import Any

import pytest
from werkzeug.http import parse_cookie

from finance_kit.store import users
from tests.web.accounts import PASSPHRASE, administrator, database, is_in, shared, sign_in
from tests.web.apps import token
from tests.web.security.conftest import Place

FOREIGN_FORMS: dict[str, dict[str, Any]] = {
    "an ordinary form": {"data": {"name": "Ben Dara", "role": "editor"}},
    "a form with files": {"data": {"name": "Ben Dara", "role": "editor"}, "content_type": "multipart/form-data"},
    "plain text that looks like JSON": {
        "data": '{"name": "Ben Dara", "role": "editor", "x": "="}',
        "content_type": "text/plain",
    },
}


def _shared_with(place: Place) -> int:
    return place.owner.get(f"/plans/{place.plan}/people").text.count("Ben Dara")


@pytest.mark.parametrize("form", FOREIGN_FORMS.values(), ids=FOREIGN_FORMS.keys())
@pytest.mark.parametrize("origin", ["http://evil.example", "null", None])
def test_s04_a_foreign_form_has_no_effect(form: dict[str, Any], origin: str | None, place: Place) -> None:
    headers = {} if origin is None else {"Origin": origin}
    answer = place.owner.post(f"/plans/{place.plan}/people", headers=headers, **form)
    assert answer.status_code == 400
    assert _shared_with(place) == 0


def test_s04_a_token_of_another_session_or_made_up_has_no_effect(place: Place) -> None:
    theirs, own = token(place.other), token(place.owner)
    changed = own[:-4] + ("aaaa" if own[-4:] != "aaaa" else "bbbb")
    for wrong in (theirs, changed, "", "x" * 40, own.split(".", maxsplit=1)[0]):
        fields = {"name": "Ben Dara", "role": "editor", "csrf_token": wrong}
        assert place.owner.post(f"/plans/{place.plan}/people", data=fields).status_code == 400
    assert _shared_with(place) == 0
    fields = {"name": "Ben Dara", "role": "editor", "csrf_token": own}
    assert place.owner.post(f"/plans/{place.plan}/people", data=fields).status_code == 303
    assert _shared_with(place) > 0, "the form itself works"


def test_s04_with_the_right_token_but_from_another_site_it_has_no_effect(place: Place) -> None:
    fields = {"name": "Ben Dara", "role": "editor", "csrf_token": token(place.owner)}
    headers = {"Origin": "http://localhost.evil.example"}
    assert place.owner.post(f"/plans/{place.plan}/people", data=fields, headers=headers).status_code == 400
    assert _shared_with(place) == 0


def test_s04_every_route_that_changes_something_asks_for_the_token(place: Place) -> None:
    asked = 0
    for rule in place.app.url_map.iter_rules():
        changing = sorted((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"})
        if not changing or rule.endpoint.startswith("api."):
            continue  # the programming interface takes no cookie, and so nothing that a browser adds by itself
        values: dict[str, Any] = {name: place.plan if name == "plan_id" else "1" for name in rule.arguments}
        with place.app.test_request_context():
            address = place.app.url_for(rule.endpoint, **values)
        for method in changing:
            assert place.owner.open(address, method=method).status_code == 400, f"{method} {rule.rule}"
            asked += 1
    assert asked > 20
    assert is_in(place.owner)


def test_s04_reading_pages_changes_nothing(place: Place) -> None:
    with database(place.app) as session:
        before = sorted((user.id, user.name, user.role, user.disabled_at) for user in users.all_of_them(session))
    for rule in place.app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or not rule.endpoint.startswith("people."):
            continue
        values: dict[str, Any] = {name: place.plan if name == "plan_id" else "1" for name in rule.arguments}
        with place.app.test_request_context():
            address = place.app.url_for(rule.endpoint, **values)
        place.owner.get(address)
    with database(place.app) as session:
        assert before == sorted(
            (user.id, user.name, user.role, user.disabled_at) for user in users.all_of_them(session)
        )
    assert is_in(place.owner)
    assert _shared_with(place) == 0


@pytest.mark.parametrize("tls", [False, True])
def test_s05_the_cookie_is_closed_and_says_nothing(tls: bool, tmp_path: Path) -> None:
    app = shared(tmp_path, tls=tls, hosts=("localhost", "127.0.0.1"))
    client = app.test_client()
    if tls:
        set_cookie = client.get("/register", base_url="https://localhost").headers["Set-Cookie"]
        assert set_cookie.startswith("__Host-")
        assert "Secure" in set_cookie
    else:
        administrator(app)
        set_cookie = sign_in(client, "Head Office").headers["Set-Cookie"]
    assert "HttpOnly" in set_cookie
    assert "SameSite=Lax" in set_cookie
    assert "Domain=" not in set_cookie
    assert "Path=/" in set_cookie
    for personal in ("Head", "Office", PASSPHRASE, "administrator"):
        assert personal not in _readable(set_cookie)


def _readable(set_cookie: str) -> str:
    """The cookie with its signed part opened, as anybody who has it can."""
    value = next(iter(parse_cookie(set_cookie).values()))
    body = value.lstrip(".").split(".", maxsplit=1)[0]
    content = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    return (zlib.decompress(content) if value.startswith(".") else content).decode() + set_cookie
