"""A NUL character, which PostgreSQL refuses in any text, is answered like everything else that there is not."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.store.conftest import Server
from tests.web.accounts import PASSPHRASE, administrator, new_plan, send, shared, sign_in


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    server = Server(folder)
    made = shared(tmp_path, database_url=server.make("plans"))
    yield made
    made.extensions["finance_kit_store"].open().close()
    server.stop()
    shutil.rmtree(folder)


def test_nul_in_addresses_and_names_is_nothing_that_there_is(app: Flask) -> None:
    admin = administrator(app)
    plan = new_plan(admin)
    for address in (
        "/plans/%00", f"/plans/{plan}%00/log", f"/plans/{plan}/documents/%00", "/organisations/%00", "/join/%00",
        f"/plans/{plan}/documents/x/files/%00", "/api/v1/plans/%00",
    ):  # fmt: skip
        assert admin.get(address).status_code == 404, address
    assert send(admin, "/account/tokens/%00/revoke").status_code == 404
    assert send(admin, f"/plans/{plan}/people", name="Ben\0Dara", role="viewer").status_code == 422
    assert send(admin, "/account/tokens", label="she\0et", scope="read", days="7").status_code == 422
    assert send(admin, "/administration/invitations", label="Ch\0an", days="7").status_code == 422
    assert send(admin, "/organisations", name="Uni\0on").status_code == 422
    stranger = app.test_client()
    assert sign_in(stranger, "Head\0Office").status_code == 401
    new = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    assert send(stranger, "/recover", name="Head\0Office", code="\0", **new).status_code in (401, 422)
    assert send(app.test_client(), "/register", name="Ben\0Dara", **new).status_code == 422
