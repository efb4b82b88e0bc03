"""The autosave protocol, conflicts and the bin."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finance_kit.drafts import Change
from finance_kit.store import plans, users
from tests.web.apps import token
from tests.web.plans.pages import FormReader, begin, changes, form_of, kept, open_sample, send
from web.plans import saving, sending
from web.storage import store


def _set(path: str, value: Any) -> dict[str, Any]:
    return {"op": "set", "path": path, "value": value}


def _body(base: int, *made: dict[str, Any], batch: str = "batch-0001", **more: Any) -> dict[str, Any]:
    return {"base": base, "batch": batch, "changes": list(made), "language": "en", **more}


def test_a_change_is_saved_and_answered_with_what_the_page_shows(app: Flask, client: FlaskClient) -> None:
    plan_id = open_sample(client)
    row = kept(app, plan_id)[0]["fixed_costs"][0]["_id"]
    path = f"fixed_costs/@{row}/amount"
    answer = changes(client, plan_id, _body(1, _set(path, "3*100000"), step="costs"))
    assert answer.status_code == 200
    data = answer.get_json()
    assert data["revision"] == 2
    assert data["merged"] == []
    assert data["saved_words"].startswith("Saved ")
    assert data["fields"][path]["text"] == "300,000"
    assert "three hundred thousand" in data["fields"][path]["reading"]
    assert data["fields"][path]["problems"] == []
    assert {each["id"] for each in data["steps"]} >= {"costs", "products"}
    assert kept(app, plan_id)[0]["fixed_costs"][0]["amount"] == 300000


@pytest.mark.parametrize("step", [[], {}, 7, None, "no such step"])
def test_an_odd_name_of_a_step_costs_no_answer(app: Flask, client: FlaskClient, step: Any) -> None:
    plan_id = open_sample(client)
    answer = changes(client, plan_id, _body(1, _set("title", "Pepper"), step=step))
    assert answer.status_code == 200
    assert "problems" not in answer.get_json()
    assert kept(app, plan_id)[0]["title"] == "Pepper"


def test_more_than_two_mebibytes_at_once_are_not_read(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client)
    answer = client.post(
        f"/plans/{plan_id}/changes",
        data=b'{"base": 1, "changes": ' + b"[]," * 700_000,
        content_type="application/json",
        headers={"X-CSRFToken": token(client)},
    )
    assert answer.status_code == 413
    assert kept(app, plan_id)[1] == 1


def test_an_unreadable_value_is_saved_as_typed_and_the_answer_says_why(app: Flask, client: FlaskClient) -> None:
    plan_id = open_sample(client)
    row = kept(app, plan_id)[0]["fixed_costs"][0]["_id"]
    path = f"fixed_costs/@{row}/amount"
    data = changes(client, plan_id, _body(1, _set(path, "1.500"), step="costs")).get_json()
    assert kept(app, plan_id)[0]["fixed_costs"][0]["amount"] == "1.500"
    assert "1 500 or 1.5" in data["unread"][path]
    assert "1 500 or 1.5" in data["fields"][path]["problems"][0]
    assert data["fields"][path]["wrong"] is True
    assert "1 500 or 1.5" in data["fields"][path]["notes"]
    assert data["problems"][0]["path"] == path
    assert "1 500 or 1.5" in data["problems_html"]
    assert next(each for each in data["steps"] if each["id"] == "costs")["state"] == "problem"


def test_the_same_batch_again_is_answered_again_and_not_applied_twice(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client, "full")
    body = _body(1, {"op": "add", "path": "members", "value": {"_id": "aaaaaaaa", "name": "Sok"}})
    assert changes(client, plan_id, body).get_json()["revision"] == 2
    again = changes(client, plan_id, body)
    assert (again.status_code, again.get_json()["revision"]) == (200, 2)
    assert len(kept(app, plan_id)[0]["members"]) == 1


def test_different_fields_merge_and_the_same_field_is_a_conflict_with_both_sides(
    app: Flask, client: FlaskClient
) -> None:
    plan_id = begin(client, "full")
    assert changes(client, plan_id, _body(1, _set("cluster/province", "Kampot"), batch="one-00001")).status_code == 200
    merged = changes(client, plan_id, _body(1, _set("cluster/district", "Kampong Trach"), batch="two-00001"))
    assert merged.status_code == 200
    assert [each["path"] for each in merged.get_json()["merged"]] == ["cluster/province"]
    conflict = changes(
        client,
        plan_id,
        _body(1, _set("cluster/province", "Takeo"), _set("cluster/phone", "+855"), batch="three-001"),
    )
    assert conflict.status_code == 409
    (side,) = conflict.get_json()["conflicts"]
    assert (side["path"], side["theirs"], side["mine"]) == ("cluster/province", "Kampot", "Takeo")
    cluster = kept(app, plan_id)[0]["cluster"]
    assert (cluster["province"], cluster["district"], cluster["phone"]) == ("Kampot", "Kampong Trach", "+855")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (None, 400),
        ([], 400),
        ({"batch": "batch-0001", "changes": [_set("title", "x")]}, 428),
        ({"base": True, "batch": "batch-0001", "changes": [_set("title", "x")]}, 428),
        (_body(1), 400),
        (_body(1, _set("title", "x"), batch="x"), 400),
        (_body(1, _set("title", "x"), batch="x" * 65), 400),
        (_body(1, _set("nothing", "x")), 400),
        (_body(1, _set("cluster/nothing", "x")), 400),
        (_body(1, _set("cluster/../title", "x")), 400),
        (_body(1, {"op": "eval", "path": "title", "value": "x"}), 400),
        (_body(1, {"op": "remove", "path": "products/@zzzzzzzz"}), 400),
        (_body(1, {"op": "add", "path": "title", "value": {}}), 400),
        (_body(10**30, _set("title", "x")), 428),
        (_body(0, _set("title", "x")), 428),
        ({"base": 1, "batch": "batch-0001", "changes": [_set("title", "x")] * 2001}, 400),
    ],
)
def test_what_is_no_change_is_refused_and_nothing_is_saved(
    body: Any, status: int, app: Flask, client: FlaskClient
) -> None:
    plan_id = begin(client, "full")
    before = kept(app, plan_id)
    assert changes(client, plan_id, body).status_code == status
    assert kept(app, plan_id) == before


@pytest.mark.parametrize("opened", ["[", '{"base":1,"batch":"batch-0001","changes":['])
def test_brackets_within_brackets_are_refused_before_they_are_followed(
    opened: str, app: Flask, client: FlaskClient
) -> None:
    plan_id = begin(client, "full")
    before = kept(app, plan_id)
    headers = {"X-CSRFToken": token(client), "Content-Type": "application/json"}
    answer = client.post(f"/plans/{plan_id}/changes", data=opened + "[" * 100_000, headers=headers)
    assert answer.status_code == 400
    data = {"csrf_token": token(client), "base": 1, "path": "title", "mine": "[" * 100_000, "choose-0": "mine"}
    assert client.post(f"/plans/{plan_id}/conflict", data=data).status_code == 303
    assert client.post(f"/plans/{plan_id}/conflict", data=data | {"base": -(10**30)}).status_code in (303, 404)
    assert kept(app, plan_id) == before


def test_what_was_typed_into_a_version_that_was_lost_is_chosen_field_by_field(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client, "full")
    changes(client, plan_id, _body(1, _set("cluster/province", "Kampot")))
    before = kept(app, plan_id)
    lost = _set("members/@aaaaaaaa/contribution_cash", "2,000"), _set("members/@aaaaaaaa/name", "Sok")
    body = _body(9, _set("cluster/province", "Takeo"), _set("title", before[0]["title"]), *lost, batch="late-0001")
    answer = changes(client, plan_id, body)
    assert answer.status_code == 409
    told = answer.get_json()
    assert (told["revision"], told["merged"]) == (2, [])
    assert [(each["path"], each["base"], each["theirs"], each["mine"]) for each in told["conflicts"]] == [
        ("cluster/province", None, "Kampot", "Takeo"),
        ("members/@aaaaaaaa", None, None, {"_id": "aaaaaaaa", "contribution_cash": 2000, "name": "Sok"}),
    ]
    assert kept(app, plan_id) == before
    same = changes(client, plan_id, _body(9, _set("cluster/province", "Kampot"), batch="late-0002"))
    assert (same.status_code, same.get_json()["revision"]) == (200, 2)
    mine = _body(2, {"op": "add", "path": "members", "value": told["conflicts"][1]["mine"]}, batch="late-0003")
    assert changes(client, plan_id, mine).get_json()["revision"] == 3


def test_a_form_of_a_version_that_was_lost_shows_both_sides(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client, "full")
    controls = form_of(client, plan_id, "cluster").controls
    controls["cluster/province"], controls["base"] = "Takeo", "9"
    page = send(client, plan_id, "cluster", controls, "next")
    assert page.status_code == 409
    sent = FormReader("/conflict")
    sent.feed(page.get_data(as_text=True))
    assert (sent.controls["path"], sent.controls["mine"], sent.controls["base"]) == ("cluster/province", '"Takeo"', "1")
    sent.controls["choose-0"] = "mine"
    assert client.post(f"/plans/{plan_id}/conflict", data=sent.controls).status_code == 303
    assert kept(app, plan_id)[0]["cluster"]["province"] == "Takeo"


def test_a_choice_is_made_from_what_was_shown_and_not_from_what_was_saved_since(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_id = begin(client, "full")
    controls = form_of(client, plan_id, "cluster").controls
    controls["cluster/province"] = "Takeo"
    changes(client, plan_id, _body(1, _set("cluster/province", "Kampot")))
    saved = saving.save

    def and_then_another(access: Any, *given: Any) -> Any:
        outcome = saved(access, *given)
        saved(access, 2, "third-0001", [Change("set", "cluster/province", "Kep")])
        return outcome

    monkeypatch.setattr(sending, "save", and_then_another)
    page = send(client, plan_id, "cluster", controls)
    sent = FormReader("/conflict")
    sent.feed(page.get_data(as_text=True))
    sent.controls["choose-0"] = "mine"
    again = client.post(f"/plans/{plan_id}/conflict", data=sent.controls)
    assert again.status_code == 409
    assert "Kep" in again.get_data(as_text=True)
    assert kept(app, plan_id)[0]["cluster"]["province"] == "Kep"


def test_a_growth_and_a_season_are_saved_from_their_parts(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client, "full")
    add = {"op": "add", "path": "products", "value": {"_id": "aaaaaaaa", "name": "Pepper", "price": "24,000"}}
    changes(client, plan_id, _body(1, add, batch="one-00001"))
    product = "products/@aaaaaaaa"
    season = _set(f"{product}/season", ["1"] * 11 + ["0.5"])
    changes(client, plan_id, _body(2, _set(f"{product}/price_growth/rate", "3"), season, batch="two-00001"))
    made = kept(app, plan_id)[0]["products"][0]
    assert made == {"_id": "aaaaaaaa", "name": "Pepper", "price": 24000, "price_growth": 0.03,
                    "season": [1] * 11 + [0.5]}  # fmt: skip
    changes(client, plan_id, _body(3, _set(f"{product}/price_growth/per", "month"), batch="three-001"))
    assert kept(app, plan_id)[0]["products"][0]["price_growth"] == {"rate": 0.03, "per": "month"}


def test_two_forms_of_one_step_show_both_sides_and_the_choice_is_saved(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client, "full")
    one, two = form_of(client, plan_id, "cluster").controls, form_of(client, plan_id, "cluster").controls
    one["cluster/province"] = "Kampot"
    two["cluster/province"], two["cluster/district"] = "Takeo", "Angkor Borei"
    send(client, plan_id, "cluster", one)
    page = send(client, plan_id, "cluster", two)
    assert page.status_code == 409
    text = page.get_data(as_text=True)
    assert "Kampot" in text
    assert "Takeo" in text
    document, revision = kept(app, plan_id)
    assert document["cluster"]["province"] == "Kampot"
    assert document["cluster"]["district"] == "Angkor Borei"
    data = {"csrf_token": token(client), "base": revision, "path": "cluster/province", "mine": '"Takeo"',
            "choose-0": "mine", "next": f"/plans/{plan_id}/steps/cluster"}  # fmt: skip
    assert client.post(f"/plans/{plan_id}/conflict", data=data).status_code == 303
    assert kept(app, plan_id)[0]["cluster"]["province"] == "Takeo"


def test_a_row_that_one_removed_while_another_typed_in_it_can_be_brought_back(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client, "full")
    row = {"op": "add", "path": "members", "value": {"_id": "aaaaaaaa", "name": "Sok", "contribution_cash": "1,000"}}
    changes(client, plan_id, _body(1, row, batch="one-00001"))
    controls = form_of(client, plan_id, "members").controls
    changes(client, plan_id, _body(2, {"op": "remove", "path": "members/@aaaaaaaa"}, batch="two-00001"))
    controls["members/@aaaaaaaa/contribution_cash"] = "2,000"
    page = send(client, plan_id, "members", controls)
    assert page.status_code == 409
    assert "Contribution in cash: 2,000" in page.get_data(as_text=True)
    assert "members" not in kept(app, plan_id)[0]
    sent = FormReader("/conflict")
    sent.feed(page.get_data(as_text=True))
    sent.controls["choose-0"] = "mine"
    assert client.post(f"/plans/{plan_id}/conflict", data=sent.controls).status_code == 303
    (member,) = kept(app, plan_id)[0]["members"]
    assert (member["name"], member["contribution_cash"]) == ("Sok", 2000)


def test_a_plan_goes_into_the_bin_and_out_again(client: FlaskClient) -> None:
    plan_id = begin(client)
    assert client.post(f"/plans/{plan_id}/bin", data={"csrf_token": token(client)}).status_code == 303
    assert client.get(f"/plans/{plan_id}").status_code == 404
    assert "Pepper growers" in client.get("/plans/bin").get_data(as_text=True)
    assert client.post(f"/plans/{plan_id}/unbin", data={"csrf_token": token(client)}).status_code == 303
    assert client.get(f"/plans/{plan_id}").status_code == 200


def test_the_plan_of_somebody_else_does_not_exist(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), store().session() as session:
        other = users.create(session, "other", "Other")
        theirs = plans.create(session, other.id, {"title": "Theirs", "products": []}).id
    key = {"csrf_token": token(client), "base": "1"}
    for address in ("", "/steps/plan", "/versions"):
        assert client.get(f"/plans/{theirs}{address}").status_code == 404
    for address in ("/steps/plan", "/undo", "/grow", "/bin", "/unbin", "/conflict", "/versions/1/restore"):
        assert client.post(f"/plans/{theirs}{address}", data=key).status_code == 404, address
    assert changes(client, theirs, _body(1, _set("title", "Mine"))).status_code == 404
    with app.app_context(), store().session() as session:
        view = plans.get(session, theirs, other.id)
        assert view is not None
        assert (view.revision, view.document["title"]) == (1, "Theirs")


def test_a_new_plan_needs_a_name_and_a_country(client: FlaskClient) -> None:
    answer = client.post("/plans/new", data={"csrf_token": token(client), "name": "<b>", "country": "XX"})
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert "Choose the country." in text
    assert 'value="&lt;b&gt;"' in text
