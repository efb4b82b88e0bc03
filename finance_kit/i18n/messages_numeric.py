"""English words for the codes of arithmetic, time value of money and returns."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, str] = {
    # Programmer's mistakes and arguments out of range
    "shapes_differ": "The arrays do not fit together: {found}. Needed: {needed}.",
    "rate_not_above_minus_one": "A yearly rate of {rate} was found. It must be above -1 (-100 %); please check it.",
    "flows_not_finite": "The flow of month {month} is not a number. Please check the amounts that enter that month.",
    "irr_not_confirmed": (
        "The rate of return {rate} did not pass its check (net present value not 0), so it is not shown. "
        "Please send this plan to the makers of the program."
    ),
    "period_out_of_range": "Period {period} was asked for; there are periods 1 to {periods}. Please choose one.",
    "unknown_day_count": "There is no day count called {found}. Please use one of these: {known}.",
    "regular_period_empty": "The regular interest period from {start} to {end} has no days. Its end must be later.",
    "argument_not_a_number": "{name}: {found} was found where a number is needed. Please give one, such as 0.12.",
    "due_unknown": 'Payments fall at the "end" or the "begin" of a period; {found} is neither.',
    "figure_too_large": "{figure} would be larger than any number that can be shown. Please check rate and periods.",
    "times_go_back": "The times of the flows must not go back. Please put the flows in the order of their times.",
    "no_periods": "There is no period to pay in. Please give a number of periods above 0.",
    "every_rate_fits": "Every rate fits: what is paid comes back at once, or nothing is. Please check the sums.",
    "periods_not_in_order": "Periods {first} to {last} were asked for. Please give two whole numbers, the lower first.",
    "too_many_periods": "{found} periods were asked for at once; {most} is the most. Please ask for fewer.",
    "asset_below_zero": "{name} is {found}. Cost and salvage of an asset cannot be below 0.",
    "salvage_above_cost": "The salvage {salvage} is above the cost {cost}: such an asset is not depreciated this way.",
    "months_of_first_year": "The first year has {found} months. Please give 1 to 12.",
    "span_outside_life": "Depreciation from {start} to {end} was asked for; the life is {life}. Please stay within it.",
    "factor_not_above_zero": "A factor of {found} was found. It must be above 0; 2 is the double declining balance.",
    "date_before_first": "{date} lies before {first}, the first date given. XNPV discounts to the first date given.",
    "basis_unknown": "There is no day count basis {found}. Please use 0, 1, 2, 3 or 4.",
    # Figures that do not exist
    "no_sign_change": "No rate of return: money only goes out or only comes in over the whole plan.",
    "no_rate": "No rate of return: no discount rate makes the net present value zero. Use the net present value.",
    "several_rates": (
        "No single rate of return: {count} different rates fit, because the flows change sign several times. "
        "Use the net present value or the modified rate of return."
    ),
    "never_pays_back": "The outlay does not come back within the plan; {short:,.0f} is still missing at its end.",
    "no_outlay": "Nothing is paid out beyond what has come in, so there is no outlay to recover.",
    "no_outlay_at_start": "Nothing is paid out in month 0, so there is no opening outlay to compare with.",
    "no_dates": "No dates were given for the flows, so the rate by calendar days is not worked out.",
    "never_repaid": "No number of payments of this size repays the sum. Please raise the payment.",
}
