"""A plan with holes says what is missing, hostile names are shown as text, a stranger's plan is not there."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finance_kit import drafts
from tests.web.results.pages_of import PAGES, keep, sample
from web.results.missing import so_far
from web.storage import store


def with_holes() -> dict[str, object]:
    plan = sample()
    del plan["period"]["months"]
    plan["financing"]["loans"][0]["annual_rate"] = "about 12"
    return plan


@pytest.mark.parametrize("page", [each for each in PAGES if each != "results/summary"])
def test_each_page_of_an_unfinished_plan_names_what_is_missing_and_leads_there(
    app: Flask, client: FlaskClient, page: str
) -> None:
    plan = with_holes()
    plan_id = keep(app, plan)
    answer = client.get(f"/plans/{plan_id}/{page}")
    text = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 200
    name = plan["financing"]["loans"][0]["name"]  # type: ignore[index]
    assert name in text
    assert "about 12" in text
    assert "2 things" in text
    assert "4 products" in text or page == "checks"
    assert "Traceback" not in text


def test_the_panel_of_an_unfinished_plan_lists_what_is_missing(app: Flask, client: FlaskClient) -> None:
    plan_id = keep(app, with_holes())
    answer = client.get(f"/plans/{plan_id}/results/summary?revision=1", headers={"HX-Request": "true"})
    text = html.unescape(answer.get_data(as_text=True))
    assert "<html" not in text
    assert "Figures come as soon as these 2 things are stated" in text
    assert "about 12" in text


@pytest.mark.parametrize(
    ("assets", "words"),
    [
        ([{"unit_cost": 40_000_000}, {"unit_cost": 1_500_000, "quantity": 4}], "2 things to buy: 46,000,000"),
        ([{"unit_cost": 40_000_000}, {"quantity": 4}], "2 things to buy"),
        ([{"unit_cost": 40_000_000, "quantity": "a few"}], "1 thing to buy"),
    ],
)
def test_what_is_to_be_bought_is_summed_where_each_cost_is_stated(
    app: Flask, assets: list[dict[str, object]], words: str
) -> None:
    with app.test_request_context():
        (said,) = so_far({"period": {"currency": "KHR"}, "assets": assets})
    assert said.partition("\u00a0")[0] == words


def test_the_panel_follows_the_plan_as_it_is_saved(app: Flask, client: FlaskClient) -> None:
    plan = sample()
    plan_id = keep(app, plan)
    part = {"HX-Request": "true"}
    before = client.get(f"/plans/{plan_id}/results/summary?revision=1", headers=part).get_data(as_text=True)
    with app.app_context(), store().session() as session:
        from finance_kit.store import plans, users

        change = drafts.Change("set", f"products/@{plan['products'][0]['_id']}/price", 1)
        plans.save(session, plan_id, users.local(session).id, 1, drafts.new_id(), [change])
    after = client.get(f"/plans/{plan_id}/results/summary?revision=2", headers=part).get_data(as_text=True)
    assert before != after
    assert "profit in every year" in before
    assert "loss" in after


def test_a_sum_of_what_is_there_is_only_told_where_every_amount_is_stated(app: Flask, client: FlaskClient) -> None:
    plan = with_holes()
    loans = plan["financing"]["loans"]  # type: ignore[index]
    page = html.unescape(client.get(f"/plans/{keep(app, plan)}/results").get_data(as_text=True))
    found = re.search(r"<li>2 loans asked for(.*?)</li>", page)
    assert found
    codes = {loan.get("currency") for loan in loans}
    assert (":" in found[1]) == (codes <= {None, "KHR"})


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"


def test_hostile_names_are_shown_as_text_on_every_page(app: Flask, client: FlaskClient) -> None:
    plan = sample()
    plan["title"] = HOSTILE
    plan["cluster"]["name"] = HOSTILE
    plan["financing"]["loans"][0]["name"] = f"loan {HOSTILE}"
    plan["members"][0]["name"] = f"member {HOSTILE}"
    plan["assets"][0]["name"] = f"asset {HOSTILE}"
    plan["collateral"][0]["name"] = f"security {HOSTILE}"
    plan_id = keep(app, plan)
    shown = ""
    for page in (*PAGES, "readiness/kh_generic_bank", "readiness/kh_generic_bank/mends"):
        answer = client.get(f"/plans/{plan_id}/{page}")
        text = answer.get_data(as_text=True)
        assert answer.status_code == 200, page
        assert "<script>alert" not in text, page
        assert "<img" not in text.replace('<img src="/static', ""), page
        assert "49" not in html.unescape(text).split("{{7*7}}")[0][-8:], page
        shown += html.unescape(text)
    for word in ("loan", "member", "asset", "security"):
        assert f"{word} {HOSTILE}" in shown


def test_a_name_cannot_leave_the_data_of_a_chart(app: Flask, client: FlaskClient) -> None:
    plan = sample()
    plan["title"] = "</script><script>alert(3)</script>"
    page = client.get(f"/plans/{keep(app, plan)}/results/stress").get_data(as_text=True)
    assert page.count("<script") == page.count("</script>")
    assert "<script>alert(3)" not in page


def test_a_plan_of_somebody_else_is_not_there_on_any_address(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    from finance_kit.store import plans, users

    with app.app_context(), store().session() as session:
        other = users.create(session, "other@example.org", "Other")
        theirs = plans.create(session, other.id, sample(), "Theirs").id
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("results.")]
    assert len(rules) >= 14
    values = {"name": "cash", "profile_id": "kh_generic_bank", "place": 1}
    for rule in rules:
        chosen = {key: value for key, value in values.items() if key in rule.arguments}
        with app.test_request_context():
            address = app.url_map.bind("localhost").build(rule.endpoint, {"plan_id": theirs, **chosen})
        assert client.get(address).status_code in (404, 405), address
        if "POST" in (rule.methods or set()):
            page = client.get("/help/").get_data(as_text=True)
            found = re.search(r'name="csrf-token" content="([^"]+)"', page)
            assert found
            answer = client.post(address, data={"csrf_token": found[1], "read": "yes"})
            assert answer.status_code == 404, address
        assert client.get(address.replace(theirs, "a" * len(theirs))).status_code in (404, 405)
