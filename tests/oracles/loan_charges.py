"""What the oracle's loans cost beside interest, and the flows that come of all of it."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

from tests.oracles.loan_calendar import month_later
from tests.oracles.loan_fractions import ZERO, Contract, Row, Worked, exact

__all__ = ["beginning", "fees_and_savings", "flows", "paid", "present_value"]


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


def paid(row: Row) -> Fraction:
    """What the borrower pays with an instalment, less savings that come back."""
    return row.due + row.principal + row.fees + row.savings_added - row.savings_returned


def flows(worked: Worked) -> list[Fraction]:
    """What the borrower receives (positive) and pays, period by period; a pay-out comes as its period begins."""
    kept_back = worked.upfront_fee + worked.upfront_interest + worked.down_payment + worked.savings_deposit
    later = [row.drawn for row in worked.rows]
    received = [worked.principal - sum(later) - kept_back + later[0], *later[1:], ZERO]
    return [got - given for got, given in zip(received, [ZERO, *map(paid, worked.rows)], strict=True)]


def present_value(amounts: list[Fraction], rate: float) -> Fraction:
    """Flows discounted at a rate per period, exactly."""
    growth = 1 + Fraction(rate)
    return sum((amount / growth**period for period, amount in enumerate(amounts)), ZERO)
