"""A new user on a small phone: from nothing to the Word file, through the pages only."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.web.apps import START_KEY
from tests.web.browsers import complaints
from tests.web.journeys.reading import key_figures, word_file, words_of

PHONE = {"width": 360, "height": 740}
CLUSTER = "Potters of Ban Din"
WRITTEN = (
    "Investment", "Loans asked for", "Members' contribution", "Sales in 2028", "Net profit in 2028", "NPV, project",
    "IRR a year, project", "Lowest yearly DSCR", "Cash low point", "Cash at the end of the plan",
)  # fmt: skip


def fill(page: Page, answers: dict[str, str]) -> None:
    """Type answers into the fields of these labels, the newest entry of a list last."""
    for label, text in answers.items():
        field = page.get_by_role("main").get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s+needed)?\s*$")).last
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)


def add(page: Page, title: str, answers: dict[str, str]) -> None:
    """A new entry of a list."""
    rows = page.locator("details.row")
    before = rows.count()
    page.get_by_role("button", name=f"Add an entry to {title}", exact=True).click()
    expect(rows).to_have_count(before + 1)
    fill(page, answers)


def go_on(page: Page, title: str) -> None:
    """The button below a step, to the next."""
    page.get_by_role("button", name=re.compile(rf"^(Next|Save, then): {title}$")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def step(page: Page, plan: str, title: str) -> None:
    """A step from the overview."""
    page.goto(plan)
    page.get_by_role("link", name=re.compile(rf"^{title}\b")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def saved(page: Page) -> None:
    """The page says that what was typed is kept by the server."""
    page.keyboard.press("Tab")
    expect(page.locator('#save-state[data-state="saved"]')).to_contain_text("Saved")
    page.wait_for_load_state("networkidle")
    expect(page.locator('#save-state[data-state="saved"]')).to_contain_text("Saved")


def type_profile(page: Page, live: str) -> str:
    """The profile of a pottery cluster, typed in by hand; its address."""
    page.goto(f"{live}/start?key={START_KEY}")
    page.get_by_role("link", name="Another trade: begin from nothing").click()
    page.get_by_label("Name of the cluster").fill(CLUSTER)
    page.get_by_label("Country").select_option("TH")
    page.get_by_role("button", name="Begin").click()
    plan = page.url
    page.get_by_role("button", name="Go on: Who we are").click()
    fill(page, {"Title of the plan": "A gas kiln for Ban Din", "Main product": "Pottery", "First month": "2027-01"})
    go_on(page, "What we sell")
    bowl = {"Product": "Glazed bowl", "Unit": "piece", "Price per unit": "120", "Units sold a month": "1,300"}
    add(page, "Products", bowl | {"Cost of inputs per unit, where inputs are not listed": "35"})
    go_on(page, "What a month costs")
    add(page, "Fixed costs and overhead", {"Cost": "Gas, rent and pay of the potters", "Amount each time": "92 000"})
    go_on(page, "What we want to buy")
    add(page, "Investment", {"Asset": "Gas kiln", "Cost of one": "900000", "Life in months": "120"})
    go_on(page, "Money and loan")
    add(page, "Members' contributions in cash", {"Month": "1", "Amount": "400000"})
    loan = {"Name of the loan or debt": "Kiln loan", "Amount": "600000", "Interest a year as quoted": "9 %"}
    add(page, "Loans", loan | {"Number of instalments, grace included": "36"})
    saved(page)
    return plan


def test_a_cluster_comes_from_nothing_to_its_word_file(browser: Browser, app: Flask, live: str, tmp_path: Path) -> None:
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    said = complaints(page)
    plan = type_profile(page, live)
    page.goto(f"{plan}/results")
    first = key_figures(page)
    assert first["Sales in 2027"] == "1,872,000 ฿"  # 120 baht, 1,300 bowls, 12 months
    assert first["Loans asked for"] == "600,000 ฿"

    page.goto(plan)
    page.get_by_role("button", name="Make it a full plan").click()
    expect(page.get_by_text("This is a full plan now.")).to_be_visible()
    page.goto(f"{plan}/results")
    assert key_figures(page) == {}  # a full plan asks for tax, a discount rate and three years
    step(page, plan, "Plan and period")
    fill(page, {"Months looked ahead": "60"})
    saved(page)
    step(page, plan, "Tax, surplus and conventions")
    fill(page, {"Rate": "20 %", "Discount rate a year": "12 %"})
    saved(page)
    page.goto(f"{plan}/results")
    before = key_figures(page)
    assert before["Sales in 2028"] == "1,872,000 ฿"

    page.goto(f"{plan}/readiness")
    page.get_by_role("link", name="Bank, term loan (generic, Thailand)").first.click()
    expect(page.get_by_text("In a year the cash available does not cover the debt service.").first).to_be_visible()
    page.get_by_role("button", name="Look for mends").click()
    page.get_by_role("button", name=re.compile("Repay “Kiln loan” over [0-9]+ months, not 36")).first.click()
    page.get_by_label("I have read what must be proven.").check()
    page.get_by_role("button", name="Keep this change").click()
    expect(page.locator(".notice-done")).to_contain_text("Kept:")

    page.goto(f"{plan}/results")
    shown = key_figures(page)
    assert float(before["Lowest yearly DSCR"]) < 1.0 <= float(shown["Lowest yearly DSCR"])
    written = words_of(word_file(page, plan, tmp_path / "plan.docx"))
    page.close()
    app.extensions["finance_kit_jobs"].stop()
    assert "A gas kiln for Ban Din" in written
    assert CLUSTER in written
    for label in WRITTEN:
        assert shown[label].removesuffix(" ฿") in written, label
    assert said == []
