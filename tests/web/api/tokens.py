"""A token and a plan for tests of the programming interface."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask

from finance_kit import drafts, resources
from finance_kit.store import plans, tokens, users
from web.storage import store

_HELD = "finance_kit_tests"


def bearer(app: Flask, scope: str = "write") -> dict[str, str]:
    """Headers with a token of the person whose laptop it is."""
    held = app.extensions.setdefault(_HELD, {})
    if scope not in held:
        with app.app_context(), store().session() as session:
            _, held[scope] = tokens.create(session, users.local(session).id, "tests", scope, datetime.now(UTC))
    return {"Authorization": f"Bearer {held[scope]}"}


def plan_of_sample(app: Flask, name: str = "kh-pepper-drying") -> str:
    """Id of a plan made of a sample, one for each test."""
    held = app.extensions.setdefault(_HELD, {})
    if name not in held:
        document, _ = drafts.read_text(resources.sample_plan(name).read_text("utf-8"), name)
        assert document is not None
        with app.app_context(), store().session() as session:
            held[name] = plans.create(session, users.local(session).id, document, name).id
    return str(held[name])
