"""Drafts are their person's: whoever else signs out on the same browser leaves them alone, and so does a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page

from finance_kit.store import sessions, users
from tests.web.accounts import PASSPHRASE, administrator, database, new_plan, register
from tests.web.browser.server import Server, said
from tests.web.browser.test_nothing_typed_is_lost import CHANGES, unsent

TITLE = '[data-path="title"]'


@pytest.fixture
def classroom(tmp_path: Path) -> Iterator[Server]:
    """One computer that Anna and Bora use in turn."""
    running = Server(tmp_path, shared=True, start_key=None, registration="open")
    administrator(running.app)
    yield running
    running.stop()


@pytest.fixture
def plan(classroom: Server) -> str:
    """Anna's plan."""
    register(classroom.app, "Bora")
    return new_plan(register(classroom.app, "Anna"))


def _enter(page: Page, server: Server, name: str, path: str = "/") -> None:
    page.goto(f"{server.address()}/sign-in?next={path}")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{server.address()}{path}")


def _anna_types_what_cannot_be_sent(page: Page, server: Server, plan: str) -> None:
    _enter(page, server, "Anna", f"/plans/{plan}/steps/plan")
    page.wait_for_selector("html[data-autosave]")
    page.route(CHANGES, lambda route: route.abort())
    page.locator(TITLE).fill("Typed by Anna")
    said(page, "Not sent yet")
    assert unsent(page) == 1


def _accept(question: Dialog) -> None:
    question.accept()


def test_somebody_else_who_signs_out_leaves_what_was_typed_here(
    context: BrowserContext, classroom: Server, plan: str
) -> None:
    page = context.new_page()
    _anna_types_what_cannot_be_sent(page, classroom, plan)
    with database(classroom.app) as session:
        anna = users.by_name(session, "Anna")
        assert anna is not None
        sessions.end_all(session, anna.id)
    _enter(page, classroom, "Bora")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="You are signed out").wait_for()
    page.unroute(CHANGES)
    with page.expect_response(CHANGES) as answer:
        _enter(page, classroom, "Anna")
    assert answer.value.status == 200
    page.goto(f"{classroom.address()}/plans/{plan}/steps/plan")
    assert page.locator(TITLE).input_value() == "Typed by Anna"


def test_a_wrong_passphrase_costs_nothing_that_was_typed(context: BrowserContext, classroom: Server, plan: str) -> None:
    page = context.new_page()
    page.on("dialog", _accept)
    _anna_types_what_cannot_be_sent(page, classroom, plan)
    page.goto(f"{classroom.address()}/account/data")
    page.get_by_label("Your passphrase").fill("not the passphrase")
    page.get_by_label("Delete all of it").check()
    page.get_by_role("button", name="Delete everything of mine").click()
    page.get_by_role("alert").wait_for()
    assert unsent(page) == 1


def test_a_server_that_is_away_at_sign_out_costs_nothing_that_was_typed(
    context: BrowserContext, classroom: Server, plan: str
) -> None:
    page = context.new_page()
    page.on("dialog", _accept)
    _anna_types_what_cannot_be_sent(page, classroom, plan)
    page.route("**/sign-out", lambda route: route.abort())
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/sign-out")):
        page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile("^chrome-error:"))
    page.goto(f"{classroom.address()}/help/")
    assert unsent(page) == 1


@pytest.mark.parametrize("button", ["Sign out", "Sign out everywhere, here too"])
def test_signing_out_leaves_nothing_of_the_person_here_even_after_the_session_has_ended(
    button: str, context: BrowserContext, classroom: Server, plan: str
) -> None:
    page = context.new_page()
    page.on("dialog", _accept)
    _anna_types_what_cannot_be_sent(page, classroom, plan)
    if button == "Sign out":
        with database(classroom.app) as session:
            anna = users.by_name(session, "Anna")
            assert anna is not None
            sessions.end_all(session, anna.id)
    else:
        page.goto(f"{classroom.address()}/account/devices")
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("heading", name="You are signed out").wait_for()
    for _ in range(150):
        if unsent(page) == 0:
            break
        page.wait_for_timeout(100)
    assert unsent(page) == 0


def test_after_the_session_has_ended_the_panel_of_results_holds_no_page_to_sign_in(
    context: BrowserContext, classroom: Server, plan: str
) -> None:
    page = context.new_page()
    _enter(page, classroom, "Anna", f"/plans/{plan}/steps/plan")
    page.locator(".results-slot [data-revision]").wait_for()
    with database(classroom.app) as session:
        anna = users.by_name(session, "Anna")
        assert anna is not None
        sessions.end_all(session, anna.id)
    with page.expect_response("**/results/summary*") as answer:
        page.evaluate("document.body.dispatchEvent(new CustomEvent('plan-saved'))")
    assert answer.value.status == 401
    page.locator(".results-slot:not(.htmx-request)").wait_for()
    assert page.locator("h1").count() == page.locator("main").count() == 1
    page.locator(".results-slot [data-revision]").wait_for()
