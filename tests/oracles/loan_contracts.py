"""Contracts of every kind, for properties: repayment, quotation, grace, fees, savings, rounding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from hypothesis import strategies as st

from finance_kit.loans import LoanFee, PaymentCalendar, PayOut, RateChange
from tests.oracles.loan_calendar import Calendar

__all__ = ["contracts", "wide_contracts"]

UNITS = ((0.01, 0.01), (1.0, 0.01), (20.0, 0.05), (1.0, 1.0), (100.0, 1.0), (500.0, 1.0))
INTERVALS = (
    ("months", 1),
    ("months", 1),
    ("months", 3),
    ("months", 12),
    ("weeks", 1),
    ("weeks", 2),
    ("weeks", 4),
    ("days", 1),
    ("days", 10),
)
REPAYMENTS = (
    "annuity",
    "annuity",
    "equal_principal",
    "interest_only",
    "bullet",
    "balloon",
    "seasonal",
    "stepped",
    "custom",
)
BY_PERIOD = ("period", "30/360 period")
BY_DAYS = (
    "actual/actual",
    "30/360",
    "30E/360",
    "30E/360 ISDA",
    "30U/360",
    "actual/360",
    "actual/364",
    "actual/365",
    "actual/365 leap",
    "actual/actual ISDA",
)
AWKWARD_DAYS = (date(2027, 12, 31), date(2028, 2, 29), date(2027, 1, 30), date(2027, 8, 31), date(2027, 2, 28))


def written(highest: float, places: int) -> st.SearchStrategy[float]:
    """Numbers as people write them: so many places, from 0."""
    steps = 10**places
    return st.integers(0, int(highest * steps)).map(lambda number: number / steps)


@st.composite
def contracts(draw: st.DrawFn, rounded: bool | None = None, longest: int = 40) -> dict[str, Any]:
    """Arguments of sound loan terms; ``rounded`` asks for one sort of schedule only."""
    kind = draw(st.sampled_from(["annuity", "equal_principal", "interest_only", "bullet", "balloon", "seasonal"]))
    between = draw(st.sampled_from([1, 1, 1, 2, 3, 4, 6, 12]))
    instalments = draw(st.integers(1, longest))
    given: dict[str, Any] = {
        "principal": float(draw(st.integers(0, 5_000_000))),
        "annual_rate": draw(written(0.6, 4)),
        "instalments": instalments,
        "months_between": between,
        "repayment": kind,
        "quotation": draw(st.sampled_from(["declining", "declining", "flat"])),
        "upfront_fee_share": draw(written(0.05, 3)),
        "upfront_fee_amount": draw(st.sampled_from([0.0, 25.0])),
        "instalment_fee_amount": draw(st.sampled_from([0.0, 2.5])),
        "insurance_share_per_year": draw(written(0.02, 3)),
        "compulsory_savings_share": draw(written(0.1, 2)),
        "savings_annual_rate": draw(written(0.1, 2)),
    }
    if kind == "balloon":
        given["balloon_share"] = draw(written(1.0, 2))
    if kind != "bullet":
        given["grace_months"] = draw(st.integers(0, min(instalments - 1, 12))) * between
        given["grace_kind"] = draw(st.sampled_from(["principal_only", "full"]))
        kinds = ["deferred"] if given["quotation"] == "flat" else ["capitalised", "deferred"]
        given["grace_interest"] = draw(st.sampled_from(kinds))
    if kind == "seasonal":
        paying = instalments - given["grace_months"] // between
        weights = draw(st.lists(st.integers(0, 5).map(float), min_size=1, max_size=6))
        weights[draw(st.integers(0, min(len(weights), paying) - 1))] = 1.0
        given["principal_pattern"] = tuple(weights)
    if draw(st.booleans()) if rounded is None else rounded:
        given["rounding_unit"], given["minor_unit"] = draw(st.sampled_from(UNITS))
        given["rounding_rule"] = draw(st.sampled_from(["half_even", "half_up", "up"]))
    return given


@st.composite
def wide_contracts(draw: st.DrawFn, rounded: bool | None = None, longest: int = 24) -> dict[str, Any]:
    """Arguments of sound loan terms of every kind: dates, day counts, pay-outs, changing rates, both methods."""
    unit, count = draw(st.sampled_from(INTERVALS))
    instalments = draw(st.integers(1, longest))
    given: dict[str, Any] = {
        "principal": float(draw(st.integers(1, 500_000)) * 10),
        "annual_rate": draw(written(0.6, 4)),
        "instalments": instalments,
        f"{unit}_between": count,
        "method": draw(st.sampled_from(["cumulative", "progressive"])),
        "repayment": draw(st.sampled_from(REPAYMENTS)),
        "interest_free_instalments": draw(st.sampled_from([0, 0, 0, 1, instalments])),
        "down_payment_share": draw(st.sampled_from([0.0, 0.0, 0.1, 0.25])),
        **draw(charges()),
    }
    if draw(st.booleans()) if rounded is None else rounded:
        given["rounding_unit"], given["minor_unit"] = draw(st.sampled_from(UNITS))
        given["rounding_rule"] = draw(st.sampled_from(["half_even", "half_up", "up"]))
        given["rounds_interest"] = draw(st.sampled_from([True, True, True, False]))
    kind = given["repayment"]
    if kind not in ("stepped", "custom"):
        given["quotation"] = draw(st.sampled_from(["declining", "declining", "declining", "flat"]))
    flat = given.get("quotation") == "flat"
    if "rounding_unit" not in given or flat or kind not in ("annuity", "balloon", "stepped"):
        given["remainder"] = draw(st.sampled_from(["last", "last", "first"]))
    sort = draw(st.sampled_from(["none", "grace", "interest_grace"]))
    if sort == "grace" and kind != "bullet":
        given["grace_instalments"] = draw(st.integers(0, instalments - 1))
        given["grace_kind"] = draw(st.sampled_from(["principal_only", "full"]))
        given["grace_interest"] = draw(st.sampled_from(["deferred"] if flat else ["capitalised", "deferred"]))
    elif sort == "interest_grace" and kind != "bullet" and not flat:
        given["interest_grace_instalments"] = draw(st.integers(0, instalments - 1))
    given |= draw(patterns(kind, instalments - given.get("grace_instalments", 0), given["principal"]))
    calendar = draw(st.none() | calendars(instalments, unit, count))
    given["calendar"] = calendar
    given["day_count"] = draw(st.sampled_from(BY_PERIOD if calendar is None else BY_PERIOD + BY_DAYS))
    if draw(st.booleans()) and not flat and kind not in ("stepped", "custom"):
        given |= draw(events(given, unit, count))
    if draw(st.booleans()) and can_be_paid_before(given):
        given["interest_timing"] = draw(st.sampled_from(["up_front"] if flat else ["advance", "up_front"]))
    return given


def can_be_paid_before(given: dict[str, Any]) -> bool:
    """Whether the contract is plain enough for interest before it has run."""
    waits = given.get("grace_instalments") and given.get("grace_kind") == "full"
    other = ("pay_outs", "rate_changes", "interest_grace_instalments", "interest_free_instalments")
    plain = not waits and not any(given.get(name) for name in other)
    by_method = given["method"] == "cumulative" and given.get("remainder", "last") == "last"
    # A year of 60 % for 24 years would keep back more than is lent.
    cheap = given["annual_rate"] <= 0.03
    return plain and by_method and cheap and given["repayment"] not in ("stepped", "custom", "balloon")


@st.composite
def charges(draw: st.DrawFn) -> dict[str, Any]:
    """Fees and savings."""
    fee = st.builds(
        LoanFee,
        name=st.just("fee"),
        share=written(0.03, 3),
        basis=st.sampled_from(["principal", "outstanding"]),
        when=st.sampled_from(["pay_out", "capitalised", "each_instalment", "yearly", "last_instalment"]),
        covered_share=st.sampled_from([1.0, 0.5, 0.8]),
    )
    by_year = st.builds(
        LoanFee,
        name=st.just("by the year"),
        share=written(0.03, 3),
        basis=st.sampled_from(["principal", "outstanding", "instalment"]),
        per_year=st.just(True),
    )
    fixed = st.builds(LoanFee, name=st.just("fixed"), amount=st.integers(0, 50).map(float))
    return {
        "upfront_fee_share": draw(written(0.05, 3)),
        "upfront_fee_amount": draw(st.sampled_from([0.0, 25.0])),
        "instalment_fee_amount": draw(st.sampled_from([0.0, 3.0])),
        "insurance_share_per_year": draw(written(0.02, 3)),
        "compulsory_savings_share": draw(written(0.1, 2)),
        "savings_instalment_share": draw(written(0.02, 3)),
        "savings_annual_rate": draw(written(0.1, 2)),
        "fees": tuple(draw(st.lists(st.one_of(fee, by_year, fixed), max_size=2))),
    }


@st.composite
def patterns(draw: st.DrawFn, kind: str, paying: int, principal: float) -> dict[str, Any]:
    """What belongs to one way of repaying."""
    weights = st.integers(0, 5).map(float)
    if kind == "balloon":
        return {"balloon_share": draw(written(1.0, 2))}
    if kind == "seasonal":
        pattern = draw(st.lists(weights, min_size=1, max_size=6))
        pattern[draw(st.integers(0, min(len(pattern), paying) - 1))] = 1.0
        return {"principal_pattern": tuple(pattern)}
    if kind == "stepped":
        steps = draw(st.lists(st.integers(0, 20).map(lambda tenths: tenths / 10), min_size=1, max_size=5))
        steps[draw(st.integers(0, min(len(steps), paying) - 1))] = 1.0
        return {"instalment_pattern": tuple(steps)}
    if kind == "custom":
        highest = int(2 * principal / paying)
        amounts = draw(st.lists(st.integers(0, highest).map(float), min_size=paying - 1, max_size=paying - 1))
        return {"instalment_amounts": tuple(amounts)}
    return {}


@st.composite
def calendars(draw: st.DrawFn, instalments: int, unit: str, count: int) -> PaymentCalendar:
    """Days of a loan."""
    disbursed = draw(st.dates(date(2019, 1, 1), date(2032, 12, 31)) | st.sampled_from(AWKWARD_DAYS))
    given: dict[str, Any] = {
        "disbursed": disbursed,
        "month_end": draw(st.sampled_from(["last_day", "first_of_next_month", "stay_at_end"])),
        "shift": draw(st.sampled_from(["none", "none", "following", "modified_following", "preceding"])),
        "weekend": draw(st.sampled_from([(5, 6), (6,), ()])),
        "holidays": frozenset(draw(st.lists(st.dates(date(2025, 1, 1), date(2026, 12, 31)), max_size=9))),
        "interest_follows_shift": draw(st.booleans()),
    }
    sort = draw(st.sampled_from(["counted", "counted", "first", "last", "agreed"]))
    if sort == "agreed":
        gaps = draw(st.lists(st.integers(1, 200), min_size=instalments, max_size=instalments))
        given["due_dates"] = tuple(disbursed + timedelta(days=days) for days in accumulate(gaps))
    elif sort == "first":
        given["first_due"] = disbursed + timedelta(days=draw(st.integers(4, 120)))
    calendar = PaymentCalendar(**given)
    ends = Calendar.of(calendar, instalments, unit, count)
    if sort == "last":
        before = [disbursed, *ends.nominal][-2]
        calendar = replace(calendar, last_due=before + timedelta(days=draw(st.integers(4, 120))))
        ends = Calendar.of(calendar, instalments, unit, count)
    if ends.paid[0] <= disbursed:  # moved to before the pay-out
        calendar = replace(calendar, shift="following")
    return calendar


@st.composite
def events(draw: st.DrawFn, given: dict[str, Any], unit: str, count: int) -> dict[str, Any]:
    """Further pay-outs and changes of rate."""
    instalments, calendar = given["instalments"], given["calendar"]
    if calendar is None:
        places: list[Any] = list(range(1, instalments))
        where = "after_instalment"
    else:
        ends = Calendar.of(calendar, instalments, unit, count)
        length = (min(ends.paid[-1], ends.nominal[-1]) - ends.disbursed).days
        places = [ends.disbursed + timedelta(days=days) for days in range(1, length)]
        places += [day for day in ends.nominal[:-1] if day in places] * (1 + length // instalments)
        where = "on"
    if not places:
        return {}
    some = st.lists(st.sampled_from(places), max_size=2, unique=True).map(sorted)
    left = given["principal"] * (1 - given["down_payment_share"]) - 500
    pay_outs = [
        PayOut(amount=float(draw(st.integers(1, max(int(left / 3), 1)))), **{where: place})
        for place in draw(some)
        if left > 3
    ]
    changes = [
        RateChange(annual_rate=draw(written(0.6, 4)), keeps_instalment=draw(st.booleans()), **{where: place})
        for place in draw(some)
    ]
    return {"pay_outs": tuple(pay_outs), "rate_changes": tuple(changes)}
