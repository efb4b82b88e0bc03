"""What goes wrong in a database is one of a few kinds of trouble, said in words; never "saved", never a bare error."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from finance_kit.drafts import Change
from finance_kit.errors import StoreError
from finance_kit.i18n.catalog import message
from finance_kit.store import Store, engine, open_store, plans, users
from finance_kit.store.failures import store_error
from finance_kit.store.upkeep import daily
from finance_kit.store.values import canonical, now


class _SqliteError(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.sqlite_errorname = name


class _ServerError(Exception):
    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.sqlstate = state


@pytest.mark.parametrize(
    ("origin", "code"),
    [
        (_SqliteError("SQLITE_FULL"), "store_full"),
        (_SqliteError("SQLITE_BUSY"), "store_busy"),
        (_SqliteError("SQLITE_BUSY_SNAPSHOT"), "store_busy"),
        (_SqliteError("SQLITE_LOCKED"), "store_busy"),
        (_SqliteError("SQLITE_IOERR_WRITE"), "store_unreachable"),
        (_SqliteError("SQLITE_CANTOPEN"), "store_unreachable"),
        (_SqliteError("SQLITE_READONLY"), "store_unreachable"),
        (_SqliteError("SQLITE_CORRUPT"), "store_damaged"),
        (_SqliteError("SQLITE_NOTADB"), "store_damaged"),
        (_SqliteError("SQLITE_ERROR"), None),
        (_ServerError("53100"), "store_full"),
        (_ServerError("53300"), "store_busy"),
        (_ServerError("40001"), "store_busy"),
        (_ServerError("55P03"), "store_busy"),
        (_ServerError("57P01"), "store_unreachable"),
        (_ServerError("08006"), "store_unreachable"),
        (_ServerError("28P01"), "store_unreachable"),
        (_ServerError("XX001"), "store_damaged"),
        (_ServerError("42601"), None),
    ],
)
def test_each_error_of_a_database_is_one_kind_of_trouble(origin: Exception, code: str | None) -> None:
    found = store_error(OperationalError("statement", {}, origin), None)
    assert (None if found is None else found.code) == code


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "store_full"), (errno.EFBIG, "store_full"), (errno.EIO, "store_unreachable")]
)
def test_trouble_of_the_system_is_told_apart(number: int, code: str) -> None:
    found = store_error(OSError(number, "words"), None)
    assert found is not None
    assert found.code == code


def test_a_mistake_of_the_program_stays_one(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.session():
        1 / 0  # noqa: B018
    assert store_error(ValueError(), None) is None


def test_what_fails_at_the_end_is_not_saved(store: Store, sokha: str, plan_id: str) -> None:
    with contextlib.suppress(RuntimeError), store.session() as session:
        plans.save(session, plan_id, sokha, 1, "b", [Change("set", "title", "Mill")])
        raise RuntimeError
    with store.session() as session:
        plan = plans.get(session, plan_id, sokha)
        assert plan is not None
        assert (plan.revision, plan.title) == (1, "Rice mill")


def test_a_lock_held_by_others_is_said_to_be_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    monkeypatch.setitem(engine.PRAGMAS, "busy_timeout", ("100", 100))
    store = open_store(f"sqlite:///{tmp_path / 'plans.sqlite3'}")
    with store.session() as session:
        person = users.local(session).id
        plan_id = plans.create(session, person, {"title": "Mill"}).id
    with closing(sqlite3.connect(tmp_path / "plans.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught, store.session() as session:
            plans.save(session, plan_id, person, 1, "b", [Change("set", "title", "x")])
        with store.session() as session:
            assert plans.get(session, plan_id, person) is not None, "reading waits for nobody"
        other.execute("ROLLBACK")
    assert caught.value.code == "store_busy"
    assert "Nothing was saved" in message(caught.value)
    with store.session() as session:
        assert plans.save(session, plan_id, person, 1, "b", [Change("set", "title", "x")]).revision == 2
    store.close()


def test_many_who_save_at_once_all_get_their_turn(store: Store, sokha: str, plan_id: str) -> None:
    trouble: list[BaseException] = []

    def work(name: int) -> None:
        try:
            for number in range(5):
                with store.session() as session:
                    row = {"_id": f"t{name:02}n{number:04}"}
                    plans.save(session, plan_id, sokha, 1, f"{name}-{number}", [Change("add", "risks", row)])
        except BaseException as error:  # noqa: BLE001 - told below, in the thread of the test
            trouble.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.session() as session:
        plan = plans.get(session, plan_id, sokha)
    assert trouble == []
    assert plan is not None
    assert (plan.revision, len(plan.document["risks"])) == (41, 40)


def test_a_server_that_is_not_there_is_said_to_be_out_of_reach() -> None:
    with pytest.raises(StoreError, match="store_unreachable"):
        open_store("postgresql://keeper@127.0.0.1:9/plans")


def test_one_document_has_one_text(document: dict[str, Any]) -> None:
    other = dict(reversed(list(document.items())))
    assert canonical(document) == canonical(other)
    assert canonical({"b": 0.1, "a": 12345678901234.56}) == '{"a":12345678901234.56,"b":0.1}'
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})


def test_workers_that_start_together_all_find_the_store_ready(store: Store) -> None:
    together = threading.Barrier(8)

    def worker(_number: int) -> None:
        together.wait()
        store.check()
        daily(store, now())

    with ThreadPoolExecutor(8) as workers:
        assert list(workers.map(worker, range(8))) == [None] * 8
