"""The three doors, the list of plans, and the one door to a plan."""

from __future__ import annotations

import re
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from finance_kit import resources, service
from finance_kit.store import open_store, plans, users
from finance_kit.store.plan_views import PlanView
from finance_kit.store.tables_plans import Upkeep
from tests.web.apps import START_KEY, configuration, token
from web import access, create_app
from web.health import KEPT_SECONDS
from web.samples import SAMPLES
from web.storage import store


def _plans(page: str) -> list[str]:
    return re.findall(r'class="plan-line" href="/plans/([\w-]+)"', page)


def test_every_sample_has_a_card_with_title_country_trade_and_sentence(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    for sample in SAMPLES:
        assert str(sample.title) in page
        assert str(sample.trade)
        assert str(sample.trade) in page
        assert str(sample.about) in page
    for country in ("Cambodia", "Myanmar", "Thailand", "Viet Nam"):
        assert country in page


def test_a_card_says_what_stands_in_the_plan() -> None:
    told = {sample.name: (str(sample.title), sample.country) for sample in SAMPLES}
    loaded = {path.stem: service.check(path).plan for path in resources.sample_plans()}
    assert told == {name: (plan.title, plan.cluster.country) for name, plan in loaded.items() if plan is not None}
    assert len(told) == 5


@pytest.mark.parametrize("name", service.sample_names())
def test_a_sample_opens_as_a_plan_of_ones_own(name: str, client: FlaskClient) -> None:
    answer = client.post(f"/samples/{name}", data={"csrf_token": token(client)})
    assert answer.status_code == 303
    (plan,) = _plans(client.get("/").get_data(as_text=True))
    assert answer.headers["Location"] == f"/plans/{plan}"


def test_a_trade_begins_a_profile_in_the_currency_of_the_country(app: Flask, client: FlaskClient) -> None:
    data = {"csrf_token": token(client), "trade": "pottery", "country": "TH"}
    assert client.post("/start/trade", data=data).status_code == 303
    (plan_id,) = _plans(client.get("/").get_data(as_text=True))
    with open_store(app.extensions["finance_kit_config"].database_url).session() as session:
        found = plans.get(session, plan_id, users.local(session).id)
    assert found is not None
    assert found.document["depth"] == "profile"
    assert found.document["period"]["currency"] == "THB"
    assert found.role == "owner"


@pytest.mark.parametrize(
    ("trade", "country"), [("", ""), ("pottery", ""), ("../x", "KH"), ("pottery", "XX"), ("pottery", "kh")]
)
def test_a_choice_that_is_not_there_begins_nothing(trade: str, country: str, client: FlaskClient) -> None:
    data = {"csrf_token": token(client), "trade": trade, "country": country}
    answer = client.post("/start/trade", data=data, follow_redirects=True)
    assert "Choose a trade and a country." in answer.get_data(as_text=True)
    assert _plans(answer.get_data(as_text=True)) == []


def test_other_samples_are_not_there(client: FlaskClient) -> None:
    key = {"csrf_token": token(client)}
    for name in ("nowhere", "README", "..%2fpyproject", "offers"):
        assert client.post(f"/samples/{name}", data=key).status_code == 404
    assert client.get("/samples/kh-homestay").status_code == 405


def test_a_title_is_shown_letter_for_letter(app: Flask, client: FlaskClient) -> None:
    title = '<b>Kiln</b> & "Co" ភូមិ'
    with open_store(app.extensions["finance_kit_config"].database_url).session() as session:
        plans.create(session, users.local(session).id, {"title": title}, title)
    page = client.get("/").get_data(as_text=True)
    assert "&lt;b&gt;Kiln&lt;/b&gt; &amp; &#34;Co&#34; ភូមិ" in page
    assert "<b>Kiln" not in page


def test_the_first_page_of_a_server_with_accounts_shows_the_doors_and_opens_none(tmp_path: Path) -> None:
    client = create_app(configuration(tmp_path, shared=True, start_key=None)).test_client()
    page = client.get("/").get_data(as_text=True)
    assert "Try a finished sample" in page
    assert "/samples/" not in page
    assert client.post("/samples/kh-homestay", data={"csrf_token": token(client)}).status_code == 401


# ----------------------------------------------------------------------------------------------- the one door to a plan


@pytest.mark.parametrize(
    ("role", "right", "status"),
    [
        (None, "view", 404),
        ("stranger", "view", 404),
        ("viewer", "view", 200),
        ("viewer", "comment", 403),
        ("viewer", "edit", 403),
        ("adviser", "comment", 200),
        ("adviser", "edit", 403),
        ("editor", "edit", 200),
        ("editor", "own", 403),
        ("owner", "own", 200),
    ],
)
def test_a_role_gives_its_rights_and_no_more(
    role: str | None, right: access.Right, status: int, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = None if role is None else SimpleNamespace(id="p", title="", document={}, revision=3, role=role)
    monkeypatch.setattr(plans, "get", lambda _session, _plan_id, _user_id: plan)
    person = SimpleNamespace(id="me")
    app.extensions["finance_kit_plan_used"].clear()  # what others do is noted in the store, which knows no such person
    with app.test_request_context("/"):
        monkeypatch.setattr(access, "require_person", lambda: person)
        try:
            found = access.plan_access("p", right)
            assert (found.user, found.revision, found.may(right)) == (person, 3, True)
            answered = 200
        except HTTPException as refused:
            answered = refused.code or 0
    assert answered == status


@pytest.fixture
def theirs(app: Flask) -> PlanView:
    """A plan of another person."""
    with open_store(app.extensions["finance_kit_config"].database_url).session() as session:
        other = users.create(session, "Sok Dara", "hash")
        return plans.create(session, other.id, {"title": "Theirs"}, "Theirs")


def test_every_route_of_a_plan_answers_for_somebody_elses_as_if_it_were_not_there(
    app: Flask, client: FlaskClient, theirs: PlanView
) -> None:
    header = {"X-CSRFToken": token(client)}
    asked = 0
    for rule in app.url_map.iter_rules():
        if "plan_id" not in rule.arguments or rule.endpoint.startswith("api."):  # by token: tests/web/api
            continue
        for plan_id in (theirs.id, "0" * len(theirs.id)):
            values: dict[str, Any] = dict.fromkeys(rule.arguments, "1") | {"plan_id": plan_id}
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **values)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                answer = client.open(address, method=method, headers=header)
                expected = 401 if rule.rule.startswith("/api/") else 404  # programs bring a token, not a cookie
                assert answer.status_code == expected, f"{method} {rule.rule}: {answer.status_code}"
                assert "Theirs" not in answer.get_data(as_text=True)
                asked += 1
    assert asked >= 10
    assert _plans(client.get("/").get_data(as_text=True)) == []
    with open_store(app.extensions["finance_kit_config"].database_url).session() as session:
        found = plans.get(session, theirs.id, theirs.owner_id)
    assert found == theirs


@pytest.mark.parametrize("odd", ["..", "%00", "'%20OR%201=1", "x" * 500, "%E1%9E%80", "-1", "new%0d%0aX:1"])
def test_odd_names_of_plans_are_not_there(odd: str, client: FlaskClient, theirs: PlanView) -> None:
    answer = client.get(f"/plans/{theirs.id}{odd}")
    assert answer.status_code == 404
    near = client.get(f"/plans/{theirs.id[:-1]}{'A' if theirs.id[-1] != 'A' else 'B'}")
    assert near.status_code == 404


# ----------------------------------------------------------------------------------------------- when the store is away


def test_a_database_that_is_away_is_told_in_words_and_asked_again(tmp_path: Path) -> None:
    away = "postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=2"
    client = create_app(configuration(tmp_path, database_url=away)).test_client()
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.get_json()["reason"]) == (503, "store_unreachable")
    assert client.get("/health/live").status_code == 200
    answer = client.get(f"/start?key={START_KEY}")
    assert answer.status_code == 503
    assert "Nothing was saved just now" in answer.get_data(as_text=True)
    assert answer.headers["Retry-After"]
    assert "127.0.0.1:1" not in answer.get_data(as_text=True)


def test_readiness_asks_the_disk_seldom_and_says_the_new_state_soon(app: Flask, stranger: FlaskClient) -> None:
    def checked() -> Any:
        with app.app_context(), store().session() as session:
            return session.scalar(select(Upkeep.at).where(Upkeep.task == "check"))

    assert stranger.get("/health/ready").status_code == 200
    first = checked()
    assert first is not None
    for _ in range(20):
        assert stranger.get("/health/ready").status_code == 200
    assert checked() == first
    time.sleep(KEPT_SECONDS)
    assert stranger.get("/health/ready").status_code == 200
    assert checked() > first


def test_a_damaged_file_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "plans.sqlite3"
    file.write_bytes(b"this is no database, and long enough to be sure of it" * 100)
    before = file.read_bytes()
    client = create_app(configuration(tmp_path)).test_client()
    assert client.get(f"/start?key={START_KEY}").status_code == 503
    assert file.read_bytes() == before
