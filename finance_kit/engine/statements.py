"""Profit and loss, cash flow and balance sheet, put together from the blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from finance_kit.engine.assumptions import Assumptions
from finance_kit.engine.financing import LoanLines
from finance_kit.engine.recurrence import CashPath
from finance_kit.plan.scenarios import ScenarioSet

__all__ = ["Blocks", "before_recurrence", "statements"]

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Blocks:
    """What the statements are made of: the compiled plan, scenarios, loans, opening balances, and ``lines`` so far."""

    assumptions: Assumptions
    scenarios: ScenarioSet
    loans: tuple[LoanLines, ...]
    opening: Mapping[str, float]
    lines: dict[str, Any]


def _varied(path: FloatArray, driver: FloatArray | None) -> FloatArray:
    column = path[:, None]
    return column if driver is None else column * driver


def _change(balance: FloatArray, opening: float) -> FloatArray:
    """Increase of a balance over the month."""
    change = np.empty_like(balance)
    change[0] = balance[0] - opening
    np.subtract(balance[1:], balance[:-1], out=change[1:])
    return change


def _add_loans(blocks: Blocks) -> None:
    """Lines of all loans together."""
    b = blocks.lines
    none = np.zeros((blocks.assumptions.sales.months, 1))
    total = (
        sum(blocks.loans[1:], start=blocks.loans[0]) if blocks.loans else LoanLines(*(none,) * len(fields(LoanLines)))
    )
    b["loan_draws"], b["loan_principal"], b["loan_interest"] = total.draws, total.principal, total.interest_expense
    b["loan_interest_paid"], b["interest_capitalised"] = total.interest_paid, total.interest_capitalised
    b["loans"], b["interest_payable"], b["compulsory_savings"] = total.balance, total.interest_payable, total.savings
    b["savings_paid_in"], b["savings_returned"] = total.savings_in, total.savings_returned
    b["savings_interest"], b["exchange_loss"] = total.savings_interest, total.exchange_loss
    b["finance_fees"] = total.fees + blocks.assumptions.overdraft_fee[:, None]


def before_recurrence(blocks: Blocks) -> None:
    """Everything down to profit before tax and cash before tax, distributions and overdraft; adds to ``lines``."""
    a, s, b = blocks.assumptions, blocks.scenarios, blocks.lines
    b["fixed_cost"] = _varied(a.costs.fixed_cost, s.fixed_cost)
    b["overhead"] = _varied(a.costs.overhead, s.fixed_cost)
    b["payroll"] = _varied(a.costs.payroll, s.wage)
    b["social"] = _varied(a.costs.social, s.wage)
    b["imputed_labour"] = _varied(a.costs.imputed_labour, s.wage)
    b["pre_operating_cost"] = a.costs.pre_operating_cost[:, None]
    b["operating_grants"] = a.grants.operating[:, None]
    b["grant_release"] = a.grants.release[:, None]
    b["contribution"] = b["revenue"] - b["material_cost"] - b["selling_cost"]
    b["ebitda"] = (
        b["contribution"]
        - b["fixed_cost"]
        - b["overhead"]
        - b["payroll"]
        - b["social"]
        - b["pre_operating_cost"]
        + b["operating_grants"]
    )
    b["capex"] = _varied(a.assets.capex, s.investment)
    b["in_kind"] = a.assets.in_kind[:, None]
    b["asset_sales"] = _varied(a.assets.capex_sales, s.investment) + a.assets.in_kind_sales[:, None]
    b["depreciation"] = _varied(a.assets.capex_depreciation, s.investment) + a.assets.other_depreciation[:, None]
    b["ebit"] = b["ebitda"] - b["depreciation"] + b["grant_release"]
    _add_loans(blocks)
    b["profit"] = b["ebit"] - b["loan_interest"] - b["finance_fees"] - b["exchange_loss"] + b["savings_interest"]
    tied_up = b["receivables"] + b["inventory"] - b["payables"]
    o = blocks.opening
    b["working_capital"] = tied_up
    b["working_capital_increase"] = _change(tied_up, o["receivables"] + o["inventory"] - o["payables"])
    b["equity_injection"] = a.equity[:, None]
    b["grants_received"] = a.grants.capital[:, None]
    b["before"] = (
        b["ebitda"]
        - b["working_capital_increase"]
        - b["capex"]
        + b["asset_sales"]
        + b["loan_draws"]
        - b["loan_principal"]
        - b["loan_interest_paid"]
        - b["finance_fees"]
        - b["savings_paid_in"]
        + b["savings_returned"]
        + b["equity_injection"]
        + b["grants_received"]
    )


def statements(blocks: Blocks, path: CashPath) -> dict[str, FloatArray]:
    """All lines of the three statements.

    Parameters
    ----------
    blocks : with the lines that :func:`before_recurrence` added
    path : tax, distributions, overdraft and cash

    Returns
    -------
    by line id, (T, S) or (T, 1), plan currency
    """
    a, b, o = blocks.assumptions, blocks.lines, blocks.opening
    before, profit = b.pop("before"), b.pop("profit")
    b["overdraft_interest"] = path.overdraft_interest
    b["interest"] = b["loan_interest"] + path.overdraft_interest
    b["pbt"] = profit - path.overdraft_interest
    b["tax_expense"] = path.tax_expense
    b["net_profit"] = b["pbt"] - path.tax_expense
    b["tax_paid"] = path.tax_paid
    b["operating_cash_flow"] = b["ebitda"] - b["working_capital_increase"] - path.tax_paid
    b["free_cash_flow"] = b["operating_cash_flow"] - b["capex"] + b["asset_sales"]
    b["interest_paid"] = b["loan_interest_paid"] + path.overdraft_interest
    b["overdraft_drawn"], b["overdraft_repaid"] = path.overdraft_drawn, path.overdraft_repaid
    b["dividends_paid"], b["patronage_paid"] = path.dividends, path.patronage
    b["net_cash_flow"] = (
        before
        - path.tax_paid
        - path.overdraft_interest
        - path.dividends
        - path.patronage
        + path.overdraft_drawn
        - path.overdraft_repaid
    )
    b["cash"] = path.cash
    invested = np.cumsum(b["capex"] + b["in_kind"] - b["asset_sales"] - b["depreciation"], axis=0)
    b["fixed_assets_net"] = invested + o["fixed_assets_net"]
    b["total_assets"] = b["cash"] + b["receivables"] + b["inventory"] + b["compulsory_savings"] + b["fixed_assets_net"]
    b["tax_payable"], b["tax_losses"], b["overdraft"] = path.tax_payable, path.tax_losses, path.overdraft
    deferred = a.plan.policies.capital_grants == "deferred_income"
    grants = np.cumsum(b["grants_received"] - b["grant_release"], axis=0)
    b["deferred_grants"] = grants if deferred else np.zeros_like(grants)
    paid_in = b["equity_injection"] + b["in_kind"] + (0.0 if deferred else b["grants_received"])
    b["share_capital"] = np.cumsum(paid_in, axis=0) + o["share_capital"]
    kept = b["net_profit"] - path.dividends - path.patronage
    b["retained_earnings"] = np.cumsum(kept, axis=0) + o["retained_earnings"]
    b["total_liabilities_equity"] = (
        b["payables"]
        + b["tax_payable"]
        + b["interest_payable"]
        + b["overdraft"]
        + b["loans"]
        + b["deferred_grants"]
        + b["share_capital"]
        + b["retained_earnings"]
    )
    b["without_income"] = a.without_income[:, None]
    b["without_cost"] = a.without_cost[:, None]
    b["without_net_cash_flow"] = b["without_income"] - b["without_cost"]
    return b
