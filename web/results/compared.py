"""Figures of a plan as it is and as it would be, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from flask_babel import gettext

from finance_kit import service_results as results
from finance_kit.service import Run
from web.results.shown import with_unit
from web.words import DASH

__all__ = ["Compared", "compared"]


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure before and after, in words, and whether that is better or worse."""

    label: str
    before: str
    after: str
    change: Literal["better", "worse", "same"]


def compared(before: Run, after: Run) -> list[Compared]:
    """The figures that a change of the plan is judged by."""
    code = before.plan.period.currency
    rows = [
        (gettext("Lowest yearly DSCR"), "ratio", _level("min_dscr"), 1),
        (gettext("Lowest cash at a month end"), "money", lambda run: results.lowest_cash(run)[0], 1),
        (gettext("Interest and fees in all"), "money", _sum("interest", "finance_fees"), -1),
        (gettext("Cash from members"), "money", _sum("equity_injection"), -1),
        (gettext("Net present value (NPV)"), "money", _level("project_npv"), 1),
        (gettext("Cash at the end of the plan"), "money", _level("closing_cash"), 1),
    ]
    return [_row(label, unit, code, made(before), made(after), better) for label, unit, made, better in rows]


def _row(label: str, unit: str, code: str, before: float | None, after: float | None, better: int) -> Compared:
    now, then = _text(before, unit, code), _text(after, unit, code)
    if before is None or after is None or now == then:
        return Compared(label, now, then, "same")
    return Compared(label, now, then, "better" if (after - before) * better > 0 else "worse")


def _text(value: float | None, unit: str, code: str) -> str:
    if value is None:
        return DASH
    return with_unit(value, unit, code)


def _level(name: str) -> Any:
    def made(run: Run) -> float | None:
        value = run.basis.indicators.figure(name)
        return value if isinstance(value, float) else None

    return made


def _sum(*names: str) -> Any:
    def made(run: Run) -> float:
        return sum(value or 0.0 for name in names for value in results.yearly(run, name))

    return made
