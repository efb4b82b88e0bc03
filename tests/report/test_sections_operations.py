"""Capacity, inputs, supply, staff."""

from __future__ import annotations

import pytest

from finance_kit.report.operations import capacity_table, inputs_table, operations, supply, utilisation_table
from finance_kit.report.people import people
from tests.report.small_plan import PLAN, small_basis, table_of, texts_of

TILE = PLAN["products"][0]


def test_capacity_is_compared_with_what_is_produced_and_not_with_what_is_sold() -> None:
    row = capacity_table(small_basis()).rows[0]
    assert row.cells == pytest.approx(("Tile", "piece", 250, 125, "2027-01", 0.5))  # 100 / (1 - 0.2)
    assert row.marked_cells == ()


def test_a_month_at_full_capacity_is_marked_and_lost_sales_are_said() -> None:
    product = {**TILE, "volume_per_month": 300}  # 250 x 0.8 = 200 can be sold
    basis = small_basis(products=[product])
    assert capacity_table(basis).rows[0].marked_cells == (5,)
    expected = "Tile: in 24 months of the plan more could be sold than produced; sales stop there."
    assert expected in texts_of(operations(basis), "warning")


def test_utilisation_of_a_year_counts_months_without_work() -> None:
    season = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    table = utilisation_table(small_basis(products=[{**TILE, "season": season}]))
    assert table is not None
    assert table.rows[0].cells == pytest.approx(("Tile", 0.125, 0.125))  # 3 x 125 / (12 x 250)


def test_utilisation_is_left_out_where_no_capacity_is_stated() -> None:
    product = {key: value for key, value in TILE.items() if key != "capacity_per_month"}
    basis = small_basis(products=[product])
    assert utilisation_table(basis) is None
    assert "Capacity: not stated in the plan." in texts_of(operations(basis), "note")


def test_inputs_of_a_unit_sold_carry_the_loss() -> None:
    table = inputs_table(small_basis())
    assert table is not None
    _, clay, total, share = table.rows
    assert clay.cells == ("Clay", 2, "kg", 1.5, 3.0, "members")
    assert total.cells[4] == pytest.approx(3.75)  # 3.0 / 0.8
    assert share.cells[4] == pytest.approx(0.375)
    assert share.unit == "share"


def test_inputs_in_another_currency_are_shown_in_plan_currency() -> None:
    item = {"name": "Glaze", "price": 2, "currency": "USD"}
    rates = [{"currency": "USD", "rate": 30, "date": "2026-11-24"}]
    table = inputs_table(small_basis(products=[{**TILE, "inputs": [item]}], exchange_rates=rates))
    assert table is not None
    assert table.rows[1].cells[3:5] == (60, 60)


def test_inputs_that_are_not_listed_are_shown_as_one_sum() -> None:
    product = {**TILE, "inputs": [], "input_cost_per_unit": 4}
    table = inputs_table(small_basis(products=[product]))
    assert table is not None
    assert table.rows[1].cells[0] == "Inputs, not listed"
    assert table.rows[2].cells[4] == pytest.approx(5.0)


def test_supply_is_compared_in_one_unit_whatever_its_capitals() -> None:
    basis = small_basis()
    assert list(supply(basis, 0)) == ["kg"]
    assert supply(basis, 0)["kg"] == pytest.approx(("kg", 2700, 3000))  # 125 x 12 x 2 kg of clay
    section = operations(basis)
    row = table_of(section, "supply").rows[0]
    assert row.cells == pytest.approx(("kg", 2700, 3000, 0.9))
    assert row.marked_cells == (3,)
    assert "Members promise 90.0 % of the supply needed in 2027, in kg." in texts_of(section, "warning")


def test_supply_in_a_unit_that_no_input_has_is_said_and_not_converted() -> None:
    members = [{**PLAN["members"][0], "supply_unit": "basket"}]
    notes = texts_of(operations(small_basis(members=members)), "note")
    assert any(text.startswith("Members promise 1,200 basket a year; the plan states no input") for text in notes)


def test_posts_are_added_up_and_unpaid_work_is_told_apart() -> None:
    posts = [
        {"role": "Burner", "headcount": 2, "monthly_pay": 100, "women": 1, "skills": "Firing"},
        {"role": "Board", "headcount": 0.5, "monthly_pay": 80, "labour": "own", "paid": "imputed"},
    ]
    section = people(small_basis(staff={"social_rate": 0.05, "posts": posts}))
    total = table_of(section, "staff").rows[-1]
    assert total.cells[:3] == ("All posts", 2.5, 1)
    assert table_of(section, "staff").rows[1].cells[4:6] == ("members", "valued only")
    text = "In 2027 pay in cash costs THB 2,400 and social charges THB 120. Members' unpaid work is valued at THB 480."
    assert text in texts_of(section)  # 12 x 2 x 100; 5 % of it; 12 x 0.5 x 80


def test_a_text_with_its_numbers_keeps_both() -> None:
    figures = [{"label": "Kilns", "value": 2, "unit": "kilns", "source": "List", "source_date": "2026-10"}]
    section = operations(small_basis(sections={"storage": {"text": "A dry room.", "figures": figures}}))
    assert "A dry room." in texts_of(section)
    assert table_of(section, "operations_figures").rows[0].cells == ("Kilns", 2, "kilns", "List, 2026-10")


def test_numbers_of_several_texts_stand_in_one_table_under_their_headings() -> None:
    texts = {
        "production": {"text": "We fire.", "figures": [{"label": "Firings", "value": 3}]},
        "storage": {"text": "A dry room.", "figures": [{"label": "Shelves", "value": 4}]},
    }
    table = table_of(operations(small_basis(sections=texts)), "operations_figures")
    assert [row.cells[:2] for row in table.rows] == [
        ("Production", None), ("Firings", 3), ("Storage", None), ("Shelves", 4),
    ]  # fmt: skip
    assert [column.label for column in table.columns] == ["What", "Value", "Unit"]  # no source is stated


def test_a_unit_sold_is_compared_with_its_price_losses_included() -> None:
    table = table_of(operations(small_basis()), "unit_inputs")
    # 2 kg of clay at 1.50, a fifth lost: 3.75 of a price of 10
    assert table.rows[0].cells == pytest.approx(("Tile", "piece", 10, 3.75, 6.25, 0.375))
