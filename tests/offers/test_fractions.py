"""18% and 0.18 are the same; what could be read in two ways is asked about with both readings."""

from __future__ import annotations

from typing import Any

import pytest

from finance_kit.errors import CalculationError, PlanError
from finance_kit.i18n.catalog import message
from finance_kit.offers import parse_offer
from finance_kit.offers.fractions import FractionKind, fraction


@pytest.mark.parametrize(
    ("written", "kind", "meant"),
    [
        ("18%", "annual_rate", 0.18),
        (" 18 % ", "annual_rate", 0.18),
        ("0.18", "annual_rate", 0.18),
        (0.18, "annual_rate", 0.18),
        ("1.1%", "fee", 0.011),
        ("100%", "share", 1.0),
        ("0.5%", "fee", 0.005),
        (0.005, "fee", 0.005),
        (0, "fee", 0.0),
        ("240%", "annual_rate", 2.4),
        (1e-05, "fee", 0.00001),
    ],
)
def test_a_rate_is_read_as_it_is_written(written: Any, kind: FractionKind, meant: float) -> None:
    assert fraction(written, kind) == meant


@pytest.mark.parametrize(
    ("written", "kind", "low", "high"),
    [
        ("18", "annual_rate", "18%", "1800%"),
        (18, "annual_rate", "18%", "1800%"),
        (1.5, "annual_rate", "1.5%", "150%"),
        ("1.5", "monthly_rate", "1.5%", "150%"),
        (0.5, "fee", "0.5%", "50%"),
        ("1", "share", "1%", "100%"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_both(
    written: Any, kind: FractionKind, low: str, high: str
) -> None:
    with pytest.raises(CalculationError) as caught:
        fraction(written, kind)
    assert caught.value.code == "fraction_ambiguous"
    assert f"as {low} or as {high}" in message(caught.value)


@pytest.mark.parametrize("written", ["1,5%", "eighteen", "", "18%%", True, None, [0.18], "nan", "1e400", "=1+1"])
def test_what_is_no_rate_is_refused(written: Any) -> None:
    with pytest.raises(CalculationError) as caught:
        fraction(written, "annual_rate")
    assert caught.value.code == "fraction_not_a_number"


def test_a_file_with_a_bare_percentage_is_told_the_line_and_both_readings() -> None:
    with pytest.raises(PlanError) as caught:
        parse_offer("loan:\n  principal: 1000\n  annual_rate: 18\n  months: 12\n", "offer.yaml")
    (issue,) = caught.value.issues
    assert (issue.where.line, issue.where.path, issue.code) == (3, "loan.annual_rate", "fraction_ambiguous")
    assert issue.params["low"] == "18%"
