"""Plans in a store for the tests of result pages, and the tables of a page read back."""

from __future__ import annotations

import copy
from html.parser import HTMLParser
from typing import Any

from flask import Flask

from finance_kit import drafts, resources
from web.storage import store

SAMPLES = [path.stem for path in resources.sample_plans()]
TOPICS = ("cash", "profit", "balance", "repayment", "sources", "break-even", "loans", "stress", "returns")
PAGES = (
    "results", "results/summary", *(f"results/{name}" for name in TOPICS), "checks", "readiness", "offers", "papers",
    "interview", "group", "security", "figure/revenue", "figure/min_dscr",
)  # fmt: skip


def sample(name: str = "kh-pepper-drying") -> dict[str, Any]:
    """The document of a sample plan."""
    path = resources.sample_plan(name)
    found, issues = drafts.read_text(path.read_text(encoding="utf-8"), path.name)
    assert found is not None, issues
    return copy.deepcopy(found)


def keep(app: Flask, document: dict[str, Any]) -> str:
    """Put a plan into the store of the person whose laptop it is; its id."""
    from finance_kit.store import plans, users

    with app.app_context(), store().session() as session:
        plan = plans.create(session, users.local(session).id, document, str(document.get("title") or ""))
        return str(plan.id)


class _Cells(HTMLParser):
    """Rows of all tables of a page: for each cell its text and the address of its link."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[tuple[str, str]]] = []
        self._text: list[str] | None = None
        self._link = ""
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row, a cell, a link."""
        given = dict(attrs)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._text, self._link = [], ""
        elif tag == "a" and self._text is not None:
            self._link = given.get("href") or ""
        elif tag == "span" and "visually-hidden" in (given.get("class") or ""):
            self._hidden += 1

    def handle_endtag(self, tag: str) -> None:
        """The end of a cell."""
        if tag in ("td", "th") and self._text is not None:
            self.rows[-1].append(("".join(self._text).strip(), self._link))
            self._text = None
        elif tag == "span" and self._hidden:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self._text is not None and not self._hidden:
            self._text.append(data)


def rows_of(html: str) -> list[list[tuple[str, str]]]:
    """Every table row of a page: text and address of each cell."""
    reader = _Cells()
    reader.feed(html)
    return reader.rows
