"""What is over is deleted in time, and nothing before that, whatever a clock says; on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import text

from finance_kit.drafts import Change
from finance_kit.store import Conflicted, Saved, Store, audit, exports, jobs, plans, sessions, shares, upkeep
from finance_kit.store.values import now

TABLES = ("plans", "revisions", "batches", "shares", "jobs", "job_files", "exports")


def _set(path: str, value: Any) -> Change:
    return Change("set", path, value)


def _saved(store: Store, plan_id: str, user: str, base: int, batch: str, *changes: Change) -> Saved | Conflicted:
    with store.session() as session:
        return plans.save(session, plan_id, user, base, batch, changes)


def _rows(store: Store, *tables: str) -> dict[str, int]:
    with store.session() as session:
        return {name: session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables}  # noqa: S608


def test_after_30_days_in_the_bin_everything_of_a_plan_is_gone(
    store: Store, sokha: str, dara: str, plan_id: str
) -> None:
    moment = now()
    _saved(store, plan_id, sokha, 1, "b", _set("title", "Mill"))
    with store.session() as session:
        shares.with_person(session, plan_id, sokha, dara, "viewer", moment)
        shares.make_link(session, plan_id, sokha, "viewer", moment, moment + timedelta(days=90))
        job = jobs.create(session, "word", sokha, plan_id, 2, {}, moment)
        jobs.keep_file(session, job.id, "plan.docx", "application/zip", b"content")
        exports.record(session, sokha, plan_id, 2, "word", "bank", "plan.docx", "0" * 64, moment)
        audit.note(session, moment, sokha, plan_id, "export", {"lender": "bank"})
        plans.bin(session, plan_id, sokha)
    upkeep.daily(store, moment)
    assert all(count > 0 for count in _rows(store, *TABLES).values())
    for day in range(1, 31):
        upkeep.daily(store, moment + timedelta(days=day))
    assert _rows(store, "plans", "revisions") == {"plans": 1, "revisions": 2}
    upkeep.daily(store, moment + timedelta(days=31))
    assert _rows(store, *TABLES) == dict.fromkeys(TABLES, 0)
    with store.session() as session:
        assert [line.action for line in audit.of_plan(session, plan_id)] == ["export"]


def test_a_clock_that_jumps_deletes_nothing_however_many_rounds_follow(
    store: Store, sokha: str, dara: str, plan_id: str
) -> None:
    moment, hour = now(), timedelta(hours=1)
    _saved(store, plan_id, sokha, 1, "b", _set("title", "Mill"))
    with store.session() as session:
        shares.with_person(session, plan_id, sokha, dara, "viewer", moment, moment + timedelta(days=9))
        sessions.start(session, sokha, moment, "Firefox")
        audit.note(session, moment, sokha, plan_id, "export")
        plans.bin(session, plan_id, sokha)
    kept = ("plans", "batches", "shares", "sessions", "audit")
    upkeep.daily(store, moment)
    later = moment + timedelta(days=400)
    for rounds in range(24):
        upkeep.daily(store, later + rounds * hour)
    assert _rows(store, *kept) == dict.fromkeys(kept, 1)
    for rounds in range(24):  # somebody has set it right again
        upkeep.daily(store, moment + rounds * hour)
    upkeep.daily(store, moment + timedelta(days=2))
    assert _rows(store, *kept) == dict.fromkeys(kept, 1)
    for rounds in range(25):
        upkeep.daily(store, later + rounds * hour)
    assert _rows(store, *kept) == dict.fromkeys(kept, 0), "a day on it was still that late"


def test_the_oldest_finished_work_of_a_person_makes_room_and_nothing_else_does(
    store: Store, sokha: str, dara: str, plan_id: str
) -> None:
    moment, made = now(), []
    with store.session() as session:
        in_hand = jobs.create(session, "word", sokha, plan_id, 1, {}, moment).id
        jobs.move(session, in_hand, ("waiting",), "working", moment)
        others = [jobs.create(session, kind, user, plan_id, 1, {}, moment).id
                  for kind, user in (("fixes", sokha), ("word", dara))]  # fmt: skip
        for number in range(jobs.KEPT + 2):
            made.append(jobs.create(session, "word", sokha, plan_id, 1, {"number": number}, moment).id)
            jobs.keep_file(session, made[-1], "plan.docx", "application/zip", b"content")
            exports.record(session, sokha, plan_id, 1, "word", "bank", "plan.docx", "0" * 64, moment)
            jobs.move(session, made[-1], ("waiting",), ("done", "failed")[number % 2], moment)
            others.append(jobs.create(session, "received", sokha, plan_id, 1, {}, moment).id)  # a file as it was sent
        for each in others:
            jobs.move(session, each, ("waiting",), "done", moment)
    with store.session() as session:
        jobs.create(session, "received", sokha, plan_id, 1, {}, moment)
        waits = jobs.create(session, "word", sokha, plan_id, 1, {}, moment).id
    with store.session() as session:
        kept = [each for each in (in_hand, *others, *made, waits) if jobs.get(session, each) is not None]
    assert kept == [in_hand, *others, *made[2:], waits]
    assert _rows(store, "job_files", "exports") == {"job_files": jobs.KEPT, "exports": jobs.KEPT + 2}
