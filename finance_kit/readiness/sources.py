"""Where a value of a lender profile comes from, and the strict base of every part of a profile."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from finance_kit.plan.base import Name, Text

__all__ = ["NOT_PUBLISHED", "Day", "RuleSource", "Strict", "as_tuple"]

NOT_PUBLISHED: Final = "not_published"
"""Stands for a limit, a scale or a term that a lender keeps to itself."""


def _in_calendar(day: str) -> str:
    try:
        date.fromisoformat(day)
    except ValueError:
        raise PydanticCustomError("date_not_in_calendar", "day") from None
    return day


Day = Annotated[
    str,
    Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description='As "2026-11-24", in quotation marks'),
    AfterValidator(_in_calendar),
]


class Strict(BaseModel):
    """Base of every part of a profile: strict types, unknown keys refused, never changed after reading."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False, str_strip_whitespace=True)


def as_tuple(value: object) -> object:
    """A list of a file as the tuple that it is kept as."""
    return tuple(value) if isinstance(value, list) else value


class RuleSource(Strict):
    """Where a value comes from, when it was read, and how sure that is.

    ``last_confirmed`` is the day on which somebody last saw that it still holds; old days make a warning.
    """

    title: Text
    publisher: Name | None = None
    url: (
        Annotated[str, Field(pattern=r"^https?://\S+$", max_length=500, description='As "https://bank.example"')] | None
    ) = None
    date: Name = Field(description="Year or day of the source; where it bears none, when it was read")
    last_confirmed: Day | None = None
    confidence: Literal["high", "medium", "low"]
    status: Literal["published", "convention"] = Field(
        description="published: a lender or an authority says so; convention: a starting value of this product"
    )
