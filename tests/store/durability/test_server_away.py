"""R5: PostgreSQL stops at once and starts again: refused in words meanwhile, nothing said that is not so, then on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from finance_kit.store import open_store, plans, users
from tests.store.durability.served import Browser, Served, rounds, title


def test_a_database_that_stops_and_starts_loses_nothing(postgresql: Any, tmp_path: Path) -> None:
    url = postgresql.make("stopped")
    saved: dict[int, str] = {}
    with Served(tmp_path / "kit", FINANCE_KIT_DATABASE_URL=url) as served:
        browser = Browser(served)
        plan_id = browser.open_sample()
        revision = 1
        for number in range(rounds(2, 10)):
            status, answer = browser.save(plan_id, revision, title(f"Before {number}"))
            assert status == 200, answer
            revision = answer["revision"]
            saved[revision] = f"Before {number}"
            postgresql.stop("immediate")
            try:
                for _ in range(3):
                    status, answer = browser.save(plan_id, revision, title(f"Away {number}"))
                    assert status == 503, answer
                    assert answer["error"]["hint"]
                assert browser.request("GET", "/health/ready")[0] == 503
                assert browser.request("GET", "/health/live")[0] == 200
            finally:
                postgresql.start()
            status, answer = browser.save_until_answered(plan_id, revision, title(f"After {number}"))
            assert status == 200, answer
            revision = answer["revision"]
            saved[revision] = f"After {number}"
        served.stop()
    store = open_store(url)
    with store.session() as session:
        person = users.local(session).id
        lines = plans.versions(session, plan_id, person)
        found = {
            line.number: view.document["title"]
            for line in lines
            if line.number > 1 and (view := plans.version(session, plan_id, person, line.number))
        }
    store.close()
    assert found == saved
