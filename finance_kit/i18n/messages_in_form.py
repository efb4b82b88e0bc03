"""Words of the checks for who fills in a form: they name the field's label where the plan file's form names its key.

Each stands under the code of the sentence that it replaces, followed by ``@form``. A placeholder ``label_a__b`` is the
title of the field ``a/b`` in the reader's language; whoever shows a form hands in what looks it up.
"""

from __future__ import annotations

from typing import Final

__all__ = ["MESSAGES"]

_WHOLE: Final[dict[str, str]] = {
    "too_large+fraction@form": "{found:.0%} was found. It needs {limit:.0%} or less.",
    "too_large+fraction_beyond@form": "{found:.0%} was found. It needs less than {limit:.0%}.",
    "fiscal_year_start_missing@form": "Years are fiscal years, but their first month is not stated, so they follow the "
    "plan's first month. Please choose the first month of the fiscal year.",
    "rate_in_per_cent@form": "The rate {found:.6g} means {found:.0%}. If {found:.6g} % is meant, please write "
    "{found:.6g} %.",
    "inflation_missing_for_prices@form": "Growth of prices and costs is stated in real terms, so the plan needs the "
    "inflation that comes on top. Please fill in “{label_valuation__inflation}” with its source.",
    "exchange_rate_missing@form": "An amount is in {foreign}, but there is no exchange rate for it. Please add it "
    "under “{label_exchange_rates}”: {currency} for one {foreign}, with its date and source.",
}

_PRODUCTS: Final[dict[str, str]] = {
    "volume_missing@form": '"{name}" has no volume. Please fill in “{label_products__volume_per_month}” or '
    "“{label_products__volume_per_year}”, in {unit}.",
    "input_quantity_missing@form": 'It is not said how many {unit} of "{name}" one {product_unit} takes. Please fill '
    "in “{label_products__inputs__quantity_per_unit}”.",
    "inputs_not_stated@form": 'No cost of inputs is stated for "{name}". Please list the inputs, or fill in '
    "“{label_products__input_cost_per_unit}”; 0 if there is none.",
    "price_rule_without_source@form": 'The price of "{name}" is said to follow the selling price, and no source says '
    "by which rule. Please name the written rule and its date under “{label_products__inputs__source}”, or write 0 % "
    "in “{label_products__inputs__follows_price}”.",
    "sales_costs_exceed_sales@form": 'Costs that are a share of sales take {found:.0%} of the sales of "{name}". '
    "Please check the shares.",
    "missing_capacity@form": 'It is not said how many {unit} of "{name}" can be produced in a month. Please fill in '
    "“{label_products__capacity_per_month}”; without it sales have no limit.",
    "losses_not_stated@form": 'It is not said how much of "{name}" is lost before sale. Please fill in '
    "“{label_products__loss_share}”; 0 % if nothing is.",
    "growth_not_stated@form": "No growth is stated for {kinds_of_money}, so they stay the same for {months} months. "
    "Write a growth of 0 % where that is meant.",
}

_MONEY: Final[dict[str, str]] = {
    "in_kind_above_pledges@form": "Assets worth {found:,.10g} {currency} are brought in kind, but members pledge "
    "{pledged:,.10g}. Please add the missing pledges to the members, or lower “{label_assets__in_kind_share}”.",
    "in_kind_below_pledges@form": "Members pledge {pledged:,.10g} {currency} in kind, but assets in kind are worth "
    "{found:,.10g}. Please say with “{label_assets__in_kind_share}” which assets they bring.",
    "in_kind_without_members@form": "Assets worth {found:,.10g} {currency} are brought in kind, but no members are "
    "listed. Please list who brings them, with “{label_members__contribution_in_kind}”.",
    "grant_release_missing@form": 'The grant "{name}" pays for assets. Please fill in '
    "“{label_financing__grants__release_months}”: usually the life of what it paid for.",
    "missing_payers@form": 'It is not said who pays for "{name}"; stated is {found:.0%}. Please fill in '
    "“{label_assets__own_share}” and “{label_assets__loan_share}”, and the parts of grants and members where there "
    "are any. Together they are 100 %.",
    "missing_pre_operating@form": "No costs before business begins are stated: registration, permits, training, trial "
    "runs. Please add them if there are any.",
    "social_rate_high@form": "Social charges of {found:.0%} of pay are very high. Please check the rate.",
    "missing_social_rate@form": "Pay in cash is planned, but no social charges of the employer. Please fill in "
    "“{label_staff__social_rate}” with its source; 0 % if none are due.",
    "missing_opening@form": "The balance on the eve of the plan is not stated, so all of it is reckoned as 0. Please "
    "fill in “{label_opening}”: cash, stock, what is owed, own funds; 0 in “{label_opening__cash}” for a beginning "
    "with nothing.",
    "opening_not_balanced@form": "The opening balance does not balance: assets are {assets:,.12g} {currency}; what is "
    "owed and own funds are {claims:,.12g} (existing debts {debts:,.12g} among them), a difference of {gap:,.12g}. If "
    "all else is right, “{label_opening__retained_earnings}” is {kept:,.12g}.",
}

_LOANS: Final[dict[str, str]] = {
    "rate_very_high@form": "Interest of {found:.0%} a year is very high. If {found:.6g} % a year is meant, please "
    "write {found:.6g} %.",
    "rate_perhaps_monthly@form": 'Interest of {found:.2%} a year on "{name}" is unusual for a microfinance '
    "institution. If it is the rate of a month, please write {a_year:.2%} (twelve months).",
    "rounding_above_loan@form": 'Instalments of "{name}" are multiples of {found:,.10g}, more than the whole loan '
    "({principal:,.10g}). Please correct “{label_financing__loans__rounding_unit}”.",
    "missing_existing_debts@form": "It is not said whether the cluster owes money already. Please add the debts that "
    "it has.",
    "missing_lender_type@form": 'The type of lender of "{name}" is not stated, so a bank is assumed. Please choose it.',
    "missing_rate_quotation@form": 'It is not said how the interest of "{name}" is quoted, so the declining balance is '
    "assumed. Please ask the lender and choose it. Interest on the whole loan throughout costs nearly twice as much.",
    "loan_fees_not_stated@form": 'No fee or insurance is stated for "{name}", so none is reckoned. Please ask the '
    "lender, and write 0 % in “{label_financing__loans__upfront_fee_share}” if there is none.",
    "loan_grace_not_whole_periods@form": "A grace of {grace_months} months does not end with an instalment, because "
    "instalments are {months_between} months apart. Please use a multiple of {months_between}.",
    "loan_grace_too_long@form": "A grace of {grace_months} months leaves no month to repay in; the loan has "
    "{instalments} instalments over {loan_months} months. Shorten the grace or add instalments.",
    "loan_grace_on_bullet@form": "This loan is paid back in one sum at its end, so a grace of {grace_months} months "
    "has no meaning. Remove the grace, or choose under “{label_financing__loans__repayment}” that interest is paid on "
    "the way.",
    "loan_flat_not_capitalised@form": "Interest quoted flat is fixed on the sum lent and cannot be added to the loan. "
    "Please choose under “{label_financing__loans__grace_interest}” that it is paid later, or under "
    "“{label_financing__loans__grace_kind}” that interest is paid.",
    "loan_balloon_not_used@form": "A share of the loan is left for the last instalment, but another way of repaying is "
    "chosen. Please change “{label_financing__loans__repayment}”, or remove the share.",
    "loan_pattern_missing@form": "A loan that is repaid by season needs to know how much is repaid in which month. "
    "Please fill in “{label_financing__loans__principal_season}”.",
    "loan_pattern_not_used@form": "It is said how much is repaid in which month, but another way of repaying is "
    "chosen. Please change “{label_financing__loans__repayment}”, or empty "
    "“{label_financing__loans__principal_season}”.",
    "loan_pattern_all_zero@form": "None of the {paying} instalments after the grace repays anything of the loan. "
    "Please write a number above zero for at least one of their months.",
}

_TAX: Final[dict[str, str]] = {
    "discount_rate_odd@form": "A rate of {found:.0%} a year is hard to believe. Please check it; it says what the "
    "money could earn elsewhere.",
    "valuation_missing@form": "A full plan needs a discount rate. Please fill in “{label_valuation__discount_rate}”, "
    "such as 12 %, and say in its source why.",
    "tax_missing@form": "A full plan needs its income tax. Please fill in “{label_tax__rate}”, “{label_tax__brackets}” "
    "or “{label_tax__regime}” ({regimes}); a rate of 0 % with the reason as source where none is due.",
    "tax_rate_high@form": "A tax rate of {found:.0%} is very high. Please check it.",
    "tax_brackets_not_ascending@form": "This slice of profit ends at {found}, but the slice before it ends at "
    "{before}. Please list the slices from the lowest to the highest; only the last leaves "
    "“{label_tax__brackets__up_to}” empty.",
    "tax_brackets_open_too_early@form": "This slice of profit has no end, but more slices follow. Please list the "
    "slices from the lowest to the highest; only the last leaves “{label_tax__brackets__up_to}” empty.",
    "tax_brackets_last_not_open@form": "The last slice of profit ends at {found}, so profit above it would have no "
    "rate. Please add a slice with a rate that leaves “{label_tax__brackets__up_to}” empty.",
    "tax_lag_not_stated@form": "It is not said when income tax is paid; {lag} months after the year's end are assumed. "
    "Please fill in “{label_tax__payment_lag_months}”.",
}

_CLUSTER: Final[dict[str, str]] = {
    "missing_legal_form@form": "The legal form is not stated. A lender must know who can sign and who is liable; "
    "please choose it.",
    "missing_women_led@form": "It is not said whether a woman leads the cluster. Please answer yes or no.",
    "missing_experience@form": "It is not said since when the cluster works. Please fill in "
    "“{label_cluster__formed_year}” or “{label_cluster__years_in_business}”.",
    "missing_governance@form": "The rules are missing: who decides, who keeps accounts, how money is shared, how "
    "members join and leave. Please write them down.",
    "missing_bookkeeping@form": "It is not said how books are kept. Please choose it.",
    "missing_market@form": "The market is not described. Please describe it.",
    "missing_organisation@form": "It is not said how the work is organised. Please describe it.",
    "missing_request@form": "It is not said from what the loan is repaid. Please fill in "
    "“{label_request__repayment_source}”.",
    "missing_credit_facts@form": "The credit history lacks: {lacking}. Please add them; 0 or no where that is right.",
}

MESSAGES: Final[dict[str, str]] = {**_WHOLE, **_PRODUCTS, **_MONEY, **_LOANS, **_TAX, **_CLUSTER}
