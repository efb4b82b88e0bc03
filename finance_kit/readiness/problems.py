"""What an assessment finds wrong, as thresholds that a change can meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from finance_kit.readiness import wording
from finance_kit.readiness.assess import Assessment
from finance_kit.readiness.facts import FACTS
from finance_kit.readiness.reading import Reading, Value
from finance_kit.readiness.results import ConditionResult, CriterionResult

__all__ = ["Problem", "problems"]

_ENOUGH = 0.5
"""Share of its points from which a criterion is no longer weak."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A failed condition or a weak criterion.

    Parameters
    ----------
    kind : ``knock_out`` and ``hold`` decide whatever the points; ``unknown`` is a condition that cannot be checked
    fact, comparison, limit : what must hold; for a criterion the lowest turning point of its scale that earns at least
        half of the points, and more than now
    title, found, needed : in words
    mend : the profile's own sentence
    inputs : fields of the plan
    points : of a criterion, what is lost
    with_it : titles of criteria that ask for the same and are mended with it
    """

    kind: Literal["knock_out", "hold", "unknown", "criterion"]
    fact: str
    comparison: str
    limit: Value
    title: str
    found: str
    needed: str
    mend: str
    inputs: tuple[str, ...]
    points: float = 0.0
    with_it: tuple[str, ...] = ()

    def met(self, reading: Reading) -> bool:
        """Whether a reading meets it."""
        if reading.state in ("best", "worst"):
            return reading.state == "best"
        if reading.state != "known" or reading.value is None:
            return False
        if self.comparison in ("is", "is_not"):
            return (reading.value == self.limit) == (self.comparison == "is")
        words = FACTS[self.fact].choices
        value, limit = (
            float(words.index(v)) if isinstance(v, str) else float(v or 0) for v in (reading.value, self.limit)
        )
        dust = 1e-9 * max(1.0, abs(limit))
        return value >= limit - dust if self.comparison == "at_least" else value <= limit + dust


def _of_condition(kind: Literal["knock_out", "hold", "unknown"], found: ConditionResult) -> Problem:
    return Problem(
        kind, found.fact, found.comparison, found.limit, found.why, found.found, found.rule, found.mend,
        found.missing if kind == "unknown" else found.inputs,
    )  # fmt: skip


def _of_criterion(found: CriterionResult, currency: str) -> Problem | None:
    """The lowest turning point above what is earned now that is worth at least half of the points."""
    share = found.points / found.possible
    worth = sorted((step for step in found.scale if step[1] >= _ENOUGH and step[1] > share + 1e-12), key=lambda s: s[1])
    if not worth:
        return None
    fact = FACTS[found.fact]
    limit = worth[0][0]
    comparison = "is" if fact.better is None else "at_most" if fact.better == "lower" else "at_least"
    return Problem(
        "criterion", found.fact, comparison, limit, found.title, found.found,
        wording.limit(fact, comparison, limit, currency), found.mend, found.missing or found.inputs,
        found.possible - found.points,
    )  # fmt: skip


def _all(assessment: Assessment) -> Iterator[Problem]:
    for kind, results in (("knock_out", assessment.knock_outs), ("hold", assessment.holds)):
        for each in results:
            if each.met is False:
                yield _of_condition("knock_out" if kind == "knock_out" else "hold", each)
    for each in (*assessment.knock_outs, *assessment.holds):
        if each.unknown:
            yield _of_condition("unknown", each)
    for criterion in assessment.weak:
        found = _of_criterion(criterion, assessment.currency)
        if found is not None:
            yield found


def problems(assessment: Assessment) -> tuple[Problem, ...]:
    """Everything that is wrong, most grave first: knock-outs, holds, what cannot be checked, criteria by points lost.

    What asks for the same figure of the same fact is one problem, of the gravest kind.
    """
    kept: dict[tuple[str, str, Value], Problem] = {}
    for each in _all(assessment):
        key = (each.fact, each.comparison, each.limit)
        first = kept.get(key)
        kept[key] = each if first is None else replace(first, with_it=(*first.with_it, each.title))
    return tuple(kept.values())
