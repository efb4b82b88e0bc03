"""English words for the problems and reasons of :mod:`finance_kit.loans`."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, str] = {
    "loan_not_a_number": "{field} is {found}, which is not a number. Please write a plain number.",
    "loan_negative": "{field} is {found}; it cannot be below zero. Please write the amount without a minus sign.",
    "loan_too_large": "{field} is {found}; the most that can be used is {highest}. "
    "Rates and shares are fractions: write 0.12 for 12 %.",
    "loan_count_out_of_range": "{field} is {found}; it needs a whole number from {lowest} to {highest}.",
    "loan_choice_unknown": "{field} is {found}; please choose one of: {known}.",
    "loan_not_a_date": "{field} is {found}, which is not a date. Please write a day, such as 2027-03-31.",
    "loan_date_out_of_range": "{field} is {found}; dates from {earliest} to {latest} can be used. "
    "Please check the year.",
    "loan_not_a_list": "{field} is {found}, which is not a list. Please give one or more values as a list.",
    "loan_not_a_part": "{field} is {found}; it needs a {needed} with its fields.",
    "loan_fee_without_name": "{field} is {found}. Please give the fee the name that the lender uses.",
    "loan_unit_not_positive": "{field} is {found}; it needs an amount above zero, such as 0.01, 1 or 100. "
    "Leave it out for no rounding.",
    "loan_too_long": "The loan runs {years} years; at most {highest} can be calculated. "
    "Please check the number of instalments and the time between them.",
    "loan_two_intervals": "Instalments are given both weeks and days apart; please give one of them.",
    "loan_grace_twice": "The grace is given in months ({grace_months}) and in instalments; please give one of them.",
    "loan_grace_in_months": "The grace is {grace_months} months, but instalments are not counted in months. "
    "Please give the number of instalments: grace_instalments.",
    "loan_grace_of_all": "{field} is {found}, which leaves no instalment to repay with; the loan has {instalments}. "
    "Shorten the grace or add instalments.",
    "loan_free_of_more": "{found} periods are free of interest, but the loan has {instalments} instalments.",
    "loan_interest_grace_alone": "Interest can wait while principal is repaid only on a declining balance without "
    "another grace. Please remove interest_grace_instalments or the grace.",
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
    "loan_steps_missing": "Stepped instalments need their weights, such as 1, 1, 1.2. Please give instalment_pattern.",
    "loan_steps_not_used": "Weights of instalments are given, but repayment is {repayment}. "
    "Choose repayment stepped, or remove instalment_pattern.",
    "loan_amounts_missing": "A loan with agreed instalments needs their sums: all {paying} after the grace but the "
    "last one, which clears the loan. Please give instalment_amounts.",
    "loan_amounts_not_used": "Sums of instalments are given, but repayment is {repayment}. "
    "Choose repayment custom, or remove instalment_amounts.",
    "loan_amounts_count": "{found} instalments are given; {needed} are needed, for the last one clears the loan.",
    "loan_flat_not_stepped": "Repayment {repayment} needs interest on the balance, but the rate is quoted flat. "
    "Please convert the quotation to a declining rate first.",
    "loan_rounds_nothing": "Interest is said not to be rounded, but no rounding is stated at all. "
    "Please give rounding_unit, or leave rounds_interest out.",
    "loan_advance_is_plain": "Interest paid {found} goes with one pay-out, one rate and equal, seasonal or single "
    "principal. Please remove the other conditions or choose interest in arrears.",
    "loan_advance_not_flat": "Interest quoted flat is spread over the instalments; it is paid in arrears or up_front.",
    "loan_advance_takes_all": "At {found} a year the interest paid beforehand takes the whole loan. "
    "Please check the rate; 0.12 is 12 %.",
    "loan_days_without_dates": "Interest is counted by {found}, which needs dates. "
    "Please give the day of pay-out (calendar), or count interest by period.",
    "loan_has_no_dates": "The loan has no calendar, so it has no due dates. Please give the day of pay-out.",
    "loan_first_due_too_early": "The first instalment is due on {first}, but the loan is paid out on {disbursed}. "
    "The first due date must lie after the pay-out.",
    "loan_last_due_too_early": "The last instalment is due on {last}, which is not after the one before it ({before}).",
    "loan_dates_count": "{found} due dates are given for {needed} instalments. Please give one date each.",
    "loan_dates_not_rising": "The due date {found} does not lie after {earlier}. Please give the dates in order, after "
    "the pay-out.",
    "loan_dates_twice": "All due dates are given, so a first or last one cannot be given besides.",
    "loan_too_late": "Paid out on {found}, the loan would end after the year 9990. Please check the date.",
    "loan_no_working_day": "Every day is a day off, so no instalment can be paid. Please check weekend and holidays.",
    "loan_event_needs_day": "The loan has dates, so a further pay-out or change of rate needs its day (on).",
    "loan_event_needs_instalment": "The loan has no dates, so a further pay-out or change of rate needs the number of "
    "the instalment after which it comes (after_instalment).",
    "loan_event_out_of_order": "{found} is not after what came before it, or not within the loan. "
    "Please give pay-outs and changes of rate in order, between the first pay-out and the last instalment.",
    "loan_pay_outs_exceed": "Further pay-outs come to {found} and leave nothing of the principal of {principal} for "
    "the first one. The principal is the sum of all pay-outs.",
    "loan_pay_out_after_end": "A pay-out on {found} comes after the last instalment. Please bring it forward.",
    "loan_flat_is_fixed": "Interest quoted flat is fixed at the start, so there can be no further pay-out or change of "
    "rate. Please convert the quotation to a declining rate.",
    "loan_agreed_is_fixed": "With repayment {repayment} the instalments are agreed, so there can be no further pay-out "
    "or change of rate.",
    "loan_fee_amount_or_share": "The fee {name} is charged by {basis}: give an amount for amount, and a share for "
    "anything else.",
    "loan_fee_without_instalment": "The fee {name} is a share of the instalment, so it can only fall due with "
    "instalments.",
    "loan_fee_per_year": "The fee {name} is counted by the year, which only a share paid with each instalment can be. "
    "Please take per_year away, or choose each_instalment and a share.",
    "loan_down_payment_exceeds": "A down payment of {found} of the loan is more than the first pay-out of {first}. "
    "Please lower the share or pay out more at first.",
    "loan_minor_unit_missing": "Instalments are rounded to {rounding_unit}, but the smallest amount of the currency is "
    "not stated. Please give it, for example 0.01 or 1.",
    "loan_unit_not_a_multiple": "Instalments are rounded to {found}, which is not a multiple of the smallest amount of "
    "the currency, {minor_unit}. Please choose a multiple.",
    "loan_instalment_unknown": "{found} is not a number of instalments of this loan that leaves one to come; it has "
    "{instalments}.",
    "loan_flat_has_no_rest": "The interest of a flat quotation was fixed on the sum first lent, so the rest of the "
    "loan has no schedule of its own. Ask the lender what is given up, or settle it in full.",
    "loan_advance_has_no_rest": "The interest was paid in advance, so the rest of the loan cannot be set anew from "
    "here. Ask the lender what is given back.",
    "loan_pay_outs_to_come": "A part of the loan is still to be paid out, so what is left of it is not known yet. "
    "Settle it, or ask again after the last pay-out.",
    "loan_instalment_cannot_be_kept": "With repayment {repayment} there is no one instalment that could be kept. "
    "Keep the tenor instead.",
    "loan_prepayment_not_within": "{found} cannot be prepaid; {owed} is owed. Please give an amount above zero and "
    "below it, or settle the loan.",
    "loan_unit_too_fine": "Amounts of {principal} cannot be counted exactly in steps of {minor_unit}. "
    "Please give the smallest amount that is really paid, such as 0.01 or 1.",
    "loan_scenarios_differ": "Scenarios of principal {principal} and of annual_rate {annual_rate} do not match; both "
    "need one axis of the same length.",
    "loan_scenario_principal": "A scenario has a principal that is not an amount from 0 to {highest}.",
    "loan_scenario_rate": "A scenario has an interest rate outside {lowest} to {highest} a year.",
    "loan_debt_service_not_an_amount": "What can be paid each period is {found}; it needs an amount of zero or more.",
    "loan_nothing_received": "Fees and savings kept back leave nothing in hand, so the loan has no rate.",
    "loan_cost_not_found": "No interest rate balances what is received and what is paid.",
    "loan_rate_beyond_numbers": "The rate a year is too large for any number: far more is paid than was received, "
    "within days.",
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
    "loan_capacity_custom": "The instalments are sums agreed beforehand and do not follow the principal, so no largest "
    "loan can be sought. Please choose another repayment.",
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
    "loan_no_grace": "Even a grace of {periods} instalments does not help: {due} falls due in period {period}, "
    "and {limit} can be paid.",
}
