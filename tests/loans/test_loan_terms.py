from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_kit.errors import CalculationError
from finance_kit.i18n.messages_loans import MESSAGES
from finance_kit.loans import LoanTerms, amortise
from tests.oracles.loan_contracts import contracts

SOUND: dict[str, Any] = {"principal": 1_000.0, "annual_rate": 0.12, "instalments": 12}

BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"principal": -1.0}, "loan_negative", "principal"),
    ({"principal": float("nan")}, "loan_not_a_number", "principal"),
    ({"principal": float("inf")}, "loan_not_a_number", "principal"),
    ({"principal": 1e308}, "loan_too_large", "principal"),
    ({"principal": "1000"}, "loan_not_a_number", "principal"),
    ({"principal": True}, "loan_not_a_number", "principal"),
    ({"annual_rate": float("nan")}, "loan_not_a_number", "annual_rate"),
    ({"annual_rate": -0.01}, "loan_negative", "annual_rate"),
    ({"annual_rate": 12.0}, "loan_too_large", "annual_rate"),
    ({"instalments": 0}, "loan_count_out_of_range", "instalments"),
    ({"instalments": 10_001}, "loan_count_out_of_range", "instalments"),
    ({"instalments": 12.0}, "loan_count_out_of_range", "instalments"),
    ({"instalments": True}, "loan_count_out_of_range", "instalments"),
    ({"instalments": 101, "months_between": 12}, "loan_too_long", "instalments"),
    ({"months_between": 5}, "loan_choice_unknown", "months_between"),
    ({"repayment": "whenever"}, "loan_choice_unknown", "repayment"),
    ({"quotation": "compound"}, "loan_choice_unknown", "quotation"),
    ({"grace_kind": "some"}, "loan_choice_unknown", "grace_kind"),
    ({"grace_interest": "forgiven"}, "loan_choice_unknown", "grace_interest"),
    ({"rounding_rule": "down"}, "loan_choice_unknown", "rounding_rule"),
    ({"grace_months": -1}, "loan_count_out_of_range", "grace_months"),
    ({"grace_months": 12}, "loan_grace_too_long", "grace_months"),
    ({"grace_months": 4, "months_between": 3}, "loan_grace_not_whole_periods", "grace_months"),
    ({"grace_months": 3, "repayment": "bullet"}, "loan_grace_on_bullet", "grace_months"),
    ({"grace_months": 3, "grace_kind": "full", "quotation": "flat"}, "loan_flat_not_capitalised", "grace_interest"),
    ({"repayment": "balloon", "balloon_share": 1.01}, "loan_too_large", "balloon_share"),
    ({"balloon_share": 0.3}, "loan_balloon_not_used", "balloon_share"),
    ({"repayment": "seasonal"}, "loan_pattern_missing", "principal_pattern"),
    ({"repayment": "seasonal", "principal_pattern": (0.0, 0.0)}, "loan_pattern_all_zero", "principal_pattern"),
    (
        {"repayment": "seasonal", "principal_pattern": (0.0, 0.0, 1.0), "grace_months": 10},
        "loan_pattern_all_zero",
        "principal_pattern",
    ),
    ({"repayment": "seasonal", "principal_pattern": (1.0, -1.0)}, "loan_negative", "principal_pattern.1"),
    ({"principal_pattern": (1.0,)}, "loan_pattern_not_used", "principal_pattern"),
    ({"upfront_fee_share": 1.5}, "loan_too_large", "upfront_fee_share"),
    ({"upfront_fee_amount": -5.0}, "loan_negative", "upfront_fee_amount"),
    ({"instalment_fee_amount": float("nan")}, "loan_not_a_number", "instalment_fee_amount"),
    ({"insurance_share_per_year": -0.1}, "loan_negative", "insurance_share_per_year"),
    ({"compulsory_savings_share": 2.0}, "loan_too_large", "compulsory_savings_share"),
    ({"savings_annual_rate": -0.1}, "loan_negative", "savings_annual_rate"),
    ({"rounding_unit": 0.0, "minor_unit": 0.01}, "loan_unit_not_positive", "rounding_unit"),
    ({"rounding_unit": 1.0, "minor_unit": float("nan")}, "loan_unit_not_positive", "minor_unit"),
    ({"rounding_unit": 1.0}, "loan_minor_unit_missing", "minor_unit"),
    ({"rounding_unit": 1.0, "minor_unit": 0.03}, "loan_unit_not_a_multiple", "rounding_unit"),
    ({"rounding_unit": 0.01, "minor_unit": 1.0}, "loan_unit_not_a_multiple", "rounding_unit"),
]


@pytest.mark.parametrize(("change", "code", "field"), BAD)
def test_terms_that_cannot_be_are_refused_with_code_place_and_words(
    change: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(CalculationError) as refused:
        LoanTerms(**(SOUND | change))
    assert refused.value.code == code
    assert [(issue.code, issue.where.path) for issue in refused.value.issues] == [(code, field)]
    words = MESSAGES[code].format(**refused.value.params)
    assert "{" not in words
    assert words[0] != " "


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(CalculationError) as refused:
        LoanTerms(**(SOUND | {"principal": -1.0, "annual_rate": float("nan"), "instalments": 10_001}))
    assert [issue.code for issue in refused.value.issues] == [
        "loan_negative",
        "loan_not_a_number",
        "loan_count_out_of_range",
    ]
    assert refused.value.params == {"field": "principal", "found": -1.0}


def test_every_message_uses_only_plain_parameters() -> None:
    for code, words in MESSAGES.items():
        assert code.startswith("loan_")
        assert all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(words)), code


@given(contracts())
def test_every_sound_contract_is_accepted_and_amortised(contract: dict[str, Any]) -> None:
    terms = LoanTerms(**contract)
    assert amortise(terms).closing_balance.shape == (terms.instalments, 1)
    assert terms.paying_periods + terms.grace_periods == terms.instalments
    assert terms.paying_periods >= 1


@given(
    st.dictionaries(
        st.sampled_from(
            ["principal", "annual_rate", "instalments", "months_between", "grace_months", "balloon_share", "minor_unit"]
        ),
        st.one_of(st.floats(), st.integers(), st.none(), st.text(max_size=3), st.booleans()),
    )
)
def test_whatever_is_written_is_either_a_loan_or_a_clear_refusal(change: dict[str, Any]) -> None:
    found = loan_or_refusal(change)
    if isinstance(found, CalculationError):
        assert found.issues
        assert all(issue.code in MESSAGES for issue in found.issues)
    else:
        assert amortise(found).closing_balance[-1, 0] == 0.0


def loan_or_refusal(change: dict[str, Any]) -> LoanTerms | CalculationError:
    try:
        return LoanTerms(**(SOUND | change))
    except CalculationError as refused:
        return refused
