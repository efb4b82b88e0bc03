"""Worked examples of facts read from a plan: tests/specs/readiness_facts.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from finance_kit.engine.projection import project
from finance_kit.indicators.evaluate import evaluate
from finance_kit.plan.schema import Plan
from finance_kit.readiness import FACTS, Reading, facts

SPECS = YAML(typ="safe").load((Path(__file__).parents[1] / "specs/readiness_facts.yaml").read_text(encoding="utf-8"))
EXAMPLES = SPECS["examples"]


def expected(stated: Any) -> Reading:
    """A reading as an example states it."""
    if isinstance(stated, Mapping):
        at = stated.get("at", "")
        if "missing" in stated:
            return Reading(stated.get("bound"), "missing", at, (stated["missing"],))
        if "best" in stated:
            return Reading(state="best", at=at, reason=stated["best"])
        return Reading(state="worst", at=at, reason=stated["worst"])
    value, at = stated if isinstance(stated, list) else (stated, "")
    return Reading(value, at=at)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_worked_examples_of_facts(example: Mapping[str, Any]) -> None:
    plan = Plan.model_validate({**SPECS["plan"], **example["change"]})
    found = facts(evaluate(project(plan)), documents=tuple(example.get("asked", ())))
    for name, stated in example["expect"].items():
        reading, wanted = found[name], expected(stated)
        assert (reading.state, reading.at, reading.fields, reading.reason) == (
            wanted.state, wanted.at, wanted.fields, wanted.reason,
        ), name  # fmt: skip
        if isinstance(wanted.value, bool | str) or wanted.value is None:
            assert reading.value == wanted.value, name
        else:
            assert reading.value == pytest.approx(wanted.value, abs=1e-9), name


def test_the_examples_show_every_fact() -> None:
    assert {name for example in EXAMPLES for name in example["expect"]} == set(FACTS)
