"""Why fees and compulsory savings are what they are: each charge by itself, and their sum."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from finance_kit.loans.accrual import accrual
from finance_kit.loans.contract import LoanFee
from finance_kit.loans.explain_interest import rounding, year_part
from finance_kit.loans.kernel import LoanArrays, amortise
from finance_kit.loans.sentences import Sentence, money, percent
from finance_kit.loans.terms import LoanTerms

__all__ = ["CHARGES", "fee_sentences", "savings_sentences", "upfront_fee_sentences", "without"]

CHARGES: Final = ("upfront_fee", "instalment_fee", "insurance", "savings")
"""Charges that have fields of their own in the terms; the others are told by their position among ``fees``."""

_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "upfront_fee": ("upfront_fee_share", "upfront_fee_amount"),
    "instalment_fee": ("instalment_fee_amount",),
    "insurance": ("insurance_share_per_year",),
    "savings": ("compulsory_savings_share", "savings_instalment_share"),
}


def without(terms: LoanTerms, charge: str | int) -> LoanTerms:
    """The terms without one charge.

    Parameters
    ----------
    terms : what is signed
    charge : one of :data:`CHARGES`, or the position of one of the other fees
    """
    if isinstance(charge, int):
        return replace(terms, fees=terms.fees[:charge] + terms.fees[charge + 1 :])
    nothing: dict[str, Any] = dict.fromkeys(_FIELDS[charge], 0.0)
    return replace(terms, **nothing)


def _alone(terms: LoanTerms, charge: str | int) -> LoanArrays:
    """What the loan does with one of its fees with the instalments only; a fee that is owed stays in the balance."""
    owed = tuple(fee for fee in terms.fees if fee.when == "capitalised")
    kept = (*owed, terms.fees[charge]) if isinstance(charge, int) else owed
    fields = {field for name, names in _FIELDS.items() if name not in (charge, "savings") for field in names}
    nothing: dict[str, Any] = dict.fromkeys(fields, 0.0)
    return amortise(replace(terms, fees=kept, **nothing))


def fee_sentences(terms: LoanTerms, arrays: LoanArrays, number: int) -> list[Sentence]:
    """Each charge that falls due with an instalment, and their sum."""
    row = number - 1
    total = float(arrays.fees_due[row, 0])
    if not total:
        return [Sentence("loan_why_fees_none", {"number": number})]
    charges: list[str | int] = ["instalment_fee", "insurance"]
    charges += [place for place, fee in enumerate(terms.fees) if fee.when not in ("pay_out", "capitalised")]
    found = [(charge, float(_alone(terms, charge).fees_due[row, 0])) for charge in charges]
    sentences = [_fee(terms, arrays, number, charge, due) for charge, due in found if due]
    if len(sentences) > 1:
        sentences.append(Sentence("loan_why_fees", {"number": number, "result": money(total)}))
    return sentences


def _fee(terms: LoanTerms, arrays: LoanArrays, number: int, charge: str | int, due: float) -> Sentence:
    """One charge with its formula."""
    row, time = number - 1, accrual(terms)
    years = float(time.lengths[0 if len(time.lengths) == 1 else row, 0])
    params: dict[str, Any] = {"number": number, "result": money(due)}
    if charge == "instalment_fee":
        return Sentence("loan_why_fee_fixed", {**params, "name": Sentence("loan_fee_with_instalment")})
    opening = float(arrays.opening_balance[row, 0])
    if charge == "insurance":
        before = opening * terms.insurance_share_per_year * years
        said: dict[str, Any] = {"name": Sentence("loan_fee_insurance"), "basis": Sentence("loan_basis_outstanding")}
        said |= {"share": percent(terms.insurance_share_per_year), "sum": money(opening)}
        said["part"] = Sentence("loan_fee_part_of_year", {"part": year_part(terms, number, years)})
        return Sentence("loan_why_fee_share", {**params, **said, **rounding(terms, before, due)})
    fee = terms.fees[int(charge)]
    if fee.basis == "amount":
        return Sentence("loan_why_fee_fixed", {**params, "name": fee.name})
    basis = {
        "principal": terms.principal,
        "outstanding": float(arrays.closing_balance[row, 0]) if fee.when == "yearly" else opening,
        "instalment": float(arrays.instalment[row, 0]),
    }[fee.basis]
    per_year = fee.per_year and fee.when != "yearly"
    before = basis * fee.share * fee.covered_share * (years if per_year else 1.0)
    part = year_part(terms, number, years) if per_year else None
    return Sentence("loan_why_fee_share", {**params, **_shared(fee, basis, part), **rounding(terms, before, due)})


def _shared(fee: LoanFee, basis: float, part: Sentence | None) -> dict[str, Any]:
    """Params of a charge that is a share of something."""
    return {
        "name": fee.name,
        "basis": Sentence(f"loan_basis_{fee.basis}"),
        "sum": money(basis),
        "share": percent(fee.share),
        "covered": percent(fee.covered_share) if fee.covered_share != 1.0 else None,
        "part": None if part is None else Sentence("loan_fee_part_of_year", {"part": part}),
    }


def upfront_fee_sentences(terms: LoanTerms, arrays: LoanArrays) -> list[Sentence]:
    """Each charge that is kept back at pay-out."""
    sentences = []
    plain = replace(terms, fees=())
    if fee := float(amortise(plain).upfront_fee[0]):
        before = terms.principal * terms.upfront_fee_share + terms.upfront_fee_amount
        params = {
            "principal": money(terms.principal),
            "share": percent(terms.upfront_fee_share),
            "fixed": money(terms.upfront_fee_amount) if terms.upfront_fee_amount else None,
            **rounding(terms, before, fee),
            "result": money(fee),
        }
        sentences.append(Sentence("loan_why_upfront_fee", params))
    for charge in terms.fees:
        if charge.when not in ("pay_out", "yearly"):
            continue
        due = float(amortise(replace(without(plain, "upfront_fee"), fees=(charge,))).upfront_fee[0])
        if charge.basis == "amount":
            sentences.append(Sentence("loan_why_pay_out_fixed", {"name": charge.name, "result": money(due)}))
        else:
            before = terms.principal * charge.share * charge.covered_share
            said = {**_shared(charge, terms.principal, None), "basis": Sentence("loan_basis_principal")}
            said |= {**rounding(terms, before, due), "result": money(due)}
            sentences.append(Sentence("loan_why_pay_out_share", said))
    return sentences


def savings_sentences(terms: LoanTerms, arrays: LoanArrays, number: int) -> list[Sentence]:
    """What is saved with an instalment, what it earns, and what comes back."""
    row, time = number - 1, accrual(terms)
    added, credited = float(arrays.savings_added[row, 0]), float(arrays.savings_interest[row, 0])
    returned = float(arrays.savings_returned[row, 0])
    if not (added or credited or returned):
        return [Sentence("loan_why_savings_none", {"number": number})]
    sentences = []
    if added:
        before = terms.principal * terms.savings_instalment_share
        params = {"number": number, "principal": money(terms.principal), **rounding(terms, before, added)}
        share = percent(terms.savings_instalment_share)
        sentences.append(Sentence("loan_why_savings", {**params, "share": share, "result": money(added)}))
    held = float(arrays.savings_balance[row - 1, 0]) if row else float(arrays.savings_deposit[0])
    if credited:
        deposits = float(arrays.savings_deposit[0]) + float(arrays.savings_added[:row, 0].sum())
        years = float(time.lengths[0 if len(time.lengths) == 1 else row, 0])
        before = deposits * terms.savings_annual_rate * years
        params = {
            "held": money(deposits),
            "rate": percent(terms.savings_annual_rate),
            "part": year_part(terms, number, years),
            **rounding(terms, before, credited),
            "result": money(credited),
        }
        sentences.append(Sentence("loan_why_savings_interest", params))
    if returned:
        params = {"held": money(held), "credited": money(credited), "result": money(returned)}
        sentences.append(Sentence("loan_why_savings_back", params))
    return sentences
