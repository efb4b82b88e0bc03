"""What one person of the load does; locust runs forty or more of them at once (see ``benchmarks.load``).

Signs in, opens a sample as a plan of their own, then reads, changes a price, looks at the results and takes the plan
and a loan's schedule with them, with half a second to a second and a half of thinking in between.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import secrets

from locust import HttpUser, between, task

__all__ = ["Leader"]

PASSPHRASE = os.environ["FINANCE_KIT_LOAD_PASSPHRASE"]
_NUMBERS = itertools.count()
_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
_SEEN = re.compile(r'name="seen" value="([^"]+)"')
_PRICE = re.compile(r'data-path="(products/@[^"/]+/price)"')


class Leader(HttpUser):
    """A cluster leader at work."""

    wait_time = between(0.5, 1.5)

    def on_start(self) -> None:
        """Sign in and begin with a sample."""
        name = f"Leader {next(_NUMBERS)}"
        self.token = self._read_token()
        self._send("/sign-in", "sign in", name=name, passphrase=PASSPHRASE)
        self.token = self._read_token()  # each session has its own
        self._send("/samples/kh-homestay", "open a sample")
        self.plan = self.client.get("/", name="first page").text.split('href="/plans/')[1].split('"')[0].split("/")[0]
        page = self.client.get(f"/plans/{self.plan}/steps/products", name="step").text
        price, seen = _PRICE.search(page), _SEEN.search(page)
        assert price
        assert seen
        self.price, self.seen = price[1], seen[1]
        self.revision = 1

    def _read_token(self) -> str:
        found = _TOKEN.search(self.client.get("/help/", name="help").text)
        assert found
        return found[1]

    def _send(self, address: str, label: str, **fields: str) -> None:
        self.client.post(address, data={**fields, "csrf_token": self.token}, name=label)

    @task(4)
    def save(self) -> None:
        """One change of one field, as the page sends it."""
        change = {"op": "set", "path": self.price, "value": str(random.randint(20, 30)), "before": None}  # noqa: S311
        body = {"base": self.revision, "seen": self.seen, "batch": secrets.token_hex(8), "step": "products",
                "changes": [change]}  # fmt: skip
        headers = {"X-CSRFToken": self.token}
        answer = self.client.post(f"/plans/{self.plan}/changes", json=body, headers=headers, name="save")
        told = answer.json()
        self.revision, self.seen = told.get("revision", self.revision), told.get("seen", self.seen)

    @task(4)
    def step(self) -> None:
        """A page of the form."""
        self.client.get(f"/plans/{self.plan}/steps/financing", name="step")

    @task(4)
    def results(self) -> None:
        """The panel of results, which a page asks for after each save."""
        self.client.get(f"/plans/{self.plan}/results/summary", name="results", headers={"HX-Request": "true"})

    @task(1)
    def take_with_me(self) -> None:
        """The plan as a file, and a loan's schedule as a workbook."""
        self.client.get(f"/plans/{self.plan}/plan.yaml", name="plan.yaml")
        self.client.get(f"/plans/{self.plan}/loans/1.xlsx", name="schedule.xlsx")
