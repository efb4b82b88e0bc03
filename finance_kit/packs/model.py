"""What a country pack and a trade's starter may hold: strict, dated, and each value with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from finance_kit.plan.base import CurrencyCode, Name, PositiveAmount, Rate, Share, Text, as_tuple
from finance_kit.plan.cluster import LegalForm
from finance_kit.plan.policies import TaxBracket

if TYPE_CHECKING:
    from finance_kit.loans.interest_caps import InterestLimit

__all__ = [
    "Activity",
    "ActivityAsset",
    "ActivityInput",
    "ActivityProduct",
    "ActivityRisk",
    "ActivityStep",
    "CountryPack",
    "DatedNumber",
    "DatedText",
    "InterestCap",
    "LegalFormNote",
    "PackModel",
    "PackSource",
    "Provenance",
    "RegimeConditions",
    "TaxRegime",
]

Status = Literal["confirmed", "not_confirmed"]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
Day = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class PackModel(BaseModel):
    """Base of every part of a pack: strict types, unknown keys refused, never changed after reading."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False, str_strip_whitespace=True)


class PackSource(PackModel):
    """Where a value was read.

    ``title`` names the rule or, where a report about it was read, says what the report is about; ``publisher`` tells
    which; ``section`` is the place in it, ``retrieved`` the day on which the page was read.
    """

    title: Text
    publisher: Name
    section: Text | None = None
    url: Text | None = None
    retrieved: Day | None = None


class Provenance(PackModel):
    """How far a value can be trusted.

    ``confirmed``: the source was read. ``not_confirmed``: common knowledge that was not read again; it is shown as
    such, and a plan that relies on it gets a warning. ``source_date`` is the date of the rule or publication.
    """

    source: PackSource | None = None
    source_date: Day | None = None
    confidence: Literal["high", "medium", "low"]
    status: Status
    last_confirmed: Day | None = None

    @model_validator(mode="after")
    def _confirmed_means_read(self) -> Provenance:
        if self.status == "confirmed" and (self.source is None or self.last_confirmed is None):
            message = "a confirmed value needs its source and the day it was last confirmed"
            raise ValueError(message)
        return self


class DatedNumber(Provenance):
    """A number with its unit; ``None`` where no source was read."""

    value: float | None
    unit: Name
    text: Text | None = None


class DatedText(Provenance):
    """A fact in words."""

    id: Identifier
    text: Text


class RegimeConditions(PackModel):
    """Conditions of a tax regime that a plan's figures can be held against, in the pack's currency."""

    yearly_sales_above: PositiveAmount | None = None
    yearly_sales_up_to: PositiveAmount | None = None
    share_capital_up_to: PositiveAmount | None = None


class TaxRegime(Provenance):
    """A way of being taxed on income, for ``tax.regime`` of a plan.

    ``brackets`` are slices of a year's taxable profit in the pack's currency, the last without an upper end; ``None``
    where no rate is known, and then no plan can use the regime. ``conditions`` are for people, ``limits`` for checks.
    """

    id: Identifier
    title: Name
    brackets: Annotated[tuple[TaxBracket, ...], Field(min_length=1), BeforeValidator(as_tuple)] | None
    holiday_months: int = Field(0, ge=0, le=240)
    minimum_share_of_sales: Share = 0.0
    conditions: Text
    limits: RegimeConditions = Field(default_factory=RegimeConditions)
    note: Text | None = None

    @model_validator(mode="after")
    def _brackets_ascend(self) -> TaxRegime:
        ends = [bracket.up_to for bracket in self.brackets or ()]
        closed = [end for end in ends[:-1] if end is not None]
        if ends and (ends[-1] is not None or len(closed) < len(ends) - 1 or closed != sorted(set(closed))):
            message = "brackets must ascend, and the last must have no upper end"
            raise ValueError(message)
        return self


class InterestCap(Provenance):
    """The most that a type of lender may ask for by law; ``None`` where that part is not limited."""

    id: Identifier
    title: Name
    lender_types: Annotated[tuple[Literal["bank", "mfi", "state", "other"], ...], BeforeValidator(as_tuple)]
    annual_rate: Rate | None
    monthly_rate: Rate | None = None
    fee_share_per_year: Share | None = None
    flat_quotation_allowed: bool | None = None
    text: Text

    def limit(self) -> InterestLimit:
        """The limit as :func:`finance_kit.loans.interest_caps.check_interest_cap` takes it."""
        from finance_kit.loans.interest_caps import InterestLimit

        return InterestLimit(
            law=self.source.title if self.source else self.title,
            annual_rate=self.annual_rate,
            monthly_rate=self.monthly_rate,
            fee_share_per_year=self.fee_share_per_year,
            flat_quotation_allowed=self.flat_quotation_allowed,
            source=self.source.publisher if self.source else None,
            source_date=self.source_date,
            confidence=self.confidence,
        )


class LegalFormNote(Provenance):
    """What is known about one legal form as a borrower."""

    form: LegalForm
    text: Text


class CountryPack(PackModel):
    """What a plan needs to know about a country: money, fiscal year, income tax, legal limits on interest."""

    pack_version: Literal[1]
    country: Literal["KH", "MM", "TH", "VN"]
    name: Name
    currency: CurrencyCode
    version_date: Day
    fiscal_year_start: DatedNumber
    cash_rounding: DatedNumber
    inflation: DatedNumber
    tax_regimes: list[TaxRegime]
    interest_caps: list[InterestCap]
    legal_forms: list[LegalFormNote]
    facts: list[DatedText]

    def regime(self, regime_id: str) -> TaxRegime | None:
        """The tax regime with this id, or ``None``."""
        return next((regime for regime in self.tax_regimes if regime.id == regime_id), None)

    def caps_for(self, lender_type: str) -> list[InterestCap]:
        """Legal limits that bind this type of lender."""
        return [cap for cap in self.interest_caps if lender_type in cap.lender_types]


class ActivityInput(PackModel):
    """Something a product uses up, without quantity or price."""

    name: Name
    unit: Name


class ActivityProduct(PackModel):
    """A product that this trade usually sells, without price or volume."""

    name: Name
    unit: Name
    description: Text
    seasonal: bool = False
    months_before_sale: bool = False
    inputs: list[ActivityInput] = Field(min_length=1)


class ActivityAsset(PackModel):
    """Something this trade usually buys, without cost."""

    name: Name
    kind: Literal["land", "building", "equipment", "vehicle", "tools", "livestock", "intangible", "other"]


class ActivityRisk(PackModel):
    """A usual risk and what others do about it, without likelihood or impact."""

    risk: Text
    mitigation: Text


class ActivityStep(PackModel):
    """A step that usually belongs into the action plan."""

    activity: Text
    indicator: Text


class Activity(PackModel):
    """The structure of a plan in one trade: what to ask for. It holds no amounts, prices or quantities."""

    id: Identifier
    title: Name
    products: list[ActivityProduct] = Field(min_length=1)
    fixed_costs: list[Name]
    posts: list[Name]
    assets: list[ActivityAsset]
    value_options: list[Name]
    risks: list[ActivityRisk]
    environment: list[Text]
    documents: list[Name]
    action_plan: list[ActivityStep]
