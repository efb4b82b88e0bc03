"""Why an instalment and its principal are what they are."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from finance_kit.loans.accrual import accrual
from finance_kit.loans.explain_interest import equal, rounding
from finance_kit.loans.grid import Grid
from finance_kit.loans.kernel import LoanArrays
from finance_kit.loans.ledger import principal_shares
from finance_kit.loans.sentences import Quantity, Sentence, money
from finance_kit.loans.terms import LoanTerms

__all__ = ["instalment_sentences", "principal_sentences", "rounded_instalment"]

_LEVEL: Final = ("annuity", "balloon", "stepped", "custom")


def instalment_sentences(terms: LoanTerms, arrays: LoanArrays, number: int) -> list[Sentence]:
    """Interest plus principal, and the formula of a level instalment."""
    row = number - 1
    interest, principal = float(arrays.interest_due[row, 0]), float(arrays.principal_due[row, 0])
    params = {"number": number, "interest": money(interest), "principal": money(principal)}
    plain = Sentence("loan_why_instalment", {**params, "result": money(interest + principal)})
    if number <= terms.grace_periods:
        return [plain]
    if number == terms.instalments:
        return [plain, Sentence("loan_why_instalment_last", {"number": number})]
    planned = _planned(terms, arrays, row)
    level = _level(terms, arrays, planned)
    return [plain] if level is None else [level, plain]


def _planned(terms: LoanTerms, arrays: LoanArrays, row: int) -> float:
    """The instalment as it was set, before interest that waited came on top of it."""
    own = arrays.interest_due if terms.method == "progressive" else arrays.interest_accrued
    if terms.interest_timing == "advance" or terms.quotation == "flat":
        own = arrays.interest_due
    return float(own[row, 0] + arrays.principal_due[row, 0])


def _level(terms: LoanTerms, arrays: LoanArrays, planned: float) -> Sentence | None:
    """The formula of a level instalment, if it has a closed one; else what holds for it; nothing for other kinds."""
    if terms.interest_timing == "up_front":
        return None
    if terms.quotation == "flat":
        return _level_flat(terms, arrays, planned)
    if terms.repayment in ("stepped", "custom"):
        return Sentence(f"loan_why_{terms.repayment}")
    if terms.repayment not in ("annuity", "balloon"):
        return None
    time, owed = accrual(terms), float(arrays.opening_balance[terms.grace_periods, 0])
    count = terms.paying_periods
    params: dict[str, Any] = {"result": money(planned), "count": count}
    assumed = np.broadcast_to(time.level_years, (terms.instalments, 1))[terms.grace_periods :, 0]
    plain = bool((assumed == assumed[0]).all()) and time.draws is None and time.added is None
    if plain and terms.annual_rate == 0.0 and terms.repayment == "annuity":
        before = owed / count
        if equal(rounded_instalment(terms, before), planned):
            said = rounding(terms, before, planned, instalment=True)
            return Sentence("loan_why_level_free", {**params, "balance": money(owed), **said})
    elif plain and terms.annual_rate > 0.0 and assumed[0] > 0.0:
        factor = terms.annual_rate * float(assumed[0])
        if terms.interest_timing == "advance":
            before, code = owed * factor / (1.0 - (1.0 - factor) ** count), "loan_why_level_advance"
        elif terms.repayment == "balloon":
            balloon = owed * terms.balloon_share
            before = (owed - balloon) * factor / (1.0 - (1.0 + factor) ** -count) + balloon * factor
            params |= {"balloon": money(balloon), "spread": money(owed - balloon)}
            code = "loan_why_level_balloon"
        else:
            before, code = owed * factor / (1.0 - (1.0 + factor) ** -count), "loan_why_level"
        params |= {"balance": money(owed), "factor": Quantity(factor, "factor")}
        if equal(rounded_instalment(terms, before), planned):
            return Sentence(code, {**params, **rounding(terms, before, planned, instalment=True)})
    return Sentence("loan_why_level_by_periods", params)


def _level_flat(terms: LoanTerms, arrays: LoanArrays, planned: float) -> Sentence | None:
    """Equal parts of the principal and of the flat interest, each rounded, if that is the figure."""
    owed, total = float(arrays.opening_balance[terms.grace_periods, 0]), float(arrays.interest_accrued[:, 0].sum())
    count, paying = terms.paying_periods, int((arrays.interest_due[:, 0] > 0).sum())
    if terms.repayment != "annuity" or not paying:
        return None
    if not equal(rounded_instalment(terms, owed / count) + rounded_instalment(terms, total / paying), planned):
        return None
    said = {"balance": money(owed), "count": count, "total": money(total), "paying": paying}
    return Sentence("loan_why_level_flat", {**said, "result": money(planned)})


def rounded_instalment(terms: LoanTerms, amount: float) -> float:
    """A single amount rounded as instalments of these terms are."""
    grid = Grid.of(terms)
    return float(grid.currency(grid.instalment(grid.units(np.array([amount]))))[0])


def principal_sentences(terms: LoanTerms, arrays: LoanArrays, number: int) -> list[Sentence]:
    """How much of the sum lent an instalment repays."""
    row = number - 1
    repaid = float(arrays.principal_due[row, 0])
    params: dict[str, Any] = {"number": number, "result": money(repaid)}
    if number <= terms.grace_periods:
        return [Sentence("loan_why_principal_grace", {"number": number, "grace": terms.grace_periods})]
    if number == terms.instalments:
        return [Sentence("loan_why_principal_last", params)]
    if terms.repayment in ("interest_only", "bullet"):
        return [Sentence("loan_why_principal_at_end", {"number": number, "last": terms.instalments})]
    if terms.repayment in _LEVEL and terms.interest_timing != "up_front":
        planned = _planned(terms, arrays, row)
        level = _level(terms, arrays, planned)
        said = {**params, "instalment": money(planned), "interest": money(planned - repaid)}
        sentence = Sentence("loan_why_principal_level", said)
        return [sentence] if level is None else [level, sentence]
    part = _share(terms, arrays, number, params)
    if part is not None:
        return [part]
    drawn = float(arrays.drawn[row, 0])
    left = {
        "opening": money(arrays.opening_balance[row, 0]),
        "drawn": Sentence("loan_paid_out", {"sum": money(drawn)}) if drawn else None,
        "closing": money(arrays.closing_balance[row, 0]),
    }
    return [Sentence("loan_why_principal_plan", {**params, **left})]


def _share(terms: LoanTerms, arrays: LoanArrays, number: int, params: dict[str, Any]) -> Sentence | None:
    """Principal spread by shares, if the figure is that of the formula."""
    row, position = number - 1, number - 1 - terms.grace_periods
    owed, repaid = float(arrays.opening_balance[terms.grace_periods, 0]), float(arrays.principal_due[row, 0])
    before = owed * float(principal_shares(terms)[position, 0])
    if not equal(rounded_instalment(terms, before), repaid):
        return None
    said = {**params, "balance": money(owed), "count": terms.paying_periods}
    said |= rounding(terms, before, repaid, instalment=True)
    if terms.repayment == "seasonal":
        weights = np.resize(np.asarray(terms.principal_pattern, dtype=np.float64), terms.paying_periods)
        weight = Quantity(float(weights[position]), "factor")
        said |= {"weight": weight, "weights": Quantity(float(weights.sum()), "factor")}
        return Sentence("loan_why_principal_season", said)
    if terms.balloon_share:
        return None
    return Sentence("loan_why_principal_equal", said)
