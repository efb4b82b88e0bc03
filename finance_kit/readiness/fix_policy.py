"""How far a change may go, which changes are tried for which failure, and which of them is called the best: one table.

The order of the levers is the catalogue's of this product, from what costs members least to what asks most of them
or of others. No lever raises a price or a volume, hides a month, values security higher or counts future profit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from finance_kit.packs.model import GuaranteeScheme
from finance_kit.readiness.terms import LIMITS, Terms

__all__ = ["CATALOGUE", "FAR", "GENTLER", "MOST_SHOWN", "PAIRED", "PROMISES", "Bounds", "bounds_of"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far each lever may go. A lender's own terms, where they are published, take the place of these.

    Parameters
    ----------
    longest_months : of a new loan; what falls beyond the plan's months must be level instalments, or it would be unseen
    longest_grace : months without principal
    later_months : that a pay-out or an asset may be put off
    smallest_part : of a loan or of the whole undertaking that must be left
    longest_line_months : within which an overdraft must once be paid back in full, or it is no working-capital line
    seasonal : whether principal may be repaid by the season
    least_rate : a year, that the lender publishes; ``None`` where it publishes none
    security_kind : of further security: one that the lender is known to lend against
    schemes : that may guarantee the loans: their cover is known and no condition of theirs fails
    """

    longest_months: int = 120
    longest_grace: int = 24
    later_months: int = 24
    smallest_part: float = 0.05
    longest_line_months: int = 12
    seasonal: bool = True
    least_rate: float | None = None
    security_kind: str = "deposit"
    schemes: tuple[GuaranteeScheme, ...] = ()


def bounds_of(terms: Terms) -> Bounds:
    """How far each lever may go with one lender: its longest tenor and grace and its patterns, where they are known."""
    known, rate = Bounds(), LIMITS["lowest_rate"][1](terms)
    return replace(
        known,
        longest_months=(terms.tenor and terms.tenor.max_months) or known.longest_months,
        longest_grace=known.longest_grace if terms.grace is None else terms.grace.max_months,
        least_rate=rate[0] if rate is not None else None,
        security_kind=_security_kind(terms),
        seasonal=terms.repayment is None or not terms.repayment.patterns or "seasonal" in terms.repayment.patterns,
    )


def _security_kind(terms: Terms) -> str:
    """A deposit, unless its share is not known and that of another kind is."""
    shares = {} if terms.loan_to_value is None else terms.loan_to_value.shares
    known = {str(kind): share for kind, share in shares.items() if share and kind != "guarantee"}
    return "deposit" if "deposit" in known or not known else max(known, key=lambda kind: known[kind])


_COVER: Final = ("tenor", "grace", "season", "less_loan", "own_for_loan", "later_draw", "phase", "more_own", "smaller")
_SECURITY: Final = ("guarantee", "security", "less_loan", "own_for_loan", "smaller")
_STRESS: Final = ("promise", "shared_price", "tenor", "grace", "season", "less_loan", "own_for_loan", "smaller")

CATALOGUE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "min_dscr": _COVER,
        "dscr_price_stress": _STRESS,
        "dscr_volume_stress": _STRESS,
        "dscr_input_stress": _STRESS,
        "dscr_single_stress": _STRESS,
        "stressed_dscr": _STRESS,
        "cash_shortfall": (
            "later_draw", "season", "grace", "tenor", "phase", "overdraft", "more_own", "less_loan", "own_for_loan",
            "smaller",
        ),
        "own_contribution_share": ("more_own", "own_for_loan", "less_loan", "smaller"),
        "debt_to_equity": ("tenor", "less_loan", "more_own", "own_for_loan", "smaller"),
        "collateral_cover": _SECURITY,
        "collateral_after_haircut": _SECURITY,
        "amount_of_maximum": ("less_loan", "own_for_loan", "smaller"),
        "tenor_months": ("shorter",),
        "shortest_tenor_months": ("tenor",),
        "grace_months": ("less_grace",),
        "lowest_rate": ("lenders_rate",),
        "working_capital_share": ("less_loan", "own_for_loan"),
        "household_burden_with_loan": ("less_loan",),
    }
)  # fmt: skip
"""By fact: levers in the order in which they are tried and, between changes that do no harm elsewhere, preferred.

Of the facts that hold a plan against a lender's terms four are left out, as no change of the loan mends them:
``amount_of_minimum`` (nobody is told to borrow more than is needed), ``legal_form_accepted``, ``number_of_members`` and
``excluded_use`` (register, gather members, pay otherwise: real steps, which the profile's own sentence names). Where
they stop the loan, other lenders are looked at.
"""

PAIRED: Final = ("tenor", "grace", "season", "less_loan", "own_for_loan", "later_draw", "overdraft", "more_own")
"""Levers that are combined, two at a time."""

PROMISES: Final[Mapping[str, str]] = MappingProxyType(
    {"dscr_price_stress": "price", "dscr_volume_stress": "volume", "dscr_input_stress": "input_cost"}
)
"""Stresses that a signed contract can soften, with the driver that it holds."""

GENTLER: Final = 0.75
"""A combination stands beside single changes where neither of its steps goes farther than this part of the least single
change, each step as a share of the farthest that its lever may go. The best combination is the one whose farther step
is the shortest."""

FAR: Final = 0.2
"""A single change that goes no farther than this share of its lever's range needs no combination beside it."""

MOST_SHOWN: Final = 3
"""Changes shown for a problem, beside a combination."""
