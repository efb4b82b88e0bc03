"""What a full plan says beside a profile in the sections that a profile has: questions where the answers belong."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["MORE"]

MORE: Final[Mapping[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        ("cluster",): (
            "district: ...",
            "address: ...",
            "phone: ...",
            "legal_form: ...  # informal_group, association, cooperative, community_enterprise, company …",
            "registration: ...  # office, number and date",
            "formed_year: ...",
            "years_in_business: ...",
            "women_members: ...",
            "women_led: ...  # true or false",
            "leader: {name: ..., role: ..., gender: ..., years_experience: ..., background: ...}",
            "shared_facility: ...",
            "history: ...",
            "vision: ...  # in three years",
            "governance: ...  # who decides, who keeps accounts, how money is shared, how members join and leave",
            "meets_per_month: ...",
            "keeps_books: ...  # none, notebook, monthly_accounts or audited_accounts",
        ),
        ("products", "*"): (
            "description: ...  # and quality",
            "source: ...  # who pays or quotes this price",
            "source_date: ...  # as 2026-08",
            "price_growth: ...  # a year; a fraction, 0 for none",
            "volume_growth: ...  # a year; a fraction, 0 for none",
            "season: [...]  # twelve factors, January first: 1 is a usual month, 0 a month without",
            "launch: ...  # first month of sales, 1 is the first month of the plan",
            "capacity_per_month: ...  # the most that can be produced",
            "loss_share: ...  # spoilt or broken before the sale; a fraction, 0 for none",
            "months_before_sale: ...  # months between paying for inputs and the sale",
        ),
        ("fixed_costs", "*"): (
            "every_months: ...  # 1, 2, 3, 4, 6 or 12",
            "growth: ...  # a year; a fraction, 0 for none",
        ),
        ("assets", "*"): (
            "kind: ...  # land, building, equipment, vehicle, tools, livestock, intangible or other",
            "quantity: ...",
            "month: ...  # month of purchase, 1 is the first month of the plan",
            "quotation: ...  # supplier, number, date",
            "own_share: ...  # who pays; the four shares are fractions that add up to 1",
            "in_kind_share: ...",
            "grant_share: ...",
            "loan_share: ...",
        ),
        ("financing", "loans", "*"): (
            "lender: ...",
            "lender_type: ...  # bank, mfi, state or other",
            "purpose: ...",
            "draw: ...  # month of pay-out",
            "quotation: ...  # declining or flat",
            "repayment: ...  # annuity, equal_principal, interest_only, bullet, balloon or seasonal",
            "months_between: ...  # 1, 2, 3, 4, 6 or 12",
            "grace_months: ...",
            "upfront_fee_share: ...  # a fraction, 0 for none",
        ),
    }
)
"""What a section, or each entry (``*``) of a list, may say beside what a profile says of it."""
