"""Numbers, money and dates as lenders of the five languages write them."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import force_locale

from web import words

NARROW = "\u00a0"


@pytest.fixture(autouse=True)
def request_context(app: Flask) -> object:
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("language", "value", "currency", "expected"),
    [
        ("en", 1234567.5, "USD", "1,234,567.50 $"),
        ("en", 20_000_000, "KHR", "20,000,000 ៛"),
        ("km", 1234567.5, "KHR", "1,234,568 ៛"),
        ("my", 1234567.5, "MMK", "1,234,568 K"),
        ("th", 1234567.5, "THB", "1,234,567.50 ฿"),
        ("vi", 1234567.5, "VND", "1.234.568 ₫"),
        ("vi", 1234567.5, "USD", "1.234.567,50 $"),
        ("en", -12.5, "USD", "\u221212.50 $"),
        ("en", -0.001, "USD", "0.00 $"),
        ("en", 12, "XYZ", "12.00 XYZ"),
    ],
)
def test_money_has_the_decimals_of_daily_practice(language: str, value: float, currency: str, expected: str) -> None:
    with force_locale(language):
        assert words.money(value, currency) == expected.replace(" ", NARROW)


def test_half_is_rounded_up_as_a_clerk_does() -> None:
    assert words.number(0.125) == "0.13"
    assert words.number(2.675) == "2.68"
    assert words.money(0.5, "KHR") == f"1{NARROW}៛"
    assert words.number(Decimal("12345678901234.5678"), most=4) == "12,345,678,901,234.5678"


@pytest.mark.parametrize("nothing", [None, float("nan"), float("inf"), True, "12"])
def test_what_is_no_number_is_a_dash(nothing: object) -> None:
    assert words.number(nothing) == words.money(nothing, "USD") == words.percent(nothing) == "–"


def test_shares_come_out_in_per_cent() -> None:
    assert words.percent(0.125) == f"12.5{NARROW}%"
    assert words.percent(0.18) == f"18{NARROW}%"
    with force_locale("vi"):
        assert words.percent(0.125) == f"12,5{NARROW}%"


@pytest.mark.parametrize(
    ("language", "expected_day", "expected_month"),
    [
        ("en", "24 November 2026", "November 2026"),
        ("km", "24 វិច្ឆិកា 2026", "វិច្ឆិកា 2026"),
        ("my", "24 နိုဝင်ဘာ 2026", "နိုဝင်ဘာ 2026"),
        ("th", "24 พฤศจิกายน พ.ศ. 2569", "พฤศจิกายน พ.ศ. 2569"),
        ("vi", "24 tháng 11, 2026", "tháng 11, 2026"),
    ],
)
def test_dates_are_in_the_words_of_the_language(language: str, expected_day: str, expected_month: str) -> None:
    with force_locale(language):
        assert words.day(date(2026, 11, 24)).replace(NARROW, " ") == expected_day
        assert words.day("2026-11-24") == words.day(date(2026, 11, 24))
        assert words.month("2026-11").replace(NARROW, " ") == expected_month


def test_the_day_of_a_moment_is_that_of_the_clock_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half past six in the morning of the 25th in Phnom Penh is still the 24th in Greenwich."""
    moment = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    try:
        with monkeypatch.context() as elsewhere:
            elsewhere.setenv("TZ", "Asia/Phnom_Penh")
            time.tzset()
            assert (words.day(moment), words.clock(moment)) == ("25 November 2026", "06:30")
            assert words.day(moment.isoformat()) == "25 November 2026"
            assert words.day("2026-11-24") == words.day(date(2026, 11, 24)) == "24 November 2026"
    finally:
        time.tzset()


def test_text_that_is_no_date_stays_as_it_was_typed() -> None:
    assert words.month("soon") == "soon"
    assert words.day("2026-13-45") == "2026-13-45"


def test_per_cent_signs_in_a_text_of_the_core_are_only_text() -> None:
    assert words.core("100 % of %(this)s %s") == "100 % of %(this)s %s"
    assert words.core("") == ""
