"""What people type into number fields, in five languages; the expected figures are worked out by hand."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_kit.errors import FinanceKitError
from finance_kit.forms.numbers import NumberDoubtError, read_number, shown_number

CLEAR = [
    ("en", "24000", "24000"),
    ("en", "1,234,567.5", "1234567.5"),
    ("en", " 20 000 000 ", "20000000"),
    ("en", "20\u00a0000\u202f000", "20000000"),
    ("en", "-12.5", "-12.5"),
    ("en", "−3", "-3"),
    ("en", "0.125", "0.125"),
    ("vi", "1.234.567,5", "1234567.5"),
    ("vi", "1.500", "1500"),
    ("vi", "1,5", "1.5"),
    ("vi", "20 000 000", "20000000"),
    ("km", "២០,០០០,០០០", "20000000"),
    ("km", "១២.៥", "12.5"),
    ("my", "၂၀,၀၀၀,၀၀၀", "20000000"),
    ("my", "၁၂.၅", "12.5"),
    ("th", "๑,๒๓๔,๕๖๗.๕", "1234567.5"),
    ("th", "๒๐ ๐๐๐", "20000"),
]


@pytest.mark.parametrize(("language", "typed", "number"), CLEAR)
def test_a_clear_number_is_read_to_the_digit(language: str, typed: str, number: str) -> None:
    assert read_number(typed, language) == Decimal(number)


DOUBTFUL = [
    ("vi", "1.5", ("15", "1,5")),
    ("en", "1,5", ("15", "1.5")),
    ("km", "១,៥", ("15", "1.5")),
    ("th", "1,50", ("150", "1.5")),
    ("en", "12,34", ("1 234", "12.34")),
    ("en", "(1,500,000)", ("-1 500 000", "1 500 000")),
    ("vi", "(1.500.000)", ("-1 500 000", "1 500 000")),
    ("km", "（៥០០）", ("-500", "500")),
    ("th", "( 0.125 )", ("-0.1250", "0.1250")),
]


@pytest.mark.parametrize(("language", "typed", "meanings"), DOUBTFUL)
def test_a_number_of_two_meanings_is_refused_and_both_are_named(
    language: str, typed: str, meanings: tuple[str, str]
) -> None:
    with pytest.raises(NumberDoubtError) as refused:
        read_number(typed, language)
    assert refused.value.code == "number_either"
    assert (refused.value.params["one"], refused.value.params["other"]) == meanings


@pytest.mark.parametrize(
    ("language", "typed", "meanings", "numbers"),
    [
        ("en", "1.500", ("1 500", "1.5"), ("1500", "1.5")),
        ("vi", "1,500", ("1 500", "1,5"), ("1500", "1.5")),
        ("km", "១.០០០", ("1 000", "1"), ("1000", "1")),
        ("vi", "12,000", ("12 000", "12"), ("12000", "12")),
        ("my", "၂၅.၄၅၀", ("25 450", "25.45"), ("25450", "25.45")),
        ("th", "12.345", ("12 345", "12.3450"), ("12345", "12.345")),
    ],
)
def test_thousands_of_another_habit_are_refused_and_both_readings_are_named_unmistakably(
    language: str, typed: str, meanings: tuple[str, str], numbers: tuple[str, str]
) -> None:
    with pytest.raises(NumberDoubtError) as refused:
        read_number(typed, language, doubt_thousands=True)
    assert refused.value.code == "number_either"
    assert (refused.value.params["one"], refused.value.params["other"]) == meanings
    assert tuple(read_number(each, language, doubt_thousands=True) for each in meanings) == tuple(map(Decimal, numbers))


@pytest.mark.parametrize("typed", ["(3+4)", "(3+4)*2", "2*(5)", "(5)-1"])
def test_brackets_of_a_sum_are_no_minus(typed: str) -> None:
    assert read_number(typed, "en") > 0


@pytest.mark.parametrize(
    ("typed", "result"),
    [
        ("3*250000", 750000),
        ("3*250000+10%", 825000),
        ("200-25%", 150),
        ("(2+3)*4", 20),
        ("2+3*4", 14),
        ("7-2-1", 4),
        ("100/4/5", 5),
        ("-(3+4)*2", -14),
        ("50%*300", 150),
        ("1,000 + 2,000", 3000),
        ("៣×២៥០០០០", 750000),
        ("10 ÷ 4", Decimal("2.5")),
        ("2/3", Decimal("0.666667")),
        ("0.1+0.2", Decimal("0.3")),
    ],
)
def test_a_sum_is_worked_out_as_on_a_calculator(typed: str, result: Decimal) -> None:
    assert read_number(typed, "en") == result


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1/0", "sum_by_zero"),
        ("10%", "percent_of_nothing"),
        ("1e5", "sum_unreadable"),
        ("12 kg", "sum_unreadable"),
        ("10+5%*2", "sum_unreadable"),
        ("2**3", "sum_unreadable"),
        ("(2+3", "sum_unreadable"),
        ("2)", "sum_unreadable"),
        ("__import__('os')1", "sum_unreadable"),
        ("((((((((((1))))))))))", "sum_too_long"),
        ("9" * 30, "sum_too_large"),
        ("9" * 15 + "*" + "9" * 15, "sum_too_large"),
        ("1+" * 59 + "1", "sum_too_long"),
        ("1" * 200, "number_too_long"),
        ("", "number_unreadable"),
        ("abc", "number_unreadable"),
        ("12 34", "number_unreadable"),
    ],
)
def test_what_is_no_number_is_refused_with_a_reason(typed: str, code: str) -> None:
    with pytest.raises(FinanceKitError) as refused:
        read_number(typed, "en")
    assert refused.value.code == code


@given(
    number=st.floats(-1e15, 1e15, allow_nan=False).filter(lambda number: number == 0 or abs(number) > 1e-60),
    language=st.sampled_from(["en", "km", "my", "th", "vi"]),
)
def test_a_shown_number_is_read_back_to_the_last_digit(number: float, language: str) -> None:
    assert float(read_number(shown_number(number, language), language)) == number


@given(
    typed=st.text(alphabet="0123456789.,+-*/()% ២၂๒−×abc'\u00a0", max_size=40), language=st.sampled_from(["en", "vi"])
)
def test_whatever_is_typed_gives_a_number_or_a_reason(typed: str, language: str) -> None:
    with suppress(FinanceKitError):
        assert read_number(typed, language).is_finite()


_NUMBERS = st.integers(0, 500).map(str)
_SUMS = st.recursive(
    _NUMBERS,
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(
        lambda parts: f"({parts[0]}{parts[1]}{parts[2]})"
    ),
    max_leaves=6,
)


@given(sum_=_SUMS)
def test_a_sum_agrees_with_exact_fractions(sum_: str) -> None:
    # The oracle is the interpreter itself, on fractions; the text was made above, nobody typed it.
    import re

    exact = re.sub(r"\d+", lambda digits: f"Fraction({int(digits[0])})", sum_)
    try:
        expected = eval(exact, {"Fraction": Fraction, "__builtins__": {}})  # noqa: S307 see above
    except ZeroDivisionError:
        expected = None
    if expected is None:
        with pytest.raises(FinanceKitError):
            read_number(sum_, "en")
        return
    result = read_number(sum_, "en")
    assert abs(Fraction(result) - expected) <= Fraction(1, 1_000_000)
