"""A plan file with a few values changed: everything else stays as it was typed."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest

from finance_kit.errors import PlanError
from finance_kit.plan.amend import amended, edits
from finance_kit.plan.financing import Contribution, Overdraft
from finance_kit.plan.load import load_text, read_plan
from finance_kit.plan.schema import Plan

SAMPLES = sorted((Path(__file__).parents[2] / "sample_plans").glob("*.yaml"))
WEAK = next(path for path in SAMPLES if path.stem == "mm-dried-fish")


def changed(plan: Plan, **financing: Any) -> Plan:
    return plan.model_copy(update={"financing": plan.financing.model_copy(update=financing)})


def differences(old: str, new: str) -> list[str]:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_one_amount_changes_one_line(sample: Path) -> None:
    text, plan = sample.read_text("utf-8"), read_plan(sample)
    first, *others = plan.financing.loans
    new = changed(plan, loans=[first.model_copy(update={"principal": 1234.0}), *others])
    said = differences(text, amended(text, sample.name, plan, new))
    assert len(said) == 2
    assert said[1].strip("+ ") == "principal: 1234"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_an_added_contribution_adds_lines_and_changes_none(sample: Path) -> None:
    text, plan = sample.read_text("utf-8"), read_plan(sample)
    more = Contribution(name="More: of members", month="2027-05", amount=10.5)
    new = changed(plan, contributions=[*plan.financing.contributions, more])
    result = amended(text, sample.name, plan, new)
    assert all(line.startswith("+") for line in differences(text, result))
    again = load_text(result, sample.name).plan
    assert again is not None
    assert again.financing.contributions[-1] == more


def test_a_section_that_was_not_there_is_made() -> None:
    text, plan = WEAK.read_text("utf-8"), read_plan(WEAK)
    result = amended(text, WEAK.name, plan, changed(plan, overdraft=Overdraft(limit=5.0, annual_rate=0.28)))
    again = load_text(result, WEAK.name).plan
    assert again is not None
    assert again.financing.overdraft == Overdraft(limit=5.0, annual_rate=0.28)
    assert all(line.startswith("+") for line in differences(text, result))


def test_comments_stay() -> None:
    text, plan = WEAK.read_text("utf-8"), read_plan(WEAK)
    new = changed(plan, loans=[each.model_copy(update={"instalments": 18}) for each in plan.financing.loans])
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert comments
    assert [line for line in amended(text, WEAK.name, plan, new).splitlines() if line.startswith("#")] == comments


def test_a_plan_without_changes_is_the_same_text() -> None:
    text, plan = WEAK.read_text("utf-8"), read_plan(WEAK)
    assert list(edits(plan, plan.model_copy())) == []
    assert amended(text, WEAK.name, plan, plan.model_copy()) == text


def test_a_text_of_another_plan_is_refused() -> None:
    other = next(path for path in SAMPLES if path.stem == "th-pottery-kiln").read_text("utf-8")
    plan = read_plan(WEAK)
    new = changed(plan, loans=[each.model_copy(update={"principal": 1.0}) for each in plan.financing.loans[:1]])
    with pytest.raises(PlanError, match="plan_not_amended"):
        amended(other, "other.yaml", plan, new)
