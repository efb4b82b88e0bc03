"""Small plans whose fixes can be worked out by hand, and profiles that ask for one thing."""

from __future__ import annotations

from typing import Any

from finance_kit.plan.schema import Plan
from finance_kit.readiness import LenderProfile

__all__ = ["dryer", "profile"]

OURS = {"title": "Made up", "date": "2026", "confidence": "low", "status": "convention"}


def profile(*conditions: dict[str, Any], holds: tuple[dict[str, Any], ...] = ()) -> LenderProfile:
    """A lender that asks for these knock-outs and holds, and gives all its points for a legal form."""
    words = {"why": "W.", "mend": "M.", "source": OURS}
    criterion = {
        "id": "form", "title": "Form", "block": "group", "weight": 100.0, "fact": "keeps_books", "mend": "M.",
        "scale": [{"at": word, "share": 1.0} for word in ("none", "notebook", "monthly_accounts", "audited_accounts")],
        "source": OURS,
    }  # fmt: skip
    return LenderProfile.model_validate(
        {
            "schema_version": 1, "id": "made_up", "title": "Made up", "lender_type": "bank", "version": "1.0",
            "date": "2026-11-24", "note": "For a test.", "ready_at": 70.0, "nearly_at": 55.0,
            "knock_outs": [each | words for each in conditions], "holds": [each | words for each in holds],
            "documents": {"kinds": [], "source": OURS}, "criteria": [criterion],
        }
    )  # fmt: skip


def dryer(**changes: Any) -> Plan:
    """The shared dryer: in the years of its five instalments it earns 18,000, 24,000 and then 28,000, before debts.

    Domain dossier, case D-C1: cost 60,000, loan at 12 % a year in five equal yearly instalments. Prices are 1, so that
    volumes are money; half of what the first product earns is spent again on fixed costs, so that a lower price can
    hurt. No tax, nothing rounded in contracts.
    """
    data: dict[str, Any] = {
        "schema_version": 1,
        "title": "Shared dryer",
        "period": {"start": "2027-01", "months": 72, "currency": "USD"},
        "cluster": {
            "name": "Dryer group", "product": "Fruit", "country": "KH", "number_of_members": 10,
            "keeps_books": "notebook",
        },
        "products": [
            {"name": "Drying", "unit": "kg", "price": 1.0, "volume_per_month": 3000.0},
            {"name": "More drying", "unit": "kg", "price": 1.0, "volume_per_month": 500.0, "launch": 25},
            {"name": "Still more", "unit": "kg", "price": 1.0, "volume_per_year": 4000.0, "launch": 37},
        ],
        "fixed_costs": [{"name": "Running", "amount": 1500.0}],
        "assets": [{"name": "Dryer", "unit_cost": 60000.0, "month": 1, "life_months": 60}],
        "financing": {
            "contributions": [{"month": 1, "amount": 15000.0}],
            "loans": [
                {
                    "name": "Dryer loan", "principal": 60000.0, "draw": 1, "annual_rate": 0.12, "instalments": 5,
                    "months_between": 12,
                }
            ],
        },
        "policies": {"cfads_basis": "ebitda_less_tax", "loan_rounding": "unrounded"},
    }  # fmt: skip
    for path, value in changes.items():
        place: Any = data
        *steps, last = path.split("__")
        for step in steps:
            place = place[int(step) if step.isdigit() else step]
        place[int(last) if last.isdigit() else last] = value
    return Plan.model_validate(data)
