"""The arithmetic of a loan, for one scenario or for thousands at once: from signed terms to arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finance_kit.errors import CalculationError, ShapeError
from finance_kit.loans import charges, repayment
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

    Always ``closing = opening + interest_capitalised - principal_due``, the last closing balance is exactly 0, the
    principal repaid is the sum lent plus the interest capitalised, and the interest accrued is the interest paid plus
    the interest capitalised. Amounts are positive in the sense of their name.

    Parameters
    ----------
    principal : (S,), sum lent
    upfront_fee : (S,), kept back at pay-out
    savings_deposit : (S,), deposited at pay-out
    opening_balance, closing_balance : (N, S), principal owed before and after the instalment
    interest_accrued : (N, S), interest of the period, whenever it is paid
    interest_due : (N, S), interest paid with the instalment; the very array of ``interest_accrued`` where all of it is
    interest_capitalised : (N, S), interest added to the principal at the end of the period
    principal_due : (N, S), principal paid with the instalment
    fees_due : (N, S), instalment fee and insurance
    savings_balance : (N, S), compulsory savings with their interest, after the period
    savings_interest : (N, S), interest credited to them
    savings_returned : (N, S), paid back to the borrower
    """

    principal: FloatArray
    upfront_fee: FloatArray
    savings_deposit: FloatArray
    opening_balance: FloatArray
    interest_accrued: FloatArray
    interest_due: FloatArray
    interest_capitalised: FloatArray
    principal_due: FloatArray
    fees_due: FloatArray
    closing_balance: FloatArray
    savings_balance: FloatArray
    savings_interest: FloatArray
    savings_returned: FloatArray

    @property
    def instalment(self) -> FloatArray:
        """(N, S), interest plus principal due: the debt service of the period, fees apart."""
        return self.interest_due + self.principal_due

    @property
    def interest_payable(self) -> FloatArray:
        """(N, S), interest accrued and neither paid nor capitalised at the end of the period."""
        owed = np.cumsum(self.interest_accrued - self.interest_due - self.interest_capitalised, axis=0)
        owed[-1] = 0.0  # the last instalment pays all of it; what is left of a sum of floats is no debt
        return owed

    @property
    def net_received(self) -> FloatArray:
        """(S,), what the borrower has in hand at pay-out."""
        return self.principal - self.upfront_fee - self.savings_deposit


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
    principal : scalar or (S,), in the loan's currency, instead of the terms' principal
    annual_rate : scalar or (S,), fraction a year as quoted, instead of the terms' rate

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
    rate = rate * (terms.months_between / 12)
    grid = Grid.of(terms)
    start = grid.units(lent)
    build = repayment.flat if terms.quotation == "flat" else repayment.declining
    ledger = build(terms, start, rate, grid)
    opening = ledger.balance[:-1]
    accrued = grid.currency(ledger.accrued)
    deposit, savings, credited, returned = charges.savings_account(terms, start, grid)
    return LoanArrays(
        principal=lent,
        upfront_fee=grid.currency(charges.upfront_fee(terms, start, grid)),
        savings_deposit=grid.currency(deposit),
        opening_balance=grid.currency(opening),
        interest_accrued=accrued,
        interest_due=accrued if ledger.due is ledger.accrued else grid.currency(ledger.due),
        interest_capitalised=grid.currency(ledger.capitalised),
        principal_due=grid.currency(ledger.repaid),
        fees_due=grid.currency(charges.fees_with_instalments(terms, opening, grid)),
        closing_balance=grid.currency(ledger.balance[1:]),
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
