"""Contracts of every kind, for properties: repayment, quotation, grace, fees, savings, rounding."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

__all__ = ["contracts"]

UNITS = ((0.01, 0.01), (1.0, 0.01), (20.0, 0.05), (1.0, 1.0), (100.0, 1.0), (500.0, 1.0))


def written(highest: float, places: int) -> st.SearchStrategy[float]:
    """Numbers as people write them: so many places, from 0."""
    steps = 10**places
    return st.integers(0, int(highest * steps)).map(lambda number: number / steps)


@st.composite
def contracts(draw: st.DrawFn, rounded: bool | None = None, longest: int = 40) -> dict[str, Any]:
    """Arguments of sound loan terms; ``rounded`` asks for one sort of schedule only."""
    kind = draw(st.sampled_from(["annuity", "equal_principal", "interest_only", "bullet", "balloon", "seasonal"]))
    between = draw(st.sampled_from([1, 1, 1, 2, 3, 4, 6, 12]))
    instalments = draw(st.integers(1, longest))
    given: dict[str, Any] = {
        "principal": float(draw(st.integers(0, 5_000_000))),
        "annual_rate": draw(written(0.6, 4)),
        "instalments": instalments,
        "months_between": between,
        "repayment": kind,
        "quotation": draw(st.sampled_from(["declining", "declining", "flat"])),
        "upfront_fee_share": draw(written(0.05, 3)),
        "upfront_fee_amount": draw(st.sampled_from([0.0, 25.0])),
        "instalment_fee_amount": draw(st.sampled_from([0.0, 2.5])),
        "insurance_share_per_year": draw(written(0.02, 3)),
        "compulsory_savings_share": draw(written(0.1, 2)),
        "savings_annual_rate": draw(written(0.1, 2)),
    }
    if kind == "balloon":
        given["balloon_share"] = draw(written(1.0, 2))
    if kind != "bullet":
        given["grace_months"] = draw(st.integers(0, min(instalments - 1, 12))) * between
        given["grace_kind"] = draw(st.sampled_from(["principal_only", "full"]))
        kinds = ["deferred"] if given["quotation"] == "flat" else ["capitalised", "deferred"]
        given["grace_interest"] = draw(st.sampled_from(kinds))
    if kind == "seasonal":
        paying = instalments - given["grace_months"] // between
        weights = draw(st.lists(st.integers(0, 5).map(float), min_size=1, max_size=6))
        weights[draw(st.integers(0, min(len(weights), paying) - 1))] = 1.0
        given["principal_pattern"] = tuple(weights)
    if draw(st.booleans()) if rounded is None else rounded:
        given["rounding_unit"], given["minor_unit"] = draw(st.sampled_from(UNITS))
        given["rounding_rule"] = draw(st.sampled_from(["half_even", "half_up", "up"]))
    return given
