"""Result pages as a browser shows them: fit for everybody at three widths, charts drawn, complete without script."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from finance_kit import drafts
from finance_kit.errors import Issue, Where
from tests.web.apps import START_KEY, configuration
from tests.web.browsers import WIDTHS, complaints, faults_of, until
from tests.web.results.pages_of import PAGES, keep, sample
from web import create_app
from web.documents.gaps import gaps
from web.results.links import place
from web.storage import store

LENDER = "readiness/kh_generic_bank"
WIDE = ("results", "results/cash", "results/profit?year=2027", "results/loans", "offers", "group", "checks", LENDER)
SHOWN = (*PAGES, "results/profit?year=2027", "figure/dscr?period=2028", LENDER, f"{LENDER}/mends")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(configuration(tmp_path_factory.mktemp("site")))


@pytest.fixture(scope="module")
def site(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def signed_in(browser: Browser, site: str, width: int = 1280, *, script: bool = True) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script).new_page()
    page.goto(f"{site}/start?key={START_KEY}")
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_fit_for_everybody_at_every_width(width: int, browser: Browser, site: str, app: Flask) -> None:
    plan_id = keep(app, sample())
    unfinished = sample()
    del unfinished["period"]["months"]
    hole = keep(app, unfinished)
    homestay = keep(app, sample("kh-homestay"))
    page, faults = signed_in(browser, site, width), {}
    addresses = [f"{plan_id}/{each}" for each in (SHOWN if width == WIDTHS[0] else WIDE)]
    addresses += [f"{hole}/results", f"{hole}/checks", f"{homestay}/{LENDER}/mends", f"{homestay}/{LENDER}/mends/3"]
    for address in addresses:
        answer = page.goto(f"{site}/plans/{address}")
        assert answer is not None
        found = faults_of(page)
        if page.locator(".results-nav").evaluate("bar => bar.clientHeight") > 2 * 44 + 4:
            found.append("the list of pages takes more than two lines")
        if found or answer.status != 200:
            faults[address.partition("/")[2]] = (answer.status, found)
    page.context.close()
    assert faults == {}


def test_charts_are_drawn_and_nothing_is_complained_of_or_asked_elsewhere(
    browser: Browser, site: str, app: Flask
) -> None:
    plan_id, page = keep(app, sample()), signed_in(browser, site)
    said = complaints(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for topic in ("cash", "profit", "balance", "repayment", "sources", "break-even", "loans", "stress"):
        page.goto(f"{site}/plans/{plan_id}/results/{topic}")
        until(page, "[...document.querySelectorAll('.chart-box')].every((box) => box.dataset.drawn)")
        sizes = page.eval_on_selector_all(".chart-box canvas", "all => all.map((each) => each.clientHeight)")
        assert min(sizes, default=0) > 100, topic
    page.context.close()
    assert said == []
    assert all(address.startswith(site) for address in asked)


def test_without_script_a_year_opens_a_figure_opens_and_a_mend_is_tried_and_kept(
    browser: Browser, site: str, app: Flask
) -> None:
    plan_id, page = keep(app, sample("kh-homestay")), signed_in(browser, site, 360, script=False)
    page.goto(f"{site}/plans/{plan_id}/results/profit")
    assert not page.locator(".chart-box").is_visible()
    page.get_by_role("link", name="2028/29", exact=True).click()
    page.locator("#months td a").first.click()
    assert page.locator(".formula").inner_text().startswith("=")
    page.goto(f"{site}/plans/{plan_id}/{LENDER}")
    page.get_by_role("button", name="Look for mends").click()
    folded = page.locator("details.fold", has=page.locator("a", has_text="Try it")).first
    folded.locator("summary").click()
    folded.get_by_role("button", name="Try it").first.click()
    assert page.locator("#beside").is_visible()
    page.get_by_label("I have read what must be proven.").check()
    page.get_by_role("button", name="Keep this change").click()
    assert page.locator(".notice-done").inner_text().startswith("Kept:")
    page.context.close()


def test_the_panel_beside_the_form_asks_again_after_each_save(browser: Browser, site: str, app: Flask) -> None:
    plan = sample()
    plan_id, page = keep(app, plan), signed_in(browser, site, 360)
    page.goto(f"{site}/plans/{plan_id}/steps/products")
    panel = page.locator(".results-summary")
    panel.wait_for()
    assert panel.get_attribute("data-revision") == "1"
    with app.app_context(), store().session() as session:
        from finance_kit.store import plans, users

        change = drafts.Change("set", f"products/@{plan['products'][0]['_id']}/price", 1)
        plans.save(session, plan_id, users.local(session).id, 1, drafts.new_id(), [change])
    page.evaluate("document.body.dispatchEvent(new CustomEvent('plan-saved', {detail: {revision: 2}}))")
    page.locator(".results-summary[data-revision='2']").wait_for()
    assert "loss" in panel.inner_text()
    page.context.close()


def test_enter_in_the_form_of_an_offer_holds_it_against_the_plan_and_takes_none_away(
    browser: Browser, site: str, app: Flask
) -> None:
    page = signed_in(browser, site)
    page.goto(f"{site}/plans/{keep(app, sample())}/offers")
    for name in ("Bank by the river", "Bank on the hill"):
        page.get_by_label("Name of the offer").fill(name)
        page.get_by_label("Sum lent").fill("24,000,000")
        page.get_by_label("Interest as quoted, in per cent").fill("18")
        page.get_by_label("Months", exact=True).fill("36")
        with page.expect_navigation():
            page.get_by_label("Months", exact=True).press("Enter")
    first, second = page.locator(".kept-offers li").all_text_contents()
    assert "Bank by the river" in first
    assert "Bank on the hill" in second
    page.context.close()


def test_a_link_to_a_field_opens_the_entry_that_it_stands_in(browser: Browser, site: str, app: Flask) -> None:
    plan = drafts.new_document(sample())
    plan_id, where = keep(app, plan), "products.2.price"
    field = f"#f-products-{plan['products'][2]['_id']}-price"
    with app.test_request_context():
        address = place(plan_id, plan, where).address
        gap = gaps(plan_id, plan, [Issue("missing_field", Where(where))], None, "").missing[0]
    assert gap.address == address
    page = signed_in(browser, site)
    page.goto(site + address)
    assert page.locator(field).is_visible()
    assert page.evaluate("document.querySelector(':target').id") == field[1:]
    page.goto(site + address.replace("open=", "other="))
    assert not page.locator(f"#f-products-{plan['products'][1]['_id']}-price").is_visible(), "others stay folded"
    page.context.close()
