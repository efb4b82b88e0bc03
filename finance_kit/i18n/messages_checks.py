"""English words for what the checks of a plan find: where, what was found, what is needed, what to do next.

The place (file, line, column, field) is put in front by whoever shows the message.
"""

from __future__ import annotations

from typing import Final

__all__ = ["MESSAGES"]

_TIME: Final[dict[str, str]] = {
    "month_before_plan": "Month {found} lies before the plan, which starts in {start}. "
    "Please use month 1 or later; what was there before belongs into the opening balance.",
    "month_after_plan": "Month {found} lies after the plan's last month ({last}, month {months}). "
    "Please lengthen the plan or choose an earlier month.",
    "end_before_start": "The end ({found}) comes before the start ({start}). Please correct one of the two months.",
    "end_after_plan": "The end ({found}) lies after the plan's last month ({last}); only the months up to then count.",
    "plan_short": "The plan looks {found} months ahead. Lenders ask for at least 36 months; "
    "please lengthen the period if you can.",
    "fiscal_year_start_missing": "Years are fiscal years, but their first month is not stated, so they follow the "
    "plan's first month. Please state fiscal_year_start (1 is January).",
    "growth_stated_twice": "Growth is stated both as a rate and as a list by year. Please keep one of the two.",
    "growth_large": "A growth of {found:.4g} a {per} is {a_year:.0%} a year, which is hard to believe. "
    "Please check it, or say in the source why.",
    "rate_in_per_cent": "The rate {found:.6g} means {found:.0%}. Rates are fractions: "
    "if {found:.6g} % is meant, please write {suggestion:.6g}.",
    "date_not_in_calendar": "There is no day {found} in the calendar. Please write a date such as 2026-08-14.",
    "inflation_missing_for_prices": "Growth of prices and costs is stated in real terms, so the plan needs the "
    "inflation that comes on top. Please state valuation: inflation, with its source.",
    "inflation_missing_for_rates": "The discount rate is stated in real terms, so the plan needs the inflation behind "
    "it. Please state inflation, with its source.",
    "inflation_negative": "Prices are said to fall by {found:.1%} a year. Please check it and name its source.",
    "source_date_after_start": "The source is dated {found}, after the plan's start in {start}. Please check the date.",
    "inflation_high": "Inflation of {found:.0%} a year is very high. Please check it and name its source and date.",
    "exchange_rate_missing": "An amount is in {foreign}, but there is no exchange rate for it. Please add it under "
    "exchange_rates: {currency} for one {foreign}, with its date and source.",
    "exchange_rate_repeated": "There is more than one exchange rate for {foreign}. Please keep one.",
    "exchange_rate_of_plan_currency": "{currency} is the plan's own currency and needs no exchange rate. "
    "Please remove it.",
    "exchange_rate_unused": "Nothing in the plan is in {foreign}. The exchange rate can be removed.",
    "exchange_rate_after_start": "The exchange rate is of {found}, after the plan's start in {start}. "
    "Please use a rate from before the start, or check the date.",
    "exchange_rate_old": "The exchange rate is of {found}, more than a year before the plan's start in {start}. "
    "Please look up a newer one.",
}

_PRODUCTS: Final[dict[str, str]] = {
    "volume_missing": '"{name}" has no volume. Please state volume_per_month or volume_per_year, in {unit}.',
    "volume_stated_twice": '"{name}" has a volume per month and a volume per year. Please keep one of the two.',
    "season_all_zero": 'The season of "{name}" is 0 in all twelve months, so nothing is ever sold. '
    "Please give at least one month a factor above 0.",
    "season_average_far_from_one": 'The season of "{name}" has an average of {found:.2f}: a year brings {found:.0%} of '
    "twelve stated months. That is right if the stated volume is that of a usual month in season.",
    "volume_zero": 'The volume of "{name}" is 0, so nothing of it is ever sold. Please state how many {unit}.',
    "price_far_above_cost": 'One unit of "{name}" is sold for {found:,.10g} {currency}, more than a hundred times what '
    "its inputs cost ({cost:,.10g}). Please check zeros, quantities and units.",
    "price_above_buyers": '"{name}" is planned at {found:,.10g} {currency}; the buyers who are named pay at most '
    "{paid:,.10g}. Please bring the two together.",
    "receivable_days_below_buyers": "Customers are said to pay after {found:.4g} days; the buyers who are named take "
    "{days:.3g} days on average, weighted by what they buy. Please bring the two together.",
    "input_quantity_missing": 'It is not said how many {unit} of "{name}" one {product_unit} takes. Please add '
    "quantity_per_unit.",
    "price_zero": '"{name}" is sold for 0. Please state the price for one {unit}, with its source.',
    "inputs_stated_twice": 'The inputs of "{name}" are listed and also stated as a cost per unit. '
    "Please keep one of the two.",
    "inputs_not_stated": 'No cost of inputs is stated for "{name}". Please list the inputs or state '
    "input_cost_per_unit for one {unit}; write 0 if there is none.",
    "price_rule_without_source": 'The price of "{name}" is said to follow the selling price, and no source says by '
    "which rule. Please name the written rule and its date under `source`, or write follows_price: 0.",
    "price_below_cost": 'One unit of "{name}" is sold for {found:,.10g} {currency}, less than its inputs cost '
    "({cost:,.10g}, losses included). Please check prices, quantities and units.",
    "capacity_below_volume": 'The best month of "{name}" needs {peak:,.10g} {unit}, but at most {saleable:,.10g} can '
    "be produced for sale. Sales are held at that limit; please check volume and capacity.",
    "capacity_reached_later": 'With the stated growth "{name}" reaches its limit of {saleable:,.10g} {unit} a month '
    "within the plan; sales are held there.",
    "cycle_longer_than_plan": '"{name}" is sold {found} months after its inputs are paid, but the plan has {months} '
    "months. Please lengthen the plan or check the months.",
    "cycle_before_start": '"{name}" is sold from month {launch} on, {found} months after its inputs are bought, so '
    "inputs were bought before the plan. Please state that stock in the opening balance, or a later launch.",
    "product_unknown": 'There is no product "{found}". The products are: {known}. Please use one of these names.',
    "sales_costs_exceed_sales": 'Costs that are a share of sales take {found:.0%} of the sales of "{name}". '
    "Please check the shares; they are fractions such as 0.05.",
    "no_firm_buyer": "No buyer has committed in writing yet. A letter of intent or an order makes the plan stronger.",
    "buyers_above_volume": 'Buyers of "{name}" take {found:,.10g} {unit} a year, but the plan sells {planned:,.10g}. '
    "Please bring the two together.",
}

_CLUSTER: Final[dict[str, str]] = {
    "name_repeated": 'The name "{found}" is used before ({before}). Please give each its own name, '
    "so that figures can be told apart.",
    "women_above_members": "{found} women are stated among {members} members. Please correct one of the two numbers.",
    "members_listed_differ": "The cluster has {found} members, but {listed} are listed. "
    "Please list all, or correct the number.",
    "women_listed_differ": "{found} women are stated, but {listed} are listed among the members. "
    "Please correct the number or the list.",
    "ownership_above_one": "The members' shares in the cluster add up to {found:.1%}. Together they cannot be above "
    "100 %; please correct them.",
    "ownership_below_one": "The members' shares in the cluster add up to {found:.1%}. Please say who owns the rest.",
    "household_over_burdened": 'The household of "{name}" pays {paid:,.10g} {money} a month on its debts, more than '
    "the {found:,.10g} it has left after living costs. A lender will ask how it can take on more.",
    "household_past_due": 'The household of "{name}" is {found} days late with {lender}. '
    "Please settle it before applying, or explain it.",
}

_MONEY: Final[dict[str, str]] = {
    "asset_shares_above_one": 'The shares that pay for "{name}" add up to {found:.1%}. Together they cannot be above '
    "100 %; please correct them.",
    "asset_shares_not_one": 'The shares that pay for "{name}" add up to {found:.1%}. Please say who pays the rest.',
    "in_kind_above_pledges": "Assets worth {found:,.10g} {currency} are brought in kind, but members pledge "
    "{pledged:,.10g}. Please add the missing pledges under members, or lower in_kind_share.",
    "in_kind_above_listed_pledges": "Assets worth {found:,.10g} {currency} are brought in kind; the members who are "
    "listed pledge {pledged:,.10g}. Please list who brings the rest.",
    "in_kind_below_pledges": "Members pledge {pledged:,.10g} {currency} in kind, but assets in kind are worth "
    "{found:,.10g}. Please say with in_kind_share which assets they bring.",
    "in_kind_without_members": "Assets worth {found:,.10g} {currency} are brought in kind, but no members are listed. "
    "Please list who brings them, with contribution_in_kind.",
    "contributions_above_pledges": "Contributions in cash add up to {found:,.10g} {currency}, but members pledge "
    "{pledged:,.10g}. Please add the missing pledges under members, or lower the contributions.",
    "contributions_above_listed_pledges": "Contributions in cash add up to {found:,.10g} {currency}; the members who "
    "are listed pledge {pledged:,.10g}. Please list who pays the rest.",
    "contributions_below_pledges": "Members pledge {pledged:,.10g} {currency} in cash, but contributions by month add "
    "up to {found:,.10g}. Please say in which months the rest is paid.",
    "grant_release_missing": 'The grant "{name}" pays for assets. Please state release_months: over how many months it '
    "is taken to income, usually the life of what it paid for.",
    "uses_above_sources": "Investment and start-up costs of the first year are {uses:,.10g} {currency}; contributions, "
    "grants, loans and opening cash bring {sources:,.10g}. {gap:,.10g} is not financed; please say who pays it.",
    "cost_season_all_zero": 'The season of "{name}" is 0 in all twelve months, so it never costs anything. '
    "Please correct the season or remove the line.",
    "days_long": "{found:.4g} days are more than half a year. Please check them, or say in the source why.",
    "social_rate_high": "Social charges of {found:.0%} of pay are very high. Please check the rate; it is a fraction "
    "such as 0.05.",
}

_LOANS: Final[dict[str, str]] = {
    "rate_very_high": "Interest of {found:.0%} a year is very high. If {found:.6g} % a year is meant, "
    "please write {suggestion:.6g}.",
    "rate_perhaps_monthly": 'Interest of {found:.2%} a year on "{name}" is unusual for a microfinance institution. '
    "If it is the rate of a month, please write {a_year:.6g} (twelve months).",
    "rounding_above_loan": 'Instalments of "{name}" are multiples of {found:,.10g}, more than the whole loan '
    "({principal:,.10g}). Please correct rounding_unit.",
    "loan_free_of_interest": '"{name}" bears no interest. That is right for a loan free of interest only.',
    "loan_longer_than_plan": 'The last instalment of "{name}" falls in month {end}, after the plan\'s last month '
    "({months}). A lender wants to see the whole repayment; please lengthen the plan if you can.",
    "debt_longer_than_plan": 'The last instalment of "{name}" falls in month {end}, after the plan\'s last month '
    "({months}); the rest stays owed at the end.",
    "loan_above_cap": 'Interest of {found:.2%} a year on "{name}" is above the legal limit of {cap:.2%} ({law}, '
    "{date}). Please check the offer and the type of lender.",
    "loan_fees_above_cap": 'Fees of "{name}" come to {found:.2%} of the loan, above the legal limit of {cap:.2%} for '
    "its term ({law}, {date}). Please check the offer.",
    "loan_flat_not_allowed": 'Interest of "{name}" is quoted flat. This type of lender must reckon interest on the '
    "declining balance ({law}, {date}). Please ask the lender.",
    "loan_flat_under_cap": 'Interest of "{name}" is quoted flat; on the declining balance it comes to {found:.2%} a '
    "year, and that is what the legal limit of {cap:.2%} ({law}, {date}) means. Please ask for the declining rate.",
    "loan_currency_without_sales": '"{name}" is in {found}, but nothing is sold in {found}. A lender will ask who '
    "bears a fall of the exchange rate.",
}

_BALANCE: Final[dict[str, str]] = {
    "opening_not_balanced": "The opening balance does not balance: assets are {assets:,.12g} {currency}; what is owed "
    "and own funds are {claims:,.12g} (existing debts {debts:,.12g} among them), a difference of {gap:,.12g}. If all "
    "else is right, retained_earnings is {kept:,.12g}.",
    "opening_life_missing": "Fixed assets of {found:,.10g} {currency} are there at the start. Please state for how "
    "many more months they last.",
    "distribution_above_profit": "Dividends and patronage refund take {found:.0%} of the profit. Together they cannot "
    "be above 100 %; please lower one of them.",
    "discount_rate_odd": "A rate of {found:.0%} a year is hard to believe. Please check it; it is a fraction such as "
    "0.12, and says what the money could earn elsewhere.",
    "valuation_missing": "A full plan needs a discount rate. Please add valuation: discount_rate, a fraction such as "
    "0.12, and say in its source why.",
    "tax_missing": "A full plan needs its income tax. Please add tax: with a rate, brackets or a regime of the country "
    "({regimes}); write rate: 0 with the reason as source where none is due.",
    "tax_not_in_profile": "Income tax is not stated, so this first view shows results before tax.",
    "tax_states_nothing": "Income tax has neither regime nor rate nor brackets. Please state exactly one of them. "
    "Regimes are: {regimes}.",
    "tax_stated_twice": "Income tax is stated more than once: {found}. Please keep exactly one of them.",
    "tax_rate_high": "A tax rate of {found:.0%} is very high. Please check it; it is a fraction such as 0.2.",
    "tax_brackets_not_ascending": "This slice of profit ends at {found}, but the slice before it ends at {before}. "
    "Please list the slices from the lowest to the highest; only the last has no up_to.",
    "tax_brackets_open_too_early": "This slice of profit has no up_to, but more slices follow. "
    "Please list the slices from the lowest to the highest; only the last has no up_to.",
    "tax_brackets_last_not_open": "The last slice of profit ends at {found}, so profit above it would have no rate. "
    "Please add a slice with a rate and without up_to.",
    "tax_regime_unknown": '{country} has no tax regime "{found}". Please choose one of: {known}; or state a rate.',
    "tax_regime_no_rate": 'No rate was confirmed for the regime "{found}" ({title}). {conditions} '
    "Please state rate or brackets instead.",
    "tax_regime_no_exchange": 'The slices of the regime "{found}" are in {foreign}. '
    "Please add an exchange rate for {foreign}.",
    "tax_regime_not_confirmed": 'The figures of the regime "{found}" ({title}) were not confirmed at a source. '
    "{conditions} Please have the tax office or an adviser confirm them, and state rate and source.",
    "tax_regime_sales_too_high": 'The regime "{regime}" is for sales of up to {limit:,.10g} {money} a year; the plan '
    "has about {found:,.10g}. {conditions} Please choose another regime or state a rate.",
    "tax_regime_sales_too_low": 'The regime "{regime}" is for sales above {limit:,.10g} {money} a year; the plan has '
    "about {found:,.10g}. {conditions} Please choose another regime or state a rate.",
    "tax_regime_capital_too_high": 'The regime "{regime}" is for a capital of up to {limit:,.10g} {money}; the plan '
    "has {found:,.10g}. {conditions} Please choose another regime or state a rate.",
}

_STATED: Final[dict[str, str]] = {
    "missing_capacity": 'It is not said how many {unit} of "{name}" can be produced in a month. Please add '
    "capacity_per_month; without it sales have no limit.",
    "losses_not_stated": 'It is not said how much of "{name}" is lost before sale. Please add loss_share, a fraction; '
    "0 if nothing is.",
    "missing_working_capital": "Not stated: {lacking}. They are reckoned as 0. Please state how many days customers, "
    "stock and suppliers take, and the cash to be kept; 0 where that is right.",
    "missing_social_rate": "Pay in cash is planned, but no social charges of the employer. Please add social_rate, a "
    "fraction of pay, with social_source; 0 if none are due.",
    "missing_opening": "The balance on the eve of the plan is not stated, so all of it is reckoned as 0. Please add "
    "opening: cash, stock, what is owed, own funds; cash: 0 for a beginning with nothing.",
    "missing_pre_operating": "No costs before business begins are stated: registration, permits, training, trial runs. "
    "Please add pre_operating; [] if there are none.",
    "missing_payers": 'It is not said who pays for "{name}"; stated is {found:.0%}. Please add own_share and '
    "loan_share, with grant_share and in_kind_share where there are any. Together they are 1.",
    "missing_existing_debts": "It is not said whether the cluster owes money already. Please add existing_debts; "
    "[] if there are none.",
    "missing_consortium_figures": "The consortium lacks figures: {lacking}. Please add them; 0 where there is none.",
    "missing_lender_type": 'The type of lender of "{name}" is not stated, so a bank is assumed. Please add '
    "lender_type: bank, mfi, state or other.",
    "missing_rate_quotation": 'It is not said how the interest of "{name}" is quoted, so the declining balance is '
    "assumed. Please ask the lender and add quotation: declining or flat. Flat costs nearly twice as much.",
    "missing_buyer_terms": 'The terms of the buyer "{name}" lack: {lacking}. Please add what was agreed or offered.',
    "missing_credit_facts": "The credit history lacks: {lacking}. Please add them; 0 or false where that is right.",
    "growth_not_stated": "No growth is stated for {kinds_of_money}, so they stay the same for {months} months. Write "
    "growth: 0 where that is meant.",
    "loan_fees_not_stated": 'No fee or insurance is stated for "{name}", so none is reckoned. Please ask the lender, '
    "and write upfront_fee_share: 0 if there is none.",
    "tax_lag_not_stated": "It is not said when income tax is paid; {lag} months after the year's end are assumed. "
    "Please state payment_lag_months.",
}

_MISSING: Final[dict[str, str]] = {
    "missing_province": "The province is not stated. Please add it.",
    "missing_legal_form": "The legal form is not stated. A lender must know who can sign and who is liable; "
    "please add legal_form.",
    "missing_registration": "The registration of this {form} is not stated. Please add office, number and date.",
    "missing_members_count": "The number of members is not stated. Please add it.",
    "missing_members": "No members are listed. Please list them with what each puts in.",
    "missing_women_led": "It is not said whether a woman leads the cluster. Please add women_led: true or false.",
    "missing_leader": "The leader is not named. Please add name, role and experience.",
    "missing_experience": "It is not said since when the cluster works. Please add formed_year or years_in_business.",
    "missing_history": "The history of the cluster is missing. Please tell it in a few sentences.",
    "missing_vision": "The vision for three years is missing. Please add it.",
    "missing_governance": "The rules are missing: who decides, who keeps accounts, how money is shared, how members "
    "join and leave. Please add governance.",
    "missing_bookkeeping": "It is not said how books are kept. Please add keeps_books.",
    "missing_problems": "No problems or needs are listed. Please add those that this plan answers.",
    "missing_value_options": "No options for adding value are listed. Please add those that were compared.",
    "missing_market": "The market is not described. Please add market: summary.",
    "missing_competitors": "No competitors or substitutes are named. Please add them and what the cluster does better.",
    "missing_buyers": "No buyers are listed. Please add who buys, how much, and how firm it is.",
    "missing_costs": "There are no fixed costs and no staff. Please add rent, energy, transport, pay and the like, "
    "also when members work without pay.",
    "missing_organisation": "It is not said how the work is organised. Please add staff: organisation.",
    "missing_request": "It is not said from what the loan is repaid. Please add request: repayment_source.",
    "missing_loan_purpose": 'The purpose of "{name}" is missing. Please say what the money buys.',
    "missing_security": "A loan is asked for, but no security or guarantee is listed. Please add collateral, or a "
    "guarantee scheme.",
    "missing_credit_history": "The credit history is missing. Please add it, also when there were no loans so far.",
    "missing_past_years": "The cluster has been in business for {found:.3g} years, but no past year is shown. "
    "Please add sales and costs of the last years.",
    "missing_documents": "No documents are listed. Please say which a lender can have now and which are missing.",
    "missing_risks": "No risks are listed. Please add the main ones and what is done about each.",
    "missing_environment": "The environment checklist is empty. Please answer its questions.",
    "missing_action_plan": "There is no action plan. Please add the activities of the next six months.",
    "missing_without_project": "The case without the project is missing. Please say what members would earn without "
    "it; the gain is measured against that.",
    "missing_summary": "The summary is missing. Please add a few sentences in the leader's words.",
    "missing_packaging": "Nothing is said about packaging. Please add it, or say why none is needed.",
    "missing_storage": "Nothing is said about storage. Please add it, or say why none is needed.",
    "missing_technology": "Nothing is said about technology and process. Please add it.",
    "missing_skills": "Nothing is said about skills and training. Please add it.",
    "missing_marketing": "Nothing is said about marketing. Please add it.",
    "missing_price_source": 'The price of "{name}" has no source. Please say who pays or quotes it, and when.',
    "missing_quotation": 'The cost of "{name}" has no quotation. Please add supplier and date.',
    "missing_tax_source": "The tax rate has no source. Please name the law or office, and the date.",
    "missing_valuation_source": "The discount rate has no source. Please say what it is taken from.",
    "missing_exchange_source": "The exchange rate of {foreign} has no source. Please say who published it.",
}

_LOAD: Final[dict[str, str]] = {
    "plan_has_errors": "{file} has {count} errors. Please mend them; nothing was calculated.",
}

MESSAGES: Final[dict[str, str]] = {
    **_TIME,
    **_PRODUCTS,
    **_CLUSTER,
    **_MONEY,
    **_LOANS,
    **_BALANCE,
    **_STATED,
    **_MISSING,
    **_LOAD,
}
