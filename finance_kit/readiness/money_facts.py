"""Facts read from the figures: cover of the debt, cash, own contribution, gearing, security.

Where a plan has no debt, no cover can fail: such a fact is ``best``, which is also where a cover goes when a loan is
made ever smaller. A debt of which nothing falls due within the plan's months is another matter: its cover is
``missing``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from finance_kit.indicators.evaluate import Indicators
from finance_kit.readiness.reading import Case, Reading, missing
from finance_kit.risk.stress import STRESSES

__all__ = [
    "cash_shortfall",
    "collateral_cover",
    "debt_to_equity",
    "lowest_single_stress",
    "min_dscr",
    "own_contribution_share",
    "stress_name",
    "stressed_dscr",
]

_DUST = 1e-6
"""Of a year's sales or of all assets: an amount below is rounding. It is relative, so that a plan in riel and the same
plan in thousands of riel are judged alike."""
_DRIVERS = ("price", "volume", "input_cost", "fixed_cost", "wage")


def _cover(found: Indicators, column: int) -> Reading:
    """Lowest yearly DSCR of one scenario, with its year."""
    ratios = found.yearly["dscr"][:, column]
    if not np.isnan(ratios).all():
        year = int(np.nanargmin(ratios))
        return Reading(float(ratios[year]), at=found.projection.axis.year_labels[year])
    p = found.projection
    owed = p.opening["loans"] + sum(float(p.line(name)[:, column].sum()) for name in ("loan_draws", "overdraft"))
    return missing("period.months") if owed > 0.0 else Reading(state="best", reason="no_debt")


def min_dscr(case: Case) -> Reading:
    """Lowest yearly DSCR as planned."""
    return _cover(case.found, case.scenario)


def _moved(position: int) -> tuple[str, ...]:
    """Drivers that a stress moves."""
    return tuple(driver for driver in _DRIVERS if getattr(STRESSES[position], driver) != 1.0)


def _column(drivers: tuple[str, ...]) -> int:
    """Position of the stress that moves exactly these drivers."""
    return next(position for position in range(len(STRESSES)) if set(_moved(position)) == set(drivers))


def stress_name(*drivers: str) -> str:
    """What the stress that moves exactly these drivers is called, within a sentence."""
    name = STRESSES[_column(drivers)].name
    return name[0].lower() + name[1:]


def stressed_dscr(*drivers: str) -> Callable[[Case], Reading]:
    """Reads the lowest yearly DSCR under the stress that moves exactly these drivers."""
    column = _column(drivers)
    return lambda case: _cover(case.stressed, case.scenario * len(STRESSES) + column)


def lowest_single_stress(case: Case) -> Reading:
    """Lowest yearly DSCR when one thing goes worse at a time; ``at`` names the stress."""
    single = [position for position in range(len(STRESSES)) if len(_moved(position)) == 1]
    first = case.scenario * len(STRESSES)
    readings = [(_cover(case.stressed, first + column), STRESSES[column].name) for column in single]
    for reading, _ in readings:
        if reading.state == "missing":
            return reading
    known = [(reading.value, name) for reading, name in readings if isinstance(reading.value, float)]
    if not known:
        return readings[0][0]
    value, name = min(known)
    return Reading(value, at=name)


def cash_shortfall(case: Case) -> Reading:
    """Money missing at the worst month end after any overdraft, plan currency; 0 where only rounding is missing."""
    axis, cash = case.plan.axis, case.line("cash")
    month = int(np.argmin(cash))
    short = float(-cash[month])
    sales, assets = axis.sum_years(case.line("revenue")[:, None]).max(), np.abs(case.line("total_assets")).max()
    if short <= _DUST * max(float(sales), float(assets)):
        return Reading(0.0)
    return Reading(short, at=axis.month(month + 1).label)


def own_contribution_share(case: Case) -> Reading:
    """Members' cash and kind as a share of what finances the plan."""
    own = float(case.line("equity_injection").sum() + case.line("in_kind").sum())
    other = float(case.line("grants_received").sum() + case.line("loan_draws").sum())
    return Reading(own / (own + other)) if own + other else Reading(state="best", reason="no_financing")


def debt_to_equity(case: Case) -> Reading:
    """Highest debt to equity at a year's end; a debt without equity is the worst there is."""
    ends = case.plan.axis.year_ends
    line = {name: case.line(name)[ends] for name in ("loans", "overdraft", "total_assets")}
    equity = (case.line("share_capital") + case.line("retained_earnings"))[ends]
    debts = line["loans"] + line["overdraft"]
    owing = debts > 1e-9 * max(float(debts.max()), float(np.abs(line["total_assets"]).max()))
    if not owing.any():
        return Reading(0.0)
    years = case.plan.axis.year_labels
    without = owing & (equity <= 0.0)
    if without.any():
        return Reading(state="worst", at=years[int(np.argmax(without))], reason="no_equity")
    ratios = np.where(owing, debts / np.where(owing, equity, 1.0), 0.0)
    return Reading(float(ratios.max()), at=years[int(np.argmax(ratios))])


def collateral_cover(case: Case) -> Reading:
    """Security offered over new loans, each in plan currency, before any haircut."""
    lent = float(case.line("loan_draws").sum())
    pledged = sum(case.in_plan_currency(each.value, each.currency) for each in case.plan.collateral)
    return Reading(pledged / lent) if lent else Reading(state="best", reason="no_loan")
