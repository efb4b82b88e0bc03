"""What every check works with: the plan, the places in its file, months on its axis, amounts in its currency."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from finance_kit.errors import Issue, Where
from finance_kit.plan.base import MonthRef
from finance_kit.plan.checks_codes import SEVERITY
from finance_kit.plan.schema import Plan

if TYPE_CHECKING:
    from finance_kit.plan.yaml_source import Source

__all__ = ["Desk", "Path", "calendar_day", "clean_name", "same_amount", "total"]

Path = tuple[str | int, ...]

_TOLERANCE = 0.005  # half of the smallest hundredth: the same as in every statement of the engine


@dataclass(frozen=True)
class Desk:
    """A plan on the desk of whoever checks it."""

    plan: Plan
    source: Source | None = None

    def issue(self, code: str, *path: str | int, **params: Any) -> Issue:
        """A finding at a field, as grave as :data:`~finance_kit.plan.checks_codes.SEVERITY` says."""
        field = ".".join(map(str, path))
        found = {"field": field, "currency": self.plan.period.currency, **params}
        return Issue(code, self.where(path), found, SEVERITY.get(code, "error"))

    def where(self, path: Path) -> Where:
        """The place of a field: its line and column where the plan was read from a file."""
        return Where(".".join(map(str, path))) if self.source is None else self.source.where(path)

    @property
    def months(self) -> int:
        """How many months the plan looks ahead."""
        return self.plan.period.months

    @property
    def full(self) -> bool:
        """Whether this is a full plan, not a profile."""
        return self.plan.depth == "full"

    @property
    def last_month(self) -> str:
        """The plan's last calendar month, as ``2031-12``."""
        return str(self.plan.axis.month(self.months))

    def number(self, ref: MonthRef) -> int:
        """Month number of a reference; below 1 or above the plan's months when it lies outside."""
        return self.plan.month_number(ref)

    @cached_property
    def exchange(self) -> dict[str, float]:
        """Plan currency for one unit of each currency that has a rate; the plan currency itself is 1."""
        rates: dict[str, float] = {rate.currency: rate.rate for rate in reversed(self.plan.exchange_rates)}
        return {**rates, self.plan.period.currency: 1.0}

    @cached_property
    def parts(self) -> tuple[tuple[Path, BaseModel], ...]:
        """Every part of the plan with its path, the plan itself first."""
        return tuple(_parts(self.plan, ()))

    def in_plan_currency(self, amount: float, currency: str | None) -> float:
        """An amount at the stated rate; unchanged when the rate is missing, which is an error of its own."""
        return amount * self.exchange.get(currency or self.plan.period.currency, 1.0)


def _parts(model: BaseModel, path: Path) -> list[tuple[Path, BaseModel]]:
    found: list[tuple[Path, BaseModel]] = [(path, model)]
    values = model.__dict__
    for name in type(model).model_fields:
        value = values[name]
        if isinstance(value, BaseModel):
            found += _parts(value, (*path, name))
        elif isinstance(value, list | tuple):
            for position, item in enumerate(value):
                if isinstance(item, BaseModel):
                    found += _parts(item, (*path, name, position))
    return found


def clean_name(name: str) -> str:
    """A name as names are compared: one Unicode form, no capitals, single spaces, nothing invisible."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    visible = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return " ".join(visible.split())


def calendar_day(text: str) -> date | None:
    """The day that ``2026-08-14`` or ``2026-08`` means (its first); ``None`` where the calendar has no such day."""
    try:
        return date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        return None


def same_amount(one: float, other: float, share: float = 0.0) -> bool:
    """Whether two amounts are equal to half a hundredth, or to a share of the larger one."""
    return abs(one - other) <= max(_TOLERANCE, share * max(abs(one), abs(other)))


def total(amounts: Iterable[float]) -> float:
    """Sum of amounts; 0.0 of none."""
    return float(sum(amounts))
