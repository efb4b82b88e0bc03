"""The peer plan (`tests/reference/peer_plan.md`) written in our schema, and our lines by the peer's names.

Any plan in the peer's format can be translated: the conventions it was made under are policy fields of ours.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from finance_kit.engine.projection import Projection
from finance_kit.plan.schema import Plan

__all__ = ["expected", "largest_difference", "monthly_line", "peer_as_plan", "peer_source", "yearly_line"]

FloatArray = npt.NDArray[np.float64]

REFERENCE = Path(__file__).parents[1] / "reference"


def peer_source() -> dict[str, Any]:
    """The peer's own inputs."""
    return json.loads((REFERENCE / "peer_plan.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def expected() -> dict[str, Any]:
    """What a spreadsheet and a separate program agree on."""
    return json.loads((REFERENCE / "peer_expected.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _product(p: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": p["name"],
        "unit": "unit",
        "price": p["base_price"],
        "price_growth": p["price_growth_annual"],
        "volume_per_month": p["base_volume"],
        "volume_growth": p["volume_growth_annual"],
        "season": p["season"],
        "launch": p["launch_month"],
        "input_cost_per_unit": p["unit_material_cost"],
        "input_cost_growth": p["material_cost_growth_annual"],
        "selling_cost_share": p["selling_cost_pct"],
    }


def _loan(loan: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": loan["name"],
        "repayment": loan["kind"],
        "draw": loan["draw_month"],
        "principal": loan["principal"],
        "annual_rate": loan["annual_rate"],
        "instalments": loan["instalments"],
        "grace_months": loan["grace_months"],
    }


def peer_as_plan(source: dict[str, Any]) -> Plan:
    """The same plan in our schema, with the peer's conventions stated as policies."""
    opening = source["opening"]
    days = source["working_capital"]
    data: dict[str, Any] = {
        "schema_version": 1,
        "title": source["name"],
        "period": {"start": source["start"], "months": source["months"], "currency": source["currency"]},
        "cluster": {"name": source["name"], "product": "fruit", "country": "TH"},
        "products": [_product(p) for p in source["products"]],
        "fixed_costs": [
            {"name": c["name"], "amount": c["monthly"], "start": c["start_month"], "growth": c["growth_annual"]}
            for c in source["fixed_costs"]
        ],
        "staff": {
            "social_rate": source["payroll"]["social_rate"],
            "posts": [
                {
                    "role": p["name"],
                    "headcount": p["headcount"],
                    "monthly_pay": p["monthly_gross"],
                    "start": p["start_month"],
                    "growth": p["raise_annual"],
                }
                for p in source["payroll"]["posts"]
            ],
        },
        "assets": [
            {"name": a["name"], "unit_cost": a["amount"], "month": a["month"], "life_months": a["life_months"]}
            for a in source["capex"]
        ],
        "working_capital": {
            "receivable_days": days["receivable_days"],
            "inventory_days": days["inventory_days"],
            "payable_days": days["payable_days"],
        },
        "financing": {
            "contributions": [{"month": e["month"], "amount": e["amount"]} for e in source["equity_injections"]],
            "loans": [_loan(loan) for loan in source["loans"]],
        },
        "opening": {
            "cash": opening["cash"],
            "receivables": opening["receivables"],
            "inventory": opening["inventory"],
            "payables": opening["payables"],
            "fixed_assets_net": opening["fixed_assets_net"],
            "fixed_assets_remaining_life_months": opening["fixed_assets_remaining_life_months"],
            "share_capital": opening["share_capital"],
            "retained_earnings": opening["retained_earnings"],
            "tax_loss_carry_forward": opening["tax_loss_carry_forward"],
        },
        "tax": {
            "rate": source["tax"]["rate"],
            "loss_offset_cap": source["tax"]["loss_offset_cap"],
            "payment_lag_months": source["tax"]["payment_lag_months"],
        },
        "distribution": {
            "dividend_share": source["dividends"]["payout"],
            "month_of_year": source["dividends"]["month_of_year"],
        },
        "valuation": {"discount_rate": source["valuation"]["discount_rate_annual"]},
        "policies": {
            "price_growth_applied": "yearly",
            "volume_growth_applied": "monthly",
            "growth_from": "plan_start",
            "balance_days": "same_month",
            "depreciation_from": "month_after",
            "loan_rounding": "unrounded",
            "cfads_basis": "ebitda_less_tax",
            "terminal_value": "book_value",
        },
    }
    return Plan.model_validate(data)


# The peer's name of a line, where ours is another one.
_LINE = {"tax_loss_pool": "tax_losses"}
_BALANCES = {
    "cash", "receivables", "inventory", "fixed_assets_net", "payables", "tax_payable", "share_capital",
    "retained_earnings", "total_assets",
}  # fmt: skip


def monthly_line(p: Projection, name: str, scenario: int = 0) -> FloatArray:
    """One of the peer's monthly lines, (T,)."""
    kind, _, rest = name.partition("_")
    number, _, what = rest.partition("_")
    if kind == "loan" and number.isdigit():
        loan = p.loans[int(number)]
        paths = {"balance": loan.balance, "interest": loan.interest_expense, "principal": loan.principal}[what]
    elif kind == "product" and number.isdigit():
        paths = list(p.products.values())[int(number)][what]
    else:
        paths = p.line(_LINE.get(name, name))
    return paths[:, scenario if paths.shape[1] > 1 else 0]


def yearly_line(p: Projection, name: str, scenario: int = 0) -> FloatArray:
    """One of the peer's annual lines, (Y,): the year's sum, or the balance at its end."""
    monthly = monthly_line(p, name, scenario)
    at_end = name in _BALANCES or name.endswith("_balance")
    return p.axis.last_of_years(monthly) if at_end else p.axis.sum_years(monthly)


def largest_difference(found: FloatArray, wanted: list[float]) -> float:
    """Largest difference of two series of the same length."""
    wanted_array = np.array(wanted, dtype=np.float64)
    assert found.shape == wanted_array.shape
    return float(np.abs(found - wanted_array).max())
