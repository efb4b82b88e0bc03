"""A plan as arrays: everything that no scenario changes, worked out once and shared by all scenarios."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finance_kit.engine.assets import AssetBase, asset_base
from finance_kit.engine.costs import CostBase, cost_base
from finance_kit.engine.escalation import exchange_path, price_path, season_path, window
from finance_kit.engine.financing import GrantBase, PlacedLoan, equity_path, grant_base, placed_loans
from finance_kit.engine.recurrence import OverdraftTerms, Rules, TaxRules
from finance_kit.engine.sales import SalesBase, sales_base
from finance_kit.packs.tax import resolve_tax
from finance_kit.plan.schema import Plan

__all__ = ["Assumptions", "assumptions", "opening_loans", "overdraft_line"]

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Assumptions:
    """A plan, compiled. Paths are (T,), plan currency a month unless their name says otherwise."""

    plan: Plan
    sales: SalesBase
    costs: CostBase
    assets: AssetBase
    grants: GrantBase
    equity: FloatArray
    loans: tuple[PlacedLoan, ...]
    overdraft_fee: FloatArray
    without_income: FloatArray
    without_cost: FloatArray
    rules: Rules


def overdraft_line(plan: Plan) -> tuple[OverdraftTerms | None, FloatArray]:
    """Terms of the overdraft line, ``None`` without one, and its fee path (T,)."""
    months = plan.period.months
    fee = np.zeros(months)
    line = plan.financing.overdraft
    if line is None or line.limit == 0.0:
        return None, fee
    limit = np.zeros(months)
    span = window(plan.month_number(line.start), None if line.end is None else plan.month_number(line.end), months)
    # At the end of its last month the line is repaid.
    limit[span.start : span.stop if line.end is None else span.stop - 1] = line.limit
    fee[span.start : span.stop : 12] = line.limit * line.annual_fee_share
    return OverdraftTerms(limit, line.annual_rate / 12.0), fee


def _without_project(plan: Plan) -> tuple[FloatArray, FloatArray]:
    """Income and cost without the project, (T,) each."""
    months = plan.period.months
    income, cost = np.zeros(months), np.zeros(months)
    for line in plan.without_project.lines if plan.without_project else ():
        path = line.amount_per_month * price_path(plan, line.growth, months)
        path = path * season_path(line.season, plan, months) * exchange_path(plan, line.currency, months)
        (income if line.kind == "income" else cost).__iadd__(path)
    return income, cost


def _rules(plan: Plan, overdraft: OverdraftTerms | None) -> Rules:
    tax = resolve_tax(plan)
    stated = plan.tax
    return Rules(
        axis=plan.axis,
        tax=TaxRules(
            brackets=tax.brackets,
            minimum_share_of_sales=tax.minimum_share_of_sales,
            holiday_months=tax.holiday_months,
            loss_offset_cap=stated.loss_offset_cap if stated else 1.0,
            loss_expiry_years=stated.loss_expiry_years if stated else None,
            payment_lag_months=stated.payment_lag_months if stated else 3,
            opening_losses=plan.opening.tax_loss_carry_forward,
            opening_payable=plan.opening.tax_payable,
        ),
        dividend_share=plan.distribution.dividend_share,
        patronage_share=plan.distribution.patronage_share,
        payout_month_of_year=plan.distribution.month_of_year,
        limit_to_cash=plan.distribution.limit_to_cash,
        minimum_cash=plan.working_capital.minimum_cash,
        opening_cash=plan.opening.cash,
        overdraft=overdraft,
    )


def opening_loans(loans: tuple[PlacedLoan, ...]) -> float:
    """Owed on existing debts on the eve of the plan, plan currency."""
    return sum(
        loan.terms.principal * (loan.exchange if isinstance(loan.exchange, float) else float(loan.exchange[0]))
        for loan in loans
        if loan.existing
    )


def assumptions(plan: Plan) -> Assumptions:
    """Compile a plan.

    Raises
    ------
    CalculationError : a loan's terms cannot be, or an exchange rate is missing (``check`` finds both beforehand)
    PackError : the country pack has no such tax regime
    """
    overdraft, fee = overdraft_line(plan)
    income, cost = _without_project(plan)
    return Assumptions(
        plan=plan,
        sales=sales_base(plan),
        costs=cost_base(plan),
        assets=asset_base(plan),
        grants=grant_base(plan),
        equity=equity_path(plan),
        loans=placed_loans(plan),
        overdraft_fee=fee,
        without_income=income,
        without_cost=cost,
        rules=_rules(plan, overdraft),
    )
