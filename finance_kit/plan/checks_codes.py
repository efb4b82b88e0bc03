"""How grave each finding of a check is.

``error``: the figures could not be right, or could not be worked out. ``warning``: the plan can be calculated, but a
lender will ask, or a number is hard to believe. ``note``: good to know. Terms of a loan that the loan mathematics
refuses (codes of :mod:`finance_kit.loans.terms`) are not listed here: each is an error. The words are in
:mod:`finance_kit.i18n.messages_checks`; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from finance_kit.errors import Severity

__all__ = ["SEVERITY"]

_ERRORS: Final = (
    # Months, names, currencies, dates: the engine could not place or tell apart what is meant.
    "month_before_plan",
    "month_after_plan",
    "end_before_start",
    "name_repeated",
    "exchange_rate_missing",
    "exchange_rate_repeated",
    "exchange_rate_of_plan_currency",
    "date_not_in_calendar",
    "growth_stated_twice",
    "rate_in_per_cent",
    "inflation_missing_for_prices",
    "inflation_missing_for_rates",
    # Products
    "volume_missing",
    "volume_stated_twice",
    "inputs_stated_twice",
    "input_quantity_missing",
    "season_all_zero",
    "product_unknown",
    "sales_costs_exceed_sales",
    # Assets and money
    "asset_shares_above_one",
    "asset_shares_not_one",
    "in_kind_above_pledges",
    "contributions_above_pledges",
    "grant_release_missing",
    "rounding_above_loan",
    "women_above_members",
    "ownership_above_one",
    # Opening balance, tax, valuation, surplus
    "opening_not_balanced",
    "opening_life_missing",
    "tax_missing",
    "tax_states_nothing",
    "tax_stated_twice",
    "tax_brackets_not_ascending",
    "tax_brackets_open_too_early",
    "tax_brackets_last_not_open",
    "tax_regime_unknown",
    "tax_regime_no_rate",
    "tax_regime_no_exchange",
    "valuation_missing",
    "distribution_above_profit",
)

_WARNINGS: Final = (
    # Hard to believe
    "growth_large",
    "rate_very_high",
    "rate_perhaps_monthly",
    "volume_zero",
    "price_zero",
    "price_below_cost",
    "price_far_above_cost",
    "price_above_buyers",
    "receivable_days_below_buyers",
    "days_long",
    "discount_rate_odd",
    "inflation_negative",
    "source_date_after_start",
    "capacity_below_volume",
    "cycle_longer_than_plan",
    "cycle_before_start",
    "cost_season_all_zero",
    "buyers_above_volume",
    "social_rate_high",
    "tax_rate_high",
    "inflation_high",
    "exchange_rate_after_start",
    "exchange_rate_old",
    # A lender will ask
    "inputs_not_stated",
    "price_rule_without_source",
    "plan_short",
    "fiscal_year_start_missing",
    "loan_longer_than_plan",
    "loan_above_cap",
    "loan_fees_above_cap",
    "loan_flat_not_allowed",
    "loan_flat_under_cap",
    "loan_currency_without_sales",
    "uses_above_sources",
    "contributions_below_pledges",
    "contributions_above_listed_pledges",
    "in_kind_above_listed_pledges",
    "in_kind_below_pledges",
    "in_kind_without_members",
    "members_listed_differ",
    "women_listed_differ",
    "ownership_below_one",
    "household_over_burdened",
    "household_past_due",
    "tax_regime_not_confirmed",
    "tax_regime_sales_too_high",
    "tax_regime_sales_too_low",
    "tax_regime_capital_too_high",
    # Numbers that have a default and that only the author can know
    "missing_capacity",
    "missing_working_capital",
    "missing_social_rate",
    "missing_opening",
    "missing_pre_operating",
    "missing_payers",
    "missing_existing_debts",
    "missing_consortium_figures",
    "missing_lender_type",
    "missing_rate_quotation",
    "missing_buyer_terms",
    "missing_credit_facts",
    # Missing from a full plan, some from a profile as well: what a lender's paper is made of
    "missing_province",
    "missing_legal_form",
    "missing_registration",
    "missing_members_count",
    "missing_members",
    "missing_women_led",
    "missing_leader",
    "missing_experience",
    "missing_history",
    "missing_vision",
    "missing_governance",
    "missing_bookkeeping",
    "missing_problems",
    "missing_value_options",
    "missing_market",
    "missing_competitors",
    "missing_buyers",
    "missing_costs",
    "missing_organisation",
    "missing_request",
    "missing_loan_purpose",
    "missing_security",
    "missing_credit_history",
    "missing_past_years",
    "missing_documents",
    "missing_risks",
    "missing_environment",
    "missing_action_plan",
    "missing_without_project",
    "missing_summary",
    "missing_packaging",
    "missing_storage",
    "missing_technology",
    "missing_skills",
    "missing_marketing",
    "missing_price_source",
    "missing_quotation",
    "missing_tax_source",
    "missing_valuation_source",
    "missing_exchange_source",
)

_NOTES: Final = (
    "season_average_far_from_one",
    "capacity_reached_later",
    "end_after_plan",
    "exchange_rate_unused",
    "loan_free_of_interest",
    "debt_longer_than_plan",
    "tax_not_in_profile",
    "no_firm_buyer",
    "growth_not_stated",
    "losses_not_stated",
    "loan_fees_not_stated",
    "tax_lag_not_stated",
)

SEVERITY: Final[Mapping[str, Severity]] = MappingProxyType(
    {
        **dict.fromkeys(_ERRORS, "error"),
        **dict.fromkeys(_WARNINGS, "warning"),
        **dict.fromkeys(_NOTES, "note"),
    }
)
"""Severity of every code that :func:`finance_kit.plan.checks.check` can find."""
