"""Words of the choices in a plan: ``choice_<field>_<value>``. A test keeps them complete."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["MESSAGES"]

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "schema_version": {"1": "Version 1"},
    "depth": {"profile": "Profile", "full": "Full plan"},
    "currency": {
        "KHR": "riel (KHR)", "MMK": "kyat (MMK)", "THB": "baht (THB)", "VND": "dong (VND)", "USD": "US dollar (USD)",
        "EUR": "euro (EUR)",
    },
    "country": {"KH": "Cambodia", "MM": "Myanmar", "TH": "Thailand", "VN": "Viet Nam"},
    "legal_form": {
        "informal_group": "Group without registration", "association": "Association", "cooperative": "Cooperative",
        "community_enterprise": "Community enterprise", "company": "Company",
        "household_business": "Household business",
    },
    "gender": {"woman": "Woman", "man": "Man", "not_stated": "Not stated"},
    "keeps_books": {
        "none": "No books", "notebook": "Notebook", "monthly_accounts": "Monthly accounts",
        "audited_accounts": "Audited accounts",
    },
    "type": {
        "household": "Household", "farm": "Farm", "firm": "Firm", "cooperative": "Cooperative",
        "individual": "Individual",
    },
    "per": {"month": "a month", "year": "a year"},
    "market": {
        "local": "In the district or province", "national": "In the country", "export": "Abroad", "tourist": "Visitors",
    },
    "commitment": {
        "none": "Nothing yet", "talks": "In talks", "letter_of_intent": "Letter of intent",
        "purchase_order": "Purchase order", "contract": "Contract",
    },
    "every_months": {
        "1": "Each month", "2": "Every 2 months", "3": "Every 3 months", "4": "Every 4 months", "6": "Twice a year",
        "12": "Once a year",
    },
    "months_between": {
        "1": "Each month", "2": "Every 2 months", "3": "Every 3 months", "4": "Every 4 months", "6": "Twice a year",
        "12": "Once a year",
    },
    "kind": {
        "fixed": "Fixed cost of the business", "overhead": "Overhead", "land": "Land", "building": "Building",
        "equipment": "Equipment", "vehicle": "Vehicle", "tools": "Tools", "livestock": "Livestock",
        "intangible": "Licence, brand, software", "other": "Other", "capital": "Capital grant",
        "operating": "Operating grant", "income": "Income", "cost": "Cost", "titled_land_urban": "Titled land, urban",
        "titled_land_rural": "Titled land, rural", "soft_title_land": "Land with a soft title", "house": "House",
        "new_equipment": "New equipment", "used_equipment": "Used equipment", "stock": "Stock",
        "receivable": "Money owed by customers", "deposit": "Deposit", "guarantee": "Guarantee",
        "registration": "Registration", "statutes": "Statutes", "member_list": "List of members",
        "borrowing_minutes": "Minutes that authorise the borrowing", "identity": "Identity paper",
        "title": "Land title or use right", "quotation": "Quotation", "contract": "Contract", "accounts": "Accounts",
        "bank_statements": "Bank statements", "tax": "Tax paper", "permit": "Permit", "insurance": "Insurance",
    },
    "labour": {"hired": "Hired", "own": "Members' own work"},
    "paid": {"cash": "In cash", "imputed": "Not paid, only valued"},
    "quotation": {"declining": "The balance still owed (declining)", "flat": "The whole loan throughout (flat)"},
    "repayment": {
        "annuity": "Equal instalments", "equal_principal": "Equal parts of the loan, instalments that fall",
        "interest_only": "Interest on the way, the loan at the end", "bullet": "Loan and interest at the end",
        "balloon": "Equal instalments and a large last one", "seasonal": "By season",
    },
    "grace_kind": {"principal_only": "The loan itself; interest is paid", "full": "Loan and interest"},
    "grace_interest": {"capitalised": "Added to the loan", "deferred": "Paid with the first instalment after it"},
    "lender_type": {
        "bank": "Bank", "mfi": "Microfinance institution", "state": "State lender or fund", "other": "Other",
    },
    "basis": {
        "audited": "Audited accounts", "accounts": "Accounts", "tax_return": "Tax return",
        "rebuilt": "Rebuilt from notes",
    },
    "rate_basis": {"nominal": "Nominal, inflation included", "real": "Real, without inflation"},
    "price_basis": {"nominal": "Nominal, inflation included", "real": "Real, without inflation"},
    "year_basis": {"plan_year": "Twelve months from the start", "fiscal_year": "Fiscal years"},
    "price_growth_applied": {"yearly": "Once a year", "monthly": "A little each month"},
    "volume_growth_applied": {"yearly": "Once a year", "monthly": "A little each month"},
    "applied": {"yearly": "Once a year", "monthly": "A little each month"},
    "growth_from": {"plan_start": "The start of the plan", "launch": "The launch of each product"},
    "days_per_month": {"30": "30 days", "365": "365/12 days"},
    "balance_days": {"same_month": "No, within the month", "look_back": "Yes"},
    "depreciation_from": {"month_after": "In the month after the purchase", "same_month": "In the month of purchase"},
    "loan_rounding": {"signed": "Rounded as in a signed contract", "unrounded": "Not rounded"},
    "cfads_basis": {
        "ebitda_less_tax": "EBITDA less tax", "operating_cash_flow": "Operating cash flow",
        "after_unfinanced_investment": "Less investment that new money does not pay",
        "after_unfinanced_needs": "Less investment and working capital that new money does not pay",
    },
    "terminal_value": {"book_value": "Book value", "none": "None"},
    "capital_grants": {"deferred_income": "Taken to income over time", "equity": "Equity"},
    "bureau_report": {
        "none": "None", "requested": "Requested", "clean": "Clean", "with_remarks": "With remarks",
    },
    "status": {
        "held": "At hand", "requested": "Requested", "missing": "Missing", "expired": "Expired",
        "not_applicable": "Does not apply", "planned": "Planned", "running": "Running", "done": "Done",
        "carried_over": "Carried over",
    },
    "answer": {"yes": "Yes", "no": "No", "not_applicable": "Does not apply", "planned": "Planned"},
    "yes_no": {"yes": "Yes", "no": "No"},
}  # fmt: skip

MESSAGES: Final[Mapping[str, str]] = MappingProxyType(
    {f"choice_{name}_{value}": word for name, words in _WORDS.items() for value, word in words.items()}
)
