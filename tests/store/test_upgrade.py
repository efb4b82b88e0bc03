"""The tables are what the models say, on both databases; an upgrade is made whole or not at all, after a copy."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from finance_kit.errors import StoreError
from finance_kit.i18n.catalog import message
from finance_kit.store import (
    Store,
    departure,
    jobs,
    open_store,
    plans,
    tables_people,
    tables_plans,
    users,
    word_templates,
)
from finance_kit.store.base import Base
from finance_kit.store.upgrade import HEAD, migrations_config, upgrade
from finance_kit.store.values import now

TABLES = (tables_people, tables_plans)


def test_the_migrations_make_exactly_the_tables_of_the_models(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_comparison_would_see_a_column_that_no_migration_makes(store: Store) -> None:
    with store.engine.connect() as connection:
        connection.execute(text("ALTER TABLE upkeep ADD COLUMN extra INTEGER"))
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert [difference[0] for difference in compare_metadata(context, Base.metadata)] == ["remove_column"]
        connection.rollback()
        if store.file is not None:
            connection.execute(text("ALTER TABLE upkeep DROP COLUMN extra"))


def test_the_newest_migration_is_the_one_that_the_program_asks_for() -> None:
    assert ScriptDirectory.from_config(migrations_config()).get_heads() == [HEAD]


def test_what_was_kept_before_there_were_word_templates_stays_and_takes_them(url: str) -> None:
    first = open_store(url)
    with first.session() as session:
        person = users.create(session, "Sokha", "hash").id
        plan = plans.create(session, person, {"title": "Rice mill"}).id
    with first.engine.begin() as connection:
        command.downgrade(migrations_config(connection), "0001")
    first.close()
    second = open_store(url)
    with second.session() as session:
        assert plans.get(session, plan, person) is not None
        word_templates.add(session, person, "style.docx", b"PK", now())
        assert [line.name for line in word_templates.of(session, person)] == ["style.docx"]
    if second.file is not None:
        assert list((second.file.parent / "backups").glob("before-*0001*.sqlite3")), "a copy was made first"
    second.close()


def test_an_older_database_keeps_its_documents_and_shares_through_the_upgrade(url: str) -> None:
    first = open_store(url)
    with first.engine.begin() as connection:
        command.downgrade(migrations_config(connection), "0001")
    with first.session() as session:
        sokha, dara = (users.create(session, name, "hash").id for name in ("Sokha", "Dara"))
        values = {"sokha": sokha, "dara": dara, "at": now().replace(tzinfo=None)}
        for statement in (
            "INSERT INTO plans VALUES ('p', :sokha, NULL, 'Mill', 'KH', 1, :at, :at, NULL)",
            "INSERT INTO jobs VALUES ('j', 1, 'word', 'done', :dara, 'p', 1, '{}', '', NULL, :at, :at)",
            "INSERT INTO job_files VALUES ('j', 'plan.docx', 'application/zip', 1, 'x', :content, :at)",
            "INSERT INTO shares VALUES ('s', 'p', :dara, NULL, NULL, 'viewer', :at, NULL)",
        ):
            session.execute(text(statement), values | {"content": b"c"})
    first.close()
    second = open_store(url)
    with second.session() as session:
        assert [line.role for line in plans.of(session, dara)] == ["viewer"]
        departure.leave(session, dara, now())
        assert jobs.file(session, "j", "plan.docx") == b"c"
    second.close()


def test_opening_again_changes_nothing(url: str) -> None:
    first = open_store(url)
    with first.session() as session:
        person = users.local(session)
    assert upgrade(first.engine, first.file) is False
    first.close()
    second = open_store(url)
    with second.session() as session:
        assert users.local(session) == person
    second.close()


def test_tables_of_a_newer_program_are_left_alone(sqlite_store: Store) -> None:
    with sqlite_store.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    sqlite_store.close()
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{sqlite_store.file}")
    assert caught.value.code == "store_newer"
    assert "9999" in message(caught.value)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "songs.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE songs (name TEXT)")
    with pytest.raises(StoreError, match="store_not_ours"):
        open_store(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as database:
        assert [row[0] for row in database.execute("SELECT name FROM sqlite_master")] == ["songs"]


@pytest.mark.parametrize("url", ["", "plans.sqlite3", "mysql://x/y", "sqlite://", "sqlite:///:memory:", "http://x"])
def test_an_address_that_cannot_be_used_is_named(url: str) -> None:
    with pytest.raises(StoreError, match="store_address"):
        open_store(url)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{tmp_path / 'file' / 'plans.sqlite3'}")
    assert caught.value.code == "store_unreachable"


def test_every_setting_that_keeps_plans_safe_holds(store: Store) -> None:
    assert all(holds for holds, _ in store.protections().values())
    assert len(store.protections()) == (1 if store.file is None else 5)
    store.check()


def test_a_setting_that_did_not_take_stops_the_opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from finance_kit.store import engine

    monkeypatch.setitem(engine.PRAGMAS, "synchronous", ("OFF", 2))
    with pytest.raises(StoreError, match="store_setting"):
        open_store(f"sqlite:///{tmp_path / 'plans.sqlite3'}")
