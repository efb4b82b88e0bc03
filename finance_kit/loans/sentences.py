"""What an explanation says, as data: a code with its figures, which an edge puts into words and digits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

__all__ = ["Quantity", "QuantityKind", "Sentence", "exact", "money", "percent"]

QuantityKind = Literal["money", "exact_money", "percent", "exact_percent", "factor"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and how it is to be written.

    ``money`` in the units of the schedule; ``exact_money`` before rounding; ``percent`` with two decimals,
    ``exact_percent`` with as many as it has; ``factor`` a plain number.
    """

    value: float
    kind: QuantityKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """A code and the figures that its words mention: quantities, whole numbers, dates, texts, or further sentences."""

    code: str
    params: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def money(value: float) -> Quantity:
    """An amount of the schedule."""
    return Quantity(float(value), "money")


def exact(value: float) -> Quantity:
    """An amount before it is rounded."""
    return Quantity(float(value), "exact_money")


def percent(value: float, *, full: bool = True) -> Quantity:
    """A rate or share."""
    return Quantity(float(value), "exact_percent" if full else "percent")
