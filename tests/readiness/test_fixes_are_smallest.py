"""Every fix, written into a plan and run by the ordinary path, meets its threshold; a little less of it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance_kit.engine.projection import project
from finance_kit.errors import CalculationError
from finance_kit.indicators.evaluate import evaluate
from finance_kit.plan.amend import amended, edits
from finance_kit.plan.load import load_text, read_plan
from finance_kit.plan.schema import Plan
from finance_kit.readiness import FACTS, LenderProfile, facts, lender_profiles
from finance_kit.readiness.fix_policy import CATALOGUE, Bounds
from finance_kit.readiness.fixes import Fix, Fixes, find_fixes
from finance_kit.readiness.levers import Lever, levers_of
from finance_kit.readiness.problems import Problem
from tests.readiness.fix_plans import dryer, profile

SAMPLES = sorted((Path(__file__).parents[2] / "sample_plans").glob("*.yaml"))
ASKED = (
    {"fact": "min_dscr", "rule": "at_least", "value": 1.25},
    {"fact": "cash_shortfall", "rule": "at_most", "value": 0.0},
    {"fact": "own_contribution_share", "rule": "at_least", "value": 0.3},
    {"fact": "debt_to_equity", "rule": "at_most", "value": 2.0},
)
HELD = ({"fact": "dscr_volume_stress", "rule": "at_least", "value": 1.0},)


def meets(plan: Plan, problem: Problem, lender: LenderProfile) -> bool:
    """By the ordinary path alone: compile, project, evaluate, stress, read."""
    plan = Plan.model_validate(plan.model_dump())
    known = facts(evaluate(project(plan)), documents=lender.documents.kinds, terms=lender.terms)
    return problem.met(known[problem.fact])


def lever_of(found: Fixes, fix: Fix) -> Lever:
    step = fix.steps[0]
    levers = levers_of(found.before.found, found.bounds)
    return next(each for each in levers if (each.id, each.target) == (step.lever, step.target))


def check_smallest(found: Fixes, lender: LenderProfile) -> int:
    """Meets, and a little less does not; returns how many were looked at."""
    count = 0
    for each in found.mended:
        for fix in each.fixes:
            if not any(step.lever in ("promise", "shared_price") for step in fix.steps):
                assert meets(fix.after.plan, each.problem, lender), (each.problem.fact, fix.steps)
            if len(fix.steps) > 1 or fix.steps[0].lever in ("promise", "shared_price"):
                continue
            count += 1
            lever, value = lever_of(found, fix), fix.steps[0].value
            if lever.step == 0:
                assert not meets(lever.make(0.99 * value), each.problem, lender), (each.problem.fact, fix.steps)
            elif value > lever.step:
                try:
                    less = lever.make(value - lever.step)
                    assert not meets(less, each.problem, lender), (each.problem.fact, fix.steps)
                except CalculationError:
                    continue  # terms that cannot be signed: nothing smaller there
    return count


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_fixes_of_the_samples_are_smallest(sample: Path) -> None:
    plan = read_plan(sample)
    for lender in lender_profiles():
        check_smallest(find_fixes(plan, lender), lender)


def test_the_weak_sample_has_fixes_that_flip_what_they_mend() -> None:
    plan = read_plan(next(path for path in SAMPLES if path.stem == "mm-dried-fish"))
    for lender in lender_profiles():
        found = find_fixes(plan, lender)
        assert found.refusal
        assert check_smallest(found, lender) >= 3


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_fix_that_applies_gives_a_file_that_can_be_used(sample: Path) -> None:
    plan, text = read_plan(sample), sample.read_text("utf-8")
    written = set()  # fixes that change the same places are written the same way
    for lender in lender_profiles(plan.cluster.country):
        for fix in find_fixes(plan, lender).fixes:
            places = frozenset(path for path, _ in edits(plan, fix.after.plan))
            if fix.applies and places not in written:
                written.add(places)
                loaded = load_text(amended(text, sample.name, plan, fix.after.plan), sample.name)
                assert loaded.usable, [str(issue) for issue in loaded.errors]
    assert written


@st.composite
def loans_of_a_dryer(draw: st.DrawFn) -> Plan:
    """Dryers that earn more or less, with loans of several kinds, own money and opening cash."""
    step = draw(st.sampled_from([1, 3, 12]))
    years = draw(st.integers(2, 6))
    loan = {
        "name": "Loan",
        "principal": float(draw(st.integers(20_000, 90_000))),
        "draw": draw(st.sampled_from([1, 2, 4])),
        "annual_rate": draw(st.sampled_from([0.0, 0.08, 0.18, 0.28])),
        "repayment": draw(st.sampled_from(["annuity", "equal_principal"])),
        "instalments": 12 * years // step,
        "months_between": step,
        "upfront_fee_share": draw(st.sampled_from([0.0, 0.02])),
    }
    return dryer(
        financing__loans=[loan],
        financing__contributions__0__amount=float(draw(st.integers(0, 30_000))),
        fixed_costs__0__amount=float(draw(st.integers(800, 2_400))),
        products__0__season=draw(st.sampled_from([None, [2, 2, 2, 1, 1, 0.5, 0, 0, 0.5, 1, 1, 1]])),
        opening={"cash": 2_000.0, "share_capital": 2_000.0},
        policies=draw(st.sampled_from([{"cfads_basis": "ebitda_less_tax", "loan_rounding": "unrounded"}, {}])),
    )


@settings(max_examples=25)
@given(loans_of_a_dryer())
def test_fixes_of_any_dryer_are_smallest(plan: Plan) -> None:
    lender = profile(*ASKED, holds=HELD)
    check_smallest(find_fixes(plan, lender), lender)


@settings(max_examples=20)
@given(loans_of_a_dryer())
def test_the_search_finds_what_trying_every_month_finds(plan: Plan) -> None:
    lender = profile(*ASKED)
    found = find_fixes(plan, lender)
    levers = levers_of(found.before.found, found.bounds)
    for each in found.mended:
        shown = {fix.steps[0].lever: fix.steps[0].value for fix in each.fixes if len(fix.steps) == 1}
        for lever in levers:
            if lever.id not in ("tenor", "grace", "later_draw") or lever.id in dict(each.tried):
                continue
            if lever.id in shown:
                by_hand = next(
                    x for x in lever.whole_values() if sound(lever, x) and meets(lever.make(x), each.problem, lender)
                )
                assert shown[lever.id] == by_hand


def sound(lever: Lever, value: float) -> bool:
    """Whether a contract with these terms can be."""
    try:
        project(lever.make(value))
    except CalculationError:
        return False
    return True


@settings(max_examples=20)
@given(loans_of_a_dryer())
def test_levers_that_are_said_not_to_reach_do_not(plan: Plan) -> None:
    lender = profile(*ASKED)
    found = find_fixes(plan, lender)
    levers = levers_of(found.before.found, found.bounds)
    for each in found.mended:
        for lever in levers:
            if lever.id in dict(each.tried) and lever.id in ("tenor", "grace", "less_loan", "own_for_loan", "more_own"):
                values = lever.whole_values()[::7] if lever.step else [lever.most * n / 7 for n in range(1, 8)]
                assert not any(sound(lever, x) and meets(lever.make(x), each.problem, lender) for x in values)


@given(loans_of_a_dryer(), st.floats(0.05, 0.9), st.floats(0.01, 0.1))
def test_a_smaller_loan_never_lowers_the_cover(plan: Plan, share: float, more: float) -> None:
    before = evaluate(project(plan))
    lever = next(each for each in levers_of(before, Bounds()) if each.id == "own_for_loan")
    less, least = (evaluate(project(lever.make(x))).plan_level["min_dscr"][0] for x in (share, min(share + more, 0.95)))
    if less > 0.0:  # a smaller debt service makes a negative cover more negative
        assert least >= less * (1.0 - 1e-3)


def test_two_small_steps_are_named_beside_one_large_one() -> None:
    # Cover of 1.5: the loan alone must fall by 28 % (12,000 / 0.277410 = 43,257), the tenor alone rise from five years
    # to nine (11,260.73 a year; eight are 12,078.17). One year longer and 17.8 % less do as well: 49,336.89 over
    # six years is 12,000 a year.
    lender = profile({"fact": "min_dscr", "rule": "at_least", "value": 1.5})
    found = find_fixes(dryer(period__months=144), lender)
    pair = next(fix for fix in found.mended[0].fixes if len(fix.steps) == 2)
    loan = pair.after.plan.financing.loans[0]
    years = loan.instalments
    allowed = 12_000 * (1 - 1.12**-years) / 0.12
    assert allowed * 0.999 <= loan.principal <= allowed
    assert 5 < years < 9
    assert 43_257 < loan.principal < 60_000
    assert meets(pair.after.plan, found.mended[0].problem, lender)


def test_members_in_another_order_give_the_same_fixes() -> None:
    plan = read_plan(next(path for path in SAMPLES if path.stem == "mm-dried-fish"))
    lender = lender_profiles()[1]
    turned = plan.model_copy(update={"members": list(reversed(plan.members))})
    first, second = find_fixes(plan, lender), find_fixes(turned, lender)
    assert [fix.steps for fix in first.fixes] == [fix.steps for fix in second.fixes]
    assert first.refusal == second.refusal


def test_every_fact_of_the_catalogue_is_known() -> None:
    assert set(CATALOGUE) <= set(FACTS)
