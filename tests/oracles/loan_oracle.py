"""A loan worked out period by period in exact fractions, slowly and plainly, from the words of the contract.

Shares nothing with the package: no arrays, no closed balance, no floats until the answer is handed back. ``Fraction``
rather than ``Decimal``, because a twelfth of a rate has no exact decimal and a tie must stay a tie. Level instalments
are not a formula here: the loan is run with an instalment of 0 and of 1, and since what is left at the end is linear
in the instalment, the two say which one ends it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from tests.oracles.loan_calendar import PER_YEAR, Calendar, cut, years

__all__ = ["Row", "Worked", "flows", "present_value", "work_out"]

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
    nominal: Fraction  # as long as it is meant to be
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
        self.timing: str = given.get("interest_timing", "arrears")
        self.progressive = given.get("method", "cumulative") == "progressive"
        self.first_remainder = given.get("remainder", "last") == "first"
        self.unit_of_time, self.count = "months", given.get("months_between", 1)
        for unit in ("weeks", "days"):
            if given.get(f"{unit}_between", 0):
                self.unit_of_time, self.count = unit, given[f"{unit}_between"]
        self.nominal = Fraction(self.count, PER_YEAR[self.unit_of_time])
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
        unit, minor = given.get("rounding_unit"), given.get("minor_unit")
        self.unit = None if unit is None else exact(unit)
        self.minor = None if unit is None or minor is None else exact(minor)
        self.rule: str = given.get("rounding_rule", "half_even")
        self.rounds_interest: bool = given.get("rounds_interest", True)
        self.day_count: str = given.get("day_count", "period")
        self.calendar: Calendar | None = None
        self.broken: set[int] = set()  # periods that are not simply one interval
        if (dates := given.get("calendar")) is not None:
            self.calendar = Calendar.of(dates, self.periods, self.unit_of_time, self.count)
            self.broken = set(range(self.periods)) if dates.due_dates else set()
            self.broken |= {0} if dates.first_due is not None else set()
            self.broken |= {self.periods - 1} if dates.last_due is not None else set()
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
        start, end = calendar.bears[number]
        outs = {out.on: exact(out.amount) for out in self.pay_outs if start <= out.on < end}
        changes = {change.on: change for change in self.rate_changes if start <= change.on < end}
        anew = bool(outs) or any(not change.keeps_instalment for change in changes.values())
        length = self.length(calendar, number, start, end)
        stretches = []
        for begin, until in cut(start, end, [*outs, *changes]):
            if begin in changes:
                rate = exact(changes[begin].annual_rate)
            part = self.part(calendar, number, begin, until, length)
            stretches.append(Stretch(part, rate, outs.get(begin, ZERO)))
        return Period(stretches, length, self.nominal_length(calendar, number), anew), rate

    def length(self, calendar: Calendar, number: int, start: date, end: date) -> Fraction:
        """Years of a whole period."""
        rule = self.day_count
        by_interval = rule == "period" or (rule == "30/360 period" and self.unit_of_time == "months")
        if by_interval and number not in self.broken:
            return self.nominal
        if by_interval:
            start, end = [calendar.disbursed, *calendar.nominal][number : number + 2]
        maturity = calendar.bears[-1][1]
        return years(start, end, rule, unit=self.unit_of_time, count=self.count, maturity=maturity)

    def part(self, calendar: Calendar, number: int, begin: date, until: date, length: Fraction) -> Fraction:
        """Years of a part of a period: by its own days."""
        start, end = calendar.bears[number]
        if (begin, until) == (start, end):
            return length
        return length * Fraction((until - begin).days, (end - start).days)

    def nominal_length(self, calendar: Calendar, number: int) -> Fraction:
        """Years of a period as the level instalment takes it."""
        if not self.progressive or number == 0 and number in self.broken:
            return self.nominal
        return self.length(calendar, number, *calendar.bears[number])


def work_out(given: Mapping[str, Any]) -> Worked:
    """All rows of the loan that these terms describe."""
    c = Contract(given)
    worked = beginning(c)
    if c.flat:
        repay_flat(c, worked)
    elif c.timing != "arrears":
        repay_before(c, worked)
    else:
        repay(c, worked)
    fees_and_savings(c, worked)
    return worked


def beginning(c: Contract) -> Worked:
    """What happens on the day of the pay-out."""
    if c.principal == 0:
        return Worked(ZERO, ZERO, ZERO, ZERO, ZERO)
    upfront = c.small(
        c.principal * c.number.get("upfront_fee_share", ZERO) + c.number.get("upfront_fee_amount", ZERO)
    )
    added = ZERO
    for fee in c.fees:
        amount = c.small(exact(fee.amount) if fee.basis == "amount" else share_of(fee) * c.principal)
        if fee.when in ("pay_out", "yearly"):
            upfront += amount
        elif fee.when == "capitalised":
            added += amount
    down = c.whole(c.principal * c.number.get("down_payment_share", ZERO))
    deposit = c.small(c.principal * c.number.get("compulsory_savings_share", ZERO))
    return Worked(c.principal, upfront, added, down, deposit)


def share_of(fee: Any) -> Fraction:
    """Fraction of its basis that a fee takes."""
    return exact(fee.share) * exact(fee.covered_share)


def first_balance(c: Contract, worked: Worked) -> Fraction:
    """Owed when the first period begins."""
    later = sum((period.drawn for period in c.time), ZERO)
    return worked.principal - later + worked.fee_capitalised - worked.down_payment


# --- a declining balance, interest in arrears ----------------------------------------------------------------------


def repay(c: Contract, worked: Worked) -> None:
    """Rows of a loan whose interest is that of its balance."""
    starts = [c.grace, *(number for number, p in enumerate(c.time) if p.sets_anew and number > c.grace)]
    plan: dict[int, Fraction] = {}
    for start in starts:
        # What is known when the instalment is set: what is owed then, and no later pay-out or change of rate.
        rows = run(c, worked, plan)
        owed = rows[start].opening
        plan[start] = level_instalment(c, owed, start)
        if c.progressive and c.kind == "annuity":
            plan[start] = evened_out(c, worked, plan, start)
    worked.rows = run(c, worked, plan)


def run(c: Contract, worked: Worked, plan: Mapping[int, Fraction]) -> list[Row]:
    """The periods one after the other, with the level instalment (or owed sum) of each stretch of the loan."""
    rows: list[Row] = []
    balance, waiting = first_balance(c, worked), ZERO
    level = owed = ZERO
    for number, period in enumerate(c.time):
        row = Row(opening=balance, drawn=period.drawn)
        last = number == c.periods - 1
        if number == c.grace or (period.sets_anew and number > c.grace):
            since, owed = number, row.opening + row.drawn
            level = plan.get(number, ZERO)
        row.accrued = c.interest(period.interest(balance))
        waiting += row.accrued
        highest = row.opening + row.drawn
        if number < c.grace:
            if c.capitalise:
                row.capitalised, waiting = waiting, ZERO
            elif not c.holiday:
                row.due = waiting
        elif c.kind == "bullet":
            row.due = waiting if last else ZERO
            row.principal = highest if last else ZERO
        else:
            instalment = level * weight_of(c, number)
            if c.kind == "stepped":
                instalment = c.whole(instalment)
            if c.kind == "custom" and not last:
                instalment = c.agreed[number - c.grace]
            by_instalment = c.kind in ("annuity", "balloon", "stepped", "custom")
            if number < c.interest_grace:
                row.due = ZERO
            elif c.progressive and by_instalment and not last and number != c.grace:
                row.due = min(waiting, instalment)
            else:
                row.due = waiting
            if last:
                row.principal = highest
            elif by_instalment:
                inside = row.due if c.progressive else row.accrued
                row.principal = min(max(instalment - inside, ZERO), highest)
            else:
                row.principal = min(principal_share(c, number, since, owed, highest), highest)
        waiting -= row.due
        balance = highest + row.capitalised - row.principal
        row.closing = balance
        rows.append(row)
    return rows


def weight_of(c: Contract, number: int) -> Fraction:
    """Weight of an instalment of a stepped loan; the last one holds on."""
    if c.kind != "stepped":
        return Fraction(1)
    return c.steps[min(number - c.grace, len(c.steps) - 1)]


def principal_share(c: Contract, number: int, since: int, owed: Fraction, highest: Fraction) -> Fraction:
    """Principal of an instalment that is agreed as principal."""
    if c.kind == "interest_only":
        return ZERO
    if c.kind == "equal_principal":
        return c.whole(owed / (c.periods - since))
    weights = [c.weights[i % len(c.weights)] for i in range(c.paying)]
    if weights[number - c.grace] and not any(weights[number - c.grace + 1 :]):
        return highest
    left = sum(weights[since - c.grace :])
    return c.whole(owed * weights[number - c.grace] / left) if left else ZERO


def level_instalment(c: Contract, owed: Fraction, start: int) -> Fraction:
    """The instalment (for a weight of 1) that ends the loan as agreed, rounded if instalments are."""
    if c.kind not in ("annuity", "balloon", "stepped"):
        return ZERO
    known = c.time[start].stretches[-1].rate
    owed_then = owed + c.time[start].drawn
    left = owed_then * c.balloon if c.kind == "balloon" else ZERO

    def at_end(instalment: Fraction) -> Fraction:
        balance = owed
        for number in range(start, c.periods):
            period = c.time[number]
            if number < c.free or (c.progressive and number < c.interest_grace):
                grown = balance + (period.drawn if number == start else ZERO)
            elif c.progressive and number == start and len(period.stretches) > 1:
                grown = balance + period.interest(balance) + period.drawn
            else:
                length = period.nominal if c.progressive else c.nominal
                grown = (balance + (period.drawn if number == start else ZERO)) * (1 + known * length)
            balance = grown - instalment * weight_of(c, number)
        return balance

    without, with_one = at_end(ZERO), at_end(Fraction(1))
    found = (without - left) / (without - with_one)
    return c.whole(found) if c.kind != "stepped" else found


def evened_out(c: Contract, worked: Worked, plan: dict[int, Fraction], start: int) -> Fraction:
    """The level instalment after up to three corrections that bring the last one near it."""
    count = c.periods - start

    def gap(instalment: Fraction) -> Fraction:
        last = run(c, worked, plan | {start: instalment})[-1]
        return last.due + last.principal - instalment

    level = plan[start]
    for _ in range(3):
        off = gap(level)
        if c.minor is None or abs(off) * 100 <= count // 2:
            break
        other = c.whole(level + off / count)
        if abs(gap(other)) >= abs(off):
            break
        level = other
    return level


# --- flat quotation -------------------------------------------------------------------------------------------------


def repay_flat(c: Contract, worked: Worked) -> None:
    """Rows of a loan whose interest is fixed on the sum lent."""
    base = c.principal - (worked.down_payment if c.progressive else ZERO)
    term = sum((stretch.years for period in c.time[c.free :] for stretch in period.stretches), ZERO)
    total = c.interest(base * c.annual_rate * term)
    payers = [n for n in range(c.free, c.periods) if not (c.holiday and n < c.grace)]
    bearers = range(c.free, c.periods)
    part = c.interest(total / len(payers)) if payers else ZERO
    paid = accrued = ZERO
    balance = first_balance(c, worked)
    level = None
    for number in range(c.periods):
        row = Row(opening=balance)
        last = number == c.periods - 1
        if number in payers and c.timing != "up_front":
            row.due = total - paid if number == payers[-1] else min(part, total - paid)
        if c.kind == "bullet":
            row.due = total if last else ZERO
        planned = total if last else min(len([n for n in bearers if n <= number]) * c.interest(total / max(len(bearers), 1)), total)
        planned = max(planned, paid + row.due)
        row.accrued, accrued = planned - accrued, planned
        paid += row.due
        if number >= c.grace:
            if number == c.grace:
                owed = balance
            row.principal = flat_principal(c, row, number, owed, part)
        balance -= row.principal
        row.closing = balance
        worked.rows.append(row)
    if c.timing == "up_front":
        worked.upfront_interest = total
        for row in worked.rows:
            row.due = ZERO


def flat_principal(c: Contract, row: Row, number: int, owed: Fraction, part: Fraction) -> Fraction:
    """Principal of an instalment of a flat loan."""
    if number == c.periods - 1:
        return row.opening
    if c.kind in ("interest_only", "bullet"):
        return ZERO
    if c.kind == "seasonal":
        planned = principal_share(c, number, c.grace, owed, row.opening)
    else:
        planned = c.whole(owed * (1 - c.balloon) / c.paying)
        if c.kind in ("annuity", "balloon") and c.unit is not None and c.timing == "arrears":
            planned += c.whole(part) - row.due
    return min(max(planned, ZERO), row.opening)


# --- interest before it has run --------------------------------------------------------------------------------------


def repay_before(c: Contract, worked: Worked) -> None:
    """Rows of a loan whose interest is paid at the beginning of a period, or all of it at pay-out."""
    advance = c.timing == "advance"
    balance = first_balance(c, worked)
    growth = [c.annual_rate * period.length for period in c.time]
    next_interest = c.interest(balance * growth[0])
    if advance:
        worked.upfront_interest = next_interest
    level = owed = ZERO
    for number in range(c.periods):
        row = Row(opening=balance, accrued=next_interest)
        last = number == c.periods - 1
        ahead = ZERO if last else growth[number + 1]
        if number == c.grace:
            owed = balance
            level = owed / sum(prod(1 - growth[i + 1] for i in range(c.grace, number)) for number in range(c.grace, c.periods))
            level = c.whole(level if advance else owed / c.paying)
        if last:
            row.principal = balance
        elif number >= c.grace:
            if c.kind == "annuity" and advance:
                coming = c.interest((balance - level) / (1 - ahead) * ahead)
                row.principal = min(max(level - coming, ZERO), balance)
            elif c.kind == "annuity":
                row.principal = min(level, balance)
            elif c.kind != "bullet":
                row.principal = min(principal_share(c, number, c.grace, owed, balance), balance)
        balance -= row.principal
        row.closing = balance
        next_interest = c.interest(balance * ahead)
        row.due = next_interest if advance else ZERO
        worked.rows.append(row)
    if not advance:
        worked.upfront_interest = sum((row.accrued for row in worked.rows), ZERO)


def prod(numbers: Any) -> Fraction:
    result = Fraction(1)
    for number in numbers:
        result *= number
    return result


# --- beside principal and interest ----------------------------------------------------------------------------------


def fees_and_savings(c: Contract, worked: Worked) -> None:
    """Charges and deposits of each period."""
    if c.principal == 0:
        return
    per_instalment = c.small(c.principal * c.number.get("savings_instalment_share", ZERO))
    deposits = saved = worked.savings_deposit
    for number, row in enumerate(worked.rows):
        length = c.time[number].length
        last = number == c.periods - 1
        pays = not (c.holiday and number < c.grace) and (c.kind != "bullet" or last)
        row.fees = c.small(row.opening * c.insurance * length)
        if row.opening > 0 and pays:
            row.fees += c.small(c.number.get("instalment_fee_amount", ZERO))
        for fee in c.fees:
            if row.opening > 0 and falls_due(c, fee, number, pays=pays):
                basis = {
                    "principal": c.principal,
                    "outstanding": row.opening,
                    "instalment": row.due + row.principal,
                }.get(fee.basis, ZERO)
                amount = exact(fee.amount) if fee.basis == "amount" else share_of(fee) * basis
                yearly = fee.per_year and fee.basis != "amount" and fee.when == "each_instalment"
                row.fees += c.small(amount * (length if yearly else 1))
        row.savings_interest = c.small(deposits * c.savings_rate * length)
        saved += row.savings_interest
        if last:
            row.savings_returned, saved = saved, ZERO
        elif pays:
            row.savings_added = per_instalment
            deposits += per_instalment
            saved += per_instalment
        row.savings = saved


def falls_due(c: Contract, fee: Any, number: int, *, pays: bool) -> bool:
    """Whether a fee is charged with this instalment."""
    if fee.when == "each_instalment":
        return pays
    if fee.when == "last_instalment":
        return number == c.periods - 1
    if fee.when != "yearly" or number == c.periods - 1:
        return False
    if c.calendar is not None:
        from tests.oracles.loan_calendar import month_later

        begin, end = [c.calendar.disbursed, *c.calendar.paid][number : number + 2]
        years_gone = range(1, c.periods + 2)
        return any(begin < month_later(c.calendar.disbursed, 12 * year) <= end for year in years_gone)
    return floor((number + 1) * c.nominal) > floor(number * c.nominal)


def flows(worked: Worked) -> list[Fraction]:
    """What the borrower receives (positive) and pays, from the pay-out on."""
    paid = [
        row.drawn + row.savings_returned - row.savings_added - row.due - row.principal - row.fees for row in worked.rows
    ]
    later = sum((row.drawn for row in worked.rows), ZERO)
    kept_back = worked.upfront_fee + worked.upfront_interest + worked.down_payment + worked.savings_deposit
    return [worked.principal - later - kept_back, *paid]


def present_value(amounts: list[Fraction], rate: float) -> Fraction:
    """Flows discounted at a rate per period, exactly."""
    growth = 1 + Fraction(rate)
    return sum((amount / growth**period for period, amount in enumerate(amounts)), ZERO)
