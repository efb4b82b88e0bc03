from datetime import date
from typing import Any

import pytest

from finance_kit.errors import Undefined
from finance_kit.loans import LoanTerms, PaymentCalendar, true_cost
from finance_kit.loans.legal_rates import contract_apr, contract_aprc


def the_rate(found: float | Undefined) -> float:
    assert not isinstance(found, Undefined), found
    return found


def mortgage(**more: Any) -> LoanTerms:
    """200 000 at 6 % over 20 years with 4 000 kept back, in cents."""
    cents = {"rounding_unit": 0.01, "minor_unit": 0.01}
    given = {"principal": 200_000.0, "annual_rate": 0.06, "instalments": 240, "upfront_fee_amount": 4_000.0}
    return LoanTerms(**(given | cents | more))


def test_the_commissions_mortgage_with_an_account_charge() -> None:
    # European Commission, examples for the calculation of the APRC, example 3: 1 432.86 and 16.67 a month, 6.588554 %.
    # There the last instalment is like the others; the one that clears the balance is 0.98 higher, because 1 432.8621
    # was rounded down 240 times (0.0021 x 462): 0.98 / 1.005^240 on 196 000 for about 8 years is 2e-5 of a point.
    found = the_rate(contract_aprc(mortgage(instalment_fee_amount=16.67)))
    assert found * 100 == pytest.approx(6.588554, abs=2e-5)


def test_the_commissions_mortgage_with_yearly_instalments_after_34_days() -> None:
    # Example 2 case 3 there: 16 541.86 a year from 15 February 2012, paid out on 12 January, 6.28207 %.
    calendar = PaymentCalendar(disbursed=date(2012, 1, 12), first_due=date(2012, 2, 15))
    terms = mortgage(
        instalments=20,
        months_between=12,
        annual_rate=0.0,
        repayment="custom",
        instalment_amounts=(16_541.86,) * 19,
        principal=16_541.86 * 20,
        upfront_fee_amount=4_000.0 + 16_541.86 * 20 - 200_000.0,
        calendar=calendar,
    )
    assert the_rate(contract_aprc(terms)) * 100 == pytest.approx(6.28207, abs=6e-6)


def test_a_loan_of_appendix_j_by_its_calendar() -> None:
    # Appendix J, example (c)(1)(ii): 6 000 on 10 February 1978, 36 times 200 from 1 April, 11.82 %.
    calendar = PaymentCalendar(disbursed=date(1978, 2, 10), first_due=date(1978, 4, 1))
    terms = LoanTerms(
        principal=7_200.0,
        annual_rate=0.0,
        instalments=36,
        upfront_fee_amount=1_200.0,
        calendar=calendar,
    )
    assert the_rate(contract_apr(terms)) * 100 == pytest.approx(11.82, abs=0.005)


def test_one_payment_is_judged_by_its_days() -> None:
    # Example (c)(5)(i): 1 000 on 3 January 1978, 1 080 on 15 September, 11.45 %.
    calendar = PaymentCalendar(disbursed=date(1978, 1, 3), due_dates=(date(1978, 9, 15),))
    terms = LoanTerms(principal=1_080.0, annual_rate=0.0, instalments=1, upfront_fee_amount=80.0, calendar=calendar)
    assert the_rate(contract_apr(terms)) * 100 == pytest.approx(11.45, abs=0.005)


def test_without_dates_the_two_laws_say_what_the_true_cost_says() -> None:
    # Domain dossier 7.4, D7: 31.60 % nominal and 36.60 % effective.
    terms = LoanTerms(principal=1_000_000.0, annual_rate=0.276, instalments=12, upfront_fee_share=0.02)
    cost = true_cost(terms)
    assert the_rate(contract_apr(terms)) == pytest.approx(0.3160, abs=0.00005)
    assert the_rate(contract_aprc(terms)) == pytest.approx(0.3660, abs=0.00005)
    assert the_rate(contract_apr(terms)) == pytest.approx(the_rate(cost.nominal_annual_rate), abs=1e-9)
    assert the_rate(contract_aprc(terms)) == pytest.approx(the_rate(cost.eir), abs=1e-9)
