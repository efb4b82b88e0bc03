"""Copies are whole, made in use, never overwritten; damage is named and nothing is written over it."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from finance_kit.cli.storing import store_command
from finance_kit.drafts import Change
from finance_kit.errors import StoreError
from finance_kit.i18n.catalog import message
from finance_kit.store import Store, copies, open_store, plans, upkeep, users
from finance_kit.store.checking import examine
from finance_kit.store.copies import KEPT, backup, daily_copy, newest_copy, problem_of, restore
from finance_kit.store.values import now


@pytest.fixture
def file(sqlite_store: Store) -> Path:
    assert sqlite_store.file is not None
    return sqlite_store.file


def _plan(store: Store, title: str) -> str:
    with store.session() as session:
        person = users.local(session)
        return plans.create(session, person.id, {"title": title}).id


def _titles(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return [row[0] for row in database.execute("SELECT title FROM plans ORDER BY title")]


def _damage(file: Path) -> bytes:
    content = bytearray(file.read_bytes())
    content[5_000:] = os.urandom(len(content) - 5_000)
    file.write_bytes(content)
    return bytes(content)


def test_files_are_closed_to_other_accounts(sqlite_store: Store, file: Path) -> None:
    _plan(sqlite_store, "Mill")
    backup(file)
    paths = [path for path in file.parent.rglob("*") if path.is_file()]
    assert len(paths) >= 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE((file.parent / "backups").stat().st_mode) == 0o700


def test_a_file_that_was_open_to_others_is_closed(sqlite_store: Store, file: Path) -> None:
    sqlite_store.close()
    file.chmod(0o644)
    open_store(f"sqlite:///{file}").close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_copy_made_in_the_middle_of_saving_is_whole(sqlite_store: Store, file: Path, tmp_path: Path) -> None:
    with sqlite_store.session() as session:
        person = users.local(session).id
        plan_id = plans.create(session, person, {"title": "Mill"}).id
    stop, saved = threading.Event(), [1]

    def write() -> None:
        while not stop.is_set():
            with sqlite_store.session() as session:
                change = Change("set", "notes", [f"{saved[0]}", "x" * 10_000])
                answer = plans.save(session, plan_id, person, saved[0], f"b{saved[0]}", [change])
            saved[0] = answer.revision

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            before = saved[0]
            copy = backup(file, tmp_path / f"copy-{number}.sqlite3")
            assert problem_of(copy) == ""
            opened = open_store(f"sqlite:///{copy}")
            health = examine(opened)
            opened.close()
            assert (health.plans, health.problems) == (1, ())
            assert health.versions >= before, "a confirmed save is missing in the copy"
    finally:
        stop.set()
        writer.join()


def test_a_copy_never_replaces_a_file(sqlite_store: Store, file: Path, tmp_path: Path) -> None:
    target = tmp_path / "thesis.docx"
    target.write_text("years of work")
    with pytest.raises(StoreError, match="store_copy_exists"):
        backup(file, target)
    assert target.read_text() == "years of work"
    assert sqlite_store.file == file
    assert [path.name for path in tmp_path.iterdir()].count(target.name) == 1
    assert not list(tmp_path.glob(".*part*"))


def test_a_copy_comes_back_and_what_was_there_is_kept(sqlite_store: Store, file: Path) -> None:
    _plan(sqlite_store, "First")
    copy = backup(file)
    _plan(sqlite_store, "Second")
    sqlite_store.close()
    aside = restore(copy, file)
    assert aside is not None
    assert (_titles(file), _titles(aside)) == (["First"], ["First", "Second"])
    assert copy.exists()
    with open_store(f"sqlite:///{file}").session() as session:
        assert [line.title for line in plans.of(session, users.local(session).id)] == ["First"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_copy_is_made_where_the_disk_knows_no_links(
    sqlite_store: Store, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refused(self: Path, _target: Path) -> None:
        raise OSError(number, os.strerror(number), str(self))  # as vfat and exfat do

    monkeypatch.setattr(Path, "hardlink_to", refused)
    _plan(sqlite_store, "First")
    copy = backup(file, tmp_path / "stick" / "copy.sqlite3")
    assert _titles(copy) == ["First"]
    before = copy.read_bytes()
    with pytest.raises(StoreError, match="store_copy_exists"):
        backup(file, copy)
    with pytest.raises(FileExistsError):
        copies._name(file, copy)  # somebody was quicker
    assert copy.read_bytes() == before
    assert [path.name for path in copy.parent.iterdir()] == ["copy.sqlite3"]


def test_nothing_is_brought_back_under_a_running_server(sqlite_store: Store, file: Path) -> None:
    _plan(sqlite_store, "First")
    copy = backup(file)
    with sqlite_store.engine.connect(), pytest.raises(StoreError, match="store_in_use"):
        restore(copy, file)
    assert _titles(file) == ["First"]


def test_a_bad_copy_is_not_brought_back(sqlite_store: Store, file: Path, tmp_path: Path) -> None:
    _plan(sqlite_store, "First")
    sqlite_store.close()
    copy = backup(file)
    _damage(copy)
    before = file.read_bytes()
    with pytest.raises(StoreError, match="store_copy_damaged"):
        restore(copy, file)
    other = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE songs (name TEXT)")
    with pytest.raises(StoreError, match="holds no plans"):
        restore(other, file)
    with pytest.raises(StoreError, match="store_file_missing"):
        restore(tmp_path / "nowhere.sqlite3", file)
    assert file.read_bytes() == before


def test_daily_copies_are_made_once_a_day_and_the_newest_14_stay(sqlite_store: Store, file: Path) -> None:
    _plan(sqlite_store, "First")
    kept_by_hand = backup(file)
    made = [daily_copy(file, now() + timedelta(days=day)) for day in range(1, 20)]
    assert all(made)
    assert daily_copy(file, now() + timedelta(days=19)) is None
    copies = sorted((file.parent / "backups").glob("daily-*.sqlite3"))
    assert copies == made[-KEPT:]
    assert kept_by_hand.exists()
    assert newest_copy(file) == made[-1]


def test_the_round_of_the_day_makes_the_copy(sqlite_store: Store, file: Path) -> None:
    upkeep.daily(sqlite_store, now())
    upkeep.daily(sqlite_store, now())
    assert len(list((file.parent / "backups").glob("daily-*.sqlite3"))) == 1


@pytest.mark.parametrize("how", ["pages", "header", "text"])
def test_a_damaged_database_is_named_and_left_as_it_is(sqlite_store: Store, file: Path, how: str) -> None:
    _plan(sqlite_store, "First")
    sqlite_store.close()
    if how == "pages":
        damaged = _damage(file)
    else:
        damaged = b"\0" * 4096 if how == "header" else b"these are not plans at all" * 100
        file.write_bytes(damaged)
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{file}")
    assert caught.value.code == "store_damaged"
    assert str(file) in message(caught.value)
    assert "finance-kit store restore" in message(caught.value)
    assert file.read_bytes() == damaged


def test_a_damaged_database_is_replaced_by_a_copy_and_kept(sqlite_store: Store, file: Path) -> None:
    _plan(sqlite_store, "First")
    sqlite_store.close()
    copy = backup(file)
    damaged = _damage(file)
    aside = restore(copy, file)
    assert aside is not None
    assert aside.read_bytes() == damaged
    assert _titles(file) == ["First"]


def test_a_database_that_vanished_is_not_made_anew(sqlite_store: Store, file: Path) -> None:
    backup(file)
    sqlite_store.close()
    for content in (None, b""):
        file.unlink(missing_ok=True)
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(StoreError) as caught:
            open_store(f"sqlite:///{file}")
        assert caught.value.code == "store_gone"
        assert str(file.parent / "backups") in message(caught.value)


def test_examining_finds_a_version_that_changed_and_one_that_is_missing(sqlite_store: Store) -> None:
    from sqlalchemy import text

    first, second = _plan(sqlite_store, "First"), _plan(sqlite_store, "Second")
    assert examine(sqlite_store).problems == ()
    with sqlite_store.session() as session:
        session.execute(text("UPDATE revisions SET sha256 = 'x' WHERE plan_id = :id"), {"id": first})
        session.execute(text("DELETE FROM revisions WHERE plan_id = :id"), {"id": second})
    assert {problem.params["plan"] for problem in examine(sqlite_store).problems} == {first, second}


# -------------------------------------------------------------------------------------------------- the command line


def _run(folder: Path, *arguments: str, **options: Any) -> Any:
    return CliRunner().invoke(store_command, [*arguments, "--data", str(folder)], **options)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("FINANCE_KIT_DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path / "kit"


def test_the_command_line_upgrades_copies_checks_and_brings_back(folder: Path) -> None:
    assert "up to date" in _run(folder, "upgrade").output
    file = folder / "finance-kit.sqlite3"
    store = open_store(f"sqlite:///{file}")
    _plan(store, "First")
    store.close()
    assert "Copied and checked" in _run(folder, "backup").output
    assert "1 plans with 1 versions: all as they were written." in _run(folder, "check").output
    store = open_store(f"sqlite:///{file}")
    _plan(store, "Second")
    store.close()
    refused = _run(folder, "restore", input="n\n")
    assert refused.exit_code == 1
    assert _titles(file) == ["First", "Second"]
    done = _run(folder, "restore", "--yes")
    assert done.exit_code == 0
    assert "What was there lies in" in done.output
    assert _titles(file) == ["First"]


def test_the_command_line_says_that_a_server_has_its_own_tools(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINANCE_KIT_DATABASE_URL", "postgresql://localhost/plans")
    failed = _run(folder, "backup")
    assert isinstance(failed.exception, StoreError)
    assert "pg_dump" in message(failed.exception)
