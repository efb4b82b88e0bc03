"""Copies are made while people work, and come back from the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finance_kit.store import open_store, plans, users
from tests.web.apps import configuration
from web import create_app, upkeep

ROOT = Path(__file__).parents[3]


def _run(command: str, *arguments: str, data: Path, expect: int = 0) -> str:
    """What the command says; on standard error when it must fail."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_URL", None)
    line = [sys.executable, "-m", "finance_kit", "store", command, *arguments, "--data", str(data)]
    done = subprocess.run(line, env=environment, cwd=data, capture_output=True, text=True, check=False)
    assert done.returncode == expect, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr if expect else done.stdout


def _titles(file: Path) -> list[str]:
    store = open_store(f"sqlite:///{file.as_posix()}")
    with store.session() as session:
        found = [line.title for line in plans.of(session, users.local(session).id)]
    store.close()
    return sorted(found)


def _write(file: Path, title: str) -> None:
    store = open_store(f"sqlite:///{file.as_posix()}")
    with store.session() as session:
        plans.create(session, users.local(session).id, {"title": title}, title)
    store.close()


def test_a_round_leaves_the_copy_of_the_day(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    assert client.get("/").status_code == 200
    assert upkeep.once(app)
    assert upkeep.once(app), "a second round on the same day finds nothing to do"
    assert len(list((tmp_path / "backups").glob("daily-*.sqlite3"))) == 1


def test_rounds_go_on_when_the_store_is_away(tmp_path: Path) -> None:
    away = "postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=2"
    assert not upkeep.once(create_app(configuration(tmp_path, database_url=away)))


def test_a_copy_comes_back_and_what_was_there_is_kept_aside(tmp_path: Path) -> None:
    file = tmp_path / "finance-kit.sqlite3"
    _write(file, "Monday")
    copy = tmp_path / "stick" / "plans.sqlite3"
    assert str(copy) in _run("backup", str(copy), data=tmp_path)
    _write(file, "Tuesday")
    said = _run("restore", str(copy), data=tmp_path)
    assert _titles(file) == ["Monday"]
    (aside,) = tmp_path.glob("finance-kit-before-restore-*.sqlite3")
    assert str(aside) in said
    assert _titles(aside) == ["Monday", "Tuesday"]
    assert _titles(copy) == ["Monday"]


def test_a_copy_is_never_written_over_another_file(tmp_path: Path) -> None:
    _write(tmp_path / "finance-kit.sqlite3", "Monday")
    target = tmp_path / "letter.txt"
    target.write_text("dear")
    assert "letter.txt" in _run("backup", str(target), data=tmp_path, expect=1)
    assert target.read_text() == "dear"


@pytest.mark.parametrize("content", [None, b"", b"not a copy"])
def test_what_is_no_copy_is_not_brought_back(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "finance-kit.sqlite3"
    _write(file, "Monday")
    copy = tmp_path / "copy.sqlite3"
    if content is not None:
        copy.write_bytes(content)
    assert "copy.sqlite3" in _run("restore", str(copy), data=tmp_path, expect=1)
    assert _titles(file) == ["Monday"]
