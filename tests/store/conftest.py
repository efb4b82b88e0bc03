"""A store on each of the two databases, and people and plans to put into it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from finance_kit.store import Store, open_store, plans, users

# ------------------------------------------------------------------------------------------------------- PostgreSQL

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)


class Server:
    """A PostgreSQL of our own in a folder, reached by a socket in it; the account that runs it is not root."""

    def __init__(self, folder: Path) -> None:
        found = shutil.which("initdb")
        if not PROGRAMS and found is None:
            pytest.fail("PostgreSQL is not installed. On Debian and Ubuntu: sudo apt-get install postgresql")
        self.programs = PROGRAMS[0] if PROGRAMS else Path(str(found)).parent
        self.folder, self.data = folder, folder / "data"
        self.account = "postgres" if os.geteuid() == 0 else None
        if self.account:
            shutil.chown(folder, self.account)
        self._run("initdb", "--auth=trust", "--username=keeper", "--encoding=UTF8", "--no-locale", "-D", str(self.data))
        self.start()

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c max_connections=80"
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "--wait", "-D", str(self.data), "-l", log, "-o", options)

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "stop", "--wait", f"--mode={mode}", "-D", str(self.data))

    def make(self, name: str) -> str:
        self._run("createdb", "-h", str(self.folder), "-U", "keeper", name)
        return f"postgresql+psycopg://keeper@/{name}?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self.programs / program), *arguments],
            user=self.account,
            cwd=self.folder,
            env={"PATH": str(self.programs), "LC_ALL": "C", "HOME": str(self.folder)},
            stdout=subprocess.PIPE if program != "pg_ctl" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT if program != "pg_ctl" else subprocess.DEVNULL,
            check=False,
        )
        assert done.returncode == 0, f"{program}: {done.stdout!r}"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # a socket's path may have 100 characters, pytest's folders have more
    server = Server(folder)
    yield server
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'data' / 'plans.sqlite3'}"
    server: Server = request.getfixturevalue("postgresql")
    return server.make(f"t{uuid.uuid4().hex}")


@pytest.fixture(scope="session")
def shared_store(postgresql: Server) -> Iterator[Store]:
    """A database whose tables are made once: making one takes longer than most tests."""
    opened = open_store(postgresql.make("shared"))
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    if request.param == "sqlite":
        opened = open_store(f"sqlite:///{tmp_path / 'data' / 'plans.sqlite3'}")
        yield opened
        opened.close()
        return
    opened = request.getfixturevalue("shared_store")
    with opened.session() as session:
        session.execute(text("TRUNCATE users, organisations, audit, upkeep, tries CASCADE"))
    yield opened


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'data' / 'plans.sqlite3'}")
    yield opened
    opened.close()


# ------------------------------------------------------------------------------------------------- people and plans


@pytest.fixture
def document() -> dict[str, Any]:
    rows = [{"_id": "rice0001", "name": "Rice", "price": 12.5}, {"_id": "fish0002", "name": "Fish", "price": 40}]
    return {"schema_version": 1, "title": "Rice mill", "cluster": {"country": "KH"}, "products": rows}


@pytest.fixture
def sokha(store: Store) -> str:
    with store.session() as session:
        return users.create(session, "Sokha", "hash").id


@pytest.fixture
def dara(store: Store) -> str:
    with store.session() as session:
        return users.create(session, "Dara", "hash").id


@pytest.fixture
def plan_id(store: Store, sokha: str, document: dict[str, Any]) -> str:
    with store.session() as session:
        return plans.create(session, sokha, document).id
