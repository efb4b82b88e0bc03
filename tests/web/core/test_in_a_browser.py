"""First page, help and trouble as a browser shows them: at three widths, by keyboard, without a foreign request."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.web.apps import START_KEY, configuration
from tests.web.browsers import WIDTHS, complaints, faults_of, until
from web import create_app

PAGES = ("/", "/help/", "/help/true-cost", "/help/day-counts", "/nowhere")


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with accounts: its first page is open to everybody."""
    with _served(create_app(configuration(tmp_path_factory.mktemp("site"), shared=True, start_key=None))) as address:
        yield address


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_fit_for_everybody_at_every_width(width: int, browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    try:
        faults = {}
        for path in PAGES:
            page.goto(site + path)
            if found := faults_of(page):
                faults[path] = found
        assert faults == {}
    finally:
        page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_doors_lead_to_a_plan_and_the_list_of_plans_is_fit(width: int, browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    with _served(create_app(configuration(tmp_path))) as own:
        page.goto(f"{own}/start?key={START_KEY}")
        assert page.url == f"{own}/"
        assert faults_of(page) == []
        page.get_by_role("button", name="Open Shared gas kiln").click()
        assert "/plans/" in page.url
        page.goto(own)
        page.get_by_label("Trade").select_option("pepper_drying")
        page.get_by_label("Country").select_option("KH")
        page.get_by_role("button", name="Begin with a few questions").click()
        assert "/plans/" in page.url
        page.goto(own)
        assert page.locator(".plan-line").count() == 2
        assert faults_of(page) == []
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/sign-out")
        assert faults_of(page) == []
        page.go_back()
        assert page.get_by_role("heading", level=1).inner_text() == "Please sign in first"
        assert faults_of(page) == []
    page.close()


def test_the_browser_asks_nobody_else_and_complains_of_nothing(browser: Browser, site: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said = complaints(page)
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES[:3]:
        page.goto(site + path)
        page.wait_for_load_state("networkidle")
    page.close()
    assert len(asked) > 8
    assert [address for address in asked if not address.startswith(site)] == []
    assert said == []


def test_the_keyboard_reaches_the_content_first(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/help/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    assert page.locator(".skip-link").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_everything_is_readable_without_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(site)
    page.get_by_role("link", name="Help").click()
    page.get_by_role("link", name="What a loan really costs").click()
    assert page.get_by_role("heading", level=1).inner_text() == "What a loan really costs"
    context.close()


def test_letters_of_a_script_are_fetched_only_when_they_are_met(browser: Browser, site: str, tmp_path: Path) -> None:
    page = browser.new_page()
    fonts: list[str] = []
    page.on("request", lambda request: fonts.append(request.url) if ".woff2" in request.url else None)
    page.goto(f"{site}/help/")
    page.wait_for_load_state("networkidle")
    assert fonts == []
    page.evaluate("document.querySelector('h1').textContent = 'ផែនការ'")
    until(page, "[...document.fonts].some((font) => font.family.includes('Khmer') && font.status == 'loaded')")
    assert [address.rpartition("/")[2] for address in fonts] == ["noto-sans-khmer-khmer-700-normal.woff2"]
    page.close()


def test_faults_are_seen(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.set_content(
        f"<html lang=en><title>x</title><main><h1>A</h1><h3>B</h3><button></button><div>{'x' * 200}</div></main>"
    )
    found = "\n".join(faults_of(page))
    page.close()
    for fault in ("button-name", "sideways", "too small", "h3 after h1"):
        assert fault in found
