"""Pages of people as a browser shows them: at three widths, by keyboard, with and without script."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, Dialog, Page
from werkzeug.serving import make_server

from tests.web.accounts import PASSPHRASE, administrator, new_plan, register, send, shared
from tests.web.browsers import WIDTHS, faults_of

OUTSIDE = ("/sign-in", "/register", "/recover", "/join/no-such-link")
INSIDE = (
    "/account",
    "/account/passphrase",
    "/account/devices",
    "/account/recovery-codes?first=1",
    "/account/data",
    "/account/tokens",
    "/organisations",
    "/administration",
    "/plans/{plan}/people",
    "/plans/{plan}/log",
)

# A draft that the server refused before: it stays on the device until it is mended, or its owner goes.
KEEP = """async ({plan, value}) => {
  const user = document.querySelector('meta[name="person"]').content;
  const here = document.querySelector('script[src*="/js/app.js"]').src;
  const drafts = await import(here.replace("app.js", "plan/drafts.js"));
  await drafts.keep({user, plan, path: "title", value, base: 1, language: "en", step: "x", at: 1, state: "refused"});
}"""
KEPT = """() => new Promise((answer, refuse) => {
  const asked = indexedDB.open("finance-kit");
  asked.onerror = refuse;
  asked.onsuccess = () => {
    const counted = asked.result.transaction("drafts").objectStore("drafts").count();
    counted.onsuccess = () => { asked.result.close(); answer(counted.result); };
  };
})"""


@dataclass(frozen=True)
class Site:
    """A running server and what is in it."""

    app: Flask
    address: str
    plan: str
    organisation: str


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation in use: shares, links, an organisation, names in the scripts of the region."""
    app = shared(tmp_path_factory.mktemp("site"), hosts=("127.0.0.1", "localhost", "lan.test"))
    admin = administrator(app, "Sok Chanthy")
    plan = new_plan(admin)
    long_name = "Daw Khin Thidar Aung of the Pyin Oo Lwin Coffee Growers Union"
    for name in ("សុខ ច័ន្ទធី", "ဒေါ်ခင်သီတာအောင်", long_name):
        register(app, name)
        send(admin, f"/plans/{plan}/people", name=name, role="viewer")
    send(admin, f"/plans/{plan}/links", role="editor", days="7")
    organisation = send(admin, "/organisations", name="Union of Pepper Growers").headers["Location"]
    send(admin, f"{organisation}/members", name=long_name, role="adviser")
    send(admin, f"/plans/{plan}/organisation", organisation=organisation.rsplit("/", 1)[1])
    send(admin, "/account/tokens", label="price sheet", scope="read", days="30", passphrase=PASSPHRASE)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(app, f"http://127.0.0.1:{server.server_port}", plan, organisation)
    server.shutdown()
    thread.join()


def _enter(page: Page, site: Site, name: str = "Sok Chanthy", passphrase: str = PASSPHRASE) -> None:
    page.goto(f"{site.address}/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Passphrase", exact=True).fill(passphrase)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_fit_for_everybody_at_every_width(width: int, browser: Browser, site: Site) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    try:
        faults: dict[str, list[str]] = {}
        for path in OUTSIDE:
            page.goto(site.address + path)
            if found := faults_of(page):
                faults[path] = found
        _enter(page, site)
        for path in (*INSIDE, site.organisation, "/join/no-such-link"):
            page.goto(site.address + path.format(plan=site.plan))
            if found := faults_of(page):
                faults[path] = found
        assert faults == {}
    finally:
        page.close()


@pytest.mark.parametrize("script", [True, False])
def test_somebody_registers_prints_codes_and_comes_back_with_one(script: bool, browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=script)
    page = context.new_page()
    try:
        name = f"Learner {script}"
        page.goto(f"{site.address}/register")
        page.get_by_label("Name").fill(name)
        page.get_by_label("New passphrase").fill("too short"[:5])
        page.get_by_label("The same once more").fill("too short"[:5])
        page.get_by_role("button", name="Make the account").click()
        assert page.get_by_role("alert").is_visible()
        assert page.get_by_label("Name").input_value() == name, "what was typed is kept"
        assert page.get_by_label("New passphrase").input_value() == "", "but no passphrase"
        page.get_by_label("New passphrase").fill(PASSPHRASE)
        page.get_by_label("The same once more").fill(PASSPHRASE)
        page.get_by_role("button", name="Make the account").click()
        page.get_by_role("button", name="Show ten new codes").click()
        codes = page.locator("ol.codes code").all_text_contents()
        assert len(codes) == 10
        assert faults_of(page) == [] if script else True
        page.get_by_role("button", name="Sign out").first.click()
        page.get_by_role("heading", name="You are signed out").wait_for()  # drafts on the device are put away first
        page.goto(f"{site.address}/sign-in")
        page.get_by_role("link", name="I have forgotten my passphrase").click()
        page.get_by_label("Name").fill(name)
        page.get_by_label("Code").fill(codes[3])
        page.get_by_label("New passphrase").fill("lantern orchid harbour")
        page.get_by_label("The same once more").fill("lantern orchid harbour")
        page.get_by_role("button", name="Choose this passphrase").click()
        assert re.search("signed in as", page.get_by_role("main").text_content() or "")
    finally:
        context.close()


def test_a_link_is_made_sent_and_accepted(browser: Browser, site: Site) -> None:
    owner, guest = browser.new_context(), browser.new_context(viewport={"width": 360, "height": 800})
    try:
        page = owner.new_page()
        _enter(page, site)
        page.goto(f"{site.address}/plans/{site.plan}/people")
        page.get_by_role("button", name="Make a link").click()
        link = page.locator("#new-link").text_content() or ""
        register(site.app, "Banker Nary")
        visitor = guest.new_page()
        visitor.goto(link)
        visitor.get_by_label("Name").fill("Banker Nary")
        visitor.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
        visitor.get_by_role("main").get_by_role("button", name="Sign in").click()
        assert "Sok Chanthy shares a plan with you" in (visitor.get_by_role("heading", level=1).text_content() or "")
        assert faults_of(visitor) == []
        visitor.get_by_role("button", name="Accept and open the plan").click()
        assert visitor.url.startswith(f"{site.address}/plans/{site.plan}")
        page.reload()
        page.goto(f"{site.address}/plans/{site.plan}/people")
        assert page.get_by_text("Banker Nary").first.is_visible()
    finally:
        owner.close()
        guest.close()


def test_deleting_an_account_takes_what_the_device_kept_along_on_a_plain_network_too(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    address = site.address.replace("127.0.0.1", "lan.test")  # not a place where browsers obey Clear-Site-Data
    try:
        name = "Leaving Soon"
        client = register(site.app, name)
        plan = new_plan(client)
        page.goto(f"{address}/sign-in?next=/plans/{plan}")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{address}/plans/{plan}**")
        page.evaluate(KEEP, {"plan": plan, "value": "typed and never sent"})
        assert page.evaluate(KEPT) == 1
        page.goto(f"{address}/account/data")
        page.get_by_label("Your passphrase").fill(PASSPHRASE)
        page.get_by_label("Delete all of it").check()
        asked: list[str] = []

        def go_on(question: Dialog) -> None:
            asked.append(question.message)
            question.accept()

        page.on("dialog", go_on)
        page.get_by_role("button", name="Delete everything of mine").click()
        page.get_by_role("heading", name="Everything of yours is deleted").wait_for()
        for _ in range(50):
            if page.evaluate(KEPT) == 0:
                break
            page.wait_for_timeout(100)
        assert page.evaluate(KEPT) == 0
        assert len(asked) == 1, "something that was typed had not been sent"
    finally:
        context.close()


def test_signing_in_is_done_by_keyboard_alone(browser: Browser, site: Site) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    try:
        page.goto(f"{site.address}/sign-in")
        page.get_by_label("Name").focus()
        page.keyboard.type("Sok Chanthy")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSPHRASE)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site.address}/")
    finally:
        page.close()
