"""Plan pages as a browser shows them: fit for everybody at three widths, and complete without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from finance_kit.forms.steps import FULL_STEPS
from tests.web.apps import START_KEY
from tests.web.browsers import WIDTHS, complaints, faults_of


def _sample(page: Page, live: str) -> str:
    page.goto(f"{live}/start?key={START_KEY}")
    page.locator('form[action="/samples/kh-pepper-drying"] button').click()
    return page.url


@pytest.mark.parametrize("width", WIDTHS)
def test_every_step_of_a_full_plan_is_fit_for_everybody(width: int, browser: Browser, live: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    said = complaints(page)
    try:
        plan = _sample(page, live)
        faults = {}
        shown = [step.id for step in FULL_STEPS] if width == WIDTHS[0] else ["plan", "cluster", "products", "financing"]
        pages = ["", "/versions", *(f"/steps/{step}" for step in shown)]
        for path in pages:
            page.goto(plan + path)
            # Entries that are folded are looked at as well, one of each list.
            page.evaluate(
                "document.querySelectorAll('.rows > details:first-of-type, details.part').forEach((d) => d.open = true)"
            )
            if found := faults_of(page):
                faults[path] = found
        assert faults == {}
        assert said == []
    finally:
        page.close()


def test_a_profile_is_filled_in_without_a_script_on_a_small_phone(browser: Browser, live: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    try:
        page.goto(f"{live}/start?key={START_KEY}")
        page.goto(f"{live}/plans/new")
        page.get_by_label("Name of the cluster").fill("ក្រុមម្រេច កំពត")
        page.get_by_label("Country").select_option("KH")
        page.get_by_role("button", name="Begin").click()
        page.get_by_role("button", name="Go on: Who we are").click()
        page.get_by_label("Main product").fill("ម្រេច")
        page.get_by_label("First month").fill("០៣/២០២៧")
        page.get_by_role("button", name="Save, then: What we sell").click()
        page.get_by_role("button", name="Add an entry to Products").click()
        page.get_by_label("Product", exact=False).first.fill("Black pepper")
        page.get_by_label("Unit needed", exact=True).fill("kg")
        page.get_by_label("Price per unit").fill("២៤,០០០")
        page.get_by_label("Units sold a month").fill("30*30")
        page.get_by_label("Cost of inputs per unit").fill("14 000")
        page.get_by_role("button", name="Save and stay here").click()
        assert page.get_by_label("Units sold a month").input_value() == "900"
        assert page.get_by_label("Price per unit").input_value() == "24,000"
        assert page.get_by_text("twenty-four thousand").is_visible()
        page.get_by_label("Price per unit").fill("24.000")
        page.get_by_role("button", name="Save and stay here").click()
        assert page.get_by_label("Price per unit").input_value() == "24.000"
        page.locator("#problems").get_by_role("link", name="Price per unit").click()
        assert page.url.endswith("-price")
    finally:
        context.close()


def test_each_month_of_a_season_says_its_help_and_what_is_wrong_with_it(browser: Browser, live: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    try:
        plan = _sample(page, live)
        page.goto(f"{plan}/steps/products")
        page.wait_for_selector("html[data-autosave]")
        months = page.locator("fieldset.season").first.locator('input[data-kind="season"]')
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        months.nth(3).fill("a lot")
        months.nth(3).press("Tab")
        page.locator("fieldset.season .field-error").first.wait_for()
        page.locator('#save-state[data-state="saved"]').wait_for()
        page.reload()
        page.locator("fieldset.season .field-error").first.wait_for()
        for month in months.all():
            assert month.get_attribute("aria-invalid") == "true"
            said = (month.get_attribute("aria-describedby") or "").split()
            texts = [page.locator(f'[id="{each}"]').text_content() or "" for each in said]
            assert any("a lot" in text for text in texts)
    finally:
        page.close()
