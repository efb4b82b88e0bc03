"""Accounts, ways in, shares, organisations, tokens, background work, notes; on both databases."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from finance_kit.drafts import Change
from finance_kit.errors import StoreError
from finance_kit.store import (
    Store,
    audit,
    departure,
    jobs,
    organisations,
    own_data,
    plans,
    sessions,
    shares,
    tokens,
    upkeep,
    users,
)
from finance_kit.store.tables_people import SignIn
from finance_kit.store.values import now

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
IDLE, ABSOLUTE = timedelta(minutes=60), timedelta(hours=12)


# ------------------------------------------------------------------------------------------------------------ people


def test_the_one_person_of_a_laptop_is_always_the_same_and_has_no_name_to_sign_in_with(store: Store) -> None:
    with store.session() as session:
        first = users.local(session)
    with store.session() as session:
        assert users.local(session) == first
        assert users.get(session, first.id) == first
        assert users.passphrase_hash(session, first.id) is None
        assert users.count(session) == 0
        for name in ("", "(local)", "(local)\n"):
            assert users.by_name(session, name) is None


@pytest.mark.parametrize("again", ["Sokha", "sokha", "SOKHA", " Sokha ", "So\u200bkha", "Ｓokha"])
def test_two_accounts_cannot_have_names_that_look_the_same(store: Store, sokha: str, again: str) -> None:
    with pytest.raises(StoreError, match="user_name_taken"), store.session() as session:
        users.create(session, again, "hash")
    with store.session() as session:
        found = users.by_name(session, again)
        assert found is not None
        assert found.id == sokha


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "a\x00b", "a\u202eb", "\u200b"])
def test_a_name_that_cannot_be_shown_is_refused(store: Store, name: str) -> None:
    with pytest.raises(StoreError, match="user_name_unusable"), store.session() as session:
        users.create(session, name, "hash")


def test_names_and_roles_change(store: Store, sokha: str, dara: str) -> None:
    with store.session() as session:
        users.set_role(session, dara, "administrator")
        with pytest.raises(StoreError, match="user_role_unknown"):
            users.set_role(session, dara, "owner")
    with store.session() as session:
        found = users.get(session, dara)
        assert found is not None
        assert (found.role, found.language) == ("administrator", None)
        assert users.count(session, "administrator") == 1
        assert [user.name for user in users.all_of_them(session)] == ["Dara", "Sokha"]


@pytest.mark.parametrize("how", ["passphrase", "closed"])
def test_sessions_and_tokens_end_with_the_passphrase_and_with_the_account(store: Store, sokha: str, how: str) -> None:
    with store.session() as session:
        value = sessions.start(session, sokha, now())
        _, token = tokens.create(session, sokha, "script", "read", now())
    with store.session() as session:
        if how == "passphrase":
            users.set_passphrase(session, sokha, "other hash")
        else:
            users.disable(session, sokha)
    with store.session() as session:
        assert sessions.find(session, value, now(), IDLE, ABSOLUTE) is None
        assert tokens.find(session, token, now()) is None
        assert (users.get(session, sokha) is None) is (how == "closed")
        users.enable(session, sokha)
        assert users.get(session, sokha) is not None


def test_a_recovery_code_opens_once_and_is_kept_as_a_fingerprint(store: Store, sokha: str, dara: str) -> None:
    codes = [f"code-{number:04}-of-sokha" for number in range(8)]
    with store.session() as session:
        users.keep_recovery_codes(session, sokha, codes)
        kept = session.execute(text("SELECT code_hash FROM recovery_codes")).scalars().all()
        assert not set(kept) & set(codes)
        assert not users.use_recovery_code(session, dara, codes[0])
        assert users.use_recovery_code(session, sokha, codes[0])
        assert not users.use_recovery_code(session, sokha, codes[0])
        assert users.recovery_codes_left(session, sokha) == 7
        users.keep_recovery_codes(session, sokha, ["a-new-one"])
        assert not users.use_recovery_code(session, sokha, codes[1])


# ---------------------------------------------------------------------------------------------------------- sessions


def test_a_session_lasts_while_it_is_used_and_not_for_ever(store: Store, sokha: str) -> None:
    begun = now()
    with store.session() as session:
        value = sessions.start(session, sokha, begun, "Firefox on Android")
    moments = [begun + timedelta(minutes=50 * step) for step in range(15)]
    for moment in moments:
        with store.session() as session:
            found = sessions.find(session, value, moment, IDLE, ABSOLUTE)
        assert (found is not None) is (moment - begun <= ABSOLUTE), moment - begun
    with store.session() as session:
        (line,) = sessions.of(session, sokha)
    assert (line.user_id, line.device) == (sokha, "Firefox on Android")


def test_a_session_that_was_not_used_for_an_hour_is_over(store: Store, sokha: str) -> None:
    begun = now()
    with store.session() as session:
        value = sessions.start(session, sokha, begun)
        assert sessions.find(session, value, begun + IDLE, IDLE, ABSOLUTE) is not None
    with store.session() as session:
        assert sessions.find(session, value, begun + 2 * IDLE + timedelta(seconds=1), IDLE, ABSOLUTE) is None
        assert sessions.find(session, value, begun + timedelta(days=400), IDLE, ABSOLUTE) is None


def test_only_the_fingerprint_of_a_session_is_kept(store: Store, sokha: str) -> None:
    with store.session() as session:
        value = sessions.start(session, sokha, now())
    with store.session() as session:
        assert session.get(SignIn, value) is None
        assert value not in str(session.execute(text("SELECT token_hash, id FROM sessions")).all())


def test_sessions_end_one_by_one_or_all_but_this_one(store: Store, sokha: str, dara: str) -> None:
    with store.session() as session:
        values = [sessions.start(session, sokha, now()) for _ in range(4)]
        other = sessions.start(session, dara, now())
        sessions.end(session, values[0])
        shown = {line.id for line in sessions.of(session, sokha)}
        assert len(shown) == 3
        found = sessions.find(session, values[1], now(), IDLE, ABSOLUTE)
        assert found is not None
        sessions.end_one(session, dara, found.id)
        assert len(sessions.of(session, sokha)) == 3, "somebody else's session"
        sessions.end_one(session, sokha, found.id)
        sessions.end_all(session, sokha, but=values[3])
        still = [value for value in values if sessions.find(session, value, now(), IDLE, ABSOLUTE)]
        assert still == [values[3]]
        sessions.end_all(session, sokha)
        assert sessions.of(session, sokha) == []
        assert sessions.find(session, other, now(), IDLE, ABSOLUTE) is not None


# ------------------------------------------------------------------------------------------------------------ shares


def test_a_link_opens_a_plan_until_it_expires_or_is_taken_back(
    store: Store, sokha: str, dara: str, plan_id: str
) -> None:
    moment = now()
    with store.session() as session:
        line, token = shares.make_link(session, plan_id, sokha, "editor", moment, moment + DAY)
        assert token not in str(session.execute(text("SELECT * FROM shares")).all())
        assert shares.find_link(session, "guess", moment) is None
        assert shares.find_link(session, token, moment + DAY) is None
        with pytest.raises(StoreError, match="share_not_found"):
            shares.accept(session, token, dara, moment + DAY)
        assert shares.accept(session, token, dara, moment) == plan_id
        assert shares.accept(session, token, sokha, moment) == plan_id
        found = plans.get(session, plan_id, dara)
        assert found is not None
        assert found.role == "editor"
        assert {each.name for each in shares.of_plan(session, plan_id, sokha)} == {None, "Dara"}
        shares.take_back(session, plan_id, sokha, line.id)
    with store.session() as session:
        assert plans.get(session, plan_id, dara) is None, "who came through the link leaves with it"
        assert shares.find_link(session, token, moment) is None


def test_a_share_with_a_person_ends_when_its_time_is_over(
    store: Store, sokha: str, dara: str, plan_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = now()
    with store.session() as session:
        shares.with_person(session, plan_id, sokha, dara, "viewer", moment, moment + HOUR)
        assert plans.get(session, plan_id, dara) is not None
    monkeypatch.setattr("finance_kit.store.roles.now", lambda: moment + HOUR)
    with store.session() as session:
        assert plans.get(session, plan_id, dara) is None
        assert plans.of(session, dara) == []


def test_a_link_never_takes_away_what_was_given_by_name(store: Store, sokha: str, dara: str, plan_id: str) -> None:
    moment = now()
    with store.session() as session:
        shares.with_person(session, plan_id, sokha, dara, "editor", moment)
        line, token = shares.make_link(session, plan_id, sokha, "viewer", moment, moment + DAY)
        shares.accept(session, token, dara, moment)
        shares.take_back(session, plan_id, sokha, line.id)
        found = plans.get(session, plan_id, dara)
        assert found is not None
        assert found.role == "editor"
        shares.leave(session, plan_id, dara)
        assert plans.get(session, plan_id, dara) is None


def test_an_editor_link_ends_without_what_was_given_by_name(store: Store, sokha: str, dara: str, plan_id: str) -> None:
    moment = now()
    with store.session() as session:
        shares.with_person(session, plan_id, sokha, dara, "viewer", moment)
        line, token = shares.make_link(session, plan_id, sokha, "editor", moment, moment + DAY)
        for _ in range(2):
            shares.accept(session, token, dara, moment)
        assert [each.role for each in plans.of(session, dara)] == ["editor"]
        assert len(shares.of_plan(session, plan_id, sokha)) == 3, "the link, by name, through the link"
        shares.take_back(session, plan_id, sokha, line.id)
        assert [each.role for each in plans.of(session, dara)] == ["viewer"]


def test_a_short_link_makes_a_long_one_no_shorter_and_the_owner_may_still_give_less(
    store: Store, sokha: str, dara: str, plan_id: str
) -> None:
    moment = now()
    with store.session() as session:
        _, long = shares.make_link(session, plan_id, sokha, "editor", moment, moment + 90 * DAY)
        _, short = shares.make_link(session, plan_id, sokha, "viewer", moment, moment + DAY)
        shares.accept(session, long, dara, moment)
        shares.accept(session, short, dara, moment)
        assert [each.role for each in plans.of(session, dara)] == ["editor"]
        shares.with_person(session, plan_id, sokha, dara, "viewer", moment)
        assert [each.role for each in plans.of(session, dara)] == ["viewer"]
        shares.leave(session, plan_id, dara)
        assert plans.of(session, dara) == []


def test_a_share_needs_a_known_role_and_an_end_that_lies_ahead(
    store: Store, sokha: str, dara: str, plan_id: str
) -> None:
    moment = now()
    with store.session() as session:
        with pytest.raises(StoreError, match="share_role_unknown"):
            shares.with_person(session, plan_id, sokha, dara, "owner", moment)
        with pytest.raises(StoreError, match="share_expiry_needed"):
            shares.make_link(session, plan_id, sokha, "viewer", moment, moment)
        with pytest.raises(StoreError, match="share_not_found"):
            shares.with_person(session, plan_id, sokha, sokha, "viewer", moment)
        with pytest.raises(StoreError, match="share_not_found"):
            shares.take_back(session, plan_id, sokha, "nothing")


# ----------------------------------------------------------------------------------------------------- organisations


def test_advisers_see_the_plans_handed_to_their_organisation_and_no_others(
    store: Store, sokha: str, dara: str, plan_id: str, document: dict[str, Any]
) -> None:
    with store.session() as session:
        adviser = users.create(session, "Adviser", "hash").id
        outsider = users.create(session, "Outsider", "hash").id
        own = plans.create(session, sokha, document).id
        union = organisations.create(session, "Union", adviser, now())
        with pytest.raises(StoreError, match="organisation_not_found"):
            plans.hand_to(session, plan_id, sokha, union.id)
        organisations.add(session, union.id, sokha, "member", now())
        organisations.add(session, union.id, dara, "member", now())
        plans.hand_to(session, plan_id, sokha, union.id)
    with store.session() as session:
        found = plans.get(session, plan_id, adviser)
        assert found is not None
        assert found.role == "adviser"
        assert [line.id for line in plans.of(session, adviser)] == [plan_id]
        assert [line.id for line in plans.of_organisation(session, union.id, adviser)] == [plan_id]
        assert plans.get(session, own, adviser) is None
        assert plans.get(session, plan_id, dara) is None, "a member is no adviser"
        assert plans.of(session, dara) == []
        assert plans.of_organisation(session, union.id, outsider) == []
        with pytest.raises(StoreError, match="plan_not_found"):
            plans.save(session, plan_id, adviser, 1, "b", [Change("set", "title", "x")])
        assert [line.role for line in organisations.members(session, union.id)] == ["manager", "member", "member"]
        organisations.remove(session, union.id, sokha)
        assert plans.get(session, plan_id, adviser) is None, "the plan left with its owner"
        assert organisations.of(session, sokha) == []
        organisations.delete_one(session, union.id)
        assert plans.get(session, plan_id, sokha) is not None


# -------------------------------------------------------------------------------------------- tokens, jobs, and notes


def test_a_token_is_shown_once_and_stands_for_its_person_until_it_ends(store: Store, sokha: str, dara: str) -> None:
    moment = now()
    with store.session() as session:
        line, token = tokens.create(session, sokha, "script", "read", moment, moment + DAY)
        assert token not in str(session.execute(text("SELECT * FROM api_tokens")).all())
        assert tokens.find(session, token, moment) == tokens.TokenView(sokha, "read")
        assert tokens.find(session, token, moment + DAY) is None
        assert tokens.find(session, token[:-1], moment) is None
        assert not tokens.end(session, dara, line.id)
        assert tokens.of(session, sokha) == [line]
        assert tokens.end(session, sokha, line.id)
        assert tokens.find(session, token, moment) is None
        with pytest.raises(StoreError, match="token_scope_unknown"):
            tokens.create(session, sokha, "script", "all", moment)


def test_of_two_who_want_a_job_one_gets_it(store: Store, sokha: str, plan_id: str) -> None:
    moment = now()
    with store.session() as session:
        job = jobs.create(session, "word", sokha, plan_id, 1, {"lender": "bank"}, moment)
        later = jobs.create(session, "preview", sokha, plan_id, 1, {}, moment - DAY)
        assert [each.id for each in jobs.of(session, plan_id, ("word", "preview"))] == [later.id, job.id]
        assert [each.id for each in jobs.of(session, plan_id, ("word",), limit=1)] == [job.id]
        assert [each.id for each in jobs.in_line(session)] == [job.id, later.id]
        assert (jobs.waiting(session), jobs.waiting(session, sokha), jobs.waiting(session, "x")) == (2, 2, 0)
    with store.session() as session:
        assert jobs.move(session, job.id, ("waiting",), "working", moment)
        assert not jobs.move(session, job.id, ("waiting",), "working", moment)
        assert jobs.beat(session, job.id, moment + HOUR, "writing") == "working"
        assert jobs.stale(session, moment + HOUR) == []
        assert jobs.stale(session, moment + 2 * HOUR) == [job.id]
        assert jobs.waiting(session) == 2
        found = jobs.get(session, job.id)
        assert found is not None
        assert (found.step, found.options, found.problem) == ("writing", {"lender": "bank"}, None)
        assert jobs.move(session, job.id, ("working",), "failed", moment, problem={"code": "job_failed", "params": {}})
        assert jobs.beat(session, job.id, moment, "too late") == "failed"
        assert jobs.beat(session, "nothing", moment, "") is None
        found = jobs.get(session, job.id)
        assert found is not None
        assert found.problem == {"code": "job_failed", "params": {}}


def test_files_of_a_job_come_back_byte_for_byte_or_not_at_all(store: Store, sokha: str, plan_id: str) -> None:
    content = bytes(range(256)) * 4_000
    with store.session() as session:
        job = jobs.create(session, "word", sokha, plan_id, 1, {}, now())
        line = jobs.keep_file(session, job.id, "plan.docx", "application/zip", content)
        jobs.keep_file(session, job.id, "page-1.png", "image/png", b"picture")
    with contextlib.suppress(RuntimeError), store.session() as session:
        jobs.keep_file(session, job.id, "half.docx", "application/zip", content)
        raise RuntimeError
    with store.session() as session:
        assert jobs.file(session, job.id, "plan.docx") == content
        assert jobs.file(session, job.id, "half.docx") is None
        assert jobs.files(session, job.id)[1] == line
        assert jobs.drop_files(session, now() - DAY, "page-%") == 0
        assert jobs.drop_files(session, now() + DAY, "page-%") == 1
        assert [each.name for each in jobs.files(session, job.id)] == ["plan.docx"]


def test_a_note_names_whom_it_was_done_with_only_while_they_are_here(
    store: Store, sokha: str, dara: str, plan_id: str
) -> None:
    with store.session() as session:
        audit.note(session, now(), sokha, plan_id, "shared", {"person": dara, "role": "viewer"})
        assert "Dara" not in str(session.execute(text("SELECT details FROM audit")).all())
        session.execute(text("UPDATE users SET name = 'Dara Chan' WHERE id = :id"), {"id": dara})
        (line,) = audit.of_plan(session, plan_id)
        assert line.details == {"with": "Dara Chan", "role": "viewer"}
        departure.leave(session, dara, now())
        (line,) = audit.of_plan(session, plan_id)
        assert line.details == {"with": None, "role": "viewer"}


def test_notes_are_kept_for_a_year(store: Store, sokha: str, plan_id: str) -> None:
    moment = now()
    with store.session() as session:
        audit.note(session, moment - 366 * DAY, sokha, plan_id, "export")
        audit.note(session, moment - 364 * DAY, sokha, plan_id, "viewed")
    upkeep.daily(store, moment - DAY)
    upkeep.daily(store, moment)
    with store.session() as session:
        assert [line.action for line in audit.of_plan(session, plan_id)] == ["viewed"]


def test_notes_are_in_order_and_short_and_survive_the_person(store: Store, sokha: str, plan_id: str) -> None:
    with store.session() as session:
        audit.note(session, now(), sokha, plan_id, "export", {"lender": "bank", "revision": 3, "long": "x" * 500})
        audit.note(session, now() - DAY, None, None, "sign-in-refused")
        (first,) = audit.of_plan(session, plan_id)
        assert (first.action, first.by, first.details["revision"]) == ("export", "Sokha", 3)
        assert len(first.details["long"]) == 120
        own_data.delete_all(session, sokha)
        (left,) = audit.of_plan(session, plan_id)
        assert (left.action, left.by, left.user_id) == ("export", None, None)
        assert audit.drop_old(session, now() + DAY, HOUR) == 2
