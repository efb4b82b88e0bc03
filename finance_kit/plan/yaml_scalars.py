"""What an unquoted value of a plan file stands for: nothing, true or false, a number, or text.

The rules are those of the YAML 1.2 core schema. What YAML 1.1 (still read by many programs and expected by many
people) reads as something else is refused with advice, for no reader should have to guess: ``no`` and ``on``, ``012``,
``1_000``, ``12:30``, ``0x1F``. Dates stay text. An exponent without a dot (``1e5``) is accepted although YAML 1.1 takes
it for text: programs that write JSON write small numbers so, and nobody means text by it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any, Final

__all__ = ["LARGEST_NUMBER", "MOST_DIGITS", "Refused", "plain_value"]

LARGEST_NUMBER: Final = 1e15
MOST_DIGITS: Final = 18

_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_YES_NO: Final[dict[str, str]] = {
    form: value
    for words, value in ((("y", "yes", "on"), "true"), (("n", "no", "off"), "false"))
    for word in words
    for form in (word, word.capitalize(), word.upper())
}
_NOT_FINITE: Final = re.compile(r"[-+]?(\.(inf|Inf|INF|nan|NaN|NAN)|inf|Infinity|nan|NaN)")
_INTEGER: Final = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_LEADING_ZERO: Final = re.compile(r"[-+]?0[0-9]+")
_UNDERSCORES: Final = re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?|[-+]?[0-9]+\.[0-9]*_[0-9_]*")
_BASED: Final = re.compile(r"[-+]?0([xX][0-9a-fA-F_]+|[oO][0-7_]+|[bB][01_]+)")
_SIXTIES: Final = re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?")
_NUMBER_STARTS: Final = frozenset("-+.0123456789")
_LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class Refused:
    """An unquoted value that a plan may not hold: an issue code and what its message needs."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)


def plain_value(text: str) -> str | int | float | bool | Refused | None:
    """The value that unquoted text stands for, or why it is refused.

    >>> plain_value("12.5"), plain_value("2027-03"), plain_value("1,200"), plain_value("")
    (12.5, '2027-03', '1,200', None)
    >>> plain_value("no").params["write"]
    'false, "no"'
    """
    if text in _WORDS:
        return _WORDS[text]
    if text in _YES_NO:
        return _ambiguous(text, _YES_NO[text])
    if text == "=":
        return _ambiguous(text)
    if text[0] not in _NUMBER_STARTS and text[0] not in "IinN":
        return text
    if _NOT_FINITE.fullmatch(text):
        return Refused("not_finite", {"found": text})
    return _number(text) if text[0] in _NUMBER_STARTS else text


def _number(text: str) -> str | int | float | Refused:
    """The number that a text beginning with a sign, a dot or a digit stands for; the text when it is none."""
    if len(text) > _LONGEST_NUMBER:
        return _too_long(text) if _FLOAT.fullmatch(text) else text
    if _INTEGER.fullmatch(text):
        return _too_long(text) if len(text.lstrip("+-")) > MOST_DIGITS else _bounded(int(text), text)
    if _LEADING_ZERO.fullmatch(text):
        return _ambiguous(text, str(int(text)))
    if _FLOAT.fullmatch(text):
        return _bounded(float(text), text)
    if _UNDERSCORES.fullmatch(text):
        return _ambiguous(text, text.replace("_", ""))
    if _BASED.fullmatch(text):
        digits = text.replace("_", "")
        return _ambiguous(text, str(int(digits, 0)) if digits[-1] not in "xXoO" else None)
    if _SIXTIES.fullmatch(text):
        return _ambiguous(text)
    return text


def _bounded(value: int | float, text: str) -> int | float | Refused:
    """The value if it lies within the largest amount that a plan may hold."""
    if math.isinf(value) or abs(value) > LARGEST_NUMBER:
        return Refused("number_out_of_range", {"found": text, "limit": LARGEST_NUMBER})
    return value


def _too_long(text: str) -> Refused:
    return Refused("too_many_digits", {"found": text, "limit": MOST_DIGITS})


def _ambiguous(text: str, value: str | None = None) -> Refused:
    """The refusal that offers what to write instead: the value, or the text in quotation marks."""
    quoted = f'"{text}"'
    return Refused("ambiguous_scalar", {"found": text, "write": f"{value}, {quoted}" if value else quoted})
