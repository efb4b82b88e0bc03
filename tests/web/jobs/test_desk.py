"""Jobs from asking to keeping: what a stop, a crash, a second worker or a forged message can do to them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from flask import Flask
from flask.testing import FlaskClient

from finance_kit.errors import FinanceKitError
from finance_kit.store import exports, users
from finance_kit.store import jobs as kept
from tests.web.apps import START_KEY, configuration
from tests.web.documents.papers import PATIENCE, ask, finished, plan_of
from web import create_app, jobs
from web.jobs.forked import FORK_SERVER
from web.jobs.limits import Limits
from web.jobs.queue import JsonSerializer, make_huey
from web.jobs.supervise import Ended, KeptFile
from web.jobs.work import Worker
from web.storage import store

OPTIONS = {"kit": "bank_plan", "lender": "kh_generic_bank", "depth": "summary", "score": False, "day": "2026-11-25"}


def job_in(app: Flask, plan_id: str, state: str = "waiting", at: datetime | None = None) -> str:
    moment = at or datetime.now(UTC)
    with app.app_context(), store().session() as session:
        job = kept.create(session, "word", users.local(session).id, plan_id, 1, OPTIONS, moment)
        if state != "waiting":
            kept.move(session, job.id, ("waiting",), state, moment)
        return str(job.id)


def state_of(app: Flask, job_id: str) -> Any:
    with app.app_context(), store().session() as session:
        return kept.get(session, job_id)


def worker_of(app: Flask, tmp_path: Path) -> Worker:
    desk = app.extensions["finance_kit_jobs"]
    return Worker(desk.holder.open, tmp_path / "scratch", desk.limits, lambda: False)


@pytest.mark.usefixtures("no_office")
def test_a_job_whose_server_was_killed_is_told_as_interrupted_and_can_be_made_again(
    app: Flask, client: FlaskClient
) -> None:
    plan_id = plan_of(app)
    lost = job_in(app, plan_id, "working", datetime.now(UTC) - timedelta(minutes=10))
    shown = client.get(f"/plans/{plan_id}/documents/{lost}").get_data(as_text=True)
    assert "The server was stopped while this was made. Your plan is saved. Make it again." in shown
    again = ask(client, plan_id)
    assert lost not in again
    assert "/files/" in finished(client, again)
    app.extensions["finance_kit_jobs"].stop()


@pytest.mark.usefixtures("no_office")
def test_what_waited_when_the_server_stopped_is_done_after_the_next_start(tmp_path: Path) -> None:
    first = create_app(configuration(tmp_path, job_workers=0))
    plan_id = plan_of(first)
    visitor = first.test_client()
    visitor.get(f"/start?key={START_KEY}")
    address = ask(visitor, plan_id)
    second = create_app(configuration(tmp_path))
    visitor = second.test_client()
    visitor.get(f"/start?key={START_KEY}")
    assert "/files/" in finished(visitor, address)
    second.extensions["finance_kit_jobs"].stop()


def test_a_stop_in_the_middle_puts_the_job_back_in_line(app: Flask, client: FlaskClient) -> None:
    address = ask(client, plan_of(app), depth="full")
    job_id = address.rpartition("/")[2]
    end = time.monotonic() + PATIENCE
    while state_of(app, job_id).step == "" and time.monotonic() < end:
        time.sleep(0.2)
    app.extensions["finance_kit_jobs"].stop()
    assert state_of(app, job_id).state == "waiting"


def test_what_a_stopping_worker_has_in_hand_is_made_by_another_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaving, staying = (create_app(configuration(tmp_path)) for _ in range(2))
    visitor = leaving.test_client()
    visitor.get(f"/start?key={START_KEY}")
    address = ask(visitor, plan_of(leaving), depth="full")
    job_id = address.rpartition("/")[2]
    line = staying.extensions["finance_kit_jobs"].queue.huey
    staying.extensions["finance_kit_jobs"].start()
    end = time.monotonic() + PATIENCE
    while (state_of(leaving, job_id).step == "" or line.pending_count()) and time.monotonic() < end:
        time.sleep(0.05)
    monkeypatch.setenv("PATH", "/nowhere")  # what is in hand has LibreOffice still, and takes long enough
    leaving.extensions["finance_kit_jobs"].stop()
    while state_of(staying, job_id).state != "done" and time.monotonic() < end:  # nobody asks a page meanwhile
        time.sleep(0.2)
    staying.extensions["finance_kit_jobs"].stop()
    assert state_of(staying, job_id).state == "done"


@pytest.mark.usefixtures("no_office")
def test_a_job_whose_message_was_lost_is_found_by_whoever_does_work(app: Flask, client: FlaskClient) -> None:
    plan_id = plan_of(app)
    desk = app.extensions["finance_kit_jobs"]
    desk.limits = Limits(again=0.2)
    desk.start()
    job_id = job_in(app, plan_id)  # and no message
    end = time.monotonic() + PATIENCE
    while state_of(app, job_id).state != "done" and time.monotonic() < end:  # nobody asks a page meanwhile
        time.sleep(0.2)
    desk.stop()
    assert state_of(app, job_id).state == "done"


def switched_to_word(content: bytes) -> bool:
    """Whether Word is to fill in the page numbers, and the page of the contents says so."""
    document = docx.Document(BytesIO(content))
    asked = document.settings.element.find(qn("w:updateFields")) is not None
    told = any(each.text.startswith("The page numbers are filled in when Word opens") for each in document.paragraphs)
    assert asked == told
    return asked


def test_while_many_wait_a_word_file_goes_without_page_numbers_and_is_made_with_them_when_asked(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    desk = app.extensions["finance_kit_jobs"]
    desk.limits = Limits(crowd=1)
    plan_id = plan_of(app)
    person = state_of(app, first := job_in(app, plan_id)).user_id
    others = [job_in(app, plan_id) for _ in range(2)]
    worker_of(app, tmp_path).perform(first)
    assert {state_of(app, each).options["page_numbers"] for each in (first, *others)} == {False}, "all of the line"
    shown = client.get(f"/plans/{plan_id}/documents/{first}").get_data(as_text=True)
    assert "Much work was waiting, so the pages of this one were not counted" in shown
    assert "Make it again with page numbers" in shown
    with app.test_request_context():
        late = jobs.submit(person, plan_id, 1, "word", {**OPTIONS, "depth": "full"})
        assert jobs.submit(person, plan_id, 1, "word", {**OPTIONS, "depth": "full"}).id == late.id
        pages = jobs.submit(person, plan_id, 1, "preview", OPTIONS)
    assert (late.options["page_numbers"], "page_numbers" in pages.options) == (False, False)
    again = ask(client, plan_id, page_numbers="1").rpartition("/")[2]
    with app.app_context(), store().session() as session:
        for each in (*others, late.id, pages.id):
            kept.move(session, each, ("waiting", "working"), "cancelled", datetime.now(UTC))
    shown = finished(client, f"/plans/{plan_id}/documents/{again}")
    assert "not counted" not in shown
    with app.app_context(), store().session() as session:
        one, other = (next(kept.file(session, each, line.name) for line in kept.files(session, each))
            for each in (first, again))  # fmt: skip
    assert one is not None
    assert other is not None
    assert switched_to_word(one)
    assert not switched_to_word(other)
    desk.stop()


@pytest.mark.usefixtures("no_office")
def test_two_workers_do_a_job_once(app: Flask, tmp_path: Path) -> None:
    plan_id = plan_of(app)
    job_id = job_in(app, plan_id)
    worker = worker_of(app, tmp_path)
    worker.perform(job_id)
    worker.perform(job_id)
    assert state_of(app, job_id).state == "done"
    with app.app_context(), store().session() as session:
        assert len(exports.of(session, plan_id)) == 1
        assert [line.name.rpartition(".")[2] for line in kept.files(session, job_id)] == ["docx"]
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.usefixtures("no_office")
def test_what_a_killed_server_left_in_the_scratch_folder_is_removed(app: Flask, tmp_path: Path) -> None:
    left, fresh = tmp_path / "scratch" / "job-old", tmp_path / "scratch" / "job-new"
    for folder in (left, fresh):
        folder.mkdir(parents=True)
        (folder / "task.json").write_text("{}", "utf-8")
    an_hour_ago = time.time() - 3600
    os.utime(left, (an_hour_ago, an_hour_ago))
    worker_of(app, tmp_path).perform(job_in(app, plan_of(app)))
    assert [folder.name for folder in (tmp_path / "scratch").iterdir()] == ["job-new"]


def test_a_stop_while_the_warm_process_warms_begins_no_work(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FORK_SERVER.close()
    monkeypatch.setattr("web.jobs.forked._BEAT", 0.0)  # nobody waits until it is warm
    job_id = job_in(app, plan_of(app))
    desk = app.extensions["finance_kit_jobs"]
    Worker(desk.holder.open, tmp_path / "scratch", desk.limits, lambda: True).perform(job_id)
    assert state_of(app, job_id).state == "waiting"
    assert not (tmp_path / "scratch").exists()


def test_a_job_cancelled_in_its_last_moment_keeps_no_file(app: Flask, tmp_path: Path) -> None:
    plan_id = plan_of(app)
    job_id = job_in(app, plan_id, "cancelled")
    worker = worker_of(app, tmp_path)
    worker._keep(state_of(app, job_id), Ended((KeptFile("x.docx", "application/octet-stream", b"paper"),)))
    with app.app_context(), store().session() as session:
        assert kept.files(session, job_id) == []
        assert exports.of(session, plan_id) == []
    assert state_of(app, job_id).state == "cancelled"


def test_a_job_of_a_version_that_is_gone_says_so(app: Flask, tmp_path: Path) -> None:
    plan_id = plan_of(app)
    with app.app_context(), store().session() as session:
        job = kept.create(session, "word", users.local(session).id, plan_id, 99, OPTIONS, datetime.now(UTC))
    worker_of(app, tmp_path).perform(job.id)
    assert state_of(app, job.id).problem["code"] == "job_plan_gone"


def test_the_list_holds_ids_and_nothing_else(tmp_path: Path, app: Flask, client: FlaskClient) -> None:
    import sqlite3

    silent = create_app(configuration(tmp_path, job_workers=0))
    visitor = silent.test_client()
    visitor.get(f"/start?key={START_KEY}")
    job_id = ask(visitor, plan_of(silent)).rpartition("/")[2]
    with sqlite3.connect(tmp_path / "jobs.sqlite3") as database:
        ((message,),) = database.execute("select data from task").fetchall()
    database.close()
    told = json.loads(bytes(message))
    assert set(told) == {"id", "name", "retries", "args"}
    assert told["args"] == [job_id]
    assert oct((tmp_path / "jobs.sqlite3").stat().st_mode)[-3:] == "600"


class _Trap:
    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (Path("evaluated"),))


@pytest.mark.parametrize("kind", ["pickle", "long", "words"])
def test_a_forged_message_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    import pickle

    monkeypatch.chdir(tmp_path)
    forged = {"pickle": pickle.dumps(_Trap()), "long": b'{"args": ["' + b"a" * 9_000 + b'"]}', "words": b"\xffhello"}
    with pytest.raises((ValueError, UnicodeDecodeError)):
        JsonSerializer().deserialize(forged[kind])
    assert not (tmp_path / "evaluated").exists()


def test_a_message_for_a_job_that_is_not_there_does_nothing(app: Flask, tmp_path: Path) -> None:
    worker_of(app, tmp_path).perform("no-such-job")
    assert not (tmp_path / "scratch").exists()


@pytest.mark.parametrize(
    ("address", "code"),
    [("mysql://db/jobs", "job_settings"), ("nonsense", "job_settings"), ("redis://127.0.0.1:1/0", "job_library")],
)
def test_an_address_that_cannot_be_is_told_in_words(tmp_path: Path, address: str, code: str) -> None:
    with pytest.raises(FinanceKitError) as told:
        make_huey(address, tmp_path)
    assert told.value.code == code


def test_a_list_that_cannot_be_reached_fails_the_job_in_words(app: Flask, client: FlaskClient) -> None:
    plan_id = plan_of(app)
    desk = app.extensions["finance_kit_jobs"]

    def away(_job_id: str) -> None:
        raise OSError

    desk.queue.put = away
    person = state_of(app, job_in(app, plan_id, "cancelled")).user_id
    with app.test_request_context(), pytest.raises(jobs.JobBusyError) as busy:
        jobs.submit(person, plan_id, 1, "word", OPTIONS)
    assert busy.value.code == "job_queue_unreachable"
    with app.app_context():
        assert jobs.of_plan(plan_id, ("word",))[0].state == "failed"


def test_workers_of_their_own_find_the_list(tmp_path: Path) -> None:
    script = "from web.jobs.worker import huey; print(type(huey).__name__, list(huey._registry._registry))"
    environment = {
        "FINANCE_KIT_DATA": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[0] == "SqliteHuey"
    assert "perform" in done.stdout
