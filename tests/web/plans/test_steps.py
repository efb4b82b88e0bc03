"""Steps as ordinary forms: every sample goes through unchanged, whatever is typed is kept, rows come and go."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finance_kit.drafts import plain
from finance_kit.forms.steps import FULL_STEPS, PROFILE_STEPS
from finance_kit.store import values as kept_values
from tests.web.apps import token
from tests.web.plans.pages import SAMPLES, FormReader, begin, form_of, kept, open_sample, send, typed

HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE plans; --",
    "\u202egnp.exe",
    "..\\..\\etc\\passwd",
    "%(name)s %n",
    "၂၀ ខ្មែរ ไทย Tiếng Việt",
    "1e999",
    "-1",
    "x" * 3000,
)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_sent_back_step_by_step_is_the_same_plan(name: str, app: Flask, client: FlaskClient) -> None:
    plan_id = open_sample(client, name)
    before, revision = kept(app, plan_id)
    for step in FULL_STEPS:
        reader = form_of(client, plan_id, step.id)
        assert len(reader.controls) > 3
        assert send(client, plan_id, step.id, reader.controls).status_code == 303
    after, revision_after = kept(app, plan_id)
    assert after == before
    assert revision_after == revision, "nothing changed, so nothing was saved"


@pytest.mark.parametrize("step", [step.id for step in FULL_STEPS])
def test_hostile_text_in_every_field_of_a_step_is_kept_and_shown_as_text(
    step: str, app: Flask, client: FlaskClient
) -> None:
    plan_id = open_sample(client, "mm-dried-fish")
    reader = form_of(client, plan_id, step)
    for number, path in enumerate(
        key for key in reader.controls if key not in ("csrf_token", "base", "seen", "language")
    ):
        if len(reader.controls.getlist(path)) == 1:
            reader.controls[path] = HOSTILE[number % len(HOSTILE)]
    assert send(client, plan_id, step, reader.controls).status_code == 303
    _, revision = kept(app, plan_id)
    assert revision == 2
    page = client.get(f"/plans/{plan_id}/steps/{step}")
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert "<script>alert" not in text
    assert "{{ 7*7 }}" in text
    assert client.get(f"/plans/{plan_id}").status_code == 200


def test_what_cannot_be_read_is_kept_as_typed_with_the_reason_at_the_field_and_on_top(
    app: Flask, client: FlaskClient
) -> None:
    plan_id = begin(client)
    assert send(client, plan_id, "sell", form_of(client, plan_id, "sell").controls, "add:products").status_code == 303
    assert typed(client, plan_id, "sell", price="24 thousand", name="Pepper").status_code == 303
    document, _ = kept(app, plan_id)
    assert document["products"][0]["price"] == "24 thousand"
    text = client.get(f"/plans/{plan_id}/steps/sell").get_data(as_text=True)
    row = document["products"][0]["_id"]
    assert 'value="24 thousand"' in text
    assert f'<a href="#f-products-{row}-price">' in text
    assert text.count("The sum cannot be read at “thousand”.") == 2
    assert "1 problem" in client.get(f"/plans/{plan_id}").get_data(as_text=True)


def test_amounts_are_read_back_and_sums_worked_out(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client)
    send(client, plan_id, "sell", form_of(client, plan_id, "sell").controls, "add:products")
    typed(client, plan_id, "sell", price="3*8000+10%")
    document, _ = kept(app, plan_id)
    assert document["products"][0]["price"] == 26400
    text = client.get(f"/plans/{plan_id}/steps/sell").get_data(as_text=True)
    assert 'value="26,400"' in text
    assert "twenty-six thousand four hundred" in text


def test_a_rate_typed_as_twelve_is_twelve_per_cent_and_a_bare_fraction_is_asked_about(
    app: Flask, client: FlaskClient
) -> None:
    plan_id = begin(client)
    send(client, plan_id, "money", form_of(client, plan_id, "money").controls, "add:financing/loans")
    loan = kept(app, plan_id)[0]["financing"]["loans"][0]["_id"]
    path = f"financing/loans/@{loan}/annual_rate"
    controls = form_of(client, plan_id, "money").controls
    controls[path] = "12"
    send(client, plan_id, "money", controls)
    assert kept(app, plan_id)[0]["financing"]["loans"][0]["annual_rate"] == 0.12
    controls = form_of(client, plan_id, "money").controls
    controls[path] = "0.12"
    send(client, plan_id, "money", controls)
    assert kept(app, plan_id)[0]["financing"]["loans"][0]["annual_rate"] == "0.12"
    assert "Is it 12 % or 0.12 %?" in client.get(f"/plans/{plan_id}/steps/money").get_data(as_text=True)


def test_a_text_that_no_plan_can_hold_costs_nothing_else_and_stays_in_its_field(
    app: Flask, client: FlaskClient
) -> None:
    plan_id = open_sample(client)
    controls = form_of(client, plan_id, "plan").controls
    before = kept(app, plan_id)[0]
    controls["title"], controls["notes"] = "Pepper of Kampot", "n" * 25_000
    answer = send(client, plan_id, "plan", controls, "next")
    assert answer.status_code == 422
    document, revision = kept(app, plan_id)
    assert (document["title"], document.get("notes"), revision) == ("Pepper of Kampot", before.get("notes"), 2)
    again = FormReader()
    again.feed(answer.text)
    assert again.controls["notes"] == "n" * 25_000
    assert again.controls["title"] == "Pepper of Kampot"
    assert again.controls["base"] == "2"
    assert re.search(r'id="f-notes"[^>]*aria-invalid="true"', answer.text)
    assert 'href="#f-notes"' in answer.text
    again.controls["notes"] = "short"
    assert send(client, plan_id, "plan", again.controls, "next").status_code == 303
    assert kept(app, plan_id)[0]["notes"] == ["short"]


def test_what_could_not_be_saved_overwrites_nobody_once_it_is_mended(app: Flask, client: FlaskClient) -> None:
    plan_id = open_sample(client)
    controls = form_of(client, plan_id, "plan").controls
    others = form_of(client, plan_id, "plan").controls
    others["notes"] = "what a colleague wrote"
    assert send(client, plan_id, "plan", others).status_code == 303
    controls["title"], controls["notes"] = "Pepper of Kampot", "n" * 25_000
    answer = send(client, plan_id, "plan", controls)
    assert answer.status_code == 422
    again = FormReader()
    again.feed(answer.text)
    assert (again.controls["title"], again.controls["notes"]) == ("Pepper of Kampot", "n" * 25_000)
    again.controls["notes"] = "short"
    choice = send(client, plan_id, "plan", again.controls)
    assert choice.status_code == 409
    assert "what a colleague wrote" in choice.text
    document, _ = kept(app, plan_id)
    assert (document["title"], document["notes"]) == ("Pepper of Kampot", ["what a colleague wrote"])


def test_a_plan_that_would_be_too_large_is_refused_with_everything_still_in_the_form(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_id = open_sample(client)
    controls = form_of(client, plan_id, "plan").controls
    controls["title"], controls["notes"] = "Pepper of Kampot", "a few words"
    monkeypatch.setattr(kept_values, "MOST_BYTES", 1000)
    answer = send(client, plan_id, "plan", controls)
    assert answer.status_code == 422
    again = FormReader()
    again.feed(answer.text)
    assert (again.controls["title"], again.controls["notes"]) == ("Pepper of Kampot", "a few words")
    assert kept(app, plan_id)[1] == 1


def test_rows_are_added_copied_moved_and_removed_at_both_levels_and_removal_is_undone(
    app: Flask, client: FlaskClient
) -> None:
    plan_id = open_sample(client)

    def press(do: str) -> None:
        assert send(client, plan_id, "products", form_of(client, plan_id, "products").controls, do).status_code == 303

    def names() -> list[str]:
        return [product.get("name", "") for product in kept(app, plan_id)[0]["products"]]

    first, second, *_ = kept(app, plan_id)[0]["products"]
    start = names()
    press(f"copy:products/@{first['_id']}")
    assert names() == [start[0], *start]
    assert plain(kept(app, plan_id)[0]["products"][1]) == plain(first | {"_id": "aaaaaaaa"}) | {
        "_id": kept(app, plan_id)[0]["products"][1]["_id"]
    }
    press(f"remove:products/@{kept(app, plan_id)[0]['products'][1]['_id']}")
    assert names() == start
    press(f"down:products/@{first['_id']}")
    assert names()[:2] == [start[1], start[0]]
    press(f"up:products/@{first['_id']}")
    assert names() == start
    inputs = f"products/@{second['_id']}/inputs"
    press(f"add:{inputs}")
    assert len(kept(app, plan_id)[0]["products"][1]["inputs"]) == len(second["inputs"]) + 1
    press(f"remove:products/@{second['_id']}")
    assert names() == [start[0], *start[2:]]
    _, revision = kept(app, plan_id)
    client.post(f"/plans/{plan_id}/undo", data={"csrf_token": token(client), "base": revision})
    assert names() == start


def test_a_copy_has_what_was_typed_just_before_and_a_button_of_a_row_that_is_gone_loses_nothing(
    app: Flask, client: FlaskClient
) -> None:
    plan_id = begin(client, "full")
    send(client, plan_id, "products", form_of(client, plan_id, "products").controls, "add:products")
    row = kept(app, plan_id)[0]["products"][0]["_id"]
    controls = form_of(client, plan_id, "products").controls
    controls[f"products/@{row}/name"] = "Pepper"
    send(client, plan_id, "products", controls, f"copy:products/@{row}")
    assert [each["name"] for each in kept(app, plan_id)[0]["products"]] == ["Pepper", "Pepper"]
    controls = form_of(client, plan_id, "products").controls
    controls[f"products/@{row}/unit"] = "kg"
    send(client, plan_id, "products", controls, "remove:products/@zzzzzzzz/inputs/@zzzzzzzz")
    assert kept(app, plan_id)[0]["products"][0]["unit"] == "kg"


def test_what_was_typed_is_saved_before_a_row_is_added(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client)
    controls = form_of(client, plan_id, "who").controls
    controls["cluster/province"] = "Kampot"
    send(client, plan_id, "who", controls, "next")
    assert kept(app, plan_id)[0]["cluster"]["province"] == "Kampot"


def test_an_optional_part_comes_by_typing_into_it_and_goes_by_its_button(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client, "full")
    controls = form_of(client, plan_id, "needs").controls
    controls["needs/summary"] = "Rain spoils the harvest"
    send(client, plan_id, "needs", controls)
    assert kept(app, plan_id)[0]["needs"] == {"summary": "Rain spoils the harvest"}
    reader = form_of(client, plan_id, "needs")
    assert "clear:needs" in reader.buttons
    send(client, plan_id, "needs", reader.controls, "clear:needs")
    assert "needs" not in kept(app, plan_id)[0]


def test_a_profile_from_nothing_grows_to_a_full_plan_with_nothing_lost(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client)
    for asked in PROFILE_STEPS:
        assert client.get(f"/plans/{plan_id}/steps/{asked.id}").status_code == 200
    controls = form_of(client, plan_id, "who").controls
    controls["period/start"], controls["cluster/product"] = "03/2027", "Pepper"
    send(client, plan_id, "who", controls)
    for step, rows, values in (
        ("sell", "products", {"name": "Pepper", "unit": "kg", "price": "24,000", "volume_per_month": "900",
                              "input_cost_per_unit": "14000"}),
        ("costs", "fixed_costs", {"name": "Costs of a month", "amount": "2.5*1000000"}),
        ("buy", "assets", {"name": "Dryer", "unit_cost": "40 000 000", "life_months": "10*12"}),
    ):  # fmt: skip
        send(client, plan_id, step, form_of(client, plan_id, step).controls, f"add:{rows}")
        typed(client, plan_id, step, **values)
    for rows in ("financing/contributions", "financing/loans"):
        send(client, plan_id, "money", form_of(client, plan_id, "money").controls, f"add:{rows}")
    controls = form_of(client, plan_id, "money").controls
    answers = {
        "contributions": {"month": "1", "amount": "16000000"},
        "loans": {"name": "Loan", "principal": "24000000", "annual_rate": "12 %", "instalments": "36"},
    }
    for path in controls:
        parts = path.split("/")
        if len(parts) == 4 and parts[1] in answers:
            controls[path] = answers[parts[1]].get(parts[3], controls[path])
    send(client, plan_id, "money", controls)
    overview = client.get(f"/plans/{plan_id}").get_data(as_text=True)
    assert "the figures can be worked out" in overview
    profile, revision = kept(app, plan_id)
    client.post(f"/plans/{plan_id}/grow", data={"csrf_token": token(client), "base": revision})
    full, _ = kept(app, plan_id)
    assert full == profile | {"depth": "full"}
    grown = client.get(f"/plans/{plan_id}").get_data(as_text=True)
    assert f'href="/plans/{plan_id}/steps/plan">Plan and period</a>: Months looked ahead (36 or more); ' in grown
    assert f'href="/plans/{plan_id}/steps/tax">Tax, surplus and conventions</a>: Discount rate, Income tax' in grown
    assert client.get(f"/plans/{plan_id}/steps/members").status_code == 200


def test_a_season_and_ticked_months_are_one_value(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client, "full")
    send(client, plan_id, "products", form_of(client, plan_id, "products").controls, "add:products")
    controls = form_of(client, plan_id, "products").controls
    season = next(path for path in controls if path.endswith("/season"))
    controls.setlist(season, ["1", "1", "0.5", *["1"] * 9])
    send(client, plan_id, "products", controls)
    assert kept(app, plan_id)[0]["products"][0]["season"] == [1, 1, 0.5, *[1] * 9]
    controls = form_of(client, plan_id, "request").controls
    controls.setlist("request/preferred_months", ["", "3", "4"])
    send(client, plan_id, "request", controls)
    assert kept(app, plan_id)[0]["request"]["preferred_months"] == [3, 4]


@pytest.mark.parametrize(
    "do", ["add:nothing", "remove:products/@zzzzzzzz", "copy:products/@zzzzzzzz", "clear:../x", "up:"]
)
def test_a_made_up_button_changes_nothing(do: str, app: Flask, client: FlaskClient) -> None:
    plan_id = open_sample(client)
    before = kept(app, plan_id)
    assert send(client, plan_id, "products", form_of(client, plan_id, "products").controls, do).status_code == 303
    assert kept(app, plan_id) == before


def test_a_form_names_the_version_it_was_made_from(client: FlaskClient) -> None:
    plan_id = begin(client)
    controls = form_of(client, plan_id, "who").controls
    del controls["base"]
    assert send(client, plan_id, "who", controls).status_code == 428
    controls["base"] = "0"
    assert send(client, plan_id, "who", controls).status_code == 404


def test_the_language_of_the_form_decides_how_numbers_are_read(app: Flask, client: FlaskClient) -> None:
    """A page that was opened in English is read in English, whatever was chosen since in another tab."""
    plan_id = begin(client)
    send(client, plan_id, "sell", form_of(client, plan_id, "sell").controls, "add:products")
    client.set_cookie("language", "vi")
    controls = form_of(client, plan_id, "sell").controls
    controls["language"] = "en"
    controls[next(path for path in controls if path.endswith("/price"))] = "24,000.5"
    send(client, plan_id, "sell", controls)
    assert kept(app, plan_id)[0]["products"][0]["price"] == 24000.5
