"""Plans and the list of work in PostgreSQL, the site without workers, and the work done by Huey's own command."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.conftest import Server
from tests.web.apps import START_KEY, configuration
from tests.web.documents.papers import ask, finished, plan_of
from web import create_app


@pytest.fixture
def address() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    server = Server(folder)
    yield server.make("plans")
    server.stop()
    shutil.rmtree(folder)


def test_a_document_is_made_by_a_worker_of_its_own(address: str, tmp_path: Path) -> None:
    jobs_url = address.replace("postgresql+psycopg:", "postgresql:")
    app = create_app(configuration(tmp_path, database_url=address, jobs_url=jobs_url, job_workers=0))
    visitor = app.test_client()
    visitor.get(f"/start?key={START_KEY}")
    page = ask(visitor, plan_of(app))
    app.extensions["finance_kit_jobs"].queue.huey.flush()  # the message is lost, as with a list that kept it in memory
    environment = os.environ | {
        "FINANCE_KIT_DATA": str(tmp_path / "worker"),
        "FINANCE_KIT_DATABASE_URL": address,
        "FINANCE_KIT_JOBS_URL": jobs_url,
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "PATH": "/nowhere",  # nobody looks at the pages
    }
    command = [sys.executable, "-m", "huey.bin.huey_consumer", "web.jobs.worker.huey", "--worker-type", "thread"]
    worker = subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.DEVNULL)
    try:
        shown = finished(visitor, page)
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait()
    assert "_kh-generic-bank_" in shown
    assert "/files/" in shown
    app.extensions["finance_kit_jobs"].queue.huey.storage.close()
    app.extensions["finance_kit_store"].open().close()
