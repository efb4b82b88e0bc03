"""Who: the cluster, its members, and how it is governed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from finance_kit.plan.base import (
    Amount,
    Count,
    CurrencyCode,
    LongText,
    Name,
    PlanModel,
    Quantity,
    Season,
    Share,
    Text,
    Unit,
    Year,
)

__all__ = ["Cluster", "HouseholdDebt", "LegalForm", "Member", "Person"]

Country = Literal["KH", "MM", "TH", "VN"]
LegalForm = Literal[
    "informal_group", "association", "cooperative", "community_enterprise", "company", "household_business"
]
MemberType = Literal["household", "farm", "firm", "cooperative", "individual"]


class Person(PlanModel):
    """A person who leads, manages or vouches."""

    name: Name = Field(title="Name")
    role: Name = Field(title="Role", examples=["Chairwoman"])
    gender: Literal["woman", "man", "not_stated"] = Field("not_stated", title="Gender")
    phone: Name | None = Field(None, title="Telephone", examples=["+855 12 000 000"])
    years_experience: Quantity | None = Field(None, title="Years of experience in this trade")
    background: Text | None = Field(None, title="Training and experience")


class Cluster(PlanModel):
    """The group that applies."""

    name: Name = Field(
        title="Name of the cluster",
        description="As it stands on the registration, or as people call it.",
        examples=["Pepper growers of Kampong Trach"],
    )
    product: Name = Field(title="Main product", description="In two or three words.", examples=["Dried black pepper"])
    country: Country = Field(title="Country")
    province: Name | None = Field(None, title="Province", examples=["Kampot"])
    district: Name | None = Field(None, title="District or commune")
    address: Text | None = Field(None, title="Address")
    phone: Name | None = Field(None, title="Telephone")
    legal_form: LegalForm | None = Field(None, title="Legal form", description="A lender first asks who can sign.")
    registration: Text | None = Field(
        None,
        title="Registration",
        examples=["Provincial office of agriculture, no. 123, 2024-05-12"],
        description="Office, number and date",
    )
    formed_year: Year | None = Field(None, ge=1900, le=2200, title="Year formed")
    years_in_business: Quantity | None = Field(None, title="Years in business with this product", examples=[3.0])
    number_of_members: Count | None = Field(None, title="Number of members", examples=[24])
    women_members: Count | None = Field(None, title="Women among the members", examples=[15])
    women_led: bool | None = Field(None, title="Led by a woman")
    leader: Person | None = Field(None, title="Leader")
    committee: list[Person] = Field(default_factory=list, title="Committee")
    shared_facility: Text | None = Field(
        None,
        title="Shared facility",
        description="Land, building or machines used together.",
        examples=["Collection point with a scale and a small store"],
    )
    history: LongText | None = Field(
        None, title="History", description="Why the group was formed and what it has done since."
    )
    vision: LongText | None = Field(None, title="Vision for three years")
    objectives: list[Text] = Field(
        default_factory=list,
        title="Objectives",
        description="What is to be reached by when, best with a number; one to a line.",
    )
    governance: LongText | None = Field(None, title="Rules: decisions, accounts, entry, exit, sharing of money")
    meets_per_month: Quantity | None = Field(None, title="Meetings a month")
    keeps_books: Literal["none", "notebook", "monthly_accounts", "audited_accounts"] | None = Field(
        None, title="Book-keeping"
    )
    supporters: list[Text] = Field(
        default_factory=list,
        title="Supporting institutions",
        description="Ministry, project, association, university; one to a line.",
    )


class HouseholdDebt(PlanModel):
    """A debt of a member's own household, which the cluster's loan must not push over the edge."""

    lender: Name = Field(title="Lender")
    outstanding: Amount = Field(title="Still owed")
    monthly_payment: Amount = Field(title="Payment a month")
    past_due_days: Count = Field(0, title="Days past due", description="0 when nothing is late.")


class Member(PlanModel):
    """A member and what it brings in."""

    name: Name = Field(title="Member")
    type: MemberType = Field("household", title="Type")
    gender: Literal["woman", "man", "not_stated"] = Field("not_stated", title="Gender of the member or its head")
    joined_year: Year | None = Field(None, ge=1900, le=2200, title="Member since")
    land_hectares: Quantity | None = Field(None, title="Land, hectares")
    output_per_year: Annotated[Quantity, Unit("number", of="supply_unit")] | None = Field(
        None, title="Own output a year"
    )
    supply_commitment: Annotated[Quantity, Unit("number", of="supply_unit")] | None = Field(
        None,
        title="Supply promised to the cluster a year",
        description="What the member has promised to deliver.",
        examples=[300.0],
    )
    supply_unit: Name | None = Field(None, title="Unit of output and supply", examples=["kg fresh pepper"])
    contribution_cash: Amount = Field(0.0, title="Contribution in cash", examples=[600000.0])
    contribution_in_kind: Amount = Field(0.0, title="Contribution in kind, valued")
    in_kind_description: Text | None = Field(
        None, title="What the contribution in kind is", examples=["Bricks and ten days of work"]
    )
    ownership_share: Share | None = Field(None, title="Share in the cluster", examples=[0.05])
    household_net_cash: Amount | None = Field(
        None, title="Household's net cash a month after living costs, before debts"
    )
    household_season: Season | None = Field(
        None, title="Net cash of the household in each calendar month, times that of a month as stated"
    )
    household_debts: list[HouseholdDebt] = Field(default_factory=list, title="Debts of the household")
    loan_share: Share | None = Field(None, title="Share of the group's loans; equal shares where it is not stated")
    currency: CurrencyCode | None = Field(None, title="Currency of the household's amounts")
