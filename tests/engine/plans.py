"""Small plans over everything that the engine knows, for tests of what holds for every plan.

Months are numbers, so that a plan can be moved in time; the opening balance balances; loan terms are terms that can be.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from finance_kit.plan.scenarios import ScenarioSet
from finance_kit.plan.schema import Plan

__all__ = ["plan_data", "plans", "scenario_sets", "with_scenarios"]

Data = dict[str, Any]
Draw = st.DrawFn

RATE_OF_USD = 36.5
_MONTHS = st.sampled_from([12, 13, 24, 27, 36])
_STARTS = st.sampled_from(["2027-01", "2027-04", "2027-11"])
_SEASON = st.lists(st.sampled_from([0.0, 0.5, 1.0, 1.5, 3.0]), min_size=12, max_size=12).filter(any)
_SHARE = st.sampled_from([0.0, 0.05, 0.2, 0.5, 1.0])
_FOREIGN = st.sampled_from([None, None, "USD"])


def _amount(highest: int) -> st.SearchStrategy[float]:
    """Nothing, or an amount to the cent."""
    return st.one_of(st.just(0.0), st.integers(1, highest * 100).map(lambda cents: cents / 100))


_GROWTH = st.one_of(
    st.none(),
    st.sampled_from([0.03, -0.1, 0.4]).map(lambda rate: {"rate": rate}),
    st.sampled_from([0.02, -0.01]).map(lambda rate: {"rate": rate, "per": "month"}),
    st.builds(lambda rate, how: {"rate": rate, "applied": how}, st.just(0.06), st.sampled_from(["yearly", "monthly"])),
    st.just({"by_year": [0.1, -0.05]}),
)


def _span(draw: Draw, months: int, last: str = "end") -> Data:
    """A first month and perhaps a last one."""
    first = draw(st.sampled_from([1, 1, 1, 5, months]))
    if draw(st.booleans()):
        return {"start": first}
    return {"start": first, last: draw(st.integers(first, months))}


def _product(draw: Draw, number: int, months: int) -> Data:
    span = _span(draw, months)
    span["launch"] = span.pop("start")
    volume = "volume_per_month" if draw(st.booleans()) else "volume_per_year"
    data: Data = {
        "name": f"Product {number}",
        "unit": "kg",
        "price": draw(_amount(80)),
        "currency": draw(_FOREIGN),
        "price_growth": draw(_GROWTH),
        volume: draw(_amount(2000)),
        "volume_growth": draw(_GROWTH),
        "season": draw(st.none() | _SEASON),
        "loss_share": draw(st.sampled_from([0.0, 0.1, 0.6])),
        "capacity_per_month": draw(st.sampled_from([None, 700.0, 120.5])),
        "months_before_sale": draw(st.sampled_from([0, 0, 1, 4])),
        "selling_cost_share": draw(st.sampled_from([0.0, 0.04])),
        "input_cost_growth": draw(_GROWTH),
        **span,
    }
    if draw(st.booleans()):
        data["input_cost_per_unit"] = draw(_amount(40))
    else:
        data["inputs"] = [
            {
                "name": "Leaf",
                "quantity_per_unit": 1.5,
                "price": draw(_amount(20)),
                "currency": draw(_FOREIGN),
                "follows_price": draw(st.sampled_from([0.0, 0.0, 0.5, 1.0])),
            },
            {"name": "Salt", "price": 2.0, "price_growth": draw(_GROWTH)},
        ]
    if draw(st.booleans()):
        data["ramp_up"] = {"per": draw(st.sampled_from(["month", "year"])), "shares": [0.25, 0.5]}
    return data


def _fixed_cost(draw: Draw, number: int, months: int) -> Data:
    return {
        "name": f"Cost {number}",
        "amount": draw(_amount(5000)),
        "every_months": draw(st.sampled_from([1, 3, 12])),
        "kind": draw(st.sampled_from(["fixed", "overhead"])),
        "growth": draw(_GROWTH),
        "season": draw(st.none() | _SEASON),
        "currency": draw(_FOREIGN),
        **_span(draw, months),
    }


def _post(draw: Draw, number: int, months: int) -> Data:
    return {
        "role": f"Post {number}",
        "headcount": draw(st.sampled_from([1.0, 2.5])),
        "monthly_pay": draw(_amount(4000)),
        "labour": draw(st.sampled_from(["hired", "own"])),
        "paid": draw(st.sampled_from(["cash", "imputed"])),
        "growth": draw(_GROWTH),
        "season": draw(st.none() | _SEASON),
        "social_charges": draw(st.booleans()),
        **_span(draw, months),
    }


def _asset(draw: Draw, number: int, months: int) -> Data:
    return {
        "name": f"Asset {number}",
        "quantity": draw(st.sampled_from([1.0, 3.0])),
        "unit_cost": draw(_amount(60_000)),
        "currency": draw(_FOREIGN),
        "month": draw(st.sampled_from([1, 2, months])),
        "life_months": draw(st.sampled_from([1, 7, 12, 60])),
        "residual_share": draw(_SHARE),
        "replace": draw(st.booleans()),
        "replacement_growth": draw(_GROWTH),
        "depreciable": draw(st.sampled_from([True, True, False])),
        "in_kind_share": draw(_SHARE),
    }


def _terms(draw: Draw) -> Data:
    """Repayment terms that can be, of a loan or a debt."""
    step = draw(st.sampled_from([1, 1, 3, 6, 12]))
    count = draw(st.integers(1, 20))
    repayment = draw(st.sampled_from(["annuity", "equal_principal", "interest_only", "bullet", "balloon", "seasonal"]))
    flat = draw(st.booleans())
    data: Data = {
        "annual_rate": draw(st.sampled_from([0.0, 0.09, 0.18, 0.6])),
        "quotation": "flat" if flat else "declining",
        "repayment": repayment,
        "instalments": count,
        "months_between": step,
    }
    if repayment != "bullet":
        data["grace_months"] = step * draw(st.integers(0, min(count - 1, 6)))
        data["grace_kind"] = draw(st.sampled_from(["principal_only", "full"]))
        data["grace_interest"] = "deferred" if flat else draw(st.sampled_from(["capitalised", "deferred"]))
    if repayment == "balloon":
        data["balloon_share"] = draw(_SHARE)
    if repayment == "seasonal":
        paying = count - data["grace_months"] // step
        every_month_comes = step == 1 and paying >= 12
        data["principal_season"] = draw(_SEASON if every_month_comes else st.just([1.0, 0.5, 2.0, 1.0] * 3))
    return data


def _loan(draw: Draw, number: int, months: int) -> Data:
    return {
        "name": f"Loan {number}",
        "principal": draw(_amount(90_000)),
        "draw": draw(st.sampled_from([1, 1, 2, 9, months])),
        "currency": draw(_FOREIGN),
        "rounding_unit": draw(st.sampled_from([None, None, 100.0])),
        "upfront_fee_share": draw(st.sampled_from([0.0, 0.01])),
        "upfront_fee_amount": draw(_amount(50)),
        "instalment_fee_amount": draw(_amount(5)),
        "insurance_share_per_year": draw(st.sampled_from([0.0, 0.006])),
        "compulsory_savings_share": draw(st.sampled_from([0.0, 0.05])),
        "savings_annual_rate": draw(st.sampled_from([0.0, 0.03])),
        **_terms(draw),
    }


def _debt(draw: Draw, number: int) -> Data:
    return {"name": f"Debt {number}", "outstanding": draw(_amount(30_000)), "currency": draw(_FOREIGN), **_terms(draw)}


def _overdraft(draw: Draw, months: int) -> Data | None:
    if draw(st.booleans()):
        return None
    return {
        "limit": draw(st.sampled_from([0.0, 2000.0, 1e7])),
        "annual_rate": draw(st.sampled_from([0.0, 0.24])),
        "annual_fee_share": draw(st.sampled_from([0.0, 0.01])),
        **_span(draw, months),
    }


def _opening(draw: Draw, debts: list[Data]) -> Data:
    """A balance sheet that closes: the surplus kept is what is left."""
    fixed = draw(_amount(40_000))
    data: Data = {
        "cash": draw(st.sampled_from([0.0, 900.0, 50_000.0])),
        "receivables": draw(_amount(8000)),
        "inventory": draw(_amount(8000)),
        "fixed_assets_net": fixed,
        "fixed_assets_remaining_life_months": draw(st.sampled_from([1, 10, 100])) if fixed else 0,
        "payables": draw(_amount(5000)),
        "tax_payable": draw(_amount(900)),
        "share_capital": draw(_amount(30_000)),
        "tax_loss_carry_forward": draw(_amount(20_000)),
    }
    owed = sum(d["outstanding"] * (RATE_OF_USD if d["currency"] else 1.0) for d in debts)
    assets = data["cash"] + data["receivables"] + data["inventory"] + fixed
    data["retained_earnings"] = assets - data["payables"] - data["tax_payable"] - data["share_capital"] - owed
    return data


def _tax(draw: Draw) -> Data | None:
    kind = draw(st.sampled_from(["none", "rate", "brackets"]))
    if kind == "none":
        return None
    data: Data = {
        "minimum_share_of_sales": draw(st.sampled_from([0.0, 0.01])),
        "holiday_months": draw(st.sampled_from([0, 0, 12, 17])),
        "loss_offset_cap": draw(st.sampled_from([1.0, 0.5])),
        "loss_expiry_years": draw(st.sampled_from([None, 1, 2])),
        "payment_lag_months": draw(st.sampled_from([0, 1, 3, 14])),
    }
    if kind == "rate":
        return data | {"rate": 0.2}
    slices = [{"up_to": 3000.0, "rate": 0.0}, {"up_to": 30_000.0, "rate": 0.15}, {"rate": 0.2}]
    return data | {"brackets": slices}


def _policies(draw: Draw) -> Data:
    choices: dict[str, list[Any]] = {
        "year_basis": ["plan_year", "fiscal_year"],
        "fiscal_year_start": [1, 4, 7],
        "price_growth_applied": ["yearly", "monthly"],
        "volume_growth_applied": ["yearly", "monthly"],
        "growth_from": ["plan_start", "launch"],
        "price_basis": ["nominal", "real"],
        "days_per_month": [30, 365],
        "balance_days": ["same_month", "look_back"],
        "depreciation_from": ["month_after", "same_month"],
        "loan_rounding": ["signed", "unrounded"],
        "cfads_basis": [
            "ebitda_less_tax",
            "operating_cash_flow",
            "after_unfinanced_investment",
            "after_unfinanced_needs",
        ],
        "terminal_value": ["book_value", "none"],
        "capital_grants": ["deferred_income", "equity"],
    }
    return {name: draw(st.sampled_from(values)) for name, values in choices.items()}


def _some(draw: Draw, build: Any, most: int, *context: int) -> list[Data]:
    return [build(draw, number, *context) for number in range(draw(st.integers(0, most)))]


@st.composite
def plan_data(draw: Draw) -> Data:
    """A plan as it would stand in a file."""
    months = draw(_MONTHS)
    anywhere = st.integers(1, months)
    debts = _some(draw, _debt, 2)
    days = st.sampled_from([0.0, 12.0, 30.0, 45.0, 120.0])
    paid_out = draw(st.sampled_from([(0.0, 0.0), (0.3, 0.0), (0.25, 0.5)]))
    return {
        "schema_version": 1,
        "title": "A generated plan",
        "period": {"start": draw(_STARTS), "months": months, "currency": "THB"},
        "cluster": {"name": "Cluster", "product": "leaves", "country": "TH"},
        "products": [_product(draw, 0, months), *_some(draw, lambda d, n, m: _product(d, n + 1, m), 2, months)],
        "sales_costs": draw(st.sampled_from([[], [{"name": "Freight", "share": 0.03}]])),
        "fixed_costs": _some(draw, _fixed_cost, 2, months),
        "staff": {"social_rate": draw(st.sampled_from([0.0, 0.05])), "posts": _some(draw, _post, 2, months)},
        "assets": _some(draw, _asset, 2, months),
        "pre_operating": _some(
            draw,
            lambda d, n: {"name": "Permit", "amount": d(_amount(900)), "month": d(anywhere), "currency": d(_FOREIGN)},
            1,
        ),
        "working_capital": {
            "receivable_days": draw(days),
            "inventory_days": draw(days),
            "payable_days": draw(days),
            "minimum_cash": draw(st.sampled_from([0.0, 1500.0])),
        },
        "financing": {
            "contributions": _some(draw, lambda d, n: {"month": d(anywhere), "amount": d(_amount(50_000))}, 2),
            "grants": _some(
                draw,
                lambda d, n: {
                    "name": f"Grant {n}",
                    "month": d(anywhere),
                    "amount": d(_amount(20_000)),
                    "kind": d(st.sampled_from(["capital", "operating"])),
                    "release_months": d(st.sampled_from([None, 5, 60])),
                },
                2,
            ),
            "loans": _some(draw, _loan, 2, months),
            "overdraft": _overdraft(draw, months),
        },
        "existing_debts": debts,
        "opening": _opening(draw, debts),
        "tax": _tax(draw),
        "distribution": {
            "dividend_share": paid_out[0],
            "patronage_share": paid_out[1],
            "month_of_year": draw(st.sampled_from([1, 5, 12])),
            "limit_to_cash": draw(st.booleans()),
        },
        "without_project": draw(
            st.sampled_from(
                [
                    None,
                    {
                        "text": "As today",
                        "lines": [
                            {"name": "Leaf sold raw", "kind": "income", "amount_per_month": 3000.0, "growth": 0.02},
                            {"name": "Transport", "kind": "cost", "amount_per_month": 10.0, "currency": "USD"},
                        ],
                    },
                ]
            )
        ),
        "valuation": {
            "discount_rate": draw(st.sampled_from([0.0, 0.12])),
            "equity_discount_rate": draw(st.sampled_from([None, 0.2])),
            "rate_basis": draw(st.sampled_from(["nominal", "real"])),
            "inflation": draw(st.sampled_from([None, 0.04])),
        },
        "exchange_rates": [
            {
                "currency": "USD",
                "rate": RATE_OF_USD,
                "date": "2026-10-01",
                "annual_change": draw(st.sampled_from([0.0, 0.08, -0.05])),
            }
        ],
        "policies": _policies(draw),
    }


def plans() -> st.SearchStrategy[Plan]:
    """Plans, read as from a file."""
    return plan_data().map(Plan.model_validate)


@st.composite
def scenario_sets(draw: Draw, products: int) -> ScenarioSet:
    """One to four scenarios with any of the drivers."""
    count = draw(st.integers(1, 4))

    def factors(lowest: float = 0.6) -> Any:
        return np.array(draw(st.lists(st.sampled_from([lowest, 0.9, 1.0, 1.7]), min_size=count, max_size=count)))

    drivers: dict[str, Any] = {}
    for name in ("price", "volume"):
        shape = draw(st.sampled_from(["none", "one", "each"]))
        if shape == "one":
            drivers[name] = factors()
        elif shape == "each":
            drivers[name] = np.stack([factors() for _ in range(products)])
    for name in ("input_cost", "fixed_cost", "wage", "investment", "receivable_days", "inventory_days", "payable_days"):
        if draw(st.booleans()):
            drivers[name] = factors()
    if draw(st.booleans()):
        drivers["loan"] = factors(0.0)
    if draw(st.booleans()):
        drivers["interest_add"] = factors() * 0.02
    return ScenarioSet(count=count, **drivers)


@st.composite
def with_scenarios(draw: Draw) -> tuple[Plan, ScenarioSet]:
    """A plan and what is varied in it."""
    plan = draw(plans())
    return plan, draw(scenario_sets(len(plan.products)))
