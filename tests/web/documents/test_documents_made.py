"""A document from the page of its plan to the file on the reader's disk."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from finance_kit.store import audit, exports, users
from finance_kit.store import jobs as kept
from tests.web.apps import configuration, token
from tests.web.documents.papers import ask, document_of, finished, plan_of, post
from web import create_app
from web.jobs.limits import Limits
from web.storage import store


def word_file(client: FlaskClient, address: str) -> tuple[str, bytes]:
    shown = finished(client, address)
    found = re.search(r'href="([^"]+/files/([^"/]+\.docx))"', shown)
    assert found, shown
    answer = client.get(found[1])
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{found[2]}"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "wordprocessingml" in answer.headers["Content-Type"]
    return found[2], answer.data


def words_of(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([each.text for each in document.paragraphs] + cells)


@pytest.mark.usefixtures("no_office")
def test_two_documents_asked_for_at_once_are_each_their_own(app: Flask, client: FlaskClient) -> None:
    coconut = document_of("vn-coconut-export")
    coconut["cluster"]["name"] = "Hợp tác xã dừa Bến Tre"
    first, second = plan_of(app), plan_of(app, coconut)
    today = datetime.now().astimezone().date().isoformat()
    addresses = [ask(client, first), ask(client, second, lender="vn_generic_bank", score="1")]
    (one, pepper), (other, coir) = (word_file(client, address) for address in addresses)
    assert one == f"mrech-phnom-thmey-agricultural-cooperative_kh-generic-bank_{today}_en.docx"
    assert other == f"hop-tac-xa-dua-ben-tre_vn-generic-bank_{today}_en.docx"
    assert "Mrech Phnom Thmey" in words_of(pepper)
    assert "Bến Tre" in words_of(coir)
    assert "Bến Tre" not in words_of(pepper)
    assert "Readiness" not in words_of(pepper), "the lender's copy goes without"
    assert "Readiness" in words_of(coir)
    with app.app_context(), store().session() as session:
        (line,) = exports.of(session, first)
        assert (line.revision, line.lender, line.file_name) == (1, "kh_generic_bank", one)
        assert [each.action for each in audit.of_plan(session, first)] == ["document.downloaded", "document.asked"]
    app.extensions["finance_kit_jobs"].stop()


@pytest.mark.usefixtures("no_office")
def test_the_same_choice_is_not_made_twice_and_is_there_after_a_restart(
    app: Flask, client: FlaskClient, tmp_path: object
) -> None:
    plan_id = plan_of(app)
    address = ask(client, plan_id)
    _, content = word_file(client, address)
    assert ask(client, plan_id) == address
    app.extensions["finance_kit_jobs"].stop()
    again = create_app(configuration(tmp_path))  # type: ignore[arg-type]
    visitor = again.test_client()
    visitor.get("/start?key=start-key-of-the-tests")
    assert word_file(visitor, address)[1] == content


def test_a_document_can_be_stopped_and_nothing_of_it_is_kept(app: Flask, client: FlaskClient) -> None:
    address = ask(client, plan_of(app), depth="full")
    shown = client.get(address).get_data(as_text=True)
    assert 'hx-trigger="every 2s"' in shown
    assert "Look again" in shown, "without script the page is loaded again by a link"
    assert post(client, f"{address}/cancel").status_code == 303
    shown = finished(client, address)
    assert "Stopped. Nothing was kept of it." in shown
    assert "/files/" not in shown
    app.extensions["finance_kit_jobs"].stop()


def test_when_too_many_wait_it_says_so_and_adds_none(app: Flask, client: FlaskClient) -> None:
    app.extensions["finance_kit_jobs"].limits = Limits(waiting=0)
    plan_id = plan_of(app)
    answer = post(client, f"/plans/{plan_id}/documents", make="word")
    assert answer.headers["Location"] == f"/plans/{plan_id}/documents"
    assert "documents are being made already" in client.get(f"/plans/{plan_id}/documents").get_data(as_text=True)


def test_nobody_fills_the_line_for_everybody(app: Flask, client: FlaskClient) -> None:
    app.extensions["finance_kit_jobs"].limits = Limits(own=1)
    plan_id, theirs = plan_of(app), plan_of(app, owner="Dara")
    now = datetime.now(UTC)
    with app.app_context(), store().session() as session:
        dara = users.by_name(session, "Dara")
        assert dara
        kept.create(session, "word", dara.id, theirs, 1, {}, now)
    assert "/documents/" in ask(client, plan_id, depth="full")
    answer = post(client, f"/plans/{plan_id}/documents", make="word", depth="summary")
    assert answer.headers["Location"] == f"/plans/{plan_id}/documents"
    shown = client.get(f"/plans/{plan_id}/documents").get_data(as_text=True)
    assert "1 documents that you asked for are not ready yet" in shown
    app.extensions["finance_kit_jobs"].stop()


def test_the_pages_are_shown_as_pictures(app: Flask, client: FlaskClient) -> None:
    shown = finished(client, ask(client, plan_of(app), make="preview"))
    pictures = re.findall(r'<img src="([^"]+)" alt="Page (\d+) of (\d+) of the Word file"', shown)
    assert [int(number) for _, number, _ in pictures] == list(range(1, int(pictures[0][2]) + 1))
    answer = client.get(pictures[0][0])
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.data.startswith(b"\x89PNG")
    pdf = re.search(r'href="([^"]+\.pdf)"', shown)
    assert pdf
    assert len(PdfReader(BytesIO(client.get(pdf[1]).data)).pages) == len(pictures)
    app.extensions["finance_kit_jobs"].stop()


def test_gaps_come_first_each_with_the_step_that_mends_it(app: Flask, client: FlaskClient) -> None:
    plan_id = plan_of(app, {"title": "Mill", "depth": "full", "cluster": {"name": "Mill", "country": "XX"}})
    shown = client.get(f"/plans/{plan_id}/documents").get_data(as_text=True)
    assert shown.index("Gaps first") < shown.index("Make the document")
    assert re.search(rf'<a href="/plans/{plan_id}/steps/[a-z_]+#f-cluster-country">[^<]*KH, MM, TH, VN', shown)
    assert re.search(rf'<a href="/plans/{plan_id}/steps/[a-z_]+#f-products">Products</a>', shown)
    assert re.search(r'<button name="make" value="word" disabled>', shown)
    post(client, f"/plans/{plan_id}/documents", make="word")
    with app.app_context(), store().session() as session:
        assert exports.of(session, plan_id) == []


def test_papers_to_get_are_those_of_the_chosen_lender(app: Flask, client: FlaskClient) -> None:
    plan_id = plan_of(app, document_of("mm-dried-fish"))
    with app.app_context():
        from finance_kit import service_assess
        from web.documents.gaps import open_run

        _, opened = open_run(document_of("mm-dried-fish"), "x")
        lists, _ = service_assess.checklists(opened, service_assess.profile_choice(opened, ["mm_generic_mfi"]))
    wanted = [item.title for item in lists[0].items if item.status in ("to_get", "requested", "expired")]
    answer = post(client, f"/plans/{plan_id}/documents", make="gaps", lender="mm_generic_mfi")
    assert "csrf" not in answer.headers["Location"]
    shown = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert wanted
    for title in wanted:
        assert title in shown
    assert '<option value="mm_generic_mfi" selected>' in shown


def test_choices_that_do_not_exist_are_refused_in_words(app: Flask, client: FlaskClient) -> None:
    plan_id = plan_of(app)
    for wrong in ({"lender": "vn_generic_bank"}, {"kit": "../../etc"}, {"depth": "half"}, {"make": "fixes"}):
        post(client, f"/plans/{plan_id}/documents", **({"make": "word"} | wrong))
        assert 'class="notice notice-problem"' in client.get(f"/plans/{plan_id}/documents").get_data(as_text=True)
    assert token(client)


def test_every_page_has_the_style_for_paper(client: FlaskClient) -> None:
    shown = client.get("/help/").get_data(as_text=True)
    found = re.search(r'href="(/static/[^"]*css/print[^"]*)" media="print"', shown)
    assert found
    assert "@page" in client.get(found[1]).get_data(as_text=True)
