"""What is left of a contract after some of its instalments, written as terms of its own."""

from __future__ import annotations

from dataclasses import replace

from finance_kit.errors import CalculationError
from finance_kit.loans.due_dates import due_dates
from finance_kit.loans.terms import LoanTerms

__all__ = ["rate_after", "terms_left"]


def terms_left(terms: LoanTerms, after_instalment: int, owed: float) -> LoanTerms:
    """Terms of the instalments still to come on a sum that is owed.

    Parameters
    ----------
    terms : what was signed
    after_instalment : how many instalments have been paid
    owed : principal to be repaid by the rest, in the loan's currency

    Returns
    -------
    LoanTerms: the same rate, way of repaying, dates and charges with each instalment; what is charged at pay-out or by
    the year, and compulsory savings, are not among them

    Raises
    ------
    CalculationError : no instalment is left; a flat quotation, whose interest was fixed on the first sum lent; interest
        that was paid in advance; a part of the loan that is still to be paid out
    """
    if not 0 <= after_instalment < terms.instalments:
        raise CalculationError("loan_instalment_unknown", found=after_instalment, instalments=terms.instalments)
    if terms.quotation == "flat":
        raise CalculationError("loan_flat_has_no_rest")
    if terms.interest_timing != "arrears":
        raise CalculationError("loan_advance_has_no_rest")
    if _pays_out_later(terms, after_instalment):
        raise CalculationError("loan_pay_outs_to_come")
    grace = max(terms.grace_periods - after_instalment, 0)
    paid_after_grace = max(after_instalment - terms.grace_periods, 0)
    changes = tuple(
        replace(change, after_instalment=change.after_instalment - after_instalment)
        for change in terms.rate_changes
        if change.after_instalment is not None and change.after_instalment > after_instalment
    )
    rate = rate_after(terms, after_instalment)
    calendar = terms.calendar
    if calendar is not None:
        dates = due_dates(terms)
        today = dates.nominal[after_instalment - 1] if after_instalment else dates.disbursed
        calendar = replace(
            calendar, disbursed=today, first_due=None, last_due=None, due_dates=dates.nominal[after_instalment:]
        )
        changes = tuple(c for c in terms.rate_changes if c.on is not None and c.on > today)
    pattern = terms.principal_pattern
    turn = paid_after_grace % len(pattern) if pattern else 0
    return replace(
        terms,
        principal=owed,
        annual_rate=rate,
        instalments=terms.instalments - after_instalment,
        calendar=calendar,
        principal_pattern=pattern[turn:] + pattern[:turn],
        instalment_pattern=terms.instalment_pattern[paid_after_grace:] or terms.instalment_pattern[-1:],
        instalment_amounts=terms.instalment_amounts[paid_after_grace:],
        grace_months=0,
        grace_instalments=grace,
        interest_grace_instalments=max(terms.interest_grace_instalments - after_instalment, 0),
        interest_free_instalments=max(terms.interest_free_instalments - after_instalment, 0),
        down_payment_share=0.0,
        pay_outs=(),
        rate_changes=changes,
        upfront_fee_share=0.0,
        upfront_fee_amount=0.0,
        fees=tuple(fee for fee in terms.fees if fee.when in ("each_instalment", "last_instalment")),
        compulsory_savings_share=0.0,
        savings_instalment_share=0.0,
    )


def rate_after(terms: LoanTerms, after_instalment: int) -> float:
    """Quoted rate in force once so many instalments have been paid."""
    rate = terms.annual_rate
    today = None
    if terms.calendar is not None:
        dates = due_dates(terms)
        today = dates.nominal[after_instalment - 1] if after_instalment else dates.disbursed
    for change in terms.rate_changes:
        if today is not None:
            begun = change.on is not None and change.on <= today
        else:
            begun = change.after_instalment is not None and change.after_instalment <= after_instalment
        if begun:
            rate = change.annual_rate
    return rate


def _pays_out_later(terms: LoanTerms, after_instalment: int) -> bool:
    """Whether a part of the loan is paid out only after so many instalments."""
    if terms.calendar is None:
        return any((pay_out.after_instalment or 0) >= after_instalment for pay_out in terms.pay_outs)
    dates = due_dates(terms)
    today = dates.nominal[after_instalment - 1] if after_instalment else dates.disbursed
    return any(pay_out.on is not None and pay_out.on > today for pay_out in terms.pay_outs)
