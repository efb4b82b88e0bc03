"""Readiness of the sample plans: every point is traceable, and the weak plan is told why."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from finance_kit.engine.projection import project
from finance_kit.indicators.evaluate import evaluate
from finance_kit.plan.load import read_plan
from finance_kit.readiness import Assessment, assess_all, lender_profiles

SAMPLES = sorted((Path(__file__).parents[2] / "sample_plans").glob("*.yaml"))


@cache
def assessments(path: Path) -> tuple[Assessment, ...]:
    return assess_all(evaluate(project(read_plan(path))))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_points_add_up_to_the_score_and_stay_within_their_weight(path: Path) -> None:
    for found in assessments(path):
        assert found.score == pytest.approx(sum(criterion.points for criterion in found.criteria))
        assert 0.0 <= found.score <= 100.0
        for criterion in found.criteria:
            assert 0.0 <= criterion.points <= criterion.possible


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_rule_names_its_inputs_and_its_source(path: Path) -> None:
    for found in assessments(path):
        traces = [(gate.inputs, gate.source, gate.rule) for gate in (*found.knock_outs, *found.holds)]
        traces += [(criterion.inputs, criterion.source, criterion.rule) for criterion in found.criteria]
        assert all(inputs and source and rule for inputs, source, rule in traces)


def test_weights_of_each_profile_sum_to_a_hundred() -> None:
    for profile in lender_profiles():
        assert sum(criterion.weight for criterion in profile.criteria) == pytest.approx(100.0)


def test_the_samples_come_out_as_their_table_says() -> None:
    table = (Path(__file__).parents[2] / "sample_plans" / "README.md").read_text(encoding="utf-8")
    said = dict(re.findall(r"^\| ([a-z-]+) \| (ready|nearly ready|not ready) \|", table, re.MULTILINE))
    words = {"ready": "ready", "nearly": "nearly ready", "knocked_out": "not ready", "not_yet": "not ready"}
    assert said == {path.stem: words[found.outcome] for path in SAMPLES for found in assessments(path)}


def test_what_breaks_a_plan_under_stress_stands_in_the_sentence_of_its_outcome() -> None:
    for path in SAMPLES:
        for found in assessments(path):
            broken = [each for each in found.holds if each.met is False]
            assert not broken or found.outcome in ("nearly", "knocked_out")
            if found.outcome == "nearly":
                assert broken
                assert all(each.label in found.verdict for each in broken)


def test_an_unmet_knock_out_decides_whatever_the_score() -> None:
    weak = next(path for path in SAMPLES if path.stem == "mm-dried-fish")
    for found in assessments(weak):
        unmet = {gate.fact for gate in found.knock_outs if gate.met is False}
        assert "min_dscr" in unmet
        assert found.outcome == "knocked_out"
        assert any("debt service" in reason for reason in found.reasons)


def test_no_verdict_speaks_of_approval_or_probability() -> None:
    for path in SAMPLES:
        for found in assessments(path):
            words = " ".join((found.verdict, *found.reasons)).lower()
            assert "approv" not in words
            assert "probab" not in words
