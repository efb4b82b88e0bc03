"""What depends on what came before: tax losses, tax payable, dividends, overdraft and cash. The only loop over time.

A year at a time: last year's tax and dividends are known, so the year's cash follows in one sum – unless an overdraft or
a dividend limited to cash makes a month depend on the month before, and then month by month. Interest is charged on the
month's opening balance, so no month needs its own result.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finance_kit.timeline import TimeAxis

__all__ = ["CashPath", "OverdraftTerms", "Rules", "TaxRules", "income_tax", "run"]

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TaxRules:
    """Income tax as the projection takes it; ``brackets`` are (upper end or inf, rate), ascending."""

    brackets: tuple[tuple[float, float], ...] = ((np.inf, 0.0),)
    minimum_share_of_sales: float = 0.0
    holiday_months: int = 0
    loss_offset_cap: float = 1.0
    loss_expiry_years: int | None = None
    payment_lag_months: int = 3
    opening_losses: float = 0.0
    opening_payable: float = 0.0


@dataclass(frozen=True, slots=True)
class OverdraftTerms:
    """A line drawn when cash falls below the minimum: limit by month (T,), monthly rate."""

    limit: FloatArray
    monthly_rate: float


@dataclass(frozen=True, slots=True)
class Rules:
    """What the recurrence needs beside the flows."""

    axis: TimeAxis
    tax: TaxRules
    dividend_share: float
    patronage_share: float
    payout_month_of_year: int
    limit_to_cash: bool
    minimum_cash: float
    opening_cash: float
    overdraft: OverdraftTerms | None


@dataclass(frozen=True, slots=True)
class CashPath:
    """Results, (T, S) each, plan currency; ``tax_losses`` is the pool at month end."""

    tax_expense: FloatArray
    tax_paid: FloatArray
    tax_payable: FloatArray
    tax_losses: FloatArray
    dividends: FloatArray
    patronage: FloatArray
    overdraft_interest: FloatArray
    overdraft_drawn: FloatArray
    overdraft_repaid: FloatArray
    overdraft: FloatArray
    cash: FloatArray


def income_tax(taxable: FloatArray, brackets: tuple[tuple[float, float], ...]) -> FloatArray:
    """Tax on a year's taxable profit, slice by slice; any shape, plan currency, profit not negative."""
    if len(brackets) == 1:
        return taxable * brackets[0][1]
    tax = np.zeros_like(taxable)
    lower = 0.0
    for upper, rate in brackets:
        tax += rate * (np.clip(taxable, lower, upper) - lower)
        lower = upper
    return tax


class _Losses:
    """The pool of tax losses by the year they arose in, oldest first; (S,) each."""

    def __init__(self, rules: TaxRules, width: int) -> None:
        self.rules = rules
        self.vintages: list[tuple[int, FloatArray]] = [(-1, np.full(width, rules.opening_losses))]

    @property
    def pool(self) -> FloatArray:
        pool: FloatArray = np.sum([amount for _, amount in self.vintages], axis=0)
        return pool

    def use(self, year: int, profit: FloatArray) -> FloatArray:
        """Offset a year's profit (S,) and add its loss; returns the profit left to tax."""
        gain = np.maximum(profit, 0.0)
        if self.rules.loss_expiry_years is not None:
            self.vintages = [(arose, a) for arose, a in self.vintages if year - arose <= self.rules.loss_expiry_years]
        room = self.rules.loss_offset_cap * gain
        used = np.zeros_like(gain)
        kept = []
        for arose, amount in self.vintages:
            taken = np.minimum(amount, room - used)
            used = used + taken
            kept.append((arose, amount - taken))
        loss = np.maximum(-profit, 0.0)
        if self.rules.loss_expiry_years is None:
            self.vintages = [(year, np.sum([a for _, a in kept], axis=0) + loss)]
        else:
            self.vintages = [*kept, (year, loss)]
        return gain - used


def run(rules: Rules, before: FloatArray, profit: FloatArray, revenue: FloatArray) -> CashPath:
    """Tax, distributions, overdraft and cash of all months.

    Parameters
    ----------
    rules : tax, distribution, overdraft, opening cash
    before : (T, S), cash flow of each month before tax, distributions and overdraft
    profit : (T, S), profit before tax and before overdraft interest
    revenue : (T, S) or (T, 1), for minimum tax

    Returns
    -------
    CashPath, (T, S) each

    Notes
    -----
    Tax is assessed on the profit of the reporting year, booked in its last month and paid ``payment_lag_months`` later.
    Months of a tax holiday count neither as profit nor as loss. Distributions are a share of the previous year's
    positive net profit, paid once a year.
    """
    axis, tax = rules.axis, rules.tax
    months, width = before.shape
    path = CashPath(*(np.zeros((months, width)) for _ in range(11)))
    losses = _Losses(tax, width)
    if tax.opening_payable:
        path.tax_paid[min(max(tax.payment_lag_months - 1, 0), months - 1)] += tax.opening_payable
    last_profit = np.zeros(width)
    pool = losses.pool
    for year, (start, end) in enumerate(zip(axis.year_starts.tolist(), (axis.year_ends + 1).tolist(), strict=True)):
        span = slice(start, end)
        pay_month = start + rules.payout_month_of_year - 1
        payout = (rules.dividend_share, rules.patronage_share) if year and pay_month < end else (0.0, 0.0)
        _cash_of_year(rules, path, before, span, pay_month, payout, last_profit)
        result = profit[span] - path.overdraft_interest[span]
        taxed_from = min(max(tax.holiday_months - start, 0), end - start)
        taxable = losses.use(year, result[taxed_from:].sum(axis=0))
        due = income_tax(taxable, tax.brackets)
        if tax.minimum_share_of_sales:
            due = np.maximum(due, tax.minimum_share_of_sales * revenue[span][taxed_from:].sum(axis=0))
        path.tax_losses[span] = pool
        pool = losses.pool
        path.tax_losses[end - 1] = pool
        path.tax_expense[end - 1] = due
        paid = end - 1 + tax.payment_lag_months
        if paid < months:
            path.tax_paid[paid] += due
        if not tax.payment_lag_months:
            path.cash[paid] -= due  # paid in the very month that the loop has just closed
        last_profit = np.maximum(result.sum(axis=0) - due, 0.0)
    np.cumsum(path.tax_expense - path.tax_paid, axis=0, out=path.tax_payable)
    path.tax_payable.__iadd__(tax.opening_payable)
    # Tax paid in full leaves nothing, not the dust of a sum of floats.
    path.tax_payable[np.abs(path.tax_payable) < 1e-12 * np.abs(path.tax_expense).max(initial=0.0)] = 0.0
    return path


def _cash_of_year(
    rules: Rules,
    path: CashPath,
    before: FloatArray,
    span: slice,
    pay_month: int,
    payout: tuple[float, float],
    last_profit: FloatArray,
) -> None:
    """Fill in one year's distributions, overdraft and cash."""
    opening = path.cash[span.start - 1] if span.start else np.full(before.shape[1], rules.opening_cash)
    flow = before[span] - path.tax_paid[span]
    if any(payout) and not rules.limit_to_cash:
        path.dividends[pay_month] = payout[0] * last_profit
        path.patronage[pay_month] = payout[1] * last_profit
    if rules.overdraft is None and not (rules.limit_to_cash and any(payout)):
        np.cumsum(flow - path.dividends[span] - path.patronage[span], axis=0, out=path.cash[span])
        path.cash[span].__iadd__(opening)
        return
    owed = path.overdraft[span.start - 1] if span.start else np.zeros(before.shape[1])
    cash = opening
    for month in range(span.start, span.stop):
        cash = cash + flow[month - span.start]
        if rules.overdraft is not None:
            path.overdraft_interest[month] = owed * rules.overdraft.monthly_rate
            cash = cash - path.overdraft_interest[month]
        if month == pay_month and rules.limit_to_cash and any(payout):
            wanted = sum(payout) * last_profit
            share = np.minimum(wanted, np.maximum(cash - rules.minimum_cash - owed, 0.0)) / sum(payout)
            path.dividends[month], path.patronage[month] = payout[0] * share, payout[1] * share
        cash = cash - path.dividends[month] - path.patronage[month]
        if rules.overdraft is not None:
            limit = rules.overdraft.limit[month]
            room = np.maximum(limit - owed, 0.0)
            drawn = np.clip(rules.minimum_cash - cash, 0.0, room)
            forced = np.maximum(owed - limit, 0.0)
            repaid = np.maximum(np.clip(cash - rules.minimum_cash, 0.0, owed), forced)
            path.overdraft_drawn[month], path.overdraft_repaid[month] = drawn, repaid
            owed = owed + drawn - repaid
            cash = cash + drawn - repaid
        path.cash[month] = cash
        path.overdraft[month] = owed
