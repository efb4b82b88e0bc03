"""Why a figure is what it is: its formula in words, the figures it is made of, and where each number was stated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from finance_kit.engine.catalogue import lines
from finance_kit.errors import CalculationError, Undefined, Where
from finance_kit.indicators.evaluate import Indicators
from finance_kit.indicators.registry import definitions
from finance_kit.plan.base import Sourced
from finance_kit.plan.schema import Plan
from finance_kit.timeline import Month

__all__ = ["Explanation", "StatedInput", "explain", "known_figures"]

WhereOf = Callable[[tuple[str | int, ...]], Where]


@dataclass(frozen=True, slots=True)
class StatedInput:
    """A part of the plan that a figure rests on: what it is called, where it stands, who says so."""

    name: str
    where: str
    source: str | None
    source_date: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure with its formula and inputs, as deep as was asked for.

    ``value`` is ``None`` where the figure does not exist; ``reason`` is then the code that says why. ``period`` is a
    year's label, a month as ``2027-03``, or empty for the whole plan.
    """

    id: str
    label: str
    period: str
    value: float | None
    unit: str
    reason: str | None
    formula: str
    source: str
    inputs: tuple[Explanation, ...]
    stated: tuple[StatedInput, ...]

    def to_json(self) -> dict[str, Any]:
        """The explanation as plain values."""
        return asdict(self)


def known_figures() -> tuple[str, ...]:
    """Ids of everything that can be explained: lines, then indicators."""
    return (*lines(), *definitions())


def explain(indicators: Indicators, name: str, period: str | None, where: WhereOf, *, depth: int = 2) -> Explanation:
    """Explain one figure.

    Parameters
    ----------
    indicators : of the plan as it stands
    name : id of a line or an indicator
    period : a year's label (``2027``), a month (``2027-03``) or nothing for figures of the whole plan
    where : gives the place in the plan file of a path (``("products", 0)``)
    depth : how many levels of inputs are shown

    Raises
    ------
    CalculationError : no such figure, or a period that the plan does not have or the figure needs
    """
    if name not in lines() and name not in definitions():
        raise CalculationError("unknown_figure", figure=name)
    span = _span(indicators, period)
    if span is None and name in lines():
        raise CalculationError("period_needed", figure=name)
    return _explained(indicators, name, span, where, depth)


@dataclass(frozen=True, slots=True)
class _Span:
    """A period: first and last month position, the year's position if it is a year, its label."""

    first: int
    last: int
    year: int | None
    label: str


def _span(indicators: Indicators, period: str | None) -> _Span | None:
    axis = indicators.projection.axis
    if not period:
        return None
    if period in axis.year_labels:
        year = axis.year_labels.index(period)
        return _Span(int(axis.year_starts[year]), int(axis.year_ends[year]), year, period)
    try:
        number = int(period) if period.isdigit() and len(period) < 4 else axis.number(Month.parse(period))
    except CalculationError:
        number = 0
    if not 1 <= number <= axis.months:
        raise CalculationError("period_unknown", period=period, years=", ".join(axis.year_labels))
    return _Span(number - 1, number - 1, None, str(axis.month(number)))


def _line_value(indicators: Indicators, name: str, span: _Span) -> float:
    values = indicators.projection.line(name)[:, 0]
    line = lines()[name]
    at_end = line.statement == "balance_sheet" or name in ("tax_losses", "working_capital")
    return float(values[span.last] if at_end else np.sum(values[span.first : span.last + 1]))


def _value(indicators: Indicators, name: str, span: _Span | None) -> float | Undefined:
    if name in lines():
        return Undefined("period_needed") if span is None else _line_value(indicators, name, span)
    scope = definitions()[name].scope
    if scope == "plan":
        return indicators.figure(name)
    if span is None:
        raise CalculationError("period_needed", figure=name)
    if scope == "year":
        if span.year is None:
            twin = f"monthly_{name}"
            if twin in definitions():
                return indicators.figure(twin, span.first)
            raise CalculationError("year_needed", figure=name)
        return indicators.figure(name, span.year)
    if span.year is not None:
        raise CalculationError("month_needed_for_figure", figure=name)
    return indicators.figure(name, span.first)


def _explained(indicators: Indicators, name: str, span: _Span | None, where: WhereOf, depth: int) -> Explanation:
    entry = lines().get(name) or definitions()[name]
    value = _value(indicators, name, span)
    below, stated = [], []
    for item in entry.inputs:
        if item.startswith("plan: "):
            stated += _stated(indicators.projection.plan, item.removeprefix("plan: "), where)
        elif depth > 0 and _fits(item, span):
            below.append(_explained(indicators, item, span, where, depth - 1))
    missing = isinstance(value, Undefined)
    return Explanation(
        name,
        entry.label,
        "" if span is None else span.label,
        None if isinstance(value, Undefined) else value,
        entry.unit,
        value.reason if isinstance(value, Undefined) else None,
        entry.formula,
        entry.source,
        () if missing and depth <= 0 else tuple(below),
        tuple(stated),
    )


def _fits(name: str, span: _Span | None) -> bool:
    """Whether an input has a value in this period: lines need one, indicators by year a year."""
    if name in lines():
        return span is not None
    scope = definitions()[name].scope
    if scope == "plan":
        return True
    if span is None:
        return False
    return (scope == "year") == (span.year is not None) or (scope == "year" and f"monthly_{name}" in definitions())


def _stated(plan: Plan, field: str, where: WhereOf) -> list[StatedInput]:
    """The entries of a part of the plan with their place and source."""
    part = getattr(plan, field)
    if part is None:
        return []
    entries: list[tuple[tuple[str | int, ...], Any]] = []
    if isinstance(part, list):
        entries = [((field, number), item) for number, item in enumerate(part)]
    else:
        entries = [((field,), part)]
        for name in ("loans", "grants", "contributions", "posts", "lines"):
            for number, item in enumerate(getattr(part, name, ())):
                entries.append(((field, name, number), item))
    found = []
    for path, item in entries:
        place = where(path)
        label = next((str(getattr(item, key)) for key in ("name", "role") if getattr(item, key, None)), field)
        sourced = isinstance(item, Sourced)
        found.append(
            StatedInput(label, str(place), item.source if sourced else None, item.source_date if sourced else None)
        )
    return found
