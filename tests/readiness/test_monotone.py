"""A better input never lowers the points, and nothing that should not matter does."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from finance_kit.engine.projection import project
from finance_kit.indicators.evaluate import evaluate
from finance_kit.plan.load import read_plan
from finance_kit.plan.schema import Plan
from finance_kit.readiness import (
    FACTS,
    Assessment,
    Fact,
    LenderProfile,
    Reading,
    assess,
    assess_all,
    lender_profiles,
)
from tests.engine.plans import plan_data

SAMPLES = sorted((Path(__file__).parents[2] / "sample_plans").glob("*.yaml"))
GRADED = [fact for fact in FACTS.values() if fact.better is not None and fact.unit != "money"]
OURS = {"title": "Made up", "date": "2026", "confidence": "low", "status": "convention"}
ORDER = ("knocked_out", "not_yet", "nearly", "ready")


def value_of(fact: Fact) -> st.SearchStrategy[Any]:
    """Anything that the fact may be."""
    if fact.numeric:
        return st.floats(-20, 200, allow_subnormal=False) | st.sampled_from([0.0, 0.5, 1.0, 1.25, 30.0])
    return st.sampled_from(fact.choices) if fact.choices else st.booleans()


def rank(fact: Fact, value: Any) -> float:
    """Where a value stands, higher is better."""
    place = float(fact.choices.index(value)) if isinstance(value, str) else float(value)
    return place if fact.better == "higher" else -place


@st.composite
def one_criterion(draw: st.DrawFn) -> tuple[Fact, LenderProfile]:
    """A profile of one criterion over any graded fact, on any scale that may be written for it."""
    fact = draw(st.sampled_from(GRADED))
    places = (
        sorted(draw(st.lists(st.floats(-20, 200, allow_subnormal=False), min_size=2, max_size=5, unique=True)))
        if fact.numeric
        else list(fact.choices)
    )
    shares = sorted(draw(st.lists(st.floats(0, 1), min_size=len(places), max_size=len(places))))
    if fact.better == "lower":
        shares.reverse()
    scale = [{"at": at, "share": share} for at, share in zip(places, shares, strict=True)]
    criterion = {"id": "one", "title": "One", "block": "group", "weight": 100.0, "fact": fact.id, "mend": "M."}
    return fact, LenderProfile.model_validate(
        {
            "schema_version": 1, "id": "made_up", "title": "Made up", "lender_type": "bank", "version": "1.0",
            "date": "2026-11-24", "note": "For a test.", "ready_at": 70.0, "nearly_at": 55.0, "knock_outs": [],
            "holds": [], "documents": {"kinds": [], "source": OURS},
            "criteria": [criterion | {"scale": scale, "source": OURS}],
        }
    )  # fmt: skip


def score(profile: LenderProfile, fact: Fact, reading: Reading) -> float:
    return assess(profile, {fact.id: reading}).score


@given(one_criterion(), st.data())
def test_on_every_scale_a_better_value_earns_no_less(
    given_one: tuple[Fact, LenderProfile], data: st.DataObject
) -> None:
    fact, profile = given_one
    one, other = data.draw(value_of(fact)), data.draw(value_of(fact))
    worse, better = sorted((one, other), key=lambda value: rank(fact, value))
    assert score(profile, fact, Reading(worse)) <= score(profile, fact, Reading(better)) + 1e-9


@given(one_criterion(), st.data())
def test_nothing_known_earns_no_more_than_anything_known(
    given_one: tuple[Fact, LenderProfile], data: st.DataObject
) -> None:
    fact, profile = given_one
    known = score(profile, fact, Reading(data.draw(value_of(fact))))
    worst = score(profile, fact, Reading(state="worst", reason="no_equity"))
    best = score(profile, fact, Reading(state="best", reason="no_debt"))
    assert score(profile, fact, Reading(state="missing")) <= worst + 1e-9
    assert worst <= known + 1e-9
    assert known <= best + 1e-9


@st.composite
def any_facts(draw: st.DrawFn) -> dict[str, Reading]:
    """Facts of any plan, some of them not stated."""
    known = {}
    for fact in FACTS.values():
        stated = draw(st.booleans() | st.just(value=True))
        known[fact.id] = Reading(draw(value_of(fact))) if stated else Reading(state="missing", fields=("elsewhere",))
    return known


@given(any_facts(), st.data())
def test_one_better_fact_lowers_neither_score_nor_outcome(known: dict[str, Reading], data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from([fact for fact in FACTS.values() if fact.better is not None]))
    reading, better = known[fact.id], data.draw(value_of(fact))
    if reading.state == "known":
        assume(rank(fact, better) >= rank(fact, reading.value))
    changed = known | {fact.id: Reading(better)}
    for profile in lender_profiles():
        before, after = assess(profile, known), assess(profile, changed)
        assert after.score >= before.score - 1e-9
        if reading.state == "known":
            assert ORDER.index(after.outcome) >= ORDER.index(before.outcome)


@given(any_facts())
def test_a_plan_is_called_ready_only_if_every_condition_is_met(known: dict[str, Reading]) -> None:
    for profile in lender_profiles():
        found = assess(profile, known)
        conditions = (*found.knock_outs, *found.holds)
        if found.outcome == "ready":
            assert all(each.met for each in conditions)
            assert found.verdict.startswith("Ready to apply")
        else:
            assert "Ready to apply" not in found.verdict
        if found.outcome == "nearly":
            assert all(each.label in found.verdict for each in found.holds if each.met is False)


# ------------------------------------------------------------------------------------------------- whole plans


def both(data: dict[str, Any]) -> tuple[Assessment, ...]:
    return assess_all(evaluate(project(Plan.model_validate(data))))


def _better(data: dict[str, Any], how: str) -> dict[str, Any]:
    """The plan with one thing better."""
    if how == "more security":
        land = {"name": "Land", "kind": "titled_land_rural", "value": 25_000}
        return data | {"collateral": [*data.get("collateral", ()), land]}
    if how == "more of the members' own":
        money = data["financing"]
        return data | {
            "financing": money | {"contributions": [*money["contributions"], {"month": 1, "amount": 25_000}]}
        }
    if how == "a document more":
        return data | {"documents": [{"name": "Cards", "kind": "identity", "status": "held"}]}
    if how == "a loan repaid":
        return data | {"credit_history": {"loans_repaid": 1}}
    if how == "better books":
        return data | {"cluster": data["cluster"] | {"keeps_books": "audited_accounts"}}
    return data | {"products": [each | {"price": each["price"] * 1.1} for each in data["products"]], "tax": None}


@settings(max_examples=40)
@given(
    plan_data(),
    st.sampled_from(
        [
            "more security",
            "more of the members' own",
            "a document more",
            "a loan repaid",
            "better books",
            "better prices",
        ]
    ),
)
def test_a_better_plan_gets_no_fewer_points(data: dict[str, Any], how: str) -> None:
    if how == "better prices":
        # With income tax a better year is taxed in the next, which may then be the weakest.
        data = data | {"tax": None}
    for before, after in zip(both(data), both(_better(data, how)), strict=True):
        points = {criterion.id: criterion.points for criterion in before.criteria}
        for criterion in after.criteria:
            assert criterion.points >= points[criterion.id] - 1e-6, criterion.id


@cache
def sample(path: Path) -> dict[str, Any]:
    return read_plan(path).model_dump(mode="json", exclude_unset=True)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_order_of_what_a_plan_lists_changes_nothing(path: Path) -> None:
    plan = sample(path)
    mixed = dict(plan)
    for name in ("members", "buyers", "documents", "collateral", "risks", "assets"):
        if name in plan:
            mixed[name] = plan[name][1::2] + plan[name][::2][::-1]
    for before, after in zip(both(plan), both(mixed), strict=True):
        assert before.outcome == after.outcome
        assert before.verdict == after.verdict
        assert [each.points for each in before.criteria] == pytest.approx([each.points for each in after.criteria])
