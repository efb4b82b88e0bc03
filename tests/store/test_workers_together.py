"""Several workers on one database: what they do at the same moment, all of them do."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from finance_kit.store import Store, tries, upkeep
from finance_kit.store.upsert import note_task
from finance_kit.store.values import now


@pytest.mark.parametrize(
    ("task", "work"),
    [("check", lambda store: store.check()), ("bin", lambda store: upkeep.daily(store, now()))],
    ids=["readiness", "the day's round"],
)
def test_workers_that_note_the_same_thing_first_do_not_trip_over_each_other(
    store: Store, task: str, work: Callable[[Store], None]
) -> None:
    trouble: list[Exception] = []

    def other() -> None:
        try:
            work(store)
        except Exception as error:  # noqa: BLE001 - told to the test
            trouble.append(error)

    worker = threading.Thread(target=other)
    with store.session() as session:
        note_task(session, task, now())
        session.flush()
        worker.start()
        time.sleep(0.3)  # long enough that the other one has looked, found nothing, and waits for this one
    worker.join()
    assert trouble == []


def test_tries_are_counted_within_their_window_only_and_forgotten_afterwards(store: Store) -> None:
    moment = now()
    with store.session() as session:
        tries.note(session, "a" * 64, moment - timedelta(minutes=20))
        tries.note(session, "a" * 64, moment - timedelta(minutes=5), times=2)
        tries.note(session, "b" * 64, moment)
        tries.note(session, "a" * 64, moment + timedelta(days=400))  # the clock was set back since
    since = moment - timedelta(minutes=15)
    with store.session() as session:
        assert len(tries.recent(session, "a" * 64, since, moment, 10)) == 2
        assert len(tries.recent(session, "a" * 64, since, moment, 1)) == 1, "no more than are asked for"
        assert tries.recent(session, "b" * 64, since, moment, 10) == [moment]
        tries.drop_old(session, moment + tries.KEPT - timedelta(minutes=4))
        assert len(tries.recent(session, "a" * 64, moment - timedelta(days=1), moment, 10)) == 0
        assert len(tries.recent(session, "b" * 64, since, moment, 10)) == 1
