"""Templates of what the core says in English with figures in it: limits, scales, findings, fixes, notes under tables.

Names of placeholders say what may stand there: ``figure…`` a number, ``own…`` somebody's own words, left as they are,
anything else a text that must be known itself.
"""

from __future__ import annotations

from typing import Final

__all__ = ["PHRASES"]

_LIMITS: Final = (
    "at least {limit}",
    "at most {limit}",
    "not {limit}",
    "not stated",
    "nothing missing",
    "not published by the lender",
    "scale not published by the lender",
    "yes",
    "no",
    "no debt, so nothing is due",
    "no new loan to secure",
    "nothing to finance",
    "debts and no equity",
    "debts and no net cash",
    "this lender asks for no security",
    "this lender publishes no terms for it",
    "{found} as far as stated",
    "{found} ({own_at})",
)
_SCALES: Final = (
    "all points at {limit} or more",
    "all points at {limit} or less",
    "all points at {limit}",
    'all points for "{word}"',
    "no points at {limit} or less",
    "no points at {limit} or more",
    "no points at {limit}",
    'no points for "{word}"',
    "{figure} % of them at {limit} or less",
    "{figure} % of them at {limit} or more",
    "{figure} % of them at {limit}",
    '{figure} % of them for "{word}"',
)
_UNITS: Final = (
    "{figure} %",
    "{figure} day",
    "{figure} days",
    "{figure} month",
    "{figure} months",
    "{figure} year",
    "{figure} years",
    "{figure} {own_currency} missing",
    "{figure} times the new loans",
    "{figure} member",
    "{figure} members",
    "{figure} part of 5",
    "{figure} parts of 5",
    "{figure} risk",
    "{figure} risks",
    "{figure} loan",
    "{figure} loans",
    "{figure} meeting a month",
    "{figure} meetings a month",
)
_MONTHS: Final = tuple(f"{name} {{figure}}" for name in (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
))  # fmt: skip
_REASONS: Final = (
    "{label}: {found}; needed: {limit}",
    "lowest yearly DSCR with {stress}",
    "not published by this lender; generic value {limit} used ({own_profile})",
    "not published by this lender; value {limit} used ({own_profile})",
    'not published by this lender; generic value "{limit}" used ({own_profile})',
    "not published by this lender; generic scale used ({own_profile})",
    "not published by this lender; generic loan to value used ({own_profile})",
    "not published by this lender; generic value {limit} and loan to value used ({own_profile})",
    "not published by this lender; generic scale and loan to value used ({own_profile})",
)
_OFFERS: Final = (
    "It guarantees a loan and does not lend itself.",
    "Its rate is not published; ask for a quotation.",
    "Its rate is {own_reference} + {figure} %; ask for the {own_again} of today.",
    "Its terms and the plan's loan do not fit each other; ask for a quotation.",
    "Rate not published by this lender: that of {own_profile}.",
    "Published rates are {figure} to {figure_most} %: reckoned with the dearer.",
    "Published is the lowest rate (from …): the quotation may be dearer.",
    "Reckoned with the most that may be asked; the quotation may be cheaper.",
    "Instalments every {figure} months, as this lender has them.",
    "Monthly instalments.",
    "Grace of {figure} months instead of {figure_stated}: this lender's limit.",
    "What its compulsory savings earn is not published: reckoned with the plan's own rate.",
    "The plan is not reckoned with it",
    "No profile is for this type of lender, so its conditions are not known",
    "As the plan has it",
)
_FIXES: Final = (
    "Repay “{own_loan}” over {figure} months, not {figure_before}.",
    "Begin to repay the principal of “{own_loan}” after {figure} months, not {figure_before}.",
    "Borrow for “{own_loan}” {figure} {own_code}, not {figure_before} {own_same} ({figure_less} {own_again} less).",
    "Members put in the difference in cash: {figure} {own_code}, {figure_each} {own_same} for each of {figure_members} "
    "members.",
    "Members put in the difference in cash: {figure} {own_code}.",
    "Members put in more cash at the start: {figure} {own_code}, {figure_each} {own_same} for each of {figure_members} "
    "members.",
    "Members put in more cash at the start: {figure} {own_code}.",
    "Have “{own_loan}” paid out in {month}, not {before}.",
    "Buy “{own_asset}” in {month}, not {before}, if the business can do without it until then.",
    "Agree a working-capital line (overdraft) of {figure} {own_code}; reckoned here at {figure_rate} % a year on what "
    "is drawn.",
    "Agree a working-capital line (overdraft) of {figure} {own_code}, not {figure_before} {own_same}; reckoned here at "
    "{figure_rate} % a year on what is drawn.",
    "Start {figure} % smaller: buy, borrow and sell less alike.",
    "Offer more security that has papers: worth {figure} {own_code} after what the lender takes off its value.",
    "Have buyers sign a lowest price of at least {figure} % of the planned one: today that is {own_prices}.",
    "Have buyers sign to take, and members to supply, at least {figure} % of the planned volume.",
    "Have suppliers sign a highest price of at most {figure} % of the planned one.",
    "Agree in writing that {figure} % of any change of the selling price is passed on in what members are paid for "
    "what they supply.",
    "In {own_year} the business would have to keep {figure} {own_code} more than planned, by costs or losses that are "
    "lower.",
    "the lender's offer in writing with this length",
    "the lender's offer in writing with this grace",
    "the lender's offer in writing with instalments in these months",
    "quotations and a cash plan that show that the smaller loan is enough",
    "a signed list of what each member pays, and the money in an account before the pay-out",
    "the lender's agreement to pay out later; what is bought before is paid from the cash there is",
    "how as much is produced and sold without it until then; if that cannot be shown, this is no way",
    "the lender's offer in writing with limit, interest and fee; it is paid back within each year",
    "new quotations for what is smaller, and that fixed costs really stay as they are",
    "title or ownership papers, a valuation that the lender accepts, the owner's consent",
    "the contract, signed: how much, at what price, until when; nothing counts beyond what it says",
    "the rule in writing, decided by the members and signed",
    "the years after this plan's last month, in which the loan still runs: let the plan look further",
    "Even if members paid for everything and nothing new were borrowed, there is a year in which the business does not "
    "earn enough for what is due. A loan would make that worse. First mend the business: what is earned on each unit, "
    "the fixed costs, the debts that run already.",
    "Debts take more of a member household's income than this lender allows. A new loan with joint liability would put "
    "it, and those who stand for it, at risk.",
    "No change of the loan, of the members' own part or of the time of buying, alone or two together, makes the plan "
    "carry this loan.",
)
_TABLES: Final = (
    "Sales in {own_year}",
    "Net profit in {own_year}",
    "Profit before tax in {own_year}",
    "{own_product}, sales",
    "Cash by month, {first} to {last}",
    "Cash flow by month, {first} to {last}",
    "Profit and loss by month, {own_year}",
    "Balance sheet at the end of each month, {own_year}",
    "Debt service cover by month, {own_year}",
    "Lowest cash of these months: end of {month} (marked).",
    "Customers pay after {figure} days, stock of inputs lasts {figure_stock} days, suppliers are paid after "
    "{figure_suppliers} days; inputs bought ahead of sale come on top.",
    "In {own_years} little is due, so that the ratio says little.",
    "Paid by a rule that follows the selling price: {own_products}.",
    "Schedule: {own_loan} ({own_currency})",
    "A fee of {own_currency} {figure} is kept back at pay-out.",
    "Compulsory savings of {own_currency} {figure} are deposited at pay-out and returned with the last instalment.",
    "Interest of {own_currency} {figure} is added to the loan during the grace.",
    "NPV as planned: {own_currency} {figure}.",
    "One driver at a time, the whole model run again.",
    "monthly",
    "every two months",
    "quarterly",
    "every four months",
    "half-yearly",
    "yearly",
    "equal instalments",
    "equal principal",
    "interest, principal at the end",
    "everything at the end",
    "equal instalments and a last larger one",
    "by the season",
)
_VERDICTS: Final = (
    "Ready to apply by this profile ({score}).",
    "Nearly ready by this profile ({score}).",
    "Nearly ready by this profile: {reasons} ({score}).",
    "Not ready yet by this profile ({score}).",
    "Not ready by this profile: a condition is not met, and no other strength makes up for that ({score}).",
    "Not ready by this profile: {figure} conditions are not met, and no other strength makes up for that ({score}).",
    "Not assessed: the lender publishes no scale ({score}).",
    "{figure} of {figure_possible} points; profile version {own_version}",
    "{figure} of {figure_possible} points, {figure_open} of them not judged, as the plan does not state the facts; "
    "profile version {own_version}",
    "the {label} is {found}, needed is {limit}",
    "the points are enough, but {reason}",
    "not every condition can be checked",
)
_INTERVIEW: Final = (
    "{own_currency} {figure} in cash by the members' list",
    "{own_leader}, {figure} years in the trade",
    "stated for each",
    "stated for all {figure}",
    "a quotation or source is stated for each of {figure}",
    "{figure} of {figure_all} held",
    "{figure} of {figure_all} members promise supply",
    "dividends {figure} % of last year's net profit",
    "patronage refund {figure} % of last year's net profit",
    "{title}: {text}",
)
_HELD_OFFERS: Final = (
    "It is for {own_code} {figure}; the plan asks for {figure_plan}. See --same-sum.",
    "Above the legal limit: {own_title}",
    "An offer in {own_country}; the plan is in {own_plan}",
    "{figure} months instead of {figure_stated}: this lender's limit.",
    "Repaid as {kind}, as this lender has it.",
    "A fee at pay-out is not published: reckoned without; ask.",
    "annuity",
    "interest only",
    "bullet",
    "balloon",
    "seasonal",
)
_WEAK_POINTS: Final = (
    "The net present value is negative: the money would earn more at the discount rate stated.",
    "The plan states no security for the loans.",
    "The project has no single internal rate of return; see the section on returns.",
    "With prices 10 % lower, volumes 15 % lower and inputs 10 % dearer together, the lowest DSCR is {figure}.",
    "A loss is expected in {own_years}.",
    "The sources of money named do not cover the uses; {own_currency} {figure} is missing.",
    "The overdraft is needed: at the end of {month} it stands at {own_currency} {figure} net of cash.",
    "Cash falls to {own_currency} {figure} at the end of {month}: the plan is short of money then.",
    "One thing alone going wrong breaks the cover: the lowest DSCR is {found}.",
    "{figure} with {stress}",
    "{first} and {last}",
    "The security offered is worth {figure} times the loans, before any haircut.",
    "In {own_year} the cash available does not cover the debt service: the DSCR is {figure}.",
)
PHRASES: Final = (
    *_LIMITS, *_SCALES, *_UNITS, *_MONTHS, *_REASONS, *_OFFERS, *_FIXES, *_TABLES, *_VERDICTS, *_INTERVIEW,
    *_HELD_OFFERS, *_WEAK_POINTS,
)  # fmt: skip
"""Every template. What starts with ``own`` or ``figure`` is put in as it is found; the rest must be known itself."""
