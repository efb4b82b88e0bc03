"""Legal limits on interest and fees, compared as the law defines them.

Neither Cambodia's limit (18 % a year, Prakas of 13 March 2017) nor Myanmar's (28 % a year or 2.3 % a month, Directive
1/2019) is a limit on the effective rate: both bind the *nominal rate on the declining balance*, and Myanmar binds the
fees besides, apart from the interest. A loan at the limit therefore has an effective rate above it and is lawful; to
compare that rate with the limit would be wrong. A flat quotation is first said as a rate on the declining balance;
in Cambodia it is not allowed at all.

The values live in the country packs, with source and date, and are handed in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from finance_kit.errors import Undefined
from finance_kit.loans.effective_rate import true_cost
from finance_kit.loans.terms import LoanTerms

__all__ = ["CapCheck", "CapFinding", "CapMeasure", "InterestLimit", "check_interest_cap"]

CapMeasure = Literal["nominal_annual_rate", "nominal_monthly_rate", "fee_share_of_loan"]

_EQUAL = 1e-9  # rates this near are the same: 0.276 / 12 is not exactly 0.023


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestLimit:
    """What a law lets a lender ask for; ``None`` where that part is not limited, or not known.

    Parameters
    ----------
    law : name of the law
    annual_rate, monthly_rate : highest nominal rate on the declining balance, as quoted a year or a month
    fee_share_per_year : highest sum of all fees, share of the loan for twelve months, in proportion for other terms
    flat_quotation_allowed : ``False`` where interest may only be quoted on the declining balance
    source, source_date : where and when it was published
    confidence : ``high``, ``medium`` or ``low``, as the pack has it
    """

    law: str
    annual_rate: float | None = None
    monthly_rate: float | None = None
    fee_share_per_year: float | None = None
    flat_quotation_allowed: bool | None = None
    source: str | None = None
    source_date: str | None = None
    confidence: str | None = None


@dataclass(frozen=True, slots=True)
class CapFinding:
    """One comparison.

    Parameters
    ----------
    measure : what is compared
    found, limit : fractions; the fees are a share of the loan, and their limit is that of its term
    decides : whether the law is kept or broken by it; a loan quoted a year is only told its rate a month
    """

    measure: CapMeasure
    found: float
    limit: float
    decides: bool

    @property
    def within(self) -> bool:
        """Whether the limit is kept."""
        return self.found <= self.limit + _EQUAL

    @property
    def excess(self) -> float:
        """By how much the limit is passed, in the same unit; 0 where it is kept."""
        return 0.0 if self.within else self.found - self.limit


@dataclass(frozen=True, slots=True)
class CapCheck:
    """A contract held against a legal limit.

    Parameters
    ----------
    limit : the law, with source, date and confidence
    quoted_annual_rate : as the contract says it
    declining_annual_rate : the same interest as a nominal rate on the declining balance, fees left out
    flat_forbidden : the contract is quoted flat and the law does not allow it, whatever the rate
    findings : what was compared, each by itself
    """

    limit: InterestLimit
    quoted_annual_rate: float
    declining_annual_rate: float
    flat_forbidden: bool
    findings: tuple[CapFinding, ...]

    @property
    def within(self) -> bool | None:
        """Whether the law is kept; ``None`` where it gives nothing to compare with."""
        decisive = [finding.within for finding in self.findings if finding.decides]
        if self.flat_forbidden:
            return False
        return all(decisive) if decisive else None


def check_interest_cap(
    terms: LoanTerms, limit: InterestLimit, *, quoted_per: Literal["year", "month"] = "year"
) -> CapCheck | Undefined:
    """Compare the interest and the fees of a contract with a legal limit, each by itself.

    Parameters
    ----------
    terms : what is signed
    limit : the law
    quoted_per : whether the lender quotes the rate a year or a month; the limit of the same kind decides, the other is
        told. Myanmar's 28 % a year is more than twelve times its 2.3 % a month.

    Returns
    -------
    CapCheck; Undefined ``loan_nothing_received`` where nothing is lent

    Notes
    -----
    Fees are all that the contract charges beside interest (up-front fee, instalment fees, insurance and others),
    compulsory savings not among them: these are returned. A rate on the declining balance with interest in arrears is
    compared as it is quoted; a flat one, and interest taken in advance, as the rate that the contract comes to.
    """
    if terms.principal == 0:
        return Undefined("loan_nothing_received")
    declining = _declining_rate(terms)
    if isinstance(declining, Undefined):
        return declining
    findings: list[CapFinding] = []
    if limit.annual_rate is not None:
        decides = quoted_per == "year" or limit.monthly_rate is None
        findings.append(CapFinding("nominal_annual_rate", declining, limit.annual_rate, decides))
    if limit.monthly_rate is not None:
        decides = quoted_per == "month" or limit.annual_rate is None
        findings.append(CapFinding("nominal_monthly_rate", declining / 12, limit.monthly_rate, decides))
    if limit.fee_share_per_year is not None:
        years = terms.instalments / terms.periods_a_year
        share = true_cost(terms).total_fees / terms.principal
        findings.append(CapFinding("fee_share_of_loan", share, limit.fee_share_per_year * years, decides=True))
    forbidden = terms.quotation == "flat" and limit.flat_quotation_allowed is False
    return CapCheck(limit, terms.annual_rate, declining, forbidden, tuple(findings))


def _declining_rate(terms: LoanTerms) -> float | Undefined:
    """The interest of a contract as a nominal rate a year on the declining balance; the highest where it changes."""
    if terms.quotation == "declining" and terms.interest_timing == "arrears":
        return max(terms.annual_rate, *(change.annual_rate for change in terms.rate_changes), 0.0)
    interest_only = replace(
        terms,
        upfront_fee_share=0.0,
        upfront_fee_amount=0.0,
        instalment_fee_amount=0.0,
        insurance_share_per_year=0.0,
        fees=(),
        compulsory_savings_share=0.0,
        savings_instalment_share=0.0,
        rounding_unit=None,
        minor_unit=None,
    )
    return true_cost(interest_only).nominal_annual_rate
