"""The terms of a loan in exact fractions: its periods with their pay-outs and rates, and its two roundings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from tests.oracles.loan_calendar import PER_YEAR, Calendar, cut, step, years

__all__ = ["ZERO", "Contract", "Period", "Row", "Worked", "exact", "first_balance", "principal_parts"]

ZERO = Fraction(0)


@dataclass
class Row:
    """One instalment period."""

    opening: Fraction
    drawn: Fraction = ZERO
    accrued: Fraction = ZERO
    due: Fraction = ZERO
    capitalised: Fraction = ZERO
    principal: Fraction = ZERO
    fees: Fraction = ZERO
    closing: Fraction = ZERO
    savings: Fraction = ZERO
    savings_added: Fraction = ZERO
    savings_interest: Fraction = ZERO
    savings_returned: Fraction = ZERO


@dataclass
class Worked:
    """The whole contract."""

    principal: Fraction
    upfront_fee: Fraction
    fee_capitalised: Fraction
    down_payment: Fraction
    savings_deposit: Fraction
    upfront_interest: Fraction = ZERO
    rows: list[Row] = field(default_factory=list)


@dataclass
class Stretch:
    """Part of a period during which nothing changes."""

    years: Fraction
    rate: Fraction
    drawn: Fraction = ZERO  # paid out as it begins


@dataclass
class Period:
    """One instalment period: the stretches of it, and its length apart from interest."""

    stretches: list[Stretch]
    length: Fraction
    level: Fraction  # its length as the level instalment assumes it
    sets_anew: bool = False

    @property
    def drawn(self) -> Fraction:
        return sum((stretch.drawn for stretch in self.stretches), ZERO)

    def interest(self, opening: Fraction) -> Fraction:
        """Exact interest of the period on what is owed as it begins."""
        total, balance = ZERO, opening
        for stretch in self.stretches:
            balance += stretch.drawn
            total += balance * stretch.rate * stretch.years
        return total

    def assumed(self, opening: Fraction) -> Fraction:
        """The same as the level instalment assumes it: each part of a period in proportion."""
        if len(self.stretches) == 1:
            return (opening + self.drawn) * self.stretches[0].rate * self.level
        return self.interest(opening) * (self.level / self.length if self.length else 0)


def exact(number: float) -> Fraction:
    """The decimal number that was written, not the float nearest to it."""
    return Fraction(repr(number))


def round_to(amount: Fraction, unit: Fraction | None, rule: str) -> Fraction:
    """Rounded to a multiple of the unit, a half of a negative amount away from zero as of a positive one."""
    if unit is None:
        return amount
    steps = amount / unit
    if rule == "half_even":
        return unit * round(steps)
    if rule == "half_up":
        return -round_to(-amount, unit, rule) if steps < 0 else unit * floor(steps + Fraction(1, 2))
    return unit * ceil(steps)


class Contract:
    """The terms as exact numbers, with the two roundings that a contract has."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.kind: str = given.get("repayment", "annuity")
        self.flat = given.get("quotation", "declining") == "flat"
        self.timing: str = given.get("interest_timing", "arrears")
        self.progressive = given.get("method", "cumulative") == "progressive"
        self.first_remainder = given.get("remainder", "last") == "first"
        self.unit_of_time, self.count = "months", given.get("months_between", 1)
        for unit in ("weeks", "days"):
            if given.get(f"{unit}_between", 0):
                self.unit_of_time, self.count = unit, given[f"{unit}_between"]
        self.interval = Fraction(self.count, PER_YEAR[self.unit_of_time])
        self.periods: int = given["instalments"]
        self.grace: int = given.get("grace_instalments", 0)
        if self.unit_of_time == "months":
            self.grace = self.grace or given.get("grace_months", 0) // self.count
        self.paying = self.periods - self.grace
        self.holiday = self.grace > 0 and given.get("grace_kind", "principal_only") == "full"
        self.capitalise = self.holiday and given.get("grace_interest", "capitalised") == "capitalised"
        self.interest_grace: int = given.get("interest_grace_instalments", 0)
        self.free: int = given.get("interest_free_instalments", 0)
        self.principal = exact(given["principal"])
        self.annual_rate = exact(given["annual_rate"])
        self.balloon = exact(given.get("balloon_share", 0.0))
        self.weights = [exact(weight) for weight in given.get("principal_pattern", ())]
        self.steps = [exact(weight) for weight in given.get("instalment_pattern", ())]
        self.agreed = [exact(amount) for amount in given.get("instalment_amounts", ())]
        self.number = {name: exact(given.get(name, 0.0)) for name in given if name.endswith(("_share", "_amount"))}
        self.insurance = exact(given.get("insurance_share_per_year", 0.0))
        self.savings_rate = exact(given.get("savings_annual_rate", 0.0))
        self.fees: Sequence[Any] = given.get("fees", ())
        self.pay_outs: Sequence[Any] = given.get("pay_outs", ())
        self.rate_changes: Sequence[Any] = given.get("rate_changes", ())
        self.unit = exact(given["rounding_unit"]) if given.get("rounding_unit") else None
        self.minor = exact(given["minor_unit"]) if given.get("minor_unit") and self.unit else None
        self.rule: str = given.get("rounding_rule", "half_even")
        self.rounds_interest: bool = given.get("rounds_interest", True)
        self.day_count: str = given.get("day_count", "period")
        self.nominal = self.interval
        if self.day_count != "period":  # counted by days: months of 30
            length = 360 if "360" in self.day_count else 364 if "364" in self.day_count else 365
            self.nominal = Fraction(self.count * {"months": 30, "weeks": 7, "days": 1}[self.unit_of_time], length)
        self.calendar: Calendar | None = None
        self.agreed_dates = False
        if (dates := given.get("calendar")) is not None:
            self.calendar = Calendar.of(dates, self.periods, self.unit_of_time, self.count)
            self.agreed_dates = bool(dates.due_dates)
        self.time = self.lay_out()

    def small(self, amount: Fraction) -> Fraction:
        return round_to(amount, self.minor, "half_even" if self.rule == "up" else self.rule)

    def whole(self, amount: Fraction) -> Fraction:
        return round_to(amount, self.unit, self.rule)

    def interest(self, amount: Fraction) -> Fraction:
        return self.small(amount) if self.rounds_interest else amount

    # --- time -----------------------------------------------------------------------------------------------------

    def lay_out(self) -> list[Period]:
        """Every period with its pay-outs and rates."""
        laid: list[Period] = []
        rate = self.annual_rate
        for number in range(self.periods):
            if self.calendar is None:
                drawn = sum((exact(out.amount) for out in self.pay_outs if out.after_instalment == number), ZERO)
                anew = drawn > 0
                for change in self.rate_changes:
                    if change.after_instalment == number:
                        rate, anew = exact(change.annual_rate), anew or not change.keeps_instalment
                period = Period([Stretch(self.nominal, rate, drawn)], self.nominal, self.nominal, anew)
            else:
                period, rate = self.dated(self.calendar, number, rate)
            if number < self.free:
                for stretch in period.stretches:
                    stretch.rate = ZERO
            laid.append(period)
        return laid

    def dated(self, calendar: Calendar, number: int, rate: Fraction) -> tuple[Period, Fraction]:
        """A period between two days, and the rate at its end."""
        start, end = self.bearing(calendar, number)
        outs = {out.on: exact(out.amount) for out in self.pay_outs if start <= out.on < end}
        changes = {change.on: change for change in self.rate_changes if start <= change.on < end}
        anew = bool(outs) or any(not change.keeps_instalment for change in changes.values())
        whole = self.count_years(calendar, start, end)
        length = self.nominal if self.by_interval and number not in calendar.broken else whole
        stretches = []
        for begin, until in cut(start, end, [*outs, *changes]):
            if begin in changes:
                rate = exact(changes[begin].annual_rate)
            # What is still to come of a period at one day less what is still to come at the next.
            part = self.count_years(calendar, begin, end) - self.count_years(calendar, until, end)
            share = part / whole if whole else Fraction(begin == start)
            stretches.append(Stretch(length * share, rate, outs.get(begin, ZERO)))
        return Period(stretches, length, self.level_length(calendar, number, length), anew), rate

    @property
    def by_interval(self) -> bool:
        """Whether a period counts whole whatever its days."""
        return self.day_count in ("period", "30/360 period")

    def bearing(self, calendar: Calendar, number: int) -> tuple[date, date]:
        """The days between which a period bears interest."""
        if not self.by_interval:
            return calendar.bears[number]
        start, end = [calendar.disbursed, *calendar.nominal][number : number + 2]
        return start, end

    def count_years(self, calendar: Calendar, start: date, end: date) -> Fraction:
        maturity = calendar.bears[-1][1]
        rule, unit = self.day_count, self.unit_of_time
        return years(start, end, rule, unit=unit, maturity=maturity, month_end=calendar.month_end)

    def level_length(self, calendar: Calendar, number: int, length: Fraction) -> Fraction:
        """Years of a period as the level instalment takes it."""
        if not self.progressive and not self.agreed_dates:
            return self.nominal
        if number == 0 and number in calendar.broken and not self.agreed_dates:
            if self.by_interval:
                return self.nominal
            after = step(calendar.disbursed, self.unit_of_time, self.count, calendar.month_end)
            return self.count_years(calendar, calendar.disbursed, after)
        return length

    def known_at(self, start: int) -> list[Period]:
        """The periods as they look when an instalment is set: no later pay-out, no later change of rate."""
        rate = self.rate_at_end(start)
        later = [
            Period([Stretch(p.length, ZERO if number < self.free else rate)], p.length, p.level)
            for number, p in enumerate(self.time[start + 1 :], start=start + 1)
        ]
        return [*self.time[: start + 1], *later]

    def rate_at_end(self, number: int) -> Fraction:
        """Quoted rate in force when a period ends, those free of interest included."""
        rate = self.annual_rate
        for change in self.rate_changes:
            if self.calendar is None:
                reached = change.after_instalment <= number
            else:
                reached = change.on < self.bearing(self.calendar, number)[1]
            if reached:
                rate = exact(change.annual_rate)
        return rate


def first_balance(c: Contract, worked: Worked) -> Fraction:
    """Owed when the first period begins."""
    later = sum((period.drawn for period in c.time), ZERO)
    return worked.principal - later + worked.fee_capitalised - worked.down_payment


def principal_parts(c: Contract, since: int, owed: Fraction) -> list[Fraction]:
    """Principal of every instalment left where interest has no say in it; the last that pays any takes the rest."""
    count = c.periods - since
    weights = [Fraction(1)] * count
    if c.kind in ("interest_only", "bullet"):
        weights = [ZERO] * (count - 1) + [Fraction(1)]
    elif c.kind == "seasonal":
        weights = [c.weights[i % len(c.weights)] for i in range(since - c.grace, c.paying)]
    elif c.kind == "balloon":
        weights = [(1 - c.balloon) / count] * count
        weights[-1] += c.balloon
    if not any(weights):
        return weights
    total = sum(weights)
    parts = [c.whole(owed * weight / total) for weight in weights]
    bearing = [place for place, weight in enumerate(weights) if weight]
    if c.first_remainder:
        parts[bearing[0]] = max(parts[bearing[0]] + owed - sum(parts), ZERO)
    parts[bearing[-1]] = owed  # never more than is left
    return parts
