"""Who: the cluster, its members, and how it is governed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from finance_kit.plan.base import Amount, Count, CurrencyCode, LongText, Name, PlanModel, Quantity, Season, Share, Text

__all__ = ["Cluster", "HouseholdDebt", "LegalForm", "Member", "Person"]

Country = Literal["KH", "MM", "TH", "VN"]
LegalForm = Literal[
    "informal_group", "association", "cooperative", "community_enterprise", "company", "household_business"
]
MemberType = Literal["household", "farm", "firm", "cooperative", "individual"]


class Person(PlanModel):
    """A person who leads, manages or vouches."""

    name: Name = Field(title="Name")
    role: Name = Field(title="Role")
    gender: Literal["woman", "man", "not_stated"] = Field("not_stated", title="Gender")
    phone: Name | None = Field(None, title="Telephone")
    years_experience: Quantity | None = Field(None, title="Years of experience in this trade")
    background: Text | None = Field(None, title="Training and experience")


class Cluster(PlanModel):
    """The group that applies."""

    name: Name = Field(title="Name of the cluster")
    product: Name = Field(title="Main product")
    country: Country = Field(title="Country", description="KH, MM, TH or VN")
    province: Name | None = Field(None, title="Province")
    district: Name | None = Field(None, title="District or commune")
    address: Text | None = Field(None, title="Address")
    phone: Name | None = Field(None, title="Telephone")
    legal_form: LegalForm | None = Field(None, title="Legal form")
    registration: Text | None = Field(None, title="Registration", description="Office, number and date")
    formed_year: int | None = Field(None, ge=1900, le=2200, title="Year formed")
    years_in_business: Quantity | None = Field(None, title="Years in business with this product")
    number_of_members: Count | None = Field(None, title="Number of members")
    women_members: Count | None = Field(None, title="Women among the members")
    women_led: bool | None = Field(None, title="Led by a woman")
    leader: Person | None = Field(None, title="Leader")
    committee: list[Person] = Field(default_factory=list, title="Committee")
    shared_facility: Text | None = Field(None, title="Shared facility")
    history: LongText | None = Field(None, title="History")
    vision: LongText | None = Field(None, title="Vision for three years")
    objectives: list[Text] = Field(default_factory=list, title="Objectives")
    governance: LongText | None = Field(None, title="Rules: decisions, accounts, entry, exit, sharing of money")
    meets_per_month: Quantity | None = Field(None, title="Meetings a month")
    keeps_books: Literal["none", "notebook", "monthly_accounts", "audited_accounts"] | None = Field(
        None, title="Book-keeping"
    )
    supporters: list[Text] = Field(default_factory=list, title="Supporting institutions")


class HouseholdDebt(PlanModel):
    """A debt of a member's own household, which the cluster's loan must not push over the edge."""

    lender: Name = Field(title="Lender")
    outstanding: Amount = Field(title="Still owed")
    monthly_payment: Amount = Field(title="Payment a month")
    past_due_days: Count = Field(0, title="Days past due")


class Member(PlanModel):
    """A member and what it brings in."""

    name: Name = Field(title="Member")
    type: MemberType = Field("household", title="Type")
    gender: Literal["woman", "man", "not_stated"] = Field("not_stated", title="Gender of the member or its head")
    joined_year: int | None = Field(None, ge=1900, le=2200, title="Member since")
    land_hectares: Quantity | None = Field(None, title="Land, hectares")
    output_per_year: Quantity | None = Field(None, title="Own output a year")
    supply_commitment: Quantity | None = Field(None, title="Supply promised to the cluster a year")
    supply_unit: Name | None = Field(None, title="Unit of output and supply")
    contribution_cash: Amount = Field(0.0, title="Contribution in cash")
    contribution_in_kind: Amount = Field(0.0, title="Contribution in kind, valued")
    in_kind_description: Text | None = Field(None, title="What the contribution in kind is")
    ownership_share: Share | None = Field(None, title="Share in the cluster")
    household_net_cash: Amount | None = Field(
        None, title="Household's net cash a month after living costs, before debts"
    )
    household_season: Season | None = Field(
        None, title="Net cash of the household in each calendar month, times that of a month as stated"
    )
    household_debts: list[HouseholdDebt] = Field(default_factory=list, title="Debts of the household")
    loan_share: Share | None = Field(None, title="Share of the group's loans; equal shares where it is not stated")
    currency: CurrencyCode | None = Field(None, title="Currency of the household's amounts")
