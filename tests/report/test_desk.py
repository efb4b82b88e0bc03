"""What a lender looks at beside the figures: papers, haircuts, schemes, households, published terms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from finance_kit import service
from finance_kit.readiness import lender_profile
from finance_kit.report.desk import Desk, lay_out
from finance_kit.report.model import Section, Table
from finance_kit.report.repayment import loans
from finance_kit.report.security import documents, security
from tests.report.small_plan import PLAN, small_basis, table_of, texts_of

SAMPLES = sorted((Path(__file__).parents[2] / "sample_plans").glob("*.yaml"))
RATES = [{"currency": "USD", "rate": 30, "date": "2026-11-24"}]
LAND = [
    {"name": "Plot", "kind": "titled_land_rural", "value": 1800, "evidence": "Title"},
    {"name": "Truck", "kind": "vehicle", "value": 20, "currency": "USD"},
]


def on_desk(**changes: Any) -> tuple[Any, Desk]:
    basis = small_basis(**changes)
    return basis, lay_out(basis, lender_profile("th_generic_bank"))


def test_security_after_haircuts_is_what_the_shares_of_each_kind_leave() -> None:
    # 1,800 at 60 % is 1,080; 20 USD at 30 is 600, at 60 % 360: together 1,440 against loans of 1,200.
    basis, desk = on_desk(collateral=LAND, exchange_rates=RATES)
    section = security(basis, desk)
    table = table_of(section, "haircuts")
    assert [row.cells[3] for row in table.rows] == pytest.approx([1080, 360, 1440])
    said = " ".join(texts_of(section))
    assert "After haircuts it counts as THB 1,440, 1.20 times the loans." in said
    assert "Counting only what has evidence it is 0.90 times (without evidence: Truck)." in said


def test_without_a_desk_nothing_of_a_lender_is_said() -> None:
    section = security(small_basis(collateral=LAND, exchange_rates=RATES))
    assert not [block for part in section.sections for block in part.blocks if _is(block, "haircuts")]
    assert all(part.id != "guarantees" for part in section.sections)


def _is(block: object, name: str) -> bool:
    return isinstance(block, Table) and block.id == name


def test_papers_name_what_the_plan_lists_and_what_is_asked_and_not_listed() -> None:
    papers = [
        {"name": "Permit of the kiln", "kind": "permit", "status": "expired", "reference": "No. 7"},
        {"name": "House registers", "kind": "identity", "status": "held"},
    ]
    basis, desk = on_desk(documents=papers)
    rows = {row.cells[1]: row for row in table_of(documents(basis, desk), "documents").rows}
    assert rows["Permit of the kiln"].cells[2:4] == ("expired", "No. 7")
    assert rows["Permit of the kiln"].marked_cells == (2,)
    assert rows["House registers"].cells[2] == "held"
    assert {row.cells[2] for title, row in rows.items() if title not in ("Permit of the kiln", "House registers")} == {
        "to get"
    }


def test_shares_of_a_group_loan_stand_only_where_members_borrow_together() -> None:
    member = {**PLAN["members"][0], "household_net_cash": 400}
    alone = small_basis(members=[member, PLAN["members"][1]])
    assert lay_out(alone, lender_profile("th_generic_bank")).group is None
    loan = {**PLAN["financing"]["loans"][0], "lender_type": "mfi"}
    basis, desk = on_desk(members=[member, PLAN["members"][1]], financing={**PLAN["financing"], "loans": [loan]})
    # 1,200 among four members who are counted: 300 each, 25 a month over twelve months, of 400: 6.25 %.
    row = table_of(security(basis, desk), "group_share").rows[0]
    assert row.cells[:5] == pytest.approx(("Ann", 300, 400, 0.0, 0.0625))


def test_the_plans_own_loan_stands_first_beside_published_terms() -> None:
    opened = service.run(next(path for path in SAMPLES if path.stem == "kh-homestay"))
    table = next(each for each in opened.context.tables() if each.id == "published_terms")
    assert table.rows[0].cells[0] == "As the plan has it"
    assert table.rows[0].kind == "total"
    own = opened.basis.indicators.figure("min_dscr")
    assert table.rows[0].cells[7] == pytest.approx(own, rel=1e-9)
    assert loans(opened.basis).blocks  # without a desk the section stands as well


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_lenders_part_of_a_sample_holds_no_points_no_verdict_and_no_advice(sample: Path) -> None:
    opened = service.run(sample)
    assert opened.context.fixes == ()

    def words(section: Section) -> str:
        return " ".join(texts_of(section)) + str([block for block in section.blocks if isinstance(block, Table)])

    said = " ".join(words(section) for section in opened.context.walk()).lower()
    for word in ("points lost", "readiness", "knock-out", "nearly ready", "do not borrow"):
        assert word not in said, word
    listed = {paper.name for paper in opened.plan.documents}
    shown = next(each for each in opened.context.tables() if each.id == "documents")
    assert listed <= {str(row.cells[1]) for row in shown.rows}
