"""A browser's side of an https site, without a browser: cookies, the form's token, where a page came from."""

from __future__ import annotations

import http.client
import json
import re
import socket
import time
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from tests.web.production.installation import HOST, Installation

__all__ = ["Answer", "Visitor"]

SITE = f"https://{HOST}"
PATIENCE = 60.0


class Answer:
    """Status, headers and body of an answer."""

    def __init__(self, found: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.body = found.status, found.headers, found.read()

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body as data."""
        return json.loads(self.body)


class _Connection(http.client.HTTPSConnection):
    """To the proxy on this machine, under the name of the site."""

    def __init__(self, made: Installation, source: str) -> None:
        super().__init__(HOST, timeout=30)
        self._trust, self._to, self._from = made.trust(), ("127.0.0.1", made.tls), (source, 0)

    def connect(self) -> None:
        """Reach the proxy; the certificate must be that of the site."""
        plain = socket.create_connection(self._to, timeout=30, source_address=self._from)
        self.sock = self._trust.wrap_socket(plain, server_hostname=HOST)


class Visitor:
    """Somebody with a browser at an address of their own."""

    def __init__(self, made: Installation, source: str = "127.0.0.1") -> None:
        self.made, self.source = made, source
        self.cookies: dict[str, str] = {}
        self.last_cookie = ""

    def request(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """One request, on a connection of its own."""
        connection = _Connection(self.made, self.source)
        sent = {"Accept": "text/html", **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method != "GET":
            sent |= {"Origin": SITE, "Referer": f"{SITE}/"}
        try:
            connection.request(method, path, body, sent)
            answer = Answer(connection.getresponse())
        except http.client.HTTPException as broken:
            raise ConnectionError(str(broken)) from broken
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.last_cookie = line
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer

    def get(self, path: str) -> Answer:
        """A page."""
        return self.request("GET", path)

    def token(self) -> str:
        """The form's token of this session."""
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.get("/help/").text)
        assert found
        return found[1]

    def send(self, path: str, **fields: str) -> Answer:
        """A form with its token."""
        body = urlencode(fields | {"csrf_token": self.token()})
        return self.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def sign_in(self, name: str, passphrase: str) -> int:
        """Try to sign in; the status."""
        return self.send("/sign-in", name=name, passphrase=passphrase).status

    def save(self, plan: str, base: int, title: str, token: str, batch: str = "") -> Answer:
        """What a step sends by itself when a title was typed."""
        changes = [{"op": "set", "path": "title", "value": title}]
        body = json.dumps({"base": base, "batch": batch or uuid.uuid4().hex, "changes": changes})
        headers = {"Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": token}
        return self.request("POST", f"/plans/{plan}/changes", body, headers)

    def finished(self, page: str) -> str:
        """The page of a document once nothing changes on it any more; each question may meet another worker."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if "hx-get" not in self.get(f"{page}/state").text:
                return self.get(page).text
            time.sleep(0.2)
        raise AssertionError(self.get(f"{page}/state").text)
