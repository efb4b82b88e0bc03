"""Can the debt be served: DSCR, LLCR and interest cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from finance_kit.engine.projection import Projection
from finance_kit.errors import Undefined
from finance_kit.loans import LoanTerms, true_cost
from finance_kit.numeric import safe_ratio

__all__ = ["NOTHING_OWED", "average_dscr", "cfads", "debt_service", "dscr", "interest_cover", "llcr", "lowest"]

FloatArray = npt.NDArray[np.float64]
NOTHING_OWED = 1e-6
"""A balance in plan currency that is only the dust of floats."""


def cfads(flows: Mapping[str, FloatArray], basis: str) -> FloatArray:
    """Cash flow available for debt service in each period.

    Parameters
    ----------
    flows : lines by id, (N, S), summed over the period where it is a year
    basis : ``ebitda_less_tax``; ``operating_cash_flow`` takes working capital off as well;
        ``after_unfinanced_investment`` also what is invested beyond new loans, contributions, grants and asset sales;
        ``after_unfinanced_needs`` lets that new money cover an increase in working capital as well as investment

    Returns
    -------
    (N, S), plan currency
    """
    if basis == "ebitda_less_tax":
        return flows["ebitda"] - flows["tax_paid"]
    operating = flows["operating_cash_flow"]
    if basis == "operating_cash_flow":
        return operating
    financed = flows["loan_draws"] + flows["equity_injection"] + flows["grants_received"] + flows["asset_sales"]
    if basis == "after_unfinanced_needs":
        before = flows["ebitda"] - flows["tax_paid"]
        needs = before - operating + flows["capex"]
        # What the new money does not cover is taken off; working capital that is set free is added as it is.
        return before - np.maximum(needs - financed, np.minimum(needs, 0.0))
    return operating - np.maximum(flows["capex"] - financed, 0.0)


def debt_service(flows: Mapping[str, FloatArray]) -> FloatArray:
    """Interest paid plus principal repaid in each period, (N, S); overdraft principal revolves and is left out."""
    return flows["interest_paid"] + flows["loan_principal"]


def dscr(available: FloatArray, service: FloatArray) -> FloatArray:
    """Debt service coverage ratio of each period.

    Parameters
    ----------
    available : (N, S), plan currency; see :func:`cfads`
    service : (N, S), plan currency, positive; interest plus principal due

    Returns
    -------
    (N, S), ratio; NaN in periods where nothing is due

    Notes
    -----
    Yescombe, "Principles of Project Finance", 2nd ed. 2014, cover ratios.
    """
    return safe_ratio(available, np.where(service > 1e-9, service, 0.0))


def interest_cover(ebit: FloatArray, interest: FloatArray) -> FloatArray:
    """EBIT over interest expense, (N, S); NaN where there is no interest."""
    return safe_ratio(ebit, np.where(interest > 1e-9, interest, 0.0))


def lowest(ratios: FloatArray) -> FloatArray:
    """Lowest ratio over periods that have one: (N, S) in, (S,) out, NaN where none has."""
    smallest = np.where(np.isnan(ratios), np.inf, ratios).min(axis=0)
    return np.where(np.isinf(smallest), np.nan, smallest)


def average_dscr(ratios: FloatArray) -> FloatArray:
    """Mean over the periods that have a ratio: (N, S) in, (S,) out, NaN where none has."""
    known = ~np.isnan(ratios)
    return safe_ratio(np.where(known, ratios, 0.0).sum(axis=0), known.sum(axis=0).astype(np.float64))


def llcr(p: Projection, available: FloatArray) -> FloatArray:
    """Loan life coverage ratio at the eve of the plan and each month end.

    Parameters
    ----------
    p : projection
    available : (T, S), cash flow available for debt service of each month

    Returns
    -------
    (T+1, S): present value of the cash available until the last instalment, at the loans' average nominal rate
    (weighted by principal; a flat quotation counts as the rate on the balance that costs as much), over what is owed;
    NaN where nothing is owed, and for a scenario in which something is still owed when the plan ends: the cash that
    would pay the instalments after that is not known

    Notes
    -----
    Yescombe (2014), cover ratios.
    """
    balance = np.vstack([np.full((1, p.lines["loans"].shape[1]), p.opening["loans"]), p.lines["loans"]])
    loans = p.assumptions.loans
    weights = np.array([loan.terms.principal * float(np.ravel(loan.exchange)[0]) for loan in loans])
    if not weights.sum():
        return np.full((p.axis.months + 1, p.scenarios.count), np.nan)
    periodic = np.full(p.scenarios.count, np.average([_rate(loan.terms) for loan in loans], weights=weights)) / 12.0
    if p.scenarios.interest_add is not None:
        periodic = periodic + p.scenarios.interest_add / 12.0
    months = np.arange(1, p.axis.months + 1)[:, None]
    factors = (1.0 + periodic) ** -months.astype(np.float64)
    repaying = p.lines["loan_principal"] > 0.0
    last = np.where(repaying.any(axis=0), p.axis.months - np.argmax(repaying[::-1], axis=0), 0)
    discounted = np.where(months <= last, available * factors, 0.0)
    after = np.vstack([np.cumsum(discounted[::-1], axis=0)[::-1], np.zeros((1, discounted.shape[1]))])
    value = after / np.vstack([np.ones((1, factors.shape[1])), factors])
    known = (balance > NOTHING_OWED) & (balance[-1] <= NOTHING_OWED)
    return safe_ratio(value, np.where(known, balance, 0.0))


def _rate(terms: LoanTerms) -> float:
    """Nominal yearly rate on the balance; of a flat quotation the one that costs as much."""
    if terms.quotation == "declining" or not terms.principal:
        return terms.annual_rate
    bare = replace(terms, upfront_fee_share=0.0, upfront_fee_amount=0.0, instalment_fee_amount=0.0,
                   insurance_share_per_year=0.0, compulsory_savings_share=0.0)  # fmt: skip
    found = true_cost(bare).nominal_annual_rate
    return terms.annual_rate if isinstance(found, Undefined) else found
