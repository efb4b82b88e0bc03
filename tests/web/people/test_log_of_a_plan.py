"""What others did with a plan is told to its owner, in words, and to nobody else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from flask import Flask

from tests.web.accounts import new_plan, register, send, shared
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
