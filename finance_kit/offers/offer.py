"""One offer: terms that can be signed, with the currency's habits and who offers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from finance_kit.loans import LoanTerms
from finance_kit.money import Currency

__all__ = ["Offer"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A lender's offer.

    Parameters
    ----------
    title : as people call it
    terms : what would be signed; a principal of 0 where none is stated
    currency : of all amounts
    quoted_per : whether the lender quotes its rate a year or a month
    lender, lender_type, country : as far as known; the country's legal limits bind by type of lender
    source, source_date, note : where the terms come from
    file : name of the terms file, if there is one
    """

    title: str
    terms: LoanTerms
    currency: Currency
    quoted_per: Literal["year", "month"] = "year"
    lender: str | None = None
    lender_type: str | None = None
    country: str | None = None
    source: str | None = None
    source_date: str | None = None
    note: str | None = None
    file: str | None = None

    @property
    def rounded(self) -> bool:
        """Whether the schedule is the one that is signed, in amounts that are paid."""
        return self.terms.rounding_unit is not None

    @property
    def decimals(self) -> int:
        """Decimals that amounts of the schedule are written with."""
        smallest = self.terms.minor_unit if self.rounded else None
        if smallest is None:
            return max(self.currency.decimals, 2)
        return next((places for places in range(7) if abs(smallest * 10**places % 1.0) < 1e-9), 6)
