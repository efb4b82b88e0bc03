"""Action plan, risks, environment, export consortium."""

from __future__ import annotations

from typing import Any

import pytest

from finance_kit.report.consortium import break_even_fee, consortium
from finance_kit.report.implementation import action_annex, environment, implementation, risks
from tests.report.small_plan import facts_of, small_basis, table_of, texts_of

ACTIVITIES = [
    {"activity": "Build", "responsible": "Ann", "start": 1, "end": "2027-03", "budget": 300, "budget_source": "Loan"},
    {"activity": "Train", "responsible": "Bo", "start": 3, "end": 4, "budget": 100},
]
CONSORTIUM: dict[str, Any] = {
    "name": "Export group",
    "members": [{"name": "One"}, {"name": "Two"}, {"name": "Three"}],
    "annual_fee": 15,
    "commission_share": 0.1,
    "annual_budget": 100,
    "sales_through_consortium": 400,
}


def _planned(activities: list[dict[str, Any]]) -> Any:
    return implementation(small_basis(action_plan={"goal": "Fire tiles", "activities": activities}))


def _planned_annex(activities: list[dict[str, Any]]) -> Any:
    return action_annex(small_basis(action_plan={"goal": "Fire tiles", "activities": activities}))


def test_outputs_partners_and_risks_of_activities_are_kept() -> None:
    more = {"output": "A kiln", "indicator": "by March", "partner": "Bank", "risk": "Rain"}
    table = table_of(_planned_annex([{**ACTIVITIES[0], **more}]), "action_plan")
    assert table.rows[0].cells[:3] == ("Build", "A kiln; by March", "Ann; Bank")
    assert table.note == "Risks. Build: Rain."


def test_the_action_plan_leaves_out_empty_columns_and_adds_up_the_budget() -> None:
    table = table_of(_planned_annex(ACTIVITIES), "action_plan")
    labels = ["Activity", "Responsible", "Start", "End", "Budget", "Paid by", "Status"]
    assert [column.label for column in table.columns] == labels
    assert table.rows[0].cells == ("Build", "Ann", "2027-01", "2027-03", 300, "Loan", "planned")
    assert (table.rows[-1].kind, table.rows[-1].cells[4]) == ("total", 400)


def test_the_calendar_marks_the_months_in_which_an_activity_runs() -> None:
    table = table_of(_planned(ACTIVITIES), "action_calendar")
    assert [column.label for column in table.columns] == ["Activity", "Jan 2027", "Feb 2027", "Mar 2027", "Apr 2027"]
    assert [row.marked_cells for row in table.rows] == [(1, 2, 3), (3, 4)]
    assert table.rows[1].cells == ("Train", "", "", "■", "■")
    assert not table.wide


def test_the_calendar_stops_after_twelve_months_and_says_so() -> None:
    table = table_of(_planned([{**ACTIVITIES[0], "end": 20}]), "action_calendar")
    assert len(table.columns) == 13
    assert table.note == (
        "Marked: the months in which an activity runs. Outputs, people and budgets stand in the annex."
        " Months after Dec 2027 are not shown."
    )


def test_the_budget_is_split_by_who_pays() -> None:
    table = table_of(_planned(ACTIVITIES), "action_budget")
    assert [row.cells for row in table.rows] == [("Loan", 300, 0.75), ("Not stated", 100, 0.25), ("Total", 400, 1.0)]


def test_risks_are_ranked_and_grave_ones_marked() -> None:
    found = [
        {"risk": "Rain", "likelihood": 2, "impact": 3, "mitigation": "Roof"},
        {"risk": "Price falls", "likelihood": 3, "impact": 5, "mitigation": "Contract"},
    ]
    section = risks(small_basis(risks=found))
    rows = table_of(section, "risks").rows
    assert [(row.cells[0], row.cells[3], row.marked_cells) for row in rows] == [
        ("Price falls", 15, (3,)),
        ("Rain", 6, ()),
    ]
    assert texts_of(section)[0] == "2 risks are named. The highest score, 15 of 25, has: Price falls."
    assert "Insurance: not stated in the plan." in texts_of(section, "note")


def test_the_environment_checklist_shows_answers_in_words() -> None:
    items = [
        {"question": "Waste?", "answer": "not_applicable"},
        {"question": "Permit?", "answer": "planned", "measure": "Asked"},
    ]
    rows = table_of(environment(small_basis(environment=items)), "environment").rows
    assert [row.cells for row in rows] == [("Waste?", "does not apply", ""), ("Permit?", "planned", "Asked")]


@pytest.mark.parametrize(
    ("changes", "fee"),
    [
        ({}, 20.0),  # (100 - 0.1 x 400) / 3
        ({"sales_through_consortium": 2000}, 0.0),
        ({"sales_through_consortium": None}, None),
        ({"annual_budget": None}, None),
        ({"members": []}, None),
    ],
)
def test_the_break_even_fee_is_what_commission_leaves_shared_by_members(
    changes: dict[str, Any], fee: float | None
) -> None:
    stated = small_basis(consortium={**CONSORTIUM, **changes}).plan.consortium
    assert stated is not None
    assert break_even_fee(stated) == (None if fee is None else pytest.approx(fee))


def test_a_fee_below_break_even_is_a_warning() -> None:
    section = consortium(small_basis(consortium=CONSORTIUM))
    facts = facts_of(section)
    assert facts["consortium_surplus"].value == pytest.approx(45 + 40 - 100)
    assert texts_of(section, "warning") == [
        "3 annual fees bring THB 45 and the commission THB 40 a year; the budget is THB 100. The fee would have to be"
        " THB 20 a member to cover it."
    ]


def test_a_plan_without_a_consortium_has_no_such_section() -> None:
    assert consortium(small_basis()) is None
