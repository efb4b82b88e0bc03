"""Readiness and mends on a phone: the verdict, the reasons and the first step on top, the rest in lines that fold."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.web.apps import START_KEY, configuration
from tests.web.browsers import faults_of
from tests.web.results.pages_of import keep, sample
from web import create_app

PHONE = {"width": 360, "height": 740}
WEAK = ("mm_generic_bank", "mm_generic_mfi")
PAGES = ("readiness", *(f"readiness/{name}{page}" for name in WEAK for page in ("", "/mends")))
MOST = 5
"""Phone screens that a page may be long while everything is folded."""


@pytest.fixture(scope="module")
def site_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(configuration(tmp_path_factory.mktemp("site")))


@pytest.fixture(scope="module")
def site(site_app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, site_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def weak(site_app: Flask) -> str:
    """The sample that no lender would take."""
    return keep(site_app, sample("mm-dried-fish"))


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    """A phone without script: folding needs none."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}/start?key={START_KEY}")
    yield page
    context.close()


def opened(page: Page, address: str) -> None:
    """The page, once a search for mends is over."""
    page.goto(address)
    while page.title().startswith("Looking"):
        page.wait_for_timeout(500)
        page.goto(address)


def plain(text: str) -> str:
    """The words of a part of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).replace("\u00a0", " ").split())


def test_a_weak_plan_is_told_in_a_few_screens_fit_for_everybody_folded_or_not(
    phone: Page, site: str, weak: str
) -> None:
    faults = {}
    for address in PAGES:
        opened(phone, f"{site}/plans/{weak}/{address}")
        screens = phone.evaluate("document.documentElement.scrollHeight") / PHONE["height"]
        found = faults_of(phone) + ([f"{screens:.1f} screens"] if screens > MOST else [])
        phone.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
        found += [f"opened: {fault}" for fault in faults_of(phone)]
        if found:
            faults[address] = found
    assert faults == {}


def test_a_line_opens_with_the_keyboard_and_closes_again(phone: Page, site: str, weak: str) -> None:
    opened(phone, f"{site}/plans/{weak}/readiness/mm_generic_bank")
    line = phone.locator("details.fold", has_text="Lowest yearly DSCR").first
    rule = line.get_by_text("at least 1.00")
    assert not rule.is_visible()
    line.locator("summary").focus()
    phone.keyboard.press("Enter")
    assert rule.is_visible()
    phone.keyboard.press("Space")
    assert not rule.is_visible()


def test_on_paper_everything_that_is_folded_stands_open(phone: Page, site: str, weak: str) -> None:
    for address in ("readiness/mm_generic_bank", "readiness/mm_generic_bank/mends"):
        opened(phone, f"{site}/plans/{weak}/{address}")
        phone.emulate_media(media="print")
        seen = phone.evaluate(
            "[...document.querySelectorAll('.fold')].map((each) => each.lastElementChild.checkVisibility() "
            "&& each.lastElementChild.getBoundingClientRect().height > 0)"
        )
        phone.emulate_media(media="screen")
        assert len(seen) > 10
        assert all(seen), address


def test_the_top_says_not_ready_why_and_what_to_do_first(app: Flask, client: FlaskClient) -> None:
    page = client.get(f"/plans/{keep(app, sample('mm-dried-fish'))}/readiness/mm_generic_bank").get_data(as_text=True)
    top = plain(page[page.index('<section class="gist') : page.index("</section>")])
    # An informal group, a DSCR of -0.04 in 2027/28, money missing in December 2027: three conditions of this lender.
    assert "Not ready: 3 conditions are not met" in top
    assert "An informal group cannot sign a bank loan as a group." in top
    assert "Found: −0.04 (2027/28). Needed: at least 1.00." in top
    assert "Do this first: Register as a cooperative" in top


def test_the_top_of_the_mends_forbids_to_borrow_and_says_what_the_business_lacks(
    app: Flask, client: FlaskClient
) -> None:
    address = f"/plans/{keep(app, sample('mm-dried-fish'))}/readiness/mm_generic_bank/mends"
    page = client.get(address)
    while "Refresh" in page.headers:
        page = client.get(address)
    text = page.get_data(as_text=True)
    top = plain(text[text.index('<section class="gist') : text.index("</section>")])
    assert "Do not borrow on this plan." in top
    assert "What the business lacks: In 2027/28 the business would have to keep 6,660,000 MMK more" in top
    assert "Try it" not in top  # no change of the loan is put before somebody who should not borrow
    assert "up to 20 points more" in plain(text)
    assert "Costs points 20" not in plain(text)


def test_one_change_that_makes_a_plan_ready_stands_on_top_and_can_be_tried(app: Flask, client: FlaskClient) -> None:
    address = f"/plans/{keep(app, sample('kh-pepper-drying'))}/readiness/kh_sme_bank_micro/mends"
    page = client.get(address)
    while "Refresh" in page.headers:
        page = client.get(address)
    text = page.get_data(as_text=True)
    top = text[text.index('<section class="gist') : text.index("</section>")]
    found = re.search(r'href="(/plans/[^"]+/mends/\d+)"', top)
    assert found
    assert client.get(found[1]).status_code == 200


def test_the_list_of_lenders_names_the_closest_one_and_its_first_step(app: Flask, client: FlaskClient) -> None:
    text = plain(client.get(f"/plans/{keep(app, sample('mm-dried-fish'))}/readiness").get_data(as_text=True))
    # The two that fail fewest conditions: the bank fails six (three of them stop the loan), every other one more.
    assert "Closest: Bank, term loan (generic, Myanmar)" in text
    assert "Do this first: Register as a cooperative" in text
