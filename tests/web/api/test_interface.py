"""The interface does what the pages do, for whom a token stands, and refuses everything else in one shape."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from finance_kit import drafts, service, service_assess
from finance_kit.store import audit, plans, tokens, users
from finance_kit.store import jobs as kept
from tests.web.api.tokens import bearer
from tests.web.documents.papers import PATIENCE, document_of, plan_of
from tests.web.documents.test_downloads import job_of
from web.jobs.limits import Limits
from web.storage import store

API = "/api/v1"


def fails(answer: Any, status: int, code: str) -> Any:
    """A refusal in the one shape that there is."""
    assert answer.status_code == status, answer.get_data(as_text=True)
    error = answer.get_json()["error"]
    assert error["status"] == status
    assert error["code"] == code
    assert error["title"]
    return error


@pytest.fixture
def program(app: Flask) -> FlaskClient:
    """A program without cookies."""
    return app.test_client(use_cookies=False)


def test_its_description_is_valid_and_names_no_other_site(program: FlaskClient) -> None:
    answer = program.get(f"{API}/openapi.json")
    description = answer.get_json()
    assert description["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(description).iter_errors()) == []
    assert "http" not in answer.get_data(as_text=True).replace('"type":"http"', "")
    assert program.get(f"{API}/openapi/swagger/").status_code in (401, 404)


@pytest.mark.parametrize("header", [None, "Bearer x", "Bearer " + "x" * 43, "Basic YTpi", "Bearer ", "bearer\u00e9"])
def test_without_a_token_nothing_is_told(app: Flask, client: FlaskClient, header: str | None) -> None:
    plan_id = plan_of(app)
    headers = {"Authorization": header} if header else {}
    for address in ("/plans", f"/plans/{plan_id}", f"/plans/{plan_id}/figures", "/lenders?country=KH"):
        fails(client.get(API + address, headers=headers), 401, "http_401")  # although a cookie comes along
    fails(client.delete(f"{API}/plans/{plan_id}", headers=headers), 401, "http_401")


def test_a_token_that_is_over_opens_nothing(app: Flask, program: FlaskClient) -> None:
    now = datetime.now(UTC)
    with app.app_context(), store().session() as session:
        person = users.local(session).id
        _, old = tokens.create(session, person, "old", "read", now, now - timedelta(seconds=1))
        line, ended = tokens.create(session, person, "ended", "read", now)
        tokens.end(session, person, line.id)
    for secret in (old, ended):
        fails(program.get(f"{API}/plans", headers={"Authorization": f"Bearer {secret}"}), 401, "http_401")


def test_a_token_does_not_open_the_pages(app: Flask, program: FlaskClient) -> None:
    assert program.get(f"/plans/{plan_of(app)}", headers=bearer(app)).status_code == 401


def test_a_token_for_reading_changes_nothing(app: Flask, program: FlaskClient) -> None:
    plan_id, headers = plan_of(app), bearer(app, "read")
    assert program.get(f"{API}/plans/{plan_id}", headers=headers).status_code == 200
    body = {"base": 1, "batch": "a", "changes": [{"op": "set", "path": "title", "value": "Mine"}]}
    fails(program.post(f"{API}/plans/{plan_id}/changes", json=body, headers=headers), 403, "token_for_reading")
    fails(program.delete(f"{API}/plans/{plan_id}", headers=headers), 403, "token_for_reading")
    fails(program.post(f"{API}/plans/{plan_id}/exports", json={}, headers=headers), 403, "token_for_reading")
    read = program.get(f"{API}/plans/{plan_id}", headers=headers).get_json()
    assert (read["revision"], read["document"]["title"]) == (1, document_of()["title"])


def test_another_persons_plan_is_not_there(app: Flask, program: FlaskClient) -> None:
    theirs, mine, headers = plan_of(app, owner="Sok"), plan_of(app), bearer(app)
    job = job_of(app, theirs)
    body = {"base": 1, "batch": "a", "changes": [{"op": "set", "path": "title", "value": "Mine"}]}
    for path in ("", "/figures", "/assessments", f"/jobs/{job}", f"/jobs/{job}/files/plan_bank_2026-11-25_en.docx"):
        fails(program.get(f"{API}/plans/{theirs}{path}", headers=headers), 404, "http_404")
    for path, sent in (("/changes", body), ("/exports", {}), ("/fixes", {}), (f"/jobs/{job}/cancel", None)):
        fails(program.post(f"{API}/plans/{theirs}{path}", json=sent, headers=headers), 404, "http_404")
    fails(program.delete(f"{API}/plans/{theirs}", headers=headers), 404, "http_404")
    fails(program.get(f"{API}/plans/{mine}/jobs/{job}", headers=headers), 404, "http_404")
    assert [line["id"] for line in program.get(f"{API}/plans", headers=headers).get_json()["plans"]] == [mine]
    with app.app_context(), store().session() as session:
        found = plans.document_at(session, theirs, 1)
        assert found is not None
        assert found["title"] == document_of()["title"]
        assert plans.document_at(session, theirs, 2) is None


def test_a_plan_is_made_read_changed_and_put_into_the_bin(app: Flask, program: FlaskClient) -> None:
    headers = bearer(app)
    made = program.post(f"{API}/plans", json={"plan": drafts.plain(document_of())}, headers=headers)
    assert made.status_code == 201
    plan = made.get_json()
    assert plan["usable"] is True
    loan = plan["document"]["financing"]["loans"][0]["_id"]
    rate = f"financing/loans/@{loan}/annual_rate"
    sent = {"base": 1, "batch": "b1", "changes": [{"op": "set", "path": rate, "value": 0.2}]}
    address = f"{API}/plans/{plan['id']}"
    for _ in range(2):  # the answer was lost, so it is sent again
        assert program.post(f"{address}/changes", json=sent, headers=headers).get_json()["revision"] == 2
    other = sent | {"batch": "b2", "changes": [{"op": "set", "path": rate, "value": 0.3}]}
    stale = program.post(f"{address}/changes", json=other, headers=headers)
    fails(stale, 409, "plan_changed_by_others")
    (conflict,) = stale.get_json()["conflicts"]
    assert (conflict["path"], conflict["theirs"], conflict["mine"]) == (rate, 0.2, 0.3)
    read = program.get(address, headers=headers).get_json()
    assert read["document"]["financing"]["loans"][0]["annual_rate"] == 0.2
    assert stale.get_json()["seen"] == read["seen"] != plan["seen"]
    another = other | {"batch": "b3", "base": 2, "seen": plan["seen"]}  # that of another version of this number
    fails(program.post(f"{address}/changes", json=another, headers=headers), 422, "draft_base_unknown")
    known = program.post(f"{address}/changes", json=another | {"seen": read["seen"]}, headers=headers)
    assert known.get_json()["revision"] == 3
    assert program.delete(address, headers=headers).status_code == 204
    fails(program.get(address, headers=headers), 404, "http_404")


def test_a_plan_with_problems_is_kept_with_each_problem_at_its_field(app: Flask, program: FlaskClient) -> None:
    body = {"plan": {"title": "Mill", "cluster": {"name": "Mill", "country": "XX"}}}
    plan = program.post(f"{API}/plans", json=body, headers=bearer(app)).get_json()
    assert plan["usable"] is False
    problems = {problem["path"]: problem for problem in plan["problems"]}
    assert problems["cluster.country"]["sentence"] == '"XX" was found. Please choose one of: KH, MM, TH, VN.'
    refused = fails(program.get(f"{API}/plans/{plan['id']}/figures", headers=bearer(app)), 422, "plan_not_usable")
    assert "cluster.country" in [problem["path"] for problem in refused["problems"]]
    fails(program.post(f"{API}/plans/{plan['id']}/exports", json={}, headers=bearer(app)), 422, "plan_not_usable")


def test_figures_and_readiness_are_those_of_the_services(app: Flask, program: FlaskClient) -> None:
    document = document_of()
    address = f"{API}/plans/{plan_of(app, document)}"
    opened = service.Run(drafts.loaded(document, "plan"), datetime.now().astimezone().date().isoformat())
    figures = program.get(f"{address}/figures", headers=bearer(app)).get_json()
    assert figures["revision"] == 1
    assert figures["figures"] == json.loads(json.dumps(service.as_json(opened)))
    told = program.get(f"{address}/assessments", headers=bearer(app)).get_json()["readiness"]
    expected = json.loads(json.dumps(service_assess.assessment_json(opened)))
    assert told["assessments"] == expected["assessments"]
    assert told["lenders"] == expected["lenders"]
    wrong = program.get(f"{address}/assessments?lender=vn_generic_bank", headers=bearer(app))
    assert fails(wrong, 422, "lender_not_of_country")["problems"][0]["path"] == "lender"


@pytest.mark.usefixtures("no_office")
def test_a_document_is_asked_for_looked_after_and_fetched(app: Flask, program: FlaskClient) -> None:
    plan_id, headers = plan_of(app), bearer(app)
    address = f"{API}/plans/{plan_id}"
    asked = program.post(f"{address}/exports", json={"depth": "summary", "lender": "kh_generic_mfi"}, headers=headers)
    assert asked.status_code == 202
    job = asked.get_json()
    end = time.monotonic() + PATIENCE
    while job["state"] in ("waiting", "working") and time.monotonic() < end:
        time.sleep(0.3)
        job = program.get(f"{address}/jobs/{job['id']}", headers=headers).get_json()
    assert job["state"] == "done", job
    assert job["page_numbers_left_out"] is False
    (file,) = job["files"]
    assert "_kh-generic-mfi_" in file["name"]
    content = program.get(f"{address}/jobs/{job['id']}/files/{file['name']}", headers=headers)
    assert len(content.data) == file["size"]
    assert content.headers["Cache-Control"] == "no-store"
    assert docx.Document(BytesIO(content.data)).paragraphs
    over = program.post(f"{address}/jobs/{job['id']}/cancel", headers=headers)
    assert over.get_json()["state"] == "done"
    fails(program.get(f"{address}/jobs/{job['id']}/files/../../secret.key", headers=headers), 404, "http_404")
    with app.app_context(), store().session() as session:
        now = datetime.now(UTC)
        hurried = kept.create(session, "word", users.local(session).id, plan_id, 1, {"page_numbers": False}, now).id
        kept.move(session, hurried, ("waiting",), "cancelled", now)
    assert program.get(f"{address}/jobs/{hurried}", headers=headers).get_json()["page_numbers_left_out"] is True
    with app.app_context(), store().session() as session:
        actions = [line.action for line in audit.of_plan(session, plan_id)]
    assert actions == ["document.downloaded", "document.asked"]
    app.extensions["finance_kit_jobs"].stop()


def test_too_much_work_is_refused_with_a_time_to_come_back(app: Flask, program: FlaskClient) -> None:
    app.extensions["finance_kit_jobs"].limits = Limits(waiting=0)
    answer = program.post(f"{API}/plans/{plan_of(app)}/fixes", json={}, headers=bearer(app))
    fails(answer, 429, "job_busy")
    assert answer.headers["Retry-After"] == "60"


HOSTILE = {
    "no JSON": (b"{", "application/json", 400, "json_unreadable"),
    "not UTF-8": (b'{"plan": "\xff"}', "application/json", 400, "json_unreadable"),
    "a list": (b"[]", "application/json", 400, "json_not_an_object"),
    "NaN": (b'{"plan": {"title": NaN}}', "application/json", 400, "json_unreadable"),
    "infinity": (b'{"plan": {"a": 1e999}}', "application/json", 422, "plan_not_usable"),
    "a number of 5,000 digits": (b'{"plan": ' + b"9" * 5_000 + b"}", "application/json", 400, "json_unreadable"),
    "a key twice": (b'{"plan": {}, "plan": {}}', "application/json", 400, "json_key_twice"),
    "nesting": (b'{"plan":' + b'{"a":' * 100_000, "application/json", 400, "json_too_deep"),
    "nesting within the limit of JSON": (
        b'{"plan":' + b'{"a":' * 50 + b"1" + b"}" * 51, "application/json", 422, "plan_not_usable",
    ),
    "a form": (b"plan=1", "application/x-www-form-urlencoded", 415, "json_expected"),
    "YAML": (b"plan: !!python/object:os.system", "application/yaml", 415, "json_expected"),
    "XML": (b"<!DOCTYPE a>", "application/xml", 415, "json_expected"),
    "too large": (b'{"plan": {"title": "' + b"a" * 6_500_000 + b'"}}', "application/json", 413, "json_too_large"),
    "an unknown key": (b'{"plan": {}, "user_id": "x"}', "application/json", 422, "json_does_not_fit"),
    "a text for a plan": (b'{"plan": "title: x"}', "application/json", 422, "json_does_not_fit"),
    "a million products": (
        b'{"plan": {"products": [' + b"{}," * 600_000 + b"{}]}}", "application/json", 422, "plan_not_usable",
    ),
    "a direction override": (
        '{"plan": {"title": "a\u202eb"}}'.encode(), "application/json", 422, "plan_not_usable",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "kind", "status", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_bodies_are_refused_and_leave_nothing(
    app: Flask, program: FlaskClient, body: bytes, kind: str, status: int, code: str
) -> None:
    answer = program.post(f"{API}/plans", data=body, content_type=kind, headers=bearer(app))
    error = fails(answer, status, code)
    assert all(problem["sentence"].endswith(".") for problem in error["problems"])
    assert len(answer.data) < 30_000
    assert program.get(f"{API}/plans", headers=bearer(app)).get_json()["plans"] == []


def test_unknown_addresses_and_methods_are_refused_in_the_same_shape(program: FlaskClient) -> None:
    fails(program.get(f"{API}/nothing"), 404, "http_404")
    fails(program.patch(f"{API}/plans"), 405, "http_405")
