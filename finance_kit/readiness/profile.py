"""A lender profile: who lends on which terms, and by which rules a plan is held against them.

Knock-outs first, then holds, then weighted criteria. What is not the lender's own is named in ``fallbacks``, so that a
generic value never passes for a published one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from finance_kit.plan.base import Name, Text
from finance_kit.plan.cluster import Country
from finance_kit.readiness.rules import BY_TERMS, AskedDocuments, Condition, Conditions, Criteria, Criterion
from finance_kit.readiness.sources import Day, RuleSource, Strict, as_tuple
from finance_kit.readiness.terms import LIMITS, Terms

__all__ = ["TERM_OF_FACT", "AlsoAsked", "LenderProfile", "ProfileForm"]

Points = Annotated[float, Field(ge=0, le=100)]
ProfileId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$", description="Small letters, figures, underscores")]
Version = Annotated[str, Field(pattern=r"^\d+(\.\d+){0,2}$", max_length=20, description='As "1.0", in quotation marks')]

TERM_OF_FACT: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{fact: term for fact, (term, _) in LIMITS.items()},
        "amount_of_maximum": "amount",
        "amount_of_minimum": "amount",
        "legal_form_accepted": "legal_forms",
        "excluded_use": "uses",
        "collateral_after_haircut": "loan_to_value",
    }
)
"""The term of the lender that a fact or its limit is read from."""

_WHOLE_TERMS: Final = ("amount_of_maximum", "amount_of_minimum", "legal_form_accepted", "excluded_use")
"""Facts that compare a plan with a term by themselves: the source of their rule is that of the term."""


class AlsoAsked(Strict):
    """Something that the lender publishes and that a plan has no field for; it is shown, never judged."""

    text: Text
    source: RuleSource


class ProfileForm(Strict):
    """A profile as its file says it, after what it is ``based_on`` has filled in the rest. Weights sum to 100.

    A knock-out that is not met makes the outcome ``knocked_out``; a hold that is not met makes it ``nearly`` at best.
    ``ready_at`` and ``nearly_at`` are points of 100. ``schema_version`` is that of the file's form, ``version`` that of
    the rules in it. ``kind`` is ``generic`` where no lender stands behind the profile.
    """

    schema_version: Literal[1]

    id: ProfileId
    title: Name
    kind: Literal["lender", "generic"] = "lender"
    lender_type: Literal["bank", "state", "mfi", "guarantee_fund"]
    country: Country | None = None
    based_on: ProfileId | None = None
    version: Version
    date: Day
    note: Text
    sources: dict[Name, RuleSource] = Field(default_factory=dict, max_length=50)
    terms: Terms = Field(default_factory=Terms)
    also_asked: Annotated[tuple[AlsoAsked, ...], BeforeValidator(as_tuple), Field(max_length=50)] = ()
    ready_at: Points
    nearly_at: Points
    documents: AskedDocuments
    knock_outs: Conditions
    holds: Conditions
    criteria: Criteria

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


class LenderProfile(ProfileForm):
    """A profile that is ready for use.

    ``lineage`` names the profiles that it is based on with their versions, nearest first. ``fallbacks`` says which
    values are not this lender's own: ``terms.rate``, ``terms.loan_to_value.house``, ``knock_outs.min_dscr``,
    ``holds.…``, ``criteria.dscr``, ``documents`` → profile that the value comes from. It is empty for a generic
    profile, behind which no lender stands. ``base_kind`` is the kind of what it is based on, ``file`` where it was read.
    """

    lineage: tuple[str, ...] = ()
    base_kind: Literal["lender", "generic"] | None = None
    fallbacks: dict[str, str] = Field(default_factory=dict)
    file: str = ""

    @property
    def named(self) -> str:
        """Id and version, by which results are compared."""
        return f"{self.id} {self.version}"

    def in_force(self, rules: Iterable[Condition]) -> tuple[Condition, ...]:
        """Conditions with the limits and sources of the terms; without those for which the terms have no limit."""
        found = []
        for rule in rules:
            if rule.value != BY_TERMS:
                term = getattr(self.terms, TERM_OF_FACT[rule.fact]) if rule.fact in _WHOLE_TERMS else None
                found.append(rule if term is None else rule.model_copy(update={"source": term.source}))
                continue
            limit = LIMITS[rule.fact][1](self.terms)
            if limit is not None:
                found.append(rule.model_copy(update={"value": limit[0], "source": limit[1]}))
        return tuple(found)

    def borrowed(self, place: str, fact: str) -> tuple[str, ...]:
        """Which values behind a rule are not this lender's own: ``rule`` (limit or scale), ``term`` (loan to value …).

        Parameters
        ----------
        place : ``knock_outs.<fact>``, ``holds.<fact>`` or ``criteria.<id>``
        fact : the rule's fact; a condition that only holds a plan against a term is the lender's own where the term is
        """
        term = TERM_OF_FACT.get(fact)
        key = f"terms.{term}"
        by_term = term is not None and any(f"{name}.".startswith(f"{key}.") for name in self.fallbacks)
        own_rule = place not in self.fallbacks or (term is not None and not place.startswith("criteria."))
        return (*(() if own_rule else ("rule",)), *(("term",) if by_term else ()))

    @property
    def not_published(self) -> tuple[str, ...]:
        """Titles of the terms that nobody's value stands for; empty for a generic profile."""
        return () if self.kind == "generic" else tuple(title for _, title, term in self.terms.items() if term is None)

    def all_sources(self) -> tuple[RuleSource, ...]:
        """Every source of a value that is this profile's own, each once."""
        own = [term.source for name, _, term in self.terms.items() if term and f"terms.{name}" not in self.fallbacks]
        own += [each.source for each in self.also_asked]
        if "documents" not in self.fallbacks:
            own.append(self.documents.source)
        for place, rules in (("knock_outs", self.knock_outs), ("holds", self.holds)):
            own += [rule.source for rule in rules if f"{place}.{rule.fact}" not in self.fallbacks]
        own += [rule.source for rule in self.criteria if f"criteria.{rule.id}" not in self.fallbacks]
        return tuple(dict.fromkeys((*self.sources.values(), *own)))
