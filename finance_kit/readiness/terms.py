"""Terms of a lender's loan as data: amounts, rate, tenor, grace, fees, savings, loan to value, uses, guarantee.

Every term has its source. A term that the lender keeps to itself is left out or written ``not_published``; it is then
``None`` here, never a number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from finance_kit.plan.base import CurrencyCode, Name, PositiveAmount, Rate, Share, Text
from finance_kit.plan.cluster import LegalForm
from finance_kit.plan.financing import Repayment
from finance_kit.readiness.sources import NOT_PUBLISHED, RuleSource, Strict, as_tuple

__all__ = [
    "LIMITS",
    "SECURITY_KINDS",
    "AmountLimit",
    "AmountTerm",
    "FeesTerm",
    "GraceTerm",
    "GroupTerm",
    "GuaranteeTerm",
    "LegalFormsTerm",
    "LoanToValueTerm",
    "RateTerm",
    "RepaymentTerm",
    "SavingsTerm",
    "SecurityTerm",
    "TenorTerm",
    "Term",
    "Terms",
    "UnsecuredTerm",
    "UsesTerm",
]

SecurityKind = Literal[
    "titled_land_urban", "titled_land_rural", "soft_title_land", "house", "vehicle", "new_equipment",
    "used_equipment", "stock", "receivable", "deposit", "guarantee",
]  # fmt: skip
SECURITY_KINDS: Final[tuple[str, ...]] = SecurityKind.__args__  # type: ignore[attr-defined]  # a Literal's words
"""Kinds of security that a plan may offer; a test holds them against the plan's."""
Use = Literal["land", "building", "equipment", "vehicle", "tools", "livestock", "intangible", "other"]
Months = Annotated[int, Field(gt=0, le=1_200)]


class Term(Strict):
    """A term of the loan, with where it was read; the note says what numbers cannot."""

    source: RuleSource
    note: Text | None = None


def _ordered(low: float | None, high: float | None, name: str) -> None:
    """Refuse a term without any limit, and a least value above the largest."""
    if low is None and high is None:
        raise PydanticCustomError("term_without_limit", "limits", {"term": name})
    if low is not None and high is not None and low > high:
        raise PydanticCustomError("term_limits_crossed", "limits", {"term": name, "least": low, "most": high})


class AmountLimit(Strict):
    """The least and the most that is lent, in one currency; ``first_loan_max`` is the most of a first loan."""

    currency: CurrencyCode
    min: PositiveAmount | None = None
    max: PositiveAmount | None = None
    first_loan_max: PositiveAmount | None = None

    @model_validator(mode="after")
    def _sound(self) -> AmountLimit:
        _ordered(self.min, self.max, "amount")
        return self


class AmountTerm(Term):
    """How much is lent, to the borrower as a whole or to each member; several currencies are equal alternatives."""

    limits: Annotated[tuple[AmountLimit, ...], BeforeValidator(as_tuple), Field(min_length=1, max_length=6)]
    per: Literal["borrower", "member"] = "borrower"


class RateTerm(Term):
    """Nominal interest a year: a value (``min`` = ``max``), a range, or a margin over a reference such as MRR."""

    quoted_on: Literal["declining", "flat"] = "declining"
    min: Rate | None = None
    max: Rate | None = None
    reference: Name | None = None
    margin: Annotated[float, Field(gt=-1, le=1)] | None = None

    @model_validator(mode="after")
    def _sound(self) -> RateTerm:
        if self.reference is None:
            _ordered(self.min, self.max, "rate")
        elif self.margin is None:
            raise PydanticCustomError("margin_missing", "margin", {"reference": self.reference})
        return self


class TenorTerm(Term):
    """Months from pay-out to the last instalment."""

    min_months: Months | None = None
    max_months: Months | None = None

    @model_validator(mode="after")
    def _sound(self) -> TenorTerm:
        _ordered(self.min_months, self.max_months, "tenor")
        return self


class GraceTerm(Term):
    """Longest time before principal is repaid; 0 where the lender gives none."""

    max_months: Annotated[int, Field(ge=0, le=240)]
    kind: Literal["principal_only", "full"] = "principal_only"


class RepaymentTerm(Term):
    """How the loan may be repaid, and how often; ``every`` holds ``week`` to ``year``."""

    patterns: Annotated[tuple[Repayment, ...], BeforeValidator(as_tuple), Field(max_length=6)] = ()
    every: Annotated[
        tuple[Literal["week", "month", "quarter", "half_year", "year"], ...], BeforeValidator(as_tuple)
    ] = ()


class FeesTerm(Term):
    """Fees as shares of the loan: at pay-out (least and most), welfare or insurance a year, for paying early."""

    upfront_share_min: Share | None = None
    upfront_share_max: Share | None = None
    welfare_share_per_year: Share | None = None
    prepayment_share: Share | None = None


class SavingsTerm(Term):
    """Savings that the lender makes a condition, as shares of the loan, and what they earn a year at least."""

    share_first_loan: Share
    share_later_loans: Share | None = None
    annual_rate_min: Rate | None = None


def _share_or_secret(value: object) -> object:
    return None if value == NOT_PUBLISHED else value


class LoanToValueTerm(Term):
    """How much of the value of each kind of security is lent against; the rest is the haircut.

    ``not_published`` for a kind: it is taken, and the share is the lender's secret. With ``only_these`` a kind that is
    not listed is not taken at all.
    """

    shares: Annotated[
        dict[SecurityKind, Annotated[Annotated[float, Field(ge=0, le=1)] | None, BeforeValidator(_share_or_secret)]],
        Field(min_length=1),
    ]
    only_these: bool = False


class SecurityTerm(Term):
    """Whether security is asked for at all."""

    required: bool


class LegalFormsTerm(Term):
    """Legal forms that can borrow."""

    accepted: Annotated[tuple[LegalForm, ...], BeforeValidator(as_tuple), Field(min_length=1, max_length=10)]


class GroupTerm(Term):
    """How many people make a group."""

    min_members: Annotated[int, Field(gt=0, le=10_000)]
    max_members: Annotated[int, Field(gt=0, le=10_000)] | None = None


class UsesTerm(Term):
    """What the loan may not buy, by kind of asset, and the most of it that may be working capital."""

    excluded: Annotated[tuple[Use, ...], BeforeValidator(as_tuple)] = ()
    working_capital_share_max: Share | None = None


class UnsecuredLimit(Strict):
    """The most that may be lent without security to borrowers of these legal forms."""

    forms: Annotated[tuple[LegalForm, ...], BeforeValidator(as_tuple), Field(min_length=1)]
    currency: CurrencyCode
    max: PositiveAmount
    text: Text | None = None


class UnsecuredTerm(Term):
    """What may be lent without security: a permission, not a right, so it takes nothing off the security asked for."""

    limits: Annotated[tuple[UnsecuredLimit, ...], BeforeValidator(as_tuple), Field(min_length=1, max_length=20)]


class GuaranteeTerm(Term):
    """Whether a guarantee is accepted or given, by which schemes, for how much of the loan, at what yearly fee."""

    accepted: bool
    schemes: Annotated[tuple[Name, ...], BeforeValidator(as_tuple)] = ()
    share_max: Share | None = None
    fee_share_per_year: Share | None = None


def _published(value: object) -> object:
    """A term as it stands in a file, or nothing for the word of a term that the lender keeps to itself."""
    if value is None:
        raise PydanticCustomError("term_empty", "term", {"word": NOT_PUBLISHED})
    return None if value == NOT_PUBLISHED else value


_Secret = BeforeValidator(_published)


class Terms(Strict):
    """All terms of one product of a lender; ``None`` is "not published"."""

    amount: Annotated[AmountTerm | None, _Secret] = Field(None, title="amount")
    rate: Annotated[RateTerm | None, _Secret] = Field(None, title="interest rate")
    tenor: Annotated[TenorTerm | None, _Secret] = Field(None, title="tenor")
    grace: Annotated[GraceTerm | None, _Secret] = Field(None, title="grace")
    repayment: Annotated[RepaymentTerm | None, _Secret] = Field(None, title="repayment")
    fees: Annotated[FeesTerm | None, _Secret] = Field(None, title="fees")
    savings: Annotated[SavingsTerm | None, _Secret] = Field(None, title="compulsory savings")
    security: Annotated[SecurityTerm | None, _Secret] = Field(None, title="whether security is asked")
    loan_to_value: Annotated[LoanToValueTerm | None, _Secret] = Field(None, title="loan to value")
    unsecured: Annotated[UnsecuredTerm | None, _Secret] = Field(None, title="most without security")
    guarantee: Annotated[GuaranteeTerm | None, _Secret] = Field(None, title="guarantee")
    legal_forms: Annotated[LegalFormsTerm | None, _Secret] = Field(None, title="legal forms")
    group: Annotated[GroupTerm | None, _Secret] = Field(None, title="size of a group")
    uses: Annotated[UsesTerm | None, _Secret] = Field(None, title="uses")

    def items(self) -> tuple[tuple[str, str, Term | None], ...]:
        """Name, title and value of every term, in the order of the form."""
        return tuple((name, str(info.title), getattr(self, name)) for name, info in type(self).model_fields.items())


Limit = tuple[float, RuleSource] | None


def _of(term: str, field: str) -> Callable[[Terms], Limit]:
    """Reads a number of a term together with its source."""

    def limit(terms: Terms) -> Limit:
        found: Any = getattr(terms, term)
        value = None if found is None else getattr(found, field)
        return None if value is None else (float(value), found.source)

    return limit


def _least_rate(terms: Terms) -> Limit:
    """The lowest rate on a declining balance; a flat quotation is another measure."""
    rate = terms.rate
    return _of("rate", "min")(terms) if rate is not None and rate.quoted_on == "declining" else None


LIMITS: Final[Mapping[str, tuple[str, Callable[[Terms], Limit]]]] = MappingProxyType(
    {
        "tenor_months": ("tenor", _of("tenor", "max_months")),
        "shortest_tenor_months": ("tenor", _of("tenor", "min_months")),
        "grace_months": ("grace", _of("grace", "max_months")),
        "lowest_rate": ("rate", _least_rate),
        "number_of_members": ("group", _of("group", "min_members")),
        "working_capital_share": ("uses", _of("uses", "working_capital_share_max")),
    }
)
"""Facts whose limit may be written ``by_terms``: the term that it is read from, and how."""
