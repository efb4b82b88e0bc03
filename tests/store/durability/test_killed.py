"""R1, R2, R7: whatever happens to the server, what it said was saved is there, once, and nothing is torn."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path

import pytest

from finance_kit.store import Store, open_store, plans, users
from finance_kit.store.checking import examine
from tests.store.durability.served import Browser, Served, rounds, title


class Writer(threading.Thread):
    """A person who saves one title after another, and notes which of them were acknowledged."""

    def __init__(self, browser: Browser, plan_id: str, revision: int = 1) -> None:
        super().__init__()
        self.browser, self.plan_id = browser, plan_id
        self.acknowledged: dict[int, str] = {}
        self.revision = revision
        self.trouble: list[str] = []

    def run(self) -> None:
        try:
            while True:
                text = f"Mill {self.revision}"
                status, answer = self.browser.save(self.plan_id, self.revision, title(text))
                if status == 503:  # the server is on its way out
                    return
                if status != 200:
                    self.trouble.append(f"{status}: {answer}")
                    return
                self.revision = answer["revision"]
                self.acknowledged[self.revision] = text
        except OSError:
            return  # the server is gone


def _wait_for(writers: list[Writer], saves: int) -> None:
    while sum(len(writer.acknowledged) for writer in writers) < saves:
        assert all(writer.is_alive() for writer in writers), [writer.trouble for writer in writers]
        time.sleep(0.01)


def _store(folder: Path) -> Store:
    return open_store(f"sqlite:///{folder / 'finance-kit.sqlite3'}")


def _check(folder: Path, writers: list[Writer]) -> None:
    """Everything that was acknowledged is there, in its version."""
    store = _store(folder)
    assert examine(store).problems == ()
    with store.session() as session:
        person = users.local(session).id
        for writer in writers:
            assert writer.trouble == []
            for number, text in writer.acknowledged.items():
                found = plans.version(session, writer.plan_id, person, number)
                assert found is not None, f"version {number} was acknowledged and is lost"
                assert found.document["title"] == text
            newest = plans.get(session, writer.plan_id, person)
            assert newest is not None
            assert newest.revision in (writer.revision, writer.revision + 1)
            writer.revision = newest.revision
    store.close()


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    chance = random.Random(2026)  # noqa: S311 - moments, not secrets
    total = 0
    with Served(tmp_path / "kit") as served:
        browser = Browser(served)
        writers = [Writer(browser, browser.open_sample()) for _ in range(4)]
        for _ in range(rounds(2, 200)):
            for writer in writers:
                writer.start()
            _wait_for(writers, chance.randint(rounds(4, 25), rounds(8, 35)))
            time.sleep(chance.uniform(0, 0.2))
            served.kill()
            for writer in writers:
                writer.join()
            total += sum(len(writer.acknowledged) for writer in writers)
            _check(tmp_path / "kit", writers)
            served.start()
            assert browser.request("GET", f"/plans/{writers[0].plan_id}/versions")[0] == 200, "the session is gone"
            writers = [Writer(browser, writer.plan_id, writer.revision) for writer in writers]
    assert total >= rounds(8, 5_000)


def test_told_to_stop_the_server_ends_and_loses_nothing(tmp_path: Path) -> None:
    with Served(tmp_path / "kit") as served:
        browser = Browser(served)
        writers = [Writer(browser, browser.open_sample()) for _ in range(2)]
        for writer in writers:
            writer.start()
        _wait_for(writers, 4)
        assert served.stop() == 0
        for writer in writers:
            writer.join()
        _check(tmp_path / "kit", writers)


@pytest.mark.parametrize("kind", ["rows", "one field"])
def test_eight_tabs_at_once_lose_nothing_and_double_nothing(tmp_path: Path, kind: str) -> None:
    with Served(tmp_path / "kit") as served:
        plan_id = Browser(served).open_sample()
        kept: list[str] = []
        conflicts: list[object] = []

        def tab(name: int) -> None:
            browser = Browser(served)
            base = 1
            for number in range(12):
                row = f"t{name}n{number:05}"
                changes = (
                    [{"op": "add", "path": "risks", "value": {"_id": row, "name": row}}]
                    if kind == "rows"
                    else title(row)
                )
                status, answer = browser.save_until_answered(plan_id, base, changes)
                if status == 409:
                    conflicts.extend(answer["conflicts"])
                else:
                    assert status == 200, answer
                    kept.append(row)
                if number % 3 == 2:  # in between a tab works on with what it has
                    base = answer["revision"]

        tabs = [threading.Thread(target=tab, args=(name,)) for name in range(8)]
        for each in tabs:
            each.start()
        for each in tabs:
            each.join()
        served.stop()
    store = _store(tmp_path / "kit")
    with store.session() as session:
        person = users.local(session).id
        plan = plans.get(session, plan_id, person)
        titles = [
            found.document["title"]
            for line in plans.versions(session, plan_id, person, limit=500)
            if (found := plans.version(session, plan_id, person, line.number))
        ]
    assert plan is not None
    assert examine(store).problems == ()
    store.close()
    if kind == "rows":
        added = [row["_id"] for row in plan.document["risks"] if row["_id"][0] == "t" and row["_id"][2:3] == "n"]
        assert sorted(added) == sorted(kept)
        assert (len(kept), conflicts) == (96, [])
    else:
        assert conflicts, "eight tabs on one field must have seen each other"
        assert sorted(set(titles) & set(kept)) == sorted(kept)
