"""A step saves by itself: what is said at the field, keys alone, other languages, results beside it, undo, sign-out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page

from finance_kit.store import sessions, users
from tests.web.browser.server import Server, arrives, field, open_step, said, sign_in
from tests.web.browser.test_nothing_typed_is_lost import CHANGES, PROVINCE, unsent
from web import languages
from web.start_key import start_key
from web.storage import store

AMOUNT = 'input[data-path$="/amount"]'


def test_there_is_no_button_for_saving_and_no_need_of_one(page: Page, server: Server) -> None:
    plan = server.new_plan()
    open_step(page, server, plan)
    assert not page.get_by_role("button", name="Save and stay here").is_visible()
    field(page, PROVINCE).press_sequentially("Kampot", delay=20)
    arrives(page, server, plan, PROVINCE, "Kampot")
    assert server.revision(plan) == 2  # one batch, not one for each letter


def test_a_number_is_read_back_in_words_and_put_in_order_when_the_field_is_left(page: Page, server: Server) -> None:
    plan = server.new_plan(fixed_costs=[{"name": "Rent"}])
    open_step(page, server, plan, "costs")
    amount = page.locator(AMOUNT)
    amount.fill("3*100000")
    page.get_by_text("three hundred thousand").wait_for()
    assert amount.input_value() == "3*100000"  # not under the fingers
    page.keyboard.press("Tab")
    assert amount.input_value() == "300,000"
    amount.fill("1.500")
    page.locator("#problems").get_by_role("link").first.wait_for()
    assert amount.get_attribute("aria-invalid") == "true"
    assert amount.input_value() == "1.500"
    amount.fill("៣០០០០០")
    page.get_by_text("three hundred thousand").wait_for()
    assert amount.get_attribute("aria-invalid") is None


def test_a_step_is_filled_in_by_keyboard_alone(page: Page, server: Server) -> None:
    plan = server.new_plan()
    open_step(page, server, plan)
    field(page, "cluster/product").focus()
    page.keyboard.type("Pepper")
    page.keyboard.press("Enter")  # saves, and stays in the field
    assert page.evaluate("document.activeElement.dataset.path") == "cluster/product"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.path") == "cluster/country"
    page.keyboard.type("Thai")
    page.keyboard.press("Tab")
    page.keyboard.type("Chanthaburi")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "next":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/sell")
    assert server.kept(plan, "cluster/product") == "Pepper"
    assert server.kept(plan, "cluster/country") == "TH"
    assert server.kept(plan, PROVINCE) == "Chanthaburi"


def test_an_entry_is_added_after_what_was_typed_a_moment_ago_is_saved(page: Page, server: Server) -> None:
    plan = server.new_plan(fixed_costs=[{"name": "Rent"}])
    open_step(page, server, plan, "costs")
    page.locator(AMOUNT).fill("5000")
    page.get_by_role("button", name="Add an entry").first.click()
    page.wait_for_url("**open=**")
    rows = server.kept(plan, "fixed_costs")
    assert [row.get("amount") for row in rows] == [5000, None]


def test_the_next_page_is_reached_with_the_last_letter_saved(
    page: Page, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link and the switch of the language come a blink after the last key."""
    monkeypatch.setattr(languages, "ENOUGH", 0.0)
    languages.available.cache_clear()
    try:
        plan = server.new_plan()
        open_step(page, server, plan)
        here = page.url
        field(page, PROVINCE).fill("Kampot")
        page.locator("details.menu summary").click()
        page.locator('button[name="language"][value="vi"]').click()
        page.wait_for_selector("html[lang=vi][data-autosave]")
        assert page.url == here
        assert field(page, PROVINCE).input_value() == "Kampot"
        assert server.kept(plan, PROVINCE) == "Kampot"
        field(page, PROVINCE).fill("Kep")
        page.locator(".brand").click()
        page.wait_for_url(f"{server.address()}/")
        assert server.kept(plan, PROVINCE) == "Kep"
    finally:
        languages.available.cache_clear()


def test_results_beside_the_form_follow_each_save(page: Page, server: Server) -> None:
    plan = server.new_plan()
    open_step(page, server, plan)
    page.locator('.results-slot [data-revision="1"]').wait_for()
    field(page, PROVINCE).fill("Kampot")
    page.locator('.results-slot [data-revision="2"]').wait_for()


def test_the_last_save_can_be_undone_from_the_page_that_made_it(page: Page, server: Server) -> None:
    plan = server.new_plan()
    open_step(page, server, plan)
    undo = page.get_by_role("button", name="Undo the last change")
    assert not undo.is_visible()
    field(page, PROVINCE).fill("Kampot")
    arrives(page, server, plan, PROVINCE, "Kampot")
    undo.click()
    page.get_by_text("The last change is undone.").wait_for()
    assert field(page, PROVINCE).input_value() == ""
    assert server.kept(plan, PROVINCE) is None


def test_a_session_that_ends_while_typing_costs_nothing(page: Page, server: Server) -> None:
    plan = server.new_plan()
    open_step(page, server, plan)
    with server.app.app_context(), store().session() as session:
        sessions.end_all(session, users.local(session).id)
    field(page, PROVINCE).fill("Kampot")
    said(page, "please sign in again")
    field(page, "cluster/product").fill("Black pepper")
    other = page.context.new_page()
    sign_in(other, server)
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    arrives(page, server, plan, PROVINCE, "Kampot")
    assert server.kept(plan, "cluster/product") == "Black pepper"


def test_signing_out_asks_when_something_is_unsent_and_leaves_nothing_behind(page: Page, server: Server) -> None:
    plan = server.new_plan()
    open_step(page, server, plan)
    page.route(CHANGES, lambda route: route.abort())
    field(page, PROVINCE).fill("Kampot")
    said(page, "Not sent yet")
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss() if len(asked) == 1 else dialog.accept()

    page.on("dialog", answer)
    page.get_by_role("button", name="Sign out").click()
    while not asked:
        page.wait_for_timeout(50)
    assert "has not been sent yet" in asked[0]
    assert unsent(page) == 1
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-out")
    page.unroute(CHANGES)
    assert len(asked) == 2
    for _ in range(150):
        if unsent(page) == 0:
            break
        page.wait_for_timeout(100)
    page.goto(f"{server.address()}/start?key={start_key(server.app)._value}")
    assert unsent(page) == 0
    open_step(page, server, plan)
    assert field(page, PROVINCE).input_value() == ""
    assert server.kept(plan, PROVINCE) is None
