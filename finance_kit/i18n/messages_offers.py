"""English words for :mod:`finance_kit.offers`: problems of a terms file, and what is said about an offer."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, str] = {
    "offer_has_errors": "{file} cannot be used as it is.",
    "fraction_ambiguous": "{found} can be read as {low} or as {high}. Please write the one that is meant, with the "
    "sign.",
    "fraction_not_a_number": "{found} is not a rate or share. Please write it like 18% or 0.18, with a point and not a "
    "comma.",
    "offer_day_needed": "{found} was found. It needs a day written as year-month-day, such as 2026-02-28.",
    "offer_event_needs_day": "The loan has dates, so a further pay-out or change of rate needs its day, such as "
    "day: 2026-03-15.",
    "offer_principal_missing": "The sum lent is not stated. Please give principal.",
    "offer_rate_missing": "The rate is not stated. Please give annual_rate (18% a year) or monthly_rate (1.5% a "
    "month).",
    "offer_rate_twice": "The rate is stated a year and a month. Please give the one that the lender quotes.",
    "offer_rest_without": "Not in this table, and going on as signed: {names}.",
    "offer_rounding_twice": "Nothing is to be rounded, but a unit of rounding is given. Please give one of them.",
    "offer_tenor_missing": "The time is not stated. Please give months, or the number of instalments.",
    "offer_tenor_twice": "The time is stated in months and in instalments. Please give one of them.",
    "offer_months_need_months": "Instalments are weeks or days apart, so the time cannot be stated in months. "
    "Please give the number of instalments.",
    "offer_months_not_whole": "{months} months do not end with an instalment, because instalments are {months_between} "
    "months apart. Please use a multiple of {months_between}.",
    "offer_amount_unreadable": "{found} is not a list of amounts. Please write one amount, or several with commas "
    "between, such as 500000 or 0,0,300000. Thousands are written without separators.",
    "offer_none_given": "No terms are given. Name a terms file, or give at least --principal, --rate and --months.",
    # --- legal limits -------------------------------------------------------------------------------------------------
    "offer_caps_not_asked": "Legal limits were not looked up: state the country and the type of lender.",
    "offer_caps_none": "The pack of {country} holds no legal limit on interest for lenders of type {lender_type}. "
    "That does not mean that there is none.",
    "offer_cap_not_compared": "NOT COMPARED: {title}. {text}",
    "offer_cap_kept": "KEPT: {title} ({law}, {date}; {source}).",
    "offer_cap_broken": "NOT KEPT: {title} ({law}, {date}; {source}).",
    "offer_cap_open": "Not compared: {title} ({law}).",
    "offer_cap_flat_forbidden": "A flat quotation is not allowed, whatever the rate.",
    "offer_cap_finding": "{measure}: {found}, limit {limit}, {sign}.",
    "offer_cap_told": "{measure}: {found}, limit {limit}, {sign}. Only told: the lender quotes otherwise.",
    "offer_cap_is_no_eir": "The limits bind the nominal rate, not the EIR: a lawful loan may have an EIR above them.",
    # --- comparison ---------------------------------------------------------------------------------------------------
    "offer_compare_no_rate": "None of the offers has an effective rate, so they cannot be put in order.",
    "offer_compare_cheapest": "* Lowest true cost: {title}, EIR {eir} a year.",
    "offer_compare_currencies": "The offers are in different currencies. A lower rate in one of them can be lost when "
    "exchange rates move: compare them in the currency of your income.",
    "offer_compare_terms_differ": "The offers differ in sum or time, so their costs in money do not compare; the EIR "
    "does.",
    "offer_compare_saving": "It saves {saving} against the next one, {title}: {month} a month.",
    "offer_compare_costs_more": "In money it costs {saving} more than the next one, {title} ({month} a month): it lets "
    "more of the money be used for longer.",
    "offer_compare_lowest_cost": "Least in money: {title}.",
    # --- what can be borrowed -----------------------------------------------------------------------------------------
    "offer_afford_largest": "Largest loan at {rate} over {instalments} instalments: {principal}.",
    "offer_afford_fits": "The loan of {principal} can be paid: its highest instalment is {peak}.",
    "offer_afford_does_not": "The loan of {principal} cannot be paid as offered: its highest instalment is {peak}.",
    "offer_afford_tenor": "Shortest time that can be paid: {found} instalments ({months} months).",
    "offer_afford_rate": "Highest rate that can be paid: {rate} a year as quoted.",
    "offer_afford_no_grace": "No grace is needed.",
    "offer_afford_grace": "Grace needed within the same time: {found} instalments (one each {interval}).",
    "offer_currency_open": "Currency not stated; amounts are rounded to 0.01",
    "offer_afford_grace_no_help": "A grace within the same time does not help: fewer instalments are left, and each of "
    "them is higher.",
    # --- what if ------------------------------------------------------------------------------------------------------
    "offer_settle_title": "Settled after {after} instalments",
    "offer_settle_title+currency": "Settled after {after} instalments, {currency}",
    "offer_prepay_title": "Prepaid in part after {after} instalments",
    "offer_prepay_title+currency": "Prepaid in part after {after} instalments, {currency}",
    "offer_late_title": "Instalment {number} paid {days} days late",
    "offer_late_title+currency": "Instalment {number} paid {days} days late, {currency}",
    "offer_reschedule_title": "Rescheduled after {after} instalments",
    "offer_reschedule_title+currency": "Rescheduled after {after} instalments, {currency}",
    "offer_what_if_estimate": "An estimate by the terms given here. What the lender charges stands in the contract.",
    "offer_what_if_flat": "Flat interest was fixed on the sum first lent. Unless the lender gives some of it up "
    "(--flat-rebate), settling early saves nothing.",
    "offer_what_if_advance": "Interest that was paid in advance is not given back here.",
    "offer_capacity_title": "What can be borrowed when each instalment may take {amounts}",
}
