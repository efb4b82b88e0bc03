"""Products of a core-banking system as terms of ours: one table of how each of its settings is written here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from finance_kit import loans
from finance_kit.loans.due_dates import add_months

__all__ = ["terms_of"]

_PERIODS_A_YEAR = {"month": 12, "week": 52, "day": 365, "year": 1}


def terms_of(product: Mapping[str, Any]) -> loans.LoanTerms:
    """Terms of one product of ``tests/reference/schedules_core_banking.jsonl``."""
    unit, interval = product["frequency"], product["interval"]
    minor = product["currency_multiple"] if product["currency_decimals"] == 0 else 10.0 ** -product["currency_decimals"]
    minor = minor or 1.0
    given: dict[str, Any] = {
        "principal": product["principal"],
        "annual_rate": product["rate_pct"] / 100 * _PERIODS_A_YEAR[product["rate_period"]],
        "instalments": product["n"],
        "method": product["engine"],
        "quotation": product["interest_method"],
        "repayment": {"equal_instalments": "annuity", "equal_principal": "equal_principal"}[product["amortization"]],
        "day_count": day_count(product),
        "grace_instalments": product["grace_principal"],
        "interest_grace_instalments": product["grace_interest"],
        "interest_free_instalments": product["interest_free_periods"],
        "down_payment_share": product.get("down_payment_pct", 0.0) / 100,
        "rounding_unit": max(product.get("instalment_multiple") or 0.0, minor),
        "minor_unit": minor,
        "rounding_rule": product["rounding"],
        "calendar": calendar(product),
    }
    given[f"{unit}_between"] = interval
    if product["grace_principal"] and product["grace_principal"] == product["grace_interest"]:
        given |= {"interest_grace_instalments": 0, "grace_kind": "full", "grace_interest": "deferred"}
    if product["amortization"] == "equal_principal" and product["interest_method"] == "declining":
        given["rounding_unit"] = minor  # multiples are for level instalments there
    if share := product.get("principal_pct_per_instalment"):
        steps = product["n"] - 1
        given |= {
            "repayment": "seasonal",
            "principal_pattern": (*[share / 100] * steps, 1 - steps * share / 100),
        }
    return loans.LoanTerms(**given)


def calendar(product: Mapping[str, Any]) -> loans.PaymentCalendar:
    disbursed = date.fromisoformat(product["disbursement_date"])
    later = product.get("month_end_rule") == "first_of_next_month"
    given: dict[str, Any] = {"month_end": "first_of_next_month" if later else "last_day"}
    if first := product.get("first_repayment_date"):
        given["first_due"] = date.fromisoformat(first)
    if length := product.get("fixed_length"):
        given["last_due"] = end_of(disbursed, length, product["frequency"])
    return loans.PaymentCalendar(disbursed=disbursed, **given)


def end_of(start: date, length: int, unit: str) -> date:
    if unit == "months":
        return add_months(start, length)
    return start + timedelta(days=length * (7 if unit == "weeks" else 1))


def day_count(product: Mapping[str, Any]) -> str:
    if product["interest_calc_period"] == "same_as_repayment":
        return "period"
    year, month = product["days_in_year"], product["days_in_month"]
    if month == "30":
        return {"360": "30/360 period"}[year]
    if year == "actual":
        if product.get("days_in_year_custom") == "feb_29_period_only":
            return "actual/365 leap"
        return "actual/actual" if product["engine"] == "progressive" else "actual/365"
    return f"actual/{year}"
