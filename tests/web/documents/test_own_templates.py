"""A Word template of one's own in the pages: sent, tried, chosen, used, taken out, removed; nobody else's."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from pathlib import Path

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from finance_kit import service_documents
from finance_kit.documents.template_tags import TAGS
from finance_kit.store import audit, users, word_templates
from finance_kit.store.values import now
from tests.documents.own_templates import LETTERHEAD, hostile, house_style, with_tag
from tests.web.accounts import PASSPHRASE, database, new_plan, register, send, shared
from tests.web.apps import START_KEY, begun, configuration
from tests.web.documents.papers import ask, finished, plan_of, post
from web import create_app
from web.jobs.limits import Limits
from web.jobs.work import Worker

REFUSED = {name: case for name, case in hostile().items() if name != "six megabytes"}


def send_template(client: FlaskClient, content: bytes, name: str = "our style.docx") -> TestResponse:
    answer = post(client, "/templates", file=(io.BytesIO(content), name))
    answer.request.input_stream.close()
    return answer


def ids_of(client: FlaskClient) -> list[str]:
    page = client.get("/templates").get_data(as_text=True)
    return re.findall(r'href="/templates/([A-Za-z0-9_-]{22})"', page)


def kept(client: FlaskClient, content: bytes, name: str = "our style.docx") -> str:
    answer = send_template(client, content, name)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return ids_of(client)[0]


def word_of(client: FlaskClient, address: str) -> bytes:
    shown = finished(client, address)
    found = re.search(r'href="([^"]+/files/[^"/]+\.docx)"', shown)
    assert found, shown
    return bytes(client.get(found[1]).data)


@pytest.mark.usefixtures("no_office")
def test_a_document_is_made_in_the_house_style_and_the_shipped_one_stays_as_it_is(
    app: Flask, client: FlaskClient
) -> None:
    plan = plan_of(app)
    template = kept(client, house_style())
    page = client.get(f"/plans/{plan}/documents?template={template}").get_data(as_text=True)
    assert f'<option value="{template}" selected>our style.docx</option>' in page
    own = docx.Document(io.BytesIO(word_of(client, ask(client, plan, template=template))))
    plain = docx.Document(io.BytesIO(word_of(client, ask(client, plan))))
    assert LETTERHEAD in own.sections[0].header.paragraphs[0].text
    assert LETTERHEAD not in plain.sections[0].header.paragraphs[0].text
    figures = [each.text for each in plain.paragraphs if re.search(r"\d", each.text) and "\t" not in each.text]
    shown = {each.text for each in own.paragraphs}
    assert figures
    assert set(figures) - shown == set()
    page = client.get(f"/plans/{plan}/documents").get_data(as_text=True)
    assert page.count('<span class="tag">Own template</span>') == 1
    with database(app) as session:
        person = users.local(session)
        done = {line.action: line.details for line in audit.of_user(session, person.id)}
        asked = [line.details for line in audit.of_plan(session, plan) if line.action == "document.asked"]
    assert done["template.added"]["template"] == template
    assert "our style" not in str(done), "a note holds no word of a person"
    assert [details.get("template") for details in asked] == [None, template]
    app.extensions["finance_kit_jobs"].stop()


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Somebody who sends what cannot be taken, again and again: nothing of it is kept that the next could find."""
    visitor = create_app(configuration(begun(tmp_path_factory.mktemp("site")))).test_client()
    visitor.get(f"/start?key={START_KEY}")
    return visitor


@pytest.mark.parametrize("case", REFUSED)
def test_a_template_that_cannot_be_taken_is_refused_in_words_and_not_kept(refused: FlaskClient, case: str) -> None:
    content, _, word = REFUSED[case]
    tracemalloc.start()
    try:
        answer = send_template(refused, content)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'class="notice notice-problem" role="alert"' in shown
    told = re.search(r'role="alert"><p>(.*?)</p>', shown)
    assert told
    assert word.split('"')[0][:8] in told[1].replace("&#39;", "'").replace("&#34;", '"')
    assert most < 150 * 1024 * 1024, "the memory of the yardstick"
    assert ids_of(refused) == []


def test_a_template_that_is_too_large_or_missing_is_told(client: FlaskClient) -> None:
    assert send_template(client, b"PK\x03\x04" + b"\x00" * 6_000_000).status_code == 413
    assert post(client, "/templates").status_code == 400
    assert ids_of(client) == []


def test_another_persons_template_is_not_there(app: Flask, client: FlaskClient) -> None:
    with database(app) as session:
        other = users.create(session, "Dara", "no-one-signs-in-with-this").id
        theirs = word_templates.add(session, other, "secret style.docx", house_style(), now()).id
    plan = plan_of(app)
    assert client.get(f"/templates/{theirs}").status_code == 404
    assert post(client, f"/templates/{theirs}/remove").status_code == 404
    assert "secret style" not in client.get("/templates").get_data(as_text=True)
    assert "secret style" not in client.get(f"/plans/{plan}/documents?template={theirs}").get_data(as_text=True)
    refused = post(client, f"/plans/{plan}/documents", make="word", template=theirs)
    assert refused.headers["Location"] == f"/plans/{plan}/documents"
    assert "no such Word template of yours" in client.get(f"/plans/{plan}/documents").get_data(as_text=True)
    with database(app) as session:
        assert [line.id for line in word_templates.of(session, other)] == [theirs]


def test_a_template_is_fetched_as_it_was_sent_and_removed(client: FlaskClient) -> None:
    content = house_style()
    template = kept(client, content, "../../Mẫu <b>.docx")
    page = client.get("/templates").get_data(as_text=True)
    assert "Mẫu &lt;b&gt;.docx" in page
    assert "<b>.docx" not in page
    answer = client.get(f"/templates/{template}")
    assert answer.data == content
    assert answer.headers["Content-Disposition"] == 'attachment; filename="word-template.docx"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert post(client, f"/templates/{template}/remove").status_code == 303
    assert ids_of(client) == []
    assert client.get(f"/templates/{template}").status_code == 404


def test_a_sixth_template_is_refused_in_words(client: FlaskClient) -> None:
    for number in range(word_templates.MOST):
        kept(client, with_tag(f"{{{{ cover_text }}}} {number}"))
    answer = send_template(client, house_style())
    assert answer.status_code == 409
    assert "5 Word templates" in answer.get_data(as_text=True)
    assert len(ids_of(client)) == 5


def test_a_template_that_was_removed_while_the_work_waited_is_told(tmp_path: Path) -> None:
    app = create_app(configuration(tmp_path, job_workers=0))
    client = app.test_client()
    client.get(f"/start?key={START_KEY}")
    template = kept(client, house_style())
    address = ask(client, plan_of(app), template=template)
    post(client, f"/templates/{template}/remove")
    worker = Worker(app.extensions["finance_kit_store"].open, tmp_path / "scratch", Limits(), lambda: False)
    worker.perform(address.rsplit("/", 1)[-1])
    assert "no longer there" in client.get(address).get_data(as_text=True)


def test_the_shipped_template_can_be_saved_and_sent_back(client: FlaskClient) -> None:
    answer = client.get("/templates/shipped")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="finance-kit_bank-plan-template.docx"'
    assert answer.data == service_documents.shipped_template()
    kept(client, answer.data)


def test_every_tag_is_explained_on_the_page(client: FlaskClient) -> None:
    page = client.get("/templates").get_data(as_text=True)
    for tag in TAGS:
        assert re.search(rf"<code>[^<]*\b{tag}\b", page), tag
    assert "{% if cover_note %} … {% endif %}" in page


def test_the_way_back_leads_to_the_plan_and_nowhere_else(app: Flask, client: FlaskClient) -> None:
    plan = plan_of(app)
    assert f'href="/plans/{plan}/documents"' in client.get(f"/templates?plan={plan}").get_data(as_text=True)
    for wrong in ("//evil.example", "../x", "a" * 41, "%00"):
        assert "Back to the documents" not in client.get(f"/templates?plan={wrong}").get_data(as_text=True)


def test_without_the_forms_token_no_template_is_taken(client: FlaskClient) -> None:
    answer = client.post("/templates", data={"file": (io.BytesIO(house_style()), "a.docx")})
    assert answer.status_code == 400
    assert ids_of(client) == []


def test_templates_are_part_of_everything_that_is_taken_out_and_deleted(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    app = shared(tmp_path_factory.mktemp("site"))
    register(app, "Head Office")
    person = register(app, "Ann Sok")
    new_plan(person)
    content = house_style()
    template = kept(person, content)
    taken = zipfile.ZipFile(io.BytesIO(send(person, "/account/data/export").data))
    assert taken.read("templates/01.docx") == content
    assert b"our style.docx" in taken.read("account.json")
    assert send(person, "/account/delete", sure="yes", passphrase=PASSPHRASE).status_code == 200
    with database(app) as session:
        for user in users.all_of_them(session):
            assert word_templates.content(session, user.id, template) is None
            assert word_templates.of(session, user.id) == []
