"""The arithmetic of a loan, for one scenario or for thousands at once: from signed terms to arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from finance_kit.errors import CalculationError, ShapeError
from finance_kit.loans import advance, charges, repayment
from finance_kit.loans.accrual import accrual
from finance_kit.loans.grid import Grid
from finance_kit.loans.terms import LoanTerms

__all__ = ["LoanArrays", "amortise"]

FloatArray = npt.NDArray[np.float64]

# Wider than what a contract may say: a drawn scenario can push a rate below zero and a principal far up.
_HIGHEST_PRINCIPAL = 1e15
_LOWEST_RATE = -0.9
_HIGHEST_RATE = 100.0


@dataclass(frozen=True, slots=True)
class LoanArrays:
    """Everything that a loan does: N instalment periods by S scenarios, in the loan's currency.

    Always ``closing = opening + drawn + interest_capitalised - principal_due``, the last closing balance is exactly 0,
    the principal repaid, down payment included, is the sum lent plus what was capitalised, and the interest accrued is
    the interest paid (kept back at pay-out included) plus the interest capitalised. Amounts are positive in the sense
    of their name.

    Parameters
    ----------
    principal : (S,), sum lent
    upfront_fee : (S,), kept back at pay-out
    fee_capitalised : (S,), added to what is owed at pay-out
    upfront_interest : (S,), interest kept back at pay-out
    down_payment : (S,), principal paid back on the day of the pay-out
    savings_deposit : (S,), deposited at pay-out
    opening_balance, closing_balance : (N, S), principal owed before and after the instalment
    drawn : (N, S), paid out within the period
    interest_accrued : (N, S), interest of the period, whenever it is paid
    interest_due : (N, S), interest paid with the instalment; the very array of ``interest_accrued`` where all of it is
    interest_capitalised : (N, S), interest added to the principal at the end of the period
    principal_due : (N, S), principal paid with the instalment
    fees_due : (N, S), instalment fee and insurance
    savings_added : (N, S), deposited with the instalment
    savings_balance : (N, S), compulsory savings with their interest, after the period
    savings_interest : (N, S), interest credited to them
    savings_returned : (N, S), paid back to the borrower
    """

    principal: FloatArray
    upfront_fee: FloatArray
    fee_capitalised: FloatArray
    upfront_interest: FloatArray
    down_payment: FloatArray
    savings_deposit: FloatArray
    opening_balance: FloatArray
    drawn: FloatArray
    interest_accrued: FloatArray
    interest_due: FloatArray
    interest_capitalised: FloatArray
    principal_due: FloatArray
    fees_due: FloatArray
    closing_balance: FloatArray
    savings_added: FloatArray
    savings_balance: FloatArray
    savings_interest: FloatArray
    savings_returned: FloatArray

    @property
    def instalment(self) -> FloatArray:
        """(N, S), interest plus principal due: the debt service of the period, fees apart."""
        return self.interest_due + self.principal_due

    @property
    def interest_payable(self) -> FloatArray:
        """(N, S), interest accrued and neither paid nor capitalised at the end of the period; below 0 when prepaid."""
        owed = np.cumsum(self.interest_accrued - self.interest_due - self.interest_capitalised, axis=0)
        owed -= self.upfront_interest
        owed[-1] = 0.0  # the last instalment pays all of it; what is left of a sum of floats is no debt
        return owed

    @property
    def net_received(self) -> FloatArray:
        """(S,), what the borrower has in hand at the first pay-out."""
        later = np.cumsum(self.drawn, axis=0)[-1]  # in the order of time: one scenario as many
        kept_back = self.upfront_fee + self.upfront_interest + self.down_payment + self.savings_deposit
        in_hand: FloatArray = self.principal - later - kept_back
        return in_hand


def amortise(
    terms: LoanTerms,
    *,
    principal: float | FloatArray | None = None,
    annual_rate: float | FloatArray | None = None,
) -> LoanArrays:
    """Schedule of a loan in every scenario.

    Parameters
    ----------
    terms : what is signed
    principal : scalar or (S,), in the loan's currency, instead of the terms' principal; further pay-outs
        keep their share of it, sums that are agreed (``instalment_amounts``, fixed fees) stay
    annual_rate : scalar or (S,), fraction a year as quoted, instead of the terms' rate; later rates keep their distance

    Returns
    -------
    LoanArrays, ``terms.instalments`` by S (1 without scenarios)

    Raises
    ------
    ShapeError : an override has more than one axis, or the two are not equally long
    CalculationError : a principal is negative, a rate is below -90 % a year, or one is not finite

    Notes
    -----
    Equal instalment ``A = P r / (1 - (1 + r)^-n)``; equal principal ``P / n`` over the n periods after the grace. The
    unrounded balance is the worth of the instalments still to come, ``B_k = P (1 - v^(n-k)) / (1 - v^n)`` with
    ``v = 1 / (1 + r)``: unlike a balance written with growing powers, it loses no digits in long or dear contracts.
    """
    lent, rate = _scenarios(terms, principal, annual_rate)
    grid, time = Grid.of(terms), accrual(terms)
    sum_lent = grid.units(lent)
    added_fee = charges.capitalised_fee(terms, sum_lent, grid)
    first = sum_lent
    if time.draws is not None:
        first = sum_lent - np.cumsum(grid.amount(sum_lent * time.draws), axis=0)[-1]
    down = np.minimum(grid.instalment(sum_lent * terms.down_payment_share), first)
    start = first + added_fee - down
    build = repayment.flat if terms.quotation == "flat" else repayment.declining
    shape = terms
    if terms.interest_timing == "up_front" and terms.repayment == "annuity":
        shape = replace(terms, repayment="equal_principal")  # instalments without interest are equal principal
    ledger = build(shape, start, sum_lent, rate, time, grid)
    kept_back = np.broadcast_to(0.0, lent.shape)
    if terms.interest_timing != "arrears":
        ledger, kept_back = advance.paid_before(terms, ledger, rate, time, grid)
    accrued, balance = grid.currency(ledger.accrued), grid.currency(ledger.balance)
    deposit, saved, savings, credited, returned = charges.savings_account(terms, ledger, sum_lent, time, grid)
    return LoanArrays(
        principal=lent,
        upfront_fee=grid.currency(charges.upfront_fee(terms, sum_lent, grid)),
        fee_capitalised=grid.currency(added_fee),
        upfront_interest=grid.currency(kept_back),
        down_payment=grid.currency(down),
        savings_deposit=grid.currency(deposit),
        opening_balance=balance[:-1],
        drawn=grid.currency(ledger.drawn),
        interest_accrued=accrued,
        interest_due=accrued if ledger.due is ledger.accrued else grid.currency(ledger.due),
        interest_capitalised=grid.currency(ledger.capitalised),
        principal_due=grid.currency(ledger.repaid),
        fees_due=grid.currency(charges.fees_with_instalments(terms, ledger, sum_lent, time, grid)),
        closing_balance=balance[1:],
        savings_added=grid.currency(saved),
        savings_balance=grid.currency(savings),
        savings_interest=grid.currency(credited),
        savings_returned=grid.currency(returned),
    )


def _scenarios(
    terms: LoanTerms, principal: float | FloatArray | None, annual_rate: float | FloatArray | None
) -> tuple[FloatArray, FloatArray]:
    """Principal and quoted rate of every scenario, both (S,)."""
    lent = np.array(terms.principal if principal is None else principal, dtype=np.float64, ndmin=1)
    rate = np.array(terms.annual_rate if annual_rate is None else annual_rate, dtype=np.float64, ndmin=1)
    if lent.ndim > 1 or rate.ndim > 1 or 0 in (lent.size, rate.size) or len({1, lent.size, rate.size}) > 2:
        raise ShapeError("loan_scenarios_differ", principal=lent.shape, annual_rate=rate.shape)
    if not ((lent >= 0) & (lent <= _HIGHEST_PRINCIPAL)).all():
        raise CalculationError("loan_scenario_principal", highest=_HIGHEST_PRINCIPAL)
    if not ((rate >= _LOWEST_RATE) & (rate <= _HIGHEST_RATE)).all():
        raise CalculationError("loan_scenario_rate", lowest=_LOWEST_RATE, highest=_HIGHEST_RATE)
    if lent.size != rate.size:
        lent, rate = np.broadcast_arrays(lent, rate)
    return lent, rate
