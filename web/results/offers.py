"""Loan offers side by side: the plan's own loan, what lenders publish, and offers that somebody was quoted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from finance_kit import service_assess, service_loans
from finance_kit.errors import CalculationError, FinanceKitError, PlanError
from finance_kit.forms.numbers import read_number
from finance_kit.forms.reading import read_share
from web.languages import current_language
from web.results.headlines import Headline
from web.results.shown import shown
from web.results.site import Desk, blueprint, desk, page, wanting
from web.words import core, money, number, sentence

__all__ = ["Quoted", "offers"]

_MOST: Final = 5
"""Quoted offers on one page."""
FIELDS: Final = ("title", "lender_type", "principal", "rate", "per", "quotation", "months", "repayment", "fee", "grace")
LENDERS: Final = {
    "bank": lazy_gettext("a bank"),
    "mfi": lazy_gettext("a microfinance institution"),
    "state": lazy_gettext("a state lender"),
    "other": lazy_gettext("another lender"),
}
REPAYMENTS: Final = {
    "annuity": lazy_gettext("equal instalments"),
    "equal_principal": lazy_gettext("equal parts of principal, interest on what is left"),
    "bullet": lazy_gettext("everything at the end"),
    "interest_only": lazy_gettext("interest as it falls due, principal at the end"),
}
ELIGIBLE: Final = {
    "eligible": (lazy_gettext("yes"), "done"),
    "not_eligible": (lazy_gettext("no"), "problem"),
    "unclear": (lazy_gettext("cannot be checked"), "warning"),
}
LAW: Final = {
    True: (lazy_gettext("kept"), "done"),
    False: (lazy_gettext("broken"), "problem"),
    None: (lazy_gettext("none known"), "note"),
}
CASH: Final = {
    True: (lazy_gettext("short"), "problem"),
    False: (lazy_gettext("enough"), "done"),
    None: (lazy_gettext("not reckoned"), "note"),
}
ORIGINS: Final = {
    "plan": lazy_gettext("your plan"),
    "file": lazy_gettext("quoted to you"),
    "profile": lazy_gettext("published terms"),
}


@dataclass
class Quoted:
    """An offer as it was typed, and what is wrong with it by field."""

    typed: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)
    offer: Any = None


@blueprint.route("/plans/<plan_id>/offers", methods=["GET", "POST"])
def offers(plan_id: str) -> ResponseReturnValue:
    """Offers held against the plan. Quoted ones stay in the page's form and are not saved with the plan."""
    found = desk(plan_id)
    if found.opening.run is None:
        return wanting(found, "offers")
    quoted = _typed() if request.method == "POST" else []
    try:
        currency = service_assess.borrowed_currency(found.run)
    except CalculationError as failure:  # the plan asks for no loan
        return page("offers", found, "offers", held=None, why=sentence(failure))
    for each in quoted:
        _read(each, currency)
    kept = [each for each in quoted if each.offer is not None]
    open_one = next((each for each in quoted if each.offer is None), None)
    held = service_assess.offer_page(found.run, quoted=[each.offer for each in kept])
    titles = {each.profile_id: core(each.profile) for each in found.run.every_lender}
    return page(
        "offers",
        found,
        "offers",
        held=held,
        headline=_headline(held),
        lines=[_line(each) for each in held.offers],
        without=[(titles.get(name, name), core(why)) for name, why in held.no_offer],
        kept=kept,
        typed=_blank(found, held) if open_one is None else open_one.typed,
        problems={} if open_one is None else open_one.problems,
        full=len(kept) >= _MOST,
        lenders=LENDERS,
        repayments=REPAYMENTS,
        currency=currency,
        own_sum=money(held.loan.principal, currency),
    )


# ----------------------------------------------------------------------------------------------------------- the form


def _typed() -> list[Quoted]:
    """The offers of the form in order, without the one that is to be taken away and without an empty one."""
    columns = {name: request.form.getlist(name)[: _MOST + 1] for name in FIELDS}
    count = max((len(values) for values in columns.values()), default=0)
    rows = [
        {name: (values[at] if at < len(values) else "")[:200] for name, values in columns.items()}
        for at in range(count)
    ]
    away = request.form.get("remove", "")
    rows = [row for at, row in enumerate(rows) if str(at) != away]
    return [Quoted(row) for row in rows if any(row[name].strip() for name in ("title", "rate", "months"))][:_MOST]


def _read(quoted: Quoted, currency: str) -> None:
    """The offer that was typed, or what is wrong with it."""
    typed = quoted.typed
    terms: dict[str, Any] = {}
    for name, key, share, needed in (
        ("principal", "principal", False, True),
        ("rate", "monthly_rate" if typed["per"] == "month" else "annual_rate", True, True),
        ("months", "months", False, True),
        ("fee", "upfront_fee_share", True, False),
        ("grace", "grace_months", False, False),
    ):
        text = typed[name].strip()
        if not text:
            if needed:
                quoted.problems[name] = gettext("Please fill this in.")
            continue
        try:
            if share:
                terms[key] = float(read_share(text, current_language()).value)
                continue
            value = read_number(text, current_language(), doubt_thousands=True)
        except FinanceKitError as failure:
            quoted.problems[name] = sentence(failure)
            continue
        if name == "principal":
            terms[key] = float(value)
        elif value != int(value):
            quoted.problems[name] = gettext("Whole months, please.")
        else:
            terms[key] = int(value)
    if quoted.problems:
        return
    for name, choices in (("quotation", ("declining", "flat")), ("repayment", tuple(REPAYMENTS))):
        if typed[name] in choices:
            terms[name] = typed[name]
    changes: dict[str, Any] = {"loan": terms, "currency": currency, "title": typed["title"].strip() or gettext("Offer")}
    if typed["lender_type"] in LENDERS:
        changes["lender_type"] = typed["lender_type"]
    try:
        quoted.offer = service_loans.offer(None, changes)
    except PlanError as failure:
        fields = {"annual_rate": "rate", "monthly_rate": "rate", "instalments": "months", "upfront_fee_share": "fee",
                  "grace_months": "grace"}  # fmt: skip
        for issue in failure.issues:
            last = issue.where.path.rpartition(".")[2]
            name = fields.get(last, last if last in FIELDS else "title")
            quoted.problems.setdefault(name, sentence(issue))


def _blank(found: Desk, held: Any) -> dict[str, str]:
    """A new offer: the plan's sum and months, and nothing that only the lender can say."""
    loan = held.loan
    return dict.fromkeys(FIELDS, "") | {
        "principal": number(loan.principal, 2),
        "months": str(loan.instalments * loan.months_between),
        "per": "year",
        "quotation": "declining",
        "repayment": "annuity",
    }


# ---------------------------------------------------------------------------------------------------------- the table


def _line(each: Any) -> dict[str, Any]:
    """An offer as the page shows it."""
    offer, cost = each.candidate.offer, each.compared.cost
    code = offer.currency.code
    short = None if each.cash_short is None else each.cash_short > 0
    return {
        "title": offer.title if each.candidate.origin == "file" else core(offer.title),
        "origin": ORIGINS[each.candidate.origin],
        "rate": shown(offer.terms.annual_rate, "rate"),
        "flat": offer.terms.quotation == "flat",
        "instalments": offer.terms.instalments,
        "lent": money(offer.terms.principal, code),
        "in_hand": money(cost.true.net_received, code),
        "highest": money(each.compared.peak_instalment, code),
        "cost": money(cost.cost, code),
        "eir": shown(each.eir, "rate"),
        "dscr": shown(each.min_dscr, "ratio"),
        "dscr_year": each.dscr_year,
        "cash": CASH[short],
        "law": LAW[each.within_law],
        "eligible": ELIGIBLE[each.eligible],
        "held_against": core(each.candidate.profile.title) if each.candidate.profile else "",
        "reasons": [core(text) for text in dict.fromkeys((*each.reasons, *each.candidate.notes))],
    }


def _headline(held: Any) -> Headline:
    """The cheapest offer that is not refused, and what it saves."""
    if len(held.offers) == 1:
        return Headline(gettext("There is no offer to compare with yet. Type in what you were quoted."), "note")
    if held.cheapest is None:
        text = gettext("No offer passes what can be checked. Change the plan before choosing a lender.")
        return Headline(text, "problem")
    best = held.offers[held.cheapest]
    said = {"title": best.candidate.offer.title, "eir": shown(best.eir, "rate")}
    if best.eligible == "unclear":
        text = gettext(
            "The cheapest is %(title)s: %(eir)s a year in all. Not all of its conditions can be checked.", **said
        )
        return Headline(text, "warning")
    return Headline(gettext("The cheapest is %(title)s: %(eir)s a year in all.", **said), "done")
