"""All indicators of a projection, in every scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from finance_kit.engine.projection import Projection
from finance_kit.errors import CalculationError, Undefined
from finance_kit.indicators import break_even, cover, flows
from finance_kit.indicators.ratios import ratios
from finance_kit.indicators.registry import definitions
from finance_kit.indicators.returns import (
    Returns,
    irr_of,
    month_end_dates,
    npv_of,
    payback_month_of,
    returns,
    xirr_beside,
)
from finance_kit.numeric import discount_factors, safe_ratio

__all__ = ["RETURN_FIELDS", "VIEWS", "Indicators", "cover_only", "evaluate"]

FloatArray = npt.NDArray[np.float64]

VIEWS = ("project", "equity", "increment")
"""Whose money returns are reckoned on: all capital, the members' own, or the change over the case without."""
RETURN_FIELDS = (
    "npv",
    "irr_annual",
    "mirr_annual",
    "xirr",
    "payback_month",
    "payback_years",
    "discounted_payback_month",
    "discounted_payback_years",
    "benefit_cost_ratio",
    "profitability_index",
)
_YEARLY = (
    "revenue", "material_cost", "selling_cost", "contribution", "fixed_cost", "overhead", "payroll", "social",
    "pre_operating_cost", "ebitda", "depreciation", "ebit", "interest", "finance_fees", "net_profit", "tax_paid",
    "operating_cash_flow", "loan_draws", "equity_injection", "grants_received", "asset_sales", "capex",
    "interest_paid", "loan_principal", "pbt",
)  # fmt: skip
_OF_A_LOANS_LIFE = ("llcr", "monthly_llcr", "llcr_at_start", "min_llcr")


@dataclass(frozen=True)
class Indicators:
    """Indicators of a projection.

    Parameters
    ----------
    projection : what they are reckoned from
    plan_level : by id, (S,)
    yearly : by id, (Y, S)
    monthly : by id, (T, S)
    series : flows by view (``project``, ``equity``, ``increment``)

    A figure that does not exist is NaN here; :meth:`figure` gives the reason.
    """

    projection: Projection
    plan_level: Mapping[str, FloatArray]
    yearly: Mapping[str, FloatArray]
    monthly: Mapping[str, FloatArray]
    series: Mapping[str, flows.FlowSeries]

    @cached_property
    def _undated(self) -> dict[tuple[str, int], Returns]:
        return {}

    @cached_property
    def _returns(self) -> dict[tuple[str, int], Returns]:
        return {}

    def returns(self, view: str, scenario: int = 0) -> Returns | Undefined:
        """All measures of return of one scenario; undefined without a discount rate or without the case without.

        Raises
        ------
        CalculationError : there is no such view
        """
        found = self._by_months(view, scenario)
        if isinstance(found, Undefined):
            return found
        if (view, scenario) not in self._returns:
            axis = self.projection.plan.axis
            dates = month_end_dates(axis.start, axis.months)
            rate = xirr_beside(self.series[view].flows[:, scenario], dates, found.irr_annual)
            self._returns[view, scenario] = replace(found, xirr=rate)
        return self._returns[view, scenario]

    def _by_months(self, view: str, scenario: int) -> Returns | Undefined:
        """The same without the rate by calendar days, which takes as long as all the rest and is seldom asked for."""
        plan = self.projection.plan
        if view not in VIEWS:
            raise CalculationError("unknown_view", view=view, known=", ".join(VIEWS))
        if plan.valuation is None:
            return Undefined("no_discount_rate")
        if view == "increment" and plan.without_project is None:
            return Undefined("no_case_without_project")
        if (view, scenario) not in self._undated:
            series = self.series[view]
            found = returns(
                series.flows[:, scenario],
                discount_rate(self.projection, view),
                finance_rate=plan.valuation.finance_rate,
                reinvestment_rate=plan.valuation.reinvestment_rate,
                terminal_value=float(series.terminal_value[scenario]),
            )
            found = replace(found, benefit_cost_ratio=self._benefits_to_costs(view, scenario))
            self._undated[view, scenario] = self._owners(found, scenario) if view == "equity" else found
        return self._undated[view, scenario]

    def _benefits_to_costs(self, view: str, scenario: int) -> float | Undefined:
        """Present value of gross benefits over that of gross costs."""
        rate = discount_rate(self.projection, view)
        gross = flows.gross_flows(self.projection, view, self.series[view], scenario)
        benefits, costs = (float(npv_of(stream, rate)[0]) for stream in gross)
        return benefits / costs if costs > 0.0 else Undefined("no_costs")

    def _owners(self, found: Returns, scenario: int) -> Returns:
        """The members' returns with a payback that lasts: their flows turn positive when a loan is paid out."""
        series = self.series["equity"]
        flow = series.flows[:, scenario].copy()
        flow[-1] -= series.terminal_value[scenario]
        factors = discount_factors(discount_rate(self.projection, "equity"), flow.size - 1)[:, 0]
        month, years = flows.lasting_payback(flow)
        discounted_month, discounted_years = flows.lasting_payback(flow * factors)
        return replace(
            found,
            payback_month=month,
            payback_years=years,
            discounted_payback_month=discounted_month,
            discounted_payback_years=discounted_years,
        )

    def figure(self, name: str, period: int | None = None, scenario: int = 0) -> float | Undefined:
        """One figure of one scenario, or the reason why it does not exist.

        Parameters
        ----------
        name : id of ``data/indicators.yaml``
        period : position of the year or month for figures by year or month, from 0
        scenario : column

        Raises
        ------
        CalculationError : there is no such indicator, or it needs a period
        """
        view, _, field = name.partition("_")
        if view in VIEWS and field in RETURN_FIELDS:
            found = self.returns(view, scenario) if field == "xirr" else self._by_months(view, scenario)
            return found if isinstance(found, Undefined) else getattr(found, field)
        for scope in (self.plan_level, self.yearly, self.monthly):
            if name in scope:
                if scope is not self.plan_level and period is None:
                    raise CalculationError("period_needed", figure=name)
                values = scope[name]
                value = float(values[scenario] if scope is self.plan_level else values[period, scenario])
                return Undefined(self._reason(name, scenario)) if np.isnan(value) else value
        raise CalculationError("unknown_figure", figure=name)

    def _reason(self, name: str, scenario: int) -> str:
        """Why a figure does not exist."""
        if name in _OF_A_LOANS_LIFE and self.projection.line("loans")[-1, scenario] > cover.NOTHING_OWED:
            return "loan_outlasts_plan"
        return definitions()[name].reason


def discount_rate(p: Projection, view: str = "project") -> float:
    """Discount rate in money of the day for a view; the members' own rate where the plan states one for equity.

    Raises
    ------
    CalculationError : the plan states no discount rate
    """
    stated = p.plan.valuation
    if stated is None:
        raise CalculationError("no_discount_rate")
    own = stated.equity_discount_rate if view == "equity" else None
    return flows.nominal_rate(stated.discount_rate if own is None else own, stated.rate_basis, stated.inflation)


def _yearly(p: Projection, sums: dict[str, FloatArray]) -> dict[str, FloatArray]:
    axis, policies = p.axis, p.plan.policies
    names = (
        "cash", "receivables", "inventory", "payables", "tax_payable", "overdraft", "interest_payable", "loans",
        "share_capital", "retained_earnings", "total_assets",
    )  # fmt: skip
    ends = {name: axis.last_of_years(p.lines[name]) for name in names}
    available = cover.cfads(sums, policies.cfads_basis)
    service = cover.debt_service(sums)
    sales_needed = break_even.break_even_revenue(sums)
    sales_to_pay = break_even.break_even_revenue(sums, with_debt_service=True)
    units = axis.sum_years(break_even.units_sold(p))
    full = axis.sum_years(break_even.capacity_revenue(p))
    return {
        "cfads": available,
        "debt_service": service,
        "dscr": cover.dscr(available, service),
        "interest_cover": cover.interest_cover(sums["ebit"], sums["interest"]),
        "break_even_revenue": sales_needed,
        "break_even_revenue_with_debt_service": sales_to_pay,
        "break_even_units": units * safe_ratio(sales_needed, sums["revenue"]),
        "break_even_units_with_debt_service": units * safe_ratio(sales_to_pay, sums["revenue"]),
        "break_even_share_of_capacity": safe_ratio(sales_needed, full),
        "break_even_share_of_capacity_with_debt_service": safe_ratio(sales_to_pay, full),
        "margin_of_safety": break_even.margin_of_safety(sums["revenue"], sales_needed),
        **ratios(sums, ends),
    }


def _returns_of_all(p: Projection, series: Mapping[str, flows.FlowSeries]) -> dict[str, FloatArray]:
    """NPV, IRR and payback of every scenario, (S,) each."""
    found = {}
    missing = np.full(p.scenarios.count, np.nan)
    for view, one in series.items():
        known = p.plan.valuation is not None and (view != "increment" or p.plan.without_project is not None)
        found[f"{view}_npv"] = npv_of(one.flows, discount_rate(p, view)) if known else missing
        found[f"{view}_irr_annual"] = irr_of(one.flows) if known else missing
        if not known:
            found[f"{view}_payback_month"] = missing
        elif view == "equity":
            without = one.flows.copy()
            without[-1] -= one.terminal_value
            found[f"{view}_payback_month"] = flows.lasting_payback_months(without)
        else:
            found[f"{view}_payback_month"] = payback_month_of(one.flows, one.terminal_value)
    return found


def _plan_level(
    p: Projection, yearly: Mapping[str, FloatArray], monthly: Mapping[str, FloatArray], life_cover: FloatArray
) -> dict[str, FloatArray]:
    count = p.scenarios.count
    cash, overdraft = p.lines["cash"], p.lines["overdraft"]
    before_overdraft = cash - overdraft
    low_month = np.argmin(before_overdraft, axis=0)
    low = before_overdraft.min(axis=0)
    own = p.lines["equity_injection"].sum(axis=0) + p.lines["in_kind"].sum(axis=0)
    grants = p.lines["grants_received"].sum(axis=0)
    lent = p.lines["loan_draws"].sum(axis=0)
    plan = p.plan
    pledged = sum(c.value * _rate_today(p, c.currency) for c in plan.collateral)
    values = {
        "min_dscr": cover.lowest(yearly["dscr"]),
        "min_monthly_dscr": cover.lowest(monthly["monthly_dscr"]),
        "average_dscr": cover.average_dscr(yearly["dscr"]),
        "llcr_at_start": _when_most_is_owed(p, life_cover),
        "min_llcr": cover.lowest(np.where(_year_to_run(p), life_cover[1:][p.axis.year_ends], np.nan)),
        "min_interest_cover": cover.lowest(yearly["interest_cover"]),
        "min_current_ratio": cover.lowest(yearly["current_ratio"]),
        "min_margin_of_safety": cover.lowest(yearly["margin_of_safety"]),
        "cash_low_point": low,
        "cash_low_month": low_month + 1.0,
        "closing_cash": cash[-1],
        "funding_gap": np.maximum(-low, 0.0),
        "overdraft_peak": overdraft.max(axis=0),
        "own_contribution_share": safe_ratio(own, own + grants + lent),
        "collateral_cover": safe_ratio(pledged, lent),
    }
    return {name: _in_all(value, count) for name, value in values.items()}


def _in_all(figures: FloatArray, count: int) -> FloatArray:
    """A figure of one column in all scenarios: (..., 1) or (..., S) in, (..., S) out."""
    return figures if figures.shape[-1] == count else np.broadcast_to(figures, (*figures.shape[:-1], count))


def _year_to_run(p: Projection) -> npt.NDArray[np.bool_]:
    """(Y, S) or (Y, 1), year ends after which instalments run for a year or more.

    A shorter stretch of a seasonal business says nothing about the loan's life.
    """
    repaying = p.lines["loan_principal"] > 0.0
    last = np.where(repaying.any(axis=0), p.axis.months - 1 - np.argmax(repaying[::-1], axis=0), -1)
    return np.asarray(p.axis.year_ends[:, None] + 12 <= last)


def _when_most_is_owed(p: Projection, values: FloatArray) -> FloatArray:
    """Each scenario's value, (T+1, S) in and (S,) out, at the month end (0: the eve) at which it owes most on loans."""
    loans = p.lines["loans"]
    owed = np.vstack([np.full((1, loans.shape[1]), p.opening["loans"]), loans])
    month = np.broadcast_to(owed.argmax(axis=0), values.shape[1:])
    found: FloatArray = np.take_along_axis(values, month[np.newaxis], axis=0)[0]
    return found


def _rate_today(p: Projection, code: str | None) -> float:
    if code is None or code == p.plan.period.currency:
        return 1.0
    return next(rate.rate for rate in p.plan.exchange_rates if rate.currency == code)


def cover_only(p: Projection) -> Indicators:
    """The yearly DSCR and its lowest alone, for searches that look at thousands of variants."""
    sums = {name: p.axis.sum_years(p.lines[name]) for name in _YEARLY}
    ratios_of_years = cover.dscr(cover.cfads(sums, p.plan.policies.cfads_basis), cover.debt_service(sums))
    dscr = _in_all(ratios_of_years, p.scenarios.count)
    return Indicators(p, {"min_dscr": cover.lowest(dscr)}, {"dscr": dscr}, {}, {})


def evaluate(p: Projection) -> Indicators:
    """All indicators of a projection.

    Returns
    -------
    Indicators; every id is declared in ``data/indicators.yaml``
    """
    count = p.scenarios.count
    sums = {name: p.axis.sum_years(p.lines[name]) for name in _YEARLY}
    yearly = _yearly(p, sums)
    available = cover.cfads(p.lines, p.plan.policies.cfads_basis)
    service = cover.debt_service(p.lines)
    life_cover = cover.llcr(p, available)
    yearly["llcr"] = life_cover[1:][p.axis.year_ends]
    monthly = {
        "monthly_cfads": available,
        "monthly_debt_service": service,
        "monthly_dscr": cover.dscr(available, service),
        "monthly_llcr": life_cover[1:],
    }
    series = {
        "project": flows.project_flows(p),
        "equity": flows.equity_flows(p),
        "increment": flows.increment_flows(p),
    }
    level = _plan_level(p, yearly, monthly, life_cover) | _returns_of_all(p, series)
    return Indicators(
        p,
        level,
        {name: _in_all(values, count) for name, values in yearly.items()},
        {name: _in_all(values, count) for name, values in monthly.items()},
        series,
    )
