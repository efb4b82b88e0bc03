"""Money tied up: receivables, stock and payables, from days and from production cycles."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from finance_kit.plan.policies import Policies

__all__ = ["balance_from_days", "days_of_month"]

FloatArray = npt.NDArray[np.float64]


def days_of_month(policies: Policies) -> float:
    """Days that a month counts by the plan's convention: 30, or 365/12."""
    return 30.0 if policies.days_per_month == 30 else 365.0 / 12.0


def balance_from_days(flow: FloatArray, days: float | FloatArray, opening: float, policies: Policies) -> FloatArray:
    """Balance that is outstanding at month ends when a flow is settled after so many days.

    Parameters
    ----------
    flow : (T, S) or (T, 1), plan currency a month
    days : scalar or (S,)
    opening : balance on the eve of the plan, plan currency
    policies : ``balance_days``: ``same_month`` scales the month's own flow, however long the days; ``look_back`` lets
        days beyond a month reach back to the flows of earlier months, and the opening balance run off evenly over the
        days

    Returns
    -------
    (T, S) or (T, 1), plan currency
    """
    ratio = np.asarray(days, dtype=np.float64) / days_of_month(policies)
    if policies.balance_days == "same_month" or (ratio.size == 1 and 0.0 <= float(ratio.reshape(-1)[0]) <= 1.0):
        balance = flow * ratio
        return balance if policies.balance_days == "same_month" else _with_run_off(balance, ratio, opening)
    months, width = flow.shape[0], max(flow.shape[1], ratio.size)
    balance = np.zeros((months, width))
    reach = int(np.ceil(ratio.max()))
    for back in range(min(reach, months)):
        weight = np.clip(ratio - back, 0.0, 1.0)
        balance[back:] += flow[: months - back] * weight
    return _with_run_off(balance, ratio, opening)


def _with_run_off(balance: FloatArray, ratio: FloatArray, opening: float) -> FloatArray:
    """Add what is left of the opening balance: within one month nothing, else evenly less each month."""
    if opening == 0.0 or float(ratio.max()) <= 1.0:
        return balance
    months = np.arange(1, balance.shape[0] + 1)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(ratio > 1.0, np.clip(1.0 - months / ratio, 0.0, 1.0), 0.0)
    return balance + opening * left
