"""Use cases of readiness: offers held against a plan, documents and interview, the assessment by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from finance_kit.errors import PackError
from finance_kit.service import Run

__all__ = [
    "any_eligible",
    "assessment_json",
    "borrowed_currency",
    "checklist_json",
    "checklists",
    "offer_page",
    "offers_json",
    "profile_choice",
]

_GENERIC: Final = {"bank": "generic_bank", "state": "generic_bank", "mfi": "generic_mfi"}
"""The country's profile that stands for a type of lender, after the code of the country."""


def profile_choice(opened: Run, ids: Sequence[str], *, everyone: bool = False) -> tuple[Any, ...]:
    """Profiles of the plan's country: those with these ids, all of them, or the generic ones.

    Raises
    ------
    PackError : there is no such profile for this country
    """
    from finance_kit.service_lenders import catalogue

    country = opened.plan.cluster.country
    known = {each.id: each for each in catalogue(opened.folders, country).of_country(country)}
    wanted = list(dict.fromkeys(ids))
    for name in wanted:
        if name not in known:
            raise PackError("profile_unknown", profile=name, known=", ".join(known))
    if everyone:
        return tuple(known.values())
    generic = [name for name, each in known.items() if each.kind == "generic"]
    return tuple(known[name] for name in wanted or generic or known)


# -------------------------------------------------------------------------------------------------------------- offers


def borrowed_currency(opened: Run, loan: str | None = None) -> str:
    """Code of the currency of the loan that offers are held against.

    Raises
    ------
    CalculationError : the plan asks for no loan, or for none with this name
    """
    from finance_kit.readiness.borrowing import loan_of

    return loan_of(opened.plan, loan).currency or str(opened.plan.period.currency)


def offer_page(
    opened: Run,
    files: Iterable[Path] = (),
    *,
    quoted: Iterable[Any] = (),
    loan: str | None = None,
    same_sum: bool = False,
) -> Any:
    """Offers side by side: the plan's own loan, terms files, and what the country's lenders publish.

    Parameters
    ----------
    opened : the plan; its ``lenders`` choose profiles, else every named lender of the country is taken
    files : terms files
    quoted : offers that stand in no file, as :func:`finance_kit.service_loans.offer` gives them
    loan : name of the loan whose place they take; left out, the largest
    same_sum : reckon each terms file for the sum of the plan's loan, where the currency is the same

    Raises
    ------
    PlanError : a terms file has errors
    CalculationError : the plan asks for no loan, or for none with this name
    """
    from finance_kit.offers import read_offer
    from finance_kit.readiness.borrowing import loan_of
    from finance_kit.readiness.offers import Candidate, at_the_plans_sum, hold_offers
    from finance_kit.readiness.published_terms import own_offer, published_offer
    from finance_kit.service_lenders import catalogue

    plan = opened.plan
    wanted = loan_of(plan, loan)
    code = wanted.currency or plan.period.currency
    profiles = {
        each.id: each for each in catalogue(opened.folders, plan.cluster.country).of_country(plan.cluster.country)
    }

    def generic(lender_type: str | None) -> Any:
        name = _GENERIC.get(lender_type or "")
        return profiles.get(f"{plan.cluster.country.lower()}_{name}") if name else None

    candidates = [Candidate(own_offer(plan, wanted), "plan", generic(wanted.lender_type))]
    for given in (*map(read_offer, files), *quoted):
        offer = at_the_plans_sum(given, wanted, code) if same_sum else given
        candidates.append(Candidate(offer, "file", generic(offer.lender_type), (offer.note,) if offer.note else ()))
    if opened.lenders or opened.all_lenders:
        chosen = profile_choice(opened, opened.lenders, everyone=opened.all_lenders)
    else:
        chosen = tuple(each for each in profiles.values() if each.kind != "generic")
    without = []
    for profile in chosen:
        found = published_offer(plan, wanted, profile)
        if found.offer is None:
            without.append((profile.id, found.notes[-1]))
        else:
            candidates.append(Candidate(found.offer, "profile", profile, found.notes))
    return hold_offers(plan, wanted, candidates, without)


def offers_json(page: Any) -> dict[str, Any]:
    """The page of offers as plain values."""
    from finance_kit.readiness.offers_as_data import as_json

    return as_json(page)


def any_eligible(page: Any) -> bool:
    """Whether an offer is refused by nothing that can be checked."""
    return any(each.eligible == "eligible" for each in page.offers)


# ----------------------------------------------------------------------------------------------------------- checklist


def checklists(opened: Run, profiles: Iterable[Any]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The document checklist of each profile, and the interview answered from the plan."""
    from finance_kit.readiness import facts
    from finance_kit.readiness.checklist import checklist
    from finance_kit.readiness.interview import interview

    known = facts(opened.basis.indicators)
    return tuple(checklist(opened.plan, each) for each in profiles), interview(opened.plan, known)


def checklist_json(lists: Iterable[Any], answers: Iterable[Any]) -> dict[str, Any]:
    """Checklists and interview as plain values."""
    return {"checklists": [each.to_json() for each in lists], "interview": [each.to_json() for each in answers]}


# ---------------------------------------------------------------------------------------------------------- assessment


def assessment_json(opened: Run) -> dict[str, Any]:
    """A line per lender of the country, and the chosen assessments in full."""
    from finance_kit.service_lenders import summary

    return {
        "plan": opened.plan.title,
        "date": opened.date,
        "lenders": [summary(each) for each in opened.every_lender],
        "lender_notes": list(opened.lender_notes),
        "assessments": [each.to_json() for each in opened.readiness],
    }
