"""Why a figure of a loan is what it is: its formula with the numbers of this contract, as sentences in data form.

Every formula here can be followed with a pencil and gives the figure itself, rounding included. Where a lender's
system finds a figure by trying (instalments evened out, say), the sentence says what holds for it instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from finance_kit.errors import CalculationError, Undefined
from finance_kit.loans.effective_rate import contract_flows, dated_flows, true_cost
from finance_kit.loans.explain_charges import fee_sentences, savings_sentences, upfront_fee_sentences
from finance_kit.loans.explain_instalment import instalment_sentences, principal_sentences
from finance_kit.loans.explain_interest import interest_sentences
from finance_kit.loans.kernel import LoanArrays, amortise
from finance_kit.loans.sentences import Sentence, money, percent
from finance_kit.loans.terms import LoanTerms

__all__ = ["FIGURES", "Explanation", "explain"]

ROW_FIGURES: Final = ("interest", "principal", "instalment", "fees", "savings", "total", "closing_balance")
FIGURES: Final = (*ROW_FIGURES, "net_received", "eir")
"""Figures that can be explained; all but the last two belong to an instalment."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure and the sentences that lead to it.

    Parameters
    ----------
    figure : one of :data:`FIGURES`
    number : of the instalment, 1 is the first; ``None`` for a figure of the whole loan
    value : in the loan's currency; the EIR a fraction a year, or Undefined
    sentences : in the order in which they are read
    """

    figure: str
    number: int | None
    value: float | Undefined
    sentences: tuple[Sentence, ...]


def explain(terms: LoanTerms, figure: str, number: int | None = None) -> Explanation:
    """How a figure of a loan comes about.

    Parameters
    ----------
    terms : what is signed
    figure : one of :data:`FIGURES`; ``total`` is what an instalment takes with fees and savings
    number : of the instalment, from 1; for ``net_received`` and ``eir`` not used

    Returns
    -------
    Explanation

    Raises
    ------
    CalculationError : there is no such figure, or no such instalment
    """
    if figure not in FIGURES:
        raise CalculationError("loan_figure_unknown", found=figure, known=", ".join(FIGURES))
    arrays = amortise(terms)
    if figure == "eir":
        return _eir(terms)
    if figure == "net_received":
        return Explanation(figure, None, float(arrays.net_received[0]), tuple(_net_received(terms, arrays)))
    if number is None or not 1 <= number <= terms.instalments:
        raise CalculationError("loan_row_unknown", found=number, instalments=terms.instalments)
    value, sentences = _of_row(terms, arrays, figure, number)
    return Explanation(figure, number, value, tuple(sentences))


def _of_row(terms: LoanTerms, arrays: LoanArrays, figure: str, number: int) -> tuple[float, list[Sentence]]:
    """Value and sentences of a figure of one instalment."""
    row = number - 1
    instalment, fees = float(arrays.instalment[row, 0]), float(arrays.fees_due[row, 0])
    saved = float(arrays.savings_added[row, 0])
    if figure == "interest":
        return float(arrays.interest_due[row, 0]), interest_sentences(terms, arrays, number)
    if figure == "principal":
        return float(arrays.principal_due[row, 0]), principal_sentences(terms, arrays, number)
    if figure == "instalment":
        return instalment, instalment_sentences(terms, arrays, number)
    if figure == "fees":
        return fees, fee_sentences(terms, arrays, number)
    if figure == "savings":
        return saved, savings_sentences(terms, arrays, number)
    if figure == "total":
        total = instalment + fees + saved
        params = {"instalment": money(instalment), "fees": money(fees), "savings": money(saved), "result": money(total)}
        return total, [Sentence("loan_why_total", {"number": number, **params})]
    return float(arrays.closing_balance[row, 0]), [_closing_balance(arrays, number)]


def _closing_balance(arrays: LoanArrays, number: int) -> Sentence:
    row = number - 1
    drawn, added = float(arrays.drawn[row, 0]), float(arrays.interest_capitalised[row, 0])
    params = {
        "number": number,
        "opening": money(arrays.opening_balance[row, 0]),
        "drawn": Sentence("loan_paid_out", {"sum": money(drawn)}) if drawn else None,
        "capitalised": Sentence("loan_added", {"sum": money(added)}) if added else None,
        "principal": money(arrays.principal_due[row, 0]),
        "result": money(arrays.closing_balance[row, 0]),
    }
    return Sentence("loan_why_balance", params)


def _net_received(terms: LoanTerms, arrays: LoanArrays) -> list[Sentence]:
    """What is in hand at pay-out, and each sum that is kept back."""
    kept = {
        "fee": float(arrays.upfront_fee[0]),
        "interest": float(arrays.upfront_interest[0]),
        "down_payment": float(arrays.down_payment[0]),
        "deposit": float(arrays.savings_deposit[0]),
        "later": float(arrays.drawn.sum()),
    }
    sentences = []
    if kept["fee"]:
        sentences += upfront_fee_sentences(terms, arrays)
    if kept["deposit"]:
        share = percent(terms.compulsory_savings_share)
        params = {"principal": money(terms.principal), "share": share, "result": money(kept["deposit"])}
        sentences.append(Sentence("loan_why_deposit", params))
    if kept["down_payment"]:
        share = percent(terms.down_payment_share)
        params = {"principal": money(terms.principal), "share": share, "result": money(kept["down_payment"])}
        sentences.append(Sentence("loan_why_down_payment", params))
    if kept["interest"]:
        sentences.append(Sentence("loan_why_kept_interest", {"result": money(kept["interest"])}))
    if kept["later"]:
        sentences.append(Sentence("loan_why_later_pay_outs", {"result": money(kept["later"])}))
    params = {"principal": money(terms.principal), "kept": money(sum(kept.values()))}
    result = money(float(arrays.net_received[0]))
    return [*sentences, Sentence("loan_why_net_received", {**params, "result": result})]


def _eir(terms: LoanTerms) -> Explanation:
    """The rate, and the sums that it makes equal."""
    cost = true_cost(terms)
    eir, periodic = cost.eir, cost.periodic_rate
    if isinstance(eir, Undefined):
        return Explanation("eir", None, eir, (Sentence(eir.reason, eir.params),))
    if isinstance(periodic, Undefined):
        return Explanation("eir", None, periodic, (Sentence(periodic.reason, periodic.params),))
    unit, count = terms.interval
    params = {
        "received": money(cost.net_received),
        "eir": percent(eir, full=False),
        "periodic": Sentence("loan_rate_digits", {"rate": percent(periodic)}),
        "periods": terms.periods_a_year,
        "interval": Sentence(f"loan_interval_one_{unit}")
        if count == 1
        else Sentence(f"loan_interval_{unit}", {"count": count}),
    }
    if terms.calendar is not None:
        days, amounts = dated_flows(terms)
        years = [(day - days[0]).days / 365.0 for day in days]
        worth = -sum(
            amount * (1.0 + eir) ** -time for amount, time in zip(amounts[1:].tolist(), years[1:], strict=True)
        )
        code = "loan_why_eir_dated"
    else:
        amounts = contract_flows(terms)
        worth = -sum(amount * (1.0 + periodic) ** -number for number, amount in enumerate(amounts.tolist()) if number)
        code = "loan_why_eir"
    params |= {"worth": money(worth), "instalments": terms.instalments}
    return Explanation("eir", None, eir, (Sentence(code, params),))
