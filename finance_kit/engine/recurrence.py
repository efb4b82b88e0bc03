"""What depends on what came before: tax losses, tax payable, dividends, overdraft and cash. The only loop over time.

A year at a time, for tax and dividends are those of the last year; cash then follows in one sum – unless an overdraft
or a dividend limited to cash makes a month depend on the month before, and then month by month. Interest is charged
on the month's opening balance, so no month needs its own result.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from finance_kit.engine.paths import nothing, running, total
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

    @property
    def pays_out(self) -> bool:
        """Whether profit is shared out at all."""
        return self.dividend_share > 0.0 or self.patronage_share > 0.0

    @property
    def month_by_month(self) -> bool:
        """Whether a month's cash depends on that of the month before."""
        return self.overdraft is not None or (self.limit_to_cash and self.pays_out)


@dataclass(frozen=True, slots=True)
class CashPath:
    """Results, (T, S) or, where nothing can happen, (T, 1); plan currency; ``tax_losses`` is the pool at month end."""

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
    net_cash_flow: FloatArray


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
    """The pool of tax losses, (S,); where losses expire, also by the year they arose in, oldest first."""

    def __init__(self, rules: TaxRules, width: int) -> None:
        self.rules = rules
        self.pool: FloatArray = np.full(width, rules.opening_losses)
        self.vintages = [(-1, self.pool)]

    def use(self, year: int, profit: FloatArray) -> FloatArray:
        """Offset a year's profit (S,) and add its loss; returns the profit left to tax."""
        gain = np.maximum(profit, 0.0)
        loss = gain - profit
        room = self.rules.loss_offset_cap * gain
        if self.rules.loss_expiry_years is None:
            used = np.minimum(self.pool, room)
            self.pool = self.pool - used + loss
            return gain - used
        used = np.zeros_like(gain)
        kept = []
        for arose, amount in self.vintages:
            taken = np.minimum(amount, room - used)
            used = used + taken
            kept.append((arose, amount - taken))
        # What could be used in this year for the last time is not carried into the next.
        kept = [(arose, amount) for arose, amount in kept if year - arose < self.rules.loss_expiry_years]
        self.vintages = [*kept, (year, loss)]
        self.pool = sum((amount for _, amount in kept), start=loss)
        return gain - used


def _blank_path(rules: Rules, months: int, width: int) -> CashPath:
    """Zeros to fill in; what these rules never fill in is :func:`nothing`."""

    def blank(used: bool = True) -> FloatArray:
        return np.zeros((months, width)) if used else nothing(months)

    line = rules.overdraft is not None
    return CashPath(
        tax_expense=blank(),
        tax_paid=blank(),
        tax_payable=blank(),
        tax_losses=blank(),
        dividends=blank(rules.dividend_share > 0.0),
        patronage=blank(rules.patronage_share > 0.0),
        overdraft_interest=blank(line),
        overdraft_drawn=blank(line),
        overdraft_repaid=blank(line),
        overdraft=blank(line),
        cash=blank(rules.month_by_month),
        net_cash_flow=nothing(months),
    )


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
    CashPath, (T, S) or (T, 1) each

    Notes
    -----
    Tax is assessed on the profit of the reporting year, booked in its last month and paid ``payment_lag_months`` later.
    Months of a tax holiday count neither as profit nor as loss. Distributions are a share of the previous year's
    positive net profit, paid once a year.
    """
    axis, tax = rules.axis, rules.tax
    months, width = before.shape
    path = _blank_path(rules, months, width)
    losses = _Losses(tax, width)
    if tax.opening_payable:
        _owe_tax(path, tax.opening_payable, 0, max(tax.payment_lag_months - 1, 0))
    last_profit = np.zeros(width)
    for year, (start, end) in enumerate(zip(axis.year_starts.tolist(), (axis.year_ends + 1).tolist(), strict=True)):
        span = slice(start, end)
        pay_month = start + rules.payout_month_of_year - 1
        wanted = last_profit if year and pay_month < end else None
        # Tax paid in the very month that it is booked in has to be known before that month is closed.
        closed = end - 1 if rules.month_by_month and not tax.payment_lag_months else end
        if rules.month_by_month:
            _cash_of_months(rules, path, before, slice(start, closed), pay_month, wanted)
            if 0 < closed < end and rules.overdraft is not None:
                path.overdraft_interest[closed] = path.overdraft[closed - 1] * rules.overdraft.monthly_rate
        elif wanted is not None:
            _pay_out(rules, path, pay_month, wanted)
        result = _result(path, profit, span)
        taxed = slice(min(max(tax.holiday_months, start), end), end)
        path.tax_losses[span] = losses.pool
        due = income_tax(losses.use(year, result if taxed == span else _result(path, profit, taxed)), tax.brackets)
        if tax.minimum_share_of_sales:
            due = np.maximum(due, tax.minimum_share_of_sales * revenue[taxed].sum(axis=0))
        path.tax_losses[end - 1] = losses.pool
        path.tax_expense[end - 1] = due
        paid = end - 1 + tax.payment_lag_months
        _owe_tax(path, due, end - 1, paid)
        if closed < end:
            _cash_of_months(rules, path, before, slice(closed, end), pay_month, wanted)
        last_profit = np.maximum(result - due, 0.0)
    net = total(
        [before, path.overdraft_drawn],
        [path.tax_paid, path.overdraft_interest, path.dividends, path.patronage, path.overdraft_repaid],
    )
    cash = path.cash if rules.month_by_month else running(net, rules.opening_cash)
    return replace(path, cash=cash, net_cash_flow=net)


def _owe_tax(path: CashPath, due: FloatArray | float, booked: int, paid: int) -> None:
    """Tax that is booked at the end of one month (position) and paid in another, be it after the plan."""
    path.tax_payable[booked:paid] += due
    if paid < len(path.tax_paid):
        path.tax_paid[paid] += due


def _result(path: CashPath, profit: FloatArray, span: slice) -> FloatArray:
    """Profit before tax of some months together, (S,)."""
    result: FloatArray = profit[span].sum(axis=0)
    if path.overdraft_interest is not nothing(len(profit)):
        result -= path.overdraft_interest[span].sum(axis=0)
    return result


def _pay_out(rules: Rules, path: CashPath, month: int, profit: FloatArray) -> None:
    """Dividend and patronage out of a profit (S,)."""
    if rules.dividend_share:
        path.dividends[month] = rules.dividend_share * profit
    if rules.patronage_share:
        path.patronage[month] = rules.patronage_share * profit


def _cash_of_months(
    rules: Rules, path: CashPath, before: FloatArray, span: slice, pay_month: int, profit: FloatArray | None
) -> None:
    """Distributions, overdraft and cash of months in one year, one by one; ``profit`` (S,) is to be shared out."""
    first = span.start == 0
    cash = np.full(before.shape[1], rules.opening_cash) if first else path.cash[span.start - 1]
    owed = np.zeros(before.shape[1]) if first or rules.overdraft is None else path.overdraft[span.start - 1]
    for month in range(span.start, span.stop):
        cash = cash + before[month] - path.tax_paid[month]
        if rules.overdraft is not None:
            path.overdraft_interest[month] = owed * rules.overdraft.monthly_rate
            cash = cash - path.overdraft_interest[month]
        if month == pay_month and profit is not None:
            if rules.limit_to_cash and rules.pays_out:
                shares = rules.dividend_share + rules.patronage_share
                free = np.maximum(cash - rules.minimum_cash - owed, 0.0)
                profit = np.minimum(shares * profit, free) / shares
            _pay_out(rules, path, month, profit)
            cash = cash - path.dividends[month] - path.patronage[month]
        if rules.overdraft is not None:
            limit = rules.overdraft.limit[month]
            room = np.maximum(limit - owed, 0.0)
            drawn = np.minimum(np.maximum(rules.minimum_cash - cash, 0.0), room)
            forced = np.maximum(owed - limit, 0.0)
            repaid = np.maximum(np.minimum(np.maximum(cash - rules.minimum_cash, 0.0), owed), forced)
            path.overdraft_drawn[month], path.overdraft_repaid[month] = drawn, repaid
            owed = owed + drawn - repaid
            cash = cash + drawn - repaid
            path.overdraft[month] = owed
        path.cash[month] = cash
