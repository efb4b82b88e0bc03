"""The assessment of a plan by a lender profile: knock-outs before weights, every point traceable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from finance_kit.indicators.evaluate import Indicators
from finance_kit.readiness.facts import FACTS, Value, facts
from finance_kit.readiness.profile import Criterion, KnockOut, LenderProfile, lender_profiles

__all__ = ["Assessment", "CriterionResult", "KnockOutResult", "assess", "assess_all"]

Outcome = Literal["ready", "nearly", "not_yet", "knocked_out"]
_WORDS = {
    "ready": "Ready to apply by this profile",
    "nearly": "Nearly ready by this profile",
    "not_yet": "Not ready yet by this profile",
    "knocked_out": "Not ready: a condition that no other strength makes good is not met",
}
_RULES = {"at_least": "at least", "at_most": "at most", "is": "is", "is_not": "is not"}


@dataclass(frozen=True, slots=True)
class KnockOutResult:
    """A knock-out: ``met`` is ``None`` where the plan does not state the fact."""

    fact: str
    label: str
    value: Value
    rule: str
    met: bool | None
    why: str
    mend: str
    inputs: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """Points of one criterion: got and possible, the figure, the rule, its source, and what is missing."""

    id: str
    title: str
    block: str
    points: float
    possible: float
    value: Value
    unit: str
    rule: str
    inputs: tuple[str, ...]
    missing: bool
    source: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """Readiness of a plan by one profile, comparable only with results of the same profile and version."""

    profile: str
    profile_id: str
    version: str
    date: str
    note: str
    outcome: Outcome
    score: float
    knock_outs: tuple[KnockOutResult, ...]
    criteria: tuple[CriterionResult, ...]

    @property
    def verdict(self) -> str:
        """The outcome in words, with the score and the profile's version."""
        return f"{_WORDS[self.outcome]} ({self.score:.0f} of 100 points; profile version {self.version}, {self.date})."

    @property
    def reasons(self) -> tuple[str, ...]:
        """What stands in the way, most grave first: knock-outs, unknown knock-outs, weak criteria."""
        failed = [f"{k.why} {k.mend}" for k in self.knock_outs if k.met is False]
        unknown = [
            f"Not stated, so it cannot be ruled out: {k.label.lower()} (field {k.inputs[0]})."
            for k in self.knock_outs
            if k.met is None
        ]
        weak = sorted((c for c in self.criteria if c.points < 0.5 * c.possible), key=lambda c: c.points - c.possible)
        lines = []
        for c in weak:
            found = "not stated" if c.missing else f"{_shown(c.value, c.unit)}"
            lines.append(f"{c.title}: {c.points:.1f} of {c.possible:.0f} points; found {found}, {c.rule}.")
        return (*failed, *unknown, *lines)

    def to_json(self) -> dict[str, Any]:
        """The assessment as plain values, with verdict and reasons."""
        return asdict(self) | {"verdict": self.verdict, "reasons": list(self.reasons)}


def _shown(value: Value, unit: str) -> str:
    """A fact in words."""
    if value is None:
        return "not stated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value.replace("_", " ")
    if unit == "share":
        return f"{value:.0%}"
    return f"{value:,.2f}" if unit == "ratio" else f"{value:,.0f}"


def _met(rule: KnockOut, value: Value) -> bool | None:
    """Whether a knock-out is met; comparisons of numbers allow for the dust of floating point."""
    if value is None:
        return None
    if rule.rule == "is":
        return value == rule.value
    if rule.rule == "is_not":
        return value != rule.value
    if isinstance(value, str) or isinstance(rule.value, str):
        return None
    return value >= rule.value - 1e-9 if rule.rule == "at_least" else value <= rule.value + 1e-9


def _share(criterion: Criterion, value: Value) -> float:
    """Share of the points that a value earns."""
    if value is None:
        return 0.0
    if isinstance(value, str | bool):
        return next((step.share for step in criterion.scale if step.at == value), 0.0)
    at = [float(step.at) for step in criterion.scale]
    return float(np.interp(value, at, [step.share for step in criterion.scale]))


def _rule(criterion: Criterion) -> str:
    """The scale in words: where points begin and where all of them are earned."""
    unit = FACTS[criterion.fact].unit
    full = max(criterion.scale, key=lambda step: step.share)
    none = min(criterion.scale, key=lambda step: step.share)
    return f"all points at {_shown(full.at, unit)}, {none.share:.0%} of them at {_shown(none.at, unit)}"


def _source(source: Any) -> str:
    kind = "published" if source.status == "published" else "convention of this product"
    return f"{source.title} ({source.date}; {kind}, confidence {source.confidence})"


def assess(profile: LenderProfile, known: Mapping[str, Value]) -> Assessment:
    """Assess the facts of a plan by a profile.

    Parameters
    ----------
    profile : rules and weights
    known : facts by id, ``None`` where the plan does not say (:func:`finance_kit.readiness.facts.facts`)

    Returns
    -------
    Assessment; with an unmet knock-out the outcome is ``knocked_out`` whatever the score, and with an unknown one it is
    ``nearly`` at best
    """
    gates = tuple(
        KnockOutResult(
            k.fact,
            FACTS[k.fact].label,
            known[k.fact],
            f"{FACTS[k.fact].label} {_RULES[k.rule]} {_shown(k.value, FACTS[k.fact].unit)}",
            _met(k, known[k.fact]),
            k.why,
            k.mend,
            FACTS[k.fact].inputs,
            _source(k.source),
        )
        for k in profile.knock_outs
    )
    results = tuple(
        CriterionResult(
            c.id,
            c.title,
            c.block,
            c.weight * _share(c, known[c.fact]),
            c.weight,
            known[c.fact],
            FACTS[c.fact].unit,
            _rule(c),
            FACTS[c.fact].inputs,
            known[c.fact] is None,
            _source(c.source),
        )
        for c in profile.criteria
    )
    score = sum(result.points for result in results)
    outcome: Outcome = "ready" if score >= profile.ready_at else "nearly" if score >= profile.nearly_at else "not_yet"
    if any(gate.met is False for gate in gates):
        outcome = "knocked_out"
    elif outcome == "ready" and any(gate.met is None for gate in gates):
        outcome = "nearly"
    return Assessment(
        profile.title, profile.id, profile.version, profile.date, profile.note, outcome, score, gates, results
    )


def assess_all(found: Indicators) -> tuple[Assessment, ...]:
    """The plan by every profile that comes with the package."""
    known = facts(found)
    return tuple(assess(profile, known) for profile in lender_profiles())
