"""What was typed into a field as the value of the plan, and a value as the text to show; the two undo each other.

A single separator before three digits is a doubt where thousands are as likely as decimals: in amounts of money and
exchange rates (25.450 dong for a dollar), in whole numbers (members, instalments, months, years), in quantities and in
days. It is none in per cents and in the factors of a season: nobody has a thousand of them, and an interest rate of
8.125 % or a factor of 1.125 is usual.

What cannot be read is no error here: it stays as it was typed, with the reason beside it, and the plan says so until
it is mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from finance_kit.errors import FinanceKitError, Issue, Where
from finance_kit.forms.arithmetic import SumError, is_sum
from finance_kit.forms.numbers import latin, read_number, shown_certain, shown_number
from finance_kit.forms.schema_form import Field

__all__ = ["Read", "read", "read_share", "shown", "shown_factors"]

_PERCENT: Final = Decimal(100)
_ONE_PER_CENT: Final = 0.01
_BUDDHIST_FROM: Final = 2400
_BUDDHIST: Final = 543
_YEAR_MONTH: Final = re.compile(r"(\d{4})[-/. ](\d{1,2})|(\d{1,2})[-/. ](\d{4})")
_YES_NO: Final = {"yes": True, "no": False}
_PER_CENT_BEFORE_NUMBER: Final = re.compile(r"%\s*[0-9(]")
_DIVIDED_BY_PER_CENT: Final = re.compile(r"/[^-+*/]*%")
_SEPARATOR: Final = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class Read:
    """What a text means.

    ``value`` is what the plan holds: ``None`` for nothing, the text itself where it could not be read. ``problem``
    says why; ``worked_out`` is true where a sum was typed.
    """

    value: Any
    problem: Issue | None = None
    worked_out: bool = False


def read(field: Field, typed: Any, language: str) -> Read:
    """The value that a text in a field stands for.

    Parameters
    ----------
    field : what was asked
    typed : the text; a list of texts for twelve factors or ticked months; plain data passes as it is
    language : that the text was typed in
    """
    if isinstance(typed, list):
        return _read_list(field, typed, language)
    if not isinstance(typed, str):
        return Read(typed)
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return Read(None)
    try:
        return _READERS.get(field.kind, _read_text)(field, text, language)
    except FinanceKitError as error:
        return Read(typed, Issue(error.code, Where(field.name), dict(error.params)))


def shown(field: Field, value: Any, language: str, *, signed: bool = False) -> str:
    """A value as it stands in its field; an unreadable one as it was typed.

    ``signed`` gives per cent their sign, for a place that has none beside it. Less than one per cent has it always:
    0.12 alone would be read as a doubt.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        if field.unit is not None and field.unit.kind == "share":
            text = _percent(value, language)
            return text if signed or 0 < abs(value) < _ONE_PER_CENT else text.removesuffix(" %")
        if field.kind in ("choice", "month"):
            return str(value)
        grouped = field.unit is None or field.unit.kind != "year"
        return shown_certain(value, language, grouped=grouped)
    if isinstance(value, list):
        if field.kind == "shares":
            return "; ".join(_percent(each, language) if _is_number(each) else str(each) for each in value)
        return "\n".join(" ".join(str(each).split("\n")) for each in value)
    return str(value)


def shown_factors(value: Any, language: str) -> list[str]:
    """The twelve texts of a season; empty ones where there is none."""
    entries = value if isinstance(value, list) else []
    texts = [shown_number(each, language) if _is_number(each) else str(each) for each in entries[:12]]
    return texts + [""] * (12 - len(texts))


# ------------------------------------------------------------------------------------------------------- kinds of field


def _read_text(field: Field, text: str, _language: str) -> Read:
    return Read(text.strip() if field.kind == "text" else text.strip("\n "))


def _read_number(field: Field, text: str, language: str) -> Read:
    if field.unit is not None and field.unit.kind == "share":
        return read_share(text, language)
    number = read_number(text, language, doubt_thousands=True)
    return Read(_plain(number), worked_out=is_sum(latin(text)))


def _read_whole(field: Field, text: str, language: str) -> Read:
    number = read_number(text, language, doubt_thousands=True)
    if number != number.to_integral_value():
        return Read(text, Issue("number_not_whole", Where(field.name), {"found": shown_number(number, language)}))
    value = int(number)
    if field.unit is not None and field.unit.kind == "year" and value >= _BUDDHIST_FROM:
        raise _doubt("year_buddhist", found=text, write=value - _BUDDHIST)
    return Read(value, worked_out=is_sum(latin(text)))


def read_share(text: str, language: str) -> Read:
    """A share that was typed in per cent, as a fraction.

    ``12 %`` and ``12`` are twelve per cent; ``0.12`` alone may be a fraction that somebody copied. ``12%/12`` and
    ``12%+3%`` are sums of per cents; where a per cent multiplies or divides another one, the sum is refused.

    Raises
    ------
    FinanceKitError : the text cannot be read, or can be read in two ways
    """
    plain = latin(text)
    signed = "%" in plain
    odd = _PER_CENT_BEFORE_NUMBER.search(plain) or _DIVIDED_BY_PER_CENT.search(plain)
    if odd or (plain.count("%") > 1 and re.search(r"[*/]", plain)):
        raise SumError("sum_unreadable", found=text.strip()[:20])
    number = read_number(plain.replace("%", " "), language)
    if not signed and 0 < abs(number) < 1:
        one, other = (f"{shown_number(each, language)} %" for each in (number * _PERCENT, number))
        raise _doubt("share_either", found=text, one=one, other=other)
    return Read(_plain(number / _PERCENT), worked_out=is_sum(plain))


def _read_choice(field: Field, text: str, _language: str) -> Read:
    for choice in field.choices:
        if text.strip() == str(choice):
            return Read(choice)
    raise _doubt("choice_unknown", found=text)


def _read_yes_no(_field: Field, text: str, _language: str) -> Read:
    answer = _YES_NO.get(text.strip().lower())
    if answer is None:
        raise _doubt("choice_unknown", found=text)
    return Read(answer)


def _read_month(_field: Field, text: str, _language: str) -> Read:
    plain = latin(text)
    return Read(int(plain)) if re.fullmatch(r"\d{1,3}", plain) else Read(_year_month(text, "month_unreadable"))


def _read_calendar_month(_field: Field, text: str, _language: str) -> Read:
    return Read(_year_month(text, "calendar_month_unreadable"))


def _read_date(_field: Field, text: str, _language: str) -> Read:
    plain = latin(text)
    if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", plain) is None:
        raise _doubt("day_unreadable", found=text)
    _christian(int(plain[:4]), text)
    return Read(plain)


def _read_texts(_field: Field, text: str, _language: str) -> Read:
    return Read([line.strip() for line in text.split("\n") if line.strip()] or None)


def _read_shares(_field: Field, text: str, language: str) -> Read:
    parts = [part for part in _SEPARATOR.split(text) if part.strip()]
    return Read([read_share(part, language).value for part in parts] or None)


_READERS: Final[dict[str, Callable[[Field, str, str], Read]]] = {
    "number": _read_number,
    "whole": _read_whole,
    "choice": _read_choice,
    "yes_no": _read_yes_no,
    "month": _read_month,
    "calendar_month": _read_calendar_month,
    "date": _read_date,
    "texts": _read_texts,
    "shares": _read_shares,
}


def _read_list(field: Field, typed: list[Any], language: str) -> Read:
    """Twelve factors or ticked months; what cannot be read stays in its place."""
    if field.kind not in ("season", "months_of_year"):
        return Read(typed or None)
    if all(isinstance(each, str) and not each.strip() for each in typed):
        return Read(None)
    values: list[Any] = []
    problem = None
    for each in typed:
        try:
            values.append(_plain(read_number(each, language)) if isinstance(each, str) else each)
        except FinanceKitError as error:
            values.append(each)
            problem = problem or Issue(error.code, Where(field.name), dict(error.params))
    return Read(values, problem)


# -------------------------------------------------------------------------------------------------------------- values


def _plain(number: Decimal) -> int | float:
    """A number as a plan file holds it: whole ones without a fraction."""
    return int(number) if number == number.to_integral_value() else float(number)


def _percent(value: float, language: str) -> str:
    return f"{shown_number(Decimal(repr(value)) * _PERCENT, language)} %"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _year_month(text: str, code: str) -> str:
    found = _YEAR_MONTH.fullmatch(latin(text))
    if found is None:
        raise _doubt(code, found=text)
    year, month = int(found[1] or found[4]), int(found[2] or found[3])
    _christian(year, text)
    if not 1 <= month <= 12:
        raise _doubt(code, found=text)
    return f"{year:04d}-{month:02d}"


def _christian(year: int, text: str) -> None:
    if year >= _BUDDHIST_FROM:
        raise _doubt("year_buddhist", found=text, write=latin(text).replace(str(year), str(year - _BUDDHIST)))


def _doubt(code: str, **params: Any) -> FinanceKitError:
    return FinanceKitError(code, **params)
