"""The applicant: facts, people, members, past results."""

from __future__ import annotations

import pytest

from finance_kit.report.applicant import applicant, members_annex, women_among_members
from finance_kit.report.model import Row
from finance_kit.report.past import past_results
from tests.report.small_plan import PLAN, blocks_of, chart_of, facts_of, small_basis, table_of, texts_of


def test_stated_facts_are_shown_and_expected_ones_that_are_missing_are_named() -> None:
    facts = facts_of(applicant(small_basis()))
    assert facts["legal_form"].value == "Association"
    assert facts["place"].value == "Lampang, Thailand"
    assert (facts["women_members"].value, facts["women_share"].value) == (3, 0.75)
    assert facts["registration"].value == "Not stated in the plan"
    assert "address" not in facts


def test_women_are_counted_in_the_list_when_the_cluster_does_not_say_how_many() -> None:
    cluster = {key: value for key, value in PLAN["cluster"].items() if key != "women_members"}
    assert women_among_members(small_basis(cluster=cluster)) == (1, 2)
    unknown = [{**PLAN["members"][0], "gender": "not_stated"}, PLAN["members"][1]]
    assert women_among_members(small_basis(cluster=cluster, members=unknown)) is None


def test_members_are_added_up_and_empty_columns_left_out() -> None:
    table = table_of(applicant(small_basis()), "members")
    labels = [column.label for column in table.columns]
    assert labels == ["Member", "Gender", "Supply promised", "In cash", "In kind"]
    assert table.note == "Type: household. Unit: kg."
    assert table.rows[-1].kind == "total"
    assert table.rows[-1].cells[-2:] == (9000, 1000)
    assert not table.wide


def test_supply_in_different_units_is_not_added_up() -> None:
    same = [{**member, "supply_unit": "kg"} for member in PLAN["members"]]
    assert table_of(applicant(small_basis(members=same)), "members").rows[-1].cells[2] == 2700
    mixed = [PLAN["members"][0], {**PLAN["members"][1], "supply_unit": "basket"}]
    assert table_of(applicant(small_basis(members=mixed)), "members").rows[-1].cells[2] == ""


def test_the_chart_of_contributions_shows_eight_members_and_the_others_together() -> None:
    members = [{"name": f"M{number}", "contribution_cash": 100 * number} for number in range(1, 22)]
    chart = chart_of(applicant(small_basis(members=members)), "member_contributions")
    assert chart.categories == ("M21", "M20", "M19", "M18", "M17", "M16", "M15", "M14", "13 others")
    assert chart.series[0].values[-1] == 100 * 13 * 14 / 2
    assert chart.title == "The largest contribution is 9.1 % of all"  # 2,100 of 23,100


def test_a_long_list_of_members_stands_in_an_annex_and_a_short_one_in_the_section() -> None:
    short = small_basis(members=[{"name": f"M{number}"} for number in range(20)])
    assert members_annex(short) is None
    assert len(table_of(applicant(short), "members").rows) == 21
    long = small_basis(members=[{"name": f"M{number}"} for number in range(21)])
    assert len(table_of(members_annex(long), "members").rows) == 22
    assert not [block for block in blocks_of(applicant(long)) if getattr(block, "id", "") == "members"]


def test_members_who_bring_the_same_thing_are_named_together() -> None:
    members = [{"name": name, "contribution_in_kind": 5, "in_kind_description": "Timber"} for name in "ABC"]
    assert "A, B and C: Timber" in texts_of(applicant(small_basis(members=members)), "bullet")


def test_what_members_pledge_is_said_in_a_sentence() -> None:
    texts = texts_of(applicant(small_basis()))
    assert (
        "2 members are listed. Of 4 members, 3 are women (75.0 %). They pledge THB 9,000 in cash and THB 1,000 in kind."
        in texts
    )


def test_leader_comes_first_among_the_people() -> None:
    table = table_of(applicant(small_basis()), "leadership")
    assert [row.cells[0] for row in table.rows] == ["Ann", "Bo", "Cy"]


def test_past_years_are_shown_with_surplus_margin_and_basis() -> None:
    years = [
        {"year": 2026, "sales": 12100, "costs": 9075, "basis": "rebuilt"},
        {"year": 2024, "sales": 10000, "costs": 11000, "debts": 500},
    ]
    section = past_results(small_basis(past_years=years))
    rows = {row.cells[0]: row for row in table_of(section, "past_results").rows}
    assert rows["Surplus"].cells[1:] == (-1000, 3025)
    assert rows["Surplus as a share of sales"] == Row(("Surplus as a share of sales", -0.1, 0.25), unit="share")
    assert rows["Debts at the end"].cells[1:] == (500, None)
    assert "Assets at the end" not in rows
    assert rows["Basis of the figures"].cells[1:] == ("own accounts", "rebuilt from records")
    # 10,000 x 1.1 x 1.1 = 12,100; the plan's first year sells 12 x 100 x 10 = 12,000
    text = texts_of(section, "body")[0]
    assert "Sales rose from THB 10,000 in 2024 to THB 12,100 in 2026, 10.0 % a year on average." in text
    assert "Costs were above sales in 2024." in text
    assert "The plan expects sales of THB 12,000 in 2027: 0.99 times the sales of 2026." in text


@pytest.mark.parametrize("part", ["members", "past_years"])
def test_a_missing_list_is_noted_and_not_invented(part: str) -> None:
    basis = small_basis(**{part: []})
    section = applicant(basis) if part == "members" else past_results(basis)
    assert any(text.endswith("not stated in the plan.") for text in texts_of(section, "note"))
