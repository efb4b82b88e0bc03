"""What holds for every page: headers, words instead of tracebacks, nothing from elsewhere."""

from __future__ import annotations

import io
import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from finance_kit import resources
from tests.web.apps import configuration, token
from web import create_app, logs
from web.access import is_public, public
from web.errors import _WORDS
from web.headers import CONTENT_POLICY

PUBLIC = {
    "api.description",
    "assets.send",
    "health.live",
    "health.ready",
    "help.index",
    "help.page",
    "languages.choose",
    "start.home",
    "start.sign_out",
    "start.with_key",
}
MEMBER = {"plan_id": "x" * 22, "name": "kh-homestay", "topic": "grace", "print_": "x"}


def _protected(answer: TestResponse) -> None:
    assert answer.headers["Content-Security-Policy"] == CONTENT_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in answer.headers, "without TLS it would lock browsers out"
    assert "Server" not in answer.headers


def test_only_these_routes_are_open(app: Flask) -> None:
    open_ones = {rule.endpoint for rule in app.url_map.iter_rules() if is_public(app.view_functions[rule.endpoint])}
    assert {name for name in open_ones if not name.startswith("people.")} == PUBLIC


def test_a_stranger_gets_nothing_from_any_other_route(app: Flask, stranger: FlaskClient) -> None:
    key = token(stranger)
    closed = 0
    for rule in app.url_map.iter_rules():
        if is_public(app.view_functions[rule.endpoint]):
            continue
        values: dict[str, Any] = {name: MEMBER.get(name, "1") for name in rule.arguments}
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **values)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            answer = stranger.open(address, method=method, headers={"X-CSRFToken": key})
            assert answer.status_code == 401, f"{method} {rule.rule}"
            _protected(answer)
            closed += 1
    assert closed >= 3


@pytest.mark.parametrize(
    "address", ["/help/", "/help/grace", "/", "/nowhere", "/health/live", "/help/../../etc/passwd"]
)
def test_every_answer_is_protected_and_not_stored(address: str, stranger: FlaskClient) -> None:
    answer = stranger.get(address)
    _protected(answer)
    assert answer.headers["Cache-Control"] == "no-store"


def test_with_tls_browsers_are_told_to_stay_on_it(tmp_path: Path) -> None:
    app = create_app(configuration(tmp_path, tls=True))
    answer = app.test_client().get("/help/", base_url="https://localhost")
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_the_cookie_is_closed_to_scripts_and_other_sites(stranger: FlaskClient) -> None:
    cookie = stranger.get("/help/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_scripts_and_styles_stand_in_files_only(stranger: FlaskClient) -> None:
    templates = Path(create_app.__code__.co_filename).parent / "templates"
    faults = []
    for path in templates.rglob("*.html"):
        text = path.read_text("utf-8")
        if re.search(r"\sstyle=|\son[a-z]+=|javascript:|\|\s*safe\b|<style", text):
            faults.append(path.name)
        for script in re.findall(r"<script\b([^>]*)>", text):
            if "src=" not in script and "application/json" not in script:
                faults.append(path.name)
    assert faults == []


def test_no_page_names_another_site(stranger: FlaskClient) -> None:
    pages = ["/help/", "/nowhere", *(f"/help/{path.stem}" for path in resources.help_pages())]
    for page in pages:
        text = stranger.get(page).get_data(as_text=True)
        assert not re.search(r'(?:src|href|action|srcset|data)="(?:https?:)?//', text), page


@pytest.mark.parametrize("status", sorted(_WORDS))
def test_trouble_is_told_in_words(status: int, app: Flask, stranger: FlaskClient) -> None:
    def trouble() -> str:
        abort(status)

    def full() -> str:
        from finance_kit.errors import FinanceKitError

        raise FinanceKitError("store_full")

    app.add_url_rule("/trouble", "trouble", public(full if status == 507 else trouble))
    answer = stranger.get("/trouble", headers={"Accept": "text/html"})
    assert answer.status_code == status
    _protected(answer)
    text = answer.get_data(as_text=True)
    assert str(_WORDS[status][0]) in text.replace("&#39;", "'")
    assert text.count("<h1>") == 1
    script = stranger.get("/trouble", headers={"Accept": "application/json"})
    assert script.get_json()["error"]["title"] == str(_WORDS[status][0])


def test_a_mistake_of_ours_shows_a_number_and_neither_trace_nor_text(app: Flask, stranger: FlaskClient) -> None:
    def broken() -> str:
        raise ValueError("the plan of Sok Dara")

    app.add_url_rule("/broken", "broken", public(broken))
    written = io.StringIO()
    logs.to_stream(written)
    try:
        answer = stranger.get("/broken?who=Sok")
    finally:
        logs.LOGGER.handlers.clear()
    text = answer.get_data(as_text=True).replace("/broken?who=Sok", "")  # the language menu keeps the reader's place
    assert answer.status_code == 500
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    (failure,) = [line for line in lines if line["event"] == "failure"]
    assert failure["number"] in text
    assert failure["kind"] == "ValueError"
    assert any("test_pages.py" in place for place in failure["places"])
    for private in ("Sok", "Traceback", "ValueError"):
        assert private not in text
    assert "Sok" not in written.getvalue()


def test_the_log_has_patterns_of_addresses_and_no_contents(stranger: FlaskClient) -> None:
    written = io.StringIO()
    logs.to_stream(written)
    try:
        stranger.get("/help/grace?name=Sok+Dara")
        stranger.get("/secret-place-of-dara")
        stranger.get("/start?key=guess")
    finally:
        logs.LOGGER.handlers.clear()
        logs.LOGGER.setLevel(logging.NOTSET)
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [(line["route"], line["status"]) for line in lines] == [("/help/<topic>", 200), (None, 404), ("/start", 401)]
    assert not re.search("Sok|Dara|dara|guess|grace", written.getvalue())


def test_a_wrong_method_says_which_are_right(stranger: FlaskClient) -> None:
    answer = stranger.put("/help/", headers={"X-CSRFToken": token(stranger)})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
