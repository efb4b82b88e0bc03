"""The real server as a process of its own, and a browser's side of saving, without a browser."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

__all__ = ["ROUNDS", "Browser", "Served", "rounds", "title"]

ROOT = Path(__file__).parents[3]
ROUNDS = "FINANCE_KIT_DURABILITY"


def rounds(short: int, long: int) -> int:
    """How often to do a thing: few times in the suite, often with ``FINANCE_KIT_DURABILITY=long``."""
    return long if os.environ.get(ROUNDS) == "long" else short


class Served:
    """``finance-kit serve`` for one person on a free port."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.environment = {
            **{key: value for key, value in os.environ.items() if "DATABASE_URL" not in key},
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "FINANCE_KIT_START_KEY": "start-key-of-the-durability-tests",
            **environment,
        }
        self.log = folder.parent / f"{folder.name}.log"
        self.start()

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "finance_kit",
            "serve",
            "--no-browser",
            "--port",
            "0",
            "--data",
            str(self.folder),
        ]
        with self.log.open("ab") as errors:
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=subprocess.PIPE, stderr=errors, start_new_session=True, text=True
            )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            if found:
                self.port = int(found[1])
                return
        raise AssertionError(self.log.read_text("utf-8", "replace")[-2_000:])

    def kill(self) -> None:
        """As by the power switch: no process of the server gets another instruction."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._close()

    def stop(self) -> int:
        """As by a supervisor; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=30)
        finally:
            self._close()

    def _close(self) -> None:
        if self.process.stdout is not None:
            self.process.stdout.close()

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()


class Browser:
    """Cookies, the form token, and requests that end in an answer or an ``OSError``."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.cookies: dict[str, str] = {}
        self.request("GET", f"/start?key={served.environment['FINANCE_KIT_START_KEY']}")
        self.read_token()

    def read_token(self) -> None:
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.request("GET", "/")[1])
        assert found
        self.token = found[1]

    def request(
        self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, str, Mapping[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=12)
        try:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body, {"Cookie": cookie, **(headers or {})})
            answer = connection.getresponse()
            text = answer.read().decode("utf-8")
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]
            return answer.status, text, dict(answer.getheaders())
        except http.client.HTTPException as broken:
            raise ConnectionError(str(broken)) from broken
        finally:
            connection.close()

    def open_sample(self, name: str = "kh-homestay") -> str:
        """A plan of one's own; its id."""
        form = urlencode({"csrf_token": self.token})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"http://127.0.0.1:{self.served.port}/",
        }
        status, text, answer = self.request("POST", f"/samples/{name}", form, headers)
        assert status == 303, text
        return urlsplit(answer["Location"]).path.split("/")[2]

    def save(
        self, plan_id: str, base: int, changes: list[dict[str, Any]], batch: str = ""
    ) -> tuple[int, dict[str, Any]]:
        """Status and content of the answer to a save."""
        body = json.dumps({"base": base, "batch": batch or uuid.uuid4().hex, "changes": changes})
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token}
        status, text, _ = self.request("POST", f"/plans/{plan_id}/changes", body, headers)
        return status, json.loads(text)

    def save_until_answered(
        self, plan_id: str, base: int, changes: list[dict[str, Any]], tries: int = 40
    ) -> tuple[int, dict[str, Any]]:
        """The same batch again and again, as a page does, until the answer is not that the store is away."""
        batch = uuid.uuid4().hex
        for _ in range(tries):
            try:
                status, answer = self.save(plan_id, base, changes, batch)
            except OSError:
                status = 0
            if status not in (0, 503, 507):
                return status, answer
            time.sleep(0.25)
        raise AssertionError(status)


def title(text: str) -> list[dict[str, Any]]:
    """The change that gives a plan a title."""
    return [{"op": "set", "path": "title", "value": text}]
