"""Fields of every kind: what is typed becomes what the plan holds, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from finance_kit.forms.reading import read, shown
from finance_kit.forms.schema_form import Field
from finance_kit.forms.typed import field_at

RATE = "financing/loans/@aaaaaaaa/annual_rate"
PRICE = "products/@aaaaaaaa/price"


def _field(path: str) -> Field:
    field = field_at(path)
    assert field is not None, path
    return field


@pytest.mark.parametrize(
    ("typed", "language", "value"),
    [
        ("12 %", "en", 0.12),
        ("12", "en", 0.12),
        ("12%", "en", 0.12),
        ("0.12 %", "en", 0.0012),
        ("12,5", "vi", 0.125),
        ("១២ %", "km", 0.12),
        ("1.5 * 12", "en", 0.18),
        ("12%/12", "en", 0.01),
        ("12% + 3%", "en", 0.15),
        ("50 * 10%", "en", 5),
        ("0", "en", 0),
        ("100 %", "en", 1),
        ("7.1", "en", 0.071),
    ],
)
def test_rates_are_typed_in_per_cent(typed: str, language: str, value: float) -> None:
    found = read(_field(RATE), typed, language)
    assert (found.value, found.problem) == (value, None)


@pytest.mark.parametrize("typed", ["12% * 50%", "12%500", "12%/4%", "3 / 50%", "12% (3)"])
def test_a_per_cent_of_a_per_cent_is_refused_and_kept_as_typed(typed: str) -> None:
    found = read(_field(RATE), typed, "en")
    assert found.value == typed
    assert found.problem is not None
    assert found.problem.code == "sum_unreadable"


@pytest.mark.parametrize(("typed", "language"), [("0.12", "en"), ("0,12", "vi"), ("-0.5", "en"), ("0.12+0.01", "en")])
def test_a_bare_fraction_in_a_per_cent_field_is_kept_as_typed_and_both_meanings_are_named(
    typed: str, language: str
) -> None:
    found = read(_field(RATE), typed, language)
    assert found.value == typed
    assert found.problem is not None
    assert found.problem.code == "share_either"
    for meaning in (found.problem.params["one"], found.problem.params["other"]):
        assert read(_field(RATE), meaning, language).problem is None


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        (PRICE, "24,000", 24000),
        (PRICE, "24000.5", 24000.5),
        ("period/months", "36", 36),
        ("period/months", "3*12", 36),
        ("period/start", "2027-3", "2027-03"),
        ("period/start", "03/2027", "2027-03"),
        ("period/start", "២០២៧-០៣", "2027-03"),
        ("products/@aaaaaaaa/launch", "3", 3),
        ("products/@aaaaaaaa/launch", "2027-03", "2027-03"),
        ("products/@aaaaaaaa/launch", "១២", 12),
        ("cluster/women_led", "yes", True),
        ("cluster/women_led", "no", False),
        ("fixed_costs/@aaaaaaaa/every_months", "6", 6),
        ("cluster/legal_form", "cooperative", "cooperative"),
        ("cluster/objectives", "one\n\n two \n", ["one", "two"]),
        ("products/@aaaaaaaa/ramp_up/shares", "50 %; 75; 100 %", [0.5, 0.75, 1]),
        ("cluster/name", "  ក្រុម ម្រេច ", "ក្រុម ម្រេច"),
        ("cluster/name", "   ", None),
        (PRICE, "", None),
        ("exchange_rates/@aaaaaaaa/date", "2026-08-14", "2026-08-14"),
    ],
)
def test_what_is_typed_becomes_the_value_of_the_plan(path: str, typed: str, value: Any) -> None:
    found = read(_field(path), typed, "en")
    assert found.problem is None
    assert found.value == value
    assert type(found.value) is type(value)


@pytest.mark.parametrize(
    ("path", "typed", "code"),
    [
        (PRICE, "24 thousand", "sum_unreadable"),
        (PRICE, "1.500", "number_either"),
        (PRICE, "(1,500)", "number_either"),
        (RATE, "(12 %)", "number_either"),
        ("cluster/number_of_members", "1.000", "number_either"),
        ("financing/loans/@aaaaaaaa/instalments", "12.000", "number_either"),
        ("products/@aaaaaaaa/volume_per_month", "1.500", "number_either"),
        ("products/@aaaaaaaa/volume_per_month", "25.000", "number_either"),
        ("working_capital/receivable_days", "1.000", "number_either"),
        ("exchange_rates/@aaaaaaaa/rate", "25.450", "number_either"),
        ("period/months", "36.5", "number_not_whole"),
        ("period/start", "2570-03", "year_buddhist"),
        ("period/start", "March", "calendar_month_unreadable"),
        ("period/start", "2027-13", "calendar_month_unreadable"),
        ("past_years/@aaaaaaaa/year", "2569", "year_buddhist"),
        ("products/@aaaaaaaa/launch", "soon", "month_unreadable"),
        ("cluster/legal_form", "club", "choice_unknown"),
        ("cluster/women_led", "perhaps", "choice_unknown"),
        ("exchange_rates/@aaaaaaaa/date", "yesterday", "day_unreadable"),
    ],
)
def test_what_cannot_be_read_stays_as_typed_with_a_reason(path: str, typed: str, code: str) -> None:
    found = read(_field(path), typed, "en")
    assert found.value == typed
    assert found.problem is not None
    assert found.problem.code == code


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        (RATE, "8.125", 0.08125),
        ("products/@aaaaaaaa/inputs/@bbbbbbbb/quantity_per_unit", "0.125", 0.125),
        ("products/@aaaaaaaa/volume_per_month", "1234.567", 1234.567),
        ("products/@aaaaaaaa/volume_per_month", "1,500", 1500),
        ("products/@aaaaaaaa/volume_per_month", "1.5", 1.5),
    ],
)
def test_three_decimals_that_can_mean_nothing_else_are_taken(path: str, typed: str, value: float) -> None:
    found = read(_field(path), typed, "en")
    assert (found.value, found.problem) == (value, None)


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("value", [1.125, -2.5, 12.345, 1500, 0.125, 1234.567])
def test_what_stands_in_a_field_is_never_a_doubt_when_it_is_sent_back(value: float, language: str) -> None:
    field = _field("opening/cash")
    found = read(field, shown(field, value, language), language)
    assert (found.value, found.problem) == (value, None)


def test_a_factor_of_a_season_has_three_decimals_as_a_rule() -> None:
    found = read(_field("products/@aaaaaaaa/season"), ["1.125"] * 12, "en")
    assert (found.value, found.problem) == ([1.125] * 12, None)


def test_a_season_keeps_the_factors_that_can_be_read_beside_the_one_that_cannot() -> None:
    field = _field("products/@aaaaaaaa/season")
    found = read(field, ["1"] * 10 + ["x", "0.5"], "en")
    assert found.value == [1] * 10 + ["x", 0.5]
    assert found.problem is not None
    assert read(field, [""] * 12, "en").value is None


@pytest.mark.parametrize(("language", "text"), [("en", "7.1"), ("vi", "7,1")])
def test_a_rate_is_shown_exactly(language: str, text: str) -> None:
    assert shown(_field(RATE), 0.071, language) == text
    assert shown(_field(RATE), 0.071, language, signed=True) == f"{text} %"


def test_less_than_one_per_cent_carries_its_sign_and_is_read_back() -> None:
    text = shown(_field(RATE), 0.0012, "en")
    assert text == "0.12 %"
    assert read(_field(RATE), text, "en").value == 0.0012


def test_a_year_has_no_thousands() -> None:
    assert shown(_field("cluster/formed_year"), 2024, "en") == "2024"
