"""What a changed plan does beside mending one thing: the plan run again by the ordinary path, and assessed again."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from finance_kit.engine.projection import project
from finance_kit.indicators.evaluate import Indicators, evaluate
from finance_kit.plan.schema import Plan
from finance_kit.readiness.assess import Assessment, assess
from finance_kit.readiness.facts import facts
from finance_kit.readiness.profile import LenderProfile
from finance_kit.readiness.results import ConditionResult
from finance_kit.risk.stress import stress_test

__all__ = ["Figures", "Shift", "Weighed", "shifts", "weigh"]

_DUST = 0.05
"""Points of a criterion: less is not told as a change."""
_MOVED = 1e-3
"""Of a failed condition's value: a smaller move is not told."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Key figures of a plan, plan currency; ``None`` where one does not exist.

    ``interest`` is interest and fees over all months of the plan, ``own_cash`` what members put in in cash.
    """

    npv: float | None
    min_dscr: float | None
    cash_low: float
    interest: float
    own_cash: float
    members: int | None

    def per_member(self, amount: float) -> float | None:
        """An amount for each member; ``None`` where the plan does not say how many there are."""
        return amount / self.members if self.members else None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A plan with its figures, its stresses and its assessment by one lender."""

    plan: Plan
    found: Indicators
    stressed: Indicators
    figures: Figures
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Shift:
    """A condition or criterion that a change moves: from what to what, in words, for the better or the worse.

    ``failed`` is a condition that is not met before and after, and only nearer or farther.
    """

    title: str
    before: str
    after: str
    better: bool
    condition: bool
    failed: bool = False


def weigh(plan: Plan, profile: LenderProfile) -> Weighed:
    """A plan projected, stressed, evaluated and assessed."""
    projection = project(plan)
    found = evaluate(projection)
    stressed = stress_test(projection.assumptions)
    assessment = assess(profile, facts(found, stressed, profile.documents.kinds, profile.terms), plan.period.currency)
    return Weighed(plan, found, stressed, _figures(found), assessment)


def _figures(found: Indicators) -> Figures:
    plan, p = found.projection.plan, found.projection

    def known(name: str) -> float | None:
        value = float(found.plan_level[name][0])
        return None if math.isnan(value) else value

    return Figures(
        npv=known("project_npv"),
        min_dscr=known("min_dscr"),
        cash_low=float(p.line("cash")[:, 0].min()),
        interest=sum(float(p.line(name)[:, 0].sum()) for name in ("interest", "finance_fees")),
        own_cash=float(p.line("equity_injection")[:, 0].sum()),
        members=plan.cluster.number_of_members or len(plan.members) or None,
    )


def _moved(before: tuple[ConditionResult, ...], after: tuple[ConditionResult, ...]) -> Iterator[Shift]:
    for old, new in zip(before, after, strict=True):
        if old.met is not new.met and None not in (old.met, new.met):
            yield Shift(old.label, old.found, new.found, bool(new.met), condition=True)
        elif old.met is False and isinstance(old.value, float) and isinstance(new.value, float):
            if old.unit == "ratio" and old.value < 0.0 and new.value < 0.0:
                continue  # below zero a smaller debt makes the ratio more negative, and says nothing
            step = (new.value - old.value) * (-1.0 if old.comparison == "at_most" else 1.0)
            if abs(step) > _MOVED * max(abs(old.value), abs(new.value), 1.0) and old.found != new.found:
                yield Shift(old.label, old.found, new.found, step > 0.0, condition=True, failed=True)


def shifts(before: Assessment, after: Assessment) -> tuple[Shift, ...]:
    """Conditions that are met now or no longer, then criteria that earn more or fewer points."""
    found = [*_moved(before.knock_outs, after.knock_outs), *_moved(before.holds, after.holds)]
    for old, new in zip(before.criteria, after.criteria, strict=True):
        if abs(new.points - old.points) > _DUST:
            found.append(Shift(old.title, old.found, new.found, new.points > old.points, condition=False))
    return tuple(found)
