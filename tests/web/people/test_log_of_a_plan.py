"""What others did with a plan is told to its owner, in words, and to nobody else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finance_kit.errors import StoreError
from finance_kit.store import audit
from tests.web.accounts import PASSPHRASE, new_plan, register, send, shared
from tests.web.apps import token
from web.people.wording import ACTIONS

ROOT = Path(__file__).parents[3]


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return shared(tmp_path)


def test_opening_a_plan_is_noted_once_an_hour_and_ones_own_opening_is_not(app: Flask) -> None:
    owner, other = register(app, "Ann Sok"), register(app, "Ben Dara")
    plan = new_plan(owner)
    owner.get(f"/plans/{plan}/people")
    assert "Nobody but you" in owner.get(f"/plans/{plan}/log").text
    send(owner, f"/plans/{plan}/people", name="Ben Dara", role="viewer")
    for _ in range(5):
        assert other.get(f"/plans/{plan}/people").status_code == 200
    page = owner.get(f"/plans/{plan}/log").text
    assert page.count(str(ACTIONS["viewed"])) == 1
    assert page.count("gave somebody access: Ben Dara (may read)") == 1
    assert other.get(f"/plans/{plan}/log").status_code == 403


def test_the_name_of_somebody_who_left_is_in_nobodys_log(app: Flask, tmp_path: Path) -> None:
    owner, other = register(app, "Ann Sok"), register(app, "Ben Dara")
    plan = new_plan(owner)
    send(owner, f"/plans/{plan}/people", name="Ben Dara", role="viewer")
    share = owner.get(f"/plans/{plan}/people").text.split("/shares/")[1].split("/end")[0]
    assert send(owner, f"/plans/{plan}/shares/{share}/end").status_code == 303
    assert owner.get(f"/plans/{plan}/log").text.count(": Ben Dara") == 2
    assert send(other, "/account/delete", sure="yes", passphrase=PASSPHRASE).status_code == 200
    page = owner.get(f"/plans/{plan}/log").text
    assert page.count(": somebody whose account is gone") == 2
    live = [file for file in tmp_path.rglob("*.sqlite3*") if "backups" not in file.parts]
    assert b"Ben Dara" not in b"".join(file.read_bytes() for file in live)


def _change(client: FlaskClient, plan: str, path: str, value: str) -> int:
    changes = [{"op": "set", "path": path, "value": value, "before": None}]
    body = {"base": 1, "batch": path + value, "changes": changes}
    return client.post(f"/plans/{plan}/changes", json=body, headers={"X-CSRFToken": token(client)}).status_code


def test_a_change_is_noted_when_it_was_saved_and_not_when_it_was_refused(app: Flask) -> None:
    owner, other = register(app, "Ann Sok"), register(app, "Ben Dara")
    plan = new_plan(owner)
    send(owner, f"/plans/{plan}/people", name="Ben Dara", role="editor")
    assert _change(other, plan, "no/such/field", "12345678") == 400
    assert str(ACTIONS["changed"]) not in owner.get(f"/plans/{plan}/log").text
    assert _change(other, plan, "title", "Pepper 2027") == 200
    assert owner.get(f"/plans/{plan}/log").text.count(str(ACTIONS["changed"])) == 1


def test_a_full_disk_keeps_nobody_from_reading(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, other = register(app, "Ann Sok"), register(app, "Ben Dara")
    plan = new_plan(owner)
    send(owner, f"/plans/{plan}/people", name="Ben Dara", role="editor")

    def full(*_arguments: object) -> None:
        raise StoreError("store_full")

    monkeypatch.setattr(audit, "note", full)
    assert other.get(f"/plans/{plan}/people").status_code == 200
    assert _change(other, plan, "title", "Pepper 2027") == 200, "it was saved before it could not be noted"


def test_somebody_who_was_refused_is_not_noted_as_having_opened_it(app: Flask) -> None:
    owner, other = register(app, "Ann Sok"), register(app, "Ben Dara")
    plan = new_plan(owner)
    assert other.get(f"/plans/{plan}/people").status_code == 404
    assert "Nobody but you" in owner.get(f"/plans/{plan}/log").text


def test_every_action_that_is_noted_has_words() -> None:
    noted = set()
    for path in (ROOT / "web").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rsplit(".", 1)[-1] == "note":
                texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
                noted |= {text for text in texts if isinstance(text, str)}
    assert "document.downloaded" in noted
    assert noted - set(ACTIONS) == set()
