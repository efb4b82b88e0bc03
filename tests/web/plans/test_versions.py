"""Versions: the list, going back, undo, and numbers that come again after an older copy was brought back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finance_kit.drafts import Change
from finance_kit.store import plans
from finance_kit.store.copies import backup
from finance_kit.store.copies import restore as bring_back
from tests.web.apps import token
from tests.web.plans.pages import FormReader, begin, changes, form_of, kept, send
from web.plans import versions
from web.storage import store


def _set(path: str, value: Any) -> dict[str, Any]:
    return {"op": "set", "path": path, "value": value}


def _body(base: int, *made: dict[str, Any], batch: str = "batch-0001", **more: Any) -> dict[str, Any]:
    return {"base": base, "batch": batch, "changes": list(made), "language": "en", **more}


@pytest.fixture
def come_again(app: Flask, client: FlaskClient) -> tuple[str, str, str]:
    """A plan whose version 2 was seen, then lost as an older copy came back, and written anew by somebody else."""
    plan_id = begin(client, "full")
    with app.app_context():
        file = store().file
        assert file is not None
        copy = backup(file)
        seen = changes(client, plan_id, _body(1, _set("title", "Mine"), batch="mine-0001")).get_json()["seen"]
        store().close()
        bring_back(copy, file)
    theirs = [_set("title", "Theirs"), _set("cluster/district", "Kampong Trach")]
    answer = changes(client, plan_id, _body(1, *theirs, batch="theirs-01"))
    assert answer.get_json()["revision"] == 2
    return plan_id, seen, answer.get_json()["seen"]


def test_a_version_whose_number_came_again_is_not_taken_for_the_one_that_was_seen(
    app: Flask, client: FlaskClient, come_again: tuple[str, str, str]
) -> None:
    plan_id, seen, theirs = come_again
    answer = changes(client, plan_id, _body(2, _set("title", "Mine too"), seen=seen))
    assert answer.status_code == 409
    told = answer.get_json()
    assert (told["revision"], told["seen"]) == (2, theirs)
    assert [(each["path"], each["theirs"], each["mine"]) for each in told["conflicts"]] == [
        ("title", "Theirs", "Mine too")
    ]
    assert kept(app, plan_id)[0]["title"] == "Theirs"
    settled = changes(client, plan_id, _body(2, _set("title", "Mine too"), seen=theirs, batch="batch-0002"))
    assert (settled.status_code, settled.get_json()["revision"]) == (200, 3)
    assert changes(client, plan_id, _body(3, _set("title", "x"), seen=[])).status_code == 400


def test_a_page_from_before_there_were_marks_is_believed_only_where_no_number_came_again(
    app: Flask, client: FlaskClient, come_again: tuple[str, str, str]
) -> None:
    plan_id, _, _ = come_again
    answer = changes(client, plan_id, _body(2, _set("title", "Mine too")))
    assert (answer.status_code, kept(app, plan_id)[0]["title"]) == (409, "Theirs")
    older = changes(client, plan_id, _body(1, _set("cluster/province", "Kep"), batch="batch-0002"))
    assert (older.status_code, kept(app, plan_id)[0]["cluster"]["province"]) == (200, "Kep")


def test_a_form_of_a_version_whose_number_came_again_shows_both_sides(
    app: Flask, client: FlaskClient, come_again: tuple[str, str, str]
) -> None:
    plan_id, seen, theirs = come_again
    controls = form_of(client, plan_id, "cluster").controls
    assert controls["seen"] == theirs
    controls["seen"], controls["cluster/district"], controls["cluster/province"] = seen, "", "Takeo"
    page = send(client, plan_id, "cluster", controls, "next")
    assert page.status_code == 409
    sent = FormReader("/conflict")
    sent.feed(page.get_data(as_text=True))
    assert (sent.controls["base"], sent.controls["seen"]) == ("2", theirs)
    assert set(sent.controls.getlist("path")) == {"cluster/district", "cluster/province"}
    assert kept(app, plan_id)[0]["cluster"]["district"] == "Kampong Trach"
    behind = {"csrf_token": token(client), "base": 2, "seen": seen}
    for address in ("undo", "versions/1/restore"):
        assert client.post(f"/plans/{plan_id}/{address}", data=behind).status_code == 303
        assert kept(app, plan_id)[1] == 2


def test_undo_goes_back_one_save_at_a_time_and_versions_bring_everything_back(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client, "full")
    for number, name in enumerate(("One", "Two", "Three"), start=1):
        changes(client, plan_id, _body(number, _set("title", name), batch=f"batch-000{number}"))

    def undo() -> str:
        data = {"csrf_token": token(client), "base": kept(app, plan_id)[1]}
        assert client.post(f"/plans/{plan_id}/undo", data=data).status_code == 303
        return str(kept(app, plan_id)[0]["title"])

    assert [undo(), undo(), undo()] == ["Two", "One", "Pepper growers"]
    page = client.get(f"/plans/{plan_id}/versions").get_data(as_text=True)
    assert "The plan was begun" in page
    assert "An earlier version was brought back" in page
    reader = FormReader("/versions/4/restore")
    reader.feed(page)
    client.post(f"/plans/{plan_id}/versions/4/restore", data=reader.controls)
    assert kept(app, plan_id)[0]["title"] == "Three"
    data = {"csrf_token": token(client), "base": kept(app, plan_id)[1]}
    for unknown in ("99", "9" * 23):
        assert client.post(f"/plans/{plan_id}/versions/{unknown}/restore", data=data).status_code == 404


def test_undo_reaches_the_beginning_also_past_versions_that_say_the_same(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client, "full")
    for number, name in enumerate(("A", "B", "A"), start=1):
        changes(client, plan_id, _body(number, _set("title", name), batch=f"batch-000{number}"))
    shown = []
    for _ in range(5):
        data = {"csrf_token": token(client), "base": kept(app, plan_id)[1]}
        answer = client.post(f"/plans/{plan_id}/undo", data=data, follow_redirects=True)
        shown.append(kept(app, plan_id)[0]["title"])
    assert shown == ["B", "A", "Pepper growers", "Pepper growers", "Pepper growers"]
    assert "There is nothing to undo." in answer.get_data(as_text=True)


def test_every_version_can_be_reached_from_the_list(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "_MOST_SHOWN", 3)
    plan_id = begin(client, "full")
    for number in range(1, 7):
        changes(client, plan_id, _body(number, _set("title", f"Title {number}"), batch=f"batch-000{number}"))
    address, seen = f"/plans/{plan_id}/versions", []
    while address:
        page = client.get(address).get_data(as_text=True)
        seen.append([int(number) for number in re.findall(r"<strong>Version (\d+)<", page)])
        older = re.search(r'href="([^"]+)">Older versions<', page)
        address = older[1] if older else ""
    assert seen == [[7, 6, 5], [4, 3, 2], [1]]
    for wrong in ("0", "1", "9" * 20):
        assert client.get(f"/plans/{plan_id}/versions?before={wrong}").status_code == 404


def test_undo_of_a_page_that_is_behind_does_nothing(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client, "full")
    changes(client, plan_id, _body(1, _set("title", "One")))
    client.post(f"/plans/{plan_id}/undo", data={"csrf_token": token(client), "base": 1})
    assert kept(app, plan_id)[0]["title"] == "One"


def test_going_back_from_a_page_that_is_behind_does_nothing(app: Flask, client: FlaskClient) -> None:
    plan_id = begin(client, "full")
    changes(client, plan_id, _body(1, _set("title", "One"), batch="batch-0001"))
    reader = FormReader("/versions/1/restore")
    reader.feed(client.get(f"/plans/{plan_id}/versions").get_data(as_text=True))
    changes(client, plan_id, _body(2, _set("title", "Two"), batch="batch-0002"))
    answer = client.post(f"/plans/{plan_id}/versions/1/restore", data=reader.controls, follow_redirects=True)
    assert "it is at version 3, you saw version 2" in answer.get_data(as_text=True)
    assert kept(app, plan_id)[0]["title"] == "Two"


def test_undo_does_not_cover_up_what_is_saved_while_it_looks(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_id = begin(client, "full")
    changes(client, plan_id, _body(1, _set("title", "One")))

    def meanwhile(access: Any) -> int:
        with store().session() as session:
            plans.save(session, plan_id, access.user.id, 2, "b", [Change("set", "title", "Two")])
        return 1

    monkeypatch.setattr(versions, "_before", meanwhile)
    data = {"csrf_token": token(client), "base": 2}
    answer = client.post(f"/plans/{plan_id}/undo", data=data, follow_redirects=True)
    assert "was changed meanwhile" in answer.get_data(as_text=True)
    assert kept(app, plan_id)[0]["title"] == "Two"
