"""The kinds of value that a plan file is made of: amounts, shares, months, texts, growth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from finance_kit.errors import CalculationError
from finance_kit.timeline import Month

__all__ = [
    "Amount",
    "Calendar",
    "Count",
    "CurrencyCode",
    "Days",
    "Growth",
    "GrowthField",
    "GrowthRate",
    "LongText",
    "MonthRef",
    "Months",
    "Name",
    "PlanModel",
    "PositiveAmount",
    "Quantity",
    "Rate",
    "Season",
    "Share",
    "SignedAmount",
    "Sourced",
    "Text",
    "Unit",
    "Year",
    "as_tuple",
]

LARGEST = 1e15
"""Largest amount that a plan may hold: float64 still resolves a tenth of the smallest unit there."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number of the plan is measured in, for whoever asks for it or shows it; validation does not look at it.

    Attributes
    ----------
    kind : ``share`` is a fraction that people write as per cent; ``number`` has no unit or the one that ``of`` names
    per : name of the field beside it that holds the unit which an amount is for (a price per kg)
    of : name of the field beside it that holds the unit which is counted (3 kg)
    """

    kind: Literal["money", "share", "days", "months", "year", "number"]
    per: str | None = None
    of: str | None = None


class PlanModel(BaseModel):
    """Base of every part of a plan: strict types, unknown keys refused, never changed after reading."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False, str_strip_whitespace=True)


def _month_ref(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise PydanticCustomError("month_needed", "a month")
    if isinstance(value, int):
        if not 1 <= value <= 240:
            raise PydanticCustomError("month_number_out_of_range", "month 1 to 240")
        return value
    try:
        Month.parse(value)
    except CalculationError:
        raise PydanticCustomError("month_needed", "a month") from None
    return value


def as_tuple(value: object) -> object:
    """A list of a file as the tuple that a strict model wants; anything else unchanged, to be refused in its place."""
    return tuple(value) if isinstance(value, list) else value


def _twelve(value: object) -> object:
    if isinstance(value, list) and len(value) != 12:
        raise PydanticCustomError("season_needs_twelve", "twelve numbers", {"count": len(value)})
    return as_tuple(value)


CurrencyCode = Literal["KHR", "MMK", "THB", "VND", "USD", "EUR"]
Amount = Annotated[float, Field(ge=0, le=LARGEST), Unit("money")]
PositiveAmount = Annotated[float, Field(gt=0, le=LARGEST), Unit("money")]
SignedAmount = Annotated[float, Field(ge=-LARGEST, le=LARGEST), Unit("money")]
Quantity = Annotated[float, Field(ge=0, le=1e12), Unit("number")]
Share = Annotated[float, Field(ge=0, le=1), Unit("share")]
Rate = Annotated[float, Field(ge=0, le=10), Unit("share")]
GrowthRate = Annotated[float, Field(gt=-1, le=10), Unit("share")]
Days = Annotated[float, Field(ge=0, le=720), Unit("days")]
Months = Annotated[int, Unit("months")]
Year = Annotated[int, Unit("year")]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Text = Annotated[str, Field(min_length=1, max_length=2_000)]
LongText = Annotated[str, Field(min_length=1, max_length=20_000)]
MonthRef = Annotated[int | str, BeforeValidator(_month_ref)]
"""A month of the plan: its number from 1, or the calendar month as ``2027-03``."""
Calendar = Annotated[tuple[Annotated[int, Field(ge=1, le=12)], ...], BeforeValidator(as_tuple)]
"""Calendar months, 1 = January."""
Season = Annotated[
    tuple[Annotated[float, Field(ge=0, le=100)], ...],
    BeforeValidator(_twelve),
    Field(min_length=12, max_length=12),
]
"""Twelve factors, January first: 1 is a month as stated, 0 a month without."""


class Sourced(PlanModel):
    """A statement that can say where its numbers come from."""

    source: Text | None = Field(
        None, title="Source", description="Who says so: a quotation, a price list, a record, a person."
    )
    source_date: str | None = Field(
        None, title="Date of the source", description="As 2026-08-14 or 2026-08.", pattern=r"^\d{4}-\d{2}(-\d{2})?$"
    )


class Growth(PlanModel):
    """How a price, a volume or a cost grows.

    Either one ``rate`` per year or month, or a list of yearly steps. ``applied`` says whether a yearly rate moves in
    one step at each plan year or a little each month; left out, the plan's policy decides.
    """

    rate: GrowthRate | None = Field(
        None, title="Growth", description="How much more than a year or month before.", examples=[0.03]
    )
    per: Literal["year", "month"] = Field("year", title="Growth per")
    applied: Literal["yearly", "monthly"] | None = Field(None, title="Applied in steps")
    by_year: Annotated[tuple[GrowthRate, ...], BeforeValidator(as_tuple)] | None = Field(
        None, title="Growth of each year over the year before", description="First entry: year 2 over year 1."
    )


def _growth_shorthand(value: object) -> object:
    """A bare number in a plan file stands for a yearly rate."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"rate": value}
    return value


GrowthField = Annotated[Growth, BeforeValidator(_growth_shorthand)]
