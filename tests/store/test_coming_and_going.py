"""Codes that open a door once, the first account taking over, and people who leave; on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from finance_kit.store import Store, audit, departure, introduction, jobs, one_time, organisations, plans, shares, users
from finance_kit.store.tables_people import AuditEntry, OneTimeCode, User
from finance_kit.store.tables_plans import PlanRow, Revision, Share

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_code_opens_its_door_once_and_no_other(store: Store, sokha: str, dara: str) -> None:
    with store.session() as session:
        code = one_time.issue(session, "reset", NOW, DAY, user_id=sokha)
        assert not one_time.use(session, "invitation", code, NOW)
        assert not one_time.use(session, "reset", code, NOW, dara), "it is Sokha's"
        assert not one_time.use(session, "reset", code, NOW), "and not nobody's"
        assert one_time.works(session, "reset", code.upper().replace("-", " "), NOW)
        assert one_time.use(session, "reset", code, NOW, sokha)
        assert not one_time.use(session, "reset", code, NOW, sokha)


def test_a_code_is_over_when_its_time_is(store: Store) -> None:
    with store.session() as session:
        code = one_time.issue(session, "invitation", NOW, DAY, label="Chan")
        assert one_time.works(session, "invitation", code, NOW + DAY - timedelta(seconds=1))
        assert not one_time.works(session, "invitation", code, NOW + DAY)
        assert not one_time.use(session, "invitation", code, NOW + DAY)
        assert one_time.of(session, "invitation", NOW + DAY) == []


def test_a_code_in_the_list_can_be_ended_and_the_list_opens_nothing(store: Store) -> None:
    with store.session() as session:
        code = one_time.issue(session, "invitation", NOW, DAY, label="Chan")
        one_time.issue(session, "invitation", NOW, DAY, label="Nary")
        (chan,) = [line for line in one_time.of(session, "invitation", NOW) if line.label == "Chan"]
        assert not one_time.works(session, "invitation", chan.id, NOW)
        assert not one_time.drop(session, "reset", chan.id), "of another kind"
        assert one_time.drop(session, "invitation", chan.id)
        assert not one_time.works(session, "invitation", code, NOW)
        assert [line.label for line in one_time.of(session, "invitation", NOW)] == ["Nary"]


def test_a_new_code_for_a_person_ends_the_last_one_and_leaves_others_alone(store: Store, sokha: str, dara: str) -> None:
    with store.session() as session:
        theirs = one_time.issue(session, "reset", NOW, DAY, user_id=dara)
        old = one_time.issue(session, "reset", NOW, DAY, user_id=sokha)
        new = one_time.issue(session, "reset", NOW, DAY, user_id=sokha)
        assert [one_time.works(session, "reset", code, NOW) for code in (old, new, theirs)] == [False, True, True]


def test_codes_are_random_and_have_no_letters_that_look_alike() -> None:
    codes = {one_time.fresh_code() for _ in range(500)}
    assert len(codes) == 500
    letters = set("".join(codes)) - {"-"}
    assert letters.isdisjoint("01oil")
    assert len(letters) == 31


def test_the_first_account_takes_plans_and_versions_over(store: Store, sokha: str) -> None:
    with store.session() as session:
        alone = users.local(session)
        plan = plans.create(session, alone.id, {"title": "Made alone"})
        departure.take_over(session, sokha)
    with store.session() as session:
        assert [line.id for line in plans.of(session, sokha)] == [plan.id]
        assert plans.of(session, alone.id) == []
        assert session.scalar(select(Revision.user_id).where(Revision.plan_id == plan.id)) == sokha


def test_whoever_leaves_leaves_nothing_and_what_others_have_stays(
    store: Store, sokha: str, dara: str, plan_id: str
) -> None:
    with store.session() as session:
        kept = plans.create(session, dara, {"title": "Dara's"})
        shares.with_person(session, plan_id, sokha, dara, "viewer", NOW)
        shares.with_person(session, kept.id, dara, sokha, "editor", NOW)
        audit.note(session, NOW, dara, plan_id, "viewed")
        audit.note(session, NOW, sokha, kept.id, "changed")
        one_time.issue(session, "reset", NOW, DAY, user_id=sokha)
        assert departure.amount(session, sokha) == departure.Amount(plans=1, shared=1)
        departure.leave(session, sokha, NOW)
    departure.leave_nothing(store)
    with store.session() as session:
        assert session.get(User, sokha) is None
        assert session.get(PlanRow, plan_id) is None
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (Share, OneTimeCode)]
        assert counts == [0, 0]
        assert session.scalars(select(AuditEntry.plan_id)).all() == [kept.id]
        (line,) = audit.of_plan(session, kept.id)
        assert (line.by, line.action) == (None, "changed"), "what happened stays, without the name"
        assert [each.title for each in plans.of(session, dara)] == ["Dara's"]


def test_an_organisation_is_never_left_without_a_manager(store: Store, sokha: str, dara: str) -> None:
    with store.session() as session:
        chan, nary = (users.create(session, name, "hash").id for name in ("Chan", "Nary"))
        union = organisations.create(session, "Union", sokha, NOW).id
        organisations.add(session, union, dara, "member", NOW)
        organisations.add(session, union, chan, "adviser", NOW + 2 * DAY)
        organisations.add(session, union, nary, "adviser", NOW + DAY)
        assert departure.leave_organisation(session, union, sokha, NOW)
        roles = {each.user_id: each.role for each in organisations.members(session, union)}
        assert roles == {dara: "member", chan: "adviser", nary: "manager"}, "the adviser who was there first"
        assert not departure.leave_organisation(session, union, sokha, NOW), "gone already"
        for person in (nary, chan):
            assert departure.leave_organisation(session, union, person, NOW)
        assert organisations.of(session, dara) == [], "a member does not become its manager: it ends"
        assert organisations.members(session, union) == []


@pytest.mark.parametrize("how", ["leaves", "deletes the account"])
def test_a_member_never_inherits_what_other_members_showed(store: Store, sokha: str, dara: str, how: str) -> None:
    with store.session() as session:
        chan = users.create(session, "Chan", "hash").id
        course = organisations.create(session, "Course", sokha, NOW).id
        for person in (dara, chan):
            organisations.add(session, course, person, "member", NOW)
        plan = plans.create(session, chan, {"title": "Chan's"}).id
        plans.hand_to(session, plan, chan, course)
        assert [line.role for line in plans.of(session, sokha)] == ["adviser"]
        if how == "leaves":
            departure.leave_organisation(session, course, sokha, NOW)
        else:
            departure.leave(session, sokha, NOW)
    with store.session() as session:
        assert plans.get(session, plan, dara) is None
        assert plans.of(session, dara) == []
        (line,) = plans.of(session, chan)
        assert (line.role, line.organisation_id) == ("owner", None)


def test_another_role_makes_nobody_newer(store: Store, sokha: str, dara: str) -> None:
    with store.session() as session:
        union = organisations.create(session, "Union", sokha, NOW).id
        organisations.add(session, union, dara, "member", NOW)
        organisations.add(session, union, dara, "adviser", NOW + DAY)
        (line,) = [each for each in organisations.members(session, union) if each.user_id == dara]
        assert (line.role, line.made_at) == ("adviser", NOW)


def test_what_was_made_of_a_plan_stays_when_the_one_who_asked_for_it_leaves(
    store: Store, sokha: str, dara: str, plan_id: str
) -> None:
    with store.session() as session:
        shares.with_person(session, plan_id, sokha, dara, "editor", NOW)
        job = jobs.create(session, "word", dara, plan_id, 1, {}, NOW)
        jobs.keep_file(session, job.id, "plan.docx", "application/zip", b"content")
        departure.leave(session, dara, NOW)
    with store.session() as session:
        (left,) = jobs.of(session, plan_id, ("word",))
        assert (left.id, left.user_id) == (job.id, None)
        assert jobs.file(session, job.id, "plan.docx") == b"content"


def test_the_page_of_a_link_learns_title_and_owner_and_no_more(store: Store, sokha: str, plan_id: str) -> None:
    with store.session() as session:
        told = introduction.of_plan(session, plan_id)
        assert told == introduction.Introduction("Rice mill", sokha, "Sokha")
        assert introduction.of_plan(session, "x" * 22) is None
        users.disable(session, sokha)
        assert introduction.of_plan(session, plan_id) is None
