"""Sentences of the engine, the indicators, readiness and the use cases."""

from typing import Final

__all__ = ["MESSAGES"]

MESSAGES: Final[dict[str, str]] = {
    # what cannot be done
    "unknown_currency": "{currency} is not a currency that Finance Kit knows. Known: {known}.",
    "not_a_month": '"{found}" is not a month. Write it as 2027-03.',
    "horizon_out_of_range": "A plan looks 1 to 240 months ahead; {months} were asked for.",
    "scenario_driver_shape": "The scenario driver {driver} has shape {shape}; its last axis must be {scenarios} long.",
    "unknown_line": "There is no line called {line}.",
    "unknown_view": "There is no view called {view}. Known: {known}.",
    "unknown_figure": (
        'There is no figure called "{figure}". Try revenue, cash, dscr, min_dscr or project_npv; all names stand in the'
        " output of `finance-kit explain --list`."
    ),
    "unknown_figure+nearest": 'There is no figure called "{figure}". Did you mean {nearest}?',
    "period_needed": "{figure} belongs to a period: add a year such as 2027, or a month such as 2027-03.",
    "year_needed": "{figure} is reckoned by year: give a year, not a month.",
    "month_needed_for_figure": "{figure} is reckoned by month: give a month such as 2027-03.",
    "period_unknown": 'The plan has no period "{period}". Its years: {years}; months are written as 2027-03.',
    "month_needed": "A month is needed: its number from 1, or the calendar month as 2027-03.",
    "month_number_out_of_range": "A month number lies between 1 and 240.",
    "output_is_the_plan": "{path} is the plan itself. Choose another name for the document.",
    "output_exists": "{path} exists already and was left as it is. Choose another name.",
    "output_worked_on": (
        "{path} was edited since it was exported, or is a file of another origin, and was left as it is. Choose another"
        " name, or say --overwrite."
    ),
    "output_not_a_folder": "{path} is a file and was left as it is. Give a folder, or a name that ends in {suffix}.",
    "output_wrong_ending": (
        "{path} does not end in {suffix}. Give a name that does, or a folder: with / at its end if it is a new one."
    ),
    "system_refused": "The system refused: {reason}.",
    "system_refused+path": "The system refused: {reason} ({path}).",
    # kinds of value that would do
    "either_or": "{first} or {last}",
    # profiles
    "unknown_fact": '"{fact}" is not a fact. Please choose one of: {known}.',
    "unknown_fact+nearest": '"{fact}" is not a fact. Did you mean "{nearest}"?',
    "fact_is_yes_or_no": "{found} was found. The fact {fact} is yes or no: please write true or false.",
    "fact_is_a_number": "{found} was found. The fact {fact} is a number: please write one without quotation marks.",
    "unknown_word_of_fact": "{found} was found. The fact {fact} is one of: {known}.",
    "unknown_word_of_fact+nearest": '{found} was found. Did you mean "{nearest}"? The fact {fact} is one of: {known}.',
    "rule_does_not_fit": "{found} was found. For the fact {fact}, please choose: {fitting}.",
    "money_limit_without_currency": (
        "The fact {fact} is money, and a profile has no currency. Please use 0 as its limit in a knock-out, or a fact"
        " that is a share or a ratio."
    ),
    "scale_needed": (
        "{found} was found. A scale is a list of at least two steps, each with `at` and `share`; where the lender keeps"
        " it to itself, please write {word}."
    ),
    "scale_mixed": "The scale for {fact} mixes numbers and words. Please use one kind only.",
    "scale_not_ascending": (
        "The scale of {criterion} must go from the smallest number to the largest, each of them once. Please put it in"
        " order."
    ),
    "scale_words_once": "A scale for {fact} needs each of these once: {known}. Please write each with its share.",
    "scale_words_once+lacking": "A scale for {fact} needs each of these once: {known}. Please add: {lacking}.",
    "scale_against_better": (
        "By this scale a better value of {fact} would earn less; here {better} is better. Please turn the shares round."
    ),
    "nearly_above_ready": "{nearly} was found. It cannot be above ready_at, which is {ready}.",
    "weights_not_100": "The weights of the criteria sum to {total}. They must sum to 100: please change one of them.",
    "criterion_repeated": "Each criterion needs an id of its own; more than one has: {criterion}.",
    "profile_broken": "The lender profile {profile} has mistakes and cannot be used.",
    # why a figure does not exist
    "not_available": "not available for this plan",
    "no_discount_rate": "no discount rate is stated",
    "no_case_without_project": "the case without the project is not described",
    "no_debt_service": "nothing is due in this time",
    "no_debt": "nothing is owed",
    "loan_outlasts_plan": "a loan is still owed when the plan ends",
    "no_interest": "there is no interest",
    "no_contribution": "a sale leaves nothing to cover fixed costs",
    "no_units_in_common": "the products are counted in different units, or a sale leaves nothing to cover fixed costs",
    "capacity_not_stated": "the capacity of a product is not stated",
    "no_costs": "there are no costs to set benefits against",
    "no_sales": "there are no sales",
    "no_equity": "there is no equity",
    "no_current_debts": "there are no short-term debts",
    "no_assets": "there are no assets",
    "no_financing": "no financing is stated",
}
