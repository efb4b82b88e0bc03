"""Ratios of a year's statements: margins, liquidity, gearing, return on equity."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from finance_kit.numeric import safe_ratio

__all__ = ["ratios"]

FloatArray = npt.NDArray[np.float64]


def ratios(sums: Mapping[str, FloatArray], ends: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """Margins, liquidity and leverage of each period.

    Parameters
    ----------
    sums : flows by line id, (N, S), plan currency, summed over the period
    ends : balances by line id, (N, S), plan currency, at the period's end

    Returns
    -------
    by indicator id, (N, S); NaN where there are no sales, no short-term debts, no assets, no equity

    Notes
    -----
    Short-term debts are those of trade, tax, interest and overdraft; instalments of the coming year are judged by the
    cover ratios. Debt over an equity that is used up shows as a negative number; a return on it is none.
    """
    revenue = sums["revenue"]
    current_assets = ends["cash"] + ends["receivables"] + ends["inventory"]
    current_debts = ends["payables"] + ends["tax_payable"] + ends["overdraft"] + ends["interest_payable"]
    current_debts = np.where(current_debts > 1e-6, current_debts, 0.0)
    debts = ends["loans"] + ends["overdraft"]
    equity = ends["share_capital"] + ends["retained_earnings"]
    return {
        "contribution_margin": safe_ratio(sums["contribution"], revenue),
        "ebitda_margin": safe_ratio(sums["ebitda"], revenue),
        "net_margin": safe_ratio(sums["net_profit"], revenue),
        "current_ratio": safe_ratio(current_assets, current_debts),
        "quick_ratio": safe_ratio(ends["cash"] + ends["receivables"], current_debts),
        "debt_to_equity": safe_ratio(debts, equity),
        "debt_to_assets": safe_ratio(debts, ends["total_assets"]),
        "return_on_equity": safe_ratio(sums["net_profit"], np.where(equity > 0.0, equity, 0.0)),
    }
