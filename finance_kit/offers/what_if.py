"""What if a loan is not repaid as signed, in the words of its offer: settled, prepaid, paid late, rescheduled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from finance_kit.i18n.catalog import message
from finance_kit.loans import (
    LatePayment,
    Prepayment,
    Rescheduling,
    Settlement,
    late_payment,
    prepay,
    reschedule,
    settle,
)
from finance_kit.offers.fractions import FractionKind, fraction
from finance_kit.offers.offer import Offer
from finance_kit.offers.tables import TextTable, schedule_table
from finance_kit.offers.words import Words

__all__ = ["Question", "WhatIf", "what_if"]

Question = Literal["settle", "prepay", "days_late", "reschedule"]
Lines = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """An answer.

    Parameters
    ----------
    title, lines : what was asked, and the sums that answer it
    table : the new schedule, where there is one
    notes : what a reader must mind
    results : the raw answer, by what was asked
    """

    title: str
    lines: Lines
    table: TextTable | None
    notes: list[str]
    results: dict[str, Any] = field(default_factory=dict)


def what_if(offer: Offer, question: Question, given: Mapping[str, Any]) -> WhatIf:
    """Answer one question about an offer.

    Parameters
    ----------
    offer : what was signed
    question : what happens
    given : its details by name, rates and shares as texts: ``after`` instalments paid, ``part_of_period``,
        ``settle_fee``, ``flat_rebate``; ``prepay``, ``keep``; ``days_late``, ``penalty``, ``free_days``;
        ``reschedule``, ``new_rate``, ``new_grace``, ``arrears``

    Raises
    ------
    CalculationError : as :mod:`finance_kit.loans.settlement`
    """
    words, after = Words.of(offer), given["after"]
    if question == "days_late":
        late = late_payment(
            offer.terms,
            after + 1,
            given["days_late"],
            penalty_rate_per_month=_share(given, "penalty", "monthly_rate"),
            free_days=given["free_days"],
        )
        return _late(words, after + 1, given["days_late"], late)
    if question == "prepay":
        fee = _share(given, "settle_fee", "fee")
        return _prepaid(offer, prepay(offer.terms, after, given["prepay"], keeps=given["keep"], fee_share=fee))
    if question == "reschedule":
        rate = given.get("new_rate")
        found = reschedule(
            offer.terms,
            after,
            instalments=given["reschedule"],
            annual_rate=None if rate is None else fraction(rate, "annual_rate"),
            grace_instalments=given["new_grace"],
            arrears=given["arrears"],
        )
        return _rescheduled(offer, after, found)
    settled = settle(
        offer.terms,
        after,
        part_of_period=_share(given, "part_of_period", "share"),
        fee_share=_share(given, "settle_fee", "fee"),
        flat_rebate=given["flat_rebate"],
    )
    return _settled(words, offer, settled, given["flat_rebate"])


def _share(given: Mapping[str, Any], name: str, kind: FractionKind) -> float:
    text = given.get(name)
    return 0.0 if text is None else fraction(text, kind)


def _sums(words: Words, parts: list[tuple[str, float]], always: tuple[str, ...] = ()) -> Lines:
    """The sums that are not nothing, and those that are always told."""
    return [(name, words.money(amount)) for name, amount in parts if amount or name in always]


def _settled(words: Words, offer: Offer, found: Settlement, flat_rebate: str) -> WhatIf:
    to_pay, saved = "To pay", "Saved against paying as signed"
    lines = _sums(
        words,
        [
            ("Principal still owed", found.principal),
            ("Interest from earlier periods, not yet paid", found.interest_waiting),
            ("Interest of the running period", found.interest_to_date),
            ("Flat interest for the time to come, charged all the same", found.flat_interest),
            ("Charges for settling", found.fee),
            ("Compulsory savings that come back", -found.savings_back),
            (to_pay, found.to_pay),
            ("What falls away, fees, savings and pay-outs to come included", found.instalments_avoided),
            (saved, found.saved),
        ],
        (to_pay, saved),
    )
    notes = [message("offer_what_if_estimate")]
    if offer.terms.quotation == "flat" and flat_rebate == "none":
        notes.insert(0, message("offer_what_if_flat"))
    if offer.terms.interest_timing != "arrears":
        notes.insert(0, message("offer_what_if_advance"))
    title = message("offer_settle_title", {"after": found.after_instalment, "currency": words.currency})
    return WhatIf(title, lines, None, notes, {"settlement": found})


def _prepaid(offer: Offer, found: Prepayment) -> WhatIf:
    words = Words.of(offer)
    first = found.rest.rows[found.rest.terms.grace_periods]
    lines = _sums(
        words,
        [
            ("Paid besides the instalment", found.amount),
            ("Charge for it", found.fee),
            ("Interest from earlier periods, due as signed", found.interest_waiting),
            ("Instalment from then on", first.interest + first.principal),
            ("Interest saved", found.interest_saved),
        ],
    )
    lines.append(("Instalments saved", str(found.instalments_saved)))
    title = message("offer_prepay_title", {"after": found.after_instalment, "currency": words.currency})
    table = schedule_table(replace(offer, terms=found.rest.terms), brief=True)
    return WhatIf(title, lines, table, _rest_notes(offer), {"prepayment": found})


def _rest_notes(offer: Offer) -> list[str]:
    """What the table of a rest does not hold, by name."""
    terms = offer.terms
    names = [fee.name for fee in terms.fees if fee.when == "yearly"]
    names += ["compulsory savings"] if terms.compulsory_savings_share or terms.savings_instalment_share else []
    beside = [message("offer_rest_without", {"names": ", ".join(names)})] if names else []
    return [*beside, message("offer_what_if_estimate")]


def _late(words: Words, number: int, days: int, found: LatePayment) -> WhatIf:
    lines = _sums(
        words,
        [
            ("Instalment with its fees", found.instalment),
            (f"Penalty for {found.days_charged} days", found.penalty),
            ("Further interest on the overdue principal", found.further_interest),
            ("To pay", found.to_pay),
        ],
    )
    title = message("offer_late_title", {"number": number, "days": days, "currency": words.currency})
    return WhatIf(title, lines, None, [message("offer_what_if_estimate")], {"late_payment": found})


def _rescheduled(offer: Offer, after: int, found: Rescheduling) -> WhatIf:
    words = Words.of(offer)
    lines = _sums(
        words,
        [
            ("Owed when the new schedule begins", found.owed),
            ("Next instalment as signed", found.first_instalment_before),
            ("First instalment with principal as rescheduled", found.first_instalment_after),
            ("Interest that this adds", found.further_interest),
        ],
    )
    title = message("offer_reschedule_title", {"after": after, "currency": words.currency})
    table = schedule_table(replace(offer, terms=found.rest.terms), brief=True)
    return WhatIf(title, lines, table, _rest_notes(offer), {"rescheduling": found})
