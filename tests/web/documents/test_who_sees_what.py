"""Documents with the readiness and the file a plan came from are for those who may change the plan."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finance_kit import resources
from finance_kit.store import jobs as kept
from finance_kit.store import tokens, users
from tests.web.accounts import database, new_plan, register, send, shared
from tests.web.apps import begun
from tests.web.documents.papers import send_file
from web.jobs.kinds import DOCUMENTS

NAME = "plan_bank_2026-11-25_en.docx"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return shared(begun(tmp_path))


@pytest.fixture
def owner(app: Flask) -> FlaskClient:
    return register(app, "Ann Sok")


def _made(app: Flask, plan: str, *, score: bool) -> str:
    """A finished document of the owner, without making one."""
    now = datetime.now(UTC)
    with database(app) as session:
        ann = users.by_name(session, "Ann Sok")
        assert ann
        options = {"lender": "kh_generic_bank", "depth": "full", "score": score}
        job = kept.create(session, "word", ann.id, plan, 1, options, now)
        kept.keep_file(session, job.id, NAME, "application/octet-stream", b"paper")
        kept.move(session, job.id, ("waiting",), "done", now)
        return str(job.id)


def _guest(app: Flask, owner: FlaskClient, plan: str, role: str) -> FlaskClient:
    guest = register(app, "Ben Dara")
    assert send(owner, f"/plans/{plan}/people", name="Ben Dara", role=role).status_code == 303
    return guest


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("editor", 200)])
def test_a_document_with_the_readiness_is_for_those_who_may_edit(
    app: Flask, owner: FlaskClient, role: str, status: int
) -> None:
    plan = new_plan(owner)
    scored, plain = _made(app, plan, score=True), _made(app, plan, score=False)
    guest = _guest(app, owner, plan, role)
    for rest in ("", "/state", f"/files/{NAME}"):
        assert guest.get(f"/plans/{plan}/documents/{scored}{rest}").status_code == status
        assert guest.get(f"/plans/{plan}/documents/{plain}{rest}").status_code == 200
    page = guest.get(f"/plans/{plan}/documents").text
    assert plain in page
    assert (scored in page) == (status == 200)
    assert ('name="score"' in page) == (status == 200)

    with database(app) as session:
        ben = users.by_name(session, "Ben Dara")
        assert ben
        moment = datetime.now(UTC)
        _, secret = tokens.create(session, ben.id, "tests", "write", moment, moment + timedelta(days=1))
    headers = {"Authorization": f"Bearer {secret}"}
    for rest in ("", f"/files/{NAME}"):
        assert guest.get(f"/api/v1/plans/{plan}/jobs/{scored}{rest}", headers=headers).status_code == status
        assert guest.get(f"/api/v1/plans/{plan}/jobs/{plain}{rest}", headers=headers).status_code == 200


def test_a_viewer_cannot_have_the_readiness_made_into_a_document(app: Flask, owner: FlaskClient) -> None:
    plan = new_plan(owner)
    guest = _guest(app, owner, plan, "viewer")
    wanted = {"make": "word", "lender": "kh_generic_bank", "depth": "summary", "score": "1"}
    assert send(guest, f"/plans/{plan}/documents", **wanted).status_code == 403
    with database(app) as session:
        assert kept.of(session, plan, DOCUMENTS) == []


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("editor", 200)])
def test_the_file_that_a_plan_came_from_is_for_those_who_may_edit(
    app: Flask, owner: FlaskClient, role: str, status: int
) -> None:
    content = resources.sample_plan("kh-pepper-drying").read_bytes()
    plan = send_file(owner, content).headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    guest = _guest(app, owner, plan, role)
    assert guest.get(f"/plans/{plan}/received").status_code == status
    assert guest.get(f"/plans/{plan}/received/file").status_code == status
    assert (f"/plans/{plan}/received" in guest.get(f"/plans/{plan}/documents").text) == (status == 200)
    assert owner.get(f"/plans/{plan}/received/file").data == content


def test_the_file_that_a_plan_came_from_has_no_other_door_for_a_viewer(app: Flask, owner: FlaskClient) -> None:
    content = resources.sample_plan("kh-pepper-drying").read_bytes()
    plan = send_file(owner, content).headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    with database(app) as session:
        (job,) = kept.of(session, plan, ("received",))
        assert [line.name for line in kept.files(session, job.id)] == ["received.yaml"]
    viewer = _guest(app, owner, plan, "viewer")
    for guest in (viewer, owner):
        assert guest.get(f"/plans/{plan}/documents/{job.id}/files/received.yaml").status_code == 404


def test_the_file_that_a_plan_came_from_stays_however_many_documents_were_made(app: Flask, owner: FlaskClient) -> None:
    content = resources.sample_plan("kh-pepper-drying").read_bytes()
    plan = send_file(owner, content).headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    for _ in range(25):
        _made(app, plan, score=False)
    assert owner.get(f"/plans/{plan}/received/file").data == content
    assert f"/plans/{plan}/received" in owner.get(f"/plans/{plan}/documents").text


def test_a_preview_whose_pages_are_gone_says_why(app: Flask, owner: FlaskClient) -> None:
    plan = new_plan(owner)
    long_ago = datetime.now(UTC) - timedelta(days=8)
    with database(app) as session:
        ann = users.by_name(session, "Ann Sok")
        assert ann
        options = {"lender": "kh_generic_bank", "depth": "full", "score": False}
        job = kept.create(session, "preview", ann.id, plan, 1, options, long_ago)
        for name, kind in ((NAME, "application/octet-stream"), ("page-01.png", "image/png")):
            kept.keep_file(session, job.id, name, kind, b"paper")
        kept.move(session, job.id, ("waiting",), "done", long_ago)
    address = f"/plans/{plan}/documents/{job.id}"
    assert "kept for seven days" not in owner.get(address).text
    with database(app) as session:
        assert kept.drop_files(session, datetime.now(UTC) + timedelta(seconds=1), "page-%") == 1
    assert "The pictures of the pages are kept for seven days." in owner.get(address).text
