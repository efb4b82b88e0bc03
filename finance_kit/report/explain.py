"""Why a figure is what it is: its formula in words, the figures it is made of, and where each number was stated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from finance_kit.engine.catalogue import Line, lines
from finance_kit.errors import CalculationError, Undefined, Where
from finance_kit.indicators.evaluate import Indicators
from finance_kit.indicators.registry import Definition, definitions
from finance_kit.indicators.returns import Returns
from finance_kit.report.stated import StatedInput, stated_inputs
from finance_kit.timeline import Month

__all__ = ["Explanation", "explain", "known_figures"]

WhereOf = Callable[[tuple[str | int, ...]], Where]
_AT_END = ("tax_losses", "working_capital")  # balances that stand outside the balance sheet


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure with its formula and inputs, as deep as was asked for.

    ``value`` is ``None`` where the figure does not exist; ``reason`` is then the code that says why. ``period`` is a
    year's label, a month as ``2027-03``, ``2027-01 to 2029-12`` for a line of the whole plan, or empty for a figure of
    the whole plan. ``month`` is the calendar month that a month number stands for; ``rates`` are all yearly rates with
    a net present value of 0, where there are several.
    """

    id: str
    label: str
    period: str
    value: float | None
    unit: str
    month: str | None
    rates: tuple[float, ...]
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
    period : a year's label (``2027``), a month (``2027-03``), or nothing: figures of the whole plan, and of a line its
        sum over the plan or its balance at the end; figures of the whole plan pass over it
    where : gives the place in the plan file of a path (``("products", 0)``)
    depth : how many levels of inputs are shown

    Raises
    ------
    CalculationError : no such figure, or a period that the plan does not have or the figure needs
    """
    if name not in lines() and name not in definitions():
        raise CalculationError("unknown_figure", figure=name)
    span = _span(indicators, period)
    if name in definitions() and definitions()[name].scope == "plan":
        span = None
    elif name in lines() and span is None:
        span = _whole(indicators)
    return _Explainer(indicators, where).explained(name, span, depth)


@dataclass(frozen=True, slots=True)
class _Span:
    """A period: first and last month position, the year's position if it is a year, its label."""

    first: int
    last: int
    year: int | None
    label: str


def _whole(indicators: Indicators) -> _Span:
    axis = indicators.projection.axis
    return _Span(0, axis.months - 1, None, f"{axis.month(1)} to {axis.month(axis.months)}")


def _year(indicators: Indicators, year: int) -> _Span:
    axis = indicators.projection.axis
    return _Span(int(axis.year_starts[year]), int(axis.year_ends[year]), year, axis.year_labels[year])


def _span(indicators: Indicators, period: str | None) -> _Span | None:
    axis = indicators.projection.axis
    if not period:
        return None
    if period in axis.year_labels:
        return _year(indicators, axis.year_labels.index(period))
    try:
        number = int(period) if period.isdigit() and len(period) < 4 else axis.number(Month.parse(period))
    except CalculationError:
        number = 0
    if not 1 <= number <= axis.months:
        raise CalculationError("period_unknown", period=period, years=", ".join(axis.year_labels))
    return _Span(number - 1, number - 1, None, str(axis.month(number)))


@dataclass(frozen=True, slots=True)
class _Explainer:
    """Builds the explanation of one figure; a part of the plan is listed once, where it is first needed."""

    indicators: Indicators
    where: WhereOf
    listed: set[str] = field(default_factory=set)

    def explained(self, name: str, span: _Span | None, depth: int) -> Explanation:
        """A figure in a period, or of the whole plan where there is none."""
        entry = lines().get(name) or definitions()[name]
        if span is not None and span.first == span.last and f"monthly_{name}" in definitions():
            entry = definitions()[f"monthly_{name}"]
        formula, inputs = self._by_policy(entry)
        moment = self._moment(entry) if isinstance(entry, Definition) and entry.at else span
        below: list[Explanation] = []
        stated: list[StatedInput] = []
        # The figure's own places first: what an input rests on as well is not said twice.
        for item in sorted(inputs, key=lambda item: not item.startswith("plan: ")):
            if item.startswith("plan: "):
                stated += self._stated(item.removeprefix("plan: "))
            elif depth > 0:
                below += self._input(item, moment, depth - 1)
        value = self._value(entry.id, span)
        undefined = isinstance(value, Undefined)
        return Explanation(
            entry.id,
            entry.label,
            "" if span is None else span.label,
            None if isinstance(value, Undefined) else value,
            entry.unit,
            None if undefined or entry.unit != "month" else self._month(value),
            self._rates(name),
            value.reason if isinstance(value, Undefined) else None,
            formula,
            entry.source,
            tuple(below),
            tuple(stated),
        )

    def _stated(self, part: str) -> list[StatedInput]:
        """What the plan states in a part, unless that is listed already."""
        if part in self.listed:
            return []
        self.listed.add(part)
        return stated_inputs(self.indicators.projection.plan, part, self.where)

    def _by_policy(self, entry: Line | Definition) -> tuple[str, list[str]]:
        """Formula and inputs, of the convention that the plan has chosen where there are several."""
        if isinstance(entry, Definition) and entry.policy is not None:
            chosen = entry.variants[getattr(self.indicators.projection.plan.policies, entry.policy)]
            return chosen.formula, chosen.inputs
        return entry.formula, entry.inputs

    def _moment(self, definition: Definition) -> _Span:
        """The month that a figure of the whole plan is read off."""
        p = self.indicators.projection
        low = int(self.indicators.plan_level["cash_low_month"][0])
        number = low if definition.at == "cash_low_month" else p.axis.months
        return _Span(number - 1, number - 1, None, str(p.axis.month(number)))

    def _rates(self, name: str) -> tuple[float, ...]:
        """All rates of return, of an internal rate of return that has several."""
        view, _, measure = name.partition("_")
        found = self.indicators.returns(view) if measure == "irr_annual" else None
        return found.irr_roots if isinstance(found, Returns) and len(found.irr_roots) > 1 else ()

    def _month(self, value: float | Undefined) -> str | None:
        """Calendar month of a month number; of month 0, the eve of the plan."""
        return None if isinstance(value, Undefined) else str(self.indicators.projection.axis.month(int(value)))

    def _value(self, name: str, span: _Span | None) -> float | Undefined:
        if name not in lines():
            return self._figure(definitions()[name], span)
        if span is None:
            raise CalculationError("period_needed", figure=name)
        values = self.indicators.projection.line(name)[:, 0]
        at_end = lines()[name].statement == "balance_sheet" or name in _AT_END
        return float(values[span.last] if at_end else np.sum(values[span.first : span.last + 1]))

    def _figure(self, definition: Definition, span: _Span | None) -> float | Undefined:
        name, scope = definition.id, definition.scope
        if scope == "plan":
            return self.indicators.figure(name)
        if span is None:
            raise CalculationError("period_needed", figure=name)
        if scope == "year" and span.year is None:
            raise CalculationError("year_needed", figure=name)
        if scope == "month" and span.first != span.last:
            raise CalculationError("month_needed_for_figure", figure=name)
        return self.indicators.figure(name, span.first if span.year is None else span.year)

    def _input(self, item: str, span: _Span | None, depth: int) -> list[Explanation]:
        """An input in the same period; of a figure of the whole plan, the input of every year."""
        if item.startswith("before: "):
            return [] if span is None else [self._before(item.removeprefix("before: "), span)]
        scope = "line" if item in lines() else definitions()[item].scope
        if scope == "plan":
            return [self.explained(item, None, depth)]
        if scope == "month" and (span is None or span.first != span.last):
            return self._lowest_months(item)
        if span is None:
            years = range(self.indicators.projection.axis.years)
            return [self.explained(item, _year(self.indicators, year), 0) for year in years]
        if scope == "year" and span.year is None and f"monthly_{item}" not in definitions():
            return []
        return [self.explained(item, span, depth)]

    def _lowest_months(self, name: str) -> list[Explanation]:
        """The month in which a monthly ratio is lowest: all months would be a page."""
        values = self.indicators.monthly[name][:, 0]
        if np.isnan(values).all():
            return []
        month = int(np.nanargmin(values))
        label = str(self.indicators.projection.axis.month(month + 1))
        return [self.explained(name, _Span(month, month, None, label), 0)]

    def _before(self, name: str, span: _Span) -> Explanation:
        """A balance on the eve of the period."""
        p = self.indicators.projection
        entry = lines()[name]
        value = float(p.line(name)[span.first - 1, 0]) if span.first else p.opening[name]
        label, formula = str(p.axis.month(span.first)), "balance at the end of the month before"
        return Explanation(name, entry.label, label, value, entry.unit, None, (), None, formula, entry.source, (), ())
