from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from finance_kit import loans
from finance_kit.errors import CalculationError

EXAMPLES = YAML(typ="safe").load((Path(__file__).parents[1] / "specs" / "settlement.yaml").read_text(encoding="utf-8"))
ASKED = {
    "settle": loans.settle,
    "prepay": loans.prepay,
    "late": loans.late_payment,
    "reschedule": loans.reschedule,
}
GROUP = loans.LoanTerms(principal=12_000, annual_rate=0.24, instalments=4, rounding_unit=0.01, minor_unit=0.01)

BALLOON = loans.LoanTerms(principal=1_000, annual_rate=0.1, instalments=3, repayment="balloon", balloon_share=0.4)
FLAT = loans.LoanTerms(principal=1, annual_rate=0.1, instalments=3, quotation="flat")


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case["name"])
def test_worked_examples_come_out_to_the_digits_given(case: Mapping[str, Any]) -> None:
    (asked,) = set(case) & set(ASKED)
    question: Any = ASKED[asked]
    answer = question(loans.LoanTerms(**case["loan"]), **case[asked])
    for name, expected in case["expect"].items():
        if name in ("instalment", "last_instalment"):
            row = answer.rest.rows[0 if name == "instalment" else -1]
            found = row.interest + row.principal
        else:
            found = getattr(answer, name)
        assert found == pytest.approx(expected, abs=5e-5, rel=0), name


def test_what_is_paid_and_what_is_saved_is_what_the_schedule_would_have_cost() -> None:
    for paid in range(4):
        quote = loans.settle(GROUP, paid, part_of_period=0.25, fee_share=0.01)
        assert quote.to_pay + quote.saved == pytest.approx(quote.instalments_avoided, abs=1e-9)


def test_the_rest_of_a_dated_loan_keeps_its_dates() -> None:
    calendar = loans.PaymentCalendar(disbursed=date(2027, 1, 31))
    terms = loans.LoanTerms(
        principal=12_000, annual_rate=0.24, instalments=4, calendar=calendar, rounding_unit=0.01, minor_unit=0.01
    )
    rest = loans.prepay(terms, 2, 1_000).rest
    assert [row.due for row in rest.rows] == [date(2027, 4, 30), date(2027, 5, 31)]
    later = loans.reschedule(terms, 2, instalments=3).rest
    assert [row.due for row in later.rows] == [date(2027, 4, 30), date(2027, 5, 31), date(2027, 6, 30)]


def test_a_part_still_to_be_paid_out_is_no_saving() -> None:
    # 6 000 now and 4 000 after the sixth of twelve instalments; settled after the third nothing but interest is saved
    terms = loans.LoanTerms(
        principal=10_000,
        annual_rate=0.12,
        instalments=12,
        pay_outs=(loans.PayOut(amount=4_000, after_instalment=6),),
        rounding_unit=0.01,
        minor_unit=0.01,
    )
    to_come = sum(row.interest for row in loans.schedule(terms).rows[3:])
    assert loans.settle(terms, 3).saved == pytest.approx(to_come, abs=1e-9)
    for question in (lambda: loans.prepay(terms, 3, 1_000), lambda: loans.reschedule(terms, 3)):
        with pytest.raises(CalculationError) as refused:
            question()
        assert refused.value.code == "loan_pay_outs_to_come"
    assert loans.prepay(terms, 8, 1_000).instalments_saved == 0


def test_a_fee_of_the_instalment_that_clears_the_loan_is_due_when_it_is_settled() -> None:
    # interest of twelve months to come is all that is saved: the closing fee of 200 is due either way
    terms = loans.LoanTerms(
        principal=24_000,
        annual_rate=0.12,
        instalments=24,
        repayment="interest_only",
        fees=(loans.LoanFee(name="Release of the title", amount=200, when="last_instalment"),),
        rounding_unit=0.01,
        minor_unit=0.01,
    )
    quote = loans.settle(terms, 12)
    assert quote.fee == 200
    assert quote.saved == pytest.approx(12 * 240, abs=1e-9)


def test_a_late_payment_bears_the_rate_that_is_in_force() -> None:
    # 12 000 in four parts of 3 000; 36 % from the third instalment on: 3 000 x 36 % x 10 / 365 = 29.59
    terms = loans.LoanTerms(
        principal=12_000,
        annual_rate=0.24,
        instalments=4,
        repayment="equal_principal",
        rate_changes=(loans.RateChange(annual_rate=0.36, after_instalment=2),),
        rounding_unit=0.01,
        minor_unit=0.01,
    )
    assert loans.late_payment(terms, 3, 10).further_interest == 29.59


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: loans.prepay(BALLOON, 1, 100.0, keeps="instalment"), "loan_instalment_cannot_be_kept"),
        (lambda: loans.settle(GROUP, 4), "loan_instalment_unknown"),
        (lambda: loans.settle(GROUP, -1), "loan_instalment_unknown"),
        (lambda: loans.settle(GROUP, 1, part_of_period=1.5), "loan_too_large"),
        (lambda: loans.settle(GROUP, 1, fee_share=float("nan")), "loan_not_a_number"),
        (lambda: loans.prepay(GROUP, 1, 0.0), "loan_prepayment_not_within"),
        (lambda: loans.prepay(GROUP, 1, 20_000.0), "loan_prepayment_not_within"),
        (
            lambda: loans.prepay(
                loans.LoanTerms(principal=1, annual_rate=0.1, instalments=3, quotation="flat"), 1, 0.5
            ),
            "loan_flat_has_no_rest",
        ),
        (lambda: loans.late_payment(GROUP, 1, -3), "loan_count_out_of_range"),
        (lambda: loans.late_payment(GROUP, 1, 3, penalty_rate_per_month=-0.1), "loan_negative"),
        (lambda: loans.reschedule(GROUP, 1, grace_instalments=3), "loan_grace_of_all"),
        (lambda: loans.reschedule(GROUP, 1, arrears=float("inf")), "loan_not_a_number"),
    ],
)
def test_questions_that_make_no_sense_are_answered_with_a_sentence(ask: Any, code: str) -> None:
    with pytest.raises(CalculationError) as refused:
        ask()
    assert refused.value.code == code
