"""The form in Vietnamese: amounts typed and read back as there, pages that keep the rules of every page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.web.browser.server import Server, open_step
from tests.web.browsers import faults_of

AMOUNT = 'input[data-path$="/amount"]'


def _choose_vietnamese(page: Page) -> None:
    page.locator("details.menu summary").click()
    page.locator('button[name="language"][value="vi"]').click()
    page.wait_for_selector("html[lang=vi]")


def test_an_amount_typed_as_in_viet_nam_is_read_back_and_kept(page: Page, server: Server) -> None:
    plan = server.new_plan(fixed_costs=[{"name": "Tiền thuê"}])
    open_step(page, server, plan, "costs")
    _choose_vietnamese(page)
    page.wait_for_selector("html[data-autosave]")
    amount = page.locator(AMOUNT)
    amount.fill("1.500.000,5")
    page.get_by_text("một triệu năm trăm nghìn phẩy năm").wait_for()
    page.keyboard.press("Tab")
    assert amount.input_value() == "1.500.000,5"
    path = amount.get_attribute("data-path")
    page.locator('#save-state[data-state="saved"]').wait_for()
    assert path
    assert server.kept(plan, path) == 1_500_000.5
    amount.fill("1.5")
    page.locator("#problems").get_by_role("link").first.wait_for()
    assert amount.get_attribute("aria-invalid") == "true"
    assert server.kept(plan, path) != 15


@pytest.mark.parametrize("place", ["", "/steps/cluster", "/versions"])
def test_a_page_in_vietnamese_has_no_faults_on_a_small_phone(page: Page, server: Server, place: str) -> None:
    plan = server.new_plan()
    open_step(page, server, plan)
    _choose_vietnamese(page)
    page.goto(f"{server.address()}/plans/{plan}{place}")
    page.wait_for_selector("html[lang=vi]")
    assert faults_of(page) == []
