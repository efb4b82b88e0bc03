"""Every page that links lead to, in a shared installation: it answers, fits three widths, says and asks nothing aside.

What a page looks like to somebody with other needs is proven by the tests of its area, with axe at the same widths.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.exceptions import HTTPException
from werkzeug.serving import make_server

from tests.web.accounts import PASSPHRASE, administrator, new_plan, shared
from tests.web.browsers import WIDTHS, complaints

FILES = {
    "documents.plan_yaml", "documents.figures_json", "documents.loan_file", "documents.job_file", "people.take_data",
    "documents.shipped", "documents.own_file",
}  # fmt: skip
FEW = {"results.figure": 3, "help.page": 3}
"""Pages of which there are many alike: so many of them are enough."""
MEASURE = """() => [
  document.documentElement.scrollWidth > window.innerWidth,
  document.querySelectorAll("h1").length,
  document.title.length > 0,
]"""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[tuple[Flask, str, str]]:
    """The application, its address, and the id of a sample plan in it."""
    app = shared(tmp_path)
    plan = new_plan(administrator(app))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield app, f"http://127.0.0.1:{server.server_port}", plan
    server.shutdown()
    thread.join()


def page_of(app: Flask, address: str) -> str | None:
    """The name of the page at an address of ours; ``None`` for a file or what takes no visit."""
    try:
        name, _ = app.url_map.bind("here").match(urlsplit(address).path, method="GET")
    except HTTPException:
        return None
    return None if name in FILES or name.startswith("assets.") else str(name)


def faults_at_every_width(page: Page) -> list[str]:
    """Sideways scroll, a heading too many or none, no title."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        sideways, headings, titled = page.evaluate(MEASURE)
        found += [f"scrolls sideways at {width}"] if sideways else []
        found += [f"{headings} headings of the first level"] if headings != 1 else []
        found += [] if titled else ["no title"]
    return found


def test_every_link_leads_to_a_page_that_answers_fits_and_keeps_quiet(
    browser: Browser, installation: tuple[Flask, str, str]
) -> None:
    app, site, plan = installation
    page = browser.new_page()
    heard = complaints(page)
    page.on("request", lambda request: heard.append(request.url) if not request.url.startswith(site) else None)
    page.goto(f"{site}/sign-in")
    page.get_by_label("Name").fill("Head Office")
    page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    seen: Counter[str] = Counter()
    been: set[str] = set()
    faults: dict[str, list[str]] = {}
    waiting = deque([f"/plans/{plan}", "/"])
    while waiting:
        address = waiting.popleft().partition("#")[0]
        name = page_of(app, address)
        alike = f"{name}?" if "?" in address else name  # one of the addresses with a choice in them is enough
        if name is None or address in been or seen[str(alike)] >= FEW.get(name, 1 if "?" in address else 99):
            continue
        been.add(address)
        seen[str(alike)] += 1
        page.set_viewport_size({"width": WIDTHS[0], "height": 800})
        answer = page.goto(site + address)
        found = [] if answer is not None and answer.status == 200 else ["does not answer"]
        if found := [*found, *faults_at_every_width(page), *heard]:
            faults[address] = found
            heard.clear()
        links = page.eval_on_selector_all("a[href]", "all => all.map((each) => each.getAttribute('href'))")
        waiting += [urlsplit(address).path + each if each.startswith("?") else each for each in links]
    page.close()
    assert faults == {}
    for must in (
        "plans.step",
        "results.topic",
        "results.lender",
        "documents.show",
        "documents.show_templates?",
        "people.plan_people",
        "help.page",
    ):
        assert seen[must], f"no link leads to {must}"
    assert {"people.account", "people.passphrase", "people.plan_log", "people.administration"} <= set(seen)
