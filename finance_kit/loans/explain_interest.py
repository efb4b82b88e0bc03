"""Why the interest of an instalment is what it is."""

from __future__ import annotations

from typing import Any, Final

from finance_kit.loans.accrual import accrual
from finance_kit.loans.due_dates import due_dates
from finance_kit.loans.grid import Grid
from finance_kit.loans.kernel import LoanArrays
from finance_kit.loans.sentences import Quantity, Sentence, exact, money, percent
from finance_kit.loans.terms import LoanTerms

__all__ = ["equal", "interest_sentences", "rounded_interest", "rounding", "year_part"]

_YEAR_DAYS: Final = {"actual/360": 360, "actual/364": 364, "actual/365": 365}


def equal(first: float, second: float) -> bool:
    """Whether two amounts are the same but for the last digits of a sum of floats."""
    return abs(first - second) <= 1e-9 * max(1.0, abs(first), abs(second))


def rounded_interest(terms: LoanTerms, amount: float) -> float:
    """A single amount rounded as interest and fees of these terms are."""
    grid = Grid.of(terms)
    return float(grid.currency(grid.interest(grid.units(_array(amount))))[0])


def _array(amount: float) -> Any:
    import numpy as np

    return np.array([amount])


def rounding(terms: LoanTerms, before: float, after: float, *, instalment: bool = False) -> dict[str, Any]:
    """The param ``outcome``: the result of a formula, with what it was before it was rounded, and to what."""
    if equal(before, after):
        return {"outcome": Sentence("loan_outcome", {"result": money(after)})}
    unit = terms.rounding_unit if instalment else terms.minor_unit
    rule = terms.rounding_rule if instalment or terms.rounding_rule != "up" else "half_even"
    rounded = Sentence(f"loan_rounded_{rule}", {"unit": Quantity(unit or 0.0, "factor")})
    params = {"exact": exact(before), "rounded": rounded, "result": money(after)}
    return {"outcome": Sentence("loan_outcome_rounded", params)}


def interest_sentences(terms: LoanTerms, arrays: LoanArrays, number: int) -> list[Sentence]:
    """The interest of a period, and what becomes of it: paid, waiting, added to the principal, paid beforehand."""
    row, last = number - 1, terms.instalments
    due = float(arrays.interest_due[row, 0])
    if terms.interest_timing == "up_front" or (terms.interest_timing == "advance" and terms.repayment == "bullet"):
        kept = money(arrays.upfront_interest[0])
        return [Sentence("loan_why_interest_up_front", {"number": number, "kept": kept})]
    if terms.interest_timing == "advance":
        if number == last:
            return [Sentence("loan_why_interest_advance_last", {"number": number})]
        said = Sentence("loan_why_interest_advance", {"number": number, "next": number + 1, "result": money(due)})
        return [said, _accrued(terms, arrays, number + 1)]
    if terms.quotation == "flat":
        return _flat(terms, arrays, number)
    own, sentences = float(arrays.interest_accrued[row, 0]), [_accrued(terms, arrays, number)]
    capitalised = float(arrays.interest_capitalised[row, 0])
    if capitalised:
        params = {"number": number, "result": money(capitalised)}
        return [*sentences, Sentence("loan_why_interest_capitalised", params)]
    waited = float(arrays.interest_payable[row - 1, 0]) if row else 0.0
    waits = float(arrays.interest_payable[row, 0])
    if equal(own, due) and abs(waited) < 1e-9:
        return sentences
    params = {
        "number": number,
        "own": money(own),
        "waited": Sentence("loan_waited", {"sum": money(waited)}) if waited > 1e-9 else None,
        "waits": Sentence("loan_waits", {"sum": money(waits)}) if waits > 1e-9 else None,
        "result": money(due),
    }
    return [*sentences, Sentence("loan_why_interest_waits", params)]


def _accrued(terms: LoanTerms, arrays: LoanArrays, number: int) -> Sentence:
    """Interest of one period on a declining balance: balance x rate x part of a year."""
    row, time = number - 1, accrual(terms)
    place = 0 if time.uniform else row
    years = float(time.years[place, 0])
    if years == 0.0:
        return Sentence("loan_why_interest_free", {"number": number})
    added = 0.0 if time.added is None else float(time.added[row, 0])
    rate = terms.annual_rate + added / years
    opening, drawn, further = float(arrays.opening_balance[row, 0]), None, 0.0
    if time.draw_years is not None and time.draw_added is not None and time.draw_years[row, 0]:
        drawn_years, drawn_added = float(time.draw_years[row, 0]), float(time.draw_added[row, 0])
        further = terms.principal * (terms.annual_rate * drawn_years + drawn_added)
        said = {"drawn": money(arrays.drawn[row, 0]), "interest": exact(further)}
        drawn = Sentence("loan_drawn_part", said)
    before, after = opening * rate * years + further, float(arrays.interest_accrued[row, 0])
    params = {
        "number": number,
        "balance": money(opening),
        "rate": _rate(terms, rate, added),
        "part": year_part(terms, number, years),
        "drawn": drawn,
        **rounding(terms, before, after),
        "result": money(after),
    }
    return Sentence("loan_why_interest", params)


def _rate(terms: LoanTerms, rate: float, added: float) -> Quantity | Sentence:
    """The rate of a period; where it changed within the period, what it came to."""
    known = (terms.annual_rate, *(change.annual_rate for change in terms.rate_changes))
    for quoted in known:
        if equal(quoted, rate):
            return percent(quoted)
    return Sentence("loan_rate_mixed", {"rate": percent(rate)}) if added else percent(rate)


def year_part(terms: LoanTerms, number: int, years: float) -> Sentence:
    """The length of a period as a part of a year, with the rule it was counted by and its days."""
    code = "loan_part_plain"
    params: dict[str, Any] = {"years": Quantity(years, "factor"), "rule": terms.day_count}
    if terms.day_count == "period":
        params["rule"] = Sentence("loan_rule_period")
        units = {"months": 12, "weeks": 52, "days": 365}[terms.interval[0]]
        code, params = _as_fraction(years, units, code, params)
    elif terms.day_count.startswith("30"):
        code, params = _as_fraction(years, 360, code, params)
    elif terms.day_count in _YEAR_DAYS:
        code, params = _as_fraction(years, _YEAR_DAYS[terms.day_count], code, params)
    elif terms.day_count in ("actual/365 leap", "actual/actual ISDA", "actual/actual"):
        for length in (365, 366):
            if code == "loan_part_plain":
                code, params = _as_fraction(years, length, code, params)
    if terms.calendar is not None and terms.day_count != "period":
        dates = due_dates(terms)
        moved = terms.calendar.interest_follows_shift and terms.calendar.shift != "none"
        if moved and not terms.day_count.startswith("30/360 period"):
            first, end = (dates.paid[number - 2] if number > 1 else dates.disbursed), dates.paid[number - 1]
        else:
            first, end = dates.starts[number - 1], dates.nominal[number - 1]
        params |= {"first": first, "end": end}
        code += "_days"
    return Sentence(code, params)


def _as_fraction(years: float, whole: int, code: str, params: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The part as so many of the units of a year, if it is a whole number of them."""
    parts = round(years * whole)
    if parts and abs(years * whole - parts) < 1e-9 * whole:
        return "loan_part", {**params, "parts": parts, "whole": whole}
    return code, params


def _flat(terms: LoanTerms, arrays: LoanArrays, number: int) -> list[Sentence]:
    """Interest on the sum lent: that of the whole contract, spread over the instalments that pay it."""
    row, time = number - 1, accrual(terms)
    due, paid = float(arrays.interest_due[row, 0]), arrays.interest_due[:, 0]
    years = float(time.years.sum()) * (terms.instalments if time.uniform else 1)
    total = float(arrays.interest_accrued[:, 0].sum())
    if terms.method == "progressive":
        lent = float(arrays.opening_balance[0, 0])  # what a down payment leaves, period by period
        part = float(time.years[0 if time.uniform else row, 0])
        own = float(arrays.interest_accrued[row, 0])
        said = {
            "number": number,
            "principal": money(lent),
            "rate": percent(terms.annual_rate),
            "part": year_part(terms, number, part),
            **rounding(terms, lent * terms.annual_rate * part, own),
            "result": money(own),
        }
        whole = Sentence("loan_why_flat_period", said)
        if equal(own, due):
            return [whole]
    else:
        said = {
            "principal": money(terms.principal),
            "rate": percent(terms.annual_rate),
            "years": Quantity(years, "factor"),
            **rounding(terms, terms.principal * terms.annual_rate * years, total),
            "result": money(total),
        }
        whole = Sentence("loan_why_flat_total", said)
    if due == 0.0:
        return [whole, Sentence("loan_why_flat_none", {"number": number})]
    paying = int((paid > 0).sum())
    if paying == 1:
        return [whole, Sentence("loan_why_flat_once", {"number": number, "result": money(due)})]
    before = total / paying
    if equal(rounded_interest(terms, before), due):
        params = {"number": number, "total": money(total), "count": paying, **rounding(terms, before, due)}
        return [whole, Sentence("loan_why_flat_part", {**params, "result": money(due)})]
    earlier = float(paid[:row].sum())
    if equal(total - earlier, due):
        params = {"number": number, "total": money(total), "earlier": money(earlier), "result": money(due)}
        return [whole, Sentence("loan_why_flat_rest", params)]
    return [whole, Sentence("loan_why_flat_spread", {"number": number, "total": money(total), "result": money(due)})]
