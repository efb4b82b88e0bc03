"""Worked examples of points, scores and outcomes: tests/specs/readiness_points.yaml."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from finance_kit.readiness import FACTS, Assessment, LenderProfile, Reading, assess, lender_profile, lender_profiles
from finance_kit.risk.stress import STRESSES

SPECS = YAML(typ="safe").load((Path(__file__).parents[1] / "specs/readiness_points.yaml").read_text(encoding="utf-8"))
EXAMPLES = SPECS["examples"]


def profile_of(name: str) -> LenderProfile:
    if name == "small_profile":
        return LenderProfile.model_validate(json.loads(json.dumps(SPECS["small_profile"])))
    return lender_profile(name)


def reading_of(stated: Any, fact: str) -> Reading:
    """A fact as an example states it."""
    if isinstance(stated, Mapping):
        if "missing" in stated:
            bound = stated.get("bound")
            return Reading(None if bound is None else float(bound), "missing", fields=(stated["missing"],))
        ((state, reason),) = stated.items()
        return Reading(state=state, reason=reason)
    return Reading(float(stated)) if FACTS[fact].numeric else Reading(stated)


def assessed(example: Mapping[str, Any]) -> Assessment:
    known = {fact: Reading(state="missing", fields=("elsewhere",)) for fact in FACTS}
    known |= {fact: reading_of(stated, fact) for fact, stated in example["facts"].items()}
    return assess(profile_of(example["profile"]), known)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_worked_examples_of_points_and_outcome(example: Mapping[str, Any]) -> None:
    found = assessed(example)
    got = {criterion.id: criterion.points for criterion in found.criteria}
    stated = example.get("points", {})
    assert {name: got[name] for name in stated} == pytest.approx(stated, abs=1e-9)
    assert found.score == pytest.approx(example["score"], abs=1e-9)
    assert found.possible == pytest.approx(example.get("possible", 100), abs=1e-9)
    assert found.outcome == example["outcome"]
    conditions = (*found.knock_outs, *found.holds)
    assert {each.fact for each in conditions if each.met is False} == set(example.get("unmet", ()))
    assert {each.fact for each in conditions if each.unknown} == set(example.get("unknown", ()))
    assert found.not_judged == pytest.approx(example.get("waiting", 0), abs=1e-9)
    assert example.get("verdict", "") in found.verdict


def test_the_examples_show_every_comparison_and_every_criterion_of_the_profiles() -> None:
    shown = {example["profile"] for example in EXAMPLES}
    rules = {each.rule for name in shown for each in (*profile_of(name).knock_outs, *profile_of(name).holds)}
    assert rules == {"at_least", "at_most", "is", "is_not"}
    for profile in lender_profiles():
        worked = {name for each in EXAMPLES if each["profile"] == profile.id for name in each.get("points", {})}
        assert worked == {criterion.id for criterion in profile.criteria}


@pytest.mark.parametrize("profile", lender_profiles(), ids=lambda profile: profile.id)
def test_every_rule_of_a_profile_is_sourced_and_what_is_ours_says_so(profile: LenderProfile) -> None:
    sources = [profile.documents.source, *(rule.source for rule in (*profile.knock_outs, *profile.holds))]
    sources += [criterion.source for criterion in profile.criteria]
    assert all(source.title and source.date for source in sources)
    for source in sources:
        own = source.title.startswith(("Starting", "Arithmetic", "A lender contracts"))
        assert own == (source.status == "convention"), source.title


@pytest.mark.parametrize("profile", lender_profiles(), ids=lambda profile: profile.id)
def test_the_sizes_of_stresses_in_a_profile_are_those_that_are_run(profile: LenderProfile) -> None:
    _, price, volume, inputs, _ = STRESSES
    sizes = {
        "dscr_price_stress": f"fall {round((1 - price.price) * 100)} %",
        "dscr_volume_stress": f"fall {round((1 - volume.volume) * 100)} %",
        "dscr_input_stress": f"cost {round((inputs.input_cost - 1) * 100)} % more",
    }
    said = [(rule.fact, rule.title) for rule in profile.criteria] + [(rule.fact, rule.why) for rule in profile.holds]
    for fact, text in said:
        assert sizes.get(fact, "") in text
    assert set(sizes) <= {rule.fact for rule in profile.holds}
