"""What a profile may ask of a plan: a closed list of facts, each read from the plan or its indicators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from finance_kit.indicators.evaluate import Indicators
from finance_kit.readiness import burden
from finance_kit.readiness import money_facts as money
from finance_kit.readiness import people_facts as people
from finance_kit.readiness import term_facts as lending
from finance_kit.readiness.reading import Case, Reading
from finance_kit.readiness.terms import Terms
from finance_kit.risk.stress import stress_test

__all__ = ["FACTS", "OF_A_LENDER", "Fact", "common_facts", "facts"]

Unit = Literal["ratio", "share", "rate", "money", "days", "months", "years", "count", "text", "yes/no"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that a profile may use.

    Parameters
    ----------
    id : its name in a profile
    label : what it is called, within a sentence
    unit : of its value
    inputs : fields of the plan, or names of lines and indicators, that it is read from
    read : reads it
    better : ``higher`` or ``lower``, or ``None`` where neither is better as such; a profile must agree with it
    choices : the words that it may be; from the worst to the best where ``better`` is ``higher``
    counted : the words after its number, singular and plural
    """

    id: str
    label: str
    unit: Unit
    inputs: tuple[str, ...]
    read: Callable[[Case], Reading]
    better: Literal["higher", "lower"] | None
    choices: tuple[str, ...] = ()
    counted: tuple[str, str] = ("", "")

    @property
    def numeric(self) -> bool:
        """Whether its value is a number."""
        return self.unit not in ("text", "yes/no")


def _stress_label(driver: str) -> str:
    """What the DSCR under the stress of one driver is called; the stress's own name says its size."""
    return f"lowest yearly DSCR with {money.stress_name(driver)}"


_FORMS = ("informal_group", "association", "cooperative", "community_enterprise", "company", "household_business")
_BOOKS = ("none", "notebook", "monthly_accounts", "audited_accounts")
_BUREAU = ("none", "requested", "with_remarks", "clean")
_LOANS = ("financing.loans", "existing_debts")
_LIST = (
    Fact("min_dscr", "lowest yearly DSCR", "ratio", ("min_dscr", *_LOANS), money.min_dscr, "higher"),
    Fact("dscr_price_stress", _stress_label("price"), "ratio", ("min_dscr", "products.price",
        "products.inputs.follows_price"), money.stressed_dscr("price"), "higher"),
    Fact("dscr_volume_stress", _stress_label("volume"), "ratio", ("min_dscr", "products"),
        money.stressed_dscr("volume"), "higher"),
    Fact("dscr_input_stress", _stress_label("input_cost"), "ratio", ("min_dscr", "products.inputs"),
        money.stressed_dscr("input_cost"), "higher"),
    Fact("dscr_single_stress", "lowest yearly DSCR when one thing goes worse", "ratio", ("min_dscr", "products"),
        money.lowest_single_stress, "higher"),
    Fact("stressed_dscr", "lowest yearly DSCR with all stresses together", "ratio", ("min_dscr", "products"),
        money.stressed_dscr("price", "volume", "input_cost"), "higher"),
    Fact("cash_shortfall", "money missing at the worst month end", "money", ("cash", "financing.overdraft"),
        money.cash_shortfall, "lower", counted=("missing", "missing")),
    Fact("own_contribution_share", "own contribution", "share", ("own_contribution_share",
        "financing.contributions", "assets.in_kind_share"), money.own_contribution_share, "higher"),
    Fact("debt_to_equity", "highest debt to equity at a year's end", "ratio", ("debt_to_equity",),
        money.debt_to_equity, "lower"),
    Fact("collateral_cover", "security offered over new loans, before haircuts", "ratio", ("collateral_cover",
        "collateral.value", "financing.loans"), money.collateral_cover, "higher",
        counted=("times the new loans", "times the new loans")),
    Fact("collateral_after_haircut", "what is lent against the security offered, over new loans", "ratio",
        ("collateral.kind", "collateral.value", "financing.loans"), lending.collateral_after_haircut, "higher",
        counted=("times the new loans", "times the new loans")),
    Fact("amount_of_maximum", "amount asked for, of the most that is lent", "share", ("financing.loans",),
        lending.amount_of_maximum, "lower"),
    Fact("amount_of_minimum", "amount asked for, of the least that is lent", "share", ("financing.loans",),
        lending.amount_of_minimum, "higher"),
    Fact("tenor_months", "longest tenor asked for", "months", ("financing.loans.instalments",),
        lending.tenor_months(max), "lower"),
    Fact("shortest_tenor_months", "shortest tenor asked for", "months", ("financing.loans.instalments",),
        lending.tenor_months(min), "higher"),
    Fact("grace_months", "longest grace asked for", "months", ("financing.loans.grace_months",), lending.grace_months,
        "lower"),
    Fact("lowest_rate", "lowest interest a year that the plan reckons with", "rate", ("financing.loans.annual_rate",),
        lending.lowest_rate, "higher"),
    Fact("legal_form_accepted", "legal form is one that can borrow here", "yes/no", ("cluster.legal_form",),
        lending.legal_form_accepted, None),
    Fact("number_of_members", "members", "count", ("cluster.number_of_members",), lending.number_of_members, "higher",
        counted=("member", "members")),
    Fact("excluded_use", "a loan pays for something that is excluded", "yes/no", ("assets.kind", "assets.loan_share"),
        lending.excluded_use, None),
    Fact("working_capital_share", "share of the new loans that is working capital", "share",
        ("assets.loan_share", "financing.loans"), lending.working_capital_share, "lower"),
    Fact("committed_sales_share", "sales covered by contracts, orders and letters of intent", "share",
        ("buyers.commitment", "buyers.volume_per_year"), people.committed_sales_share, "higher"),
    Fact("largest_buyer_share", "share of the largest buyer", "share", ("buyers.volume_per_year", "buyers.price"),
        people.largest_buyer_share, "lower"),
    Fact("years_in_business", "years in business", "years", ("cluster.years_in_business",),
        people.cluster_field("years_in_business"), "higher"),
    Fact("legal_form", "legal form", "text", ("cluster.legal_form",), people.cluster_field("legal_form"), None, _FORMS),
    Fact("keeps_books", "book-keeping", "text", ("cluster.keeps_books",), people.cluster_field("keeps_books"),
        "higher", _BOOKS),
    Fact("governance", "what is stated of management and rules", "count", ("cluster.leader.years_experience",
        "cluster.committee", "cluster.governance", "staff.organisation", "cluster.keeps_books"), people.governance,
        "higher", counted=("part of 5", "parts of 5")),
    Fact("risks_stated", "risks with what is done about them", "count", ("risks",), people.risks_stated, "higher",
        counted=("risk", "risks")),
    Fact("bad_debt", "classified as bad debt", "yes/no", ("credit_history.bad_debt",), people.credit_field("bad_debt"),
        None),
    Fact("tax_debt_over_year", "taxes unpaid for a year or more", "yes/no", ("credit_history.tax_debt_over_year",),
        people.credit_field("tax_debt_over_year"), None),
    Fact("days_late", "longest delay of a payment", "days", ("credit_history.worst_days_late",
        "existing_debts.past_due_days", "members.household_debts.past_due_days"), people.days_late, "lower"),
    Fact("loans_repaid", "loans repaid in full", "count", ("credit_history.loans_repaid",),
        people.credit_field("loans_repaid"), "higher", counted=("loan", "loans")),
    Fact("bureau_report", "credit bureau report", "text", ("credit_history.bureau_report",),
        people.credit_field("bureau_report"), None, _BUREAU),
    Fact("household_burden", "share of net cash that debts take already in the household with the heaviest burden",
        "share", ("members.household_net_cash", "members.household_debts", "cluster.number_of_members"),
        people.household_burden, "lower"),
    Fact("household_burden_with_loan", "share of a season's net cash that debts and the share of the new loans take in "
        "the household with the heaviest burden", "share", ("members.household_net_cash", "members.household_season",
        "members.household_debts", "members.loan_share", *_LOANS[:1]), burden.household_burden_with_loan, "lower"),
    Fact("meetings", "meetings a month", "count", ("cluster.meets_per_month",), people.cluster_field("meets_per_month"),
        "higher", counted=("meeting a month", "meetings a month")),
    Fact("members_contributing_share", "members who put something in", "share", ("members.contribution_cash",
        "members.contribution_in_kind", "cluster.number_of_members"), people.members_contributing_share, "higher"),
    Fact("documents_held", "documents held, of those listed or asked for", "share",
        ("documents.kind", "documents.status"), people.documents_held, "higher"),
)  # fmt: skip

FACTS: Mapping[str, Fact] = MappingProxyType({fact.id: fact for fact in _LIST})
"""Every fact that a profile may use, by id."""


OF_A_LENDER: Final = frozenset(
    {
        "amount_of_maximum",
        "amount_of_minimum",
        "collateral_after_haircut",
        "documents_held",
        "excluded_use",
        "legal_form_accepted",
    }
)
"""Facts that hold the plan against what one lender lends on or asks for; all others are the same at every desk."""


def common_facts(found: Indicators, stressed: Indicators) -> dict[str, Reading]:
    """The facts of a plan that are the same for every lender, to be read once for several of them."""
    case = Case(found, stressed)
    return {name: fact.read(case) for name, fact in FACTS.items() if name not in OF_A_LENDER}


def facts(
    found: Indicators,
    stressed: Indicators | None = None,
    documents: tuple[str, ...] = (),
    terms: Terms | None = None,
    common: Mapping[str, Reading] | None = None,
) -> dict[str, Reading]:
    """All facts of a plan, by id, as one lender reads them.

    Parameters
    ----------
    found : indicators of the plan as it stands
    stressed : what :func:`finance_kit.risk.stress.stress_test` gave for it; left out, the stresses are run here
    documents : kinds of documents that the lender asks of every applicant
    terms : what the lender lends on; left out, no term is published
    common : what :func:`common_facts` gave for the same indicators; left out, these are read here as well
    """
    worse = stress_test(found.projection.assumptions) if stressed is None else stressed
    same = common_facts(found, worse) if common is None else common
    case = Case(found, worse, documents, Terms() if terms is None else terms)
    return {name: fact.read(case) if name in OF_A_LENDER else same[name] for name, fact in FACTS.items()}
