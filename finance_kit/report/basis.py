"""What every part of the report is made from, handed on as one value."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from finance_kit.engine.catalogue import lines
from finance_kit.engine.projection import Projection
from finance_kit.errors import Undefined
from finance_kit.indicators.evaluate import Indicators
from finance_kit.indicators.registry import definitions
from finance_kit.plan.schema import Plan
from finance_kit.report.model import Figure, Unit
from finance_kit.risk.stress import STRESSES, Stress, stress_test

__all__ = ["Basis", "figure"]

_UNITS: dict[str, Unit] = {
    "money": "money",
    "ratio": "ratio",
    "share": "share",
    "rate": "rate",
    "month": "month",
    "years": "years",
    "quantity": "quantity",
}


@dataclass(frozen=True)
class Basis:
    """A plan with its projection and indicators; ``date`` is the day the report is made, as 2026-11-24."""

    plan: Plan
    projection: Projection
    indicators: Indicators
    date: str
    stresses: tuple[Stress, ...] = field(default=STRESSES)

    @cached_property
    def stressed(self) -> Indicators:
        """Indicators of the base case and each stress, one column each."""
        return stress_test(self.projection.assumptions, self.stresses)

    @property
    def currency(self) -> str:
        """Plan currency."""
        return self.plan.period.currency

    @property
    def years(self) -> tuple[str, ...]:
        """Labels of the reporting years."""
        return self.plan.axis.year_labels

    def yearly(self, line: str) -> tuple[float, ...]:
        """A flow summed over each reporting year, or a balance at its end."""
        values = self.projection.line(line)[:, 0]
        fold = (
            self.plan.axis.last_of_years
            if lines()[line].kind == "balance" or line in _END
            else self.plan.axis.sum_years
        )
        return tuple(fold(values).tolist())

    def monthly(self, line: str, first: int = 0, last: int = 12) -> tuple[float, ...]:
        """A line in months ``first`` (from 0) to before ``last``."""
        return tuple(self.projection.line(line)[first:last, 0].tolist())

    def indicator_years(self, name: str) -> tuple[float | None, ...]:
        """An indicator of each year; ``None`` where it does not exist."""
        values = (self.indicators.figure(name, year) for year in range(len(self.years)))
        return tuple(None if isinstance(value, Undefined) else value for value in values)


_END = {"total_assets", "total_liabilities_equity"}


def figure(basis: Basis, name: str, label: str | None = None, note: str | None = None) -> Figure:
    """A plan-level indicator as a figure; months become calendar months."""
    definition = definitions()[name]
    value = basis.indicators.figure(name)
    unit = _UNITS[definition.unit]
    currency = basis.currency if definition.unit == "money" else None
    if isinstance(value, Undefined):
        return Figure(name, label or definition.label, None, unit, currency, value.reason, note)
    if definition.unit == "month":
        return Figure(
            name, label or definition.label, str(basis.plan.axis.month(int(value))), "month", None, None, note
        )
    return Figure(name, label or definition.label, value, unit, currency, None, note)
