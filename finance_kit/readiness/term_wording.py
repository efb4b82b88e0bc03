"""Terms of a lender in English words, for a page that a loan officer reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from finance_kit.readiness import terms as t
from finance_kit.readiness.profile import LenderProfile
from finance_kit.readiness.sources import RuleSource

__all__ = ["TermLine", "term_lines"]

_EVERY: Final = {"week": "week", "month": "month", "quarter": "quarter", "half_year": "half-year", "year": "year"}


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term on the page: what it says, where it was read, and whose value it is where not this lender's own.

    ``words`` is empty where nobody's value stands for it, and ``borrowed_from`` where the value is the lender's own.
    """

    name: str
    title: str
    words: str
    note: str
    source: RuleSource | None
    borrowed_from: str


def term_lines(profile: LenderProfile) -> tuple[TermLine, ...]:
    """Every term of a profile in the order of the form."""
    return tuple(
        TermLine(
            name,
            title,
            "" if term is None else _WORDS[type(term)](term),
            "" if term is None or term.note is None else term.note,
            None if term is None else term.source,
            _borrowed(profile, name),
        )
        for name, title, term in profile.terms.items()
    )


def _borrowed(profile: LenderProfile, name: str) -> str:
    """Whose value stands for a term; for some kinds of security alone, which."""
    whole = profile.fallbacks.get(f"terms.{name}")
    if whole:
        return whole
    parts = [
        (key.rsplit(".", 1)[1], base) for key, base in profile.fallbacks.items() if key.startswith(f"terms.{name}.")
    ]
    return f"{parts[0][1]} for {', '.join(_plain(part) for part, _ in parts)}" if parts else ""


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _number(value: float) -> str:
    text = f"{value:,.4f}"
    return text.rstrip("0").rstrip(".")


def _share(value: float) -> str:
    return f"{_number(value * 100.0)} %"


def _range(low: float | None, high: float | None, say: Callable[[float], str], unit: str = "") -> str:
    """A least and a most in words."""
    if low is not None and high is not None:
        words = say(low) if low == high else f"{say(low)} to {say(high)}"
    else:
        words = f"up to {say(high)}" if high is not None else f"from {say(low or 0.0)}"
    return f"{words}{unit}"


def _amount(term: t.AmountTerm) -> str:
    said = []
    for limit in term.limits:
        first = f" (first loan up to {_number(limit.first_loan_max)})" if limit.first_loan_max else ""
        said.append(f"{limit.currency} {_range(limit.min, limit.max, _number)}{first}")
    return " or ".join(said) + (" for each member" if term.per == "member" else "")


def _rate(term: t.RateTerm) -> str:
    parts = []
    if term.min is not None or term.max is not None:
        parts.append(_range(term.min, term.max, _share, " a year"))
    if term.reference is not None:
        parts.append(f"{term.reference} {'+' if (term.margin or 0.0) >= 0 else '−'} {_share(abs(term.margin or 0.0))}")
    return f"{' or '.join(parts)}, {'declining balance' if term.quoted_on == 'declining' else 'flat'}"


def _grace(term: t.GraceTerm) -> str:
    if not term.max_months:
        return "none"
    return (
        f"up to {term.max_months} months; {'interest is paid' if term.kind == 'principal_only' else 'nothing is paid'}"
    )


def _repayment(term: t.RepaymentTerm) -> str:
    patterns = ", ".join(_plain(pattern) for pattern in term.patterns)
    every = ", ".join(_EVERY[each] for each in term.every)
    return "; ".join(part for part in (patterns, f"each {every}" if every else "") if part)


def _fees(term: t.FeesTerm) -> str:
    parts = []
    if term.upfront_share_min is not None or term.upfront_share_max is not None:
        parts.append(_range(term.upfront_share_min, term.upfront_share_max, _share, " at pay-out"))
    if term.welfare_share_per_year is not None:
        parts.append(f"{_share(term.welfare_share_per_year)} a year for welfare or insurance")
    if term.prepayment_share is not None:
        free = not term.prepayment_share
        parts.append("nothing for paying early" if free else f"{_share(term.prepayment_share)} for paying early")
    return "; ".join(parts)


def _savings(term: t.SavingsTerm) -> str:
    later = "" if term.share_later_loans is None else f", {_share(term.share_later_loans)} of later ones"
    rate = "" if term.annual_rate_min is None else f"; they earn at least {_share(term.annual_rate_min)} a year"
    return f"{_share(term.share_first_loan)} of the first loan{later}{rate}"


def _loan_to_value(term: t.LoanToValueTerm) -> str:
    said = [f"{_plain(kind)} {'taken' if share is None else _share(share)}" for kind, share in term.shares.items()]
    return "; ".join(said) + ("; nothing else is taken" if term.only_these else "")


def _unsecured(term: t.UnsecuredTerm) -> str:
    return "; ".join(
        f"{', '.join(_plain(form) for form in limit.forms)}: {limit.currency} {_number(limit.max)}"
        + (f" ({limit.text})" if limit.text else "")
        for limit in term.limits
    )


def _guarantee(term: t.GuaranteeTerm) -> str:
    parts = ["accepted or given" if term.accepted else "not accepted", *term.schemes]
    if term.share_max is not None:
        parts.append(f"up to {_share(term.share_max)} of the loan")
    if term.fee_share_per_year is not None:
        parts.append(f"fee up to {_share(term.fee_share_per_year)} a year")
    return "; ".join(parts)


def _uses(term: t.UsesTerm) -> str:
    parts = [f"not for {', '.join(_plain(use) for use in term.excluded)}"] if term.excluded else []
    if term.working_capital_share_max is not None:
        parts.append(f"working capital up to {_share(term.working_capital_share_max)} of the loan")
    return "; ".join(parts)


_WORDS: Final[Mapping[type[t.Term], Callable[[Any], str]]] = {
    t.AmountTerm: _amount,
    t.RateTerm: _rate,
    t.TenorTerm: lambda term: _range(term.min_months, term.max_months, _number, " months"),
    t.GraceTerm: _grace,
    t.RepaymentTerm: _repayment,
    t.FeesTerm: _fees,
    t.SavingsTerm: _savings,
    t.SecurityTerm: lambda term: "asked for" if term.required else "none is asked for",
    t.LoanToValueTerm: _loan_to_value,
    t.UnsecuredTerm: _unsecured,
    t.GuaranteeTerm: _guarantee,
    t.LegalFormsTerm: lambda term: ", ".join(_plain(form) for form in term.accepted),
    t.GroupTerm: lambda term: _range(term.min_members, term.max_members, _number, " members"),
    t.UsesTerm: _uses,
}
