"""Other plans in the reference plan's own format, with what is awkward on purpose: months without sales, negative
growth, loans and assets that outlive the plan, tax lags over a year, losses on end."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

__all__ = ["peer_plans"]

Source = dict[str, Any]
Draw = st.DrawFn

_GROWTH = st.sampled_from([0.0, 0.02, 0.035, 0.12, -0.05, -0.3])
_SEASONS = st.one_of(
    st.just([1.0] * 12),
    st.just([0.0] * 12),
    st.lists(st.sampled_from([0.0, 0.0, 0.4, 1.0, 2.75]), min_size=12, max_size=12),
)


def _money(lowest: int, highest: int) -> st.SearchStrategy[float]:
    return st.integers(lowest * 100, highest * 100).map(lambda cents: cents / 100)


def _month(draw: Draw, months: int) -> int:
    return min(draw(st.one_of(st.sampled_from([1, 2, 12, 13]), st.integers(1, months))), months)


def _product(draw: Draw, number: int, months: int) -> Source:
    price = draw(_money(1, 90))
    return {
        "name": f"Product {number}",
        "launch_month": _month(draw, months),
        "base_volume": draw(st.sampled_from([0.0, 35.5, 900.0, 12_000.0])),
        "volume_growth_annual": draw(_GROWTH),
        "base_price": price,
        "price_growth_annual": draw(_GROWTH),
        "unit_material_cost": price * draw(st.sampled_from([0.0, 0.2, 0.5, 0.8, 1.1])),
        "material_cost_growth_annual": draw(_GROWTH),
        "selling_cost_pct": draw(st.sampled_from([0.0, 0.04, 0.3])),
        "season": draw(_SEASONS),
    }


def _loan(draw: Draw, number: int, months: int) -> Source:
    kind = draw(st.sampled_from(["annuity", "equal_principal"]))
    count = draw(st.sampled_from([1, 2, 12, 36, 84, 240]))
    return {
        "name": f"Loan {number}",
        "kind": kind,
        "draw_month": _month(draw, months),
        "principal": draw(st.sampled_from([1.0, 15_000.0, 220_000.0])),
        "annual_rate": draw(st.sampled_from([0.0, 0.0001, 0.072, 0.18, 0.6])),
        "instalments": count,
        "grace_months": 0 if kind == "annuity" else draw(st.integers(0, min(count - 1, 120))),
    }


def _opening(draw: Draw) -> Source:
    fixed = draw(st.sampled_from([0.0, 96_000.0]))
    opening: Source = {
        "cash": draw(st.sampled_from([0.0, 45_000.0, -3000.0])),
        "receivables": draw(st.sampled_from([0.0, 32_000.0])),
        "inventory": draw(st.sampled_from([0.0, 18_500.0])),
        "payables": draw(st.sampled_from([0.0, 14_500.0])),
        "fixed_assets_net": fixed,
        "fixed_assets_remaining_life_months": draw(st.sampled_from([1, 48, 500])) if fixed else 0,
        "share_capital": draw(st.sampled_from([0.0, 20_000.0, 150_000.0])),
        "tax_loss_carry_forward": draw(st.sampled_from([0.0, 12_000.0, 400_000.0])),
    }
    assets = opening["cash"] + opening["receivables"] + opening["inventory"] + fixed
    opening["retained_earnings"] = assets - opening["payables"] - opening["share_capital"]
    return opening


@st.composite
def peer_plans(draw: Draw) -> Source:
    """A plan of one to twenty years that anybody could have written in the reference plan's format."""
    months = 12 * draw(st.sampled_from([1, 2, 3, 5, 7, 10, 15, 20]))

    def some(build: Any, most: int, least: int = 0) -> list[Source]:
        return [build(number) for number in range(draw(st.integers(least, most)))]

    return {
        "name": "A generated plan",
        "currency": "EUR",
        "start": "2026-01",
        "months": months,
        "products": some(lambda n: _product(draw, n, months), 7, 1),
        "fixed_costs": some(
            lambda n: {
                "name": f"Cost {n}",
                "start_month": _month(draw, months),
                "monthly": draw(_money(0, 6000)),
                "growth_annual": draw(_GROWTH),
            },
            4,
        ),
        "payroll": {
            "social_rate": draw(st.sampled_from([0.0, 0.05, 0.27])),
            "posts": some(
                lambda n: {
                    "name": f"Post {n}",
                    "headcount": draw(st.sampled_from([1, 7, 0.5])),
                    "start_month": _month(draw, months),
                    "monthly_gross": draw(_money(0, 4000)),
                    "raise_annual": draw(_GROWTH),
                },
                3,
            ),
        },
        "capex": some(
            lambda n: {
                "name": f"Asset {n}",
                "month": _month(draw, months),
                "amount": draw(_money(0, 240_000)),
                "life_months": draw(st.sampled_from([1, 36, 60, 120, 600])),
            },
            4,
        ),
        "opening": _opening(draw),
        "working_capital": {
            "receivable_days": draw(st.sampled_from([0, 12.5, 30, 38, 120])),
            "inventory_days": draw(st.sampled_from([0, 24, 75])),
            "payable_days": draw(st.sampled_from([0, 30, 42, 90])),
        },
        "loans": some(lambda n: _loan(draw, n, months), 4),
        "equity_injections": some(lambda n: {"month": _month(draw, months), "amount": draw(_money(0, 165_000))}, 3),
        "tax": {
            "rate": draw(st.sampled_from([0.0, 0.2, 0.25])),
            "loss_offset_cap": draw(st.sampled_from([0.0, 0.5, 0.8, 1.0])),
            "payment_lag_months": draw(st.sampled_from([0, 1, 4, 12, 15])),
        },
        "dividends": {
            "payout": draw(st.sampled_from([0.0, 0.3, 1.0])),
            "month_of_year": draw(st.sampled_from([1, 5, 12])),
        },
        "valuation": {"discount_rate_annual": draw(st.sampled_from([0.0, 0.12, 0.4]))},
    }
