"""Whatever a plan's author wrote in words stands somewhere in the document: names, texts, sources, evidence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from finance_kit.engine.projection import project
from finance_kit.indicators.evaluate import evaluate
from finance_kit.plan.load import load
from finance_kit.plan.schema import Plan
from finance_kit.report.basis import Basis
from finance_kit.report.context import build

SAMPLES = sorted((Path(__file__).parents[2] / "sample_plans").glob("*.yaml"))
LEFT_OUT = {
    "cluster.leader.phone": "a person's number; the request names the contact that the lender is meant to use",
    "notes": "the author's own working notes, not meant for a lender",
}
# Words that others refer to by what they say: marked alike wherever they stand.
REFERRED_TO = ("name", "product", "products")
# Words that the program looks up.
LOOKED_UP = ("regime",)

Place = tuple[str | int, ...]


class Marked:
    """A sample with a mark in front of every text, one for each place."""

    def __init__(self, file: Path) -> None:
        plan = load(file).plan
        assert plan is not None
        self.plain = plan.model_dump(mode="json", exclude_unset=True)
        self.marks: dict[Place, str] = {}
        self.alike: dict[str, str] = {}
        self.data = self.walk(self.plain, ())

    def walk(self, node: Any, place: Place) -> Any:
        """The same data with marks."""
        if isinstance(node, dict):
            return {key: self.walk(value, (*place, key)) for key, value in node.items()}
        if isinstance(node, list):
            return [self.walk(value, (*place, number)) for number, value in enumerate(node)]
        if not isinstance(node, str) or place[-1] in LOOKED_UP:
            return node
        if {place[-1], place[-2] if len(place) > 1 else ""} & set(REFERRED_TO):
            mark = self.alike.setdefault(node, f"Zq{len(self.alike) + 10_000}x")
        else:
            mark = f"Yq{len(self.marks) + 10_000}x"
        self.marks[place] = mark
        return f"{mark} {node}"[: len(node) + 9]

    def plan(self) -> Plan:
        """A sound plan: dates, codes and choices, which a mark has spoilt, as they were."""
        for _ in range(9):
            try:
                return Plan.model_validate_json(json.dumps(self.data))
            except ValidationError as wrong:
                for error in wrong.errors():
                    self.restore(error["loc"])
        raise AssertionError("the marks cannot be taken back")

    def restore(self, place: Place) -> None:
        """Take back the mark of a place, or those of all texts in it."""
        within = next(
            (found for end in range(len(place), 0, -1) if (found := [m for m in self.marks if m[:end] == place[:end]])),
            [],
        )
        for spoilt in within:
            held: Any = self.data
            plain: Any = self.plain
            for step in spoilt[:-1]:
                held, plain = held[step], plain[step]
            held[spoilt[-1]] = plain[spoilt[-1]]
            del self.marks[spoilt]


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_every_text_of_a_plan_stands_in_its_document(file: Path) -> None:
    marked = Marked(file)
    plan = marked.plan()
    projection = project(plan)
    basis = Basis(plan, projection, evaluate(projection), "2026-11-25")
    document = json.dumps(build(basis).to_json(), ensure_ascii=False)
    fields = {place: ".".join(step for step in place if isinstance(step, str)) for place in marked.marks}
    assert len(set(fields.values())) > 100
    lost = {fields[place] for place, mark in marked.marks.items() if mark not in document}
    assert lost == set(LEFT_OUT)
