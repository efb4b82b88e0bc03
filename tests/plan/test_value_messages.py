"""Words for values of a plan that cannot be: what was found, what is needed, and a hint only where it helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance_kit.i18n.catalog import message
from finance_kit.plan.load import load_text

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.mark.parametrize("count", [0, 11, 13])
def test_a_season_has_twelve_months(count: int) -> None:
    text = (FIXTURES / "full.yaml").read_text("utf-8")
    season = "season: [0, 1, 2, 3, 3, 2, 1, 0, 0, 0, 0, 0]"
    loaded = load_text(text.replace(season, f"season: {[1] * count}"), "plan.yaml")
    (issue,) = loaded.issues
    assert (issue.code, issue.where.path) == ("season_needs_twelve", "products.0.season")
    assert f"{count} numbers" in message(issue)


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("loss_share: 0.02", "loss_share: 2", True),
        ("own_share: 0.3", "own_share: 30", True),
        ("annual_rate: 0.06", "annual_rate: 12", True),
        ("months: 60", "months: 241", False),
        ("frequency: 5", "frequency: 6", False),
    ],
)
def test_only_fractions_are_explained_as_fractions(old: str, new: str, hint: bool) -> None:
    loaded = load_text((FIXTURES / "full.yaml").read_text("utf-8").replace(old, new), "plan.yaml")
    (issue,) = loaded.issues
    assert ("fractions" in message(issue)) is hint
