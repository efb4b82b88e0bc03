"""Files that go out say what the services say, under names of ours, and only to who may see the plan."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from finance_kit import drafts, service
from finance_kit.store import jobs as kept
from finance_kit.store import users
from tests.web.apps import token
from tests.web.documents.papers import document_of, plan_of
from web.jobs.kinds import DOCUMENTS
from web.storage import store


def job_of(app: Flask, plan_id: str, *, state: str = "done") -> str:
    """A finished job with a file, without making one."""
    now = datetime.now(UTC)
    with app.app_context(), store().session() as session:
        owner = users.local(session).id
        job = kept.create(session, "word", owner, plan_id, 1, {"lender": "kh_generic_bank", "depth": "full"}, now)
        kept.keep_file(session, job.id, "plan_bank_2026-11-25_en.docx", "application/octet-stream", b"paper")
        kept.move(session, job.id, ("waiting",), state, now)
        return str(job.id)


def test_the_plan_goes_out_as_a_file_that_opens_as_the_same_plan(app: Flask, client: FlaskClient) -> None:
    document = document_of("vn-coconut-export")
    answer = client.get(f"/plans/{plan_of(app, document)}/plan.yaml")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="hop-tac-xa-dua-con-phuoc')
    assert answer.headers["Content-Disposition"].isascii()
    again, issues = drafts.read_text(answer.get_data(as_text=True), "plan.yaml")
    assert [issue for issue in issues if issue.severity == "error"] == []
    assert drafts.plain(again) == drafts.plain(document)


def test_figures_are_those_of_the_service(app: Flask, client: FlaskClient) -> None:
    document = document_of()
    answer = client.get(f"/plans/{plan_of(app, document)}/figures.json")
    loaded = drafts.loaded(document, "plan")
    expected = service.as_json(service.Run(loaded, datetime.now().astimezone().date().isoformat()))
    assert json.loads(answer.data) == json.loads(json.dumps(expected))


def test_the_schedule_of_each_loan_goes_out_and_repays_it(app: Flask, client: FlaskClient) -> None:
    document = document_of()
    plan_id = plan_of(app, document)
    for number, loan in enumerate(document["financing"]["loans"], start=1):
        book = openpyxl.load_workbook(BytesIO(client.get(f"/plans/{plan_id}/loans/{number}.xlsx").data), data_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True)) + list(
            book.worksheets[-1].iter_rows(values_only=True)
        )
        numbers = [cell for row in rows for cell in row if isinstance(cell, int | float)]
        assert any(abs(cell - loan["principal"]) < 0.005 for cell in numbers)
        text = client.get(f"/plans/{plan_id}/loans/{number}.csv").get_data(as_text=True)
        assert text.startswith("\ufeff")
    assert client.get(f"/plans/{plan_id}/loans/{number + 1}.csv").status_code == 404
    assert client.get(f"/plans/{plan_id}/loans/0.csv").status_code == 404
    assert client.get(f"/plans/{plan_id}/loans/1.exe").status_code == 404


def test_a_plan_that_cannot_be_calculated_has_a_file_but_no_figures(app: Flask, client: FlaskClient) -> None:
    plan_id = plan_of(app, {"title": "Only a title"})
    assert client.get(f"/plans/{plan_id}/plan.yaml").status_code == 200
    assert client.get(f"/plans/{plan_id}/figures.json").status_code == 404
    assert client.get(f"/plans/{plan_id}/loans/1.csv").status_code == 404


ADDRESSES = (
    "documents", "documents/{job}", "documents/{job}/state", "documents/{job}/files/plan_bank_2026-11-25_en.docx",
    "plan.yaml", "figures.json", "loans/1.csv", "loans/1.xlsx", "received", "received/file",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_of_another_persons_plan_is_told(app: Flask, client: FlaskClient, address: str) -> None:
    theirs, mine = plan_of(app, owner="Sok"), plan_of(app)
    job = job_of(app, theirs)
    assert client.get(f"/plans/{theirs}/{address.format(job=job)}").status_code == 404
    if "{job}" in address:  # nor by way of a plan of one's own
        assert client.get(f"/plans/{mine}/{address.format(job=job)}").status_code == 404


def test_another_persons_work_is_neither_asked_for_nor_stopped(app: Flask, client: FlaskClient) -> None:
    theirs, mine = plan_of(app, owner="Sok"), plan_of(app)
    job = job_of(app, theirs, state="working")
    headers = {"X-CSRFToken": token(client)}
    assert client.post(f"/plans/{theirs}/documents", headers=headers).status_code == 404
    assert client.post(f"/plans/{theirs}/documents/{job}/cancel", headers=headers).status_code == 404
    assert client.post(f"/plans/{mine}/documents/{job}/cancel", headers=headers).status_code == 404
    with app.app_context(), store().session() as session:
        found = kept.get(session, job)
        assert found is not None
        assert found.state == "working"
        assert len(kept.of(session, theirs, DOCUMENTS)) == 1


@pytest.mark.parametrize(
    "name", ["../../secret.key", "..%2f..%2fsecret.key", "secret.key", "jobs.sqlite3", "%00", "plan_bank.docx"]
)
def test_only_files_of_the_document_are_given(app: Flask, client: FlaskClient, name: str) -> None:
    plan_id = plan_of(app)
    assert client.get(f"/plans/{plan_id}/documents/{job_of(app, plan_id)}/files/{name}").status_code == 404


@pytest.mark.parametrize("state", ["waiting", "working", "failed", "cancelled"])
def test_a_file_is_given_only_when_the_work_is_done(app: Flask, client: FlaskClient, state: str) -> None:
    plan_id = plan_of(app)
    job = job_of(app, plan_id, state=state)
    with app.app_context():
        app.extensions["finance_kit_jobs"].start = lambda: None  # this job must stay as it is
    assert client.get(f"/plans/{plan_id}/documents/{job}/files/plan_bank_2026-11-25_en.docx").status_code == 404
