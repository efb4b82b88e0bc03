"""What an assessment says of one rule: a condition (knock-out or hold), a criterion."""

from __future__ import annotations

from dataclasses import dataclass

from finance_kit.readiness.reading import State, Value

__all__ = ["ConditionResult", "CriterionResult"]


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """A knock-out or a hold.

    ``met`` is ``None`` where the plan does not state the fact, and where the rule is not ``published``. ``state``,
    ``at``, ``missing`` and ``reason`` are those of the :class:`~finance_kit.readiness.reading.Reading`; ``found`` and
    ``rule`` are in words, ``comparison`` and ``limit`` are what was compared.
    """

    fact: str
    label: str
    value: Value
    unit: str
    found: str
    state: State
    at: str
    reason: str
    missing: tuple[str, ...]
    rule: str
    comparison: str
    limit: Value
    published: bool
    met: bool | None
    why: str
    mend: str
    inputs: tuple[str, ...]
    source: str

    @property
    def unknown(self) -> bool:
        """Whether the lender asks it and the plan does not say it."""
        return self.met is None and self.published


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """Points of one criterion: got and possible, the figure, the rule, its source, and the fields that are missing.

    ``possible`` is 0 where the scale is not ``published``. ``scale`` holds pairs of a value and the share of the points
    that it earns; ``found``, ``rule`` and ``target`` (what earns most) are in words.
    """

    id: str
    title: str
    block: str
    points: float
    possible: float
    fact: str
    value: Value
    unit: str
    found: str
    state: State
    at: str
    reason: str
    rule: str
    target: str
    scale: tuple[tuple[Value, float], ...]
    published: bool
    mend: str
    inputs: tuple[str, ...]
    missing: tuple[str, ...]
    source: str
