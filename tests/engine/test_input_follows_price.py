"""An input may be paid by a rule that follows the selling price: then a fall of the price is shared."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from finance_kit.engine.projection import project
from finance_kit.plan.scenarios import ScenarioSet
from finance_kit.plan.schema import Plan


def plan(follows_price: float, **product: Any) -> Plan:
    """One product of 100 units a month at 10, with 2 kg of leaf at 3 and a bag at 1 in each."""
    inputs = [
        {"name": "Leaf", "quantity_per_unit": 2, "price": 3, "follows_price": follows_price},
        {"name": "Bag", "price": 1},
    ]
    return Plan.model_validate(
        {
            "schema_version": 1,
            "title": "Tea",
            "period": {"start": "2027-01", "months": 12, "currency": "THB"},
            "cluster": {"name": "Growers", "product": "Tea", "country": "TH"},
            "products": [
                {"name": "Tea", "unit": "kg", "price": 10, "volume_per_month": 100, "inputs": inputs, **product}
            ],
        }
    )


def cost(plan: Plan, **drivers: float) -> float:
    """Cost of inputs of the first month in one scenario."""
    arrays: dict[str, Any] = {name: np.array([value]) for name, value in drivers.items()}
    scenario = ScenarioSet(count=1, **arrays)
    return float(project(plan, scenario).line("material_cost")[0, 0])


# As planned 100 x (2 x 3 + 1) = 700. With prices 10 % lower the leaf at full link is 2 x 2.70: 100 x 6.40 = 640; at
# half link 2 x 2.85: 670. With inputs 20 % dearer as well: 640 x 1.2 = 768.
@pytest.mark.parametrize("capacity", [{}, {"capacity_per_month": 100}])
@pytest.mark.parametrize(
    ("follows_price", "drivers", "expected"),
    [
        (1.0, {}, 700.0),
        (0.0, {"price": 0.9}, 700.0),
        (0.5, {"price": 0.9}, 670.0),
        (1.0, {"price": 0.9}, 640.0),
        (1.0, {"price": 1.1}, 760.0),
        (1.0, {"price": 0.9, "input_cost": 1.2}, 768.0),
        (1.0, {"price": 0.9, "volume": 0.5}, 320.0),
    ],
)
def test_what_a_price_change_does_to_the_cost_of_inputs(
    follows_price: float, drivers: dict[str, float], expected: float, capacity: dict[str, float]
) -> None:
    assert cost(plan(follows_price, **capacity), **drivers) == pytest.approx(expected, abs=1e-9)


def test_losses_and_stock_ahead_follow_too() -> None:
    # 20 % is lost: 7 / 0.8 = 8.75 a unit sold, leaf 6 / 0.8 = 7.50. Two months ahead are in stock: 2 x 100 units.
    ahead = plan(1.0, loss_share=0.2, months_before_sale=2)
    stressed = project(ahead, ScenarioSet(count=2, price=np.array([1.0, 0.9])))
    assert stressed.line("inventory")[0] == pytest.approx([200 * 8.75, 200 * 8.00], abs=1e-9)


def test_the_product_lines_tell_the_same_cost() -> None:
    half = project(plan(0.5), ScenarioSet(count=1, price=np.array([0.9])))
    assert half.products["Tea"]["material_cost"][0, 0] == pytest.approx(670.0, abs=1e-9)
