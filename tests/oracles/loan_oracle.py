"""A loan worked out period by period in exact fractions, slowly and plainly, from the words of the contract.

Shares nothing with the package: no arrays, no closed balance, no floats until the answer is handed back. ``Fraction``
rather than ``Decimal``, because a twelfth of a rate has no exact decimal and a tie must stay a tie. Level instalments
are not a formula here: the loan is run with an instalment of 0 and of 1, and since what is left at the end is linear
in the instalment, the two say which one ends it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from tests.oracles.loan_calendar import PER_YEAR, Calendar, cut, month_later, step, years

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
    upfront = c.small(c.principal * c.number.get("upfront_fee_share", ZERO) + c.number.get("upfront_fee_amount", ZERO))
    added = ZERO
    for fee in c.fees:
        amount = c.small(exact(fee.amount) if fee.basis == "amount" else share_of(fee) * c.principal)
        if fee.when in ("pay_out", "yearly"):
            upfront += amount
        elif fee.when == "capitalised":
            added += amount
    first = c.principal - sum((period.drawn for period in c.time), ZERO)
    down = min(c.whole(c.principal * c.number.get("down_payment_share", ZERO)), first)
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
        known = c.known_at(start)
        owed = run(c, worked, plan, known)[start].opening
        balloon = run(c, worked, plan, known)[c.grace].opening * c.balloon
        plan[start] = level_instalment(c, known, owed, balloon, start)
        if c.progressive and c.kind in ("annuity", "balloon"):
            plan[start] = evened_out(c, worked, plan, known, start, balloon)
    worked.rows = run(c, worked, plan, c.time)


def run(c: Contract, worked: Worked, plan: Mapping[int, Fraction], time: Sequence[Period]) -> list[Row]:
    """The periods one after the other, with the level instalment of each stretch of the loan."""
    rows: list[Row] = []
    balance, waiting = first_balance(c, worked), ZERO
    level = ZERO
    parts: list[Fraction] = []
    for number, period in enumerate(time):
        row = Row(opening=balance, drawn=period.drawn)
        last = number == c.periods - 1
        highest = row.opening + row.drawn
        if number == c.grace or (period.sets_anew and number > c.grace):
            level = plan.get(number, ZERO)
            parts = [ZERO] * number + principal_parts(c, number, highest)
        row.accrued = c.interest(period.interest(balance))
        waiting += row.accrued
        if number < c.grace:
            if c.capitalise:
                row.capitalised, waiting = waiting, ZERO
            elif not c.holiday:
                row.due = waiting
        elif last:
            row.due, row.principal = waiting, highest
        elif c.kind in ("annuity", "balloon", "stepped", "custom"):
            instalment = level
            if c.kind == "stepped":
                instalment = c.whole(level * weight_of(c, number))
            elif c.kind == "custom":
                instalment = c.agreed[number - c.grace]
            if number >= c.interest_grace:
                row.due = min(waiting, instalment) if c.progressive else waiting
            row.principal = min(max(instalment - (row.due if c.progressive else row.accrued), ZERO), highest)
        else:
            row.due = ZERO if c.kind == "bullet" or number < c.interest_grace else waiting
            row.principal = min(parts[number], highest)
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
    parts = [c.whole(owed * weight / sum(weights)) for weight in weights]
    bearing = [place for place, weight in enumerate(weights) if weight]
    if c.first_remainder:
        parts[bearing[0]] = max(parts[bearing[0]] + owed - sum(parts), ZERO)
    parts[bearing[-1]] = owed  # never more than is left
    return parts


def level_instalment(c: Contract, time: Sequence[Period], owed: Fraction, balloon: Fraction, start: int) -> Fraction:
    """The instalment (for a weight of 1) that ends the loan as agreed, rounded if instalments are."""
    if c.kind not in ("annuity", "balloon", "stepped"):
        return ZERO

    def at_end(instalment: Fraction) -> Fraction:
        balance = owed
        for number in range(start, c.periods):
            period = time[number]
            waits = c.progressive and number < c.interest_grace
            interest = ZERO if waits else period.assumed(balance)
            balance += period.drawn + interest - instalment * weight_of(c, number)
        return balance

    without, with_one = at_end(ZERO), at_end(Fraction(1))
    found = (without - balloon) / (without - with_one)
    return c.whole(found) if c.kind != "stepped" else found


def evened_out(
    c: Contract,
    worked: Worked,
    plan: Mapping[int, Fraction],
    known: Sequence[Period],
    start: int,
    balloon: Fraction,
) -> Fraction:
    """The level instalment corrected until the last one, its balloon apart, is near it: thrice at most if rounded."""
    count = c.periods - start

    def gap(instalment: Fraction) -> Fraction:
        last = run(c, worked, {**plan, start: instalment}, known)[-1]
        return last.due + last.principal - balloon - instalment

    level = plan[start]
    if c.unit is None:
        return where_nothing_is_left(gap, level, level * Fraction(11, 10) + 1)
    for _ in range(3):
        off = gap(level)
        if abs(off) * 100 <= count // 2:
            break
        other = c.whole(level + c.small(off / count))
        if other == level or abs(gap(other)) >= abs(off):
            break
        level = other
    return level


def where_nothing_is_left(gap: Callable[[Fraction], Fraction], low: Fraction, high: Fraction) -> Fraction:
    """Root of a broken straight line, by the chord: exact once both ends lie on its last piece."""
    at_low, at_high = gap(low), gap(high)
    for _ in range(60):
        if at_low in (0, at_high):
            return low
        new = low - at_low * (high - low) / (at_high - at_low)
        low, at_low, high, at_high = new, gap(new), low, at_low
    return low


# --- flat quotation -------------------------------------------------------------------------------------------------


def repay_flat(c: Contract, worked: Worked) -> None:
    """Rows of a loan whose interest is fixed on the sum lent."""
    owed = first_balance(c, worked)
    everyone = range(c.periods)
    charged = [number for number in everyone if number >= c.free]
    payers = [n for n in charged if n >= c.grace] if c.holiday else charged
    if c.progressive:
        arising = [c.interest(sum((owed * s.rate * s.years for s in c.time[n].stretches), ZERO)) for n in everyone]
        total = sum(arising, ZERO)
    else:
        total = c.interest(c.principal * c.annual_rate * sum((c.time[n].length for n in charged), ZERO))
        arising = evenly(c, total, charged)
    due = arising
    if c.kind == "bullet":
        due = [ZERO] * (c.periods - 1) + [total]
    elif c.holiday:
        due = evenly(c, total, payers or [c.periods - 1])
    principal = [ZERO] * c.grace + flat_principal(c, owed, due, total, payers)
    balance, so_far, paid, arisen = owed, ZERO, ZERO, ZERO
    for number in everyone:
        row = Row(opening=balance, due=due[number])
        so_far, paid = so_far + arising[number], paid + due[number]
        row.accrued = max(so_far, paid) - arisen  # never accrued later than paid
        arisen += row.accrued
        row.principal = balance if number == c.periods - 1 else min(max(principal[number], ZERO), balance)
        balance -= row.principal
        row.closing = balance
        worked.rows.append(row)
    if c.timing == "up_front":
        worked.upfront_interest = sum((row.accrued for row in worked.rows), ZERO)
        for row in worked.rows:
            row.due = ZERO


def evenly(c: Contract, total: Fraction, places: Sequence[int]) -> list[Fraction]:
    """A total spread evenly over some instalments, what rounding leaves in the last (or first) of them."""
    parts = [ZERO] * c.periods
    if not places:
        return parts
    for place in places:
        parts[place] = c.interest(total / len(places))
    if c.first_remainder:
        parts[places[0]] = max(total - sum(parts[place] for place in places[1:]), ZERO)
    left = total
    for place in places:
        parts[place] = left if place == places[-1] else min(parts[place], left)
        left -= parts[place]
    return parts


def flat_principal(
    c: Contract, owed: Fraction, due: Sequence[Fraction], total: Fraction, payers: Sequence[int]
) -> list[Fraction]:
    """Principal of each instalment after the grace."""
    if c.kind not in ("annuity", "balloon") or c.unit is None or c.timing == "up_front":
        return principal_parts(c, c.grace, owed)
    parts = []
    for number in range(c.grace, c.periods):
        plain = owed * (1 - c.balloon) / c.paying + (owed * c.balloon if number == c.periods - 1 else ZERO)
        if c.progressive:  # one equal instalment, of which the interest is a part
            interest = sum(due[c.grace :], ZERO) / c.paying
            parts.append(max(c.whole(plain + interest) - due[number], ZERO))
        elif number in payers:
            parts.append(max(c.whole(plain) + c.whole(total / len(payers)) - due[number], ZERO))
        else:
            parts.append(c.whole(plain))
    if c.first_remainder and c.balloon < 1:
        parts[0] = max(parts[0] + owed - sum(parts), ZERO)
    return parts


# --- interest before it has run --------------------------------------------------------------------------------------


def repay_before(c: Contract, worked: Worked) -> None:
    """Rows of a loan whose interest is paid at the beginning of a period, or all of it at pay-out."""
    advance = c.timing == "advance"
    balance = first_balance(c, worked)
    growth = [c.annual_rate * period.length for period in c.time]
    next_interest = c.interest(balance * growth[0])
    if advance:
        worked.upfront_interest = next_interest
    level = ZERO
    parts: list[Fraction] = []
    for number in range(c.periods):
        row = Row(opening=balance, accrued=next_interest)
        last = number == c.periods - 1
        ahead = ZERO if last else growth[number + 1]
        if number == c.grace:
            if c.kind == "annuity" and advance:
                ahead_of = [prod(1 - share for share in growth[c.grace + 1 : n + 1]) for n in range(c.grace, c.periods)]
                level = c.whole(balance / sum(ahead_of))
            parts = [ZERO] * number + principal_parts(c, number, balance)
        if last:
            row.principal = balance
        elif number >= c.grace:
            row.principal = min(parts[number], balance)
            if c.kind == "annuity" and advance:
                coming = c.interest(max(balance - level, ZERO) / (1 - ahead) * ahead)
                row.principal = min(max(level - coming, ZERO), balance)
        balance -= row.principal
        row.closing = balance
        next_interest = c.interest(balance * ahead)
        row.due = next_interest if advance else ZERO
        worked.rows.append(row)
    if not advance or c.kind == "bullet":  # a bullet has no instalment on the way that could bear it
        for row in worked.rows:
            row.due = ZERO
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
    clearing = max((number for number, row in enumerate(worked.rows) if row.opening + row.drawn > 0), default=None)
    for number, row in enumerate(worked.rows):
        length = c.time[number].length
        last = number == c.periods - 1
        pays = row.opening + row.drawn > 0 and not (c.holiday and number < c.grace) and (c.kind != "bullet" or last)
        row.fees = c.small(row.opening * c.insurance * length)
        if pays:
            row.fees += c.small(c.number.get("instalment_fee_amount", ZERO))
        for fee in c.fees:
            basis = {
                "principal": c.principal,
                "outstanding": row.closing if fee.when == "yearly" else row.opening,
                "instalment": row.due + row.principal,
            }.get(fee.basis, ZERO)
            amount = exact(fee.amount) if fee.basis == "amount" else share_of(fee) * basis
            if fee.when == "each_instalment" and pays:
                row.fees += c.small(amount * (length if fee.per_year else 1))
            elif fee.when == "last_instalment" and number == clearing:
                row.fees += c.small(amount)
            elif fee.when == "yearly" and row.closing > 0:
                row.fees += c.small(amount) * anniversaries(c, number)
        row.savings_interest = c.small(deposits * c.savings_rate * length)
        saved += row.savings_interest
        if last:
            row.savings_returned, saved = saved, ZERO
        elif pays:
            row.savings_added = per_instalment
            deposits += per_instalment
            saved += per_instalment
        row.savings = saved


def anniversaries(c: Contract, number: int) -> int:
    """How many anniversaries of the pay-out have this instalment as the first one on or after them."""
    if c.calendar is None:
        return floor((number + 1) * c.interval) - floor(number * c.interval)
    begin, end = [c.calendar.disbursed, *c.calendar.paid][number : number + 2]
    found = 0
    for year in range(1, end.year - c.calendar.disbursed.year + 1):
        found += begin < month_later(c.calendar.disbursed, 12 * year) <= end
    return found


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
