"""One visitor of a rush: signs in, saves once, and takes a Word plan, each timed."""

from __future__ import annotations

import http.cookiejar
import json
import re
import secrets
import time
import urllib.parse
import urllib.request

__all__ = ["Visitor"]

_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
_PRICE = re.compile(r'data-path="(products/@[^"/]+/price)"')
_FILE = re.compile(r'href="(/plans/[^"]+/files/[^"]+\.docx)"')


class Visitor:
    """A person with a browser's cookies."""

    def __init__(self, address: str, name: str, passphrase: str) -> None:
        self._address, self._name, self._passphrase = address, name, passphrase
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._browser = urllib.request.build_opener(cookies, urllib.request.ProxyHandler({}))
        self._plan = ""
        self.received = b""

    def _page(self, place: str, data: bytes | None = None, **headers: str) -> tuple[str, str]:
        """Where an answer came from at last, and its text."""
        request = urllib.request.Request(self._address + place, data, headers)  # noqa: S310 - our own server
        with self._browser.open(request, timeout=120) as answer:
            return answer.geturl(), answer.read().decode("utf-8", "replace")

    def _file(self, place: str) -> bytes:
        with self._browser.open(self._address + place, timeout=120) as answer:
            content: bytes = answer.read()
        return content

    def _send(self, place: str, **fields: str) -> tuple[str, str]:
        token = _TOKEN.search(self._page("/help/")[1])
        assert token
        return self._page(place, urllib.parse.urlencode({**fields, "csrf_token": token[1]}).encode())

    def sign_in(self) -> float:
        """Seconds until this person is in."""
        begun = time.perf_counter()
        self._send("/sign-in", name=self._name, passphrase=self._passphrase)
        return time.perf_counter() - begun

    def save(self) -> float:
        """Seconds until a sample is opened as a plan and one change of it is kept."""
        begun = time.perf_counter()
        self._plan = urllib.parse.urlsplit(self._send("/samples/kh-homestay")[0]).path
        page = self._page(f"{self._plan}/steps/products")[1]
        price, token = _PRICE.search(page), _TOKEN.search(page)
        assert price
        assert token
        change = {"op": "set", "path": price[1], "value": "21", "before": None}
        body = {"base": 1, "batch": secrets.token_hex(8), "step": "products", "changes": [change]}
        headers = {"X-CSRFToken": token[1], "Content-Type": "application/json"}
        self._page(f"{self._plan}/changes", json.dumps(body).encode(), **headers)
        return time.perf_counter() - begun

    def word_plan(self) -> float:
        """Seconds until the Word plan is in this person's hands."""
        begun = time.perf_counter()
        place, page = self._send(f"{self._plan}/documents", kit="bank_plan", depth="full", make="word")
        while (found := _FILE.search(page)) is None and time.perf_counter() - begun < 120:
            time.sleep(0.5)
            page = self._page(urllib.parse.urlsplit(place).path)[1]
        if found:
            self.received = self._file(found[1])
        return time.perf_counter() - begun
