"""A loan worked out period by period in exact fractions, slowly and plainly, from the words of the contract.

Shares nothing with the package: no arrays, no closed balance, no floats until the answer is handed back. ``Fraction``
rather than ``Decimal``, because a twelfth of a rate has no exact decimal and a tie must stay a tie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Any

__all__ = ["Row", "Worked", "flows", "present_value", "work_out"]

ZERO = Fraction(0)


@dataclass
class Row:
    """One instalment period."""

    opening: Fraction
    accrued: Fraction = ZERO
    due: Fraction = ZERO
    capitalised: Fraction = ZERO
    principal: Fraction = ZERO
    fees: Fraction = ZERO
    closing: Fraction = ZERO
    savings: Fraction = ZERO
    savings_interest: Fraction = ZERO
    savings_returned: Fraction = ZERO


@dataclass
class Worked:
    """The whole contract."""

    principal: Fraction
    upfront_fee: Fraction
    savings_deposit: Fraction
    rows: list[Row] = field(default_factory=list)


def exact(number: float) -> Fraction:
    """The decimal number that was written, not the float nearest to it."""
    return Fraction(repr(number))


def round_to(amount: Fraction, unit: Fraction | None, rule: str) -> Fraction:
    """Rounded to a multiple of the unit."""
    if unit is None:
        return amount
    steps = amount / unit
    if rule == "half_even":
        return unit * round(steps)
    if rule == "half_up":
        return unit * floor(steps + Fraction(1, 2))
    return unit * ceil(steps)


class Contract:
    """The terms as exact numbers, with the two roundings that a contract has."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.kind: str = given.get("repayment", "annuity")
        self.flat = given.get("quotation", "declining") == "flat"
        self.between: int = given.get("months_between", 1)
        self.periods: int = given["instalments"]
        self.grace: int = given.get("grace_months", 0) // self.between
        self.paying = self.periods - self.grace
        self.holiday = self.grace > 0 and given.get("grace_kind", "principal_only") == "full"
        self.capitalise = self.holiday and given.get("grace_interest", "capitalised") == "capitalised"
        self.principal = exact(given["principal"])
        self.years = Fraction(self.between, 12)
        self.annual_rate = exact(given["annual_rate"])
        self.balloon = exact(given.get("balloon_share", 0.0))
        self.weights = [exact(weight) for weight in given.get("principal_pattern", ())]
        self.number = {name: exact(given.get(name, 0.0)) for name in given if name.endswith(("_share", "_amount"))}
        self.insurance = exact(given.get("insurance_share_per_year", 0.0))
        self.savings_rate = exact(given.get("savings_annual_rate", 0.0))
        unit, minor = given.get("rounding_unit"), given.get("minor_unit")
        self.unit = None if unit is None else exact(unit)
        self.minor = None if unit is None or minor is None else exact(minor)
        self.rule: str = given.get("rounding_rule", "half_even")

    def small(self, amount: Fraction) -> Fraction:
        return round_to(amount, self.minor, "half_even" if self.rule == "up" else self.rule)

    def whole(self, amount: Fraction) -> Fraction:
        return round_to(amount, self.unit, self.rule)


def work_out(given: Mapping[str, Any]) -> Worked:
    """All rows of the loan that these terms describe."""
    c = Contract(given)
    lends = c.principal > 0
    upfront = c.principal * c.number.get("upfront_fee_share", ZERO) + c.number.get("upfront_fee_amount", ZERO)
    deposit = c.small(c.principal * c.number.get("compulsory_savings_share", ZERO))
    worked = Worked(c.principal, c.small(upfront) if lends else ZERO, deposit)
    total_flat = c.small(c.principal * c.annual_rate * c.years * c.periods)
    balance, waiting, flat_accrued, flat_paid, saved = c.principal, ZERO, ZERO, ZERO, deposit
    level = None
    for number in range(1, c.periods + 1):
        row = Row(opening=balance)
        last, in_grace = number == c.periods, number <= c.grace
        if c.flat:
            planned = total_flat if last else min(number * c.small(total_flat / c.periods), total_flat)
            if c.holiday and c.kind != "bullet" and not in_grace:  # never accrued later than paid
                paid_by_now = (number - c.grace) * c.small(total_flat / c.paying)
                planned = max(planned, min(paid_by_now, total_flat))
            row.accrued = planned - flat_accrued
            flat_accrued = planned
        else:
            row.accrued = c.small(balance * c.annual_rate * c.years)
        waiting += row.accrued
        if in_grace and c.capitalise:
            row.capitalised, waiting = row.accrued, ZERO
        elif (in_grace and c.holiday) or (c.kind == "bullet" and not last):
            pass
        elif c.flat and c.holiday and c.kind != "bullet":
            row.due = total_flat - flat_paid if last else min(c.small(total_flat / c.paying), total_flat - flat_paid)
        else:
            row.due = waiting
        flat_paid += row.due
        waiting -= row.due
        if not in_grace:
            if number == c.grace + 1:
                owed = balance
                level = level_instalment(c, owed)
            row.principal = principal_due(c, row, number - c.grace, owed=owed, level=level, total_flat=total_flat)
        pays = not (in_grace and c.holiday) and (c.kind != "bullet" or last)
        row.fees = c.small(row.opening * c.insurance * c.years)
        if pays and row.opening > 0:
            row.fees += c.small(c.number.get("instalment_fee_amount", ZERO))
        row.savings_interest = c.small(deposit * c.savings_rate * c.years)
        saved += row.savings_interest
        if last:
            row.savings_returned, saved = saved, ZERO
        row.savings = saved
        balance = balance + row.capitalised - row.principal
        row.closing = balance
        worked.rows.append(row)
    return worked


def level_instalment(c: Contract, owed: Fraction) -> Fraction | None:
    """The equal instalment of an annuity on the balance: the one whose present values add up to what is owed."""
    if c.flat or c.kind not in ("annuity", "balloon"):
        return None
    rate = c.annual_rate * c.years
    discount = 1 / (1 + rate)
    worth = sum((discount**number for number in range(1, c.paying + 1)), ZERO)
    return c.whole((owed - owed * c.balloon * discount**c.paying) / worth)


def principal_due(
    c: Contract, row: Row, number: int, *, owed: Fraction, level: Fraction | None, total_flat: Fraction
) -> Fraction:
    """Principal of paying instalment ``number``."""
    weights = [c.weights[i % len(c.weights)] for i in range(c.paying)] if c.kind == "seasonal" else []
    if number == c.paying or (weights and not any(weights[number:]) and weights[number - 1] > 0):
        return row.opening
    if c.kind in ("interest_only", "bullet"):
        return ZERO
    if level is not None:
        planned = level - row.accrued  # deferred interest comes on top of the level instalment
    elif c.kind == "seasonal":
        planned = c.whole(owed * weights[number - 1] / sum(weights))
    else:
        planned = c.whole(owed * (1 - c.balloon) / c.paying)
        if c.flat and c.kind in ("annuity", "balloon") and c.unit is not None:
            planned += c.whole(total_flat / (c.paying if c.holiday else c.periods)) - row.due
    return min(max(planned, ZERO), row.opening)


def flows(worked: Worked) -> list[Fraction]:
    """What the borrower receives (positive) and pays, from the pay-out on."""
    paid = [row.savings_returned - row.due - row.principal - row.fees for row in worked.rows]
    return [worked.principal - worked.upfront_fee - worked.savings_deposit, *paid]


def present_value(amounts: list[Fraction], rate: float) -> Fraction:
    """Flows discounted at a rate per period, exactly."""
    growth = 1 + Fraction(rate)
    return sum((amount / growth**period for period, amount in enumerate(amounts)), ZERO)
