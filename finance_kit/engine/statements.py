"""Profit and loss, cash flow and balance sheet, put together from the blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from finance_kit.engine.assumptions import Assumptions
from finance_kit.engine.financing import LoanLines
from finance_kit.engine.paths import change, nothing, running, total, varied
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


def _add_loans(blocks: Blocks) -> None:
    """Lines of all loans together."""
    b, months = blocks.lines, blocks.assumptions.sales.months
    loans = LoanLines.together(blocks.loans, months)
    b["loan_draws"], b["loan_principal"], b["loan_interest"] = loans.draws, loans.principal, loans.interest_expense
    b["loan_interest_paid"], b["interest_capitalised"] = loans.interest_paid, loans.interest_capitalised
    b["loans"], b["interest_payable"], b["compulsory_savings"] = loans.balance, loans.interest_payable, loans.savings
    b["savings_paid_in"], b["savings_returned"] = loans.savings_in, loans.savings_returned
    b["savings_interest"], b["exchange_loss"] = loans.savings_interest, loans.exchange_loss
    b["finance_fees"] = total([loans.fees, varied(blocks.assumptions.overdraft_fee, None)])


def before_recurrence(blocks: Blocks) -> None:
    """Everything down to profit before tax and cash before tax, distributions and overdraft; adds to ``lines``."""
    a, s, b = blocks.assumptions, blocks.scenarios, blocks.lines
    b["fixed_cost"] = varied(a.costs.fixed_cost, s.fixed_cost)
    b["overhead"] = varied(a.costs.overhead, s.fixed_cost)
    b["payroll"] = varied(a.costs.payroll, s.wage)
    b["social"] = varied(a.costs.social, s.wage)
    b["imputed_labour"] = varied(a.costs.imputed_labour, s.wage)
    b["pre_operating_cost"] = varied(a.costs.pre_operating_cost, None)
    b["operating_grants"] = varied(a.grants.operating, None)
    b["grant_release"] = varied(a.grants.release, None)
    b["contribution"] = total([b["revenue"]], [b["material_cost"], b["selling_cost"]])
    b["ebitda"] = total(
        [b["contribution"], b["operating_grants"]],
        [b["fixed_cost"], b["overhead"], b["payroll"], b["social"], b["pre_operating_cost"]],
    )
    b["capex"] = varied(a.assets.capex, s.investment)
    b["in_kind"] = varied(a.assets.in_kind, None)
    b["asset_sales"] = total([varied(a.assets.capex_sales, s.investment), varied(a.assets.in_kind_sales, None)])
    b["depreciation"] = total(
        [varied(a.assets.capex_depreciation, s.investment), varied(a.assets.other_depreciation, None)]
    )
    b["ebit"] = total([b["ebitda"], b["grant_release"]], [b["depreciation"]])
    _add_loans(blocks)
    b["profit"] = total([b["ebit"], b["savings_interest"]], [b["loan_interest"], b["finance_fees"], b["exchange_loss"]])
    o = blocks.opening
    b["working_capital"] = total([b["receivables"], b["inventory"]], [b["payables"]])
    b["working_capital_increase"] = change(b["working_capital"], o["receivables"] + o["inventory"] - o["payables"])
    b["equity_injection"] = varied(a.equity, None)
    b["grants_received"] = varied(a.grants.capital, None)
    b["before"] = total(
        [
            b["ebitda"], b["asset_sales"], b["loan_draws"], b["savings_returned"], b["equity_injection"],
            b["grants_received"],
        ],
        [
            b["working_capital_increase"], b["capex"], b["loan_principal"], b["loan_interest_paid"],
            b["finance_fees"], b["savings_paid_in"],
        ],
    )  # fmt: skip


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
    profit = b.pop("profit")
    del b["before"]
    b["overdraft_interest"] = path.overdraft_interest
    b["interest"] = total([b["loan_interest"], path.overdraft_interest])
    b["pbt"] = total([profit], [path.overdraft_interest])
    b["tax_expense"] = path.tax_expense
    b["net_profit"] = total([b["pbt"]], [path.tax_expense])
    b["tax_paid"] = path.tax_paid
    b["operating_cash_flow"] = total([b["ebitda"]], [b["working_capital_increase"], path.tax_paid])
    b["free_cash_flow"] = total([b["operating_cash_flow"], b["asset_sales"]], [b["capex"]])
    b["interest_paid"] = total([b["loan_interest_paid"], path.overdraft_interest])
    b["overdraft_drawn"], b["overdraft_repaid"] = path.overdraft_drawn, path.overdraft_repaid
    b["dividends_paid"], b["patronage_paid"] = path.dividends, path.patronage
    b["net_cash_flow"], b["cash"] = path.net_cash_flow, path.cash
    invested = total([b["capex"], b["in_kind"]], [b["asset_sales"], b["depreciation"]])
    b["fixed_assets_net"] = running(invested, o["fixed_assets_net"])
    b["total_assets"] = total(
        [b["cash"], b["receivables"], b["inventory"], b["compulsory_savings"], b["fixed_assets_net"]]
    )
    b["tax_payable"], b["tax_losses"], b["overdraft"] = path.tax_payable, path.tax_losses, path.overdraft
    none = nothing(a.sales.months)
    deferred = a.plan.policies.capital_grants == "deferred_income"
    b["deferred_grants"] = running(total([b["grants_received"]], [b["grant_release"]])) if deferred else none
    paid_in = total([b["equity_injection"], b["in_kind"], none if deferred else b["grants_received"]])
    b["share_capital"] = running(paid_in, o["share_capital"])
    kept = total([b["net_profit"]], [path.dividends, path.patronage])
    b["retained_earnings"] = running(kept, o["retained_earnings"])
    b["total_liabilities_equity"] = total(
        [
            b["payables"], b["tax_payable"], b["interest_payable"], b["overdraft"], b["loans"], b["deferred_grants"],
            b["share_capital"], b["retained_earnings"],
        ]
    )  # fmt: skip
    b["without_income"] = varied(a.without_income, None)
    b["without_cost"] = varied(a.without_cost, None)
    b["without_net_cash_flow"] = total([b["without_income"]], [b["without_cost"]])
    return b
