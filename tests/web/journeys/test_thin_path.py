"""From a sample over one change to results and paper: without a script, and with the keyboard alone."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.web.apps import START_KEY
from tests.web.journeys.reading import key_figures, word_file, words_of

PHONE = {"width": 360, "height": 740}
KILN = "Shared gas kiln for the potters of Dan Kwian"


def test_without_script_a_sample_is_changed_read_and_printed(
    browser: Browser, app: Flask, live: str, tmp_path: Path
) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{live}/start?key={START_KEY}")
    page.get_by_role("button", name=f"Open {KILN}").click()
    plan = page.url
    page.get_by_role("link", name="Money and loans").click()
    loan = page.locator("[data-row^='financing/loans/']").first
    loan.get_by_label("Amount needed", exact=True).fill("1,400,000")
    page.get_by_role("button", name="Save and stay here").click()
    expect(page.locator("#save-state")).to_contain_text("version 2")
    page.get_by_role("link", name="Results", exact=True).click()
    shown = key_figures(page)
    assert shown["Loans asked for"] == "1,400,000 ฿"
    written = words_of(word_file(page, plan, tmp_path / "plan.docx", script=False))
    context.close()
    app.extensions["finance_kit_jobs"].stop()
    assert KILN in written
    for label in ("Loans asked for", "Lowest yearly DSCR", "NPV, project", "Cash low point"):
        assert shown[label].removesuffix(" ฿") in written, label


def focused(page: Page) -> str:
    """What the focus is on, in words; it must be seen: an outline or a frame of its own."""
    said = page.evaluate(
        """() => {
          const part = document.activeElement, style = getComputedStyle(part);
          const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
          const seen = outline || style.boxShadow !== "none";
          const words = part.labels?.[0]?.innerText ?? part.innerText ?? "";
          return [words.replace(/\\s+/g, " ").trim(), seen, part.tagName];
        }"""
    )
    assert said[1] or said[2] == "BODY", f"focus cannot be seen: {said}"
    return str(said[0])


def tab_to(page: Page, words: str, most: int = 120) -> None:
    """Press the tabulator until the focus is on the part with these words."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page).startswith(words):
            return
    raise AssertionError(f"the keyboard does not reach {words!r}")


def test_with_the_keyboard_alone_a_sample_is_changed_and_its_results_are_read(browser: Browser, live: str) -> None:
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    page.goto(f"{live}/start?key={START_KEY}")
    tab_to(page, f"Open {KILN}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(KILN)
    tab_to(page, "Products")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Products")
    tab_to(page, "1 ")  # the first product, folded
    page.keyboard.press("Enter")
    tab_to(page, "Price per unit")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("1")
    with page.expect_response("**/changes"):
        page.keyboard.press("Tab")
    expect(page.locator('#save-state[data-state="saved"]')).to_contain_text("Saved")
    page.reload()
    tab_to(page, "Results")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What the plan means")
    expect(page.get_by_role("main")).to_contain_text("loss")
    page.close()
