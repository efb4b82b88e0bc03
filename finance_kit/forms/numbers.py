"""Numbers as people type them: any script's digits, thousands and decimals of the language, strictly.

``1.5`` is fifteen to a lenient reader of Vietnamese. Where what was typed can mean two things, neither is taken: both
are named, each in a way that can mean nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel.numbers import NumberFormatError, format_decimal, parse_decimal

from finance_kit.errors import FinanceKitError
from finance_kit.forms.arithmetic import work_out

__all__ = ["LONGEST", "NumberDoubtError", "latin", "read_number", "shown_certain", "shown_number"]

LONGEST: Final = 120
"""Characters that a number field takes at most."""
_FORMATS: Final = {"vi": "vi"}
"""Languages whose separators differ from 1,234.5; Khmer, Burmese and Thai banks write as English does."""
_SPACED: Final = re.compile(r"[0-9]{1,3}(?:[ '\u2019][0-9]{3})+(?P<rest>[.,][0-9]+)?")
_THREE: Final = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")
_BRACKETED: Final = re.compile(r"\(+\s*[0-9][0-9.,'\u2019 ]*\)+")
_SAME: Final = str.maketrans(
    {
        "−": "-",
        "–": "-",
        "×": "*",
        "·": "*",
        "÷": "/",
        "％": "%",
        "٪": "%",
        "，": ",",
        "．": ".",
        "＋": "+",
        "（": "(",
        "）": ")",
    }
    | dict.fromkeys("\u00a0\u2009\u202f\u2007\t\n\r", " ")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", "")
)


class NumberDoubtError(FinanceKitError):
    """A text is no number, or could be two: ``number_unreadable``, ``number_either`` with ``one`` and ``other``."""


def latin(text: str) -> str:
    """The text with digits of any script as 0 to 9, and signs and spaces in their plain form.

    >>> latin("၂၀,၀၀၀"), latin("២០ ០០០ × ៣")
    ('20,000', '20 000 * 3')
    """
    plain = text.translate(_SAME)
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in plain).strip()


def read_number(text: str, language: str, *, doubt_thousands: bool = False) -> Decimal:
    """The number, or the result of the sum, that was certainly meant.

    A number that stands in brackets all by itself is a doubt: accountants write a minus so, a sum does not need them.

    Parameters
    ----------
    text : as typed
    language : code such as ``en``, ``vi``, ``km``; says which separators are meant
    doubt_thousands : of something that is counted in thousands as well: three digits behind a single decimal sign
        may be thousands of another habit, ``1.500`` on an English page. Not ``0.125``, which no thousands begin with

    Raises
    ------
    NumberDoubtError : see the class
    SumError : a sum that cannot be worked out
    """
    if len(text) > LONGEST:
        raise NumberDoubtError("number_too_long", limit=LONGEST)
    plain = latin(text)
    if not any(letter.isdigit() for letter in plain):
        raise NumberDoubtError("number_unreadable", found=text)
    number = work_out(plain, lambda token: _single(token, language, doubt_thousands))
    if _BRACKETED.fullmatch(plain):
        one, other = (_unmistakable(each, language) for each in (-number, number))
        raise NumberDoubtError("number_either", found=plain, one=one, other=other)
    return number


def _single(token: str, language: str, doubt_thousands: bool) -> Decimal:
    """One number without a sign."""
    locale = _FORMATS.get(language, "en")
    spaced = _SPACED.fullmatch(token)
    if spaced is not None:
        if spaced["rest"]:
            token = re.sub(r"[ '\u2019]", "", token)
        else:
            return Decimal(re.sub(r"[ '\u2019]", "", token))
    if doubt_thousands and _either(token, locale):
        raise _two(token, token[:-4], token[-3:], locale)
    try:
        return parse_decimal(token, locale=locale, strict=True)
    except NumberFormatError as error:
        raise _doubt(token, locale, list(error.suggestions or ())) from None


def _either(token: str, locale: str) -> bool:
    """``1.500`` where thousands have a comma, ``1,500`` where they have a point: which of the two is not certain."""
    return _THREE.fullmatch(token) is not None and token[-4] == _point(locale) and token[:-4].strip("0") != ""


def _doubt(token: str, locale: str, suggestions: list[str]) -> NumberDoubtError:
    """Why a number was refused, with what it may have been."""
    digits = re.sub(r"[ '\u2019]", "", token)
    parts = re.split(r"[.,]", digits)
    if len(parts) == 2 and parts[1]:  # 1.5 in Vietnamese, 1,5 in English: a decimal of another habit, or a slip
        return _two(token, parts[0], parts[1], locale)
    if len(suggestions) == 2:
        return NumberDoubtError("number_either", found=token, one=suggestions[0], other=suggestions[1])
    if len(suggestions) == 1:
        return NumberDoubtError("number_rather", found=token, one=suggestions[0])
    return NumberDoubtError("number_unreadable", found=token)


def _two(token: str, before: str, behind: str, locale: str) -> NumberDoubtError:
    """A separator that may part thousands or decimals, with both numbers."""
    one, other = (_unmistakable(Decimal(each), locale) for each in (before + behind, f"{before}.{behind}"))
    return NumberDoubtError("number_either", found=token, one=one, other=other)


def _unmistakable(value: Decimal, language: str) -> str:
    """A number that every habit reads alike: thousands apart by spaces, never three digits behind the decimal sign."""
    point = _point(_FORMATS.get(language, "en"))
    whole, sign, decimals = shown_number(abs(value), language, grouped=False).partition(point)
    spaced = f"{int(whole):,}".replace(",", " ")
    return f"{'-' if value < 0 else ''}{spaced}{sign}{decimals}{'0' if len(decimals) == 3 else ''}"


def _point(locale: str) -> str:
    return "," if locale == "vi" else "."


def shown_certain(value: Decimal | float, language: str, *, grouped: bool = True) -> str:
    """A number as :func:`shown_number` gives it, and one that would be a doubt with a nought that makes it none.

    >>> shown_certain(1.125, "en"), shown_certain(1125, "en"), shown_certain(0.125, "en")
    ('1.1250', '1,125', '0.125')
    """
    text = shown_number(value, language, grouped=grouped)
    return f"{text}0" if _either(text.removeprefix("-"), _FORMATS.get(language, "en")) else text


def shown_number(value: Decimal | float, language: str, *, grouped: bool = True) -> str:
    """A number to the last digit, as the language writes it and :func:`read_number` reads it again.

    >>> shown_number(1234567.5, "en"), shown_number(1234567.5, "vi"), shown_number(0.1 + 0.2, "en")
    ('1,234,567.5', '1.234.567,5', '0.30000000000000004')
    """
    exact = str(value) if isinstance(value, Decimal) else repr(value)
    return _shown(exact, _FORMATS.get(language, "en"), grouped)


@lru_cache(maxsize=20_000)
def _shown(exact: str, locale: str, grouped: bool) -> str:
    """A page of a form shows hundreds of numbers, most of them examples and usual values that are always the same."""
    number = Decimal(exact)
    return format_decimal(number, "#,##0.###", locale=locale, decimal_quantization=False, group_separator=grouped)
