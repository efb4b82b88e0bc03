"""A plan is worked out once for each of its states, and never answered with old figures."""

from __future__ import annotations

import copy
import threading
from datetime import date
from typing import Any

import pytest

from finance_kit import drafts, resources
from web.working import Kept, opened_document

DAY = date(2026, 11, 25)


def document(name: str = "kh-pepper-drying") -> dict[str, Any]:
    path = resources.sample_plan(name)
    found, issues = drafts.read_text(path.read_text(encoding="utf-8"), path.name)
    assert found is not None, issues
    return found


def test_the_same_plan_on_the_same_day_is_worked_out_once() -> None:
    plan = document()
    assert opened_document(plan, DAY) is opened_document(copy.deepcopy(plan), DAY)


def test_a_changed_field_or_another_day_is_another_state() -> None:
    plan = document()
    changed = copy.deepcopy(plan)
    changed["products"][0]["price"] += 1
    first, second = opened_document(plan, DAY), opened_document(changed, DAY)
    assert first.run is not None
    assert second.run is not None
    assert first.run.basis.yearly("revenue") != second.run.basis.yearly("revenue")
    assert first.state != opened_document(plan, date(2026, 11, 26)).state


def test_a_plan_with_a_hole_has_no_figures_and_says_where_the_hole_is() -> None:
    plan = document()
    del plan["period"]["months"]
    plan["financing"]["loans"][0]["annual_rate"] = "about 12"
    found = opened_document(plan, DAY)
    assert found.run is None
    assert {"period.months", "financing.loans.0.annual_rate"} <= {issue.where.path for issue in found.errors}


def test_an_empty_plan_is_no_failure() -> None:
    found = opened_document({}, DAY)
    assert found.run is None
    assert found.errors


def test_a_shelf_keeps_no_more_than_it_may_and_drops_the_longest_unused() -> None:
    shelf, made = Kept[str](2), []

    def make(name: str) -> str:
        made.append(name)
        return name

    for name in ("one", "two", "one", "three", "one", "two"):
        assert shelf.get(name, lambda name=name: make(name)) == name  # type: ignore[misc]
    assert made == ["one", "two", "three", "two"]
    assert len(shelf) == 2


def test_what_is_heavy_takes_the_room_of_several_and_the_newest_always_stays() -> None:
    shelf = Kept[int](6, float)
    for weight in (1, 2, 3):
        shelf.get(weight, lambda weight=weight: weight)  # type: ignore[misc]
    assert len(shelf) == 3
    shelf.get(4, lambda: 4)
    assert len(shelf) == 1, "3 and 4 are more than 6"
    shelf.get(9, lambda: 9)
    assert len(shelf) == 1
    assert shelf.get(9, lambda: 0) == 9


def test_a_failure_is_told_and_tried_again() -> None:
    shelf = Kept[int](4)

    def fails() -> int:
        raise ValueError("not today")

    with pytest.raises(ValueError, match="not today"):
        shelf.get("key", fails)
    assert shelf.get("key", lambda: 7) == 7


def test_threads_that_want_the_same_wait_for_one_that_works() -> None:
    shelf, made, gate = Kept[int](4), [], threading.Event()

    def slow() -> int:
        gate.wait(5)
        made.append(1)
        return 7

    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(shelf.get("key", slow))) for _ in range(4)]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join()
    assert found == [7, 7, 7, 7]
    assert made == [1]
