"""Loans of the oracle whose interest is not that of a balance in arrears: quoted flat, or paid before it has run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from tests.oracles.loan_fractions import ZERO, Contract, Row, Worked, first_balance, principal_parts

__all__ = ["repay_before", "repay_flat"]


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


def prod(numbers: Iterable[Fraction]) -> Fraction:
    result = Fraction(1)
    for number in numbers:
        result *= number
    return result
