"""Who may make an account: the first one by the key in the server's window, others as the installation chose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from finance_kit.errors import FinanceKitError
from finance_kit.store import plans, users
from tests.web.accounts import PASSPHRASE, administrator, database, is_in, new_plan, send, shared, shown, sign_in
from tests.web.apps import START_KEY, configuration
from web import create_app
from web import sessions as browser
from web.config import from_environment
from web.people.first import first_key

NEW = {"passphrase": PASSPHRASE, "again": PASSPHRASE}


def test_the_first_account_is_made_with_the_key_and_the_key_works_once(tmp_path: Path) -> None:
    app = shared(tmp_path)
    stranger = app.test_client()
    assert stranger.get("/sign-in").headers["Location"] == "/set-up"
    old, key = first_key(app), first_key(app)
    assert old != key
    assert send(stranger, "/set-up", key=old, name="Thief", **NEW).status_code == 422, "a new key ends the last"
    assert send(stranger, "/set-up", key=key, name="Head Office", **NEW).status_code == 303
    assert stranger.get("/administration").status_code == 200
    assert send(app.test_client(), "/set-up", key=key, name="Thief", **NEW).status_code == 404
    assert first_key(app) is None


def test_of_two_who_use_the_key_at_once_one_becomes_the_administrator(tmp_path: Path) -> None:
    app = shared(tmp_path)
    key = first_key(app)
    together, answers = Barrier(2), []

    def use(name: str) -> None:
        client = app.test_client()
        together.wait()
        answers.append(send(client, "/set-up", key=key, name=name, **NEW).status_code)

    threads = [Thread(target=use, args=(name,)) for name in ("Ann Sok", "Ben Dara")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(303) == 1, answers
    with database(app) as session:
        assert users.count(session, "administrator") == users.count(session) == 1


def test_the_first_account_takes_over_what_was_made_alone_on_this_machine(tmp_path: Path) -> None:
    alone = create_app(configuration(tmp_path)).test_client()
    alone.get(f"/start?key={START_KEY}")
    plan = new_plan(alone)
    app = shared(tmp_path)
    admin = administrator(app)
    assert admin.get(f"/plans/{plan}/people").status_code == 200
    with database(app) as session:
        owner = users.by_name(session, "Head Office")
        assert owner
        assert [line.id for line in plans.of(session, owner.id)] == [plan]


def test_somebody_may_register_before_there_is_an_administrator_and_is_none(tmp_path: Path) -> None:
    app = shared(tmp_path)
    early = app.test_client()
    assert send(early, "/register", name="Early Bird", **NEW).status_code == 303
    assert early.get("/administration").status_code == 404
    admin = administrator(app)
    assert admin.get("/administration").status_code == 200


def test_where_accounts_are_closed_nobody_registers(tmp_path: Path) -> None:
    app = shared(tmp_path, registration="closed")
    administrator(app)
    stranger = app.test_client()
    assert stranger.get("/register").status_code == 404
    assert send(stranger, "/register", name="Chan Thy", **NEW).status_code == 404
    assert "/register" not in stranger.get("/sign-in").text


def test_an_invitation_makes_one_account_and_can_be_taken_back(tmp_path: Path) -> None:
    app = shared(tmp_path, registration="invitation")
    admin = administrator(app)
    assert send(app.test_client(), "/register", name="Chan Thy", **NEW).status_code == 422, "not without one"
    first = shown(send(admin, "/administration/invitations", label="Chan", days="7"), "new-invitation")
    client = app.test_client()
    taken = send(client, "/register", name="Head  OFFICE", invitation=first, **NEW)
    assert taken.status_code == 422, "the name is taken"
    assert send(client, "/register", name="Chan Thy", invitation=first.upper(), **NEW).status_code == 303
    assert is_in(client)
    assert send(app.test_client(), "/register", name="Other", invitation=first, **NEW).status_code == 422, "works once"

    second = shown(send(admin, "/administration/invitations", label="Nary", days="7"), "new-invitation")
    page = admin.get("/administration").text
    assert second not in page, "shown once"
    code_id = page.split("/administration/invitations/")[1].split("/revoke")[0]
    assert send(admin, f"/administration/invitations/{code_id}/revoke").status_code == 303
    assert send(app.test_client(), "/register", name="Nary", invitation=second, **NEW).status_code == 422


def test_an_invitation_is_over_after_its_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = shared(tmp_path, registration="invitation")
    code = shown(send(administrator(app), "/administration/invitations", label="Chan", days="1"), "new-invitation")
    monkeypatch.setattr(browser, "now", lambda: datetime.now(UTC) + timedelta(days=1, minutes=1))
    assert send(app.test_client(), "/register", name="Chan Thy", invitation=code, **NEW).status_code == 422


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("", "too short"),
        ("A", "too short"),
        ("x" * 81, "longer than 80"),
        ("Ann\u202eSok", "cannot be seen"),
        ("Ann\nSok\x07", "cannot be seen"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_at_its_field(name: str, word: str, tmp_path: Path) -> None:
    app = shared(tmp_path)
    answer = send(app.test_client(), "/register", name=name, **NEW)
    assert answer.status_code == 422
    assert word in answer.text
    assert 'href="#name"' in answer.text
    assert 'aria-describedby="name-help name-fault"' in answer.text


@pytest.mark.parametrize("name", ["សុខ ច័ន្ទធី", "ဒေါ်ခင်သီတာအောင်", "สมชาย ใจดี", "Nguyễn Thị Hoa", "<b>Ann</b> & 'Co'"])
def test_names_of_the_region_and_odd_ones_come_back_letter_for_letter(name: str, tmp_path: Path) -> None:
    from markupsafe import escape

    app = shared(tmp_path)
    client = app.test_client()
    assert send(client, "/register", name=name, **NEW).status_code == 303
    assert str(escape(name)) in client.get("/account").text
    assert sign_in(app.test_client(), name).status_code == 303


def test_alone_on_a_laptop_there_are_no_pages_for_others(tmp_path: Path) -> None:
    app = create_app(configuration(tmp_path))
    client = app.test_client()
    client.get(f"/start?key={START_KEY}")
    for path in ("/register", "/set-up", "/recover", "/account/passphrase", "/organisations", "/administration"):
        assert client.get(path).status_code == 404, path
    for path in ("/account", "/account/data", "/account/tokens"):
        assert client.get(path).status_code == 200, path
    plan = new_plan(client)
    assert send(client, "/account/delete").status_code == 422, "not without the tick"
    assert send(client, "/account/delete", sure="yes").status_code == 200
    client.get(f"/start?key={START_KEY}")
    assert client.get(f"/plans/{plan}/log").status_code == 404


def test_a_choice_that_does_not_exist_stops_the_start(tmp_path: Path) -> None:
    environment = {"FINANCE_KIT_DATA": str(tmp_path), "FINANCE_KIT_REGISTRATION": "everybody"}
    with pytest.raises(FinanceKitError, match="setting_wrong"):
        from_environment(environment)
    assert from_environment({"FINANCE_KIT_DATA": str(tmp_path)}).registration == "invitation"
