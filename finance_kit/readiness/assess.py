"""The assessment of a plan by a lender profile: knock-outs before weights, every point traceable.

A failed knock-out decides whatever the score. A failed hold leaves the plan nearly ready at best, and the verdict names
it in the same sentence: a plan is not called ready while a stress that lenders ask for breaks it.

How the states of a fact count:

============  =======================================  ================================
state         knock-out or hold                        criterion
============  =======================================  ================================
known         compared                                 placed on the scale
missing       failed where its bound fails already,    no points, the fields named, the
              else unknown                             points counted as not judged
best          met: what cannot fail is not failed      all points that the scale has
worst         failed                                   the fewest that the scale has
unpublished   left out: there is no such term          not possible to get
============  =======================================  ================================

A rule that the lender does not publish is neither met nor failed, and its weight is not possible to get. Where the
profile it is based on has a value for it, that value is used, and the result says so in ``fallback``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from finance_kit.indicators.evaluate import Indicators
from finance_kit.readiness import wording
from finance_kit.readiness.facts import FACTS, common_facts, facts
from finance_kit.readiness.folders import lender_profiles
from finance_kit.readiness.profile import LenderProfile
from finance_kit.readiness.reading import Reading, Value
from finance_kit.readiness.results import ConditionResult, CriterionResult
from finance_kit.readiness.rules import Condition, Criterion, Step
from finance_kit.readiness.sources import NOT_PUBLISHED
from finance_kit.risk.stress import stress_test

__all__ = ["Assessment", "Assessments", "ConditionResult", "CriterionResult", "Outcome", "assess", "assess_all"]

Outcome = Literal["ready", "nearly", "not_yet", "knocked_out", "not_assessed"]
_DUST = 1e-9
"""Of a hundred points: a sum of points that misses a border by less is on it."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Readiness of a plan by one profile, comparable only with results of the same profile and version.

    ``score`` is the sum of the points; ``possible`` what could be got, 100 unless a scale is not published;
    ``not_judged`` the part of it that waits for facts which the plan does not state. ``lineage`` names the versions of
    the profiles whose values stand for those that this one does not have. ``not_published`` are the lender's terms
    that nobody's value stands for; ``also_asked`` is what it publishes and a plan has no field for.
    """

    profile: str
    profile_id: str
    kind: str
    country: str | None
    version: str
    lineage: tuple[str, ...]
    date: str
    lender_type: str
    note: str
    currency: str
    outcome: Outcome
    score: float
    possible: float
    not_judged: float
    ready_at: float
    nearly_at: float
    knock_outs: tuple[ConditionResult, ...]
    holds: tuple[ConditionResult, ...]
    criteria: tuple[CriterionResult, ...]
    not_published: tuple[str, ...] = ()
    also_asked: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """The outcome in one sentence: what holds it back, the score, and the profile's version."""
        points = wording.points(self.score, self.possible, self.not_judged)
        score = f"{points}; profile version {self.version}, {self.date}"
        return wording.verdict(self.outcome, self.knock_outs, self.holds, self.enough, score)

    @property
    def enough(self) -> bool:
        """Whether the points alone would make the plan ready."""
        return self.possible > 0.0 and self.score / self.possible * 100.0 + _DUST >= self.ready_at

    @property
    def reasons(self) -> tuple[str, ...]:
        """What stands in the way, most grave first: failed conditions, unknown ones, then criteria by points lost.

        A criterion is left out where a failed condition has said it already.
        """
        conditions = (*self.knock_outs, *self.holds)
        said = [wording.failed(each) for each in conditions if each.met is False]
        said += [wording.unknown(each) for each in conditions if each.unknown]
        told = {each.fact for each in conditions if each.met is False}
        return (*said, *(wording.weak(criterion) for criterion in self.weak if criterion.fact not in told))

    @property
    def first_reason(self) -> str:
        """What stands in the way most, in a few words: a failed condition, one that cannot be checked, a criterion."""
        conditions = (*self.knock_outs, *self.holds)
        first = [each for each in conditions if each.met is False] or [each for each in conditions if each.unknown]
        if first:
            return wording.briefly(first[0].label, first[0].found, first[0].rule)
        return wording.briefly(self.weak[0].title, self.weak[0].found, self.weak[0].target) if self.weak else ""

    @property
    def fallbacks(self) -> tuple[str, ...]:
        """Rules for which this lender publishes no value, each with the value that stands for it, and whose it is."""
        said = [f"{each.label}: {each.fallback}" for each in (*self.knock_outs, *self.holds) if each.fallback]
        return (*said, *(f"{each.title}: {each.fallback}" for each in self.criteria if each.fallback))

    @property
    def weak(self) -> tuple[CriterionResult, ...]:
        """Criteria below half of their points, and while the plan is not ready those that lose 2 points or more."""
        short = not self.enough
        found = [
            c for c in self.criteria if c.points < 0.5 * c.possible or (short and c.possible - c.points >= 2.0 - 1e-9)
        ]
        return tuple(sorted(found, key=lambda c: c.points - c.possible))

    def to_json(self) -> dict[str, Any]:
        """The assessment as plain values, with verdict, reasons and what is not the lender's own."""
        return asdict(self) | {
            "verdict": self.verdict,
            "reasons": list(self.reasons),
            "fallbacks": list(self.fallbacks),
        }


def _meets(rule: Condition, value: Value) -> bool:
    """Whether a value meets a rule; comparisons of numbers allow for the dust of floating point."""
    if rule.rule in ("is", "is_not"):
        return (value == rule.value) == (rule.rule == "is")
    words = FACTS[rule.fact].choices
    found, limit = (float(words.index(v)) if isinstance(v, str) else float(v or 0.0) for v in (value, rule.value))
    dust = 1e-9 * max(1.0, abs(limit))
    return found >= limit - dust if rule.rule == "at_least" else found <= limit + dust


def _met(rule: Condition, reading: Reading) -> bool | None:
    """Whether a condition is met; ``None`` where that cannot be known."""
    if rule.value == NOT_PUBLISHED:
        return None
    if reading.state in ("best", "worst"):
        return reading.state == "best"
    if reading.state == "missing":
        return False if reading.value is not None and not _meets(rule, reading.value) else None
    return _meets(rule, reading.value)


def _share(scale: tuple[Step, ...], reading: Reading) -> float:
    """Share of the points that a reading earns."""
    shares = [step.share for step in scale]
    if reading.state == "missing" or reading.value is None:
        return {"best": max(shares), "worst": min(shares)}.get(reading.state, 0.0)
    if isinstance(reading.value, str | bool):
        return next(step.share for step in scale if step.at == reading.value)
    return float(np.interp(reading.value, [float(step.at) for step in scale], shares))


def _condition(profile: LenderProfile, place: str, rule: Condition, reading: Reading, currency: str) -> ConditionResult:
    fact = FACTS[rule.fact]
    published = rule.value != NOT_PUBLISHED
    limit = rule.value if published else None
    words = wording.limit(fact, rule.rule, limit, currency)
    fallback = wording.borrowed(profile, profile.borrowed(f"{place}.{fact.id}", fact.id), words)
    return ConditionResult(
        fact=fact.id,
        label=fact.label,
        value=reading.value,
        unit=fact.unit,
        found=wording.found(fact, reading, currency, limit),
        state=reading.state,
        at=reading.at,
        reason=reading.reason,
        missing=reading.fields,
        rule=words,
        comparison=rule.rule,
        limit=limit,
        published=published,
        met=_met(rule, reading),
        why=rule.why,
        mend=rule.mend,
        inputs=fact.inputs,
        source=wording.source(rule.source, fallback),
        fallback=fallback,
    )


def _conditions(
    profile: LenderProfile, place: str, rules: Iterable[Condition], known: Mapping[str, Reading], currency: str
) -> tuple[ConditionResult, ...]:
    """Results of the conditions that the lender's terms give something to ask."""
    return tuple(
        _condition(profile, place, rule, known[rule.fact], currency)
        for rule in profile.in_force(rules)
        if known[rule.fact].state != "unpublished"
    )


def _criterion(profile: LenderProfile, rule: Criterion, reading: Reading, currency: str) -> CriterionResult:
    fact = FACTS[rule.fact]
    scale = rule.scale
    asked = bool(scale) and reading.state != "unpublished"
    fallback = wording.borrowed(profile, profile.borrowed(f"criteria.{rule.id}", fact.id), "") if asked else ""
    steps = tuple((step.at, step.share) for step in scale)
    return CriterionResult(
        id=rule.id,
        title=rule.title,
        block=rule.block,
        points=rule.weight * _share(scale, reading) if asked else 0.0,
        possible=rule.weight if asked else 0.0,
        fact=fact.id,
        value=reading.value,
        unit=fact.unit,
        found=wording.found(fact, reading, currency),
        state=reading.state,
        at=reading.at,
        reason=reading.reason,
        rule=wording.scale(fact, steps),
        target=wording.target(fact, steps),
        scale=steps,
        published=bool(scale),
        mend=rule.mend,
        inputs=fact.inputs,
        missing=reading.fields,
        source=wording.source(rule.source, fallback),
        fallback=fallback,
    )


def _outcome(
    profile: LenderProfile,
    knock_outs: tuple[ConditionResult, ...],
    holds: tuple[ConditionResult, ...],
    score: float,
    possible: float,
) -> Outcome:
    """Knock-outs first, never averaged; then the score as a share of what could be got; then what holds it back."""
    if any(each.met is False for each in knock_outs):
        return "knocked_out"
    if possible == 0.0:
        return "not_assessed"
    of_100 = score / possible * 100.0 + _DUST
    open_ones = any(each.met is False or each.unknown for each in (*knock_outs, *holds))
    if of_100 >= profile.ready_at and not open_ones:
        return "ready"
    return "nearly" if of_100 >= profile.nearly_at else "not_yet"


def assess(profile: LenderProfile, known: Mapping[str, Reading], currency: str = "") -> Assessment:
    """Assess the facts of a plan by a profile.

    Parameters
    ----------
    profile : rules and weights
    known : facts by id (:func:`finance_kit.readiness.facts.facts`)
    currency : of the plan, for the words

    Returns
    -------
    Assessment; with a failed knock-out the outcome is ``knocked_out`` whatever the score, with a failed hold or an
    unknown condition it is ``nearly`` at best; ``not_assessed`` where the profile publishes no scale
    """
    knock_outs = _conditions(profile, "knock_outs", profile.knock_outs, known, currency)
    holds = _conditions(profile, "holds", profile.holds, known, currency)
    results = tuple(_criterion(profile, rule, known[rule.fact], currency) for rule in profile.criteria)
    score, possible = sum(result.points for result in results), sum(result.possible for result in results)
    return Assessment(
        profile=profile.title,
        profile_id=profile.id,
        kind=profile.kind,
        country=profile.country,
        version=profile.version,
        lineage=profile.lineage,
        date=profile.date,
        lender_type=profile.lender_type,
        note=profile.note,
        currency=currency,
        outcome=_outcome(profile, knock_outs, holds, score, possible),
        score=score,
        possible=possible,
        not_judged=sum((result.possible for result in results if result.state == "missing"), 0.0),
        ready_at=profile.ready_at,
        nearly_at=profile.nearly_at,
        knock_outs=knock_outs,
        holds=holds,
        criteria=results,
        not_published=profile.not_published,
        also_asked=tuple(each.text for each in profile.also_asked),
    )


class Assessments:
    """A plan by several profiles, each assessed when it is first asked for, as if it lent all that the plan asks for.

    Parameters
    ----------
    found : indicators of the plan as it stands
    stressed : its stress test
    profiles : in the order in which they are to be shown
    """

    def __init__(self, found: Indicators, stressed: Indicators, profiles: Iterable[LenderProfile]) -> None:
        self._found, self._stressed = found, stressed
        self.profiles = {each.id: each for each in profiles}
        self._made: dict[str, Assessment] = {}

    def __getitem__(self, profile_id: str) -> Assessment:
        """The assessment by a profile; KeyError where it is none of these."""
        if profile_id not in self._made:
            profile = self.profiles[profile_id]
            known = facts(self._found, self._stressed, profile.documents.kinds, profile.terms, self._common)
            currency = self._found.projection.plan.period.currency
            self._made[profile_id] = assess(profile, known, currency)
        return self._made[profile_id]

    @cached_property
    def _common(self) -> Mapping[str, Reading]:
        return common_facts(self._found, self._stressed)

    @property
    def every_one(self) -> tuple[Assessment, ...]:
        """By all profiles, in their order."""
        return tuple(self[name] for name in self.profiles)


def assess_all(
    found: Indicators, stressed: Indicators | None = None, profiles: Iterable[LenderProfile] | None = None
) -> tuple[Assessment, ...]:
    """The plan by several profiles, each as if this lender lent all that the plan asks for.

    Parameters
    ----------
    found : indicators of the plan as it stands
    stressed : its stress test where it was run already, else it is run here, once for all profiles
    profiles : left out, all profiles of the plan's own country that come with the package
    """
    worse = stress_test(found.projection.assumptions) if stressed is None else stressed
    chosen = lender_profiles(found.projection.plan.cluster.country) if profiles is None else profiles
    return Assessments(found, worse, chosen).every_one
