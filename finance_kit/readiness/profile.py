"""Lender profiles as data: eligibility first, then weighted criteria, each rule with its source and date.

Rules are a closed set of comparisons over the facts of :mod:`finance_kit.readiness.facts`: no expressions, so that a
loan officer can read and write a profile.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from finance_kit.errors import PackError
from finance_kit.plan.validation import validate
from finance_kit.plan.yaml_source import read
from finance_kit.readiness.facts import FACTS
from finance_kit.resources import data

__all__ = [
    "PROFILE_IDS",
    "Criterion",
    "KnockOut",
    "LenderProfile",
    "RuleSource",
    "Step",
    "lender_profile",
    "lender_profiles",
]

PROFILE_IDS = ("generic_bank", "generic_mfi")
"""Profiles that come with the package."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


class RuleSource(_Strict):
    """Where a threshold comes from, when it was read, and how sure that is."""

    title: str
    date: str
    confidence: Literal["high", "medium", "low"]
    status: Literal["published", "convention"] = Field(
        description="published: a lender or an authority says so; convention: a starting value of this product"
    )


class KnockOut(_Strict):
    """A rule that no score makes good: met, or the outcome is `not ready`."""

    fact: str
    rule: Literal["at_least", "at_most", "is", "is_not"]
    value: float | bool | str
    why: str
    mend: str
    source: RuleSource

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.fact not in FACTS:
            raise PydanticCustomError("unknown_fact", "fact", {"fact": self.fact, "known": ", ".join(FACTS)})
        return self


class Step(_Strict):
    """A point of a scale: at this value of the fact, this share of the points."""

    at: float | str | bool
    share: Annotated[float, Field(ge=0, le=1)]


class Criterion(_Strict):
    """A weighted criterion: a number is placed on the scale (straight between its points), a word is looked up."""

    id: str
    title: str
    block: Literal[
        "repayment", "contribution", "security", "market", "management", "credit_history", "group", "documents"
    ]
    weight: Annotated[float, Field(gt=0, le=100)]
    fact: str
    scale: Annotated[tuple[Step, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
    source: RuleSource

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.fact not in FACTS:
            raise PydanticCustomError("unknown_fact", "fact", {"fact": self.fact, "known": ", ".join(FACTS)})
        numbers = [step.at for step in self.scale if isinstance(step.at, float | int) and not isinstance(step.at, bool)]
        if numbers and (len(numbers) < len(self.scale) or sorted(numbers) != numbers or len(numbers) < 2):
            raise PydanticCustomError("scale_not_ascending", "scale", {"criterion": self.id})
        return self


class LenderProfile(_Strict):
    """A kind of lender: version, date, eligibility, criteria. Weights sum to 100."""

    id: str
    title: str
    lender_type: Literal["bank", "mfi"]
    version: str
    date: str
    note: str
    ready_at: Annotated[float, Field(ge=0, le=100)]
    nearly_at: Annotated[float, Field(ge=0, le=100)]
    knock_outs: Annotated[tuple[KnockOut, ...], BeforeValidator(_as_tuple)]
    criteria: Annotated[tuple[Criterion, ...], BeforeValidator(_as_tuple)]

    @model_validator(mode="after")
    def _weights(self) -> Self:
        total = sum(criterion.weight for criterion in self.criteria)
        if abs(total - 100.0) > 1e-9:
            raise PydanticCustomError("weights_not_100", "weights", {"total": total})
        return self


@lru_cache(maxsize=8)
def lender_profile(name: str) -> LenderProfile:
    """A profile that comes with the package.

    Raises
    ------
    PackError : the profile is broken; ``issues`` says where
    """
    source = read(data("lenders", f"{name}.yaml"))
    profile, issues = validate(LenderProfile, source)
    if profile is None or source.issues:
        raise PackError("profile_broken", (*source.issues, *issues), profile=name)
    return profile


def lender_profiles() -> tuple[LenderProfile, ...]:
    """All profiles that come with the package."""
    return tuple(lender_profile(name) for name in PROFILE_IDS)
