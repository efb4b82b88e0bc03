"""Needs, value chain, options; buyers, season, products."""

from __future__ import annotations

from typing import Any

import pytest

from finance_kit.report.needs_value import needs_and_value, payback_years, value_added
from finance_kit.report.product_market import market, sales_cover
from tests.report.small_plan import PLAN, chart_of, small_basis, table_of, texts_of

CHAIN = [
    {"stage": "Clay", "actor": "Digger", "price_per_unit": 4, "unit": "piece"},
    {"stage": "Tile", "actor": "Member", "price_per_unit": 10, "unit": "piece"},
    {"stage": "Shop", "actor": "Shop", "price_per_unit": 16, "unit": "piece"},
]
OPTIONS = [
    {"option": "Kiln", "extra_price": 5, "extra_cost": 2, "volume_per_year": 1000, "investment": 9000, "chosen": True},
    {"option": "Glaze", "extra_price": 4, "extra_cost": 1, "volume_per_year": 2000, "investment": 12000},
    {"option": "Paint", "extra_price": 1, "extra_cost": 2, "volume_per_year": 500, "investment": 100},
]
BUYERS = [
    {"name": "A", "volume_per_year": 600, "commitment": "contract"},
    {"name": "B", "product": "Tile", "volume_per_year": 900, "commitment": "letter_of_intent"},
    {"name": "C", "volume_per_year": 5000, "commitment": "talks"},
]


def test_a_plan_that_says_nothing_of_needs_has_no_such_section() -> None:
    assert needs_and_value(small_basis()) is None


def test_problems_are_ranked_by_frequency_times_severity() -> None:
    problems = [{"problem": "Low", "frequency": 2, "severity": 3}, {"problem": "High", "frequency": 5, "severity": 4}]
    section = needs_and_value(
        small_basis(needs={"problems": problems, "strengths": ["Skill"], "weaknesses": ["a", "b"]})
    )
    assert [row.cells[0] for row in table_of(section, "problems").rows] == ["High", "Low"]
    assert [row.cells[3] for row in table_of(section, "problems").rows] == [20, 6]
    assert [row.cells for row in table_of(section, "swot_inside").rows] == [("Skill", "a"), ("", "b")]


def test_value_added_is_the_difference_to_the_stage_before() -> None:
    basis = small_basis(value_chain=CHAIN)
    assert value_added(basis.plan.value_chain) == (4, 6, 6)
    section = needs_and_value(basis)
    assert [row.cells[-1] for row in table_of(section, "value_chain").rows] == [0.25, 0.375, 0.375]
    chart = chart_of(section, "price_build_up")
    assert [series.values for series in chart.series] == [(None, 4, 10), (4, 6, 6)]
    assert chart.title == "From THB 4.00 to THB 16.00 per piece"


def test_prices_of_different_units_are_not_subtracted() -> None:
    chain = [{**CHAIN[0], "unit": "kg"}, *CHAIN[1:]]
    basis = small_basis(value_chain=chain)
    assert value_added(basis.plan.value_chain) == (4, None, 6)
    assert chart_of(needs_and_value(basis), "price_build_up").categories == ("Tile", "Shop")


def test_a_falling_price_is_not_stacked() -> None:
    section = needs_and_value(small_basis(value_chain=[*CHAIN, {**CHAIN[2], "price_per_unit": 12}]))
    assert chart_of(section, "price_build_up").kind == "column"


def test_options_are_compared_by_margin_and_payback() -> None:
    basis = small_basis(value_options=OPTIONS)
    assert [payback_years(option) for option in basis.plan.value_options] == [3.0, 2.0, None]
    section = needs_and_value(basis)
    assert [row.cells[4] for row in table_of(section, "value_options").rows] == [3000, 6000, -500]
    assert [row.kind for row in table_of(section, "value_options").rows] == ["marked", "normal", "normal"]
    assert texts_of(section)[0] == (
        "Chosen: Kiln. It brings an extra margin of THB 3,000 a year for an investment of THB 9,000, paid back in 3"
        " years. Of 3 options its margin is the second highest and its payback the second shortest."
    )


def test_promised_units_count_up_to_what_is_planned() -> None:
    basis = small_basis(buyers=BUYERS)
    cover = sales_cover(basis, 0)[0]
    assert (cover.planned, cover.firm, cover.letters, cover.sales) == pytest.approx((1200, 600, 600, 12000))
    table = table_of(market(basis), "sales_cover")
    assert table.rows[-1].cells == pytest.approx(("Share of planned sales", "", 0.5, 0.5, 1.0))
    text = "Contracts and orders cover 50.0 % of the sales planned for 2027, letters of intent another 50.0 %."
    assert text in texts_of(market(basis))


def test_a_buyer_without_a_product_counts_for_none_of_two_products() -> None:
    products = [*PLAN["products"], {"name": "Pot", "unit": "piece", "price": 5, "volume_per_month": 200}]
    tile, pot = sales_cover(small_basis(products=products, buyers=BUYERS), 0)
    assert (tile.firm, tile.letters) == (0, 900)
    assert (pot.firm, pot.letters, pot.sales) == (0, 0, 12000)


def _priced(currency: str | None) -> dict[str, Any]:
    return {"name": str(currency), "price": 4, "currency": currency}


def test_prices_in_one_currency_stay_in_it_and_in_several_become_plan_currency() -> None:
    rates = [{"currency": "USD", "rate": 30, "date": "2026-11-24"}]
    alone = table_of(market(small_basis(buyers=[_priced("USD")], exchange_rates=rates)), "buyers")
    assert (alone.columns[4].label, alone.columns[4].currency, alone.rows[0].cells[4]) == ("Price, USD", "USD", 4)
    both = table_of(market(small_basis(buyers=[_priced("USD"), _priced(None)], exchange_rates=rates)), "buyers")
    assert both.columns[4].label == "Price, THB"
    assert [row.cells[4] for row in both.rows] == [120, 4]


def test_the_season_chart_sets_the_first_two_years_side_by_side() -> None:
    season = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2]
    product = {**PLAN["products"][0], "season": season, "volume_growth": 0.5}
    section = market(small_basis(products=[product]))
    chart = chart_of(section, "season")
    assert [series.label for series in chart.series] == ["From Jan 2027", "From Jan 2028"]
    assert chart.series[0].values[9:] == (1000, 1000, 2000)
    assert chart.series[1].values[9:] == (1500, 1500, 2000)  # December: 300 wanted, 250 x 0.8 can be sold
    assert chart.title == "In the 12 months from Jan 2028, sales are highest in Dec"
    assert any("The three best months bring 100.0 %" in text for text in texts_of(section))


def test_buyers_and_market_that_are_missing_are_noted() -> None:
    notes = texts_of(market(small_basis()), "note")
    assert "Buyers: not stated in the plan." in notes
    assert "The market: not stated in the plan." in notes
