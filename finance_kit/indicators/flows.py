"""Series of flows on which returns are reckoned: the project, the members' own money, the increment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finance_kit.engine.projection import Projection
from finance_kit.errors import Undefined

__all__ = [
    "FlowSeries",
    "equity_flows",
    "gross_flows",
    "increment_flows",
    "lasting_payback",
    "lasting_payback_months",
    "nominal_rate",
    "project_flows",
]

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FlowSeries:
    """Monthly flows from month 0, (T+1, S), terminal value included in the last; ``terminal_value`` apart, (S,)."""

    flows: FloatArray
    terminal_value: FloatArray


def nominal_rate(rate: float, rate_basis: str, inflation: float | None) -> float:
    """A stated discount rate in money of the day: real rates are compounded with inflation (Fisher, 1930)."""
    return (1.0 + rate) * (1.0 + (inflation or 0.0)) - 1.0 if rate_basis == "real" else rate


def _terminal(p: Projection, *, equity: bool) -> FloatArray:
    """Book value of what is left at the end: working capital and fixed assets less what is owed."""
    count = p.scenarios.count
    if p.plan.policies.terminal_value == "none":
        return np.zeros(count)
    last = {
        name: p.lines[name][-1]
        for name in ("receivables", "inventory", "fixed_assets_net", "payables", "tax_payable", "loans")
    }
    value = last["receivables"] + last["inventory"] + last["fixed_assets_net"] - last["payables"] - last["tax_payable"]
    if equity:
        value = value - last["loans"] - p.lines["interest_payable"][-1] - p.lines["overdraft"][-1]
        value = value + p.lines["compulsory_savings"][-1]
    return np.broadcast_to(value, (count,)).astype(np.float64)


def _opening_operating(p: Projection) -> float:
    """Net operating assets on the eve of the plan: receivables, stock, fixed assets less payables and tax owed."""
    o = p.opening
    return o["receivables"] + o["inventory"] + o["fixed_assets_net"] - o["payables"] - o["tax_payable"]


def _series(p: Projection, first: float, later: FloatArray, terminal: FloatArray) -> FlowSeries:
    flows = np.empty((p.axis.months + 1, p.scenarios.count))
    flows[0] = first
    flows[1:] = later
    flows[-1] += terminal
    # An overdraft that takes up all cash leaves the dust of a sum of floats: no flow, and no change of sign.
    flows[np.abs(flows) <= 1e-12 * np.abs(flows).max(axis=0)] = 0.0
    return FlowSeries(flows, terminal)


def project_flows(p: Projection) -> FlowSeries:
    """Flows of the project before financing: free cash flow less what members bring in kind.

    Notes
    -----
    Month 0 takes the opening operating assets as put in; the last month adds back what is left at book value, by
    policy. Taxes are those of the plan as financed, as lenders' forms here show them.
    """
    later = p.lines["free_cash_flow"] - p.lines["in_kind"]
    return _series(p, -_opening_operating(p), later, _terminal(p, equity=False))


def equity_flows(p: Projection) -> FlowSeries:
    """Flows to the members as owners: free cash flow after loans, grants and fees, less what they bring in kind.

    Cash that the business could pay out counts when it arises, not when it is paid out.
    """
    lines = p.lines
    later = (
        lines["free_cash_flow"]
        - lines["in_kind"]
        + lines["loan_draws"]
        - lines["loan_principal"]
        - lines["interest_paid"]
        - lines["finance_fees"]
        - lines["savings_paid_in"]
        + lines["savings_returned"]
        + lines["grants_received"]
        + lines["overdraft_drawn"]
        - lines["overdraft_repaid"]
    )
    return _series(p, -_opening_operating(p) + p.opening["loans"], later, _terminal(p, equity=True))


def increment_flows(p: Projection) -> FlowSeries:
    """Flows of the project over those of the case without it.

    What is there on the eve of the plan is there in both cases: it is taken out at both ends.
    """
    later = p.lines["free_cash_flow"] - p.lines["in_kind"] - p.lines["without_net_cash_flow"]
    terminal = _terminal(p, equity=False)
    if p.plan.policies.terminal_value != "none":
        terminal = terminal - _opening_operating(p)
    return _series(p, 0.0, later, terminal)


_BENEFITS = ("revenue", "operating_grants", "asset_sales")
_COSTS = (
    "material_cost", "selling_cost", "fixed_cost", "overhead", "payroll", "social", "pre_operating_cost", "tax_paid",
    "working_capital_increase", "capex", "in_kind",
)  # fmt: skip
_OWNERS_BENEFITS = ("loan_draws", "grants_received", "savings_returned", "overdraft_drawn")
_OWNERS_COSTS = ("loan_principal", "interest_paid", "finance_fees", "savings_paid_in", "overdraft_repaid")


def gross_flows(p: Projection, view: str, series: FlowSeries, scenario: int) -> tuple[FloatArray, FloatArray]:
    """Benefits and costs of a view apart, for the benefit-cost ratio: their difference is the series of flows.

    Parameters
    ----------
    p : projection
    view : ``project``, ``equity`` or ``increment``
    series : the flows of that view
    scenario : column

    Returns
    -------
    (T+1,) each, plan currency; what is put in at month 0 and an increase in working capital are costs, what is left at
    the end is a benefit

    Notes
    -----
    Gittinger, Economic Analysis of Agricultural Projects, 2nd ed. 1982: gross streams, not the net flow of each month.
    For the increment both streams are what the project adds to the case without.
    """

    def summed(names: tuple[str, ...]) -> FloatArray:
        path = np.zeros(p.axis.months + 1)
        for name in names:
            path[1:] += p.line(name)[:, scenario]
        return path

    owners = view == "equity"
    benefits = summed(_BENEFITS + (_OWNERS_BENEFITS if owners else ()))
    costs = summed(_COSTS + (_OWNERS_COSTS if owners else ()))
    if view == "increment":
        benefits -= summed(("without_income",))
        costs -= summed(("without_cost",))
    for month, amount in ((0, series.flows[0, scenario]), (-1, series.terminal_value[scenario])):
        if amount > 0.0:
            benefits[month] += amount
        else:
            costs[month] -= amount
    return benefits, costs


def lasting_payback_months(flows: FloatArray) -> FloatArray:
    """First month from which the flows so far are not negative and stay so; (T+1, S) in, (S,) out.

    A loan paid out before it is spent makes the members' flows positive for a moment: that is no payback. NaN where
    they end negative or never are.
    """
    total = np.cumsum(flows, axis=0)
    below = total < -1e-12 * np.abs(flows).sum(axis=0)
    last_below = flows.shape[0] - 1 - np.argmax(below[::-1], axis=0)
    return np.where(below.any(axis=0) & ~below[-1], last_below + 1.0, np.nan)


def lasting_payback(flows: FloatArray) -> tuple[int, float] | tuple[Undefined, Undefined]:
    """Month of the lasting payback of one series (T+1,) and the years until then, interpolated within that month."""
    month = lasting_payback_months(flows[:, None])[0]
    total = np.cumsum(flows)
    if np.isnan(month):
        short = float(-total[-1])
        missing = Undefined("never_pays_back", {"short": short}) if short > 0.0 else Undefined("no_outlay")
        return missing, missing
    last = int(month)
    return last, float(last - 1 + min(-total[last - 1] / flows[last], 1.0)) / 12.0
