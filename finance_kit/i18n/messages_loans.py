"""English words for the problems and reasons of :mod:`finance_kit.loans`."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, str] = {
    "loan_not_a_number": "{field} is {found}, which is not a number. Please write a plain number.",
    "loan_negative": "{field} is {found}; it cannot be below zero. Please write the amount without a minus sign.",
    "loan_too_large": "{field} is {found}; the most that can be used is {highest}. "
    "Rates and shares are fractions: write 0.12 for 12 %.",
    "loan_instalments_out_of_range": "The loan has {found} instalments; it needs a whole number from {lowest} to "
    "{highest}, grace included.",
    "loan_grace_months_out_of_range": "The grace is {found} months; it needs a whole number from {lowest} to "
    "{highest}.",
    "loan_choice_unknown": "{field} is {found}; please choose one of: {known}.",
    "loan_unit_not_positive": "{field} is {found}; it needs an amount above zero, such as 0.01, 1 or 100. "
    "Leave it out for no rounding.",
    "loan_too_long": "The loan runs {months} months; at most {highest} can be calculated. "
    "Please check the number of instalments and the months between them.",
    "loan_grace_not_whole_periods": "A grace of {grace_months} months does not end with an instalment, because "
    "instalments are {months_between} months apart. Please use a multiple of {months_between}.",
    "loan_grace_too_long": "A grace of {grace_months} months leaves no month to repay in; the loan has {instalments} "
    "instalments over {loan_months} months. Shorten the grace or add instalments.",
    "loan_grace_on_bullet": "This loan is paid back in one sum at its end, so a grace of {grace_months} months has no "
    "meaning. Remove the grace, or choose interest_only if interest is paid on the way.",
    "loan_flat_not_capitalised": "Interest quoted flat is fixed on the sum lent and cannot be added to the principal. "
    "Please set grace_interest to deferred, or grace_kind to principal_only.",
    "loan_balloon_not_used": "A share of {found} is left for the last instalment, but repayment is {repayment}. "
    "Choose repayment balloon, or remove the share.",
    "loan_pattern_missing": "A seasonal loan needs the weight of each instalment. "
    "Please give one weight per instalment of a year, such as 0, 0, 1, 1.",
    "loan_pattern_not_used": "A pattern of principal is given, but repayment is {repayment}. "
    "Choose repayment seasonal, or remove the pattern.",
    "loan_pattern_all_zero": "The pattern gives no principal to any of the {paying} instalments after the grace. "
    "Please give at least one of them a weight above zero.",
    "loan_minor_unit_missing": "Instalments are rounded to {rounding_unit}, but the smallest amount of the currency is "
    "not stated. Please give it, for example 0.01 or 1.",
    "loan_unit_not_a_multiple": "Instalments are rounded to {found}, which is not a multiple of the smallest amount of "
    "the currency, {minor_unit}. Please choose a multiple.",
    "loan_scenarios_differ": "Scenarios of principal {principal} and of annual_rate {annual_rate} do not match; both "
    "need one axis of the same length.",
    "loan_scenario_principal": "A scenario has a principal that is not an amount from 0 to {highest}.",
    "loan_scenario_rate": "A scenario has an interest rate outside {lowest} to {highest} a year.",
    "loan_debt_service_not_an_amount": "What can be paid each period is {found}; it needs an amount of zero or more.",
    "loan_nothing_received": "Fees and savings kept back leave nothing in hand, so the loan has no rate.",
    "loan_cost_not_found": "No interest rate balances what is received and what is paid.",
    # --- annual percentage rates, unit-periods ------------------------------------------------------------------
    "loan_flows_one_sided": "There is no rate: the loan needs at least one sum received and one payment.",
    "loan_flow_not_a_number": "A time or an amount of the flows is not a number. Please give plain numbers.",
    "loan_flow_before_first": "A payment falls on {found}, which is not after the first advance on {first}. "
    "Please check the dates.",
    "loan_year_without_days": "A year of {found} days cannot be used; it needs a number above zero, such as 365.",
    "loan_year_without_periods": "A year of {found} periods cannot be used; it needs a number above zero, such as 12.",
    "loan_unit_period_out_of_range": "A unit-period of {found} times one {interval} cannot be used; it needs a whole "
    "number from 1 to {highest}.",
    "loan_unit_period_not_standard": "Payments fall every {days} days, for which the law names no unit-period. "
    "Please state the one to use: days, weeks, semimonths or months.",
    "loan_rate_loses_all": "A rate of {found} would lose all of the money within a period; "
    "it must be above -1 (-100 %).",
    # --- what can be borrowed -------------------------------------------------------------------------------------
    "loan_capacity_empty": "What can be paid is not stated. Please give one amount, or one for each instalment.",
    "loan_capacity_too_short": "What can be paid is given for {found} instalments, but the loan has {needed}. Please "
    "give an amount for each, or say that they repeat.",
    "loan_dscr_not_positive": "The lowest debt service coverage ratio is {found}; it needs a number above zero, such "
    "as 1.25.",
    "loan_rate_search_out_of_range": "Rates up to {found} cannot be searched. Please give a fraction above zero and up "
    "to {highest}, and a whole number of steps.",
    "loan_no_sound_terms": "No loan of up to {longest} instalments goes together with the other terms. Please check "
    "the grace and the pattern.",
    "loan_nothing_affordable": "Nothing can be borrowed on these terms: in period {period} only {limit} can be paid.",
    "loan_rate_not_limited": "Even at {highest} a year every instalment can be paid; the limit lies above.",
    "loan_no_rate_bearable": "Even without interest the loan is too large: {due} falls due in period {period}, and "
    "{limit} can be paid.",
    "loan_no_tenor": "Even the longest tenor of {longest} instalments is too short: {due} falls due in period "
    "{period}, and {limit} can be paid.",
    "loan_no_grace": "Even a grace of {months} months does not help: {due} falls due in period {period}, and {limit} "
    "can be paid.",
}
