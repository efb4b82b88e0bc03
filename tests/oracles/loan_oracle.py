"""A loan worked out period by period in exact fractions, slowly and plainly, from the words of the contract.

Shares nothing with the package: no arrays, no closed balance, no floats until the answer is handed back. ``Fraction``
rather than ``Decimal``, because a twelfth of a rate has no exact decimal and a tie must stay a tie. Level instalments
are not a formula here: the loan is run with an instalment of 0 and of 1, and since what is left at the end is linear
in the instalment, the two say which one ends it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.oracles.loan_charges import beginning, fees_and_savings, flows, paid, present_value
from tests.oracles.loan_fractions import ZERO, Contract, Period, Row, Worked, exact, first_balance, principal_parts
from tests.oracles.loan_interest_before import repay_before, repay_flat

BY_LEVEL = ("annuity", "balloon", "stepped", "custom")

__all__ = ["Row", "Worked", "exact", "flows", "paid", "present_value", "work_out"]


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
    balance, waiting, deferred = first_balance(c, worked), ZERO, ZERO
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
            elif not (c.progressive and c.kind in BY_LEVEL):
                deferred, waiting = deferred + waiting, ZERO
        elif last:
            row.due, row.principal = waiting, highest
        elif c.kind in BY_LEVEL:
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
        if number == c.grace:  # on top of whatever the first instalment after the grace is
            row.due += deferred
        balance = highest + row.capitalised - row.principal
        row.closing = balance
        rows.append(row)
    return rows


def weight_of(c: Contract, number: int) -> Fraction:
    """Weight of an instalment of a stepped loan; the last one holds on."""
    if c.kind != "stepped":
        return Fraction(1)
    return c.steps[min(number - c.grace, len(c.steps) - 1)]


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
