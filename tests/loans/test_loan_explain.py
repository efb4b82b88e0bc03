"""Explanations compared with sentences written by hand, figure by figure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from finance_kit.errors import CalculationError
from finance_kit.loans import LoanFee, LoanTerms, PaymentCalendar, PayOut, RateChange, schedule
from finance_kit.loans.explain import FIGURES, ROW_FIGURES, explain
from finance_kit.offers.words import Words

CENTS: dict[str, Any] = {"rounding_unit": 0.01, "minor_unit": 0.01}
GROUP: dict[str, Any] = {"principal": 12_000, "annual_rate": 0.24, "instalments": 4, **CENTS}
DATED = PaymentCalendar(disbursed=date(2026, 1, 15))
YEAR: dict[str, Any] = {"principal": 12_000, "annual_rate": 0.10, "instalments": 12, "calendar": DATED, **CENTS}


def said(terms: LoanTerms, figure: str, number: int | None = None) -> str:
    found = explain(terms, figure, number)
    return " ".join(Words(2).sentence(sentence) for sentence in found.sentences)


@pytest.mark.parametrize(
    ("terms", "figure", "number", "words"),
    [
        (
            GROUP,
            "interest",
            1,
            "Interest of instalment 1 = balance owed 12,000.00 × 24 % a year × 1/12 year (same as repayment period) = "
            "240.00.",
        ),
        (GROUP, "instalment", 1, "Instalment 1 = interest 240.00 + principal 2,911.49 = 3,151.49."),
        (
            GROUP,
            "interest",
            2,
            "Interest of instalment 2 = balance owed 9,088.51 × 24 % a year × 1/12 year (same as repayment period) = "
            "181.7702, rounded to a multiple of 0.01 = 181.77.",
        ),
        (
            YEAR | {"day_count": "actual/365"},
            "interest",
            1,
            "Interest of instalment 1 = balance owed 12,000.00 × 10 % a year × 31/365 year (actual/365, 15 Jan 2026 to "
            "15 Feb 2026) = 101.917808, rounded to a multiple of 0.01 = 101.92.",
        ),
        (
            YEAR | {"day_count": "actual/360"},
            "interest",
            1,
            "12,000.00 × 10 % a year × 31/360 year (actual/360, 15 Jan 2026 to 15 Feb 2026) = 103.333333",
        ),
        (
            {"principal": 10_000, "annual_rate": 0.12, "instalments": 6, "grace_months": 2, "grace_kind": "full"},
            "closing_balance",
            1,
            "10,100.00",
        ),
        (
            {"principal": 1_000_000, "annual_rate": 0.18, "instalments": 12, "quotation": "flat", **CENTS},
            "interest",
            1,
            "Flat interest of the whole contract = sum lent 1,000,000.00 × 18 % a year × 1 (years) = 180,000.00, "
            "whatever has been repaid.",
        ),
        (
            {"principal": 10_000, "annual_rate": 0.12, "instalments": 12, "insurance_share_per_year": 0.006, **CENTS},
            "fees",
            1,
            "10,000.00",
        ),
        (
            {"principal": 1_000, "annual_rate": 0.12, "instalments": 4, "repayment": "equal_principal", **CENTS},
            "principal",
            2,
            "250.00",
        ),
        (
            {"principal": 20_000, "annual_rate": 0.18, "instalments": 36, "upfront_fee_share": 0.01, **CENTS},
            "net_received",
            None,
            "19,800.00",
        ),
        (
            {"principal": 20_000, "annual_rate": 0.18, "instalments": 36, "upfront_fee_share": 0.01, **CENTS},
            "eir",
            None,
            "20.42 % a year",
        ),
        (
            # 4 000 on 15 January and 6 000 on 1 February: 10 000 bear interest for a part of the first month only
            YEAR
            | {"principal": 10_000, "annual_rate": 0.12, "instalments": 3, "day_count": "actual/365"}
            | {"pay_outs": (PayOut(amount=6_000, on=date(2026, 2, 1)),)},
            "interest",
            1,
            "68.38",
        ),
    ],
)  # fmt: skip
def test_a_figure_is_explained_in_the_words_written_by_hand(
    terms: dict[str, Any], figure: str, number: int | None, words: str
) -> None:
    assert words in said(LoanTerms(**terms), figure, number)


def test_interest_on_a_further_pay_out_is_that_of_its_own_days() -> None:
    # 4 000 x 12 % x 31/365 = 40.7671; 6 000 x 12 % x 14/365 = 27.6164; together 68.3836
    terms = LoanTerms(
        principal=10_000,
        annual_rate=0.12,
        instalments=3,
        day_count="actual/365",
        calendar=DATED,
        pay_outs=(PayOut(amount=6_000, on=date(2026, 2, 1)),),
        **CENTS,
    )
    assert schedule(terms).rows[0].interest == 68.38
    assert explain(terms, "interest", 1).value == 68.38


EVERY_KIND: tuple[dict[str, Any], ...] = (
    GROUP,
    GROUP | {"repayment": "bullet"},
    GROUP | {"repayment": "interest_only"},
    GROUP | {"repayment": "balloon", "balloon_share": 0.3},
    GROUP | {"repayment": "seasonal", "principal_pattern": (0, 1)},
    GROUP | {"repayment": "stepped", "instalment_pattern": (1, 1.5)},
    GROUP | {"repayment": "custom", "instalment_amounts": (1_000, 2_000, 3_000)},
    GROUP | {"quotation": "flat"},
    GROUP | {"interest_timing": "advance"},
    GROUP | {"interest_timing": "up_front"},
    GROUP | {"grace_months": 2},
    GROUP | {"grace_months": 2, "grace_kind": "full", "grace_interest": "deferred"},
    GROUP | {"interest_grace_instalments": 2, "method": "progressive"},
    GROUP | {"interest_free_instalments": 1},
    GROUP | {"rate_changes": (RateChange(annual_rate=0.3, after_instalment=2),)},
    GROUP | {"fees": (LoanFee(name="Guarantee", share=0.0175, basis="outstanding", when="yearly", covered_share=0.8),)},
    GROUP | {"compulsory_savings_share": 0.05, "savings_instalment_share": 0.01, "savings_annual_rate": 0.1},
    GROUP | {"rounding_unit": None, "minor_unit": None},
    GROUP | {"method": "progressive", "calendar": DATED, "day_count": "actual/actual"},
    GROUP | {"down_payment_share": 0.25},
)


@pytest.mark.parametrize("terms", EVERY_KIND, ids=lambda terms: " ".join(sorted(set(terms) - set(GROUP)) or ["plain"]))
def test_every_figure_of_every_kind_of_loan_is_explained_with_its_own_value(terms: dict[str, Any]) -> None:
    contract = LoanTerms(**terms)
    table = schedule(contract)
    for figure in FIGURES:
        for number in range(1, 5) if figure in ROW_FIGURES else (None,):
            found = explain(contract, figure, number)
            assert found.sentences, (figure, number)
            assert said(contract, figure, number).count("{") == 0
            if figure in ("interest", "principal", "fees", "total", "closing_balance") and number is not None:
                assert found.value == pytest.approx(getattr(table.rows[number - 1], figure), abs=1e-9)


def test_a_figure_that_is_none_is_refused() -> None:
    for figure, number in (("weather", 1), ("interest", 9), ("interest", None)):
        with pytest.raises(CalculationError):
            explain(LoanTerms(**GROUP), figure, number)
