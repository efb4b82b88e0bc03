"""S6 and S7: a session is worth something from sign-in to its end, and nothing before or after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from finance_kit.store import users
from tests.web.accounts import PASSPHRASE, database, is_in, register, send, shown, sign_in
from tests.web.security.conftest import Place
from web import sessions as browser

NAME = "finance_kit"
NEW = "lantern orchid harbour"


def _cookie(client: FlaskClient) -> str:
    found = client.get_cookie(NAME)
    assert found
    return found.value


def _replay(place: Place, value: str) -> bool:
    """Whether a cookie that was copied still opens the account."""
    thief = place.stranger()
    thief.set_cookie(NAME, value)
    return is_in(thief)


def test_s06_the_value_changes_at_sign_in_and_the_old_one_is_not_adopted(place: Place) -> None:
    client = place.stranger()
    client.get("/sign-in")
    planted = _cookie(client)
    assert sign_in(client, "Ann Sok").status_code == 303
    assert _cookie(client) != planted
    assert _replay(place, _cookie(client)), "the new one works"
    assert not _replay(place, planted)


def test_s06_signing_in_again_ends_the_session_that_was_there(place: Place) -> None:
    before = _cookie(place.owner)
    assert place.owner.get("/sign-in").status_code == 303, "who is in already is sent on"
    assert sign_in(place.owner, "Ann Sok").status_code == 303
    assert not _replay(place, before)
    assert is_in(place.owner)


def test_s06_a_made_up_value_is_no_session(place: Place) -> None:
    for value in (
        "",
        "x",
        _cookie(place.owner)[:-3] + "abc",
        "eyJzZXNzaW9uIjoiYSJ9.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb",
    ):
        assert not _replay(place, value)


def test_s06_after_sign_out_the_value_is_dead_and_the_browser_forgets(place: Place) -> None:
    value = _cookie(place.owner)
    answer = send(place.owner, "/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"', "not the drafts of other people who use this browser"
    assert not _replay(place, value)


def test_s06_after_a_change_of_passphrase_other_devices_are_out(place: Place) -> None:
    elsewhere = place.stranger()
    sign_in(elsewhere, "Ann Sok")
    value = _cookie(place.owner)
    assert send(place.owner, "/account/passphrase", old=PASSPHRASE, passphrase=NEW, again=NEW).status_code == 303
    assert not is_in(elsewhere)
    assert not _replay(place, value)
    assert is_in(place.owner), "whoever changed it stays in, with a new value"
    assert sign_in(place.stranger(), "Ann Sok").status_code == 401
    assert sign_in(place.stranger(), "Ann Sok", NEW).status_code == 303


def test_s06_a_token_needs_the_passphrase_and_ends_when_one_signs_out_everywhere(place: Place) -> None:
    wanted = {"label": "sheet", "scope": "write", "days": "365"}
    for given in ({}, {"passphrase": "wrong"}):
        refused = send(place.owner, "/account/tokens", **wanted, **given)
        assert refused.status_code == 422
        assert 'id="new-token"' not in refused.text
    made = shown(send(place.owner, "/account/tokens", **wanted, passphrase=PASSPHRASE), "new-token")
    headers = {"Authorization": f"Bearer {made}"}
    assert place.stranger().get("/api/v1/plans", headers=headers).status_code == 200
    assert "no token works any more" in send(place.owner, "/account/devices/end-all").text
    assert place.stranger().get("/api/v1/plans", headers=headers).status_code == 401


def test_s06_whoever_borrows_a_device_cannot_try_passphrases_for_a_token_for_long(place: Place) -> None:
    wanted = {"label": "sheet", "scope": "write", "days": "365", "passphrase": "wrong"}
    codes = [send(place.owner, "/account/tokens", **wanted).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]


def test_s06_a_closed_account_is_out_at_once_and_stays_out(place: Place) -> None:
    with database(place.app) as session:
        owner = users.by_name(session, "Ann Sok")
    assert owner
    made = send(place.owner, "/account/tokens", label="sheet", scope="read", days="7", passphrase=PASSPHRASE)
    assert made.status_code == 200
    assert send(place.admin, f"/administration/people/{owner.id}/disable").status_code == 303
    assert not is_in(place.owner)
    assert sign_in(place.stranger(), "Ann Sok").status_code == 401
    with database(place.app) as session:
        from finance_kit.store import tokens

        assert tokens.of(session, owner.id) == []
    assert send(place.admin, f"/administration/people/{owner.id}/enable").status_code == 303
    assert sign_in(place.stranger(), "Ann Sok").status_code == 303


def test_s06_a_deleted_account_is_out_at_once(place: Place) -> None:
    elsewhere = place.stranger()
    sign_in(elsewhere, "Ann Sok")
    assert send(place.owner, "/account/delete", sure="yes", passphrase=PASSPHRASE).status_code == 200
    assert not is_in(elsewhere)


def test_s06_one_device_or_all_can_be_signed_out_from_the_list(place: Place) -> None:
    phone = place.app.test_client()
    phone.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36"
    sign_in(phone, "Ann Sok")
    page = place.owner.get("/account/devices").text
    assert "Chrome, Android" in page
    session_id = page.split("/account/devices/")[1].split("/end")[0]
    assert send(place.other, f"/account/devices/{session_id}/end").status_code == 404, "not somebody else's"
    assert is_in(phone)
    assert send(place.owner, f"/account/devices/{session_id}/end").status_code == 303
    assert not is_in(phone)
    sign_in(phone, "Ann Sok")
    everywhere = send(place.owner, "/account/devices/end-all")
    assert everywhere.status_code == 200
    assert everywhere.headers["Clear-Site-Data"] == '"cache"'
    assert 'data-gone="' in everywhere.text, "the page puts away what this device kept of the person"
    assert not is_in(phone)
    assert not is_in(place.owner)


def test_s06_a_recovery_code_works_once_and_signs_everybody_else_out(place: Place) -> None:
    page = send(place.owner, "/account/recovery-codes")
    codes = [part.split("<")[0] for part in page.text.split("<code>")[1:]]
    assert len(codes) == 10
    assert codes[0] not in place.owner.get("/account/recovery-codes").text, "shown once"
    back = place.stranger()
    typed = codes[0].replace("-", " ").upper()
    assert send(back, "/recover", name="ann  sok", code=typed, passphrase=NEW, again=NEW).status_code == 303
    assert is_in(back)
    assert not is_in(place.owner)
    again = send(place.stranger(), "/recover", name="Ann Sok", code=codes[0], passphrase=NEW, again=NEW)
    assert again.status_code == 422
    theirs = send(place.stranger(), "/recover", name="Ben Dara", code=codes[1], passphrase=NEW, again=NEW)
    assert theirs.status_code == 422, "a code is of one person"


def test_s06_new_recovery_codes_need_the_passphrase_once_the_moment_after_sign_in_is_over(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    _later(monkeypatch, timedelta(minutes=11))
    assert send(place.owner, "/account/recovery-codes").status_code == 422
    assert send(place.owner, "/account/recovery-codes", passphrase=PASSPHRASE).text.count("<code>") == 10


def test_s06_a_reset_by_an_administrator_shows_them_no_passphrase_and_works_once(place: Place) -> None:
    with database(place.app) as session:
        owner = users.by_name(session, "Ann Sok")
    assert owner
    page = send(place.admin, f"/administration/people/{owner.id}/reset")
    code = page.text.split('id="new-code">')[1].split("<")[0]
    assert is_in(place.owner), "nothing changes until it is used"
    assert send(place.stranger(), "/recover", name="Ann Sok", code=code, passphrase=NEW, again=NEW).status_code == 303
    again = send(place.stranger(), "/recover", name="Ann Sok", code=code, passphrase=NEW, again=NEW)
    assert again.status_code == 422
    assert sign_in(place.stranger(), "Ann Sok", NEW).status_code == 303


def test_s07_a_reset_code_is_over_after_a_day(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    with database(place.app) as session:
        owner = users.by_name(session, "Ann Sok")
    assert owner
    page = send(place.admin, f"/administration/people/{owner.id}/reset")
    code = page.text.split('id="new-code">')[1].split("<")[0]
    _later(monkeypatch, timedelta(hours=24, minutes=1))
    late = send(place.stranger(), "/recover", name="Ann Sok", code=code, passphrase=NEW, again=NEW)
    assert late.status_code == 422


def test_s07_an_hour_without_use_ends_a_session(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    _later(monkeypatch, timedelta(minutes=59))
    assert is_in(place.owner), "use before the hour is over counts"
    _later(monkeypatch, timedelta(minutes=59 + 59))
    assert is_in(place.owner)
    _later(monkeypatch, timedelta(minutes=59 + 59 + 61))
    assert not is_in(place.owner)


def test_s07_twelve_hours_end_a_session_that_is_in_use(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for minutes in range(50, 12 * 60, 50):
        _later(monkeypatch, timedelta(minutes=minutes))
        assert is_in(place.owner), minutes
    _later(monkeypatch, timedelta(hours=12, minutes=1))
    assert not is_in(place.owner)


def test_s07_a_session_of_400_days_ago_is_dead(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    value = _cookie(place.owner)
    _later(monkeypatch, timedelta(days=400))
    assert not _replay(place, value)


def test_s07_the_first_administrator_is_signed_in_after_registering(place: Place) -> None:
    assert is_in(place.admin)
    assert is_in(register(place.app, "Chan Thy"))


def _later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Let the application's clock run ahead of this machine's."""
    monkeypatch.setattr(browser, "now", lambda: datetime.now(UTC) + by)
