"""Lender profiles as data: knock-outs first, then holds, then weighted criteria, each with its source and date.

Rules are a closed set of comparisons over the facts of :mod:`finance_kit.readiness.facts`: no expressions, so that a
loan officer can read and write a profile. What a lender keeps to itself is a value of its own: ``not_published`` in the
place of a limit or a scale; such a rule is shown, and neither met nor failed nor scored.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from finance_kit.errors import PackError
from finance_kit.plan.base import Name, Text
from finance_kit.plan.financing import DocumentKind
from finance_kit.plan.validation import validate
from finance_kit.plan.yaml_source import read
from finance_kit.readiness.facts import FACTS, Fact
from finance_kit.resources import data

__all__ = [
    "NOT_PUBLISHED",
    "PROFILE_IDS",
    "AskedDocuments",
    "Condition",
    "Criterion",
    "LenderProfile",
    "RuleSource",
    "Step",
    "lender_profile",
    "lender_profiles",
    "read_lender_profile",
]

PROFILE_IDS = ("generic_bank", "generic_mfi")
"""Profiles that come with the package."""
NOT_PUBLISHED: Final = "not_published"
"""Stands for a limit or a scale that a lender keeps to itself."""
_FEWEST_STEPS: Final = 2


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _nearest(word: str, known: Iterable[str]) -> str | None:
    found = difflib.get_close_matches(word[:60].lower().replace("-", "_").replace(" ", "_"), list(known), n=1)
    return found[0] if found else None


def _known_fact(name: str) -> str:
    if name not in FACTS:
        raise PydanticCustomError(
            "unknown_fact", "fact", {"fact": name, "known": tuple(FACTS), "nearest": _nearest(name, FACTS)}
        )
    return name


def _known_word(fact: Fact, value: object) -> None:
    """Refuse a word that the fact never is, or something else than yes or no."""
    if fact.unit == "yes/no":
        if not isinstance(value, bool):
            raise PydanticCustomError("fact_is_yes_or_no", "value", {"fact": fact.id})
    elif not isinstance(value, str) or value not in fact.choices:
        raise PydanticCustomError(
            "unknown_word_of_fact",
            "value",
            {"fact": fact.id, "known": fact.choices, "nearest": _nearest(str(value), fact.choices)},
        )


FactName = Annotated[str, BeforeValidator(lambda value: _known_fact(value) if isinstance(value, str) else value)]
Points = Annotated[float, Field(ge=0, le=100)]
Version = Annotated[str, Field(pattern=r"^\d+(\.\d+){0,2}$", max_length=20, description='As "1.0", in quotation marks')]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description='As "2026-11-24", in quotation marks')]


class RuleSource(_Strict):
    """Where a threshold comes from, when it was read, and how sure that is."""

    title: Text
    date: Name = Field(description="Year or day of the source; where it bears none, when it was read")
    confidence: Literal["high", "medium", "low"]
    status: Literal["published", "convention"] = Field(
        description="published: a lender or an authority says so; convention: a starting value of this product"
    )


class Condition(_Strict):
    """A rule that no score makes good: a knock-out or a hold, by the list that it stands in.

    Numbers and words that have an order are compared by ``at_least`` and ``at_most``, in the direction that is better;
    other words and yes/no by ``is`` and ``is_not``.
    """

    fact: FactName
    rule: Literal["at_least", "at_most", "is", "is_not"]
    value: float | bool | str
    why: Text
    mend: Text
    source: RuleSource

    @field_validator("rule")
    @classmethod
    def _fits(cls, rule: str, info: ValidationInfo) -> str:
        fact = FACTS.get(info.data.get("fact", ""))
        if fact is None:
            return rule
        plain = ("at_least", "at_most") if fact.numeric else ("is", "is_not")
        fitting = {"higher": ("at_least",), "lower": ("at_most",), None: plain}[fact.better]
        if rule not in fitting:
            raise PydanticCustomError("rule_does_not_fit", "rule", {"fact": fact.id, "fitting": fitting})
        return rule

    @field_validator("value")
    @classmethod
    def _comparable(cls, value: float | bool | str, info: ValidationInfo) -> float | bool | str:
        fact = FACTS.get(info.data.get("fact", ""))
        if fact is None or value == NOT_PUBLISHED:
            return value
        if not fact.numeric:
            _known_word(fact, value)
        elif isinstance(value, bool | str):
            raise PydanticCustomError("fact_is_a_number", "value", {"fact": fact.id})
        elif fact.unit == "money" and value:
            raise PydanticCustomError("money_limit_without_currency", "value", {"fact": fact.id})
        return value


class Step(_Strict):
    """A point of a scale: at this value of the fact, this share of the points."""

    at: float | bool | str
    share: Annotated[float, Field(ge=0, le=1)]


Conditions = Annotated[tuple[Condition, ...], BeforeValidator(_as_tuple), Field(max_length=100)]


def _steps(value: object) -> object:
    """A scale as it stands in a file: a list of steps, or the word for a scale that the lender keeps to itself."""
    if value == NOT_PUBLISHED:
        return ()
    if not isinstance(value, list | tuple) or len(value) < _FEWEST_STEPS:
        raise PydanticCustomError("scale_needed", "scale", {"word": NOT_PUBLISHED})
    return tuple(value)


Scale = Annotated[tuple[Step, ...], BeforeValidator(_steps), Field(max_length=50)]


class Criterion(_Strict):
    """A weighted criterion: a number is placed on the scale (straight between its points), a word is looked up.

    ``scale`` is empty where the lender does not publish it.
    """

    id: Name
    title: Name
    block: Literal[
        "repayment", "contribution", "security", "market", "management", "credit_history", "group", "documents"
    ]
    weight: Annotated[float, Field(gt=0, le=100)]
    fact: FactName
    scale: Scale
    mend: Text
    source: RuleSource

    @field_validator("scale")
    @classmethod
    def _sound(cls, scale: tuple[Step, ...], info: ValidationInfo) -> tuple[Step, ...]:
        fact = FACTS.get(info.data.get("fact", ""))
        if fact is None or not scale:
            return scale
        if fact.unit == "money":
            raise PydanticCustomError("money_limit_without_currency", "scale", {"fact": fact.id})
        words = [step for step in scale if isinstance(step.at, str | bool)]
        if words and len(words) < len(scale):
            raise PydanticCustomError("scale_mixed", "scale", {"fact": fact.id})
        if fact.numeric:
            if words:
                raise PydanticCustomError("fact_is_a_number", "scale", {"fact": fact.id})
            places = [float(step.at) for step in scale]
            if sorted(set(places)) != places:
                raise PydanticCustomError("scale_not_ascending", "scale", {"criterion": info.data.get("id", "")})
            shares = [step.share for step in scale]
        else:
            shares = _shares_of_words(fact, scale)
        _agrees(fact, shares)
        return scale


def _shares_of_words(fact: Fact, scale: tuple[Step, ...]) -> list[float]:
    """Shares in the order of the fact's words; each word once."""
    for step in scale:
        _known_word(fact, step.at)
    wanted: tuple[str | bool, ...] = (False, True) if fact.unit == "yes/no" else fact.choices
    found = {step.at: step.share for step in scale}
    lacking = [word for word in wanted if word not in found]
    if lacking or len(found) < len(scale):
        raise PydanticCustomError("scale_words_once", "scale", {"fact": fact.id, "known": wanted, "lacking": lacking})
    return [found[word] for word in wanted]


def _agrees(fact: Fact, shares: list[float]) -> None:
    """Refuse a scale by which a better value earns less."""
    rising = shares if fact.better == "higher" else shares[::-1]
    if fact.better is not None and sorted(rising) != rising:
        raise PydanticCustomError("scale_against_better", "scale", {"fact": fact.id, "better": fact.better})


class AskedDocuments(_Strict):
    """Kinds of documents that the lender asks of every applicant; one that a plan does not list counts as not held."""

    kinds: Annotated[tuple[DocumentKind, ...], BeforeValidator(_as_tuple), Field(max_length=50)]
    source: RuleSource


class LenderProfile(_Strict):
    """A kind of lender: version, date, documents, knock-outs, holds, criteria. Weights sum to 100.

    A knock-out that is not met makes the outcome ``knocked_out``; a hold that is not met makes it ``nearly`` at best.
    ``ready_at`` and ``nearly_at`` are points of 100. ``schema_version`` is that of the file's form, ``version`` that of
    the rules in it.
    """

    schema_version: Literal[1]

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$", description="Small letters, figures, underscores")]
    title: Name
    lender_type: Literal["bank", "mfi"]
    version: Version
    date: Day
    note: Text
    ready_at: Points
    nearly_at: Points
    documents: AskedDocuments
    knock_outs: Conditions
    holds: Conditions
    criteria: Annotated[tuple[Criterion, ...], BeforeValidator(_as_tuple), Field(max_length=100)]

    @field_validator("nearly_at")
    @classmethod
    def _below_ready(cls, nearly: float, info: ValidationInfo) -> float:
        ready = info.data.get("ready_at", nearly)
        if nearly > ready:
            raise PydanticCustomError("nearly_above_ready", "nearly_at", {"nearly": nearly, "ready": ready})
        return nearly

    @field_validator("criteria")
    @classmethod
    def _weighed(cls, criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        total = sum(criterion.weight for criterion in criteria)
        if abs(total - 100.0) > 1e-9:
            raise PydanticCustomError("weights_not_100", "weights", {"total": total})
        ids = [criterion.id for criterion in criteria]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise PydanticCustomError("criterion_repeated", "criteria", {"criterion": twice})
        return criteria


def read_lender_profile(path: Path) -> LenderProfile:
    """A profile from a file of one's own.

    Raises
    ------
    PackError : ``profile_broken``; ``issues`` says what is wrong, and at which line
    """
    source = read(path)
    profile, issues = validate(LenderProfile, source)
    if profile is None or source.issues:
        raise PackError("profile_broken", (*source.issues, *issues), profile=path.name)
    return profile


@lru_cache(maxsize=8)
def lender_profile(name: str) -> LenderProfile:
    """A profile that comes with the package.

    Raises
    ------
    FinanceKitError : ``resource_missing``, there is no such profile
    PackError : the profile is broken; ``issues`` says where
    """
    return read_lender_profile(data("lenders", f"{name}.yaml"))


def lender_profiles() -> tuple[LenderProfile, ...]:
    """All profiles that come with the package."""
    return tuple(lender_profile(name) for name in PROFILE_IDS)
