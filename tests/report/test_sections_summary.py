"""Executive summary, weak points, request sheet, declaration."""

from __future__ import annotations

from typing import Any

import pytest

from finance_kit.report.model import Paragraph
from finance_kit.report.narrative import executive_summary
from finance_kit.report.request import loan_terms_words, request_sheet
from finance_kit.report.signing import declaration, member_signatures
from finance_kit.report.weak_points import weaknesses
from tests.report.small_plan import PLAN, facts_of, small_basis, table_of, texts_of

LOAN = PLAN["financing"]["loans"][0]


def _loans(*loans: dict[str, Any], **changes: Any) -> Any:
    return small_basis(financing={**PLAN["financing"], "loans": list(loans)}, **changes)


def test_the_summary_says_who_asks_how_much_and_who_pays() -> None:
    text = " ".join(texts_of(executive_summary(small_basis())))
    assert "Tile makers, an association of 4 members in Lampang, Thailand, asks Bank for THB 1,200." in text
    assert "Purpose: Kiln loan: Kiln. THB 4,000 is invested." in text
    assert "The money comes from members' cash THB 9,000 and loans THB 1,200. Members bring 88.2 % of it." in text


def test_the_summary_says_what_is_earned_and_how_it_is_repaid() -> None:
    text = " ".join(texts_of(executive_summary(small_basis())))
    # 12,000 sales less 1,200 x 3.75 for clay; depreciation of 100 a month from the second month on
    assert "In 2028, sales of THB 12,000 leave THB 7,500 before depreciation" in text
    # January: 9,000 + 1,200 - 4,000 + 625
    assert "lowest at the end of Jan 2027, with THB 6,825." in text
    assert "No security is stated in the plan." in text
    # a loan without interest paid out in January 2027: eleven instalments of 100 in 2027, the last in 2028
    assert facts_of(executive_summary(small_basis()))["min_dscr"].value == pytest.approx(7500 / 1100)
    assert "(DSCR) is 6.82 in the weakest year, 2027." in text


def test_the_summary_opens_with_what_decides_the_request() -> None:
    good = executive_summary(small_basis())
    assert good.blocks[0] == Paragraph(
        "A first view: income tax, days of working capital and the opening balance are not stated and not counted.",
        "warning",
    )
    assert good.blocks[1] == Paragraph(
        "As planned, cash covers the debt service in every year; it is tightest in 2027, with 6.82 times the debt"
        " service (DSCR). Cash, less any overdraft, never falls below zero; it is lowest at the end of Jan 2027, with"
        " THB 6,825.",
        "note",
    )
    # 7,500 a year less 12,000 of rent never serves the loan
    poor = executive_summary(small_basis(fixed_costs=[{"name": "Rent", "amount": 1000}]))
    assert texts_of(poor)[1] == "What is weak in the figures, most grave first:"
    assert texts_of(poor, "warning")[1].startswith("Cash falls to")


def test_the_authors_own_summary_comes_before_what_the_figures_say() -> None:
    section = executive_summary(small_basis(sections={"summary": "We fire\ntiles."}))
    assert texts_of(section, "body")[1] == "We fire tiles."  # after the finding


def test_a_loss_is_called_a_loss() -> None:
    costs = [{"name": "Rent", "amount": 1000}]
    basis = small_basis(fixed_costs=costs)
    # 7,500 - 12,000 - 1,200 of depreciation in 2028
    assert any("and a loss of THB 5,700." in text for text in texts_of(executive_summary(basis)))
    assert "A loss is expected in 2027 and 2028." in weaknesses(basis)


def test_weak_points_begin_with_cash_that_runs_out() -> None:
    basis = small_basis(fixed_costs=[{"name": "Rent", "amount": 1000}])
    # 6,825 - 1,000 in January, then 625 - 1,000 - 100 a month for twelve months, then - 375 for eleven
    low = 9000 + 1200 - 4000 - 24 * 375 - 1200
    assert (
        weaknesses(basis)[0] == f"Cash falls to THB −{-low:,} at the end of Dec 2028: the plan is short of money then."
    )


def test_an_overdraft_that_suffices_is_told_apart_from_cash_that_runs_out() -> None:
    financing = {**PLAN["financing"], "overdraft": {"limit": 9000, "annual_rate": 0.0}}
    basis = small_basis(fixed_costs=[{"name": "Rent", "amount": 1000}], financing=financing)
    assert weaknesses(basis)[0].startswith("The overdraft is needed: at the end of Dec 2028 it stands at THB 4,000")


def test_security_below_the_loans_is_weak() -> None:
    land = [{"name": "Plot", "kind": "titled_land_rural", "value": 600}]
    assert "The security offered is worth 0.50 times the loans, before any haircut." in weaknesses(
        small_basis(collateral=land)
    )
    assert "The plan states no security for the loans." in weaknesses(small_basis())


def test_the_request_sheet_holds_the_facts_and_says_what_is_missing() -> None:
    facts = facts_of(request_sheet(small_basis()))
    assert (facts["request_loan_1"].value, facts["total_investment"].value) == (1200, 4000)
    assert "loans_asked_for" not in facts  # the only loan is not named twice
    assert facts["min_dscr"].note == "in 2027"
    assert (facts["own_contribution"].value, facts["own_contribution"].note) == (9000, "THB 9,000 in cash")
    assert facts["own_contribution_share"].value == pytest.approx(9000 / 10200)
    assert facts["request_loan_1"].note == "12 months, monthly, equal parts of principal; 0.0 % a year"
    assert facts["request_contact"].value == "Ann, Chair"
    assert facts["request_repaid_from"].value == "Not stated in the plan"
    # prices 10 % lower, volumes 15 % lower, inputs 10 % dearer: 1,020 x 9 - 1,020 x 3.75 x 1.1 = 4,972.50
    assert facts["min_dscr_stressed"].value == pytest.approx(4972.5 / 1100)


def test_the_request_sheet_stays_short_whatever_the_plan() -> None:
    many = [{**LOAN, "name": f"Loan {number}", "principal": 100 * number} for number in range(1, 8)]
    request = {
        "purpose": "word " * 300,
        "repayment_source": "x" * 2000,
        "preferred_months": [1, 8],
        "contact": "y" * 900,
    }
    facts = facts_of(request_sheet(_loans(*many, request=request)))
    assert len(facts) <= 24
    assert all(len(str(fact.value)) <= 170 and len(fact.note or "") <= 170 for fact in facts.values())
    assert [key for key in facts if key.startswith("request_loan")] == [
        "request_loan_5",
        "request_loan_6",
        "request_loan_7",
    ]
    assert facts["request_other_loans"].value == 1000
    assert facts["request_months"].value == "Jan and Aug"


def test_a_loan_in_another_currency_is_named_in_it() -> None:
    rates = [{"currency": "USD", "rate": 30, "date": "2026-11-24"}]
    basis = _loans(LOAN, {**LOAN, "name": "Dollars", "principal": 100, "currency": "USD"}, exchange_rates=rates)
    facts = facts_of(request_sheet(basis))
    assert (facts["request_loan_2"].value, facts["request_loan_2"].currency) == (100, "USD")
    assert "asks Bank for THB 4,200 in 2 loans (THB 1,200 and USD 100)." in " ".join(texts_of(executive_summary(basis)))


def test_terms_in_words_name_grace_and_a_flat_quotation() -> None:
    loan = {**LOAN, "grace_months": 6, "annual_rate": 0.18, "quotation": "flat", "repayment": "annuity"}
    basis = _loans({**loan, "months_between": 3})
    expected = "36 months, quarterly, equal instalments; grace on principal 6 months; 18.0 % a year, quoted flat"
    assert loan_terms_words(basis, basis.plan.financing.loans[0]) == expected


def test_each_person_signs_once() -> None:
    _, signatures = declaration(small_basis(request={"signatory": "ann", "signatory_role": "President"}))
    assert signatures == (("President", "ann"), ("Treasurer", "Cy"))
    _, blank = declaration(small_basis(cluster={"name": "Tiles", "product": "Tiles", "country": "TH"}))
    assert blank == (("Leader", ""), ("Treasurer", ""))


def test_the_declaration_asks_for_bureau_consent_by_signature() -> None:
    texts = " ".join(paragraph.text for paragraph in declaration(small_basis())[0])
    assert "to the best of our knowledge" in texts
    assert "credit bureau" in texts
    assert "Without our signature this consent is not given." in texts


def test_every_member_signs_a_group_loan_and_nobody_else_does() -> None:
    assert member_signatures(small_basis()) is None
    basis = _loans({**LOAN, "lender_type": "mfi"})
    rows = table_of(member_signatures(basis), "member_signatures").rows
    assert [row.cells for row in rows] == [(1, "Ann", "", ""), (2, "Bo", "", "")]
    assert "Every member signs in the annex." in [paragraph.text for paragraph in declaration(basis)[0]]
