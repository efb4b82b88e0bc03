"""What an offer costs, how offers compare, what can be afforded: sums by hand, rates from published sets."""

from __future__ import annotations

from typing import Any

import pytest

from finance_kit import resources
from finance_kit.errors import Undefined
from finance_kit.offers import Offer, parse_offer, read_offer
from finance_kit.offers.afford import afford
from finance_kit.offers.compare import compare
from finance_kit.offers.cost import offer_cost
from finance_kit.offers.findings import afford_lines, cap_sentences, comparison_sentences
from finance_kit.offers.tables import TextTable, schedule_table, split_table
from finance_kit.offers.what_if import what_if


def offer(text: str) -> Offer:
    return parse_offer(text, "offer.yaml")


def sample(name: str) -> Offer:
    return read_offer(resources.sample_offer(name))


def rate(value: float | Undefined | None) -> float:
    assert isinstance(value, float)
    return value


KH = "country: KH\nlender_type: mfi\ncurrency: USD\n"
D1 = "loan: {principal: 1000000, annual_rate: 18%, months: 12}"
D2 = "loan: {principal: 1000000, annual_rate: 18%, months: 12, upfront_fee_share: 1%}"
D3 = "loan: {principal: 1000000, monthly_rate: 1.5%, months: 12, quotation: flat}"


def test_a_fee_adds_the_difference_between_two_published_rates() -> None:
    # Dossier 7.4: D1 without fee 19.56 %, D2 with 1 % 21.87 %.
    (effect,) = offer_cost(offer(D2)).effects
    assert effect.name == "upfront_fee"
    assert effect.amount == 10_000.0
    assert rate(effect.eir_without) == pytest.approx(0.1956, abs=0.00005)
    assert rate(effect.adds) == pytest.approx(0.2187 - 0.1956, abs=0.0001)


def test_a_flat_quotation_is_said_on_the_declining_balance() -> None:
    # D3: 31.72 % nominal, 36.76 % effective.
    cost = offer_cost(offer(D3))
    assert rate(cost.declining_rate) == pytest.approx(0.3172, abs=0.00005)
    assert rate(cost.true.eir) == pytest.approx(0.3676, abs=0.00005)
    assert cost.flat_rate is None


def test_a_declining_quotation_is_said_flat() -> None:
    # Dossier 7.4: the flat equivalent of 18 % declining over 12 months is about 10.0 %; D1's instalment is 91 679.99.
    cost = offer_cost(offer(D1))
    assert cost.flat_rate == pytest.approx((91_679.99 * 12 - 1e6) / 1e6, abs=1e-6)
    assert cost.declining_rate is None


def test_savings_cost_nothing_in_fees_and_yet_raise_the_rate() -> None:
    cost = offer_cost(
        offer(
            "currency: MMK\nloan: {principal: 1000000, annual_rate: 28%, months: 12, repayment: interest_only, "
            "compulsory_savings_share: 5%, savings_annual_rate: 14.4%}"
        )
    )
    # 50 000 deposited, 600 a month on it; interest 12 x 23 333 = 279 996
    assert (cost.savings_deposited, cost.savings_interest, cost.true.total_fees) == (50_000.0, 7_200.0, 0.0)
    assert cost.cost == 279_996.0 - 7_200.0
    (effect,) = cost.effects
    assert effect.name == "savings"
    assert rate(effect.adds) > 0


def test_the_limit_of_cambodia_is_kept_at_18_and_not_by_a_flat_loan() -> None:
    lawful, flat = offer(KH + D2), offer(KH + D3)
    assert cap_sentences(lawful, offer_cost(lawful))[0].startswith("KEPT: ")
    said = cap_sentences(flat, offer_cost(flat))
    assert said[0].startswith("NOT KEPT: ")
    assert "A flat quotation is not allowed, whatever the rate." in said
    assert "Rate a month on the declining balance: 2.64 %, limit 1.50 %, ABOVE." in said


def test_the_published_group_loan_of_myanmar_keeps_both_limits() -> None:
    said = cap_sentences(sample("mm-mfi-group"), offer_cost(sample("mm-mfi-group")))
    assert said[0].startswith("KEPT: ")
    assert "All fees, share of the loan: 2.00 %, limit 2.00 %, within." in said
    assert said[-1].startswith("The limits bind the nominal rate, not the EIR")


def test_limits_that_are_not_known_are_told_and_never_taken_for_kept() -> None:
    unknown = cap_sentences(offer(D1), offer_cost(offer(D1)))
    assert unknown == ["Legal limits were not looked up: state the country and the type of lender."]
    vietnam = sample("vn-bank-term")
    assert cap_sentences(vietnam, offer_cost(vietnam))[0].startswith("NOT COMPARED: ")
    thailand = sample("th-sme-grace")
    assert "That does not mean that there is none." in cap_sentences(thailand, offer_cost(thailand))[0]


def test_the_cheapest_of_equal_loans_saves_money_a_month() -> None:
    # D1: interest 91 679.99 x 12 - 1 000 000 = 100 159.93 (last instalment 3 cents more or less); D3: 180 000.
    found = compare([offer("title: Flat\n" + D3), offer("title: Declining\n" + D1)])
    assert (found.cheapest, found.runner_up, found.lowest_cost, found.same_terms) == (1, 0, 1, True)
    assert found.saving == pytest.approx(180_000 - 100_159.93, abs=0.1)
    assert found.saving_per_month == pytest.approx((180_000 - 100_159.93) / 12, abs=0.01)
    first, second = comparison_sentences(found)
    assert first == "* Lowest true cost: Declining, EIR 19.56 % a year."
    assert second.startswith("It saves 79,840.0")
    assert second.endswith("a month.")


def test_loans_of_another_sum_or_currency_are_not_compared_in_money() -> None:
    longer = offer("loan: {principal: 1000000, annual_rate: 18%, months: 24}")
    found = compare([offer(D1), longer])
    assert (found.saving, found.lowest_cost) == (None, None)
    assert "their costs in money do not compare" in comparison_sentences(found)[1]
    other = compare([offer(D1), offer("currency: KHR\n" + D1)])
    assert not other.same_currency
    assert "different currencies" in comparison_sentences(other)[1]


def test_the_highest_instalment_of_equal_principal_is_the_first() -> None:
    # 1 000 over 4 months at 1 %: 250 + 10
    (one,) = compare([offer("loan: {principal: 1000, annual_rate: 12%, months: 4, repayment: equal_principal}")]).offers
    assert (one.peak_instalment, one.peak_number, one.first_instalment) == (260.0, 1, 260.0)


def test_what_can_be_borrowed_with_the_instalment_of_a_known_loan_is_that_loan() -> None:
    # D-C1: 14 400 a year at 12 % over 5 years carries 51 908.78.
    yearly = "currency: USD\nloan: {annual_rate: 12%, instalments: 5, months_between: 12}"
    text = parse_offer(yearly, "offer.yaml", needs_principal=False)
    assert afford(text, [18_000.0], dscr=1.25).largest == pytest.approx(51_908.78, abs=0.02)


def test_each_question_is_answered_in_words() -> None:
    # 1 000 at 1 % a month: over 4 months equal principal 260 at most; with 135 at most, 8 instalments: 125 + 10.
    asked = offer("loan: {principal: 1000, annual_rate: 12%, months: 4, repayment: equal_principal}")
    found = afford(asked, [135.0])
    assert (found.fits, found.peak, found.tenor) == (False, 260.0, 8)
    said = afford_lines(asked, found)
    # 519.25 / 4 = 129.8125 is rounded to 129.81, its interest 5.1925 to 5.19: 135.00; of 519.26 it is 129.82 + 5.19.
    assert said[0] == "Largest loan at 12 % over 4 instalments: 519.25."
    assert said[1] == "The loan of 1,000.00 cannot be paid as offered: its highest instalment is 260.00."
    assert said[2] == "Shortest time that can be paid: 8 instalments (8 months)."
    assert said[-1].startswith("A grace within the same time does not help")


def test_a_loan_that_can_be_paid_needs_no_grace_and_has_a_highest_rate() -> None:
    # 1 000 over 4 months equal principal: 250 + 1 000 r / 12 = 270 at r = 24 %.
    asked = offer("loan: {principal: 1000, annual_rate: 12%, months: 4, repayment: equal_principal}")
    said = afford_lines(asked, afford(asked, [270.0]))
    assert "Highest rate that can be paid: 24.00 % a year as quoted." in said
    assert "No grace is needed." in said


def answer(text: str, question: Any, **given: Any) -> dict[str, str]:
    defaults = {"after": 0, "free_days": 0, "flat_rebate": "none", "keep": "tenor", "new_grace": 0, "arrears": 0.0}
    return dict(what_if(offer(text), question, {**defaults, **given}).lines)


GROUP = "currency: USD\nloan: {principal: 12000, annual_rate: 24%, months: 4}"


def test_settling_prepaying_paying_late_and_rescheduling_give_the_sums_worked_out_by_hand() -> None:
    # tests/specs/settlement.yaml holds the calculation of each.
    assert answer(GROUP, "settle", after=2, settle_fee="2%")["To pay"] == "6,241.17"
    prepaid = answer(GROUP, "prepay", after=2, prepay=1_000.0)
    assert (prepaid["Instalment from then on"], prepaid["Interest saved"]) == ("2,636.43", "30.10")
    late = answer(GROUP, "days_late", after=0, days_late=10, penalty="3%", free_days=3)
    assert (late["Penalty for 7 days"], late["To pay"]) == ("22.06", "3,192.69")
    again = answer(GROUP, "reschedule", after=2, reschedule=4)
    assert again["First instalment with principal as rescheduled"] == "1,606.94"


def test_a_flat_loan_settled_early_is_told_to_save_nothing() -> None:
    found = what_if(offer(D3), "settle", {"after": 6, "flat_rebate": "none"})
    assert dict(found.lines)["Saved against paying as signed"] == "0.00"
    assert any("settling early saves nothing" in note for note in found.notes)


def test_a_wide_table_goes_on_below_with_its_first_column_and_no_cell_is_lost() -> None:
    table = schedule_table(offer(GROUP))
    parts = split_table(table, lambda part: len(part.headings) <= 3)
    assert len(parts) > 1
    assert all(part.headings[0] == "No" for part in parts)
    assert [heading for part in parts for heading in part.headings[1:]] == list(table.headings[1:])
    assert all(part.total is not None and part.total[0] == "Sum" for part in parts)


def test_a_column_too_wide_for_any_screen_still_stands_alone() -> None:
    table = TextTable(("", "a", "b"), (("x", "1", "2"),))
    assert [part.headings for part in split_table(table, lambda _: False)] == [("", "a"), ("", "b")]
