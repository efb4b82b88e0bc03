"""A mend is tried beside the plan, kept as a change like any other or dropped; a promise is never put in silently."""

from __future__ import annotations

import html
import re
import threading
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finance_kit import drafts, resources, service, service_fixes, service_loans, service_results
from tests.web.apps import token
from tests.web.results.pages_of import keep, sample
from web.results import mends
from web.storage import store

LENDER = "kh_generic_bank"


def fixes() -> list[dict[str, Any]]:
    """Mends of the homestay by way of its file."""
    found = service_fixes.fixes_as_data(service_fixes.fixes(resources.sample_plan("kh-homestay"), LENDER))
    return [fix for problem in found["problems"] for fix in problem["fixes"]]


def held(app: Flask, plan_id: str) -> tuple[dict[str, Any], int]:
    """Document and version as they lie in the store."""
    from finance_kit.store import plans, users

    with app.app_context(), store().session() as session:
        plan = plans.get(session, plan_id, users.local(session).id)
        assert plan is not None
        return plan.document, plan.revision


def tried(client: FlaskClient, plan_id: str, number: int) -> dict[str, str]:
    """The hidden fields of the page on which a mend was tried."""
    page = client.get(f"/plans/{plan_id}/readiness/{LENDER}/mends/{number}").get_data(as_text=True)
    form = page[page.index("/mends/") :]
    return dict(re.findall(r'type="hidden" name="(csrf_token|state|batch)" value="([^"]+)"', form))


@pytest.fixture
def applies() -> dict[str, Any]:
    return next(fix for fix in fixes() if fix["applies"])


@pytest.fixture
def promise() -> dict[str, Any]:
    return next(fix for fix in fixes() if not fix["applies"])


def test_the_page_of_mends_shows_each_change_with_what_must_be_proven(app: Flask, client: FlaskClient) -> None:
    page = client.get(f"/plans/{keep(app, sample('kh-homestay'))}/readiness/{LENDER}/mends")
    text = html.unescape(page.get_data(as_text=True))
    assert "Refresh" not in page.headers
    for fix in fixes():
        assert fix["change"] in text
        assert "; ".join(fix["to_prove"]) in text


def test_trying_shows_both_plans_and_saves_nothing(app: Flask, client: FlaskClient, applies: dict[str, Any]) -> None:
    plan_id = keep(app, sample("kh-homestay"))
    before = held(app, plan_id)
    page = client.get(f"/plans/{plan_id}/readiness/{LENDER}/mends/{applies['number']}").get_data(as_text=True)
    text = html.unescape(page)
    ratio = applies["after"]["figures"]["min_dscr"]
    assert f"{ratio:.2f}" in text
    own = service.run(resources.sample_plan("kh-homestay")).basis.indicators.figure("min_dscr")
    assert f"{own:.2f}" in text
    assert held(app, plan_id) == before


def test_a_mend_that_is_kept_is_one_version_and_the_plan_then_is_the_one_that_was_tried(
    app: Flask, client: FlaskClient, applies: dict[str, Any]
) -> None:
    plan_id = keep(app, sample("kh-homestay"))
    document, revision = held(app, plan_id)
    sent = tried(client, plan_id, applies["number"]) | {"read": "yes"}
    answer = client.post(f"/plans/{plan_id}/readiness/{LENDER}/mends/{applies['number']}", data=sent)
    assert answer.status_code == 303
    kept, version = held(app, plan_id)
    assert version == revision + 1
    found = drafts.loaded(kept, "plan")
    assert found.usable
    run = service.Run(found, "2026-11-25")
    assert run.basis.indicators.figure("min_dscr") == pytest.approx(applies["after"]["figures"]["min_dscr"])
    for edit in applies["edits"]:
        assert drafts.lookup(kept, drafts.field_path(kept, edit["path"])) != drafts.lookup(
            document, drafts.field_path(document, edit["path"])
        )


def test_sent_twice_it_is_kept_once(app: Flask, client: FlaskClient, applies: dict[str, Any]) -> None:
    plan_id = keep(app, sample("kh-homestay"))
    sent = tried(client, plan_id, applies["number"]) | {"read": "yes"}
    for _ in range(2):
        client.post(f"/plans/{plan_id}/readiness/{LENDER}/mends/{applies['number']}", data=sent)
    assert held(app, plan_id)[1] == 2


@pytest.mark.parametrize("left_out", ["read", "state"])
def test_without_the_tick_or_on_a_plan_that_has_changed_nothing_is_kept(
    app: Flask, client: FlaskClient, applies: dict[str, Any], left_out: str
) -> None:
    plan_id = keep(app, sample("kh-homestay"))
    sent = tried(client, plan_id, applies["number"]) | {"read": "yes"}
    sent[left_out] = "other"
    answer = client.post(f"/plans/{plan_id}/readiness/{LENDER}/mends/{applies['number']}", data=sent)
    assert answer.status_code == 303
    assert held(app, plan_id)[1] == 1


def test_what_must_be_signed_first_is_never_put_into_the_plan(
    app: Flask, client: FlaskClient, promise: dict[str, Any]
) -> None:
    plan_id = keep(app, sample("kh-homestay"))
    address = f"/plans/{plan_id}/readiness/{LENDER}/mends/{promise['number']}"
    page = client.get(address).get_data(as_text=True)
    assert "Keep this change" not in page
    number = next(fix for fix in fixes() if fix["applies"])["number"]
    sent = tried(client, plan_id, number) | {"read": "yes"}
    assert client.post(address, data=sent).status_code == 404
    assert held(app, plan_id)[1] == 1


# -------------------------------------------------------------------------------------------------------------- offers

TYPED = {
    "title": "Village bank", "lender_type": "mfi", "principal": "180,000,000", "rate": "18", "per": "year",
    "quotation": "flat", "months": "36", "repayment": "annuity", "fee": "1.5", "grace": "",
}  # fmt: skip


def test_a_quoted_offer_costs_on_the_page_what_the_loan_room_reckons(app: Flask, client: FlaskClient) -> None:
    plan_id = keep(app, sample())
    sent = TYPED | {"csrf_token": token(client)}
    text = html.unescape(client.post(f"/plans/{plan_id}/offers", data=sent).get_data(as_text=True))
    loan = {"principal": 180e6, "annual_rate": 0.18, "months": 36, "quotation": "flat", "upfront_fee_share": 0.015}
    cost = service_loans.cost_of(service_loans.offer(None, {"loan": loan, "currency": "KHR"}))
    assert "Village bank" in text
    assert f"{cost.true.eir * 100:.2f}\u00a0%" in text
    assert f"{cost.cost:,.0f}" in text
    assert held(app, plan_id)[1] == 1


def test_a_quoted_offer_is_in_the_currency_of_the_loan_that_it_would_replace(app: Flask, client: FlaskClient) -> None:
    data = sample()
    for loan in data["financing"]["loans"]:
        loan |= {"currency": "USD", "principal": 20_000}
    sent = TYPED | {"csrf_token": token(client), "principal": "5,000"}
    text = html.unescape(client.post(f"/plans/{keep(app, data)}/offers", data=sent).get_data(as_text=True))
    assert "Sum lent (USD)" in text
    row = text[text.index("Village bank") :]
    assert "5,000.00\u00a0$" in row
    assert "5,000\u00a0៛" not in row


@pytest.mark.parametrize(
    ("field", "typed"),
    [("rate", "0.12"), ("rate", "eighteen"), ("months", "12.5"), ("principal", ""), ("rate", "-4"), ("months", "0")],
)
def test_what_cannot_be_read_is_said_at_its_field_and_kept_as_typed(
    app: Flask, client: FlaskClient, field: str, typed: str
) -> None:
    sent = TYPED | {"csrf_token": token(client), field: typed}
    text = client.post(f"/plans/{keep(app, sample())}/offers", data=sent).get_data(as_text=True)
    found = re.search(rf'<input id="offer-{field}"[^>]*>', text)
    assert found
    assert f'value="{typed}"' in found[0]
    assert 'aria-invalid="true"' in found[0]
    assert f'id="offer-{field}-help"' in text


def test_native_digits_are_read(app: Flask, client: FlaskClient) -> None:
    sent = TYPED | {"csrf_token": token(client), "months": "៣៦", "rate": "១៨"}
    text = client.post(f"/plans/{keep(app, sample())}/offers", data=sent).get_data(as_text=True)
    assert "aria-invalid" not in text
    assert "Take away" in text


def test_a_quoted_offer_can_be_taken_away(app: Flask, client: FlaskClient) -> None:
    plan_id = keep(app, sample())
    sent = TYPED | {"csrf_token": token(client), "remove": "0"}
    text = client.post(f"/plans/{plan_id}/offers", data=sent).get_data(as_text=True)
    assert "Village bank" not in text


# ------------------------------------------------------------------------------------------------------- long searches


def test_a_long_search_says_that_it_looks_and_comes_back_by_itself(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, real = threading.Event(), service_results.mends

    def slow(run: service.Run, profile: Any) -> Any:
        gate.wait(30)
        return real(run, profile)

    monkeypatch.setattr(service_results, "mends", slow)
    monkeypatch.setattr(mends, "_PATIENCE", 0.05)
    plan = sample("kh-homestay")
    plan["title"] = "A search that takes long"
    address = f"/plans/{keep(app, plan)}/readiness/{LENDER}/mends"
    waiting = client.get(address)
    assert waiting.status_code == 200
    assert waiting.headers["Refresh"] == "3"
    assert "comes back by itself" in waiting.get_data(as_text=True)
    gate.set()
    monkeypatch.setattr(mends, "_PATIENCE", 30.0)
    found = client.get(address)
    assert "Refresh" not in found.headers
    assert "Smallest change that mends it" in found.get_data(as_text=True)


def test_when_too_many_searches_wait_the_page_says_so_and_asks_again(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mends, "_WAITING", 0)
    plan = sample("kh-homestay")
    plan["title"] = "One search too many"
    answer = client.get(f"/plans/{keep(app, plan)}/readiness/{LENDER}/mends")
    assert answer.headers["Refresh"] == "10"
    assert "Other plans are being looked at" in answer.get_data(as_text=True)


def test_a_mend_of_which_one_field_was_changed_meanwhile_is_not_kept_in_part(
    app: Flask, client: FlaskClient, applies: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_id = keep(app, sample("kh-homestay"))
    chosen = mends._chosen

    def meanwhile(*given: Any) -> Any:
        from finance_kit.store import plans, users

        fix, _ = chosen(*given)
        with store().session() as session:
            theirs = [drafts.Change("set", "title", "Theirs")]
            plans.save(session, plan_id, users.local(session).id, 1, "theirs", theirs)
        return fix, [drafts.Change("set", "title", "Mine"), drafts.Change("set", "cluster/province", "Mine")]

    fields = tried(client, plan_id, applies["number"])
    monkeypatch.setattr(mends, "_chosen", meanwhile)
    client.post(f"/plans/{plan_id}/readiness/{LENDER}/mends/{applies['number']}", data={**fields, "read": "yes"})
    document, revision = held(app, plan_id)
    assert (document["title"], revision) == ("Theirs", 2)
    assert document["cluster"].get("province") != "Mine"
