"""A real browser that stays on this machine, and what must hold of any page it shows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

__all__ = ["WIDTHS", "chromium", "complaints", "faults_of", "until"]

WIDTHS = (360, 768, 1280)

_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP lan.test 127.0.0.1",
)  # fmt: skip

_CUT_OFF = ("htmx:afterRequest", "htmx:sendError", "htmx:sendAbort")

# Links inside a sentence are as high as its line; what stands by itself is as high as a thumb is wide.
_TOO_SMALL = """() => [...document.querySelectorAll("a, button, select, summary, input:not([type=hidden])")]
  .filter((part) => {
    const box = part.getBoundingClientRect();
    const hidden = box.width === 0 || part.matches(".skip-link, .visually-hidden, [type=checkbox], [type=radio]");
    return !hidden && box.height < 43.5 && !part.closest("p, .prose, td, li:not([class]) p, .notice");
  })
  .map((part) => part.outerHTML.slice(0, 120))"""


class _Open:
    """The one browser of this process: Playwright can be started once in a thread, and fixtures of several kinds live
    at the same time. Who comes first opens it, who leaves last closes it."""

    def __init__(self) -> None:
        self._users = 0
        self._closing = ExitStack()
        self._browser: Browser | None = None

    def take(self, program: str) -> Browser:
        if self._browser is None:
            playwright = self._closing.enter_context(sync_playwright())
            self._browser = playwright.chromium.launch(executable_path=program, args=list(_QUIET))
            self._closing.callback(self._browser.close)
        self._users += 1
        return self._browser

    def leave(self) -> None:
        self._users -= 1
        if not self._users:
            self._browser = None
            self._closing.close()


_OPEN = _Open()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Without it the test is left out, which fails where CI=true."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed: sudo apt-get install chromium")
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        os.environ.pop(name, None)
    browser = _OPEN.take(program)
    try:
        yield browser
    finally:
        _OPEN.leave()


def complaints(page: Page) -> list[str]:
    """A list that fills with what the page writes on the console and with errors of its scripts. Left out is what htmx
    says of a request that was still under way when the page was left, which tells only how fast a machine is."""
    heard: list[str] = []

    def hear(text: str) -> None:
        if not text.startswith(_CUT_OFF):
            heard.append(text)

    page.on("console", lambda message: hear(message.text))
    page.on("pageerror", lambda error: hear(str(error)))
    return heard


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page as it stands: accessibility, sideways scroll, small targets, headings in disorder."""
    faults = [f"{violation['id']}: {violation['help']}" for violation in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        faults.append("the page scrolls sideways")
    faults += [f"too small: {part}" for part in page.evaluate(_TOO_SMALL)]
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((each) => Number(each.tagName[1]))")
    if levels.count(1) != 1:
        faults.append(f"{levels.count(1)} headings of the first level")
    faults += [f"h{low} after h{high}" for high, low in pairwise(levels) if low > high + 1]
    return faults


def until(page: Page, condition: str) -> None:
    """Wait until a condition in JavaScript holds. Playwright's own wait evaluates texts inside the page, which the
    page's content security policy forbids as soon as the condition does not hold at once."""
    for _ in range(150):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"did not come true: {condition}")
