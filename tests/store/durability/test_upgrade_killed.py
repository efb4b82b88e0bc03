"""R12: an upgrade of the tables that is killed leaves the old tables or the new ones, and a copy made before."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from finance_kit.store import open_store, plans, users
from finance_kit.store.copies import problem_of
from finance_kit.store.upgrade import HEAD
from tests.store.durability.served import ROOT, rounds

NEXT = '''"""A next step that makes two tables anew, slowly."""
import time
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "next", "HEAD", None, None

def upgrade():
    for table in ("plans", "revisions"):
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.add_column(sa.Column("extra", sa.Integer(), nullable=True))
        print("half", flush=True)
        time.sleep(0.15)
'''.replace("HEAD", HEAD)
UPGRADER = """
import sys
from pathlib import Path
from finance_kit.store import open_store, upgrade
given = upgrade.migrations_config
def config(connection=None):
    made = given(connection)
    made.set_main_option("script_location", sys.argv[2])
    return made
upgrade.HEAD, upgrade.migrations_config = "next", config
print("begin", flush=True)
open_store("sqlite:///" + sys.argv[1]).close()
print("end", flush=True)
"""


def _state(file: Path) -> tuple[str, int]:
    """The version that the tables say they have, and in how many tables the new column is."""
    with closing(sqlite3.connect(file)) as database:
        version = database.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        new = [
            table
            for table in ("plans", "revisions")
            if "extra" in [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        ]
        assert database.execute("SELECT count(*) FROM plans").fetchone() == (50,)
        assert database.execute("SELECT count(*) FROM revisions").fetchone() == (50,)
    return version, len(new)


def test_a_killed_upgrade_leaves_the_old_or_the_new_tables(tmp_path: Path) -> None:
    steps = tmp_path / "migrations"
    shutil.copytree(ROOT / "finance_kit" / "store" / "migrations", steps)
    (steps / "versions" / "next.py").write_text(NEXT)
    original = tmp_path / "original.sqlite3"
    store = open_store(f"sqlite:///{original}")
    with store.session() as session:
        person = users.local(session).id
        for number in range(50):
            plans.create(session, person, {"title": f"Mill {number}", "notes": ["x" * 5_000]})
    store.close()
    chance = random.Random(12)  # noqa: S311 - moments, not secrets
    seen = set()
    for number in range(rounds(5, 40)):
        file = tmp_path / f"round-{number}" / "plans.sqlite3"
        file.parent.mkdir()
        shutil.copy(original, file)
        command = [sys.executable, "-c", UPGRADER, str(file), str(steps)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        if number == 0:
            assert "end" in process.stdout.read()
        else:
            assert process.stdout.readline() == "begin\n"
            if number % 2:
                assert process.stdout.readline() == "half\n"  # in the middle of the work, for certain
            time.sleep(chance.uniform(0, 0.3))
            process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        state = _state(file)
        seen.add(state)
        assert state in ((HEAD, 0), ("next", 2)), "between old and new"
        assert problem_of(file) == ""
        copies = list((file.parent / "backups").glob(f"before-upgrade-from-{HEAD}-*.sqlite3"))
        if state == ("next", 2):
            assert [_state(copy) for copy in copies] == [(HEAD, 0)]
    assert seen == {(HEAD, 0), ("next", 2)}
